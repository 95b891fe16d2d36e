import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { untilCancelled } from '../../../src/lifecycle/cancel.ts';

const never = new Promise<never>(() => undefined);

/** Awaits a promise with a grace of 1.5 s, which passes at once by default. */
function awaiting<T>(
  promise: Promise<T>,
  graceMs?: number,
  grace: Promise<void> = Promise.resolve(),
) {
  const cancel = new AbortController();
  const slept: number[] = [];
  const sleep = (milliseconds: number) => {
    slept.push(milliseconds);
    return grace;
  };
  const awaited = untilCancelled(
    promise,
    cancel.signal,
    { now: () => 0, monotonic: () => 0, sleep },
    graceMs,
  );
  return {
    awaited,
    cancel,
    slept,
    listeners: () => getEventListeners(cancel.signal, 'abort').length,
  };
}

test('without a cancel, the value, or the error', async () => {
  expect(await awaiting(Promise.resolve(7)).awaited).toBe(7);
  await expect(awaiting(Promise.reject(new Error('no'))).awaited).rejects.toThrow('no');
});

test('after a cancel nothing is awaited', async () => {
  const clock = { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() };
  await expect(untilCancelled(never, AbortSignal.abort(), clock)).resolves.toBeUndefined();
});

test.each([
  ['without a grace unless asked for', undefined, [0]],
  ['after the grace that was asked for', 1_500, [1_500]],
])(
  'a cancel in the midst ends the waiting, %s, and nothing is left waiting for one',
  async (_name, grace, expected) => {
    const { awaited, cancel, slept, listeners } = awaiting(never, grace);
    expect(listeners()).toBe(1);
    cancel.abort();
    await expect(awaited).resolves.toBeUndefined();
    expect({ slept, listeners: listeners() }).toEqual({ slept: expected, listeners: 0 });
  },
);

test('a value within the grace time is taken, and an error is no failure of its own', async () => {
  const answer = Promise.withResolvers<string>();
  const taken = awaiting(answer.promise, 1_500, never);
  taken.cancel.abort();
  answer.resolve('in time');
  expect(await taken.awaited).toBe('in time');

  const failing = Promise.withResolvers<string>();
  const ignored = awaiting(failing.promise, 1_500, never);
  ignored.cancel.abort();
  failing.reject(new Error('aborted'));
  expect(await ignored.awaited).toBeUndefined();
});
