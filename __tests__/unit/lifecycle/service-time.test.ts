import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import { ServiceTime, StartBy } from '../../../src/lifecycle/service-time.ts';
import { clockTime } from '../../../src/text/duration.ts';
import { http, ports } from '../ports.ts';

const NOON = Date.parse('2026-11-25T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const dated = (time: number) => http(200, '', { date: new Date(time).toUTCString() });

/** Azure's time on a runner whose clocks a test sets: its own one, and the monotonic one. */
function runner(now: number) {
  const clocks = { now, monotonic: 0 };
  const time = new ServiceTime({
    now: () => clocks.now,
    monotonic: () => clocks.monotonic,
    sleep: () => Promise.resolve(),
  });
  return { clocks, time };
}

test("an answer's Date moves the clock, which goes on with the runner's, even if set", () => {
  const { clocks, time } = runner(NOON - HOUR);
  time.observe(dated(NOON));
  clocks.monotonic = 5_000;
  clocks.now = NOON - 2 * HOUR;

  expect(time.now()).toBe(NOON + 5_000);
});

test.each([
  ['the later answer is ahead', NOON, NOON + MINUTE],
  ['the earlier answer is ahead', NOON + MINUTE, NOON],
])('the last word tells the time, the earliest what is over: %s', (_name, earlier, later) => {
  const { clocks, time } = runner(NOON + HOUR);
  time.observe(dated(earlier));
  time.observe(dated(later));
  clocks.monotonic = 1_000;

  expect(time.now()).toBe(later + 1_000);
  expect(time.atLeast(1_000)).toBe(NOON + 1_000);
  expect(time.atLeast(400)).toBe(NOON + 400);
});

test.each<[string, Answer]>([
  ['no answer', { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' }],
  ['a Date that is none', http(200, '', { date: 'today' })],
])("%s says nothing, so the runner's clock is used, and nothing is over", (_name, told) => {
  const { time } = runner(NOON);
  time.observe(told);

  expect(time.now()).toBe(NOON);
  expect(time.atLeast(0)).toBe(-Infinity);
});

/** A start-by time in 90 seconds, by a service whose clock is ahead. */
function world(azureAhead = 0) {
  const { clock, cancel, cancelled } = ports();
  const serviceTime = new ServiceTime(clock);
  /** An answer says that Azure's clock is this far ahead. */
  const observe = (ahead: number) => {
    serviceTime.observe(dated(clock.now() + ahead));
  };
  observe(azureAhead);
  return { clock, cancel, cancelled, observe, startBy: new StartBy(90, clock, serviceTime) };
}

test('a start-by time is in whole seconds of Azure, which the pod compares', () => {
  const { startBy } = world(3_600_500);
  expect(startBy.seconds).toBe(NOON / 1000 + 3600 + 90);
  expect(clockTime(startBy.seconds).plain).toBe('13:01:30 UTC');
});

test.each<[name: string, at: number, azureAhead: number, passedMs: number]>([
  ['a moment before', 89_999, 0, -1],
  ['at that time', 90_000, 0, 0],
  ['a minute later, after an answer that is dated ahead', 150_000, 300_000, 60_000],
  ['a minute later, after an answer that is dated back', 150_000, -45_000, 15_000],
])(
  'how long ago a start-by time was, to the millisecond: %s',
  (_name, at, azureAhead, passedMs) => {
    const { startBy, observe } = world();
    observe(azureAhead);
    expect(startBy.agoMs(at)).toBe(passedMs);
  },
);

describe('waiting for a start-by time', () => {
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
