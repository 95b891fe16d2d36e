import { describe, test } from '@jest/globals';
import type { Shell } from '../../src/pod/shell.ts';
import { expectRun, lines, type Ran } from './expect-run.ts';
import { FULL, inEach } from './run-pod.ts';

describe('a command', () => {
  const rows: { name: string; command: string; expected: Ran; shell?: Shell }[] = [
    { name: 'nothing at all', command: '', expected: { output: '', exitCode: 0 } },
    { name: 'newlines alone', command: 'printf "\\n\\n\\n"', expected: { output: '\n\n\n', exitCode: 0 } },
    {
      name: 'output of every kind, in order, without a last newline',
      command: lines(
        'echo 1; echo 2 >&2; echo 3 >/dev/stdout; echo 4 >/dev/stderr',
        'printf "\\n\\na\\r\\nb\\r\\n"',
        'read -r a <<EOF',
        'x $((1 + 1)) `echo y`',
        'EOF',
        'printf "$a"',
      ),
      expected: { output: '1\n2\n3\n4\n\n\na\r\nb\r\nx 2 y', exitCode: 0 },
    },
    { name: 'the largest exit code', command: 'exit 255', expected: { output: '', exitCode: 255 } },
    {
      name: 'failures that are handled, and the status of a function, which is not',
      command: lines('false || echo 1', 'set +e', 'false', 'set -e', 'f() { echo 2; return 7; }', 'f', 'echo no'),
      expected: { output: '1\n2\n', exitCode: 7 },
    },
    { name: 'a failing subshell', command: lines('(exit 9)', 'echo no'), expected: { output: '', exitCode: 9 } },
    { name: 'SIGKILL to itself', command: 'kill -KILL $$; echo no', expected: { output: '', exitCode: 137 } },
    {
      name: 'SIGINT to itself, not ignored',
      command: 'kill -INT $$; echo no',
      expected: { output: '', exitCode: 130 },
    },
    {
      name: 'traps of SIGINT and SIGHUP',
      command: lines("trap 'echo int' INT", "trap 'echo hup' HUP", 'kill -INT $$', 'kill -HUP $$', 'echo on'),
      expected: { output: 'int\nhup\non\n', exitCode: 0 },
    },
    {
      name: 'a trap at the exit',
      command: lines("trap 'echo bye' EXIT", 'false'),
      expected: { output: 'bye\n', exitCode: 1 },
    },
    { name: 'kill 0', command: "trap 'exit 5' TERM; kill 0; echo no", expected: { output: '', exitCode: 5 } },
    {
      name: 'no boundary where it came from, not even without rm',
      command: '{ read -r line <.aks-run-command/boundary || :; } 2>/dev/null; echo "<$line>"',
      expected: { output: '<>\n', exitCode: 0 },
    },
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
  inEach(FULL, (on) => {
    test.concurrent.each(rows)('$name', async ({ command, expected, shell }) => {
      const bash = shell === 'sh' && on.name.startsWith('bash') ? { output: 'with y\n' } : {};
      await expectRun(on, { command, shell: shell ?? '' }, { ...expected, ...bash });
    });
  });
});
