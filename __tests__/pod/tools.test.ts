import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../src/pod/boundary.ts';
import { parseFileCommand } from '../../src/pod/file-command.ts';
import { onLinux } from '../tools.ts';
import { expectRun, lines, type Ran } from './expect-run.ts';
import { FULL, inEach, runPod, type Pod } from './run-pod.ts';

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
      name: 'a group killed again and again, while the start of the output is shown',
      pod: {
        command: "trap '' TERM; echo 1; i=0; while [ $((i += 1)) -le 60 ]; do kill -s TERM 0; sleep 0.01; done",
      },
      expected: { output: '1\n', exitCode: 0 },
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
      name: 'step outputs for the owner alone',
      pod: { command: 'ls -l "$GITHUB_OUTPUT" | head -c 10', umask: 0o022 },
      expected: { output: '-rw-------', exitCode: 0 },
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
      expected: { output: '1\n', exitCode: 0, outputs: undefined },
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
  inEach(FULL, (on) => {
    test.concurrent.each(rows)('$name', ({ pod, expected }) => expectRun(on, pod, expected));

    test.concurrent('a left-behind flood of output', async () => {
      const flood = 'while :; do echo flood flood flood flood flood; done';
      const { report, exitCode } = await runPod(on, { command: `(${flood}) & echo 1; exit 3` });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ kind: 'ran', complete: true, exitCode: 3, output: { truncated: false } });
      const own =
        report.kind === 'ran' ? report.output.text.split('\n').filter((line) => !line.startsWith('flood')) : [];
      expect(own.join('\n').trim()).toBe('1');
    });

    test.concurrent('step outputs are read by the grammar of the runner', async () => {
      const command = lines('cat >>"$GITHUB_OUTPUT" <<"X"', 'a<<EOF', '1', '2', 'EOF', 'b=3', 'X');
      const { report } = await runPod(on, { command });
      expect(report.kind === 'ran' && parseFileCommand(report.outputs ?? '')).toEqual({
        kind: 'assignments',
        assignments: [
          { name: 'a', value: '1\n2', line: 1 },
          { name: 'b', value: '3', line: 5 },
        ],
      });
    });

    test.concurrent.each([
      { name: 'rm -rf /tmp/*', command: 'rm -rf "$TMPDIR"/*', lost: false },
      { name: 'rm -rf /tmp', command: 'rm -rf "$TMPDIR"', lost: true },
    ])('$name: no output is lost in silence, and the timeout holds', async ({ command, lost }) => {
      const ended = await runPod(on, { command: `echo 1; sleep 0.5; ${command}; echo 2` });
      expect(ended.exitCode).toBe(0);
      expect(ended.report).toMatchObject(
        lost
          ? { kind: 'ran', output: { truncated: true } }
          : { kind: 'ran', complete: true, exitCode: 0, outputs: '', output: { text: '1\n2\n', truncated: false } },
      );
      if (lost) expect(ended.report).not.toHaveProperty('exitCode');

      const timedOut = await runPod(on, { command: `echo 1; ${command}; sleep 30`, timeout: 1 });
      expect(timedOut.exitCode).not.toBe(0);
      expect(timedOut.report).toMatchObject({ kind: 'ran', ...(lost ? {} : { timedOutAfter: 1 }) });
    });

    test.concurrent('a command that kills the script over it has no exit code, and none is made up', async () => {
      const { report, exitCode } = await runPod(on, { command: 'echo 1; sleep 0.3; kill -9 $PPID; exit 0' });
      expect(exitCode).toBeNull();
      expect(report).not.toHaveProperty('exitCode');
      expect(report).toMatchObject({ kind: 'ran', complete: false, output: { truncated: true } });
    });

    test.concurrent(
      'a disk that is full takes the end of the output, which is told, and the exit code stays',
      async () => {
        const command = 'i=0; while [ $i -lt 30000 ]; do echo "a line of 20 bytes."; i=$((i+1)); done; exit 3';
        const { report, exitCode } = await runPod(on, { command, fileLimit: 128 });
        expect(exitCode).toBe(3);
        expect(report).toMatchObject({ kind: 'ran', complete: true, output: { truncated: true } });
        expect(report).not.toHaveProperty('exitCode');
        expect(report.kind === 'ran' && report.output.text).toMatch(/^(a line of 20 bytes\.\n)+/);
      },
    );

    onLinux(() => {
      test.concurrent(
        'the boundary is in no command line, no environment, and not in the log while the command runs',
        async () => {
          const command = lines(
            'for process in /proc/[0-9]*; do',
            '  [ "$process/cwd" -ef . ] || continue',
            '  cat $process/cmdline $process/environ 2>&1; echo',
            'done | tr "\\0" "\\n"',
            'ls -a .aks-run-command; sleep 1; kill -9 $PPID',
          );
          const { report, logs, boundary } = await runPod(on, { command });
          expect(logs).not.toContain(boundary);
          // What would have shown it was read, to the end.
          expect(logs).toContain(hashOf(boundary));
          expect(report).toMatchObject({
            kind: 'ran',
            output: { text: expect.stringMatching(/\n\.\n\.\.\ncommand\.sh\nenv\.sh\nrun\.sh\n$/) },
          });
        },
      );
    });
  });
});
