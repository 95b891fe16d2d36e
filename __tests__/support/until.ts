import type { ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** Resolves once a condition holds. A test that waits for too long runs into its own timeout. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(2);
}

/** Sends signals to a process once a condition holds, unless the process ends before that. */
export async function killOnce(
  isSo: () => boolean,
  child: ChildProcess,
  ...signals: readonly NodeJS.Signals[]
): Promise<void> {
  await until(() => isSo() || child.exitCode !== null || child.signalCode !== null);
  for (const signal of signals) child.kill(signal);
}
