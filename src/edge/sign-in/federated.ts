import type { AccessToken } from '@azure/identity';
import { isAnswer, type Answer } from '../../azure/answer.ts';
import type { IdTokenClaims } from '../../azure/claims.ts';
import type { Application } from '../../azure/port.ts';
import { retrying } from '../../azure/retry.ts';
import { StepError } from '../../failure.ts';
import { say } from '../../text/say.ts';
import { visible } from '../../text/visible.ts';
import type { EdgePorts } from '../http/client.ts';
import { tokenFromEntra } from './entra.ts';
import { idTokensFor } from './id-tokens.ts';

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
    const assertion = () => Promise.resolve(jwt);
    return tokenFromEntra(
      resource,
      await authority(),
      (options) => new ClientAssertionCredential(tenantId, clientId, assertion, options),
      ports,
    );
  }

  return async function request(resource: string): Promise<AccessToken> {
    const [{ claims }, authorityHost] = await Promise.all([idTokens.get(), authority()]);
    const lines = signInLines(claims, authorityHost, application);
    if (lines !== shownLines) ports.log.detail(idTokens.title, lines);
    shownLines = lines;
    const signedIn = await retrying(say`Signing in to Entra`, () => attempt(resource), ports);
    if (isAnswer(signedIn)) {
      throw new StepError({ code: 'entra', answer: signedIn, resource, claims });
    }
    return signedIn;
  };
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
