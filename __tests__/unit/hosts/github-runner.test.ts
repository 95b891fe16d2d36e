import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { githubRunner } from '../../../src/hosts/github-runner.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'github-runner-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function isFromFork(event: string): boolean | undefined {
  const file = path.join(folder, 'event.json');
  writeFileSync(file, event);
  return githubRunner({ GITHUB_EVENT_PATH: file }).isFromFork?.();
}

const pullRequest = (repo: unknown) => JSON.stringify({ pull_request: { head: { repo } } });

describe('whether a run is of a pull request from a fork', () => {
  test.each([
    ['a pull request from a fork', pullRequest({ fork: true }), true],
    ['a pull request from a branch', pullRequest({ fork: false }), false],
    [
      'a pull request of Dependabot, from a branch',
      pullRequest({ fork: false, owner: { login: 'dependabot' } }),
      false,
    ],
    ['a pull request whose fork was deleted', pullRequest(null), false],
    ['a fork that is no boolean', pullRequest({ fork: 'true' }), false],
    ['a push', '{"ref":"refs/heads/main","repository":{"fork":true}}', false],
    ['null', 'null', false],
    ['a list', '[]', false],
    ['broken JSON', '{"pull_request":{"head":', false],
    ['an empty file', '', false],
  ])('%s', (_name, event, expected) => {
    expect(isFromFork(event)).toBe(expected);
  });

  test('no event file: not known to be', () => {
    expect(githubRunner({}).isFromFork?.()).toBe(false);
    expect(githubRunner({ GITHUB_EVENT_PATH: path.join(folder, 'none.json') }).isFromFork?.()).toBe(false);
  });
});
