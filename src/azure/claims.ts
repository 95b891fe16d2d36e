import { field, parseJson } from '../text/json.ts';

/**
 * The claims of an ID token that an administrator compares with the federated credential. Untrusted
 * text.
 */
export type IdTokenClaims = Readonly<
  Record<'issuer' | 'subject' | 'audience' | 'jobWorkflowRef', string>
>;

/** An ID token is renewed this long before it expires. */
const EXPIRY_MARGIN_MS = 30_000;

/**
 * Reads a JWT's payload without verifying it. An unreadable token has no claims and no lifetime, so
 * it is used only once. The lifetime is the difference between the token's own two timestamps,
 * because the runner's clock may be wrong.
 */
export function readIdToken(jwt: string): {
  readonly claims: IdTokenClaims;
  readonly lifetimeMs: number;
} {
  const payload = parseJson(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  const claim = (name: string) => {
    const value = field(payload, name);
    return typeof value === 'string' ? value : '';
  };
  const issued = field(payload, 'iat');
  const expires = field(payload, 'exp');
  const isTimed = typeof issued === 'number' && typeof expires === 'number';
  return {
    claims: {
      issuer: claim('iss'),
      subject: claim('sub'),
      audience: claim('aud'),
      jobWorkflowRef: claim('job_workflow_ref'),
    },
    lifetimeMs: isTimed ? (expires - issued) * 1000 - EXPIRY_MARGIN_MS : 0,
  };
}
