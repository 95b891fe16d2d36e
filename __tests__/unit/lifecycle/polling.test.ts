import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { throttledPollDelay, pollDelay } from '../../../src/lifecycle/follow.ts';

/**
 * What the bucket that all jobs of a subscription and region share holds, and gains in a second.
 */
const BUCKET = { size: 60, perSecond: 1 };
const HOUR_MS = 3_600_000;

/**
 * Milliseconds after its submission at which the step looks at a command, if each answer takes
 * `answerMs`.
 */
function looks(untilMs: number, answerMs = 0): number[] {
  const times: number[] = [];
  for (let now = pollDelay(0); ; now += answerMs + pollDelay(now + answerMs)) {
    times.push(now);
    if (now >= untilMs) return times;
  }
}

/**
 * Milliseconds from a command's end to the answer that reports it, for a command that ends just
 * after a look.
 */
function latest(fromSeconds: number, toSeconds: number, answerMs: number): number {
  const times = looks(HOUR_MS, answerMs);
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
  (_name, from, to, atMost) => {
    for (const answerMs of [0, 50, 200])
      expect(latest(from, to, answerMs)).toBeLessThanOrEqual(atMost);
  },
);

test.each<[seconds: number, atMost: number]>([
  [5, 13],
  [18, 20],
  [45, 32],
  [600, 180],
])('a command of %d s takes at most %d looks', (seconds, atMost) => {
  expect(looks(seconds * 1_000).length).toBeLessThanOrEqual(atMost);
});

test('three jobs that start together never empty the bucket that they share for an hour', () => {
  const jobs = 3;
  let level = BUCKET.size;
  let before = 0;
  // A submission each, then their looks.
  for (const time of [0, ...looks(HOUR_MS)]) {
    level = Math.min(BUCKET.size, level + ((time - before) / 1_000) * BUCKET.perSecond) - jobs;
    before = time;
    expect(level).toBeGreaterThanOrEqual(0);
  }
});

test('a quarter of an hour after their submission, ten jobs use no more than flows back', () => {
  expect((10 * 1_000) / pollDelay(15 * 60_000)).toBeLessThanOrEqual(BUCKET.perSecond);
});

test('if others wait, no look comes within the first second, and no two jobs keep step', () => {
  expect([0, 0.5].map((random) => throttledPollDelay(0, () => random))).toEqual([1_500, 3_000]);
});

test('where others wait for the requests, a longer command is looked at less often', () => {
  expect([2, 5, 300].map((seconds) => throttledPollDelay(seconds * 1_000, () => 0.5))).toEqual([
    5_000, 8_000, 10_000,
  ]);
});

test('if the bucket was empty, a look never comes sooner than otherwise, and within 15 s', () => {
  fc.assert(
    fc.property(
      fc.nat(HOUR_MS),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (elapsed, random) => {
        const delay = throttledPollDelay(elapsed, () => random);
        expect(delay).toBeGreaterThanOrEqual(Math.max(1_000, pollDelay(elapsed)));
        expect(delay).toBeLessThanOrEqual(15_000);
        // The schedule itself always has a pause, and never one of more than 10 s.
        expect(pollDelay(elapsed)).toBeGreaterThanOrEqual(100);
        expect(pollDelay(elapsed)).toBeLessThanOrEqual(10_000);
      },
    ),
  );
});
