import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { atPrompt } from '../../../../src/hosts/terminal/prompt.ts';
import { withoutResult } from '../../../../src/verdict.ts';
import { scratch } from '../../../support/scratch.ts';
import { onLinux } from '../../../support/tools.ts';

const folder = scratch('prompt');

afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
});

/** The command that these arguments give to a run, and what is wrong with them. */
async function given(args: readonly string[]) {
  let found: { command: string; problems: readonly string[] } | undefined;
  await atPrompt(args, (host) => {
    found = { command: host.input('command'), problems: host.problems.map(({ plain }) => plain) };
    return Promise.resolve({ verdict: withoutResult('dry-run'), success: true });
  });
  return found;
}

describe('local files', () => {
  const full = path.join(folder, 'full');
  mkdirSync(path.join(full, 'inner'), { recursive: true });
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  const latin1 = path.join(folder, 'latin1.sh');
  writeFileSync(latin1, 'echo caf\u00e9', 'latin1');

  test.each<[name: string, args: string[], words: string]>([
    [
      'no script',
      ['--script', 'missing'],
      '--script cannot be used: no such file or folder: missing.',
    ],
    ['a folder for a script', ['--script', full], '--script cannot be used: it is a folder.'],
    [
      'a script that is not UTF-8',
      ['--script', latin1],
      '--script cannot be used: it is not UTF-8 text.',
    ],
    [
      'a folder for the result',
      ['--result', full, 'x'],
      '--result cannot be used: it is not a regular file; for the result on stdout, use -o json.',
    ],
    ['a full folder', ['--collect-to', full, 'x'], 'the folder is not empty'],
    [
      'an empty folder that the result would fill',
      ['--collect-to', empty, '--result', path.join(empty, 'r.json'), 'x'],
      'the folder is not empty',
    ],
  ])('are checked before a run: %s', async (_name, args, words) => {
    expect(await given(args)).toMatchObject({ problems: [expect.stringContaining(words)] });
  });

  onLinux(() => {
    test('a link to nothing is no folder to collect into', async () => {
      const dangling = path.join(folder, 'dangling');
      symlinkSync('missing', dangling);
      expect(await given(['--collect-to', dangling, 'x'])).toMatchObject({
        problems: [expect.stringContaining('no such file or folder')],
      });
    });
  });

  test('a script is read without its byte order mark', async () => {
    const script = path.join(folder, 'script.sh');
    writeFileSync(script, '\uFEFFecho hi');
    expect(await given(['--script', script])).toEqual({ command: 'echo hi', problems: [] });
  });
});
