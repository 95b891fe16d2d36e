import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../src/pod/boundary.ts';
import { POD_NAMES, readRunVariables } from '../../src/pod/variables.ts';
import { onSmallDisk } from '../support/small-disk.ts';
import { onLinux } from '../support/tools.ts';
import { expectRun, lines, type Ran } from './expect-run.ts';
import { AKS, inEach, NOT_GNU, runPod, SHELLS, type Pod } from './run-pod.ts';

const HOSTILE = `refs/heads/';\${IFS}echo$(id)\`id\`&|>x"*`;
const ALL_KINDS = lines(
  'echo 1; echo 2 >&2; echo 3 >/dev/stdout; echo 4 >/dev/stderr',
  'printf "\\n\\na\\r\\nb\\r\\n"',
  'read -r a <<EOF',
  'x $((1 + 1)) `echo y`',
  'EOF',
  'printf "$a"',
);
const TRAPS = 'for s in INT HUP PIPE; do trap "echo $s" $s; kill -s $s $$; done; echo on';
const OWN_VARIABLES = {
  PATH: '/none',
  ENV: '/none',
  TMPDIR: '/none',
  BASH_ENV: '/none',
  LC_ALL: 'xx_XX',
};
const OWN_NAMES = { boundary: '1', tmp: '2', code: '3' };
const AT_HOME =
  'cd "$HOME"; echo >"$HOME/.x.$$"; rm "$HOME/.x.$$"; test "$HOME" = "$TMPDIR"; echo same';
const KILLS =
  "trap '' TERM; echo 1; i=0; while [ $((i += 1)) -le 20 ]; do kill -s TERM 0; sleep 0.01; done";
/** Removes what the script may be adding files to. */
const removing = (what: string) => `until rm -rf ${what} 2>/dev/null; do :; done`;
const variables = (all: Record<string, string>) =>
  Object.entries(all).map(([name, value]) => ({ name, value }));

/** Everything that a command finds when it begins, in one run. */
const FOUND: Pod = {
  command: lines(
    'if read -r x; then echo "stdin: $x"; fi',
    'for fd in 3 4 5 6 7 8 9; do (: >&$fd) 2>/dev/null && echo "descriptor of the script: $fd"; done',
    'test "$PWD" = "$GITHUB_WORKSPACE"; echo "files:" *',
    'case $GITHUB_OUTPUT,$GITHUB_STEP_SUMMARY in *"$PWD"*) echo "its two files are there, too" ;; esac',
    'echo "umask: $(umask)"; echo >new',
    'for file in new "$GITHUB_OUTPUT"; do ls -l "$file" | head -c 10; echo; done',
    'echo "HOME: $HOME"',
    'printf "fact: %s\\n" "$GITHUB_REF" "$GITHUB_WORKFLOW" "$GITHUB_ACTOR" "${CI-unset}"',
    'echo "of the container: $boundary|$X"',
    'echo "secret on the disk: $(cat .aks-run-command/env.sh)"; echo "secret: $A"',
  ),
  files: { a: '', b: '' },
  umask: 0o022,
  runVariables: [`GITHUB_REF=${HOSTILE}`, 'GITHUB_WORKFLOW=a\nb\t ~', 'GITHUB_ACTOR='],
  container: { HOME: '/tmp', boundary: 'mine', X: 'y' },
  env: variables({ A: 'secret' }),
};
const WHAT_IT_FINDS = lines(
  'files: a b',
  'umask: 0022',
  '-rw-r--r--',
  '-rw-------',
  'HOME: /tmp',
  `fact: ${HOSTILE}`,
  'fact: a\nb\t ~',
  'fact: ',
  'fact: unset',
  'of the container: |y',
  'secret on the disk: ',
  'secret: secret',
);

type Row = [name: string, pod: string | Pod, output: string | RegExp, more?: Partial<Ran>];

/** What the shell that runs the script, or its tools, could do in another way. */
const ROWS: Row[] = [
  ['all that it finds, and its variables gone from the disk', FOUND, WHAT_IT_FINDS],
  [
    'output of every kind, in order, without a last newline',
    ALL_KINDS,
    '1\n2\n3\n4\n\n\na\r\nb\r\nx 2 y',
  ],
  [
    'step outputs and a summary of a command that fails',
    'echo a=1 >>"$GITHUB_OUTPUT"; printf "# x\\ny" >"$GITHUB_STEP_SUMMARY"; ' +
      'echo b=2 >>$GITHUB_OUTPUT; exit 4',
    '',
    { exitCode: 4, outputs: 'a=1\nb=2\n', summary: '# x\ny' },
  ],
  ['signals that the script itself ignores', TRAPS, 'INT\nHUP\nPIPE\non\n'],
  ['kill 0', "trap 'exit 5' TERM; kill 0; echo no", '', { exitCode: 5 }],
  [
    'a group killed from a trap',
    "trap 'trap - TERM; kill 0' EXIT; sleep 30 & echo 1; exit 4",
    '1\n',
    { exitCode: 143 },
  ],
  ['a group that is signaled again and again', KILLS, '1\n'],
  [
    'HOME given where it is not',
    { command: AT_HOME, container: { HOME: '/nonexistent' } },
    'same\n',
  ],
  [
    'variables for the command alone',
    {
      command: 'echo "$PATH|$TMPDIR|$boundary|$tmp|$code"',
      env: variables({ ...OWN_VARIABLES, ...OWN_NAMES }),
    },
    /(^|\n)\/none\|\/none\|1\|2\|3\n$/,
  ],
];

describe('a command with the tools of an image', () => {
  inEach([...SHELLS, ...NOT_GNU], (on) => {
    test.concurrent.each(ROWS)('%s', async (_name, pod, output, more = {}) => {
      await expectRun(on, typeof pod === 'string' ? { command: pod } : pod, {
        output,
        exitCode: 0,
        ...more,
      });
    });

    test.concurrent('a deleted spool loses the end of a long output, which is marked', async () => {
      const command =
        'head -c 300000 /dev/zero; rm "${GITHUB_OUTPUT%/*}/spool"; head -c 9 /dev/zero';
      const { report, exitCode } = await runPod(on, { command });
      expect(exitCode).toBe(0);
      expect(report).toMatchObject({ kind: 'ran', complete: true, output: { truncated: true } });
      expect(report).toHaveProperty('exitCode', undefined);
    });

    onLinux(() => {
      test.concurrent(
        'the boundary is in no command line and no environment, nor in the log meanwhile',
        async () => {
          const command = lines(
            'for process in /proc/[0-9]*; do',
            '  [ "$process/cwd" -ef . ] || continue',
            '  cat $process/cmdline $process/environ 2>&1; echo',
            'done | tr "\\0" "\\n"',
            'ls -a .aks-run-command; sleep 600',
          );
          const { report, logs, boundary } = await runPod(on, {
            command,
            killOnceLogged: '\nenv.sh\nrun.sh\n',
          });
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

  inEach([AKS], (on) => {
    // The README lists these, and `env` refuses those of POD_NAMES.
    test.concurrent('the script sets the variables that src/pod/variables.ts lists', async () => {
      const runVariables = readRunVariables(() => 'x');
      const { report } = await runPod(on, { command: 'env', namespace: 'shop', runVariables });
      const text = report.kind === 'ran' ? report.output.text : '';
      const names = Array.from(text.matchAll(/^\w+(?==)/gm), ([name]) => name);
      const ofTheContainer = ['PATH', 'TMPDIR'];
      const ofTheShell = ['PWD', 'OLDPWD', 'SHLVL', '_'];
      const others = new Set([...ofTheContainer, ...ofTheShell]);
      // The image has no kubectl, so there is no kubeconfig to copy.
      const expected = [...POD_NAMES, 'HELM_NAMESPACE', 'POD_NAMESPACE'];
      expect(names.filter((name) => !others.has(name)).sort()).toEqual(expected.sort());
    });

    // The script hides its folder, which a pattern does not match, but cannot protect it.
    test.concurrent('rm -rf /tmp/* loses nothing', async () => {
      const pod = { command: 'echo 1; rm -rf "$TMPDIR"/*; echo 2' };
      await expectRun(on, pod, { output: '1\n2\n', exitCode: 0 });
    });

    test.concurrent('rm -rf /tmp loses the step outputs, and no short output', async () => {
      const command = `echo 1; sleep 0.5; ${removing('"$TMPDIR"')}; echo 2`;
      const lost = { outputs: undefined, summary: undefined };
      await expectRun(on, { command }, { output: '1\n2\n', exitCode: 0, ...lost });
    });

    test.concurrent('a left-behind flood around the end of it takes no exit code', async () => {
      const command = 'echo 1; (head -c 100000000 /dev/zero | tr "\\0" x) & exit 3';
      const { report, exitCode } = await runPod(on, { command });
      expect(exitCode).toBe(3);
      expect(report).toMatchObject({ kind: 'ran', complete: true, exitCode: 3 });
      const shown = report.kind === 'ran' ? report.output.text : '';
      expect(
        shown
          .replace(/(?:x\n)?\[[\d,]+ bytes of output are missing here\]\n/, '')
          .replaceAll('x', ''),
      ).toBe('1\n');
    });
  });
});

describe('a disk that is full', () => {
  const WRITE = 'i=0; while [ $i -lt 15000 ]; do echo "a line of 20 bytes."; i=$((i+1)); done';
  const OTHER = '"$TMPDIR/other"';
  onSmallDisk(128, (disk) => {
    inEach([...SHELLS, ...NOT_GNU], (on) => {
      test.each([
        ['for good', `${WRITE}; exit 3`],
        [
          'and has room again while a process left behind could write',
          `sleep 1 & head -c 60000 /dev/zero >${OTHER}; ${WRITE}; rm ${OTHER}; exit 3`,
        ],
      ])('%s takes the end of the output, which is marked', async (_name, command) => {
        const { report, exitCode } = await runPod(on, { command, container: { TMPDIR: disk } });
        expect(exitCode).toBe(3);
        expect(report).toMatchObject({ kind: 'ran', complete: true, output: { truncated: true } });
        expect(report).toHaveProperty('exitCode', undefined);
        expect(report.kind === 'ran' && report.output.text).toMatch(/^(a line of 20 bytes\.\n)+/);
      });
    });
  });
});
