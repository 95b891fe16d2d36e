import type { ManagedCluster } from '../azure/managed-cluster.ts';
import type { Target } from '../azure/port.ts';
import type { StartFacts } from '../failure.ts';
import { base64Length, biggestOf } from '../files/pack.ts';
import type { Host } from '../hosts/port.ts';
import type { PackedTask } from '../pod/submission.ts';
import { clockTime, formatDuration } from '../text/duration.ts';
import { collectFailure, type State, type Verdict } from '../verdict.ts';
import type { Context } from './catalogue/known.ts';
import { explain } from './explain.ts';
import { titleOf, type Message, type Prose } from './message.ts';
import { readFindings } from './output-hints.ts';
import { plainText } from './plain-text.ts';

export type Report = {
  readonly verdict: Verdict;
  /** Why, and what to do: the cause first, then hints about the output. */
  readonly explanations: readonly Message[];
  /** The first line of the output that is known to be an error. Foreign text. */
  readonly firstError?: string | undefined;
  /** Absent if the inputs are invalid. */
  readonly cluster?: ManagedCluster | undefined;
  /** Also absent if the step waited for an earlier command. */
  readonly command?: string | undefined;
  /** The input `namespace`, if it is set. */
  readonly namespace?: string | undefined;
  readonly packed?: Pick<PackedTask, 'files' | 'zipBytes'> | undefined;
  /** The address of docs/TROUBLESHOOTING.md at the version that runs, if it is known. */
  readonly docs?: string | undefined;
};

/** What each state is called, in every message about it. */
export const STATES: Readonly<
  Record<State, Readonly<Record<'sign' | 'known' | 'headline', string>>>
> = {
  succeeded: { sign: '✅', known: 'The command ran and succeeded.', headline: 'succeeded' },
  failed: { sign: '❌', known: 'The command ran and failed.', headline: 'failed' },
  'not-started': { sign: '❌', known: 'The command did not run.', headline: 'did not run' },
  running: {
    sign: '⏳',
    known: 'The command is still running in the cluster.',
    headline: 'still running',
  },
  unknown: {
    sign: '❓',
    known: 'The command may or may not have run.',
    headline: 'may or may not have run',
  },
  'dry-run': {
    sign: '📦',
    known: 'The command did not run.',
    headline: 'dry run, the command did not run',
  },
};

/** Explains a verdict in the words of the host. */
export function reportOn(
  verdict: Verdict,
  step: Pick<Report, 'command' | 'namespace' | 'packed'> & {
    target: Target | undefined;
    host: Pick<Host, 'variable' | 'words' | 'isFromFork'>;
  },
): Report {
  const context = contextOf(verdict, step);
  const { failure, output, state, exitCode } = verdict;
  // The errors that a successful command printed are not why the step fails.
  const isTold = state === 'failed' && output && exitCode !== 0;
  const { hints = [], firstError } = isTold ? readFindings(output.text, exitCode, context) : {};
  // If a hint says why, the exit code is not a cause, but only a fact about the command.
  const own =
    failure && (failure.code !== 'exit-code' || hints.length === 0)
      ? [explain(failure, context)]
      : [];
  const unusable = failure?.code === 'collect' ? undefined : collectFailure(verdict.collected);
  return {
    verdict,
    explanations: [...own, ...hints, ...(unusable ? [explain(unusable, context)] : [])],
    firstError,
    cluster: step.target?.cluster,
    command: step.command,
    namespace: step.namespace,
    packed: step.packed,
    docs: troubleshooting(step.host),
  };
}

function contextOf(
  { state, commandId }: Verdict,
  { target, command, namespace, packed, host }: Parameters<typeof reportOn>[1],
): Context {
  const { variable } = host;
  // Expressions in the workflow use these names of the job and the step. The runner makes up a name
  // if there is no id.
  const named = (name: string) => /^(?!__)[A-Za-z_][\w-]*$/.exec(variable(name) ?? '')?.[0];
  const isDependabot = variable('GITHUB_ACTOR') === 'dependabot[bot]';
  return {
    words: host.words,
    state,
    commandId,
    command,
    namespace,
    cluster: target?.cluster,
    signIn: target?.signIn,
    cloud: target?.cloud,
    repository: variable('GITHUB_REPOSITORY'),
    ci: variable('GITHUB_ACTIONS') === 'true' ? 'GitHub Actions' : undefined,
    job: named('GITHUB_JOB'),
    step: named('GITHUB_ACTION'),
    startedBy: isDependabot ? 'dependabot' : host.isFromFork() ? 'fork' : undefined,
    files: packed?.files.map(({ path }) => path),
    upload: packed && {
      bytes: base64Length(packed.zipBytes),
      biggest: biggestOf(packed.files),
    },
  };
}

/**
 * The document of the version that runs. The runner says which repository and which ref the action
 * came from.
 */
function troubleshooting({ variable }: Pick<Host, 'variable'>): string | undefined {
  const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
  const ref = variable('GITHUB_ACTION_REF') ?? '';
  const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
  const isKnown =
    /^[\w.-]+\/[\w.-]+$/.test(repository) &&
    /^[\w./-]+$/.test(ref) &&
    /^https:\/\/[\w.:-]+$/.test(server);
  return isKnown ? `${server}/${repository}/blob/${ref}/docs/TROUBLESHOOTING.md` : undefined;
}

/**
 * What is known about the command, in one sentence. Empty if the first explanation already says it.
 */
export function commandOutcome({
  verdict,
  explanations,
}: Pick<Report, 'verdict' | 'explanations'>): string {
  const { state, exitCode, failure } = verdict;
  const exited = `The command exited with code ${exitCode}.`;
  const [first] = explanations;
  const isSaid =
    first?.section === 'exit-code' ||
    (first !== undefined && plainText(first.sentence).includes(`code ${exitCode}`));
  switch (failure?.code) {
    case 'exit-code':
      return isSaid ? '' : exited;
    case 'timed-out':
    case 'not-waited':
      return '';
    case 'outputs-malformed':
    case 'outputs-too-large':
    case 'outputs-lost':
    case 'output-lost':
    case 'collect':
      return exitCode === 0 ? 'The command itself succeeded.' : exited;
    case 'cancelled':
    case 'start-unclear':
    case 'no-answer-in-time': {
      const { startUnseen, mayStartUntil }: StartFacts = failure;
      if (mayStartUntil === undefined)
        return startUnseen ? 'Azure has not shown that the command started.' : STATES[state].known;
      const so = state === 'running' ? 'has not started yet' : 'may or may not have run';
      return `The command ${so}, and may still start until ${clockTime(mayStartUntil)}.`;
    }
    default:
      return STATES[state].known;
  }
}

/** The cluster and the cause: `prod-weu: exit code 1`. */
export function headline(
  { cluster, verdict, explanations }: Report,
  causeOf: (message: Message) => Prose = titleOf,
): Prose {
  const { state, failure, exitCode = 0 } = verdict;
  const name = `${nameOf(cluster)}: `;
  const [first] = explanations;
  if (failure && first) return { kind: 'prose', parts: [name, ...causeOf(first).parts] };

  const isAllowed = state === 'succeeded' && exitCode !== 0;
  const allowed = isAllowed ? `, exit code ${exitCode} (allowed)` : '';
  return { kind: 'prose', parts: [name + STATES[state].headline + allowed] };
}

export function nameOf(cluster: ManagedCluster | undefined): string {
  return cluster === undefined || cluster.name === '' ? 'AKS Run Command' : cluster.name;
}

export function lastLine(report: Report): string {
  return (
    plainText(headline(report)) +
    (report.verdict.failure?.code === 'timed-out' ? '' : took(report.verdict))
  );
}

/**
 * The last line below a cause in the log: the verdict, and how long it took. Empty if AKS gave no
 * times.
 */
export function verdictLine({ cluster, verdict }: Report): string {
  return took(verdict) && `${nameOf(cluster)}: ${STATES[verdict.state].headline}${took(verdict)}`;
}

function took(verdict: Verdict): string {
  const seconds = durationSeconds(verdict);
  return seconds === undefined
    ? ''
    : `${verdict.failure ? ', after' : ' in'} ${spokenDuration(seconds)}`;
}

/** `2m 03s`. AKS counts whole seconds, so 0 means less than one. */
export function spokenDuration(seconds: number): string {
  return seconds === 0 ? 'less than 1s' : formatDuration(seconds);
}

/** Whole seconds between AKS's two times. Undefined if one is missing. */
export function durationSeconds({ startedAt, finishedAt }: Verdict): number | undefined {
  const seconds = Math.round((Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
