import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import type { Clock } from '../../../src/clock.ts';
import { ServiceTime, StartBy } from '../../../src/lifecycle/service-time.ts';
import { clockTime } from '../../../src/text/duration.ts';
import { ports } from '../ports.ts';

const NOON = Date.parse('2026-11-25T12:00:00Z');

/** A runner whose own clock can be set; its monotonic clock only goes on. */
function runner(now: number) {
  let passed = 0;
  let set = now;
  const clock: Clock = {
    now: () => set + passed,
    monotonic: () => passed,
    sleep: () => Promise.resolve(),
  };
  return {
    clock,
    pass: (milliseconds: number) => {
      passed += milliseconds;
    },
    set: (time: number) => {
      set = time - passed;
    },
  };
}
const answer = (date?: string): Answer => {
  const headers = date === undefined ? {} : { date };
  return { kind: 'answered', status: 200, headers, body: '' };
};

test("an answer's Date moves the clock, which goes on with the runner's, even if set", () => {
  const { clock, pass, set } = runner(NOON - 3_600_000);
  const time = new ServiceTime(clock);
  time.observe(answer('Wed, 25 Nov 2026 12:00:00 GMT'));
  pass(5_000);
  set(NOON - 7_200_000);

  expect(time.now()).toBe(NOON + 5_000);
});

test.each<[string, readonly string[]]>([
  ['the later answer is ahead', ['12:00:00', '12:01:00']],
  ['the earlier answer is ahead', ['12:01:00', '12:00:00']],
])('the last word tells the time, the earliest what is over: %s', (_name, times) => {
  const { clock, pass } = runner(0);
  const time = new ServiceTime(clock);
  for (const told of times) time.observe(answer(`Wed, 25 Nov 2026 ${told} GMT`));
  pass(1_000);

  expect(new Date(time.now() - 1_000).toISOString()).toBe(`2026-11-25T${times[1]}.000Z`);
  expect(time.atLeast(1_000)).toBe(NOON + 1_000);
  expect(time.atLeast(400)).toBe(NOON + 400);
});

test.each<[string, Answer]>([
  ['no answer', { kind: 'unanswered', sent: 'perhaps', cause: 'ECONNRESET' }],
  ['a Date that is none', answer('today')],
])("%s says nothing, so the runner's clock is used, and nothing is over", (_name, told) => {
  const time = new ServiceTime(runner(NOON).clock);
  time.observe(told);

  expect(time.now()).toBe(NOON);
  expect(time.atLeast(0)).toBe(-Infinity);
});

test.each<[string, { readonly runner: number; readonly azure: number }, number]>([
  ['the runner is five minutes behind', { runner: 0, azure: 300_000 }, 0],
  ['the runner is further behind: it is wrong', { runner: 0, azure: 301_000 }, 301_000],
  ['the runner is ahead: nothing is over by it', { runner: 60_000, azure: 0 }, 0],
])('what is over, by two clocks: %s', (_name, clocks, earliest) => {
  const time = new ServiceTime(runner(NOON + clocks.runner).clock);
  time.observe(answer(new Date(NOON + clocks.azure).toUTCString()));

  expect(time.now()).toBe(NOON + clocks.azure);
  expect(time.atLeast(0)).toBe(NOON + earliest);
});

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

test('a start-by time is in whole seconds of Azure, which the pod compares', () => {
  const { startBy } = world(3_600_500);
  expect(startBy.seconds).toBe(NOON / 1000 + 3600 + 90);
  expect(clockTime(startBy.seconds)).toBe('13:01:30 UTC');
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
