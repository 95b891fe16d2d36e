import type { ManagedCluster } from '../azure/managed-cluster.ts';
import type { Contents } from '../files/contents.ts';
import { formatDuration } from '../text/duration.ts';
import { clockTime } from '../lifecycle/start-by.ts';
import type { State, Verdict } from '../verdict.ts';
import type { Explanation } from './explanation.ts';
import { STATES } from './states.ts';

/** All that a report tells. */
export type Report = {
  readonly verdict: Verdict;
  /** Why, and what to do: the cause first, then hints on the output. */
  readonly explanations: readonly Explanation[];
  /** The first line of the output that is an error, where one is known to be. Foreign text. */
  readonly firstError?: string;
  readonly cluster?: ManagedCluster;
  readonly command?: string;
  readonly shipment?: Contents;
  /** The address of docs/TROUBLESHOOTING.md at the version that runs, where it is known. */
  readonly docs?: string;
};

/** What is known of the command, in one sentence; empty where the first explanation says it. */
export function known({ verdict, explanations }: Pick<Report, 'verdict' | 'explanations'>): string {
  const { state, exitCode, failure } = verdict;
  switch (failure?.code) {
    case 'exit-code':
      return saysExitCode(explanations[0], exitCode) ? '' : `The command exited with code ${exitCode}.`;
    case 'timed-out':
    case 'not-waited':
      return '';
    case 'outputs-malformed':
    case 'outputs-too-large':
    case 'outputs-lost':
    case 'output-lost':
    case 'collect':
      return exitCode === 0 ? 'The command itself succeeded.' : `The command exited with code ${exitCode}.`;
    case 'cancelled':
    case 'start-unclear':
      if (failure.mayStartUntil !== undefined) return notStarted(state, failure.mayStartUntil);
      return failure.unstarted ? UNSTARTED : STATES[state].known;
    case 'no-answer-in-time':
      return failure.unstarted ? UNSTARTED : STATES[state].known;
    default:
      return STATES[state].known;
  }
}

const UNSTARTED = 'Azure has not shown that the command started.';

function saysExitCode(explanation: Explanation | undefined, exitCode: number | undefined): boolean {
  const [, said] = /\bexit(?:ed with)? code (\d+)\b/.exec(explanation?.sentence ?? '') ?? [];
  return explanation?.section === 'exit-code' || said === String(exitCode);
}

function notStarted(state: State, until: number): string {
  const mayStart = `may still start until ${clockTime(until)}.`;
  return state === 'running'
    ? `The command has not started yet, and ${mayStart}`
    : `The command may or may not have run, and ${mayStart}`;
}

/**
 * The cluster and the cause, the same wherever a verdict is told: `prod-weu: exit code 1`. Foreign text on one line.
 *
 * @param titleOf which title of the cause: for Markdown, the marked one.
 */
export function headline(
  { cluster, verdict, explanations }: Report,
  titleOf = ({ title }: Explanation): string => title,
): string {
  const { state, failure, exitCode = 0 } = verdict;
  const allowed = state === 'succeeded' && exitCode !== 0 ? `, exit code ${exitCode} (allowed)` : '';
  const cause = failure && explanations[0] ? titleOf(explanations[0]) : STATES[state].headline + allowed;
  return `${nameOf(cluster)}: ${cause}`;
}

/** What a headline begins with. */
export function nameOf(cluster: ManagedCluster | undefined): string {
  return cluster === undefined || cluster.name === '' ? 'AKS Run Command' : cluster.name;
}

/** The last line of the log: the headline, and how long the command took. */
export function lastLine(report: Report): string {
  const { verdict } = report;
  const seconds = verdict.failure?.code === 'timed-out' ? undefined : durationSeconds(verdict);
  if (seconds === undefined) return headline(report);
  return `${headline(report)}${verdict.failure ? ', after' : ' in'} ${spokenDuration(seconds)}`;
}

/** The last line where the log has said the cause: the verdict, and how long it took; empty where AKS gave no times. */
export function verdictLine({ cluster, verdict }: Report): string {
  const seconds = durationSeconds(verdict);
  return seconds === undefined
    ? ''
    : `${nameOf(cluster)}: ${STATES[verdict.state].headline}, after ${spokenDuration(seconds)}`;
}

/** `2m 03s`; AKS counts whole seconds, so that none of them is less than one. */
export function spokenDuration(seconds: number): string {
  return seconds === 0 ? 'less than 1s' : formatDuration(seconds);
}

/** Whole seconds between AKS's two times; undefined where one is missing. */
export function durationSeconds({ startedAt, finishedAt }: Verdict): number | undefined {
  const seconds = Math.round((Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
