import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readIdToken } from '../../../src/azure/id-token.ts';

const jwt = (payload: unknown) =>
  ['{"alg":"RS256"}', JSON.stringify(payload), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

const EMPTY = { issuer: '', subject: '', audience: '', jobWorkflowRef: '' };

test("the claims that an administrator compares, and the token's life", () => {
  const token = jwt({
    iss: 'https://x',
    sub: 'repo:o/r:environment:prød',
    aud: 'a',
    job_workflow_ref: 'w',
    iat: 1,
    exp: 301,
  });
  expect(readIdToken(token)).toEqual({
    claims: {
      issuer: 'https://x',
      subject: 'repo:o/r:environment:prød',
      audience: 'a',
      jobWorkflowRef: 'w',
    },
    lifetimeMs: 270_000,
  });
});

test('the longest claim is shown', () => {
  expect(readIdToken(jwt({ sub: 'x'.repeat(1000) })).claims.subject).toHaveLength(1000);
});

test.each([
  ['no JWT', 'token', 0],
  ['nothing', '', 0],
  ['a payload that is no JSON', 'a.b.c', 0],
  ['a payload that is no object', jwt(['iss']), 0],
  ['claims that are no text', jwt({ iss: 1, sub: null, aud: ['x'], exp: '1300', iat: 1000 }), 0],
  ['an end and no beginning', jwt({ exp: 1300 }), 0],
  [
    'a megabyte for a claim, and a life without end',
    jwt({ sub: 'x'.repeat(1024 * 1024), exp: 1e300, iat: 0 }),
    3_600_000,
  ],
])('without claims, and kept for an hour at most: %s', (_name, token, lifetimeMs) => {
  expect(readIdToken(token)).toEqual({ claims: EMPTY, lifetimeMs });
});

test('no token makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json().map(jwt), fc.anything().map(String)), (token) => {
      expect(
        Object.values(readIdToken(token).claims).every((claim) => typeof claim === 'string'),
      ).toBe(true);
    }),
  );
});
