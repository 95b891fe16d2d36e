import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEnvironmentVariables } from '../../src/inputs/environment-variables.ts';
import { parseFileCommand } from '../../src/pod/file-command.ts';
import { armCommand, boundaryOf, podFiles } from '../../src/pod/script.ts';
import { endOfOutput } from '../../src/pod/transport.ts';
import { FULL, POOR, image, removePods, runPod, type Image, type Pod } from './run-pod.ts';
import { quote, type Shell } from '../../src/pod/shell.ts';

afterAll(removePods);

const SCRIPT = fileURLToPath(new URL('../../src/pod/pod-script.sh', import.meta.url));
const EVERY = [...FULL, ...POOR];
const [DASH, , BUSYBOX] = FULL;
const [DASH_ALONE, BASH_ALONE, , NOTHING] = POOR;

type Ran = {
  output: string | RegExp;
  exitCode: number;
  outputs?: string;
  summary?: string;
  timedOutAfter?: number;
  noBash?: boolean;
};

/** All that a run of a small command must have in common: nothing lost, nothing added. */
async function expectRun(on: Image, pod: Pod, expected: Ran): Promise<void> {
  const { report, exitCode } = await runPod(on, pod);
  expect({ exitCode, report }).toEqual({
    exitCode: expected.exitCode,
    report: {
      kind: 'ran',
      complete: true,
      noBash: false,
      outputs: '',
      summary: '',
      ...expected,
      output: {
        text: typeof expected.output === 'string' ? expected.output : expect.stringMatching(expected.output),
        truncated: false,
        missingBytes: 0,
      },
    },
  });
}

describe('the text', () => {
  test('passes shellcheck', () => {
    execFileSync('shellcheck', ['-s', 'sh', SCRIPT]);
  });

  test('has fewer than 150 lines', () => {
    expect(readFileSync(SCRIPT, 'utf8').split('\n').length - 1).toBeLessThan(150);
  });
});

const lines = (...text: string[]): string => text.map((line) => `${line}\n`).join('');

describe('a command of builtins, whatever the pod has', () => {
  const rows: { name: string; command: string; expected: Ran; shell?: Shell }[] = [
    { name: 'nothing at all', command: '', expected: { output: '', exitCode: 0 } },
    { name: 'output', command: 'echo hello', expected: { output: 'hello\n', exitCode: 0 } },
    { name: 'output without a last newline', command: 'printf hello', expected: { output: 'hello', exitCode: 0 } },
    { name: 'newlines alone', command: 'printf "\\n\\n\\n"', expected: { output: '\n\n\n', exitCode: 0 } },
    { name: 'stderr, in order', command: 'echo 1; echo 2 >&2; echo 3', expected: { output: '1\n2\n3\n', exitCode: 0 } },
    {
      name: '/dev/stderr',
      command: 'echo 1; echo 2 >/dev/stderr; echo 3',
      expected: { output: '1\n2\n3\n', exitCode: 0 },
    },
    {
      name: '/dev/stdout',
      command: 'echo 1; echo 2 >/dev/stdout; echo 3',
      expected: { output: '1\n2\n3\n', exitCode: 0 },
    },
    { name: 'an exit code', command: 'exit 3', expected: { output: '', exitCode: 3 } },
    { name: 'the largest exit code', command: 'exit 255', expected: { output: '', exitCode: 255 } },
    { name: 'a failing line', command: lines('echo 1', 'false', 'echo 2'), expected: { output: '1\n', exitCode: 1 } },
    {
      name: 'a failure that is handled',
      command: lines('false || echo 1', 'echo 2'),
      expected: { output: '1\n2\n', exitCode: 0 },
    },
    { name: "a function's status", command: lines('f() { return 7; }', 'f'), expected: { output: '', exitCode: 7 } },
    { name: 'a failing subshell', command: lines('(exit 9)', 'echo no'), expected: { output: '', exitCode: 9 } },
    { name: 'set +e', command: lines('set +e', 'false', 'echo on'), expected: { output: 'on\n', exitCode: 0 } },
    {
      name: 'a here-document',
      command: lines('read -r a <<EOF', 'x $((1 + 1)) `echo y`', 'EOF', 'echo "$a"'),
      expected: { output: 'x 2 y\n', exitCode: 0 },
    },
    {
      name: 'CR LF kept as it is',
      command: 'printf "a\\r\\nb\\r\\n"',
      expected: { output: 'a\r\nb\r\n', exitCode: 0 },
    },
    { name: 'SIGTERM to itself', command: 'kill -TERM $$; echo no', expected: { output: '', exitCode: 143 } },
    { name: 'SIGKILL to itself', command: 'kill -KILL $$; echo no', expected: { output: '', exitCode: 137 } },
    {
      name: 'SIGINT to itself, not ignored',
      command: 'kill -INT $$; echo no',
      expected: { output: '', exitCode: 130 },
    },
    { name: 'SIGHUP to itself', command: 'kill -HUP $$; echo no', expected: { output: '', exitCode: 129 } },
    {
      name: 'a trap of SIGINT',
      command: lines("trap 'echo int' INT", 'kill -INT $$', 'echo on'),
      expected: { output: 'int\non\n', exitCode: 0 },
    },
    {
      name: 'a trap at the exit',
      command: lines("trap 'echo bye' EXIT", 'false'),
      expected: { output: 'bye\n', exitCode: 1 },
    },
    { name: 'kill 0', command: "trap 'exit 5' TERM; kill 0; echo no", expected: { output: '', exitCode: 5 } },
    {
      name: 'nothing on stdin',
      command: 'if read -r x; then echo "$x"; else echo eof; fi',
      expected: { output: 'eof\n', exitCode: 0 },
    },
    {
      name: 'step outputs and a summary',
      command: lines(
        'echo a=1 >>"$GITHUB_OUTPUT"',
        'printf "# x\\ny" >"$GITHUB_STEP_SUMMARY"',
        'echo b=2 >>$GITHUB_OUTPUT',
      ),
      expected: { output: '', exitCode: 0, outputs: 'a=1\nb=2\n', summary: '# x\ny' },
    },
    {
      name: 'step outputs of a command that fails',
      command: 'echo a=1 >>"$GITHUB_OUTPUT"; exit 4',
      expected: { output: '', exitCode: 4, outputs: 'a=1\n' },
    },
    {
      name: 'sh, although there may be a bash',
      shell: 'sh',
      command: 'echo "${BASH_VERSION:+with }${POSIXLY_CORRECT:-x}"; false; echo no',
      expected: { output: 'x\n', exitCode: 1 },
    },
  ];
  for (const on of EVERY) {
    test.each(rows)(`${on.name}: $name`, async ({ command, expected, shell }) => {
      const bash = shell === 'sh' && on.name.startsWith('bash') ? { output: 'with y\n' } : {};
      await expectRun(on, { command, shell: shell ?? '' }, { ...expected, ...bash });
    });
  }
});

const COMMON = ['tr', 'head', 'tail', 'cat', 'wc', 'date', 'sleep', 'rm'];

describe('a command with the tools of a usual image', () => {
  const rows: { name: string; pod: Pod; expected: Ran }[] = [
    {
      name: 'a background process left behind does not hold the step',
      pod: { command: '(sleep 30; echo late) & echo 1' },
      expected: { output: '1\n', exitCode: 0 },
    },
    {
      name: 'a background process that is waited for',
      pod: { command: '(sleep 0.3; echo 2) & echo 1; wait' },
      expected: { output: '1\n2\n', exitCode: 0 },
    },
    {
      name: 'what a background process writes after the end is no output',
      pod: { command: '(sleep 1; echo late) & echo 1; exit 3' },
      expected: { output: '1\n', exitCode: 3 },
    },
    {
      name: 'a group killed from a trap',
      pod: { command: "trap 'trap - TERM; kill 0' EXIT; sleep 30 & echo 1; exit 4" },
      expected: { output: '1\n', exitCode: 143 },
    },
    {
      name: 'the parent killed',
      pod: { command: 'kill $PPID; echo 1' },
      expected: { output: '1\n', exitCode: 0 },
    },
    {
      name: 'no descriptor of the transport',
      pod: { command: 'for fd in 3 4 5 6 7 8 9; do (: >&$fd) 2>/dev/null && echo "$fd"; done; echo end' },
      expected: { output: 'end\n', exitCode: 0 },
    },
    {
      name: 'the umask of the pod',
      pod: { command: 'umask; echo >new; ls -l new | head -c 10', umask: 0o027 },
      expected: { output: '0027\n-rw-r-----', exitCode: 0 },
    },
    {
      name: 'files, executable ones too',
      pod: { command: 'bin/hi; cat "a b"', files: { 'bin/hi': '#!/bin/sh\necho hi\n', 'a b': 'there\n' } },
      expected: { output: 'hi\nthere\n', exitCode: 0 },
    },
    {
      name: 'a script that is not executable',
      pod: { command: './no', files: { no: 'x' } },
      expected: { output: /[Pp]ermission denied/, exitCode: 126 },
    },
    {
      name: 'a missing program',
      pod: { command: 'no-such-program' },
      expected: { output: /no-such-program: .*not found/, exitCode: 127 },
    },
    {
      name: 'a missing interpreter',
      pod: { command: './x', files: { x: '#!/no/such\n' } },
      expected: {
        output: /not found|No such file|required file/,
        exitCode: 127,
      },
    },
    {
      name: 'HOME kept where it is writable',
      pod: { command: 'echo "$HOME"', container: { HOME: '/tmp' } },
      expected: { output: '/tmp\n', exitCode: 0 },
    },
    {
      name: 'HOME given where it is not',
      pod: {
        command: 'cd "$HOME"; echo >"$HOME/.x.$$"; rm "$HOME/.x.$$"; test "$HOME" = "$TMPDIR"; echo same',
        container: { HOME: '/nonexistent' },
      },
      expected: { output: 'same\n', exitCode: 0 },
    },
    {
      name: 'HOME given where it is empty',
      pod: { command: 'test "$HOME" = "$TMPDIR"; echo same', container: { HOME: '' } },
      expected: { output: 'same\n', exitCode: 0 },
    },
    {
      name: "the run's facts, hostile ones",
      pod: {
        command: 'printf "%s\\n" "$GITHUB_REF" "$GITHUB_WORKFLOW" "$GITHUB_ACTOR" "$CI$GITHUB_ACTIONS"',
        facts: {
          GITHUB_REF: `refs/heads/';\${IFS}echo$(id)\`id\`&|>x"*`,
          GITHUB_WORKFLOW: 'a\nb\t ~',
          GITHUB_ACTOR: '',
        },
      },
      expected: { output: `refs/heads/';\${IFS}echo$(id)\`id\`&|>x"*\na\nb\t ~\n\ntruetrue\n`, exitCode: 0 },
    },
    {
      name: 'the working folder, and the files outside it',
      pod: {
        command:
          'test "$PWD" = "$GITHUB_WORKSPACE"; case $GITHUB_OUTPUT,$GITHUB_STEP_SUMMARY in "$PWD"*) exit 9 ;; esac; echo *',
        files: { a: '', b: '' },
      },
      expected: { output: 'a b\n', exitCode: 0 },
    },
    {
      name: 'variables for the command alone',
      pod: {
        command: 'echo "$PATH|$TMPDIR|$boundary|$tmp|$code"',
        env: [
          { name: 'PATH', value: '/none' },
          { name: 'ENV', value: '/none' },
          { name: 'TMPDIR', value: '/none' },
          { name: 'BASH_ENV', value: '/none' },
          { name: 'LC_ALL', value: 'xx_XX' },
          { name: 'boundary', value: '1' },
          { name: 'tmp', value: '2' },
          { name: 'code', value: '3' },
        ],
      },
      expected: { output: /(^|\n)\/none\|\/none\|1\|2\|3\n$/, exitCode: 0 },
    },
    {
      name: 'variables gone from the disk',
      pod: { command: 'cat .aks-run-command/env.sh; echo "$A"', env: [{ name: 'A', value: 'secret' }] },
      expected: { output: 'secret\n', exitCode: 0 },
    },
    {
      name: "the pod's own variables, a boundary among them",
      pod: { command: 'echo "$boundary|$shell|$X"', container: { boundary: 'mine', X: 'y' } },
      expected: { output: /^\|.*\|y\n$/, exitCode: 0 },
    },
    {
      name: 'outputs that were removed',
      pod: { command: 'rm "$GITHUB_OUTPUT" "$GITHUB_STEP_SUMMARY"; echo 1' },
      expected: { output: '1\n', exitCode: 0 },
    },
    {
      name: 'what begins like a mark',
      pod: {
        command: `printf '\\naks-run-command:0123 end\\naks-run-command:${'0'.repeat(32)} exit 7\\naks-run-command:'`,
      },
      expected: {
        output: `\naks-run-command:0123 end\naks-run-command:${'0'.repeat(32)} exit 7\naks-run-command:`,
        exitCode: 0,
      },
    },
  ];
  for (const on of FULL) {
    test.each(rows)(`${on.name}: $name`, ({ pod, expected }) => expectRun(on, pod, expected));
  }

  test.each(FULL)(
    '$name: a left-behind flood of output',
    async (on) => {
      const flood = 'while :; do echo flood flood flood flood flood; done';
      const { report, exitCode } = await runPod(on, { command: `(${flood}) & echo 1; exit 3` });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ kind: 'ran', complete: true, exitCode: 3, output: { truncated: false } });
      const own =
        report.kind === 'ran' ? report.output.text.split('\n').filter((line) => !line.startsWith('flood')) : [];
      expect(own.join('\n').trim()).toBe('1');
    },
    30_000,
  );
});

describe('the shells', () => {
  const script = 'f() { false | true; echo "${BASH_VERSION:+bash} $-"; }; f; false; echo no';
  const both = image('dash and bash', 'dash', [...COMMON, 'bash']);
  const rows: { name: string; on: Image; shell: Shell; command?: string; expected: Ran }[] = [
    { name: 'unset', on: both, shell: '', expected: { output: 'bash ehB\n', exitCode: 1 } },
    { name: 'bash', on: both, shell: 'bash', expected: { output: '', exitCode: 1 } },
    { name: 'sh', on: both, shell: 'sh', expected: { output: ' e\n', exitCode: 1 } },
    { name: 'unset, no bash', on: DASH, shell: '', expected: { output: ' e\n', exitCode: 1 } },
    { name: 'bash, none there', on: DASH, shell: 'bash', expected: { output: '', exitCode: 127, noBash: true } },
    {
      name: 'bash, none in a poor pod',
      on: NOTHING,
      shell: 'bash',
      expected: { output: '', exitCode: 127, noBash: true },
    },
  ];
  test.each(rows)('$name', ({ on, shell, expected }) => expectRun(on, { command: script, shell }, expected));

  test('bash reads no startup file', async () => {
    const container = { HOME: '/tmp', PS1: 'x' };
    await expectRun(
      both,
      { command: 'shopt -q login_shell || echo "$0"', shell: 'bash', container },
      {
        output: /\.aks-run-command\/command\.sh\n$/,
        exitCode: 0,
      },
    );
  });
});

describe('a start-by time', () => {
  const now = (): number => Math.floor(Date.now() / 1000);
  const clocks: { name: string; on: Image }[] = [
    { name: 'date', on: image('date', 'dash', ['date']) },
    { name: "busybox's date", on: image('date', 'busybox', ['busybox:date']) },
    { name: "bash's printf", on: BASH_ALONE },
    { name: 'mawk', on: image('mawk', 'dash', ['mawk:awk']) },
    { name: "busybox's awk", on: image('awk', 'busybox', ['busybox:awk']) },
  ];
  test.each(clocks)('refused at it, by $name', async ({ on }) => {
    const { report, exitCode } = await runPod(on, { command: 'echo ran', startBy: now() });
    expect({ report, exitCode }).toEqual({ report: { kind: 'refused' }, exitCode: 75 });
  });
  test.each(clocks)('not before it, by $name', async ({ on }) => {
    await expectRun(on, { command: 'echo ran', startBy: now() + 60 }, { output: 'ran\n', exitCode: 0 });
  });
  test('without any clock it runs', async () => {
    await expectRun(DASH_ALONE, { command: 'echo ran', startBy: 1 }, { output: 'ran\n', exitCode: 0 });
  });
});

describe('a timeout', () => {
  // Where the shell outlives its child, it may say that the child was terminated.
  const rows: { name: string; command: string; output: string | RegExp }[] = [
    { name: 'SIGTERM to the shell', command: 'echo 1; while :; do sleep 0.1; done', output: '1\n' },
    { name: 'SIGTERM to what the shell waits for', command: 'echo 1; sleep 60; echo 2', output: '1\n' },
    {
      name: 'a trap of SIGTERM, whose exit code does not count',
      command: "trap 'echo bye; exit 0' TERM; echo 1; while :; do sleep 0.1; done",
      output: /^1\n(.*Terminated.*\n)?bye\n$/,
    },
    {
      name: 'a grandchild that ends in its own time',
      command: `sh -c 'trap "sleep 1; echo done; exit" TERM; while :; do sleep 0.1; done'; echo no`,
      output: /^(.*Terminated.*\n)?done\n$/,
    },
  ];
  for (const on of FULL) {
    test.concurrent.each(rows)(`${on.name}: $name`, async ({ command, output }) => {
      await expectRun(on, { command, timeout: 1 }, { output, exitCode: 124, timedOutAfter: 1 });
    });
  }
  test.concurrent.each(FULL)(
    '$name: SIGKILL ten seconds later',
    async (on) => {
      const command = "trap '' TERM; echo 1; sleep 60; echo 2";
      await expectRun(on, { command, timeout: 1 }, { output: '1\n', exitCode: 124, timedOutAfter: 1 });
    },
    30_000,
  );
  test('without a clock', async () => {
    const on = image(
      'no clock',
      'dash',
      COMMON.filter((tool) => tool !== 'date'),
    );
    await expectRun(
      on,
      { command: 'echo 1; sleep 60', timeout: 1 },
      { output: '1\n', exitCode: 124, timedOutAfter: 1 },
    );
  }, 20_000);
  test('not met', async () => {
    await expectRun(DASH, { command: 'sleep 0.5; echo 1', timeout: 30 }, { output: '1\n', exitCode: 0 });
  });
});

/** As issue 3 has it, 1.4 MB. */
const MANY_LINES =
  'i=0; while [ $i -lt 25000 ]; do echo "line $i deployment.apps/web-$i condition met $((i * 7919 % 1000003))"; i=$((i+1)); done';
const manyLines = Array.from(
  { length: 25_000 },
  (_, i) => `line ${i} deployment.apps/web-${i} condition met ${(i * 7919) % 1_000_003}\n`,
).join('');
const ENDING = '\necho a=1 >>"$GITHUB_OUTPUT"; echo sum >>"$GITHUB_STEP_SUMMARY"; exit 3';
const ended = { kind: 'ran', complete: true, exitCode: 3, outputs: 'a=1\n', summary: 'sum\n' };

describe('a long output', () => {
  test.each(FULL)(
    '$name: 1.4 MB arrive whole',
    async (on) => {
      const { report, exitCode } = await runPod(on, { command: MANY_LINES + ENDING });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ ...ended, output: { truncated: false, missingBytes: 0 } });
      expect(report.kind === 'ran' && report.output.text === manyLines).toBe(true);
    },
    30_000,
  );

  const noGzip: readonly Image[] = [
    image('dash without gzip', 'dash', COMMON),
    image('bash without gzip', 'bash', COMMON),
    image(
      'busybox without gzip',
      'busybox',
      COMMON.map((tool) => `busybox:${tool}`),
    ),
    image('dash with head and tail alone', 'dash', ['head', 'tail']),
    image('busybox with head and tail alone', 'busybox', ['busybox:head', 'busybox:tail']),
  ];
  test.each(noGzip)(
    '$name: the start and the end',
    async (on) => {
      const { report, exitCode } = await runPod(on, { command: MANY_LINES + ENDING });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ ...ended, output: { truncated: true } });
      if (report.kind !== 'ran') throw new Error('foreign');
      const [start = '', end = ''] = report.output.text.split(/\n?\[.* bytes of output are missing here\]\n/);
      expect(manyLines.startsWith(start)).toBe(true);
      expect(manyLines.endsWith(end)).toBe(true);
      expect(start.length).toBe(131_072);
      expect(end.length).toBeGreaterThan(350_000);
      expect(report.output.missingBytes).toBe(manyLines.length - start.length - end.length);
    },
    30_000,
  );

  test.each(FULL)(
    '$name: 40 MB of noise as start, marker and end',
    async (on) => {
      const command = `echo first; head -c 30000000 /dev/urandom | base64; echo last${ENDING}`;
      const { report, exitCode } = await runPod(on, { command });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ ...ended, output: { truncated: true } });
      if (report.kind !== 'ran') throw new Error('foreign');
      expect(report.output.missingBytes).toBeGreaterThan(39_000_000);
      expect(report.output.text).toMatch(
        /^first\n[\s\S]*\n\[\d\d,\d{3},\d{3} bytes of output are missing here\]\n[\s\S]*\nlast\n$/,
      );
      expect(endOfOutput(report.output.text)).toMatch(/^[A-Za-z0-9+/=]{76}\n[\s\S]*\nlast\n$/);
    },
    60_000,
  );

  test('up to the limit it is raw', async () => {
    const command = `head -c 519000 /dev/zero | cat -A | head -c 519000`;
    const on = image('cat -A', 'dash', COMMON);
    await expectRun(on, { command }, { output: '^@'.repeat(259_500), exitCode: 0 });
  }, 30_000);

  test('files over 64 KiB are cut, and seen to be', async () => {
    const command = `${MANY_LINES.replace('echo', 'echo >&3')} 3>"$GITHUB_STEP_SUMMARY"; echo 1`;
    const { report } = await runPod(DASH, { command });
    expect(report).toMatchObject({
      kind: 'ran',
      complete: true,
      output: { text: '1\n' },
      summary: manyLines.slice(0, 65_537),
    });
  });

  test.each(FULL)('$name: what a killed container had written', async (on) => {
    const { report, exitCode } = await runPod(on, { command: 'echo before; sleep 60', killAfter: 1500 });
    expect(exitCode).not.toBe(0);
    expect(report).toEqual({
      kind: 'ran',
      complete: false,
      noBash: false,
      output: { text: 'before\n', truncated: true },
    });
  });
});

test.each(FULL)('$name: a command line that holds the boundary is output', async (on) => {
  const command = 'cat /proc/$PPID/cmdline; echo; tr "\\0" "\\n" </proc/$PPID/cmdline; exit 3';
  const { report, boundary } = await runPod(on, { command });
  expect(report).toMatchObject({ kind: 'ran', complete: true, exitCode: 3, outputs: '', output: { truncated: false } });
  expect(report.kind === 'ran' && report.output.text.split(boundary)).toHaveLength(3);
});

describe('properties', () => {
  const name = fc
    .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/)
    .filter((candidate) => readEnvironmentVariables(`${candidate}=`, () => undefined).problems.length === 0);
  const awkward = fc.constantFrom(
    "'",
    '"',
    '$(id)',
    '`id`',
    '\\',
    '\n',
    '\r',
    '\t',
    ' ',
    '~',
    '!',
    '\u0001',
    '\u007f',
    '\u0081',
    'é',
    '漢',
    '😀',
    '%',
    '*',
    '\\n',
  );
  const value = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.array(awkward).map((parts) => parts.join('')),
    )
    .filter((text) => !text.includes('\0') && text.isWellFormed());

  const IMAGES = [
    image('dash with env', 'dash', [...COMMON, 'env']),
    image('bash with env', 'bash', [...COMMON, 'env', 'bash']),
    image(
      'busybox with env',
      'busybox',
      [...COMMON, 'env'].map((tool) => `busybox:${tool}`),
    ),
  ];
  test.each(IMAGES)(
    '$name: every variable arrives as it is',
    async (on) => {
      await fc.assert(
        fc.asyncProperty(fc.dictionary(name, value, { maxKeys: 12, noNullPrototype: true }), async (variables) => {
          const env = Object.entries(variables).map(([name, value]) => ({ name, value }));
          // The command's own PATH may be one of the variables.
          const { report } = await runPod(on, { command: `exec ${on.path}/env -0`, env, shell: 'sh' });
          if (report.kind !== 'ran') throw new Error('foreign');
          const seen = new Map(
            report.output.text
              .split('\0')
              .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
          );
          for (const { name, value } of env) expect([name, seen.get(name)]).toEqual([name, value]);
        }),
        { numRuns: 25 },
      );
    },
    60_000,
  );

  const hostile = fc.constantFrom(
    '\n',
    '\0',
    'B',
    'B start\n',
    '\nB exit 0\n',
    '\nB outputs\n',
    'x=1\n',
    '\nB end\n',
    '\nB end',
    'aks-run-command:',
    '::error::x',
    '\r',
    '\uFFFD',
    '😀',
  );
  test.each(FULL)(
    '$name: any text comes back as it is, and is nothing but text',
    async (on) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(hostile, fc.string({ unit: 'grapheme' }))),
          fc.stringMatching(/^[0-9a-f]{32}$/),
          async (parts, hex) => {
            const text = parts.join('').replaceAll('B', boundaryOf(hex)).toWellFormed();
            await expectRun(on, { command: 'cat text; exit 3', files: { text } }, { output: text, exitCode: 3 });
          },
        ),
        { numRuns: 25 },
      );
    },
    60_000,
  );

  test('a quoted word is one word', () => {
    fc.assert(
      fc.property(fc.array(value), (words) => {
        const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(quote).join(' ')}`]).toString();
        expect(printed).toBe(words.length === 0 ? '\0' : words.map((word) => `${word}\0`).join(''));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is submitted', () => {
  test('the ARM command, readable where it can be', () => {
    expect(
      armCommand({
        boundary: boundaryOf('0123456789abcdef0123456789abcdef'),
        startBy: 1_800_000_000,
        timeout: 1800,
        shell: '',
        facts: { GITHUB_REF: 'refs/heads/a b', GITHUB_REPOSITORY: 'o/r' },
      }),
    ).toBe(
      "/bin/sh .aks-run-command/run.sh aks-run-command:0123456789abcdef0123456789abcdef 1800000000 1800 '' GITHUB_REPOSITORY=o/r 'GITHUB_REF=refs/heads/a b'",
    );
  });

  test('the files, variables for the owner alone', () => {
    const files = podFiles({ script: '1', command: '2\r\n', env: [{ name: 'A', value: "it's\n" }] });
    expect(files.map(({ path, mode, content }) => [path, mode.toString(8), content.toString()])).toEqual([
      ['.aks-run-command/run.sh', '644', '1'],
      ['.aks-run-command/command.sh', '644', '2\r\n'],
      ['.aks-run-command/env.sh', '600', "export A='it'\\''s\n'\n"],
    ]);
    expect(podFiles({ script: '1', command: '2', env: [] })).toHaveLength(2);
  });

  test.each(['', 'A'.repeat(32), '0'.repeat(31), `${'0'.repeat(32)}\n`])('no boundary of %j', (hex) => {
    expect(() => boundaryOf(hex)).toThrow(RangeError);
  });
});

test('step outputs of a pod are read by the grammar of the runner', async () => {
  const command = lines('cat >>"$GITHUB_OUTPUT" <<"X"', 'a<<EOF', '1', '2', 'EOF', 'b=3', 'X');
  const { report } = await runPod(BUSYBOX, { command });
  expect(report.kind === 'ran' && parseFileCommand(report.outputs ?? '')).toEqual({
    kind: 'entries',
    entries: [
      { name: 'a', value: '1\n2', line: 1 },
      { name: 'b', value: '3', line: 5 },
    ],
  });
});
