import { setTimeout } from 'node:timers/promises';

/** Resolves once a condition holds. A test that waits for too long runs into its own timeout. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(2);
}
