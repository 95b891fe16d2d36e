import { expect, test } from '@jest/globals';
import { githubIdToken } from '../../../src/hosts/github-job.ts';

const URL = 'https://pipelines.example/token';
const TOKEN = 'request-token';

test('a job that may request an ID token says where, and with which token', () => {
  const variables: Readonly<Record<string, string>> = {
    ACTIONS_ID_TOKEN_REQUEST_URL: URL,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: TOKEN,
  };
  expect(githubIdToken((name) => variables[name])).toEqual({
    kind: 'github',
    url: URL,
    requestToken: TOKEN,
  });
});

test.each([
  ['neither', {}],
  ['no token', { ACTIONS_ID_TOKEN_REQUEST_URL: URL }],
  ['no URL', { ACTIONS_ID_TOKEN_REQUEST_TOKEN: TOKEN }],
  ['an empty token', { ACTIONS_ID_TOKEN_REQUEST_URL: URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }],
])('a job that has %s may not request one', (_name, variables: Record<string, string>) => {
  expect(githubIdToken((name) => variables[name])).toBeUndefined();
});
