import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { clock } from '../../../src/edge/clock.ts';

test('a sleep ends when its signal aborts, and does not reject', async () => {
  const abort = new AbortController();
  const slept = clock.sleep(600_000, abort.signal);
  abort.abort();
  await expect(slept).resolves.toBeUndefined();
  await expect(clock.sleep(600_000, abort.signal)).resolves.toBeUndefined();
});

test('a sleep passes, with or without a signal, and leaves no listener behind', async () => {
  const { signal } = new AbortController();
  const begin = clock.monotonic();
  await clock.sleep(2);
  await clock.sleep(2, signal);
  expect(clock.monotonic()).toBeGreaterThan(begin);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
