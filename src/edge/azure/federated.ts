import type { AccessToken, ClientAssertionCredential } from '@azure/identity';
import type { Answer } from '../../azure/answer.ts';
import type { IdTokenClaims } from '../../azure/id-token.ts';
import { field, parseJson } from '../../azure/json.ts';
import type { SignIn } from '../../azure/port.ts';
import { messageOf, StepError } from '../../failure.ts';
import { retrying, type Attempt } from '../../lifecycle/retry.ts';
import { ours } from '../../text/ours.ts';
import { visible } from '../../text/visible.ts';
import { assertionsFor } from './assertions.ts';
import { credentialOptions } from './client.ts';
import { quotable, TimeoutError, within, type EdgePorts, type TokenSource } from './exchange.ts';

type Oidc = SignIn & { readonly kind: 'oidc' };

/** Exchanges an ID token for the application's tokens at Entra: one request for each attempt. */
export function federated(signIn: Oidc, authority: () => Promise<string>, ports: EdgePorts): TokenSource {
  const assertions = assertionsFor(signIn.audience, ports);
  let credential: ClientAssertionCredential | undefined;
  let lastAnswer: Answer | undefined;
  let told = '';
  const reset = () => void (credential = undefined);

  async function createCredential(): Promise<ClientAssertionCredential> {
    const { ClientAssertionCredential } = await import('@azure/identity');
    const options = credentialOptions(await authority(), ports, (answer) => (lastAnswer = answer));
    const assertion = async () => (await assertions.fresh()).jwt;
    return new ClientAssertionCredential(signIn.tenantId, signIn.clientId, assertion, options);
  }

  async function attempt(scope: string): Promise<Attempt<AccessToken>> {
    lastAnswer = undefined;
    try {
      // Fetched before the exchange, because an error inside the credential's callback comes out with its cause buried.
      await assertions.fresh();
      const by = (credential ??= await createCredential());
      const get = (abortSignal: AbortSignal) => by.getToken(scope, { abortSignal });
      return { ok: true, value: await within(30_000, ports.clock, get) };
    } catch (error) {
      if (error instanceof StepError) throw error;
      // MSAL answers from its own cache for a minute after a 429 or 5xx, so another try needs another instance.
      reset();
      return { ok: false, answer: failedAnswer(lastAnswer, error, ports) };
    }
  }

  async function request(scope: string): Promise<AccessToken> {
    const [{ claims }, authorityHost] = await Promise.all([assertions.fresh(), authority()]);
    const lines = signInLines(claims, authorityHost, signIn);
    if (lines !== told) ports.log.detail(assertions.title, (told = lines));
    const signedIn = await retrying(ours`Signing in to Entra`, () => attempt(scope), ports);
    if (!signedIn.ok) throw new StepError({ code: 'entra', answer: signedIn.answer, scope, claims });
    return signedIn.value;
  }

  return { request, reset };
}

/** The last answer, unless it belongs to an earlier request or holds a token: then MSAL's words say why it failed. */
function failedAnswer(last: Answer | undefined, error: unknown, { sent }: EdgePorts): Answer {
  const isToken = last?.kind === 'answered' && field(parseJson(last.body), 'access_token') !== undefined;
  if (last !== undefined && !isToken && !(error instanceof TimeoutError)) return last;
  return { kind: 'unanswered', sent: 'perhaps', cause: quotable(messageOf(error), sent) };
}

function signInLines(claims: IdTokenClaims, authority: string, { clientId, tenantId }: Oidc): string {
  return `authority         ${authority}
tenant-id         ${tenantId}
client-id         ${clientId}
issuer            ${visible(claims.issuer)}
subject           ${visible(claims.subject)}
audience          ${visible(claims.audience)}
job_workflow_ref  ${visible(claims.jobWorkflowRef)}`;
}
