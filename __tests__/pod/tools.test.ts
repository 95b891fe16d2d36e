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
        kind: 'entries',
        entries: [
          { name: 'a', value: '1\n2', line: 1 },
          { name: 'b', value: '3', line: 5 },
        ],
      });
    });

    test.concurrent.each([
      { name: 'missing', pod: { without: ['.aks-run-command/env.sh'] } },
      { name: 'a folder', pod: { without: ['.aks-run-command/env.sh'], files: { '.aks-run-command/env.sh/x': '' } } },
    ])('variables that cannot be read, $name: nothing runs', async ({ pod }) => {
      const { report, exitCode } = await runPod(on, { ...pod, command: 'echo ran' });
      expect(exitCode).toBe(78);
      expect(report).toMatchObject({ kind: 'ran', noVariables: true, output: { text: '' } });
    });

    test.concurrent('without a boundary nothing runs, and nothing is said', async () => {
      const { logs, exitCode } = await runPod(on, { without: ['.aks-run-command/boundary'], command: 'echo ran' });
      expect({ logs, exitCode }).toEqual({ logs: '', exitCode: 76 });
    });

    onLinux(() => {
      const EACH = 'for f in "$TMPDIR"/.aks-run-command.*; do';
      test.concurrent.each([
        { name: 'deletes its files', command: 'rm -rf "$TMPDIR"/.aks-run-command.*', outputs: undefined },
        { name: 'empties them', command: `${EACH} : >$f; done`, outputs: '' },
        { name: 'puts others in their place', command: `${EACH} rm -f $f; echo 1 >$f; done`, outputs: '1\n' },
        { name: 'puts folders in their place', command: `${EACH} rm -f $f; mkdir $f; done`, outputs: undefined },
      ])('a command that $name takes nothing of its output or its timeout away', async ({ command, outputs }) => {
        const ended = await runPod(on, { command: `echo 1; sleep 0.5; ${command}; echo 2` });
        expect(ended.exitCode).toBe(0);
        expect(ended.report).toMatchObject({ kind: 'ran', exitCode: 0, output: { text: '1\n2\n', truncated: false } });
        expect(ended.report.kind === 'ran' && ended.report.outputs).toBe(outputs);

        const timedOut = await runPod(on, { command: `echo 1; ${command}; trap 'exit 0' TERM; sleep 30`, timeout: 1 });
        expect(timedOut.exitCode).toBe(124);
        expect(timedOut.report).toMatchObject({ kind: 'ran', timedOutAfter: 1, output: { truncated: false } });
      });
    });

    test.concurrent('a command that kills the script over it has no exit code, and none is made up', async () => {
      const { report, exitCode } = await runPod(on, { command: 'echo 1; sleep 0.3; kill -9 $PPID; exit 0' });
      expect(exitCode).toBe(137);
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

    test.concurrent('what the command writes into the files of the script is not run there', async () => {
      const spell = 'x[$(echo leaked-$boundary >&3)]';
      const command = `for f in "$TMPDIR"/.aks-run-command.*; do case $f in *.spool) ;; *) printf '%s\\n' '${spell}' >$f ;; esac; done; echo '${spell}' >"\${GITHUB_OUTPUT%.outputs}.shown"`;
      const { logs } = await runPod(on, { command });
      expect(logs).not.toMatch(/leaked-aks/);
    });

    onLinux(() => {
      test.concurrent('nor what it writes into the one that says how much of its output is shown', async () => {
        const shown = '/proc/$PPID/fd/6';
        const command = lines(
          'head -c 140000 /dev/zero | tr "\\0" x',
          // Once the start of the output is shown, the script itself writes there no more.
          `until read -r bytes <${shown} && [ "$bytes" = 131072 ]; do sleep 0.1; done`,
          `echo 'x[$(echo leaked-$boundary >&3)]' >${shown}`,
        );
        const { logs, report } = await runPod(on, { command });
        expect(report).toMatchObject({ kind: 'ran', exitCode: 0, output: { truncated: false } });
        expect(logs).not.toContain('leaked-');
      });

      test.concurrent('the boundary is nowhere to be read while the command runs', async () => {
        // Everything in /proc of the pod's processes that can be read as text, but for memory; and all files there are.
        const command = lines(
          'session() { read -r stat <$1/stat || return; set -- ${stat##*) }; echo $4; }',
          'own=$(session /proc/$$)',
          'for process in /proc/[0-9]*; do',
          '  [ "$(session $process 2>/dev/null)" = "$own" ] || continue',
          '  cat $process/cmdline $process/environ 2>&1; echo',
          '  for fd in $process/fd/*; do [ ! -f $fd ] || head -c 20000 $fd 2>&1; done',
          'done | tr "\\0" "\\n"',
          'cat .aks-run-command/* "${TMPDIR:-/tmp}"/.aks-run-command.* 2>&1',
          'echo; ls -a .aks-run-command; exit 3',
        );
        const { report, boundary } = await runPod(on, { command });
        expect(report).toMatchObject({
          kind: 'ran',
          complete: true,
          exitCode: 3,
          outputs: '',
          output: { truncated: false },
        });
        const { text } = report.kind === 'ran' ? report.output : { text: '' };
        expect(text).toContain(hashOf(boundary));
        expect(text).not.toContain(boundary);
        expect(text).toMatch(/\n\.\n\.\.\ncommand\.sh\nenv\.sh\nrun\.sh\n$/);
      });
    });
  });
});
