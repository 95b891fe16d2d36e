import { expect, test } from '@jest/globals';
import type { Answer } from '../../../src/azure/answer.ts';
import type { Clock } from '../../../src/clock.ts';
import { ServiceTime } from '../../../src/lifecycle/service-time.ts';

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
  ['an answer without a Date', answer()],
  ['a Date that is none', answer('today')],
])("%s says nothing, so the runner's clock is used, and nothing is over", (_name, told) => {
  const time = new ServiceTime(runner(NOON).clock);
  time.observe(told);

  expect(time.now()).toBe(NOON);
  expect(time.atLeast(0)).toBe(-Infinity);
});

test.each<[string, { readonly runner: number; readonly azure: number }, number]>([
  ['the runner is a minute behind: it may be Azure that is ahead', { runner: 0, azure: 60_000 }, 0],
  ['the runner is five minutes behind', { runner: 0, azure: 300_000 }, 0],
  ['the runner is further behind: it is wrong', { runner: 0, azure: 301_000 }, 301_000],
  ['the runner is ahead: nothing is over by it', { runner: 60_000, azure: 0 }, 0],
])('what is over, by two clocks: %s', (_name, clocks, earliest) => {
  const time = new ServiceTime(runner(NOON + clocks.runner).clock);
  time.observe(answer(new Date(NOON + clocks.azure).toUTCString()));

  expect(time.now()).toBe(NOON + clocks.azure);
  expect(time.atLeast(0)).toBe(NOON + earliest);
});
