import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { untilCancelled } from '../../../src/lifecycle/clock.ts';
import type { Clock } from '../../../src/lifecycle/clock.ts';

/** A clock whose time passes at once. */
function instant(): Clock & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => 0,
    monotonic: () => 0,
    sleep(milliseconds) {
      slept.push(milliseconds);
      return Promise.resolve();
    },
  };
}
const never = new Promise<never>(() => undefined);

test('without a cancel, the value', async () => {
  await expect(untilCancelled(Promise.resolve(7), new AbortController().signal, instant())).resolves.toBe(7);
});

test('without a cancel, the error', async () => {
  const failing = Promise.reject(new Error('no'));

  await expect(untilCancelled(failing, new AbortController().signal, instant())).rejects.toThrow('no');
});

test('after a cancel nothing is awaited', async () => {
  await expect(untilCancelled(never, AbortSignal.abort(), instant())).resolves.toBeUndefined();
});

test('a cancel in the midst ends the waiting, after the grace that was asked for', async () => {
  const cancel = new AbortController();
  const clock = instant();
  const awaited = untilCancelled(never, cancel.signal, clock, 1_500);
  cancel.abort();

  await expect(awaited).resolves.toBeUndefined();
  expect(clock.slept).toEqual([1_500]);
});

test('a value that comes within the grace is taken', async () => {
  const cancel = new AbortController();
  const grace = Promise.withResolvers<undefined>();
  const answer = Promise.withResolvers<string>();
  const awaited = untilCancelled(answer.promise, cancel.signal, { ...instant(), sleep: () => grace.promise }, 1_500);
  cancel.abort();
  answer.resolve('in time');

  await expect(awaited).resolves.toBe('in time');
});

test('an error after the cancel is no failure of its own', async () => {
  const cancel = new AbortController();
  const answer = Promise.withResolvers<string>();
  const awaited = untilCancelled(answer.promise, cancel.signal, { ...instant(), sleep: () => never });
  cancel.abort();
  answer.reject(new Error('aborted'));

  await expect(awaited).resolves.toBeUndefined();
});

test('no grace unless asked for, and nothing is left waiting for a cancel', async () => {
  const cancel = new AbortController();
  const clock = instant();
  const awaited = untilCancelled(never, cancel.signal, clock);
  expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(1);
  cancel.abort();

  await expect(awaited).resolves.toBeUndefined();
  expect(clock.slept).toEqual([0]);
  expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(0);
});
