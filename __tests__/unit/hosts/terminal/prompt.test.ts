import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { OPTIONS } from '../../../../src/hosts/terminal/options.ts';
import { atPrompt } from '../../../../src/hosts/terminal/prompt.ts';
import { trusted } from '../../../../src/text/trusted.ts';
import { withoutResult } from '../../../../src/verdict.ts';
import { scratch } from '../../../scratch.ts';
import { onLinux } from '../../../tools.ts';

const folder = scratch('prompt');
const SCRIPT = path.join(folder, 'script.sh');
const RESULT = path.join(folder, 'result.json');
const INPUTS = OPTIONS.flatMap(({ input }) => input ?? []);

beforeEach(() => {
  writeFileSync(SCRIPT, 'from a file');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(RESULT, { force: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
});

/** Everything that these arguments have an effect on, for a command that wrote something. */
async function observed(args: readonly string[]) {
  const { written: stdout } = captured(process.stdout);
  const { written: stderr } = captured(process.stderr);
  let given: unknown;
  const exitCode = await atPrompt(args, async (host) => {
    const inputs = INPUTS.map((name) => [name, host.input(name)]);
    given = {
      inputs,
      mistakes: host.mistakes.map(({ plain }) => plain),
      token: host.idTokenSource(),
      to: host.collectInto,
    };
    host.log.info(trusted`A line of ours.`);
    host.log.debug('A request.');
    host.setOutput('state', 'succeeded');
    await host.showOutput('##vso[x]\n');
    return { verdict: withoutResult('succeeded'), success: true };
  });
  const result = resultFile();
  return { exitCode, given, stdout: stdout(), stderr: stderr(), result };
}

function captured(stream: NodeJS.WriteStream) {
  const pieces: string[] = [];
  jest.spyOn(stream, 'on').mockReturnThis();
  jest.spyOn(stream, 'write').mockImplementation((text, ...more: unknown[]) => {
    pieces.push(String(text));
    const done = more.find((one) => typeof one === 'function');
    done?.();
    return true;
  });
  return { written: () => pieces.join('') };
}

function resultFile(): string | undefined {
  try {
    return readFileSync(RESULT, 'utf8');
  } catch {
    return undefined;
  }
}

describe('every option changes what a run does', () => {
  const COMMAND = ['-c', 'true'];
  const AS_CLIENT = ['--client-id', 'a', ...COMMAND];
  /** The name of an option, the arguments that set it, and those that are there anyway. */
  type Row = readonly [name: string, args: readonly string[], rest?: readonly string[]];
  const ofInputs = OPTIONS.filter(({ input }) => input !== undefined).map(
    ({ name, value }): Row => {
      const args = value === undefined ? [`--${name}`] : [`--${name}`, 'a'];
      return [name, args, ['command', 'command-id'].includes(name) ? [] : COMMAND];
    },
  );
  const own: readonly Row[] = [
    ['id-token-env', ['--id-token-env', 'A'], AS_CLIENT],
    ['script', ['--script', SCRIPT], []],
    ['collect-to', ['--collect-to', path.join(folder, 'new')]],
    ['output', ['-o', 'json']],
    ['result', ['--result', RESULT]],
    ['quiet', ['--quiet']],
    ['raw', ['--raw']],
    ['debug', ['--debug']],
    ['help', ['-h']],
  ];
  const rows = [...ofInputs, ...own];

  test.each(rows)('%s', async (_name, args, rest = COMMAND) => {
    jest.replaceProperty(process, 'env', { ...process.env, TF_BUILD: 'True' });
    const without = await observed(rest);
    jest.restoreAllMocks();
    jest.replaceProperty(process, 'env', { ...process.env, TF_BUILD: 'True' });
    const withOption = await observed([...args, ...rest]);
    expect(withOption.given ?? { mistakes: [] }).toMatchObject({ mistakes: [] });
    expect(withOption).not.toEqual(without);
  });

  // That of the bundle is in a test of the command line.
  test('has a row for each but --version', () => {
    const names = OPTIONS.map(({ name }) => name).filter((name) => name !== 'version');
    expect(rows.map(([name]) => name).sort()).toEqual(names.sort());
  });
});

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
      '--result cannot be used: it is a folder.',
    ],
    ['a full folder', ['--collect-to', full, 'x'], 'the folder is not empty'],
    [
      'an empty folder that the result would fill',
      ['--collect-to', empty, '--result', path.join(empty, 'r.json'), 'x'],
      'the folder is not empty',
    ],
  ])('are checked before a run: %s', async (_name, args, words) => {
    expect((await observed(args)).given).toMatchObject({
      mistakes: [expect.stringContaining(words)],
    });
  });

  onLinux(() => {
    test('a link to nothing is no folder to collect into', async () => {
      const dangling = path.join(folder, 'dangling');
      symlinkSync('missing', dangling);
      expect((await observed(['--collect-to', dangling, 'x'])).given).toMatchObject({
        mistakes: [expect.stringContaining('no such file or folder')],
      });
    });
  });

  test('a script is read without its byte order mark', async () => {
    writeFileSync(SCRIPT, '\uFEFFecho hi');
    const { given } = await observed(['--script', SCRIPT]);
    expect(given).toMatchObject({ inputs: expect.arrayContaining([['command', 'echo hi']]) });
  });
});
