import type { CommandId, CommandResult } from '../azure/command-result.ts';
import type { Failure, StartFacts } from '../failure.ts';
import { readStream, REFUSED_EXIT_CODE, type PodReport } from '../pod/stream.ts';
import type { Followed } from './follow.ts';

/** How a command's life ended, as far as it could be followed. */
export type Ending =
  /**
   * `not-started`: it never ran and never will. `unknown`: there is no way to tell whether it ran.
   */
  | { readonly kind: 'not-started' | 'unknown'; readonly failure: Failure; readonly id?: CommandId }
  /** It is still running, or will be. */
  | { readonly kind: 'running'; readonly failure: Failure; readonly id: CommandId }
  | {
      readonly kind: 'ended';
      readonly id: CommandId;
      readonly result: CommandResult;
      readonly report: Exclude<PodReport, { kind: 'refused' }>;
      /** Seconds from its submission, if this step submitted it. */
      readonly seconds?: number;
    };

/**
 * How a command ended, given how following it ended. Undefined if the pod started too late and
 * refused to run it, and nothing contradicts that: the script wrote nothing else, and AKS reports
 * the exit code of a refusal.
 *
 * @param own absent for a command that was submitted earlier
 */
export async function readEnding(
  id: CommandId,
  followed: Followed,
  own?: { readonly boundary: string; readonly mayStart: StartFacts },
): Promise<Ending | undefined> {
  const { seen, seconds } = followed;
  const startUnseen = seen === 'started' ? {} : { startUnseen: true as const };

  switch (followed.kind) {
    case 'ended':
      return readResult(id, followed.result, own === undefined ? {} : { ...own, seconds });
    case 'denied':
    case 'refused': {
      const { answer } = followed;
      return { kind: 'unknown', failure: { code: 'result-missing', answer }, id };
    }
    case 'forbidden': {
      const { answer } = followed;
      return { kind: 'running', failure: { code: 'result-forbidden', answer }, id };
    }
    case 'time-over': {
      const code = 'no-answer-in-time';
      if (seen !== 'nothing') {
        return { kind: 'running', failure: { code, seconds, ...startUnseen }, id };
      }
      // AKS never said anything about the command, so it may or may not be running.
      const { answer } = followed;
      return { kind: 'unknown', failure: { code, seconds, answer }, id };
    }
    case 'cancelled': {
      const mayStart = seen === 'started' ? {} : own?.mayStart;
      return { kind: 'running', failure: { code: 'cancelled', ...startUnseen, ...mayStart }, id };
    }
  }
}

/** {@link readEnding} for a command of which AKS has a result. */
async function readResult(
  id: CommandId,
  result: CommandResult,
  { boundary, seconds }: { readonly boundary?: string; readonly seconds?: number },
): Promise<Ending | undefined> {
  const report = await readStream(result.logs, boundary);
  if (report.kind !== 'refused') {
    return { kind: 'ended', id, result, report, ...(seconds !== undefined && { seconds }) };
  }

  // A follower doesn't own the boundary, so to it, nothing in the log proves that nothing ran.
  const isProven =
    boundary !== undefined &&
    report.alone &&
    result.provisioningState === 'succeeded' &&
    result.exitCode === REFUSED_EXIT_CODE;
  if (!isProven) return { kind: 'unknown', failure: { code: 'pod-refused' }, id };
  if (report.lacks === undefined) return undefined;
  return { kind: 'not-started', failure: lacking(report.lacks, report.why), id };
}

/** What the pod lacks. The script ran nothing, and any other pod would lack the same. */
function lacking(what: string, why = ''): Failure {
  switch (what) {
    case 'bash':
      return { code: 'no-bash' };
    case 'command.sh':
    case 'env.sh':
      return { code: 'no-variables' };
    case 'namespace':
      return { code: 'no-namespace', detail: why };
    default:
      return { code: 'no-tool', tool: what };
  }
}
