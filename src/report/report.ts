import type { ManagedCluster } from '../azure/managed-cluster.ts';
import type { Target } from '../azure/port.ts';
import { base64Length, biggestOf, type Contents } from '../files/pack.ts';
import type { Host } from '../hosts/port.ts';
import { clockTime } from '../lifecycle/start-by.ts';
import { formatDuration } from '../text/duration.ts';
import { collectFailure, type State, type Verdict } from '../verdict.ts';
import type { Context } from './catalogue/context.ts';
import { explain, type Explanation } from './explanation.ts';
import { readFindings, type OutputFindings } from './output-hints.ts';

/** Everything that the annotation, the log, and the summary say, as data. */
export type Report = {
  readonly verdict: Verdict;
  /** Why, and what to do: the cause first, then hints about the output. */
  readonly explanations: readonly Explanation[];
  /** The first line of the output that is an error, if one is known to be. Foreign text. */
  readonly firstError?: string;
  readonly cluster?: ManagedCluster;
  readonly command?: string;
  readonly shipment?: Contents;
  /** The address of docs/TROUBLESHOOTING.md at the version that runs, if it is known. */
  readonly docs?: string;
};

/** What each state is called, in every message about it. */
export const STATES: Readonly<
  Record<State, { readonly sign: string; readonly known: string; readonly headline: string }>
> = {
  succeeded: { sign: '✅', known: 'The command ran and succeeded.', headline: 'succeeded' },
  failed: { sign: '❌', known: 'The command ran and failed.', headline: 'failed' },
  'not-started': { sign: '❌', known: 'The command did not run.', headline: 'did not run' },
  running: { sign: '⏳', known: 'The command is still running in the cluster.', headline: 'still running' },
  unknown: { sign: '❓', known: 'The command may or may not have run.', headline: 'may or may not have run' },
  'dry-run': { sign: '📦', known: 'The command did not run.', headline: 'dry run, the command did not run' },
};

/** What a report needs beside the verdict. */
export type Known = {
  /** Absent if the inputs are invalid. The command is absent then, too, and if an earlier command was waited for. */
  readonly target: Target | undefined;
  readonly command: string | undefined;
  readonly shipment: Contents | undefined;
  readonly host: Pick<Host, 'variable' | 'words' | 'isFromFork'>;
};

/** Explains a verdict in the words of the host. */
export function reportOn(verdict: Verdict, known: Known): Report {
  const { target, command, shipment, host } = known;
  const context = contextOf(verdict, known);
  const { failure, output, state, exitCode } = verdict;
  const refused = failure?.code === 'exit-code' ? failure.exitCode : exitCode;
  // The errors that a successful command printed are not why the step fails.
  const { hints, firstError }: OutputFindings =
    state === 'failed' && output && refused !== 0 ? readFindings(output.text, exitCode, context) : { hints: [] };
  // If a hint says why, the exit code is only what is known about the command.
  const own = failure && (failure.code !== 'exit-code' || hints.length === 0) ? [explain(failure, context)] : [];
  const unusable = failure?.code === 'collect' ? undefined : collectFailure(verdict.collected);
  const uncollected = unusable ? [explain(unusable, context)] : [];
  const docs = troubleshooting(host);
  return {
    verdict,
    explanations: [...own, ...hints, ...uncollected],
    ...(firstError !== undefined && { firstError }),
    ...(target && { cluster: target.cluster }),
    ...(command !== undefined && { command }),
    ...(shipment && { shipment }),
    ...(docs !== undefined && { docs }),
  };
}

function contextOf(verdict: Verdict, { target, command, shipment, host }: Known): Context {
  const { variable } = host;
  const repository = variable('GITHUB_REPOSITORY');
  // Expressions in the workflow call the job and the step by these. The runner makes up names for steps without an id.
  const [job = '', step = ''] = [variable('GITHUB_JOB'), variable('GITHUB_ACTION')];
  const isName = (text: string) => /^[A-Za-z_][\w-]*$/.test(text);
  const startedBy =
    variable('GITHUB_ACTOR') === 'dependabot[bot]' ? 'dependabot' : host.isFromFork?.() === true ? 'fork' : undefined;
  return {
    words: host.words,
    state: verdict.state,
    ...(target && { cluster: target.cluster, signIn: target.signIn, environment: target.environment }),
    ...(repository !== undefined && { repository }),
    ...(variable('GITHUB_ACTIONS') === 'true' && { ci: 'GitHub Actions' as const }),
    ...(verdict.commandId && { commandId: verdict.commandId }),
    ...(isName(job) && { job }),
    ...(isName(step) && !step.startsWith('__') && { step }),
    ...(startedBy && { startedBy }),
    ...(command !== undefined && { command }),
    ...(shipment && {
      files: shipment.files.map(({ path }) => path),
      sent: { bytes: base64Length(shipment.zipBytes), biggest: biggestOf(shipment.files) },
    }),
  };
}

/** The document of the version that runs. The runner says which repository and which ref the action came from. */
function troubleshooting({ variable }: Known['host']): string | undefined {
  const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
  const ref = variable('GITHUB_ACTION_REF') ?? '';
  const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
  const isKnown =
    /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref) && /^https:\/\/[\w.:-]+$/.test(server);
  return isKnown ? `${server}/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md` : undefined;
}

/** What is known about the command, in one sentence. Empty if the first explanation says it. */
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
      if (failure.mayStartUntil !== undefined) {
        const so = state === 'running' ? 'has not started yet' : 'may or may not have run';
        return `The command ${so}, and may still start until ${clockTime(failure.mayStartUntil)}.`;
      }
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

/**
 * The cluster and the cause, the same in every place: `prod-weu: exit code 1`. Foreign text on one line.
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
  const took = verdict.failure?.code === 'timed-out' ? '' : duration(verdict);
  return headline(report) + took;
}

/** The last line below a cause in the log: the verdict, and how long it took. Empty if AKS gave no times. */
export function verdictLine({ cluster, verdict }: Report): string {
  const took = duration(verdict);
  return took && `${nameOf(cluster)}: ${STATES[verdict.state].headline}${took}`;
}

function duration(verdict: Verdict): string {
  const seconds = durationSeconds(verdict);
  return seconds === undefined ? '' : `${verdict.failure ? ', after' : ' in'} ${spokenDuration(seconds)}`;
}

/** `2m 03s`. AKS counts whole seconds, so 0 is less than one. */
export function spokenDuration(seconds: number): string {
  return seconds === 0 ? 'less than 1s' : formatDuration(seconds);
}

/** Whole seconds between AKS's two times. Undefined if one is missing. */
export function durationSeconds({ startedAt, finishedAt }: Verdict): number | undefined {
  const seconds = Math.round((Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
