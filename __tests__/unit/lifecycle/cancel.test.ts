import { expect, test } from '@jest/globals';
import { untilCancelled } from '../../../src/lifecycle/cancel.ts';
import { ports } from '../ports.ts';

/** What no cancel of a whole step shows: `__tests__/lifecycle/cancel.test.ts` has the rest. */

const never = new Promise<never>(() => undefined);

test('after a cancel nothing is awaited', async () => {
  const { clock } = ports();
  await expect(untilCancelled(never, AbortSignal.abort(), clock)).resolves.toBeUndefined();
});

test('an error counts before a cancel, and not within the grace after it', async () => {
  const { clock, cancelled, cancel } = ports();
  const failing = () => Promise.reject(new Error('no'));
  await expect(untilCancelled(failing(), cancelled, clock)).rejects.toThrow('no');

  const failsLater = Promise.withResolvers<string>();
  const grace = { ...clock, sleep: () => never };
  const awaited = untilCancelled(failsLater.promise, cancelled, grace, 1_500);
  cancel();
  failsLater.reject(new Error('aborted'));
  expect(await awaited).toBeUndefined();
});
