import { expect, test } from '@jest/globals';
import { untilCancelled } from '../../../src/lifecycle/cancel.ts';
import { ports } from '../ports.ts';

/** What no cancel of a whole step shows: `__tests__/lifecycle/cancel.test.ts` has the rest. */

const never = new Promise<never>(() => undefined);

test('after a cancel nothing is awaited', async () => {
  const { clock } = ports();
  await expect(untilCancelled(never, AbortSignal.abort(), clock)).resolves.toBeUndefined();
});
