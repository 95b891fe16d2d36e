import type { CommandId } from './azure/command-id.ts';
import { failureOf, type Failure } from './failure.ts';
import { arrivedEntries, parseFileCommand, type Entry } from './pod/file-command.ts';
import type { Ending, PodOutput } from './lifecycle/run.ts';
import type { CommandOutput } from './pod/output.ts';
import type { Collected } from './lifecycle/collected.ts';
import { FILE_LIMIT, LOG_LIMIT } from './pod/stream.ts';

/** The contract's states. */
export type State = 'succeeded' | 'failed' | 'not-started' | 'running' | 'unknown' | 'dry-run';

/** What the step reports: the verdict and all that came back. */
export type Verdict = {
  readonly state: State;
  /** Why it is not `succeeded`; for `dry-run` and `succeeded` there is nothing to explain. */
  readonly failure?: Failure;
  readonly commandId?: CommandId;
  readonly exitCode?: number;
  /** ISO 8601, as AKS reports them. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** What the command wrote; absent where nothing came back. */
  readonly output?: CommandOutput;
  /** What the command wrote to `$GITHUB_OUTPUT`, in order. */
  readonly stepOutputs: readonly Entry[];
  /** All that arrived of it, usable or not: a secret in it must be masked in any case. */
  readonly arrived: readonly Entry[];
  /** What the command wrote to `$GITHUB_STEP_SUMMARY`. */
  readonly podSummary: string;
  readonly podSummaryCut: boolean;
  /** The files that came back; absent where none were asked for. */
  readonly collected?: Collected;
};

/** What the verdict depends on, beside what came back. */
export type Allowed = {
  readonly allowedExitCodes: 'any' | readonly number[];
  /** Whether this run submitted the command, and so demands its own boundary. */
  readonly ownCommand: boolean;
  /** What came back of the files, already written down. */
  readonly collected?: Collected | undefined;
};

const NOTHING_CAME_BACK = { stepOutputs: [], arrived: [], podSummary: '', podSummaryCut: false };

/** The verdict on a command that did not end, or never began. */
export function withoutResult(state: State, failure?: Failure, commandId?: CommandId): Verdict {
  return { ...NOTHING_CAME_BACK, state, ...(failure && { failure }), ...(commandId && { commandId }) };
}

/** What is known of a command, whatever happens later. */
export type Trace = {
  /** A submission was written. */
  isOut?: true;
  commandId?: CommandId;
};

/** The verdict where something was thrown: nothing ran, unless there is a trace of it. */
export function afterError(error: unknown, { isOut, commandId }: Trace): Verdict {
  const state = isOut || commandId !== undefined ? 'unknown' : 'not-started';
  return withoutResult(state, failureOf(error), commandId);
}

/** Decides. `succeeded` needs a proof: an exit code that is allowed, and all that the command handed over. */
export function judge(ending: Ending, allowed: Allowed): Verdict {
  switch (ending.kind) {
    case 'not-started':
    case 'unknown':
    case 'running':
      return withoutResult(ending.kind, ending.failure, ending.id);
    case 'ended': {
      const { result, report } = ending;
      const handedOver = readHandedOver(report);
      const { state, failure } = decide(ending, handedOver.problem ?? collectFailure(allowed.collected), allowed);
      return {
        state,
        ...(failure && { failure }),
        commandId: ending.id,
        ...(result.exitCode !== undefined && { exitCode: result.exitCode }),
        ...(result.startedAt !== undefined && { startedAt: result.startedAt }),
        ...(result.finishedAt !== undefined && { finishedAt: result.finishedAt }),
        output: outputOf(report),
        stepOutputs: handedOver.stepOutputs,
        arrived: report.kind === 'ran' ? arrivedEntries(report.outputs ?? '') : [],
        podSummary: handedOver.summary,
        podSummaryCut: handedOver.summaryCut,
        ...(allowed.collected && { collected: allowed.collected }),
      };
    }
  }
}

/**
 * Whether the step succeeds.
 *
 * @param waits whether it was to wait for the command's end: without, one that runs on is no failure, unless the step
 * was cancelled.
 */
export function succeeds({ state, failure }: Verdict, waits: boolean): boolean {
  switch (state) {
    case 'succeeded':
    case 'dry-run':
      return true;
    case 'running':
      return !waits && failure?.code !== 'cancelled';
    case 'failed':
    case 'not-started':
    case 'unknown':
      return false;
  }
}

/** Exit codes at a prompt of what is not a command's own end: as `timeout` and `docker run` have them, and two more. */
export const EXIT = { timedOut: 124, didNotRun: 125, keepsRunning: 254, unknown: 255 } as const;

/**
 * The exit code at a prompt: the command's own where it ended.
 *
 * @param waits as for {@link succeeds}
 */
export function exitCodeOf(verdict: Verdict, waits: boolean): number {
  if (succeeds(verdict, waits)) return 0;
  switch (verdict.state) {
    case 'not-started':
      return EXIT.didNotRun;
    case 'running':
      return EXIT.keepsRunning;
    case 'failed':
      if (verdict.failure?.code === 'timed-out') return EXIT.timedOut;
      // It ended with 0, and what it handed over is unusable.
      return verdict.exitCode === undefined || verdict.exitCode === 0 ? EXIT.unknown : verdict.exitCode;
    case 'unknown':
    case 'succeeded':
    case 'dry-run':
      return EXIT.unknown;
  }
}

function decide(
  { result, report }: Ending & { kind: 'ended' },
  outputsProblem: Failure | undefined,
  { allowedExitCodes, ownCommand }: Allowed,
): { state: State; failure?: Failure } {
  const { exitCode, reason = '' } = result;
  if (result.provisioningState === 'failed') return { state: 'unknown', failure: { code: 'aks-failed', reason } };
  if (exitCode === undefined) return { state: 'unknown', failure: { code: 'no-exit-code' } };
  // Without the script's first line nothing says that this exit code is the command's.
  if (report.kind !== 'ran' && ownCommand) return { state: 'unknown', failure: { code: 'no-boundary' } };
  if (report.kind === 'ran' && report.timedOutAfter !== undefined) {
    return { state: 'failed', failure: { code: 'timed-out', seconds: report.timedOutAfter } };
  }
  // AKS and the script say the same, unless the container was killed between the two.
  const own = report.kind === 'ran' ? report.exitCode : undefined;
  const refused = [exitCode, own ?? exitCode].find((code) => !isAllowed(code, allowedExitCodes));
  if (refused !== undefined) {
    const allowed = refused === 0 && allowedExitCodes !== 'any' ? { allowed: allowedExitCodes } : {};
    return { state: 'failed', failure: { code: 'exit-code', exitCode: refused, ...allowed } };
  }
  // All else came back, and not this: the command took the script's files away, or the pod's disk was full.
  if (report.kind === 'ran' && report.complete && own === undefined) {
    return { state: 'failed', failure: { code: 'output-lost' } };
  }
  return outputsProblem ? { state: 'failed', failure: outputsProblem } : { state: 'succeeded' };
}

/** Files that cannot be used, as a failure. */
export function collectFailure(collected: Collected | undefined): Failure | undefined {
  return collected?.problem && { code: 'collect', problem: collected.problem };
}

function isAllowed(exitCode: number, allowed: Allowed['allowedExitCodes']): boolean {
  return allowed === 'any' || allowed.includes(exitCode);
}

function outputOf(report: PodOutput): CommandOutput {
  switch (report.kind) {
    case 'ran':
      return report.output;
    case 'foreign':
      return { text: report.output, truncated: Buffer.byteLength(report.output) >= LOG_LIMIT };
  }
}

type HandedOver = {
  readonly stepOutputs: readonly Entry[];
  readonly summary: string;
  readonly summaryCut: boolean;
  readonly problem?: Failure;
};

function readHandedOver(report: PodOutput): HandedOver {
  if (report.kind !== 'ran') return { stepOutputs: [], summary: '', summaryCut: false };
  const written = Buffer.from(report.summary ?? '');
  const rest = { summary: written.subarray(0, FILE_LIMIT).toString(), summaryCut: written.length > FILE_LIMIT };

  if (!report.complete) return { ...rest, stepOutputs: [], problem: { code: 'outputs-lost' } };
  const { outputs } = report;
  if (outputs === undefined) return { ...rest, stepOutputs: [], problem: { code: 'outputs-lost' } };
  if (Buffer.byteLength(outputs) > FILE_LIMIT) {
    return { ...rest, stepOutputs: [], problem: { code: 'outputs-too-large' } };
  }
  const parsed = parseFileCommand(outputs);
  return parsed.kind === 'entries'
    ? { ...rest, stepOutputs: parsed.entries }
    : { ...rest, stepOutputs: [], problem: { code: 'outputs-malformed', line: parsed.line, problem: parsed.problem } };
}
