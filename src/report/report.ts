import { clusterName } from '../azure/managed-cluster.ts';
import type { Target } from '../azure/port.ts';
import type { Host } from '../hosts/port.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { say, type Text } from '../text/say.ts';
import type { Verdict } from '../verdict.ts';
import { shownOutput, type ShownOutput } from './excerpt.ts';
import { explain } from '../messages/explain.ts';
import type { Message } from '../messages/message.ts';
import { readFindings, showsNoError } from '../messages/output-hints.ts';
import { rowOf } from '../messages/failures.ts';
import { NOTHING_KNOWN, type Situation } from '../messages/values.ts';
import type { PackedTask } from '../pod/submission.ts';
import type { Messages } from '../messages/writer.ts';
import { describe } from './states.ts';

/** The inputs of a step, or those that the post step reads, which has no command of its own. */
type StepInputs = Target & Pick<Inputs, 'summary'> & Partial<Inputs>;

/** How a step turned out. */
export type Step = {
  /** Absent if they could not be read. */
  readonly inputs?: StepInputs | undefined;
  /** Absent if nothing was packed. */
  readonly packed?: Pick<PackedTask, 'files' | 'zipBytes'> | undefined;
  readonly verdict: Verdict;
};

/** What a step says about its end. The log, the annotation, and the job summary lay it out. */
export type Report = Omit<Step, 'verdict'> & {
  readonly verdict: Omit<Verdict, 'output'>;
  /**
   * The cluster and the cause: `prod-weu: The command exited with code 1`. If the command may still
   * be running, or may have run, that stands before the cause, because it decides what to do next.
   */
  readonly headline: Text;
  /** The same with the state instead of the cause: `prod-weu: failed`. */
  readonly status: Text;
  /** Why the command is not known to have succeeded, and what to do. */
  readonly cause: Message | undefined;
  /** What is known about the command, in one sentence; empty if the cause has said it. */
  readonly outcome: Text;
  /** What else there is to say: hints about the output, and what did not come back. */
  readonly others: readonly Message[];
  /** What the command wrote; absent if nothing came back. Untrusted text. */
  readonly output: ShownOutput | undefined;
  /** The address of what docs/TROUBLESHOOTING.md says about the cause. */
  readonly link: string | undefined;
};

/** Decides what there is to say about how a step turned out, in the words of the host. */
export function reportOn(step: Step, host: Host, messages: Messages): Report {
  const { output, ...outcome } = step.verdict;
  const [failure, ...beside] = outcome.problems;
  const row = failure && rowOf(failure);
  // If an input is invalid, neither the cluster nor the command is certain.
  const { inputs, packed }: Omit<Step, 'verdict'> = row?.isAboutInputs ? {} : step;
  const situation = situationOf({ inputs, packed, verdict: step.verdict }, host);
  const { state, exitCode } = outcome;
  // The errors that a successful command printed are not why the step fails, and those of one that
  // was stopped may come from that.
  const isJudged = state === 'failed' && !row?.isOutputNoCause;
  const hasErrors = isJudged && output !== undefined && exitCode !== 0;
  const findings = hasErrors ? readFindings(output.text, situation, messages) : undefined;
  const hints = findings?.hints ?? [];

  const explained = failure && explain(failure, situation, messages);
  // If a hint says why, the exit code is not a cause, but only a fact about the command.
  const fact = row?.isExitCode && hints.length > 0 ? explained : undefined;
  const causes = explained && !fact ? [explained] : [];
  const told = beside.filter((other) => !rowOf(other).isOnlyAlone);
  const said = [...causes, ...hints, ...told.map((one) => explain(one, situation, messages))];

  const [cause, ...others] = said;
  const known = fact ? say`${fact.line}.` : describe(outcome).sentence;
  return {
    inputs,
    packed,
    verdict: outcome,
    headline: headlineOf(outcome, cause, inputs),
    status: statusOf(outcome, inputs),
    cause,
    outcome: cause?.outcome ?? known,
    others,
    output: output && shownOutput(output, findings?.firstError),
    link: linkTo(cause, host),
  };
}

/**
 * The report if an output of the step could not be written, which the command has nothing to do
 * with.
 *
 * @param problem untrusted text
 */
export function reportOnUnwritten(
  report: Report,
  problem: string,
  host: Host,
  messages: Messages,
): Report {
  const failure = { code: 'outputs-unwritable', detail: problem } as const;
  const cause = explain(failure, { ...NOTHING_KNOWN, words: host.words }, messages);
  return {
    ...report,
    headline: say`${nameOf(report.inputs)}: ${cause.line}`,
    status: statusOf({ state: 'failed', started: undefined }, report.inputs),
    cause,
    others: [],
    output: undefined,
    link: undefined,
  };
}

function headlineOf(
  verdict: Report['verdict'],
  cause: Message | undefined,
  inputs: StepInputs | undefined,
): Text {
  const { state, exitCode } = verdict;
  const status = statusOf(verdict, inputs);
  if (cause === undefined) {
    const isAllowed = state === 'succeeded' && exitCode !== 0;
    return isAllowed ? say`${status}, exit code ${exitCode} (allowed)` : status;
  }
  return isStateNews(verdict)
    ? say`${status} · ${cause.line}`
    : say`${nameOf(inputs)}: ${cause.line}`;
}

function statusOf(
  verdict: Pick<Verdict, 'state' | 'started'>,
  inputs: StepInputs | undefined,
): Text {
  return say`${nameOf(inputs)}: ${describe(verdict).status}`;
}

/**
 * What of the outcome the headline does not say. It has the state, but not what to do about a
 * command that started.
 */
export function outcomeBelow({ verdict, cause, outcome }: Report): Text {
  const isSaid =
    isStateNews(verdict) && verdict.started === undefined && cause?.outcome === undefined;
  return isSaid ? say`` : outcome;
}

/**
 * Whether what is known about the command matters more than the cause. Nobody is surprised that the
 * command of a step that does not wait is still running, or that a mistake in the inputs says
 * nothing about an earlier command.
 */
function isStateNews({ state, problems: [failure] }: Pick<Verdict, 'state' | 'problems'>): boolean {
  if (failure && rowOf(failure).isStateExpected) return false;
  return state === 'unknown' || state === 'running';
}

/** The name of the cluster, or of this action if there is none. */
function nameOf(inputs: StepInputs | undefined): Text {
  return inputs ? clusterName(inputs.cluster) : say`AKS Run Command`;
}

function situationOf({ inputs, packed, verdict }: Step, host: Host): Situation {
  const { state, started, commandId, exitCode, output } = verdict;
  const { command, namespace, env, timeout } = inputs ?? {};
  const target = inputs ?? NOTHING_KNOWN;
  const { variable } = host;
  return {
    command: command === '' ? undefined : command,
    namespace: namespace === '' ? undefined : namespace,
    variables: env?.map(({ name }) => name),
    timeout,
    packed,
    words: host.words,
    cluster: target.cluster,
    cloud: target.cloud,
    application: target.application,
    commandId,
    state,
    started,
    exitCode,
    issues: issuesOf(host),
    startedBy: startedBy(host),
    isStateSaved: host.savedState() !== '',
    jobId: nameInExpression(variable('GITHUB_JOB')),
    showsNoError: output && showsNoError(output.text),
  };
}

/** The ID of a job, if expressions in the workflow can use it. */
function nameInExpression(name: string | undefined): string | undefined {
  return name !== undefined && /^[A-Za-z_][\w-]*$/.test(name) ? name : undefined;
}

function startedBy(host: Host): Situation['startedBy'] {
  if (host.variable('GITHUB_ACTOR') === 'dependabot[bot]') return 'dependabot';
  return host.isFromFork() ? 'fork' : undefined;
}

/**
 * What the document of the version that runs says about a message. The runner says which repository
 * and which ref the action came from.
 */
function linkTo(message: Message | undefined, host: Host): string | undefined {
  const anchor = message?.anchor;
  const repository = repositoryOf(host);
  const ref = host.variable('GITHUB_ACTION_REF') ?? '';
  if (anchor === undefined || repository === undefined || !/^[\w./-]+$/.test(ref)) return undefined;
  return `${repository}/blob/${ref}/docs/TROUBLESHOOTING.md#${anchor}`;
}

/** Where to report a bug. */
function issuesOf(host: Host): string | undefined {
  const repository = repositoryOf(host);
  return repository && `${repository}/issues`;
}

/** The address of the repository that the action came from. */
function repositoryOf({ variable }: Host): string | undefined {
  const repository = variable('GITHUB_ACTION_REPOSITORY') ?? '';
  const server = variable('GITHUB_SERVER_URL') ?? 'https://github.com';
  const isKnown = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^https:\/\/[\w.:-]+$/.test(server);
  return isKnown ? `${server}/${repository}` : undefined;
}
