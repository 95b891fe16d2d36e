import {
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { isRecord, parseJson } from '../../src/text/json.ts';

/**
 * GitHub's OIDC issuer: ID tokens for the job, signed with a key that lives as long as the process.
 */

/** The workflow run on whose behalf ID tokens are issued; also the values of `GITHUB_*`. */
export type Job = Readonly<{
  repository: string;
  ref: string;
  sha: string;
  runId: string;
  runNumber: string;
  runAttempt: string;
  actor: string;
  workflow: string;
  /** Path of the workflow in the repository. */
  workflowFile: string;
  job: string;
  eventName: string;
  serverUrl: string;
  /** The deployment environment, which replaces the ref in the subject. */
  environment?: string;
  /**
   * The whole `sub` claim, if neither form is wanted, such as the immutable
   * `repo:OWNER@ID/REPO@ID:…`.
   */
  subject?: string;
}>;

export const defaultJob: Job = {
  repository: 'octo-org/shop',
  ref: 'refs/heads/main',
  sha: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
  runId: '9012345678',
  runNumber: '42',
  runAttempt: '1',
  actor: 'octocat',
  workflow: 'deploy',
  workflowFile: '.github/workflows/deploy.yml',
  job: 'deploy',
  eventName: 'push',
  serverUrl: 'https://github.com',
};

/** The `sub` claim of the job's ID tokens. */
export function subjectOf(job: Job): string {
  if (job.subject !== undefined) return job.subject;
  if (job.environment !== undefined) return `repo:${job.repository}:environment:${job.environment}`;
  return job.eventName === 'pull_request'
    ? `repo:${job.repository}:pull_request`
    : `repo:${job.repository}:ref:${job.ref}`;
}

export type IdTokenClaims = Readonly<{
  iss: string;
  sub: string;
  aud: string;
  /** Seconds since the epoch. */
  nbf: number;
  exp: number;
}>;

/** What can be said about an assertion before anything is compared with a federated credential. */
type Assertion =
  | Readonly<{ kind: 'malformed' }>
  | Readonly<{ kind: 'readable'; claims: IdTokenClaims; signed: boolean }>;

export type Issuer = Readonly<{
  /** The `iss` claim. */
  url: string;
  /**
   * `now` is in milliseconds, `lifetime` in seconds. The default audience is the owner's URL, as at
   * GitHub.
   */
  idToken(job: Job, audience: string | undefined, now: number, lifetime: number): string;
  /** Reads an assertion, and says whether this issuer signed it. */
  read(assertion: string): Assertion;
  configuration(): Record<string, unknown>;
  keys(): Record<string, unknown>;
}>;

const keyId = 'local-azure';

let processKey: KeyObject | undefined;

/**
 * Made on first use and then kept, because a 2048-bit key takes too long to make one for each
 * property-test run.
 */
function throwAwayKey(): KeyObject {
  processKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return processKey;
}

export function createIssuer(url: string): Issuer {
  return {
    url,

    idToken(job, audience, now, lifetime) {
      const issuedAt = Math.floor(now / 1000);
      const owner = job.repository.split('/')[0] ?? '';
      const claims = {
        jti: randomUUID(),
        iss: url,
        sub: subjectOf(job),
        aud: audience ?? `${job.serverUrl}/${owner}`,
        repository: job.repository,
        repository_owner: owner,
        ref: job.ref,
        ref_type: job.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
        sha: job.sha,
        run_id: job.runId,
        run_number: job.runNumber,
        run_attempt: job.runAttempt,
        actor: job.actor,
        workflow: job.workflow,
        event_name: job.eventName,
        // Without an environment, the claim is left out, as JSON leaves out what is undefined.
        environment: job.environment,
        job_workflow_ref: `${job.repository}/${job.workflowFile}@${job.ref}`,
        nbf: issuedAt - 300,
        iat: issuedAt,
        exp: issuedAt + lifetime,
      };
      const signed = [{ typ: 'JWT', alg: 'RS256', kid: keyId }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const signature = sign('RSA-SHA256', Buffer.from(signed), throwAwayKey());
      return `${signed}.${signature.toString('base64url')}`;
    },

    read(assertion) {
      const [head, payload, signature, ...rest] = assertion.split('.');
      if (
        head === undefined ||
        payload === undefined ||
        signature === undefined ||
        rest.length > 0
      ) {
        return { kind: 'malformed' };
      }
      const header = parseJson(Buffer.from(head, 'base64url').toString());
      const claims = claimsOf(parseJson(Buffer.from(payload, 'base64url').toString()));
      if (!isRecord(header) || claims === undefined) return { kind: 'malformed' };
      const signed =
        header['alg'] === 'RS256' &&
        verify(
          'RSA-SHA256',
          Buffer.from(`${head}.${payload}`),
          createPublicKey(throwAwayKey()),
          Buffer.from(signature, 'base64url'),
        );
      return { kind: 'readable', claims, signed };
    },

    configuration: () => ({
      issuer: url,
      jwks_uri: `${url}/.well-known/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      claims_supported: [
        'sub',
        'aud',
        'exp',
        'iat',
        'iss',
        'jti',
        'nbf',
        'ref',
        'repository',
        'job_workflow_ref',
      ],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    }),

    keys: () => ({
      keys: [
        {
          ...createPublicKey(throwAwayKey()).export({ format: 'jwk' }),
          kid: keyId,
          alg: 'RS256',
          use: 'sig',
        },
      ],
    }),
  };
}

function claimsOf(payload: unknown): IdTokenClaims | undefined {
  if (!isRecord(payload)) return undefined;
  const { iss, sub, aud, nbf, exp } = payload;
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof aud !== 'string')
    return undefined;
  if (typeof nbf !== 'number' || typeof exp !== 'number') return undefined;
  return { iss, sub, aud, nbf, exp };
}
