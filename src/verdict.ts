import type { CommandId, CommandResult } from './azure/command-result.ts';
import type { Failure } from './failure.ts';
import type { Ending } from './lifecycle/ending.ts';
import type { Collected } from './collect/keep.ts';
import { arrivedAssignments, parseFileCommand, type Assignment } from './pod/file-command.ts';
import type { CommandOutput } from './pod/output.ts';
import { FILE_LIMIT, isFramed, LOG_LIMIT } from './pod/stream.ts';

export type State = 'succeeded' | 'failed' | 'not-started' | 'running' | 'unknown' | 'dry-run';

/**
 * What the step reports: the verdict and everything that came back. Times are ISO 8601, as AKS
 * reports them.
 */
export type Verdict = Pick<CommandResult, 'exitCode' | 'startedAt' | 'finishedAt'> & {
  readonly state: State;
  /** Why the state is not `succeeded`. `dry-run` and `succeeded` need no explanation. */
  readonly failure?: Failure;
  readonly commandId?: CommandId;
  /** What the command wrote; absent if nothing came back. */
  readonly output?: CommandOutput;
  /** What the command wrote to `$GITHUB_OUTPUT`, in order. */
  readonly stepOutputs: readonly Assignment[];
  /** All of it that arrived, usable or not, because secrets in it must be masked in any case. */
  readonly arrived: readonly Assignment[];
  /** What the command wrote to `$GITHUB_STEP_SUMMARY`, and whether it is cut. */
  readonly podSummary: string;
  readonly podSummaryCut: boolean;
  /** The log is not this action's, so the exit code is AKS's alone, and nothing else is known. */
  readonly onlyExitCode?: true;
  /** The files that came back; absent if none were asked for. */
  readonly collected?: Collected;
};

/** What the verdict depends on besides what came back. */
export type Allowed = {
  readonly allowedExitCodes: 'any' | readonly number[];
  /** Whether this run submitted the command, and therefore requires its own boundary. */
  readonly ownCommand: boolean;
  readonly collected?: Collected | undefined;
};

const NOTHING = { stepOutputs: [], arrived: [], podSummary: '', podSummaryCut: false };

/** The verdict on a command that did not end or never began. */
export function withoutResult(state: State, failure?: Failure, commandId?: CommandId): Verdict {
  return { ...NOTHING, state, ...(failure && { failure }), ...(commandId && { commandId }) };
}

/**
 * Decides the verdict. `succeeded` needs proof: an allowed exit code, and everything that the
 * command handed over.
 */
export function judge(ending: Ending, allowed: Allowed): Verdict {
  if (ending.kind !== 'ended') return withoutResult(ending.kind, ending.failure, ending.id);

  const { result, report } = ending;
  const { problem, ...cameBack } = readReport(report);
  const exit = exitOf(ending, allowed.allowedExitCodes);
  const decided = decide(ending, exit, problem ?? collectFailure(allowed.collected), allowed);
  // An exit code that cannot be trusted is not reported.
  const exitCode = decided.state === 'unknown' ? undefined : exit?.code;
  const onlyExitCode = exitCode !== undefined && report.kind === 'foreign';
  return {
    ...decided,
    ...cameBack,
    commandId: ending.id,
    ...(exitCode !== undefined && { exitCode }),
    ...(onlyExitCode && { onlyExitCode }),
    ...(result.startedAt !== undefined && { startedAt: result.startedAt }),
    ...(result.finishedAt !== undefined && { finishedAt: result.finishedAt }),
    ...(allowed.collected && { collected: allowed.collected }),
  };
}

/**
 * Whether the step succeeds. If it does not wait, a running command is no failure, unless the step
 * was canceled.
 */
export function succeeds({ state, failure }: Verdict, waits: boolean): boolean {
  if (state === 'running') return !waits && failure?.code !== 'cancelled';
  return state === 'succeeded' || state === 'dry-run';
}

/**
 * Exit codes at a prompt for anything but the command's own end: those of `timeout` and `docker
 * run`, and two more.
 */
export const EXIT = { timedOut: 124, didNotRun: 125, keepsRunning: 254, unknown: 255 } as const;

/** The exit code at a prompt: the command's own if it ended. `waits` as for {@link succeeds}. */
export function exitCodeOf(verdict: Verdict, waits: boolean): number {
  const { state, failure, exitCode = 0 } = verdict;
  if (succeeds(verdict, waits)) return 0;
  if (state === 'not-started') return EXIT.didNotRun;
  if (state === 'running') return EXIT.keepsRunning;
  if (failure?.code === 'timed-out') return EXIT.timedOut;
  // It ended with 0, but what it handed over is unusable.
  return state === 'unknown' || exitCode === 0 ? EXIT.unknown : exitCode;
}

type Ended = Ending & { readonly kind: 'ended' };
type Decided = Pick<Verdict, 'state' | 'failure'>;

/** The exit code that counts, and whether the step allows it. */
type Exit = { readonly code: number; readonly isAllowed: boolean };

/**
 * Two exit codes are known: AKS's and the script's. They are the same, unless the container was
 * killed between the two, so the one that is not allowed counts. Without AKS's, there is none,
 * unless AKS reports a failure, and the script's whole frame proves that the command ended.
 */
function exitOf({ result, report }: Ended, allowed: Allowed['allowedExitCodes']): Exit | undefined {
  const ofScript = report.kind === 'ran' ? report.exitCode : undefined;
  const isProven = result.provisioningState === 'failed' && isFramed(report);
  const ofAks = result.exitCode ?? (isProven ? ofScript : undefined);
  if (ofAks === undefined) return undefined;

  const refused = [ofAks, ofScript ?? ofAks].find((code) => !isAllowed(code, allowed));
  return { code: refused ?? ofAks, isAllowed: refused === undefined };
}

function isAllowed(code: number, allowed: Allowed['allowedExitCodes']): boolean {
  return allowed === 'any' || allowed.includes(code);
}

function decide(
  ending: Ended,
  exit: Exit | undefined,
  problem: Failure | undefined,
  { allowedExitCodes, ownCommand }: Allowed,
): Decided {
  const { result, report } = ending;
  if (result.provisioningState === 'failed' && !isFramed(report))
    return inState('unknown', aksFailed(ending));
  if (report.kind === 'not-begun') return inState('unknown', notBegun(result.exitCode));
  if (exit === undefined) return inState('unknown', { code: 'no-exit-code' });

  const ran = report.kind === 'ran' ? report : undefined;
  // Without the script's first line, nothing proves that this exit code is the command's.
  if (ran === undefined && ownCommand) return inState('unknown', { code: 'no-boundary' });
  if (ran?.timedOutAfter !== undefined) {
    return inState('failed', { code: 'timed-out', seconds: ran.timedOutAfter });
  }
  if (!exit.isAllowed) return inState('failed', exitCodeFailure(exit.code, allowedExitCodes));

  // Everything else came back: the command deleted the script's files, or the pod's disk was full.
  if (ran?.complete && ran.exitCode === undefined)
    return inState('failed', { code: 'output-lost' });
  return problem === undefined ? { state: 'succeeded' } : inState('failed', problem);
}

function inState(state: State, failure: Failure): Decided {
  return { state, failure };
}

function notBegun(containerExitCode: number | undefined): Failure {
  return { code: 'not-begun', ...(containerExitCode !== undefined && { containerExitCode }) };
}

/** If the command exited with 0, it is worth saying what is allowed instead. */
function exitCodeFailure(exitCode: number, allowed: Allowed['allowedExitCodes']): Failure {
  if (exitCode !== 0 || allowed === 'any') return { code: 'exit-code', exitCode };
  return { code: 'exit-code', exitCode, allowed };
}

function aksFailed(ending: Ended): Failure {
  const reason = ending.result.reason ?? '';
  if (!isEndedAfterTenMinutes(ending)) return { code: 'aks-failed', reason };
  return { code: 'aks-failed', reason, afterTenMinutes: true };
}

/**
 * Users report that AKS fails commands after about ten minutes, without reason or output. This is
 * undocumented.
 */
function isEndedAfterTenMinutes({ result, seconds }: Ended): boolean {
  const { startedAt = '', finishedAt = '', reason, logs } = result;
  const ran = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const minutes = (Number.isNaN(ran) ? (seconds ?? 0) : ran) / 60;
  return reason === undefined && logs === '' && minutes >= 9 && minutes <= 11;
}

/** Collected files that cannot be used, as a failure. */
export function collectFailure(collected: Collected | undefined): Failure | undefined {
  return collected?.problem && { code: 'collect', problem: collected.problem };
}

type CameBack = Pick<Verdict, 'output' | keyof typeof NOTHING>;

/** @returns what the command wrote, and why its step outputs cannot be used. */
function readReport(report: Ended['report']): CameBack & { readonly problem?: Failure } {
  if (report.kind !== 'ran') {
    const { output: text } = report;
    return { ...NOTHING, output: { text, truncated: Buffer.byteLength(text) >= LOG_LIMIT } };
  }

  const { output, complete, outputs, summary = '' } = report;
  const written = Buffer.from(summary);
  const cameBack: CameBack = {
    output,
    stepOutputs: [],
    arrived: arrivedAssignments(outputs ?? ''),
    podSummary: written.subarray(0, FILE_LIMIT).toString(),
    podSummaryCut: written.length > FILE_LIMIT,
  };
  if (!complete || outputs === undefined) return { ...cameBack, problem: { code: 'outputs-lost' } };
  if (Buffer.byteLength(outputs) > FILE_LIMIT) {
    return { ...cameBack, problem: { code: 'outputs-too-large' } };
  }
  const { assignments, malformed } = parseFileCommand(outputs);
  if (malformed) return { ...cameBack, problem: { code: 'outputs-malformed', ...malformed } };
  return { ...cameBack, stepOutputs: assignments };
}
