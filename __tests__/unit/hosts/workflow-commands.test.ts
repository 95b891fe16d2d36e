import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '@actions/core';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { appendToCommandFile, outputEntry, workflowCommand } from '../../../src/hosts/workflow-commands.ts';

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'commands-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** What GitHub's own package writes to stdout. */
function written(act: () => void): string {
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    act();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

const text = fc.string({ unit: fc.constantFrom('a', 'ü', '😀', ' ', '%', ':', ',', '\r', '\n', '::', '##[', '%0A') });

test.each<[string, (message: string, title: string) => string, (message: string, title: string) => void]>([
  ['a mask', (message) => workflowCommand('add-mask', message), core.setSecret],
  [
    'an error',
    (message, title) => workflowCommand('error', message, { title }),
    (message, title) => {
      core.error(message, { title });
    },
  ],
  [
    'a warning',
    (message) => workflowCommand('warning', message),
    (message) => {
      core.warning(message);
    },
  ],
  ['a line of the debug log', (message) => workflowCommand('debug', message), core.debug],
  ['the beginning of a group', (message) => workflowCommand('group', message), core.startGroup],
  ['the end of a group', () => workflowCommand('endgroup'), core.endGroup],
])("%s has the bytes of GitHub's own package", (_name, own, theirs) => {
  fc.assert(
    fc.property(
      text,
      text.filter((title) => title !== ''),
      (message, title) => {
        expect(own(message, title)).toBe(
          written(() => {
            theirs(message, title);
          }).replaceAll('\r\n', '\n'),
        );
      },
    ),
  );
});

test("an output has the bytes of GitHub's own package, but for the random delimiter", () => {
  const file = path.join(scratch, 'output');
  process.env['GITHUB_OUTPUT'] = file;
  const delimiter = /ghadelimiter_[0-9a-f-]{36}/g;
  fc.assert(
    fc.property(text, (value) => {
      writeFileSync(file, '');
      core.setOutput('name', value);
      const entry = outputEntry('name', value);
      expect(entry.replaceAll(delimiter, 'D')).toBe(readFileSync(file, 'utf8').replaceAll(delimiter, 'D'));
      expect(new Set(entry.match(delimiter)).size).toBe(1);
    }),
  );
  delete process.env['GITHUB_OUTPUT'];
  expect(outputEntry('name', '')).not.toBe(outputEntry('name', ''));
});

test('what is appended to a file of the runner comes after what is there', () => {
  const file = path.join(scratch, 'summary');
  writeFileSync(file, 'one\n');
  appendToCommandFile('GITHUB_STEP_SUMMARY', file, 'two\n');

  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
});

test.each([
  ['no file is named', undefined, 'GITHUB_OUTPUT is not set'],
  ['the name is empty', '', 'GITHUB_OUTPUT is not set'],
  ['the file is gone', '/nowhere/output', 'The file of GITHUB_OUTPUT is missing: /nowhere/output'],
])('it throws where %s, and makes none', (_name, file, message) => {
  expect(() => {
    appendToCommandFile('GITHUB_OUTPUT', file, 'x');
  }).toThrow(message);
  expect(existsSync('/nowhere/output')).toBe(false);
});
