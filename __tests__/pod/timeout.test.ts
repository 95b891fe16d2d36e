import { describe, expect, test } from '@jest/globals';
import { onLinux, toolOnPath } from '../tools.ts';
import { onSmallDisk } from '../small-disk.ts';
import { expectRun } from './expect-run.ts';
import { image, inEach, NOT_GNU, runPod, SHELLS, TOOLS, type Image } from './run-pod.ts';

const forEver = 'while :; do sleep 1; done';
const child = (script: string) => `sh -c '${script}'`;
const slow = `trap "sleep 4; echo done; exit" TERM; ${forEver}`;

/** Commands that run longer than they may, and what they write. */
const ENDED: readonly [name: string, command: string, output: string | RegExp][] = [
  ['SIGTERM to the shell', `echo 1; ${forEver}`, '1\n'],
  ['SIGTERM to what the shell waits for', 'echo 1; sleep 600; echo 2', '1\n'],
  [
    'a trap of SIGTERM, whose exit code does not count',
    `trap 'echo bye; exit 0' TERM; echo 1; ${forEver}`,
    /^1\n(.*Terminated.*\n)?(bye\n)+$/,
  ],
  [
    'a child that ends in its own time, after the shell',
    `${child(slow)} & wait`,
    /^(.*Terminated.*\n)?done\n$/,
  ],
  ['SIGKILL when its ten seconds are over', `trap '' TERM; echo 1; ${forEver}`, '1\n'],
  [
    'SIGKILL to a child, too, which the shell did not wait for',
    `${child(`trap "" TERM; ${forEver}`)} & echo 1; wait`,
    '1\n',
  ],
];

/** Images whose `date` is ten hours later each time that it is asked. */
const WITH_CLOCK = (['dash', 'bash'] as const).map((sh) => {
  const date =
    'read -r now <"$0.now" || now=1; now=$((now + 36000)); echo $now >"$0.now"; echo $now';
  return image(`${sh}, with a clock that jumps`, sh, TOOLS, { date });
});

onLinux(() => {
  describe('a timeout', () => {
    inEach(SHELLS, (on) => {
      test.concurrent.each(ENDED)('%s', async (_name, command, output) => {
        const expected = { output, exitCode: 124, timedOutAfter: 2 };
        await expectRun(on, { command, timeout: 2 }, expected);
      });

      test.concurrent.each([
        ['124', 'exit 124', 124],
        ['137', 'exit 137', 137],
        ['SIGKILL', 'kill -9 $$', 137],
      ])(
        'is not what a command met that ended before with %s',
        async (_name, command, exitCode) => {
          await expectRun(on, { command, timeout: 600 }, { output: '', exitCode });
        },
      );

      test.concurrent('is followed by the collected files, however it was met', async () => {
        const pod = { command: 'echo 1 >a; sleep 600', timeout: 2, collect: ['a'] };
        const { report } = await runPod(on, pod);
        expect(report).toMatchObject({ complete: true, collection: { kind: 'received' } });
      });
    });

    inEach(WITH_CLOCK, (on) => {
      test.concurrent('is met whatever the clock says', async () => {
        const pod = { command: 'sleep 600', timeout: 2 };
        await expectRun(on, pod, { output: '', exitCode: 124, timedOutAfter: 2 });
      });
    });
  });

  onSmallDisk(64, (disk) => {
    inEach(SHELLS, (on) => {
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
});

/** Images whose `timeout` cannot end a command as this action needs it, or that have none. */
const WITHOUT: readonly Image[] = [
  image(
    'no timeout',
    'dash',
    TOOLS.filter((tool) => tool !== 'timeout'),
  ),
  image('a timeout that is not GNU', 'dash', TOOLS, {
    timeout: `[ "$1" != --version ] || exit 1; exec ${toolOnPath('timeout')} "$@"`,
  }),
  ...NOT_GNU,
];

describe('without GNU timeout', () => {
  inEach(WITHOUT, (on) => {
    test.concurrent('the command runs on, and ends on its own', async () => {
      const pod = { command: 'sleep 3; echo 1 >>"$GITHUB_OUTPUT"; exit 3', timeout: 1 };
      await expectRun(on, pod, { output: '', exitCode: 3, outputs: '1\n' });
    });

    test.concurrent('a command that signals its own group does not end the script', async () => {
      await expectRun(on, { command: "trap 'exit 5' TERM; kill 0" }, { output: '', exitCode: 5 });
    });
  });
});
