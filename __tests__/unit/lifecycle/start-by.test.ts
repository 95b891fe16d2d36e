import { describe, expect, test } from '@jest/globals';
import { ServiceTime } from '../../../src/lifecycle/service-time.ts';
import {
  hasPassed,
  hasPassedOnAllNodes,
  startByNow,
  untilPassed,
} from '../../../src/lifecycle/start-by.ts';
import { clockTime } from '../../../src/text/duration.ts';
import { ports } from '../ports.ts';

const NOON = Date.parse('2026-11-25T12:00:00Z');

function world(azureAhead = 0) {
  const { clock, ...rest } = ports();
  const time = new ServiceTime(clock);
  const date = new Date(clock.now() + azureAhead).toUTCString();
  time.observe({ kind: 'answered', status: 200, headers: { date }, body: '' });
  return { clock, ...rest, serviceTime: time, startBy: startByNow(90, clock, time) };
}

test('it is in whole seconds of Azure, which the pod compares, and in milliseconds of the runner', () => {
  const { startBy } = world(3_600_500);
  expect(startBy).toEqual({ seconds: NOON / 1000 + 3600 + 90, writtenAt: 0, startTimeout: 90_000 });
  expect(clockTime(startBy.seconds)).toBe('13:01:30 UTC');
});

test.each([
  ['a moment before', 89_999, false, false],
  ['at its end', 90_000, true, false],
  ['a moment before a node that is a minute behind agrees', 149_999, true, false],
  ['by the clock of a node that is a minute behind', 150_000, true, true],
])('whether it is over, to the millisecond: %s', (_name, at, passed, over) => {
  const { startBy, serviceTime: time } = world();
  expect([hasPassed(startBy, at, time), hasPassedOnAllNodes(startBy, at, time)]).toEqual([
    passed,
    over,
  ]);
});

describe('waiting for its end', () => {
  test('takes as long as it is, and no longer', async () => {
    const { startBy, clock, ...rest } = world();
    expect(await untilPassed(startBy, { clock, ...rest })).toBe(true);
    expect(clock.passed()).toBe(90_000);
  });

  test('ends with a cancel', async () => {
    const { startBy, clock, cancel, ...rest } = world();
    cancel();
    expect(await untilPassed(startBy, { clock, ...rest })).toBe(false);
    expect(clock.passed()).toBe(0);
  });

  test.each([
    ['ends where the clocks do not agree for five minutes more', 3_600, 0, 390_000],
    [
      'has five minutes left to agree where its end was missed for long',
      36_000,
      1_000_000,
      1_300_000,
    ],
  ])('%s', async (_name, later, slept, ended) => {
    const { startBy, clock, ...rest } = world();
    await clock.sleep(slept);
    const late = { ...startBy, seconds: startBy.seconds + later };
    expect(await untilPassed(late, { clock, ...rest })).toBe(false);
    expect(clock.passed()).toBe(ended);
  });
});
