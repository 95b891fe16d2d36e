import type { CommandId, CommandResult } from './azure/command.ts';
import type { Failure } from './failure.ts';
import { isFramed, type Ending } from './lifecycle/ending.ts';
import type { Collected } from './collect/keep.ts';
import { arrivedAssignments, parseFileCommand, type Assignment } from './pod/file-command.ts';
import type { CommandOutput } from './pod/output.ts';
import { FILE_LIMIT, LOG_LIMIT } from './pod/stream.ts';

export type State = 'succeeded' | 'failed' | 'not-started' | 'running' | 'unknown' | 'dry-run';

/** What the step reports: the verdict and everything that came back. Times are ISO 8601, as AKS reports them. */
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

/** Decides the verdict. `succeeded` needs proof: an allowed exit code, and everything that the command handed over. */
export function judge(ending: Ending, allowed: Allowed): Verdict {
  if (ending.kind !== 'ended') return withoutResult(ending.kind, ending.failure, ending.id);
  const { result, report } = ending;
  const { problem, ...cameBack } = readReport(report);
  const decided = decide(ending, problem ?? collectFailure(allowed.collected), allowed);
  const told =
    decided.failure?.code === 'exit-code' ? decided.failure.exitCode : exitCodeIn(ending);
  // An exit code that cannot be trusted is not reported.
  const exitCode = decided.state === 'unknown' ? undefined : told;
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

/** Whether the step succeeds. If it does not wait, a running command is no failure, unless the step was canceled. */
export function succeeds({ state, failure }: Verdict, waits: boolean): boolean {
  if (state === 'running') return !waits && failure?.code !== 'cancelled';
  return state === 'succeeded' || state === 'dry-run';
}

/** Exit codes at a prompt for anything but the command's own end: those of `timeout` and `docker run`, and two more. */
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

function decide(
  ending: Ended,
  problem: Failure | undefined,
  allowed: Allowed,
): Pick<Verdict, 'state' | 'failure'> {
  const { result, report } = ending;
  const codes = allowed.allowedExitCodes === 'any' ? undefined : allowed.allowedExitCodes;
  const exitCode = exitCodeIn(ending);
  const ran = report.kind === 'ran' ? report : undefined;
  const failed = (failure: Failure) => ({ state: 'failed', failure }) as const;
  const unknown = (failure: Failure) => ({ state: 'unknown', failure }) as const;
  if (result.provisioningState === 'failed' && !isFramed(report)) {
    const afterTenMinutes = isEndedAfterTenMinutes(ending)
      ? { afterTenMinutes: true as const }
      : {};
    return unknown({ code: 'aks-failed', reason: result.reason ?? '', ...afterTenMinutes });
  }
  if (report.kind === 'not-begun') {
    return unknown({
      code: 'not-begun',
      ...(result.exitCode !== undefined && { containerExitCode: result.exitCode }),
    });
  }
  if (exitCode === undefined) return unknown({ code: 'no-exit-code' });
  // Without the script's first line, nothing proves that this exit code is the command's.
  if (!ran && allowed.ownCommand) return unknown({ code: 'no-boundary' });
  if (ran?.timedOutAfter !== undefined)
    return failed({ code: 'timed-out', seconds: ran.timedOutAfter });
  // AKS and the script report the same exit code, unless the container was killed between the two.
  const refused = [exitCode, ran?.exitCode ?? exitCode].find(
    (code) => codes?.includes(code) === false,
  );
  if (refused !== undefined) {
    return failed({
      code: 'exit-code',
      exitCode: refused,
      ...(refused === 0 && codes && { allowed: codes }),
    });
  }
  // Everything else came back: the command deleted the script's files, or the pod's disk was full.
  if (ran?.complete && ran.exitCode === undefined) return failed({ code: 'output-lost' });
  return problem ? failed(problem) : { state: 'succeeded' };
}

/** AKS's exit code or, if AKS reports a failure, the script's, if its whole frame proves that the command ended. */
function exitCodeIn({ result, report }: Ended): number | undefined {
  if (result.exitCode !== undefined || result.provisioningState !== 'failed')
    return result.exitCode;
  return report.kind === 'ran' && isFramed(report) ? report.exitCode : undefined;
}

/** Users report that AKS fails commands after about ten minutes, without reason or output. This is undocumented. */
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

/** @returns what the command wrote, and why its step outputs cannot be used. */
function readReport(
  report: Ended['report'],
): Pick<Verdict, 'output' | keyof typeof NOTHING> & { readonly problem?: Failure } {
  if (report.kind !== 'ran') {
    const { output: text } = report;
    return { ...NOTHING, output: { text, truncated: Buffer.byteLength(text) >= LOG_LIMIT } };
  }
  const { output, complete, outputs, summary = '' } = report;
  const written = Buffer.from(summary);
  const rest = {
    output,
    stepOutputs: [],
    arrived: arrivedAssignments(outputs ?? ''),
    podSummary: written.subarray(0, FILE_LIMIT).toString(),
    podSummaryCut: written.length > FILE_LIMIT,
  };
  if (!complete || outputs === undefined) return { ...rest, problem: { code: 'outputs-lost' } };
  if (Buffer.byteLength(outputs) > FILE_LIMIT)
    return { ...rest, problem: { code: 'outputs-too-large' } };
  const { assignments, malformed } = parseFileCommand(outputs);
  if (malformed) return { ...rest, problem: { code: 'outputs-malformed', ...malformed } };
  return { ...rest, stepOutputs: assignments };
}
