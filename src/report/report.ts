import { clusterName } from '../azure/managed-cluster.ts';
import { collectFailure } from '../collect/save.ts';
import type { Host } from '../hosts/port.ts';
import { say, type Text } from '../text/say.ts';
import type { State, Verdict } from '../verdict.ts';
import { shownOutput, type ShownOutput } from './excerpt.ts';
import { explain } from '../messages/explain.ts';
import type { Message } from '../messages/message.ts';
import { readFindings, showsNoError } from '../messages/output-hints.ts';
import { NOTHING_KNOWN, type Invocation, type Situation } from '../messages/values.ts';
import type { Messages } from '../messages/writer.ts';

/** What a step says about its end. The log, the annotation, and the job summary lay it out. */
export type Report = Invocation & {
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
  /** What of that the headline does not say. */
  readonly outcomeBelow: Text;
  /** What else there is to say: hints about the output, and what did not come back. */
  readonly others: readonly Message[];
  /** What the command wrote; absent if nothing came back. Untrusted text. */
  readonly output: ShownOutput | undefined;
  /** The address of what docs/TROUBLESHOOTING.md says about the cause. */
  readonly link: string | undefined;
};

type Description = { readonly sentence: Text; readonly status: Text };

/** How reports describe each state. */
const DESCRIPTIONS: Readonly<Record<State, Description>> = {
  succeeded: { sentence: say`The command ran and succeeded.`, status: say`succeeded` },
  failed: { sentence: say`The command ran and failed.`, status: say`failed` },
  'not-started': {
    sentence: say`The command did not run.`,
    status: say`did not run`,
  },
  running: {
    sentence: say`The command may still be running in the cluster.`,
    status: say`may still be running`,
  },
  unknown: {
    sentence: say`The command may or may not have run.`,
    status: say`may or may not have run`,
  },
  'dry-run': {
    sentence: say`The command did not run.`,
    status: say`dry run, the command did not run`,
  },
};

/** The same if the log shows that a command started, but not how it ended. */
const STARTED: Description = {
  sentence: say`The command started. How far it got is unknown: check what it changes.`,
  status: say`started, end unknown`,
};

type Outcome = Pick<Verdict, 'state' | 'failure'>;

function describe({ state, failure }: Outcome): Description {
  const hasStarted = failure !== undefined && 'started' in failure && failure.started;
  return hasStarted ? STARTED : DESCRIPTIONS[state];
}

/** What is known about a command, in one sentence. */
export function whatIsKnown(verdict: Outcome): Text {
  return describe(verdict).sentence;
}

/** Decides what there is to say about a verdict, in the words of the host. */
export function reportOn(
  verdict: Verdict,
  known: Invocation,
  host: Host,
  messages: Messages,
): Report {
  // If an input is invalid, neither the cluster nor the command is certain.
  const invocation = verdict.failure?.code === 'invalid-inputs' ? {} : known;
  const situation = situationOf(verdict, invocation, host);
  const { output, ...outcome } = verdict;
  const { failure, state, exitCode } = outcome;
  // The errors that a successful command printed are not why the step fails, and those of one that
  // was stopped may come from that.
  const isJudged = state === 'failed' && failure?.code !== 'stopped';
  const hasErrors = isJudged && output !== undefined && exitCode !== 0;
  const findings = hasErrors ? readFindings(output.text, situation, messages) : undefined;
  const hints = findings?.hints ?? [];

  // If a hint says why, the exit code is not a cause, but only a fact about the command.
  const isHinted = failure?.code === 'exit-code' && hints.length > 0;
  const causes = failure && !isHinted ? [explain(failure, situation, messages)] : [];
  const said = [...causes, ...hints];
  for (const other of [verdict.outputsProblem, collectFailure(verdict.collected)]) {
    // If no step outputs came back, perhaps there were none.
    if (other === undefined || other.code === 'outputs-lost') continue;
    if (other.code !== failure?.code) said.push(explain(other, situation, messages));
  }

  const [cause, ...others] = said;
  const fact = isHinted ? say`The command exited with code ${exitCode}.` : whatIsKnown(outcome);
  const sentence = cause?.outcome ?? fact;
  // The headline has the state, but not what to do about it.
  const isSaid = isStateNews(outcome) && fact !== STARTED.sentence;
  return {
    ...invocation,
    verdict: outcome,
    headline: headlineOf(outcome, cause, invocation),
    status: statusOf(outcome, invocation),
    cause,
    outcome: sentence,
    outcomeBelow: isSaid ? (cause?.outcome ?? say``) : sentence,
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
    headline: say`${nameOf(report)}: ${cause.line}`,
    status: statusOf({ state: 'failed', failure }, report),
    cause,
    others: [],
    output: undefined,
    link: undefined,
  };
}

function headlineOf(
  verdict: Report['verdict'],
  cause: Message | undefined,
  invocation: Invocation,
): Text {
  const { state, exitCode } = verdict;
  const status = statusOf(verdict, invocation);
  if (cause === undefined) {
    const isAllowed = state === 'succeeded' && exitCode !== 0;
    return isAllowed ? say`${status}, exit code ${exitCode} (allowed)` : status;
  }
  return isStateNews(verdict)
    ? say`${status} · ${cause.line}`
    : say`${nameOf(invocation)}: ${cause.line}`;
}

function statusOf(verdict: Outcome, invocation: Invocation): Text {
  return say`${nameOf(invocation)}: ${describe(verdict).status}`;
}

/**
 * Whether what is known about the command matters more than the cause. Nobody is surprised that the
 * command of a step that does not wait is still running, or that a mistake in the inputs says
 * nothing about an earlier command.
 */
function isStateNews({ state, failure }: Outcome): boolean {
  if (failure?.code === 'not-waited' || failure?.code === 'invalid-inputs') return false;
  return state === 'unknown' || state === 'running';
}

/** The name of the cluster, or of this action if there is none. */
function nameOf({ target }: Invocation): Text {
  return target ? clusterName(target.cluster) : say`AKS Run Command`;
}

function situationOf(verdict: Verdict, invocation: Invocation, host: Host): Situation {
  const { state, commandId, exitCode, output } = verdict;
  const { target = NOTHING_KNOWN, ...known } = invocation;
  const { variable } = host;
  return {
    ...known,
    words: host.words,
    cluster: target.cluster,
    cloud: target.cloud,
    application: target.application,
    commandId,
    state,
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
