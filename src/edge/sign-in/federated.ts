import type { AccessToken } from '@azure/identity';
import { isAnswer } from '../../azure/answer.ts';
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

  async function attempt(resource: string) {
    const { ClientAssertionCredential } = await import('@azure/identity');
    const authorityHost = await authority();
    // Fetched before the exchange, because the credential buries the cause of an error in its
    // callback.
    const { jwt, claims } = await idTokens.fetch();
    show(signInLines(claims, authorityHost, application));
    const assertion = () => Promise.resolve(jwt);
    const signedIn = await tokenFromEntra(
      resource,
      authorityHost,
      (options) => new ClientAssertionCredential(tenantId, clientId, assertion, options),
      ports,
    );
    return isAnswer(signedIn) ? { ...signedIn, claims } : signedIn;
  }

  function show(lines: string): void {
    if (lines !== shownLines) ports.log.detail(idTokens.title, lines);
    shownLines = lines;
  }

  return async function request(resource: string): Promise<AccessToken> {
    const signedIn = await retrying(say`Signing in to Entra`, () => attempt(resource), ports);
    if (!isAnswer(signedIn)) return signedIn;

    const { claims, ...answer } = signedIn;
    throw new StepError({ code: 'entra', answer, resource, claims });
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
