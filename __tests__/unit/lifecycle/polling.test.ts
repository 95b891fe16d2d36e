import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../../../src/azure/answer.ts';
import { follow, type FollowPlan } from '../../../src/lifecycle/follow.ts';
import { http } from '../ports.ts';
import { clusterOf, PENDING } from './cluster-of-values.ts';
import { PLAN } from './plan.ts';

/**
 * What the bucket that all jobs of a subscription and region share holds, and gains in a second.
 */
const BUCKET = { size: 60, perSecond: 1 };
const HOUR_MS = 3_600_000;
/** A start does not end it sooner, and no result is missing for good. */
const ENDLESS: FollowPlan = {
  ...PLAN,
  endedWithin: undefined,
  goneAfter: { missingMs: Infinity, pastStartByMs: Infinity },
};
const THROTTLED = http(429, {});
const ENDED = http(200, { properties: { provisioningState: 'Succeeded', exitCode: 0, logs: '' } });

/**
 * Milliseconds after its submission at which the step looks at a command, if each answer takes
 * `answerMs`. The last look is when the time is over.
 */
async function looksAt(untilMs: number, answerMs = 0): Promise<readonly number[]> {
  const { ports, clock, looks } = clusterOf({
    result: () => {
      void clock.sleep(answerMs);
      return PENDING;
    },
  });
  await follow({ ...ENDLESS, startedWithin: untilMs }, undefined, ports);
  return looks;
}

/** How long the step waits after its first look, whose answer comes after `elapsed` ms. */
async function pauseAfter(answer: Answer, elapsed: number, random = 0.5): Promise<number> {
  const { ports, clock, looks } = clusterOf({
    result: (passed) => {
      void clock.sleep(elapsed - passed);
      return looks.length === 1 ? answer : ENDED;
    },
    random: () => random,
  });
  await follow({ ...ENDLESS, startedWithin: 2 * HOUR_MS }, undefined, ports);
  return (looks[1] ?? NaN) - elapsed;
}

/**
 * Milliseconds from a command's end to the answer that reports it, for a command that ends just
 * after a look.
 */
async function latest(fromSeconds: number, toSeconds: number, answerMs: number) {
  const times = await looksAt(HOUR_MS, answerMs);
  const gaps = times.map((time, index) => ({
    time,
    gap: (times[index + 1] ?? Infinity) - time + answerMs,
  }));
  return Math.max(
    ...gaps
      .filter(({ time }) => time >= fromSeconds * 1_000 && time <= toSeconds * 1_000)
      .map(({ gap }) => gap),
  );
}

test.each<[name: string, from: number, to: number, atMost: number]>([
  ['a command of up to 2 s: 1.1 s', 0, 2, 1_100],
  ['of up to a minute: 2.5 s', 0, 57, 2_500],
  ['of up to 14 minutes: 5 s', 0, 14 * 60, 5_000],
  ['any: 11 s', 0, 3_500, 11_000],
])(
  'how late an end is noticed at most, with answers of up to 200 ms: %s',
  async (_name, from, to, atMost) => {
    for (const answerMs of [0, 50, 200])
      expect(await latest(from, to, answerMs)).toBeLessThanOrEqual(atMost);
  },
);

test.each<[seconds: number, atMost: number]>([
  [5, 13],
  [18, 20],
  [45, 32],
  [600, 180],
])('a command of %d s takes at most %d looks', async (seconds, atMost) => {
  expect((await looksAt(seconds * 1_000)).length).toBeLessThanOrEqual(atMost);
});

test('three jobs that start together never empty the bucket that they share for an hour', async () => {
  const jobs = 3;
  let level = BUCKET.size;
  let before = 0;
  // A submission each, then their looks.
  for (const time of [0, ...(await looksAt(HOUR_MS))]) {
    level = Math.min(BUCKET.size, level + ((time - before) / 1_000) * BUCKET.perSecond) - jobs;
    before = time;
    expect(level).toBeGreaterThanOrEqual(0);
  }
});

test('a quarter of an hour after their submission, ten jobs use no more than flows back', async () => {
  const pause = await pauseAfter(PENDING, 15 * 60_000);
  expect((10 * 1_000) / pause).toBeLessThanOrEqual(BUCKET.perSecond);
});

test('where others wait for the requests, a longer command is looked at less often', async () => {
  const pauses = [2, 5, 300].map((seconds) => pauseAfter(THROTTLED, seconds * 1_000));
  expect(await Promise.all(pauses)).toEqual([5_000, 8_000, 10_000]);
});

test('if the bucket was empty, a look never comes sooner than otherwise, and within 15 s', async () => {
  await fc.assert(
    fc.asyncProperty(
      // The first look comes after 100 ms.
      fc.integer({ min: 100, max: HOUR_MS }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (elapsed, random) => {
        const usual = await pauseAfter(PENDING, elapsed, random);
        const pause = await pauseAfter(THROTTLED, elapsed, random);
        expect(pause).toBeGreaterThanOrEqual(Math.max(1_000, usual));
        expect(pause).toBeLessThanOrEqual(15_000);
        // The schedule itself always has a pause, and never one of more than 10 s.
        expect(usual).toBeGreaterThanOrEqual(100);
        expect(usual).toBeLessThanOrEqual(10_000);
      },
    ),
  );
});
