import { field, parseJson } from '../text/json.ts';

/**
 * The claims of an ID token that an administrator compares with the federated credential. Untrusted
 * text.
 */
export type IdTokenClaims = Readonly<
  Record<'issuer' | 'subject' | 'audience' | 'jobWorkflowRef', string>
>;

/** Reads a JWT's payload without verifying it. An unreadable token has no claims. */
export function readClaims(jwt: string): IdTokenClaims {
  const payload = parseJson(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  const claim = (name: string) => {
    const value = field(payload, name);
    return typeof value === 'string' ? value : '';
  };
  return {
    issuer: claim('iss'),
    subject: claim('sub'),
    audience: claim('aud'),
    jobWorkflowRef: claim('job_workflow_ref'),
  };
}
