import { field, parseJson } from './json.ts';

/** The claims of a GitHub ID token that an administrator compares with the federated credential. Foreign text. */
export type IdTokenClaims = {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly jobWorkflowRef: string;
};

/** An ID token is used no more this long before it expires. */
const EXPIRY_MARGIN_MS = 30_000;

/** Entra's own limit of a subject is 600 characters. What is longer is no claim to compare or to paste. */
const MAX_CLAIM = 1_000;

/** However long it says it lives: GitHub's lives about five minutes. */
const MAX_LIFETIME_MS = 3_600_000;

/** What a JWT says of itself, unverified: for the log, and to know how long it lives from its issue on. */
export type IdToken = { readonly claims: IdTokenClaims; readonly lifetimeMs: number };

/** Reads a JWT's payload. A token that cannot be read has empty claims and is used once. */
export function readIdToken(jwt: string): IdToken {
  const payload = parseJson(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  const claim = (name: string) => {
    const value = field(payload, name);
    return typeof value === 'string' && value.length <= MAX_CLAIM ? value : '';
  };
  const exp = field(payload, 'exp');
  const iat = field(payload, 'iat');
  return {
    claims: {
      issuer: claim('iss'),
      subject: claim('sub'),
      audience: claim('aud'),
      jobWorkflowRef: claim('job_workflow_ref'),
    },
    // By its own two times: the runner's clock may be off.
    lifetimeMs:
      typeof exp === 'number' && typeof iat === 'number'
        ? Math.min((exp - iat) * 1000 - EXPIRY_MARGIN_MS, MAX_LIFETIME_MS)
        : 0,
  };
}
