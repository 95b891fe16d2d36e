import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { crowdedPollDelay, pollDelay } from '../../../src/lifecycle/polling.ts';

/** The times at which a command is looked at that runs so long, as long as an answer takes no time. */
function looks(untilMs: number): number[] {
  const times: number[] = [];
  for (let now = pollDelay(0); now <= untilMs; now += pollDelay(now)) times.push(now);
  return times;
}

test.each([
  ['a short command is seen to end within half a second', 2_000, 600],
  ['one of half a minute within 3 s', 30_000, 3_000],
  ['one of a minute within 5 s', 60_000, 6_000],
  ['a long one within 10 s', 3_600_000, 10_000],
])('%s', (_name, ends, within) => {
  expect(looks(ends + within).some((time) => time >= ends)).toBe(true);
});

test('a command of a minute leaves half of the 60 requests that a subscription shares', () => {
  expect(looks(60_000).length).toBeLessThanOrEqual(30);
});

test('a command of an hour is looked at less than once in 5 s', () => {
  expect(looks(3_600_000).length).toBeLessThan(3_600 / 5);
});

test('there is always a pause, and never one of more than 10 s', () => {
  fc.assert(
    fc.property(fc.nat(), (elapsed) => {
      expect(pollDelay(elapsed)).toBeGreaterThanOrEqual(100);
      expect(pollDelay(elapsed)).toBeLessThanOrEqual(10_000);
    }),
  );
});

test('where others wait for the requests, no look comes within the first second, and no two jobs keep step', () => {
  expect([0, 0.5].map((random) => crowdedPollDelay(0, () => random))).toEqual([1_000, 2_500]);
  expect(crowdedPollDelay(100_000, () => 0.999)).toBe(pollDelay(100_000));
});

test('where the bucket was found empty, an early look waits for a second at least, and jobs do not come together', () => {
  fc.assert(
    fc.property(fc.nat(3_600_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (elapsed, random) => {
      const delay = crowdedPollDelay(elapsed, () => random);
      expect(delay).toBeGreaterThanOrEqual(Math.max(1_000, pollDelay(elapsed)));
      expect(delay).toBeLessThanOrEqual(10_000);
    }),
  );
  expect(crowdedPollDelay(0, () => 0)).not.toBe(crowdedPollDelay(0, () => 0.5));
});
