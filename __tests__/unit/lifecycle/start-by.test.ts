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
  expect(startBy.agoMs(at)).toBe(passedMs);
});

describe('waiting for it', () => {
  test.each<[name: string, slept: number, until: number]>([
    ['takes as long as it is, and no longer', 0, 90_000],
    ['ends at once where it has passed', 100_000, 100_000],
  ])('%s, whatever an answer is dated', async (_name, slept, until) => {
    const { startBy, clock, cancelled, observe } = world();
    await clock.sleep(slept);
    observe(-3_600_000);
    await startBy.wait(cancelled);
    expect(clock.passed()).toBe(until);
  });

  test('ends with a cancel', async () => {
    const { startBy, clock, cancel, cancelled } = world();
    cancel();
    await startBy.wait(cancelled);
    expect(clock.passed()).toBe(0);
  });
});
