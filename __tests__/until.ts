import { setTimeout } from 'node:timers/promises';

/** Resolves once something is so; a test that waits in vain runs into its own timeout. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(2);
}
