import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readClaims } from '../../../src/azure/claims.ts';

const jwt = (payload: unknown) =>
  ['{"alg":"RS256"}', JSON.stringify(payload), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

const EMPTY = { issuer: '', subject: '', audience: '', jobWorkflowRef: '' };

test('the claims that an administrator compares', () => {
  const token = jwt({
    iss: 'https://x',
    sub: 'repo:o/r:environment:prød',
    aud: 'a',
    job_workflow_ref: 'w',
  });
  expect(readClaims(token)).toEqual({
    issuer: 'https://x',
    subject: 'repo:o/r:environment:prød',
    audience: 'a',
    jobWorkflowRef: 'w',
  });
});

test.each([
  ['no JWT', 'token'],
  ['claims that are no text', jwt({ iss: 1, sub: null, aud: ['x'] })],
])('without claims: %s', (_name, token) => {
  expect(readClaims(token)).toEqual(EMPTY);
});

test('no token makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json().map(jwt), fc.anything().map(String)), (token) => {
      expect(Object.values(readClaims(token)).every((claim) => typeof claim === 'string')).toBe(
        true,
      );
    }),
  );
});
