import type { ManagedCluster } from '../azure/managed-cluster.ts';
import type { Contents } from '../files/shipment.ts';
import type { Verdict } from '../verdict.ts';
import type { Explanation } from './explanation.ts';
import { STATES } from './states.ts';

/** All that a report tells. */
export type Report = {
  readonly verdict: Verdict;
  /** Why, and what to do: the verdict's explanation first, then hints on the output. */
  readonly explanations: readonly Explanation[];
  readonly cluster?: ManagedCluster;
  readonly command?: string;
  readonly shipment?: Contents;
};

/** What is known of the command, in one sentence; empty where the failure's own sentence says it. */
export function known({ state, exitCode, failure }: Verdict): string {
  switch (failure?.code) {
    case 'exit-code':
    case 'timed-out':
      return '';
    case 'no-bash':
    case 'no-variables':
      return STATES['not-started'].known;
    case 'aks-failed':
      return 'AKS does not say whether the command ran.';
    case 'outputs-malformed':
    case 'outputs-too-large':
    case 'outputs-lost':
    case 'output-lost':
      return `The command ran and ended with exit code ${exitCode}.`;
    default:
      return STATES[state].known;
  }
}

/** Whole seconds between AKS's two times; undefined where one is missing. */
export function durationSeconds({ startedAt, finishedAt }: Verdict): number | undefined {
  if (startedAt === undefined || finishedAt === undefined) return undefined;
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
