import { describe, test } from '@jest/globals';
import type { Shell } from '../../src/pod/shell.ts';
import { expectRun, lines, type Ran } from './expect-run.ts';
import { FULL, POOR, inEach } from './run-pod.ts';

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
  inEach([...FULL, ...POOR], (on) => {
    test.concurrent.each(rows)('$name', async ({ command, expected, shell }) => {
      const bash = shell === 'sh' && on.name.startsWith('bash') ? { output: 'with y\n' } : {};
      await expectRun(on, { command, shell: shell ?? '' }, { ...expected, ...bash });
    });
  });
});
