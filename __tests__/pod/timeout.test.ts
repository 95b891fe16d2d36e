import { describe, expect, test } from '@jest/globals';
import { onLinux } from '../support/tools.ts';
import { onSmallDisk } from '../support/small-disk.ts';
import { expectRun, type Ran } from './expect-run.ts';
import { AKS, image, inEach, NOT_GNU, runPod, SHELLS, TOOLS } from './run-pod.ts';

const forEver = 'while :; do sleep 1; done';
const child = (script: string) => `sh -c '${script}'`;
/** Its time is over, whatever the machine's speed: by this signal, `timeout` knows that. */
const NOW_OVER = 'kill -s ALRM $TIMEOUT';
const timedOutAt = (command: string): string => `export TIMEOUT=$PPID; ${command}`;
const slow = `trap "sleep 2; echo done; exit" TERM; ${NOW_OVER}; ${forEver}`;

/** Commands that run longer than they may, and what they write. */
const ENDED: readonly [name: string, command: string, output: string | RegExp][] = [
  ['SIGTERM to what the shell waits for', `echo 1; ${NOW_OVER}; sleep 600; echo 2`, '1\n'],
  [
    'a trap of SIGTERM, whose exit code does not count',
    `trap 'echo bye; exit 0' TERM; echo 1; ${NOW_OVER}; ${forEver}`,
    /^1\n(.*Terminated.*\n)?(bye\n)+$/,
  ],
  [
    'a child that ends in its own time, after the shell',
    `${child(slow)} & wait`,
    /^(.*Terminated.*\n)?done\n$/,
  ],
];

/** The script takes a timeout before its time for one, too. */
const AT_ONCE = ['-lt "${time_limit}00"', '-lt 0'] as const;
const DEADLINE = 'deadline=$((time_limit + 10))00';
/** Bash can lose a SIGTERM that reaches it between fork and exec, so the ten seconds still end. */
const EARLY = [AT_ONCE, [DEADLINE, 'deadline=$((now - began + 1000))']] as const;
const NEVER = `trap "" TERM; echo 1; ${NOW_OVER}; ${forEver}`;
/** Two seconds, instead of ten, between the signals of `timeout` and of the script. */
const SOON = [AT_ONCE, ['-k 10', '-k 2'], [DEADLINE, 'deadline=$((now - began + 200))']] as const;

/** Its `date` is ten hours later each time that it is asked. */
const WITH_CLOCK = image('dash, with a clock that jumps', 'dash', TOOLS, {
  date: 'read -r now <"$0.now" || now=1; now=$((now + 36000)); echo $now >"$0.now"; echo $now',
});

describe('a timeout', () => {
  onLinux(() => {
    inEach(SHELLS, (on) => {
      test.concurrent.each(ENDED)('%s', async (_name, command, output) => {
        const expected = { output, exitCode: 124, timedOutAfter: 600 };
        await expectRun(on, { command: timedOutAt(command), edits: EARLY }, expected);
      });

      test.concurrent('SIGKILL to a child, too, which the shell did not wait for', async () => {
        const pod = { command: timedOutAt(`${child(NEVER)} & wait`), edits: SOON };
        await expectRun(on, pod, { output: '1\n', exitCode: 124, timedOutAfter: 600 });
      });
    });

    inEach([AKS], (on) => {
      test.concurrent('SIGKILL when its ten seconds are over', async () => {
        const pod = { command: timedOutAt(NEVER), edits: EARLY };
        await expectRun(on, pod, { output: '1\n', exitCode: 124, timedOutAfter: 600 });
      });

      test.concurrent.each([
        ['124', 'exit 124', 124],
        ['SIGKILL', 'kill -9 $$', 137],
      ])(
        'is not what a command met that ended before with %s',
        async (_name, command, exitCode) => {
          await expectRun(on, { command, timeout: 600 }, { output: '', exitCode });
        },
      );

      test.concurrent('is followed by the collected files', async () => {
        const pod = { command: 'echo 1 >a; sleep 600', timeout: 2, collect: ['a'] };
        const { report } = await runPod(on, pod);
        expect(report).toMatchObject({ complete: true, collection: { kind: 'sent' } });
      });
    });

    // A machine that has just started, as one of its own for each pod.
    inEach(SHELLS, (on) => {
      test.concurrent.each<[name: string, later: string, ran: Omit<Ran, 'output'>]>([
        ['is not over', '3.07', { exitCode: 124 }],
        ['is over', '3.08', { exitCode: 124, timedOutAfter: 3 }],
      ])('of 3 s, from an uptime of 0.08 s on, %s at %s', async (_name, later, ran) => {
        const pod = {
          command: `echo '${later} 0.00' >uptime; exit 124`,
          timeout: 3,
          files: { uptime: '0.08 0.00\n' },
          edits: [['</proc/uptime', '<uptime']] as const,
        };
        await expectRun(on, pod, { output: '', ...ran });
      });
    });

    inEach([WITH_CLOCK], (on) => {
      test.concurrent('is met whatever the clock says', async () => {
        const pod = { command: 'sleep 600', timeout: 2 };
        await expectRun(on, pod, { output: '', exitCode: 124, timedOutAfter: 2 });
      });
    });
  });

  onSmallDisk(64, (disk) => {
    inEach([AKS], (on) => {
      test('is met on a full disk, where only the output is lost', async () => {
        const command = 'cat /dev/zero >"$TMPDIR/other" || sleep 600';
        const container = { TMPDIR: disk };
        const { report, exitCode } = await runPod(on, { command, timeout: 2, container });
        expect({ report, exitCode }).toMatchObject({
          report: { kind: 'ran', complete: true, timedOutAfter: 2 },
          exitCode: 124,
        });
      });
    });
  });

  const without = TOOLS.filter((tool) => tool !== 'timeout');
  // The `timeout` of busybox, or of uutils, cannot end a command as this action needs it.
  inEach([image('dash, without timeout', 'dash', without), ...NOT_GNU], (on) => {
    test.concurrent('does not end a command where there is no GNU timeout', async () => {
      const pod = { command: 'sleep 3; echo 1 >>"$GITHUB_OUTPUT"; exit 3', timeout: 1 };
      await expectRun(on, pod, { output: '', exitCode: 3, outputs: '1\n' });
    });
  });
});
