import type { AccessToken, ClientAssertionCredential } from '@azure/identity';
import type { Answer } from '../../azure/answer.ts';
import type { IdTokenClaims } from '../../azure/id-token.ts';
import { field, parseJson } from '../../azure/json.ts';
import type { Application } from '../../azure/port.ts';
import { messageOf, StepError } from '../../failure.ts';
import { retrying, type Attempt } from '../../lifecycle/retry.ts';
import { trusted } from '../../text/trusted.ts';
import { visible } from '../../text/visible.ts';
import { credentialOptions, quotable, TimeoutError, within, type EdgePorts } from './client.ts';
import { idTokensFor } from './id-tokens.ts';
import { canBeToken, noUsableToken } from './token.ts';

/** Exchanges an ID token at Entra for the application's tokens, with one request per attempt. */
export function federated(
  application: Application,
  authority: () => Promise<string>,
  ports: EdgePorts,
) {
  const { clientId, tenantId, audience } = application;
  const idTokens = idTokensFor(audience, ports);
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
    const assertion = async () => (await idTokens.get()).jwt;
    return new ClientAssertionCredential(tenantId, clientId, assertion, options);
  }

  async function attempt(resource: string): Promise<Attempt<AccessToken>> {
    lastAnswer = undefined;
    try {
      // Fetched before the exchange, because the credential buries the cause of an error in its
      // callback.
      await idTokens.get();
      credential ??= await createCredential();
      const current = credential;
      const value = await within(30_000, ports.clock, (abortSignal) =>
        current.getToken(`${resource}/.default`, { abortSignal }),
      );
      if (canBeToken(value.token)) return { ok: true, value };

      reset();
      return { ok: false, answer: noUsableToken('access token') };
    } catch (error) {
      if (error instanceof StepError) throw error;
      // MSAL answers from its own cache for a minute after a 429 or 5xx, so another try needs
      // another instance.
      reset();
      return { ok: false, answer: failedAnswer(lastAnswer, error, ports) };
    }
  }

  async function request(resource: string): Promise<AccessToken> {
    const [{ claims }, authorityHost] = await Promise.all([idTokens.get(), authority()]);
    const lines = signInLines(claims, authorityHost, application);
    if (lines !== shownLines) ports.log.detail(idTokens.title, lines);
    shownLines = lines;
    const signedIn = await retrying(trusted`Signing in to Entra`, () => attempt(resource), ports);
    if (!signedIn.ok) {
      throw new StepError({ code: 'entra', answer: signedIn.answer, resource, claims });
    }
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

function signInLines(
  claims: IdTokenClaims,
  authority: string,
  { clientId, tenantId }: Application,
): string {
  return `authority         ${authority}
tenant-id         ${tenantId}
client-id         ${clientId}
issuer            ${visible(claims.issuer)}
subject           ${visible(claims.subject)}
audience          ${visible(claims.audience)}
job_workflow_ref  ${visible(claims.jobWorkflowRef)}`;
}
