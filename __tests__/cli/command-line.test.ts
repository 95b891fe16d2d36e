import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  delays,
  hangsAfter,
  podStartsLate,
  startLocalAzure,
  type Fault,
  type LocalAzure,
} from '../../local/azure/index.ts';
import {
  atPrompt,
  BUNDLE,
  environment,
  execute,
  idToken,
  onCluster,
  type Prompt,
} from './support.ts';
import { OPTIONS } from '../../src/hosts/terminal/options.ts';
import { enumerated } from '../../src/text/say.ts';
import { readDocument } from '../docs/markdown.ts';
import { inNamespacesOnly } from '../support/namespaces.ts';
import { needing, onLinux } from '../support/tools.ts';
import { scratch } from '../support/scratch.ts';
import { standIn } from '../support/stand-in.ts';
import { killOnce } from '../support/until.ts';
import { said } from '../support/said.ts';

const azure = standIn();
const folder = scratch('prompt');

const run = (args: readonly string[], { env, ...more }: Prompt = {}) =>
  atPrompt([...onCluster(azure()), ...args], {
    cwd: folder,
    env: { ...environment(azure()), ...env },
    ...more,
  });

const NODE = `'${process.execPath}' "$0"`;

/** What a line of sh prints. Its `$0` is the bundle. */
async function inShell(line: string, args: readonly string[], zero = BUNDLE): Promise<string> {
  const script = line.replaceAll('"$0"', NODE);
  return (
    await execute('sh', ['-c', script, zero, ...args], { cwd: folder, env: environment(azure()) })
  ).stdout;
}

/** Works with another stand-in, which has faults. */
async function withFaults(
  faults: readonly Fault[],
  work: (azure: LocalAzure) => Promise<void>,
): Promise<void> {
  const other = await startLocalAzure({ faults });
  await work(other).finally(() => other.stop());
}

describe('the door', () => {
  const earlier = ['-n', 'x', '-i', '0'.repeat(32)];
  const nobodyKnows = said('invalid-option', 'unclear');
  test.each<[name: string, args: string[], code: number, words: RegExp]>([
    ['no arguments: the help, and nothing ran', [], 125, /^Usage:/m],
    ['an earlier command, which nobody can ask for', earlier, 255, nobodyKnows],
    [
      'an earlier command, and a misspelled option',
      [...earlier, '--resultt', 'x'],
      255,
      nobodyKnows,
    ],
    ['an earlier command, and a new one', [...earlier, 'ls'], 255, nobodyKnows],
  ])('%s', async (_name, args, code, words) => {
    const stderr = expect.stringMatching(words);
    expect(await atPrompt(args)).toMatchObject({ code, stdout: '', stderr });
  });

  test('INPUT_CLUSTER in the environment, even empty: the action', async () => {
    const { code, stdout } = await atPrompt([], { env: { INPUT_CLUSTER: '' } });
    expect(code).toBe(1);
    expect(stdout).toContain('::error');
  });
});

describe('stdout is the output of the command, the exit code its own', () => {
  test('words, as they are, with at most six lines before the output and one after it', async () => {
    const words = ['--', 'printf', '[%s]', 'a b', '$HOME', "it's", '-n'];
    const { stdout, stderr, code } = await run(words);
    expect({ stdout, code }).toEqual({ stdout: "[a b][$HOME][it's][-n]", code: 0 });
    const lines = stderr.trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(/^plain: succeeded/);
    expect(lines.length).toBeLessThanOrEqual(6 + 1);
  });

  test('a script of one word, too long for a file name', async () => {
    const args = ['-f', 'missing', `./${'x '.repeat(3000)}`];
    expect(await run(args)).toMatchObject({ stdout: '', code: 125 });
  });

  test('a script from stdin', async () => {
    const { stdout, code } = await run(['--script', '-'], { stdin: 'echo "from stdin"\nexit 4\n' });
    expect({ stdout, code }).toEqual({ stdout: 'from stdin\n', code: 4 });
  });

  test('an earlier command, by its id', async () => {
    const { stdout, stderr, code } = await run([
      '--no-wait',
      '--quiet',
      '-c',
      'echo later; exit 5',
    ]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/^[0-9a-f]{32}\n$/);
    expect(await run(['-i', stdout.trim()])).toMatchObject({
      stdout: expect.stringContaining('later'),
      code: 5,
    });
  });

  test('a failure: stderr has its cause, repeats no stdout, and ends with the time', async () => {
    const { stdout, stderr, code } = await run(['-c', 'echo one; echo two >&2; exit 3']);
    expect({ stdout, code }).toEqual({ stdout: 'one\ntwo\n', code: 3 });
    const [line, next] = [said('exit-code', { exitCode: '3' }), said('exit-code', 'noError')];
    const told = `^Error: plain: ${line.source}\n${next.source}\nplain: failed \\(.+\\)\n$`;
    expect(stderr.slice(stderr.indexOf('Error: '))).toMatch(new RegExp(told));
  });

  test.each([
    ['a slow reader gets all of it', '| (sleep 1; wc -c)', '300000\n'],
    ['a reader that goes away is no error', '| head -c 3; echo " $?"', 'xxx 0\n'],
  ])('%s', (_name, pipe, expected) => {
    const args = [...onCluster(azure()), '--quiet', '-c', "head -c 300000 /dev/zero | tr '\\0' x"];
    return expect(inShell(`"$0" "$@" ${pipe}`, args)).resolves.toBe(expected);
  });

  onLinux(() => {
    test.each([
      ['a success is none', ['-c', 'echo x'], '255\n'],
      ['a failure keeps its exit code', ['-c', 'echo x; exit 6'], '6\n'],
    ])('stdout takes nothing more: %s', async (_name, args, code) => {
      expect(
        await inShell('"$0" "$@" >/dev/full 2>err.txt; echo $?', [...onCluster(azure()), ...args]),
      ).toBe(code);
      expect(readFileSync(path.join(folder, 'err.txt'), 'utf8')).toContain(
        'could not be written to stdout',
      );
    });

    test('stdin is not read: it may be the input of a loop', async () => {
      const line = 'printf "a\\nb\\n" | while read -r x; do "$0" "$@" 2>err.txt; echo "$x"; done';
      expect(await inShell(line, [...onCluster(azure()), '--dry-run', '--', 'true'])).toBe(
        'a\nb\n',
      );
    });
  });
});

describe('a CI whose log obeys text', () => {
  const hostile = "printf '##vso[task.setvariable]x\\n ::add-mask::x\\na\\r::error::y\\n'";

  test('is broken, and that is said once', async () => {
    const { stdout, stderr } = await run(['-c', hostile], { env: { TF_BUILD: 'True' } });
    expect(stdout).toBe('#\\#vso[task.setvariable]x\n :\\:add-mask::x\na\r:\\:error::y\n');
    expect(stderr.match(/each one was disabled with a backslash/g)).toHaveLength(1);
    expect(stderr).not.toMatch(/##vso\[|^\s*::\w+::/m);
  });

  test('a refusal breaks what it quotes', async () => {
    const { code, stderr } = await run(['-o', '##[x]\n::error::y', 'true'], {
      env: { TF_BUILD: 'True' },
    });
    expect(code).toBe(125);
    expect(stderr).toContain('`-o #\\#[x]\\u000a::error::y` is not an option here.');
    expect(stderr).not.toMatch(/##\[|^::/m);
  });

  test('JSON is the same on stdout and in the file of --result, and never obeyed', async () => {
    const file = path.join(folder, 'obeyed.json');
    const { stdout } = await run(['-o', 'json', '--result', file, '-c', hostile], {
      env: { TF_BUILD: 'True' },
    });
    for (const json of [stdout, readFileSync(file, 'utf8')]) {
      expect(json).not.toContain('##');
      expect(JSON.parse(json)).toMatchObject({
        output: '##vso[task.setvariable]x\n ::add-mask::x\na\r::error::y\n',
      });
    }
  });
});

describe('--result', () => {
  const file = path.join(folder, 'result.json');
  const read = () => JSON.parse(readFileSync(file, 'utf8')) as object;

  test('outputs by name, step outputs, the summary; -o json prints only the same', async () => {
    const command =
      'echo hi; echo a=1 >>"$GITHUB_OUTPUT"; echo "# S" >>"$GITHUB_STEP_SUMMARY"; exit 3';
    const { stdout, code } = await run(['--result', file, '-o', 'json', '-c', command]);
    const own = { output: 'hi\n', outputs: { a: '1' }, summary: '# S\n' };
    expect(read()).toMatchObject({
      state: 'failed',
      'exit-code': 3,
      duration: expect.any(Number),
      'output-truncated': false,
      collected: '',
      ...own,
    });
    expect({ code, json: JSON.parse(stdout) as unknown }).toEqual({ code: 3, json: read() });
  });

  test('docs/COMMAND_LINE.md says which values are no strings', async () => {
    const { stdout } = await run(['-o', 'json', 'true']);
    const named = (type: string) => {
      const values = Object.entries(JSON.parse(stdout) as object);
      const ofType = values.filter(([, value]) => typeof value === type);
      return enumerated(
        ofType.map(([name]) => name),
        'and',
      ).markdown;
    };
    const [paragraph = ''] =
      /\*\*The JSON\*\*.*?\n\n/s.exec(readDocument('docs/COMMAND_LINE.md')) ?? [];
    const text = paragraph.replaceAll(/\s+/g, ' ');
    expect(text).toContain(`${named('number')} are numbers, or \`null\``);
    expect(text).toContain(`${named('boolean')} is \`true\` or \`false\`; all others are strings.`);
  });

  test('a misspelled option: an old one is not left', async () => {
    writeFileSync(file, '{"state":"succeeded"}');
    await run(['--result', file, '--comand', 'true']);
    expect(read()).toMatchObject({
      state: 'not-started',
      'exit-code': null,
      duration: null,
      'output-truncated': false,
      'started-at': '',
      reason: '--comand is not an option. Did you mean --command?',
    });
  });

  test('where it cannot be written, nothing runs', async () => {
    const before = azure().requests('run-command').length;
    expect(await run(['--result', path.join(folder, 'missing/x'), 'true'])).toMatchObject({
      code: 125,
      stdout: '',
      stderr: expect.stringContaining('`--result` cannot be used: no such file'),
    });
    expect(azure().requests('run-command')).toHaveLength(before);
  });
});

describe('every option of the prompt alone does something', () => {
  const command = "printf '\\033]0;title\\007 ##[error]x\\n'; printf x >made.txt";
  const BASE = ['--collect', 'made.txt', '--command', command];
  writeFileSync(path.join(folder, 'script.sh'), 'echo from a file');

  /** What the command line leaves, apart from what is different in every run. */
  async function traces(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const env = { TF_BUILD: 'True', TMPDIR: folder, ...more };
    const { code, stdout, stderr } = await run(args, { env });
    const same = (text: string) =>
      text.replaceAll(/[0-9a-f]{32}|aks-run-command-[\w-]+|\d+s\b|less than 1s/g, '…');
    return { code, stdout: same(stdout), stderr: same(stderr) };
  }

  const rows: Readonly<Record<string, { options: string[]; instead?: string[]; differs: string }>> =
    {
      'id-token-env': { options: ['--id-token-env', 'NONE'], differs: 'code' },
      script: { options: ['--script', 'script.sh'], instead: [], differs: 'stdout' },
      'collect-to': { options: ['--collect-to', 'collected'], differs: 'stderr' },
      output: { options: ['-o', 'json'], differs: 'stdout' },
      result: { options: ['--result', 'missing/result.json'], differs: 'code' },
      quiet: { options: ['--quiet'], differs: 'stderr' },
      raw: { options: ['--raw'], differs: 'stdout' },
      debug: { options: ['--debug'], differs: 'stderr' },
      help: { options: ['--help'], differs: 'stdout' },
      version: { options: ['--version'], differs: 'stdout' },
    };

  test('each has a row', () => {
    const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
    const { inputs } = parse(text) as { inputs: object };
    const own = OPTIONS.filter(({ input }) => !(input in inputs)).map(({ name }) => name);
    expect(Object.keys(rows)).toEqual(own);
  });

  let without: Awaited<ReturnType<typeof traces>>;
  beforeAll(async () => {
    without = await traces(BASE);
  });

  test.each(Object.entries(rows))('--%s', async (_name, { options, instead = BASE, differs }) => {
    const given = await traces([...options, ...instead]);
    expect(given[differs as keyof typeof given]).not.toEqual(
      without[differs as keyof typeof given],
    );
  });

  test('without a change of options, nothing differs', async () => {
    expect(await traces(BASE)).toEqual(without);
  });
});

test('a typo is said in one sentence', async () => {
  expect((await atPrompt(['-n', 'x', '--comand', 'true'])).stderr).toBe(
    'Error: AKS Run Command: `--comand` is not an option. Did you mean `--command`?\n' +
      'The command did not run.\n',
  );
});

describe('signals', () => {
  // SIGHUP: the terminal was closed. The result is all that is left then.
  test.each(['SIGINT', 'SIGHUP'] as const)(
    '%s ends it by that signal, after saying how to pick it up',
    async (sent) => {
      const file = path.join(folder, 'first.json');
      await withFaults([podStartsLate(60_000)], async (slow) => {
        const ended = await atPrompt([...onCluster(slow), '--result', file, 'true'], {
          env: environment(slow),
          onStart: (child) => {
            child.stderr.on('data', (chunk: Buffer) => {
              if (chunk.includes('AKS accepted')) child.kill(sent);
            });
          },
        });
        expect(ended).toMatchObject({ code: null, signal: sent, stdout: '' });
        expect(ended.stderr).toContain('aks-run-command --cluster=');
        expect(ended.stderr.match(/interrupted/gi)).toHaveLength(1);
        expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ state: 'running' });
      });
    },
  );

  inNamespacesOnly(() => {
    /** A command that shows when it has begun, and how it ends on SIGTERM. */
    const stoppable = (mark: string) =>
      `trap 'echo cleaned up; exit 9' TERM; : >'${mark}'; sleep 600 & wait`;

    test.each(['SIGINT', 'SIGTERM'] as const)(
      '%s with --on-cancel stop: its end is shown, and the process ends by that signal',
      async (sent) => {
        const mark = path.join(folder, `begun-${sent}`);
        const file = path.join(folder, `${sent}.json`);
        const args = ['--on-cancel', 'stop', '--result', file, '--command', stoppable(mark)];
        const ended = await run(args, {
          onStart: (child) => void killOnce(() => existsSync(mark), child, sent),
        });
        expect(ended).toMatchObject({ code: null, signal: sent, stdout: 'cleaned up\n' });
        expect(ended.stderr).toContain('Stopping the command');
        expect(ended.stderr).toContain('Error: plain: The command was stopped');
        expect(ended.stderr).not.toContain('interrupted');
        const result = { state: 'failed', 'exit-code': 9, reason: 'The command was stopped.' };
        expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(result);
      },
    );

    test('a second signal while the command is stopped ends it at once', async () => {
      const mark = path.join(folder, 'begun-twice');
      await withFaults([delays('run-command', 60_000, { skip: 1 })], async (slow) => {
        const args = [...onCluster(slow), '--on-cancel', 'stop', '-c', stoppable(mark)];
        const ended = await atPrompt(args, {
          env: environment(slow),
          onStart: (child) => {
            void killOnce(() => existsSync(mark), child, 'SIGINT');
            const isStopping = () => slow.requests('run-command').length > 1;
            void killOnce(isStopping, child, 'SIGTERM');
          },
        });
        expect(ended).toMatchObject({ code: null, signal: 'SIGTERM', stdout: '' });
      });
    });
  });

  test('while the output waits for its reader, by that signal: the result is whole', async () => {
    const file = path.join(folder, 'slow.json');
    const args = [
      BUNDLE,
      ...onCluster(azure()),
      '--result',
      file,
      '-c',
      'head -c 1500000 /dev/zero | tr "\\0" "\\n"',
    ];
    const child = spawn(process.execPath, args, { env: environment(azure()) });
    child.stdout.once('readable', () => child.kill('SIGTERM'));
    // Nobody reads any further.
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGTERM' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ state: 'succeeded' });
  });

  test('a second one ends at once, and leaves no half result', async () => {
    await withFaults([hangsAfter('run-command')], async (lost) => {
      const file = path.join(folder, 'second.json');
      const ended = await atPrompt([...onCluster(lost), '--result', file, 'true'], {
        env: environment(lost),
        onStart: (child) => {
          // Both are there before the first one has had any effect, however busy the machine is.
          // The system chooses which one comes first.
          const isSent = () => lost.requests('run-command').length > 0;
          void killOnce(isSent, child, 'SIGINT', 'SIGTERM');
        },
      });
      const signal = expect.stringMatching(/^SIG(?:INT|TERM)$/);
      expect(ended).toMatchObject({ code: null, signal, stdout: '' });
      expect(readdirSync(folder).filter((name) => name.includes('second.json'))).toEqual([]);
    });
  });
});

describe('sign-in', () => {
  test('an ID token from a file or a variable, for a caller who names a client', async () => {
    const response = await idToken(azure());
    const file = path.join(folder, 'token');
    writeFileSync(file, response, { mode: 0o600 });
    const env = {
      ...environment(azure()),
      ACTIONS_ID_TOKEN_REQUEST_URL: '',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: '',
    };
    const args = [...onCluster(azure()), 'echo', 'ok'];
    const ended = await atPrompt(args, {
      cwd: folder,
      env: { ...env, AZURE_FEDERATED_TOKEN_FILE: file },
    });
    expect(ended).toMatchObject({ stdout: 'ok\n', code: 0 });

    const named = ['--id-token-env', 'JWT', '--no-wait', '--debug', ...args];
    const later = await atPrompt(named, { cwd: folder, env: { ...env, JWT: `${response}\n` } });
    expect(later).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('the ID token of --id-token-env'),
    });
    // What is to be pasted to pick the command up signs in the same way.
    expect(later.stderr).toMatch(/aks-run-command --cluster=[^]* --id-token-env=JWT$/m);
    const told = ended.stderr + later.stderr;
    const tokens = azure().issuedTokens();
    expect(tokens.filter((token) => told.includes(token))).toEqual([]);
  });
});

/** A real terminal, by the program that records one. */
// BSD's `script` takes other arguments.
onLinux(() => {
  needing(['script'], () => {
    test('on a terminal colors stay, and other escapes are shown', async () => {
      const command = "printf '\\033[31mred\\033[0m \\033]0;title\\007\\n'";
      const line = [process.execPath, BUNDLE, ...onCluster(azure()), '--quiet', '-c', command]
        .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
        .join(' ');
      const shown = await inShell(`script -qec "$1" /dev/null`, [line], 'sh');
      expect(shown.trim()).toBe('\u001b[31mred\u001b[0m \\u001b]0;title\\u0007');
    });
  });
});
