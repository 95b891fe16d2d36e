import { describe, expect, test } from '@jest/globals';
import { ServiceTime } from '../../../src/lifecycle/service-time.ts';
import { StartBy } from '../../../src/lifecycle/start-by.ts';
import { clockTime } from '../../../src/text/duration.ts';
import { ports } from '../ports.ts';

const NOON = Date.parse('2026-11-25T12:00:00Z');

/** A start-by time in 90 seconds, by a service whose clock is ahead. */
function world(azureAhead = 0) {
  const { clock, cancel, cancelled } = ports();
  const serviceTime = new ServiceTime(clock);
  /** An answer says that Azure's clock is this far ahead. */
  const observe = (ahead: number) => {
    const date = new Date(clock.now() + ahead).toUTCString();
    serviceTime.observe({ kind: 'answered', status: 200, headers: { date }, body: '' });
  };
  observe(azureAhead);
  return { clock, cancel, cancelled, observe, startBy: new StartBy(90, clock, serviceTime) };
}

test('it is in whole seconds of Azure, which the pod compares', () => {
  const { startBy } = world(3_600_500);
  expect(startBy.seconds).toBe(NOON / 1000 + 3600 + 90);
  expect(clockTime(startBy.seconds)).toBe('13:01:30 UTC');
});

test.each<[name: string, at: number, azureAhead: number, passedMs: number]>([
  ['a moment before', 89_999, 0, -1],
  ['at that time', 90_000, 0, 0],
  ['a minute later', 150_000, 0, 60_000],
  ['a minute later, after an answer that is dated ahead', 150_000, 300_000, 60_000],
  ['a minute later, after an answer that is dated back', 150_000, -45_000, 15_000],
])('how long ago it was, to the millisecond: %s', (_name, at, azureAhead, passedMs) => {
  const { startBy, observe } = world();
  observe(azureAhead);
  expect(startBy.factsAt(at)).toEqual({ pastStartByMs: passedMs, isAzureTimeKnown: true });
});

describe('waiting for its end', () => {
  test('takes as long as it is, and no longer', async () => {
    const { startBy, clock, cancelled } = world();
    expect(await startBy.untilPassed(cancelled)).toBe(true);
    expect(clock.passed()).toBe(90_000);
  });

  test('ends with a cancel', async () => {
    const { startBy, clock, cancel, cancelled } = world();
    cancel();
    expect(await startBy.untilPassed(cancelled)).toBe(false);
    expect(clock.passed()).toBe(0);
  });

  test.each<[name: string, behind: number, slept: number, ended: number]>([
    ['ends where the clocks do not agree for five minutes more', 3_600_000, 0, 390_000],
    [
      'has five minutes left to agree where its end was missed for long',
      36_000_000,
      1_000_000,
      1_300_000,
    ],
  ])('%s', async (_name, behind, slept, ended) => {
    const { startBy, clock, cancelled, observe } = world();
    await clock.sleep(slept);
    observe(-behind);
    expect(await startBy.untilPassed(cancelled)).toBe(false);
    expect(clock.passed()).toBe(ended);
  });
});
