import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { onSmallDisk } from '../small-disk.ts';
import { onLinux, toolOnPath } from '../tools.ts';
import { expectRun } from './expect-run.ts';
import { COREUTILS, FULL, image, inEach, ofBusybox, runPod, type Image } from './run-pod.ts';

/** An image whose `date` is ten hours later each time that it is asked. */
function withClock(sh: 'dash' | 'bash' | 'busybox'): Image {
  const on = image(
    `${sh}, with a clock that jumps`,
    sh,
    sh === 'busybox' ? ofBusybox(COREUTILS) : COREUTILS,
  );
  rmSync(`${on.path}/date`, { force: true });
  const text =
    `read -r now <'${on.path}/now' || now=1; ` +
    `now=$((now + 36000)); echo $now >'${on.path}/now'; echo $now`;
  writeFileSync(`${on.path}/date`, `#!${on.sh}\n${text}\n`, { mode: 0o755 });
  return on;
}

/** An image whose other shells run scripts, but no command line. */
function withoutCommandLines(on: Image): Image {
  const files = image(`${on.name}, and shells that run only files`, 'dash', COREUTILS);
  rmSync(files.sh, { force: true });
  const text = `[ "$1" != -c ] || exit 9; exec ${on.sh} "$@"`;
  writeFileSync(files.sh, `#!${on.sh}\n${text}\n`, { mode: 0o755 });
  return { ...files, sh: on.sh, needs: on.needs };
}

/** An image whose disk, at TMPDIR, fills up just before the command begins. */
function withFullDisk(on: Image): Image {
  const tools = on.name === 'busybox' ? ofBusybox(COREUTILS) : COREUTILS;
  const full = image(`${on.name}, and a disk that fills up`, 'dash', tools);
  rmSync(`${full.path}/mkfifo`, { force: true });
  const text = `${toolOnPath('mkfifo')} "$@"; cat /dev/zero >"$TMPDIR/other"; exit 0`;
  writeFileSync(`${full.path}/mkfifo`, `#!${on.sh}\n${text}\n`, { mode: 0o755 });
  return { ...full, sh: on.sh, needs: on.needs };
}

describe('a timeout', () => {
  // Where the shell outlives its child, it may say that the child was terminated.
  const forEver = 'while :; do sleep 1; done';
  const ready = ': >ready';
  const bye = `trap 'echo bye; exit 0' TERM; echo 1; ${ready}; ${forEver}`;
  const grandchild = `sh -c 'trap "sleep 1; echo done; exit" TERM; ${ready}; ${forEver}'; echo no`;
  const rows: [name: string, command: string, output: string | RegExp][] = [
    ['SIGTERM to the shell', `echo 1; ${ready}; ${forEver}`, '1\n'],
    ['SIGTERM to what the shell waits for', `echo 1; ${ready}; sleep 600; echo 2`, '1\n'],
    ['a trap of SIGTERM, whose exit code does not count', bye, /^1\n(.*Terminated.*\n)?bye\n$/],
    ['a grandchild that ends in its own time', grandchild, /^(.*Terminated.*\n)?done\n$/],
    ['SIGKILL when its grace is over', `trap '' TERM; echo 1; ${ready}; sleep 600; echo 2`, '1\n'],
  ];
  // Only commands that end at SIGKILL use their grace up. The others need little of it, except on a
  // machine that stands still.
  const graceOf = (name: string) => ({ grace: name.includes('SIGKILL') ? 3 : 30 });
  inEach(FULL, (on) => {
    test.concurrent.each(rows)('%s', async (name, command, output) => {
      await expectRun(
        on,
        { command, timeout: 1, timeoutCountsFrom: 'ready', limits: graceOf(name) },
        { output, exitCode: 124, timedOutAfter: 1 },
      );
    });
  });
  inEach(FULL, (on) => {
    const goesOn = `set +e; ${ready}; sleep 600; echo no`;
    test.concurrent.each<[name: string, command: string, output: string | RegExp]>([
      ['a trap of SIGTERM', bye, /^1\n(.*Terminated.*\n)?bye\n$/],
      ['no line after the one that SIGTERM ended', goesOn, ''],
      ['no line after the one that SIGKILL ended', `trap '' TERM; ${goesOn}`, ''],
    ])('lets a shell run %s, however processes are numbered', async (name, command, output) => {
      const pod = { command, timeout: 1, timeoutCountsFrom: 'ready', limits: graceOf(name) };
      await expectRun(
        on,
        { ...pod, listsNewerFirst: true, signalsSlowly: true },
        { output, exitCode: 124, timedOutAfter: 1 },
      );
    });
  });
  inEach(FULL, (on) => {
    test.concurrent('soon ends a script that calls itself again and again', async () => {
      const deeper = `[ "$1" -gt 0 ] && sh deeper.sh $(($1 - 1)) || { ${ready}; sleep 600; }; :`;
      const command = `exec 2>/dev/null; trap 'cat lists; exit' TERM; sh deeper.sh 40; :`;
      const pod = { command, timeout: 1, timeoutCountsFrom: 'ready', limits: { grace: 30 } };
      // Once for each of its processes would be more than 40 times.
      await expectRun(
        on,
        { ...pod, countsListsIn: 'lists', files: { 'deeper.sh': deeper } },
        { output: /^(listed\n){1,9}$/, exitCode: 124, timedOutAfter: 1 },
      );
    });
  });
  inEach(FULL, (on) => {
    test.concurrent.each([
      ['ends at SIGTERM', `${ready}; sleep 600`],
      ['succeeds at SIGTERM', `trap 'exit 0' TERM; ${ready}; sleep 600`],
      ['ignores SIGTERM', `trap '' TERM; ${ready}; sleep 600`],
    ])('is met by a command that left no process to start, and %s', async (_name, command) => {
      const cannotStart = ['sleep 0.2; clock', 'sleep 1; clock'];
      const pod = { command, timeout: 1, timeoutCountsFrom: 'ready', cannotStart };
      const output = /^(.*Terminated.*\n)?$/;
      await expectRun(on, pod, { output, exitCode: 124, timedOutAfter: 1 });
    });
  });
  inEach(FULL, (on) => {
    test.concurrent('is not met by a command that has ended before', async () => {
      const command = 'echo 1; : >ended; exit 3';
      const pod = { command, timeout: 1, timeoutCountsFrom: 'ended', noticesLate: true };
      await expectRun(on, pod, { output: '1\n', exitCode: 3 });
    });
  });
  inEach(FULL, (on) => {
    test.concurrent('that is over before the command begins', async () => {
      const pod = { command: 'sleep 600', timeout: 1, beginsLate: true };
      await expectRun(on, pod, { output: '', exitCode: 124, timedOutAfter: 1 });
    });
  });
  onLinux(() => {
    inEach(FULL.map(withoutCommandLines), (on) => {
      test.concurrent('needs no other process to know the command', async () => {
        const pod = { command: 'sleep 600', timeout: 1 };
        await expectRun(on, pod, { output: '', exitCode: 124, timedOutAfter: 1 });
      });
    });
  });
  onSmallDisk(64, (disk) => {
    inEach(FULL.map(withFullDisk), (on) => {
      test('is met on a full disk, where only the output is lost', async () => {
        const pod = {
          command: 'sleep 20',
          timeout: 1,
          container: { TMPDIR: disk },
          limits: { tries: 50 },
        };
        const { report, exitCode } = await runPod(on, pod);
        rmSync(`${disk}/other`);
        expect({ report, exitCode }).toMatchObject({
          report: { kind: 'ran', complete: true, timedOutAfter: 1 },
          exitCode: 124,
        });
      });
    });
  });
  onLinux(() => {
    inEach(
      ['dash', 'bash', 'busybox'].map((sh) => withClock(sh as 'dash')),
      (on) => {
        test.concurrent('is not met because the clock jumps', async () => {
          await expectRun(
            on,
            { command: 'sleep 1.5; echo 1', timeout: 600 },
            { output: '1\n', exitCode: 0 },
          );
        });
        test.concurrent('is met whatever the clock says', async () => {
          const pod = { command: 'sleep 600', timeout: 1 };
          await expectRun(on, pod, { output: '', exitCode: 124, timedOutAfter: 1 });
        });
      },
    );
  });
});
