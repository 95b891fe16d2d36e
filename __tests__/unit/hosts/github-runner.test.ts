import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readFileCommand } from '../../../src/pod/file-command.ts';
import { githubRunner } from '../../../src/hosts/github-runner.ts';
import { scratch } from '../../scratch.ts';

const folder = scratch('github-runner');

/** A file that a variable names, as the runner gives it to a step. */
function given(variable: string, content: string): string {
  const file = path.join(folder, variable);
  writeFileSync(file, content);
  return (process.env[variable] = file);
}

describe('whether a run is of a pull request from a fork', () => {
  const pullRequest = (repo: unknown) => JSON.stringify({ pull_request: { head: { repo } } });
  test.each([
    ['a pull request from a fork', pullRequest({ fork: true }), true],
    ['a pull request from a branch', pullRequest({ fork: false }), false],
    ['a pull request whose fork was deleted', pullRequest(null), false],
    ['a push', '{"ref":"refs/heads/main","repository":{"fork":true}}', false],
    ['broken JSON', '{"pull_request":{"head":', false],
  ])('%s', (_name, event, expected) => {
    given('GITHUB_EVENT_PATH', event);
    expect(githubRunner().isFromFork?.()).toBe(expected);
  });

  test('no event file: not known to be', () => {
    delete process.env['GITHUB_EVENT_PATH'];
    expect(githubRunner().isFromFork?.()).toBe(false);
  });
});

describe('step outputs are read back as they were set, by the grammar of the runner', () => {
  test.each([
    ['a', 'one\ntwo\r\n'],
    ['a', ''],
    ['a<', 'value'],
    ['a<', ''],
    ['a<', 'x<<EOF=y\r'],
    ['<', 'value'],
    ['a<b', 'value\n'],
    ['::error::', '##[error]'],
    [' ', ' '],
  ])('%j with %j', (name, value) => {
    const file = given('GITHUB_OUTPUT', '');
    githubRunner().setOutput(name, value);
    githubRunner().setOutput('after', 'it');
    const { assignments } = readFileCommand(readFileSync(file, 'utf8'));
    const read = Object.fromEntries(assignments.map((one) => [one.name, one.value]));
    expect(read).toEqual({ [name]: value, after: 'it' });
  });
});

test('inputs are read untrimmed, and named whether declared or not', () => {
  process.env['INPUT_COMMAND'] = ' echo \n';
  process.env['INPUT_SOMETHING_ELSE'] = 'x';
  const host = githubRunner();
  expect(host.input('command')).toBe(' echo \n');
  expect(host.input('none')).toBe('');
  expect(host.inputNames).toEqual(expect.arrayContaining(['command', 'something_else']));
});
