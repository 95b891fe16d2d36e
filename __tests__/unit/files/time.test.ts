import { describe, expect, test } from '@jest/globals';
import { adviceText, type adviceOn } from '../../../src/files/advice.ts';
import type { Disk } from '../../../src/files/disk.ts';
import type { Clock } from '../../../src/clock.ts';
import { failureOf, gathered, tickingClock, type Tree } from './tree.ts';

/** How long names and patterns may keep the step busy. */

const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}.yaml`, 'f']));
const tree: Tree = { ws: { few: { 'a.yaml': 'a' }, many }, temp: {} };

const slow = (path: string) => ({
  code: 'files',
  problem: { kind: 'slow-pattern', path, limit: 20 },
});

describe('work on patterns', () => {
  // Each comparison takes a quarter of a second here.
  test.each([
    ['of names', 'few/a.*\nfew/*x\nmany/{*b*l,*c*l,f*m*l}', 'many/{*b*l,*c*l,f*m*l}'],
    ['of exclusions', 'many/*\n!*.{key,pem}', '!*.{key,pem}'],
    ['of an exclusion above its pattern', '!{few,fewer}/*\nmany/f*', '!{few,fewer}/*'],
    ['of alternatives', 'few/{1..100}*', 'few/{1..100}*'],
  ])('that takes too long is an error: %s', async (_name, files, slowest) => {
    const { clock } = tickingClock(240);
    expect(await failureOf(tree, { files, clock, ifNoFilesFound: 'ignore' })).toEqual(
      slow(slowest),
    );
  });

  test('has time for all patterns together', async () => {
    const { clock } = tickingClock(260);
    const one = 'many/f*';
    expect((await gathered(tree, { files: one, clock })).names).toHaveLength(40);
    expect(await failureOf(tree, { files: `${one}\nfew/*\nmany/*`, clock })).toEqual(slow(one));
  });

  test('has no part that is done twice: an exclusion that applies to all patterns', async () => {
    const { clock } = tickingClock(240);
    expect((await gathered(tree, { files: 'many/*\n!*.key', clock })).names).toHaveLength(40);
  });

  test('does not include the disk', async () => {
    const { clock, ticking } = tickingClock(1);
    const disk = (real: Disk): Partial<Disk> => ({
      search: (at, glob) => {
        ticking.now += 60_000;
        return real.search(at, glob);
      },
    });
    expect((await gathered(tree, { files: '**/f*.yaml', clock, disk })).names).toHaveLength(40);
  });

  test('lets the event loop turn between names, and not more often than it must', async () => {
    const { clock, ticking } = tickingClock(10);
    await gathered(tree, { files: 'many/*', clock });
    expect(ticking.sleeps).toBeGreaterThan(10);
    expect(ticking.sleeps).toBeLessThan(40);
  });

  test.each(['many/*', 'many/*x*l', '!few/*\nmany/*'])('ends with a cancel: %s', async (files) => {
    const cancel = new AbortController();
    const { clock, ticking } = tickingClock(20);
    const cancelling: Clock = {
      now: () => 0,
      monotonic: () => clock.monotonic(),
      sleep: (milliseconds) => {
        if (ticking.sleeps === 3) cancel.abort();
        return clock.sleep(milliseconds);
      },
    };
    const given = { files, clock: cancelling, cancelled: cancel.signal };
    await expect(gathered(tree, given)).rejects.toThrow('aborted');
    expect(ticking.sleeps).toBe(4);
  });
});

test('a cancel also ends the reading of patterns', async () => {
  const { clock } = tickingClock(60);
  const given = { files: 'few/*\n/etc/passwd', clock, cancelled: AbortSignal.abort() };
  await expect(gathered(tree, given)).rejects.toThrow('aborted');
});

test('a cancel also ends searches that find nothing', async () => {
  const cancel = new AbortController();
  const { clock, ticking } = tickingClock(0);
  let searches = 0;
  const disk = (): Partial<Disk> => ({
    search: () => {
      searches += 1;
      ticking.now += 60_000;
      cancel.abort();
      return Promise.resolve([]);
    },
  });
  const given = { files: 'few/x*\nmany/x*', clock, cancelled: cancel.signal, disk };
  await expect(gathered(tree, given)).rejects.toThrow('aborted');
  expect(searches).toBe(1);
});

describe('advice', () => {
  const misspelled = ['few/a.yml', 'few/A.yaml', 'many/f1.yml'].join('\n');
  const hints = ['Did you mean few/a.yaml?', 'Did you mean many/f1.yaml?'];
  /** The advice, if each look at the clock takes that long. Before it begins, no time passes. */
  const advice = async (milliseconds: number) => {
    const { clock, ticking } = tickingClock(0);
    let times = 0;
    const disk = (real: Disk): Partial<Disk> => ({
      list: (at) => {
        if (at.endsWith('/ws')) times += 1;
        // The search lists the workspace once, and then the advice does.
        if (times === 2) ticking.milliseconds = milliseconds;
        return real.list(at);
      },
    });
    const failure = await failureOf(tree, { files: misspelled, clock, disk });
    const { advice } = (failure as { problem: { advice: Awaited<ReturnType<typeof adviceOn>> } })
      .problem;
    return advice.hints.map(adviceText);
  };

  test.each([
    ['in time', 0, hints],
    ['in time for the first pattern', 6, hints.slice(0, 1)],
    ['too late', 1_000, []],
  ])('%s', async (_name, milliseconds, expected) => {
    expect(await advice(milliseconds)).toEqual(expected);
  });

  test.each([
    ['in time', 0, ['!Few/a.yaml', '!few/a.yml']],
    ['in time for the first one', 220, ['!Few/a.yaml']],
    ['too late', 600, []],
  ])('on exclusions, %s', async (_name, milliseconds, advised) => {
    const { clock, ticking } = tickingClock(0);
    const disk = (real: Disk): Partial<Disk> => ({
      // The files are read right before the advice.
      read: (at, stats) => {
        ticking.milliseconds = milliseconds;
        return real.read(at, stats);
      },
    });
    const files = 'few/*\n!Few/a.yaml\n!few/a.yml';
    const { warnings } = await gathered(tree, { files, clock, disk });
    expect(warnings).toEqual(
      advised.map(
        (line) =>
          `The exclusion ${line} matches none of the files to send. Did you mean few/a.yaml?`,
      ),
    );
  });
});
