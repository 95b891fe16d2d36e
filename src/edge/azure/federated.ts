import { readFile } from 'node:fs/promises';
import type { AccessToken, ClientAssertionCredential } from '@azure/identity';
import { describeAnswer, type Answer } from '../../azure/answer.ts';
import { readIdToken, type IdTokenClaims } from '../../azure/id-token.ts';
import { field, parseJson } from '../../azure/json.ts';
import type { SignIn } from '../../azure/port.ts';
import { LOOPBACK } from '../../azure/proxy.ts';
import { canBeToken } from '../../azure/token.ts';
import { messageOf, StepError } from '../../failure.ts';
import type { IdTokenSource } from '../../hosts/port.ts';
import { retrying, type Attempt } from '../../lifecycle/retry.ts';
import { trusted, type TrustedText } from '../../text/trusted.ts';
import { visible } from '../../text/visible.ts';
import { credentialOptions, createClient } from './client.ts';
import {
  exchange,
  kept,
  quotable,
  TimeoutError,
  within,
  type EdgePorts,
  type TokenSource,
} from './exchange.ts';

type Oidc = SignIn & { readonly kind: 'oidc' };

/** Exchanges an ID token at Entra for the application's tokens, with one request per attempt. */
export function federated(
  signIn: Oidc,
  authority: () => Promise<string>,
  ports: EdgePorts,
): TokenSource {
  const assertions = assertionsFor(signIn.audience, ports);
  let credential: ClientAssertionCredential | undefined;
  let lastAnswer: Answer | undefined;
  let shownLines = '';

  function reset(): void {
    credential = undefined;
  }

  async function createCredential(): Promise<ClientAssertionCredential> {
    const { ClientAssertionCredential } = await import('@azure/identity');
    const options = credentialOptions(await authority(), ports, (answer) => {
      lastAnswer = answer;
    });
    const assertion = async () => (await assertions.fresh()).jwt;
    return new ClientAssertionCredential(signIn.tenantId, signIn.clientId, assertion, options);
  }

  async function attempt(scope: string): Promise<Attempt<AccessToken>> {
    lastAnswer = undefined;
    try {
      // Fetched before the exchange, because the credential buries the cause of an error in its
      // callback.
      await assertions.fresh();
      credential ??= await createCredential();
      const current = credential;
      const value = await within(30_000, ports.clock, (abortSignal) =>
        current.getToken(scope, { abortSignal }),
      );
      if (canBeToken(value.token)) return { ok: true, value };

      reset();
      return { ok: false, answer: withoutToken('access token') };
    } catch (error) {
      if (error instanceof StepError) throw error;
      // MSAL answers from its own cache for a minute after a 429 or 5xx, so another try needs
      // another instance.
      reset();
      return { ok: false, answer: failedAnswer(lastAnswer, error, ports) };
    }
  }

  async function request(scope: string): Promise<AccessToken> {
    const [{ claims }, authorityHost] = await Promise.all([assertions.fresh(), authority()]);
    const lines = signInLines(claims, authorityHost, signIn);
    if (lines !== shownLines) ports.log.detail(assertions.title, lines);
    shownLines = lines;
    const signedIn = await retrying(trusted`Signing in to Entra`, () => attempt(scope), ports);
    if (!signedIn.ok)
      throw new StepError({ code: 'entra', answer: signedIn.answer, scope, claims });
    return signedIn.value;
  }

  return { request, reset };
}

/**
 * The last answer, unless it is from an earlier request or contains a token. Then MSAL's words say
 * why it failed.
 */
function failedAnswer(last: Answer | undefined, error: unknown, { tokens }: EdgePorts): Answer {
  const isToken =
    last?.kind === 'answered' && field(parseJson(last.body), 'access_token') !== undefined;
  if (last !== undefined && !isToken && !(error instanceof TimeoutError)) return last;
  return { kind: 'unanswered', sent: 'perhaps', cause: quotable(messageOf(error), tokens) };
}

/** An answer without a usable token in it is like none: another attempt may get one. */
function withoutToken(kind: 'access token' | 'ID token'): Answer {
  return { kind: 'unanswered', sent: 'perhaps', cause: `the answer contains no usable ${kind}` };
}

function signInLines(
  claims: IdTokenClaims,
  authority: string,
  { clientId, tenantId }: Oidc,
): string {
  return `authority         ${authority}
tenant-id         ${tenantId}
client-id         ${clientId}
issuer            ${visible(claims.issuer)}
subject           ${visible(claims.subject)}
audience          ${visible(claims.audience)}
job_workflow_ref  ${visible(claims.jobWorkflowRef)}`;
}

/**
 * ID tokens from the host's source. A token of GitHub lives for about five minutes, so it is
 * fetched only when needed (Azure/login#180) and kept for its lifetime.
 *
 * @throws StepError `no-id-token` if the host has no source
 */
export function assertionsFor(audience: string, ports: EdgePorts) {
  const { clock, host } = ports;
  const { title, fetch } = sourceOf(audience, ports);
  const request = async () => {
    const jwt = (await fetch()).trim();
    if (!canBeToken(jwt)) failed('It is not an ID token: too short, or with white space inside.');
    host.mask(jwt);
    ports.tokens.add(jwt);
    const { claims, lifetimeMs } = readIdToken(jwt);
    return { jwt, claims, usableUntil: clock.now() + lifetimeMs };
  };
  return { title, fresh: kept(request, ({ usableUntil }) => clock.now() < usableUntil).get };
}

/** What the log calls a source, and what gets a token from it. */
type Assertions = { readonly title: TrustedText; readonly fetch: () => Promise<string> };

function sourceOf(audience: string, ports: EdgePorts): Assertions {
  const source = ports.host.idTokenSource();
  switch (source?.kind) {
    case undefined:
      throw new StepError({ code: 'no-id-token' });
    case 'variable':
      return {
        title: trusted`Signing in with the ID token of --id-token-env`,
        fetch: () => fromVariable(source.name, ports),
      };
    case 'github':
      return {
        title: trusted`Signing in with GitHub's ID token`,
        fetch: () => fromGitHub(source, audience, ports),
      };
    case 'file':
      return {
        title: trusted`Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
        fetch: () =>
          readFile(source.path, 'utf8').catch((error: unknown) => failed(messageOf(error))),
      };
  }
}

async function fromVariable(name: string, { host }: EdgePorts): Promise<string> {
  const token = host.variable(name) ?? '';
  if (token.trim() === '') failed(`The variable ${name} is empty or not set.`);
  return Promise.resolve(token);
}

function failed(detail: string): never {
  throw new StepError({ code: 'id-token', detail });
}

async function fromGitHub(
  source: IdTokenSource & { readonly kind: 'github' },
  audience: string,
  ports: EdgePorts,
): Promise<string> {
  // `@actions/core` would send its bearer token wherever a redirect leads, and retries on its own.
  const url = `${source.url}&audience=${encodeURIComponent(audience)}`;
  const { origin, hostname } = new URL(url);
  const client = createClient('', origin, ports, () =>
    Promise.resolve({ token: source.requestToken }),
  );
  ports.tokens.add(source.requestToken);
  const plain = { allowInsecureConnection: LOOPBACK.test(hostname) };
  const ask = async (): Promise<Attempt<string>> => {
    const answer = await exchange(
      (options) => client.pathUnchecked(url).get({ ...options, ...plain }),
      30_000,
      ports,
    );
    if (answer.kind === 'unanswered' || answer.status !== 200) return { ok: false, answer };
    const value = field(parseJson(answer.body), 'value');
    return typeof value === 'string' && canBeToken(value)
      ? { ok: true, value }
      : { ok: false, answer: withoutToken('ID token') };
  };
  const fetched = await retrying(trusted`Fetching GitHub's ID token`, ask, ports);
  return fetched.ok ? fetched.value : failed(describeAnswer(fetched.answer));
}
