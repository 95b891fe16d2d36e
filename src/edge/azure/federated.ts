import type { AccessToken, ClientAssertionCredential, TokenCredentialOptions } from '@azure/identity';
import type { Answer } from '../../azure/answer.ts';
import type { IdTokenClaims } from '../../azure/id-token.ts';
import { isRecord, parseJson } from '../../azure/json.ts';
import type { SignIn } from '../../azure/port.ts';
import { messageOf, StepError } from '../../failure.ts';
import { ours } from '../../text/ours.ts';
import { visible } from '../../text/visible.ts';
import { retrying, type Attempt } from '../../lifecycle/retry.ts';
import { assertionsFor, type Assertions } from './assertions.ts';
import { observer, plainClientOptions, quotable, TimeoutError, within } from './exchange.ts';
import type { TokenPorts, TokenSource } from './ports.ts';

type Application = Pick<SignIn & { kind: 'oidc' }, 'clientId' | 'tenantId'>;

const REQUEST_TIMEOUT_MS = 30_000;

/** An ID token, exchanged by Entra for the application's tokens. */
export function federated(
  { audience, ...application }: SignIn & { kind: 'oidc' },
  authority: () => Promise<string>,
  ports: TokenPorts,
): TokenSource {
  const assertions = assertionsFor(audience, ports);
  const entra = exchangeWith(application, authority, assertions, ports);
  let told = '';
  return {
    async prepare() {
      await Promise.all([assertions.fresh(), import('@azure/identity')]);
    },
    attempt: entra.attempt,
    async request(scope) {
      // Fetched before the exchange: an error inside the credential's callback comes out with its cause buried.
      const [{ claims }, authorityHost] = await Promise.all([assertions.fresh(), authority()]);
      const lines = signInLines(claims, authorityHost, application);
      if (lines !== told) ports.log.detail(assertions.title, (told = lines));
      const signedIn = await retrying(ours`Signing in to Entra`, () => entra.attempt(scope), ports);
      if (!signedIn.ok) throw new StepError({ code: 'entra', answer: signedIn.answer, scope, claims });
      return signedIn.value;
    },
    reset: entra.reset,
  };
}

/** The exchange at Entra, through `@azure/identity`: one request an attempt. */
type Exchange = { readonly attempt: (scope: string) => Promise<Attempt<AccessToken>>; readonly reset: () => void };

function exchangeWith(
  application: Application,
  authority: () => Promise<string>,
  assertions: Assertions,
  ports: TokenPorts,
): Exchange {
  let credential: ClientAssertionCredential | undefined;
  let lastAnswer: Answer | undefined;
  const reset = () => {
    credential = undefined;
  };
  const watch = observer(ports.log, ports, (answer) => (lastAnswer = answer));
  const options = async () => ({ ...plainClientOptions(watch, ports), authorityHost: await authority() });

  async function attempt(scope: string): Promise<Attempt<AccessToken>> {
    lastAnswer = undefined;
    try {
      await assertions.fresh();
      const current = (credential ??= await credentialOf(application, assertions, await options()));
      const token = await within(REQUEST_TIMEOUT_MS, ports.clock, (abortSignal) =>
        current.getToken(scope, { abortSignal }),
      );
      return { ok: true, value: token };
    } catch (error) {
      if (error instanceof StepError) throw error;
      // MSAL answers from its own cache for a minute after a 429 or 5xx: another try needs another instance.
      reset();
      // Where the time was over, the last answer is that to an earlier request.
      const answer = error instanceof TimeoutError ? undefined : failedAnswer(lastAnswer);
      return {
        ok: false,
        answer: answer ?? { kind: 'unanswered', sent: 'perhaps', cause: quotable(messageOf(error), ports.sent) },
      };
    }
  }

  return { attempt, reset };
}

async function credentialOf(
  { clientId, tenantId }: Application,
  assertions: Assertions,
  options: TokenCredentialOptions,
): Promise<ClientAssertionCredential> {
  const { ClientAssertionCredential } = await import('@azure/identity');
  return new ClientAssertionCredential(tenantId, clientId, async () => (await assertions.fresh()).jwt, {
    ...options,
    // Entra's public directory of authorities does not know custom clouds.
    disableInstanceDiscovery: true,
  });
}

/** An answer with a token is no failure: then what MSAL said of it counts. */
function failedAnswer(answer: Answer | undefined): Answer | undefined {
  const isToken = answer?.kind === 'answered' && hasAccessToken(answer.body);
  return isToken ? undefined : answer;
}

function hasAccessToken(body: string): boolean {
  const parsed = parseJson(body);
  return isRecord(parsed) && 'access_token' in parsed;
}

function signInLines(claims: IdTokenClaims, authority: string, { clientId, tenantId }: Application): string {
  return [
    `authority         ${authority}`,
    `tenant-id         ${tenantId}`,
    `client-id         ${clientId}`,
    `issuer            ${visible(claims.issuer)}`,
    `subject           ${visible(claims.subject)}`,
    `audience          ${visible(claims.audience)}`,
    `job_workflow_ref  ${visible(claims.jobWorkflowRef)}`,
  ].join('\n');
}
