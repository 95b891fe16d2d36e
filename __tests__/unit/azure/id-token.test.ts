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
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:o/r:environment:prød',
    aud: 'api://AzureADTokenExchange',
    job_workflow_ref: 'o/r/.github/workflows/w.yml@refs/heads/main',
    iat: 1_000,
    exp: 1_300,
  });

  expect(readIdToken(token)).toEqual({
    claims: {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:o/r:environment:prød',
      audience: 'api://AzureADTokenExchange',
      jobWorkflowRef: 'o/r/.github/workflows/w.yml@refs/heads/main',
    },
    lifetimeMs: 270_000,
  });
});

test.each([
  ['no JWT', 'token'],
  ['nothing', ''],
  ['a payload that is no JSON', 'a.b.c'],
  ['a payload that is no object', jwt(['iss'])],
  ['claims that are no text', jwt({ iss: 1, sub: null, aud: ['x'], exp: '1300', iat: 1000 })],
  ['an end and no beginning', jwt({ exp: 1300 })],
])('used once, and without claims: %s', (_name, token) => {
  expect(readIdToken(token)).toEqual({ claims: EMPTY, lifetimeMs: 0 });
});

test('no token makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json().map(jwt), fc.anything().map(String)), (token) => {
      expect(Object.values(readIdToken(token).claims).every((claim) => typeof claim === 'string')).toBe(true);
    }),
  );
});
