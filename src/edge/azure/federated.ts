import type { AccessToken } from '@azure/identity';
import { isAnswer, type Answer } from '../../azure/answer.ts';
import type { IdTokenClaims } from '../../azure/id-token.ts';
import { field, parseJson } from '../../azure/json.ts';
import type { Application } from '../../azure/port.ts';
import { messageOf, StepError } from '../../failure.ts';
import { retrying } from '../../lifecycle/retry.ts';
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
  let shownLines = '';

  async function attempt(resource: string): Promise<AccessToken | Answer> {
    const { ClientAssertionCredential } = await import('@azure/identity');
    // Fetched before the exchange, because the credential buries the cause of an error in its
    // callback.
    const { jwt } = await idTokens.get();
    let lastAnswer: Answer | undefined;
    const options = credentialOptions(await authority(), ports, (answer) => {
      lastAnswer = answer;
    });
    // A new credential for each attempt: MSAL keeps a token that was rejected, and after a 429 or
    // 5xx, it answers from its own cache for a minute.
    const assertion = () => Promise.resolve(jwt);
    const credential = new ClientAssertionCredential(tenantId, clientId, assertion, options);
    try {
      const token = await within(30_000, ports.clock, (abortSignal) =>
        credential.getToken(`${resource}/.default`, { abortSignal }),
      );
      return canBeToken(token.token) ? token : noUsableToken('access token');
    } catch (error) {
      return failedAnswer(lastAnswer, error, ports);
    }
  }

  return async function request(resource: string): Promise<AccessToken> {
    const [{ claims }, authorityHost] = await Promise.all([idTokens.get(), authority()]);
    const lines = signInLines(claims, authorityHost, application);
    if (lines !== shownLines) ports.log.detail(idTokens.title, lines);
    shownLines = lines;
    const signedIn = await retrying(trusted`Signing in to Entra`, () => attempt(resource), ports);
    if (isAnswer(signedIn)) {
      throw new StepError({ code: 'entra', answer: signedIn, resource, claims });
    }
    return signedIn;
  };
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
