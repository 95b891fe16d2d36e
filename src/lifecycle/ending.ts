import type { CommandId, CommandResult } from '../azure/command-result.ts';
import type { Failure } from '../failure.ts';
import { readStream, REFUSED_EXIT_CODE, type PodReport } from '../pod/stream.ts';
import type { Followed } from './follow.ts';

/** How a command's life ended, as far as it could be followed. */
export type Ending =
  /**
   * `not-started`: it never ran and never will. `unknown`: there is no way to tell whether it ran.
   */
  | {
      readonly kind: 'not-started' | 'unknown';
      readonly failure: Failure;
      readonly id?: CommandId | undefined;
    }
  /** It is still running, or will be. */
  | { readonly kind: 'running'; readonly failure: Failure; readonly id: CommandId }
  | EndedCommand;

/** A command of which AKS has a result. */
export type EndedCommand = {
  readonly kind: 'ended';
  readonly id: CommandId;
  readonly result: CommandResult;
  readonly podReport: Exclude<PodReport, { kind: 'refused' }>;
  /** Seconds from its submission, if this step submitted it. */
  readonly seconds?: number | undefined;
};

/**
 * Decides how a command ended from how following it ended. The failure `did-not-start` means that
 * its pod refused to run it because it started too late, and that nothing contradicts that: the
 * script wrote nothing else, and AKS reports the exit code of a refusal.
 *
 * @param own absent for a command that was submitted earlier
 */
export async function readEnding(
  id: CommandId,
  followed: Followed,
  own?: { readonly boundary: string; readonly mayStartUntil: number | undefined },
): Promise<Ending> {
  const { seen, seconds } = followed;
  const startUnseen = seen === 'started' ? undefined : true;

  switch (followed.kind) {
    case 'ended':
      return endingFromResult(id, followed, own?.boundary);
    case 'no-such-command':
    case 'rejected': {
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
        return { kind: 'running', failure: { code, seconds, startUnseen }, id };
      }
      // AKS never said anything about the command, so it may or may not be running.
      const { answer } = followed;
      return { kind: 'unknown', failure: { code, seconds, answer }, id };
    }
    case 'cancelled': {
      const mayStartUntil = startUnseen ? own?.mayStartUntil : undefined;
      return { kind: 'running', failure: { code: 'cancelled', startUnseen, mayStartUntil }, id };
    }
  }
}

/** {@link readEnding} for a command of which AKS has a result. */
async function endingFromResult(
  id: CommandId,
  { result, seconds }: Followed & { readonly kind: 'ended' },
  boundary: string | undefined,
): Promise<Ending> {
  const isOwn = boundary !== undefined;
  const podReport = await readStream(result.logs, boundary);
  if (podReport.kind !== 'refused') {
    return { kind: 'ended', id, result, podReport, seconds: isOwn ? seconds : undefined };
  }

  // A follower doesn't have the boundary, so nothing in the log proves to it that nothing ran.
  const isProven =
    isOwn &&
    podReport.alone &&
    result.provisioningState === 'succeeded' &&
    result.exitCode === REFUSED_EXIT_CODE;
  if (!isProven) return { kind: 'unknown', failure: { code: 'pod-refused' }, id };
  return { kind: 'not-started', failure: refusal(podReport), id };
}

/** Why the script ran nothing. If the pod lacks something, any other pod would lack the same. */
function refusal({ lacks, why }: PodReport & { readonly kind: 'refused' }): Failure {
  switch (lacks) {
    case undefined:
      // submitAndFollow knows how many submissions there were, and sets the count.
      return { code: 'did-not-start', submissions: 1 };
    case 'bash':
      return { code: 'no-bash' };
    case 'command.sh':
    case 'env.sh':
      return { code: 'no-variables' };
    case 'namespace':
      return { code: 'no-namespace', detail: why ?? '' };
    default:
      return { code: 'no-tool', tool: lacks };
  }
}
