import { readFile } from 'node:fs/promises';
import type { AccessToken, TokenCredential, TokenCredentialOptions } from '@azure/identity';
import { describeAnswer, type Answer } from '../../azure/answer.ts';
import { isRecord, parseJson } from '../../azure/json.ts';
import { messageOf, StepError } from '../../failure.ts';
import { ours, type Ours } from '../../hosts/log.ts';
import { retrying } from '../../lifecycle/retry.ts';
import { createClient, once } from './client.ts';
import { bearer, exchange, observer, plainClientOptions, TimeoutError, within } from './exchange.ts';
import type { TokenPorts } from './ports.ts';
import { type IdTokenClaims, readIdToken } from '../../azure/id-token.ts';
import type { SignIn } from '../../azure/port.ts';

/** Access tokens by scope, kept for their life. */
export type Tokens = {
  /** Does what needs no authority yet, so that finding it out and this take no longer than one of the two. */
  prepare(): Promise<void>;
  /** @throws StepError where none can be had. */
  get(scope: string): Promise<AccessToken>;
  forget(): void;
};

const REQUEST_TIMEOUT_MS = 30_000;

/** A token is used no more this long before it expires. */
const EXPIRY_MARGIN_MS = 120_000;

/** A signed-in caller's tokens. The source is asked anew where a token is near its end or was forgotten. */
export function tokensFor(signIn: SignIn, authority: () => Promise<string>, ports: TokenPorts): Tokens {
  const kept = new Map<string, AccessToken>();
  const awaited = new Map<string, Promise<AccessToken>>();
  const source = signIn.kind === 'oidc' ? federated(signIn, authority, ports) : ambient(authority, ports);

  async function request(scope: string): Promise<AccessToken> {
    try {
      const token = await source.request(scope);
      ports.host.mask(token.token);
      kept.set(scope, token);
      return token;
    } finally {
      awaited.delete(scope);
    }
  }

  return {
    async prepare() {
      if (kept.size === 0) await source.prepare();
    },
    async get(scope) {
      const known = kept.get(scope);
      if (known && known.expiresOnTimestamp - ports.clock.now() > EXPIRY_MARGIN_MS) return known;
      // One request at a time: who asks again, after giving up on an answer, joins those who wait.
      const asked = awaited.get(scope) ?? request(scope);
      awaited.set(scope, asked);
      return asked;
    },
    forget() {
      kept.clear();
      source.reset();
    },
  };
}

type Source = { prepare(): Promise<void>; request(scope: string): Promise<AccessToken>; reset(): void };

type Assertion = { readonly jwt: string; readonly usableUntil: number; readonly claims: IdTokenClaims };

/** Where ID tokens come from, and what the log says of them. */
type IdTokenSource = { readonly title: Ours; fetch(): Promise<string> };

/** GitHub's token service where the job may ask it, else the file that the host knows of. */
function idTokenSource(audience: string, ports: TokenPorts): IdTokenSource {
  const { host } = ports;
  const url = host.variable('ACTIONS_ID_TOKEN_REQUEST_URL');
  const requestToken = host.variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  if (url && requestToken) {
    const fetch = () => fetchFromGitHub(url, requestToken, audience, ports);
    return { title: ours`Signing in with GitHub's ID token`, fetch };
  }
  const file = host.idTokenFile;
  if (!file) throw new StepError({ code: 'no-id-token' });
  return {
    title: ours`Signing in with the ID token in AZURE_FEDERATED_TOKEN_FILE`,
    async fetch() {
      try {
        return (await readFile(file, 'utf8')).trim();
      } catch (error) {
        throw new StepError({ code: 'id-token', detail: messageOf(error) }, { cause: error });
      }
    },
  };
}

async function fetchFromGitHub(
  url: string,
  requestToken: string,
  audience: string,
  ports: TokenPorts,
): Promise<string> {
  // Not by `@actions/core`, which takes its bearer token along wherever a redirect leads, and repeats on its own.
  const github = once(async () => {
    const client = await createClient('', new URL(url).origin, ports);
    client.pipeline.addPolicy(bearer(() => Promise.resolve({ token: requestToken })));
    return client.pathUnchecked(`${url}&audience=${encodeURIComponent(audience)}`);
  });
  const fetched = await retrying<string>(
    ours`Fetching GitHub's ID token`,
    async () => {
      const answer = await exchange(async (options) => (await github()).get(options), REQUEST_TIMEOUT_MS, ports.clock);
      if (answer.kind === 'unanswered' || answer.status !== 200) return { ok: false, answer };
      const body = parseJson(answer.body);
      const value = isRecord(body) ? body['value'] : undefined;
      return typeof value === 'string'
        ? { ok: true, value }
        : { ok: false, answer: { kind: 'unanswered', sent: 'perhaps', cause: 'the answer holds no ID token' } };
    },
    ports,
  );
  if (!fetched.ok) throw new StepError({ code: 'id-token', detail: describeAnswer(fetched.answer) });
  return fetched.value;
}

/** An ID token, exchanged by Entra for the application's tokens. */
function federated(
  { clientId, tenantId, audience }: SignIn & { kind: 'oidc' },
  authority: () => Promise<string>,
  ports: TokenPorts,
): Source {
  const { clock, log } = ports;
  const idToken = idTokenSource(audience, ports);
  let assertion: Assertion | undefined;
  let fetching: Promise<Assertion> | undefined;
  let credential: TokenCredential | undefined;
  let lastAnswer: Answer | undefined;

  /** The ID token lives about five minutes, so it is fetched when needed (Azure/login#180), and kept for its life. */
  async function freshAssertion(): Promise<Assertion> {
    if (assertion && clock.now() < assertion.usableUntil) return assertion;
    fetching ??= fetchAssertion().finally(() => (fetching = undefined));
    return (assertion = await fetching);
  }

  async function fetchAssertion(): Promise<Assertion> {
    const jwt = await idToken.fetch();
    ports.host.mask(jwt);
    const { claims, lifetimeMs } = readIdToken(jwt);
    return { jwt, claims, usableUntil: clock.now() + lifetimeMs };
  }

  async function newCredential(): Promise<TokenCredential> {
    const [{ ClientAssertionCredential }, authorityHost] = await Promise.all([import('@azure/identity'), authority()]);
    const options: TokenCredentialOptions & { disableInstanceDiscovery: boolean } = {
      ...plainClientOptions(
        observer(log, (answer) => (lastAnswer = answer)),
        ports.transport,
      ),
      authorityHost,
      // Entra's public directory of authorities does not know custom clouds.
      disableInstanceDiscovery: true,
    };
    return new ClientAssertionCredential(tenantId, clientId, async () => (await freshAssertion()).jwt, options);
  }

  let told = '';
  return {
    async prepare() {
      await Promise.all([freshAssertion(), import('@azure/identity')]);
    },
    async request(scope) {
      // Fetched before the exchange: an error inside the credential's callback comes out with its cause buried.
      const [{ claims }, authorityHost] = await Promise.all([freshAssertion(), authority()]);
      const lines = signInLines(claims, authorityHost, { clientId, tenantId });
      if (lines !== told) log.group(idToken.title, (told = lines));

      const signedIn = await retrying<AccessToken>(
        ours`Signing in to Entra`,
        async () => {
          lastAnswer = undefined;
          try {
            await freshAssertion();
            const current = (credential ??= await newCredential());
            const token = await within(REQUEST_TIMEOUT_MS, clock, (abortSignal) =>
              current.getToken(scope, { abortSignal }),
            );
            if (token !== null) return { ok: true, value: token };
          } catch (error) {
            if (error instanceof StepError) throw error;
            // Where the time was over, the last answer is that to an earlier request.
            const answer = error instanceof TimeoutError ? undefined : failedAnswer(lastAnswer);
            lastAnswer = answer ?? { kind: 'unanswered', sent: 'perhaps', cause: messageOf(error) };
          }
          // MSAL answers from its own cache for a minute after a 429 or 5xx: another try needs another instance.
          credential = undefined;
          return { ok: false, answer: lastAnswer ?? { kind: 'unanswered', sent: 'perhaps', cause: 'no token' } };
        },
        ports,
      );
      if (!signedIn.ok) throw new StepError({ code: 'entra', answer: signedIn.answer, scope, claims });
      return signedIn.value;
    },
    reset() {
      credential = undefined;
    },
  };
}

/** The session of `azure/login`, else the workload identity of a runner in Kubernetes. */
function ambient(authority: () => Promise<string>, { host, log, transport }: TokenPorts): Source {
  let credential: TokenCredential | undefined;
  log.say(ours`Signing in with the session on the runner: neither client-id nor tenant-id is given.`);
  return {
    async prepare() {
      await import('@azure/identity');
    },
    async request(scope) {
      const { AzureCliCredential, WorkloadIdentityCredential } = await import('@azure/identity');
      const failures: string[] = [];
      const candidates: [string, () => Promise<TokenCredential> | TokenCredential][] = [
        ['azure/login', () => new AzureCliCredential()],
      ];
      if (host.variable('AZURE_FEDERATED_TOKEN_FILE')) {
        candidates.push([
          'workload identity',
          async () =>
            new WorkloadIdentityCredential({
              ...plainClientOptions(
                observer(log, () => undefined),
                transport,
              ),
              authorityHost: await authority(),
              disableInstanceDiscovery: true,
            }),
        ]);
      }
      const chosen = credential;
      for (const [name, create] of chosen ? [['this session', () => chosen] as const] : candidates) {
        try {
          const candidate = await create();
          const token = await candidate.getToken(scope);
          if (token === null) continue;
          credential = candidate;
          return token;
        } catch (error) {
          failures.push(`${name}: ${messageOf(error)}`);
        }
      }
      throw new StepError({ code: 'no-session', detail: failures.join('\n') });
    },
    reset() {
      credential = undefined;
    },
  };
}

function failedAnswer(answer: Answer | undefined): Answer | undefined {
  const isToken = answer?.kind === 'answered' && answer.status < 300 && hasAccessToken(answer.body);
  return isToken ? undefined : answer;
}

function hasAccessToken(body: string): boolean {
  const parsed = parseJson(body);
  return isRecord(parsed) && 'access_token' in parsed;
}

function signInLines(claims: IdTokenClaims, authority: string, id: { clientId: string; tenantId: string }): string {
  return [
    `authority         ${authority}`,
    `tenant-id         ${id.tenantId}`,
    `client-id         ${id.clientId}`,
    `issuer            ${claims.issuer}`,
    `subject           ${claims.subject}`,
    `audience          ${claims.audience}`,
    `job_workflow_ref  ${claims.jobWorkflowRef}`,
  ].join('\n');
}
