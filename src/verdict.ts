import type { CommandId } from './azure/command-result.ts';
import { collectFailure, type Collected } from './collect/save.ts';
import { STATES_WITHOUT_RESULT, type EndedCommand, type Ending } from './ending.ts';
import type { Code, Failure } from './failure.ts';
import { BOUNDARY_PREFIX } from './pod/boundary.ts';
import type { CommandOutput } from './pod/output.ts';
import { arrivedAssignments, parseStepOutputs } from './pod/step-outputs.ts';
import { isFramed, NO_BOUNDARY_EXIT_CODE, outputOfOther, REFUSED_EXIT_CODE } from './pod/stream.ts';
import { withoutCutEnd } from './text/cut.ts';
import type { Assignment } from './text/file-command.ts';

export const STATES = ['succeeded', 'failed', ...STATES_WITHOUT_RESULT, 'dry-run'] as const;
export type State = (typeof STATES)[number];

/**
 * What the step reports: the verdict and everything that came back. Times are ISO 8601, as AKS
 * reports them. No field is optional, so that none is forgotten where a verdict is made.
 */
export type Verdict = {
  readonly state: State;
  /**
   * Why the state is not `succeeded`: first what decides, then what else went wrong. `dry-run` and
   * `succeeded` need no explanation.
   */
  readonly problems: readonly Failure[];
  readonly commandId: CommandId | undefined;
  /** Undefined if it cannot be trusted. */
  readonly exitCode: number | undefined;
  /**
   * What is known to have started of a command whose end is unknown: the log shows that the command
   * itself did, or only AKS's times show that its pod did.
   */
  readonly started: 'command' | 'pod' | undefined;
  /** The log is not this action's, so the exit code is AKS's alone, and nothing else is known. */
  readonly onlyExitCode: boolean;
  readonly startedAt: string | undefined;
  readonly finishedAt: string | undefined;
  /** What the command wrote; undefined if nothing came back. */
  readonly output: CommandOutput | undefined;
  /** Names (untrusted text) of processes that the pod had to end, because they held the output. */
  readonly leftBehind: readonly string[] | undefined;
  /** What the command wrote to `$GITHUB_OUTPUT`, in order. */
  readonly stepOutputs: readonly Assignment[];
  /** Every assignment that arrived, usable or not, because secrets must be masked in any case. */
  readonly arrived: readonly Assignment[];
  /** What the command wrote to `$GITHUB_STEP_SUMMARY`, and whether it is cut. */
  readonly podSummary: string;
  readonly podSummaryCut: boolean;
  /** The files that came back; undefined if there was nothing to collect. */
  readonly collected: Collected | undefined;
};

/** What the verdict depends on besides the ending. */
export type Criteria = {
  readonly allowedExitCodes: 'any' | readonly number[];
  /** Whether this run submitted the command, and therefore requires its own boundary. */
  readonly ownCommand: boolean;
  readonly collected?: Collected | undefined;
};

const NOTHING_WRITTEN = {
  leftBehind: undefined,
  podSummary: '',
  podSummaryCut: false,
};

/** The verdict on a command that did not end or never began. */
export function withoutResult(state: State, failure?: Failure, commandId?: CommandId): Verdict {
  return {
    ...NOTHING_WRITTEN,
    state,
    problems: failure === undefined ? [] : [failure],
    commandId,
    exitCode: undefined,
    started: undefined,
    onlyExitCode: false,
    startedAt: undefined,
    finishedAt: undefined,
    output: undefined,
    stepOutputs: [],
    arrived: [],
    collected: undefined,
  };
}

/**
 * Decides the verdict. `succeeded` needs proof: an allowed exit code, and everything that the
 * command handed over.
 */
export function judge(ending: Ending, criteria: Criteria): Verdict {
  if (ending.kind !== 'ended') return withoutResult(ending.kind, ending.failure, ending.id);

  const { result, podReport } = ending;
  const { collected } = criteria;
  const { stepOutputs, problem } = readStepOutputs(podReport);
  const exitCode = exitCodeThatCounts(ending, criteria);
  const unusable = [problem, collectFailure(collected)].filter((one) => one !== undefined);
  const { state, failure } = decide(ending, exitCode, unusable.length === 0, criteria);
  // An exit code that cannot be trusted is not reported.
  const trusted = state === 'unknown' ? undefined : exitCode;
  return {
    state,
    problems: failure === undefined ? unusable : [failure, ...unusable],
    ...writtenIn(podReport),
    stepOutputs,
    commandId: ending.id,
    exitCode: trusted,
    started: state === 'unknown' ? whatStarted(ending) : undefined,
    onlyExitCode: trusted !== undefined && podReport.kind === 'unrecognized',
    startedAt: result.startedAt,
    finishedAt: result.finishedAt,
    collected,
  };
}

/**
 * Whether the step succeeds. If it does not wait, a running command is not a failure, unless the
 * step was canceled.
 */
export function succeeds({ state, problems }: Verdict, waits: boolean): boolean {
  if (state === 'running') return !waits && problems[0]?.code !== 'cancelled';
  return state === 'succeeded' || state === 'dry-run';
}

/** Whether a command is known to have ended, by its state. */
export function hasEnded(state: State): boolean {
  return state === 'succeeded' || state === 'failed';
}

/** Whether a command may still be running, or may still start, by its state. */
export function mayRun(state: State | undefined): boolean {
  return state === 'running' || state === 'unknown';
}

/** What is no news of a command that was to be stopped. */
const HOW_IT_ENDED: readonly Code[] = ['exit-code', 'output-lost'];

/**
 * The verdict on a command that was to be stopped: if it has ended, its exit code is no cause. One
 * that reached its own timeout was ended by that, whoever stops it as well.
 */
export function asStopped(verdict: Verdict, signaled: boolean | undefined): Verdict {
  const isTimedOut = verdict.problems[0]?.code === 'timed-out';
  if (!hasEnded(verdict.state) || isTimedOut) return verdict;

  const others = verdict.problems.filter(({ code }) => !HOW_IT_ENDED.includes(code));
  return { ...verdict, problems: [{ code: 'stopped', signaled }, ...others] };
}

/**
 * There are two exit codes: AKS's and the script's, which is the command's. They differ only if the
 * container was killed after the command. Then the script's counts, unless only AKS's is not
 * allowed. If AKS reports none, the script's counts only if AKS reports a failure and the script's
 * whole frame proves that the command ended.
 */
function exitCodeThatCounts(
  { result, podReport }: EndedCommand,
  criteria: Criteria,
): number | undefined {
  const byScript = podReport.kind === 'ran' ? podReport.exitCode : undefined;
  const isProven = result.provisioningState === 'failed' && isFramed(podReport);
  const byAks = result.exitCode ?? (isProven ? byScript : undefined);
  if (byAks === undefined || byScript === undefined) return byAks;

  const isOnlyAksDisallowed = isAllowed(byScript, criteria) && !isAllowed(byAks, criteria);
  return isOnlyAksDisallowed ? byAks : byScript;
}

function isAllowed(exitCode: number, { allowedExitCodes }: Criteria): boolean {
  return allowedExitCodes === 'any' || allowedExitCodes.includes(exitCode);
}

/** @param isUsable whether all that the command handed over can be used */
function decide(
  ending: EndedCommand,
  exitCode: number | undefined,
  isUsable: boolean,
  criteria: Criteria,
): { readonly state: State; readonly failure?: Failure } {
  const { result, podReport } = ending;
  const ran = podReport.kind === 'ran' ? podReport : undefined;
  const started = whatStarted(ending);
  if (result.provisioningState === 'failed' && !isFramed(podReport)) {
    const { reason = '' } = result;
    const silent = reason === '' && result.logs === '';
    const mayStartUntil = started === undefined ? ending.mayStartUntil : undefined;
    const failure = { code: 'aks-failed', reason, silent, mayStartUntil } as const;
    return { state: 'unknown', failure };
  }
  // Without the script's first line, or the line that the command begins, nothing proves that this
  // exit code is the command's.
  const isOtherTools =
    podReport.kind === 'unrecognized' && !criteria.ownCommand && !mayBeRefusal(ending);
  if (exitCode === undefined || (ran === undefined && !isOtherTools)) {
    const containerExitCode = result.exitCode;
    return { state: 'unknown', failure: { code: 'unproven', containerExitCode } };
  }
  // The script's exit code for a timeout is 124. A timeout is a failure even if 124 is allowed.
  if (ran?.timedOutAfter !== undefined) {
    return { state: 'failed', failure: { code: 'timed-out', seconds: ran.timedOutAfter } };
  }
  if (!isAllowed(exitCode, criteria)) {
    return { state: 'failed', failure: exitCodeFailure(exitCode, criteria) };
  }
  // Everything else came back: the command deleted the script's files, or the pod's disk was full.
  if (ran?.complete && ran.exitCode === undefined) {
    return { state: 'failed', failure: { code: 'output-lost' } };
  }
  return { state: isUsable ? 'succeeded' : 'failed' };
}

/** AKS dates the start of a pod and its end, even if the log shows nothing of the command. */
function whatStarted({ result, podReport }: EndedCommand): Verdict['started'] {
  if (podReport.kind === 'ran') return 'command';
  const hasTimes = result.startedAt !== undefined && result.finishedAt !== undefined;
  return hasTimes && result.provisioningState === 'failed' ? 'pod' : undefined;
}

/** If AKS returned no log, the script may have run nothing, and nobody can see that it said so. */
function mayBeRefusal({ result: { exitCode, logs } }: EndedCommand): boolean {
  return logs === '' && (exitCode === REFUSED_EXIT_CODE || exitCode === NO_BOUNDARY_EXIT_CODE);
}

/** If the command exited with 0, it is worth saying what is allowed instead. */
function exitCodeFailure(exitCode: number, { allowedExitCodes }: Criteria): Failure {
  const isWorthSaying = exitCode === 0 && allowedExitCodes !== 'any';
  return { code: 'exit-code', exitCode, allowed: isWorthSaying ? allowedExitCodes : undefined };
}

/** What the command wrote, usable or not. */
function writtenIn(podReport: EndedCommand['podReport']) {
  if (podReport.kind !== 'ran') {
    const output = outputOfOther(podReport.output);
    // It may be the script's log after another program's words, which a follower cannot tell from
    // another tool's. All of it is shown, so what it has of `$GITHUB_OUTPUT` has to be masked.
    const sections = output.text.split(BOUNDARY_PREFIX);
    return { ...NOTHING_WRITTEN, output, arrived: sections.flatMap(arrivedAssignments) };
  }

  const { text = '', isCut = false, isChanged = false } = podReport.summary ?? {};
  return {
    output: podReport.output,
    leftBehind: podReport.leftBehind,
    arrived: arrivedAssignments(podReport.outputs?.text ?? ''),
    podSummary: isCut || isChanged ? withoutCutEnd(text) : text,
    podSummaryCut: isCut,
  };
}

/** The step outputs, and why there are none if they cannot be used. */
function readStepOutputs(podReport: EndedCommand['podReport']): {
  readonly stepOutputs: readonly Assignment[];
  readonly problem?: Failure;
} {
  if (podReport.kind !== 'ran') return { stepOutputs: [] };

  const { complete, outputs } = podReport;
  if (!complete) return unusable({ code: 'outputs-lost' });
  if (outputs === undefined || outputs.isChanged) {
    return unusable({ code: 'outputs-lost', isChanged: true });
  }
  if (outputs.isCut) return unusable({ code: 'outputs-too-large' });

  const { assignments, malformed } = parseStepOutputs(outputs.text);
  if (malformed !== undefined) return unusable({ code: 'outputs-malformed', ...malformed });
  return { stepOutputs: assignments };
}

function unusable(problem: Failure) {
  return { stepOutputs: [], problem };
}
