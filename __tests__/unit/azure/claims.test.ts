import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readIdToken } from '../../../src/azure/claims.ts';

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

test.each([
  ['no JWT', 'token'],
  ['claims that are no text', jwt({ iss: 1, sub: null, aud: ['x'], exp: '1300', iat: 1000 })],
  ['an end and no beginning', jwt({ exp: 1300 })],
])('without claims, and used only once: %s', (_name, token) => {
  expect(readIdToken(token)).toEqual({ claims: EMPTY, lifetimeMs: 0 });
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
