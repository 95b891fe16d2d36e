import { isCertainlyOurs } from '../azure/run-command.ts';
import type { Ending, WithoutResult } from '../ending.ts';
import type { Failure } from '../failure.ts';
import { isFramed } from '../pod/stream.ts';
import type { Followed } from './follow.ts';
import { confirmedRefusal, refusalDoubt } from './resubmit.ts';
import type { Submitted } from './submit.ts';

/**
 * Reads how a command ended from how following it ended. Whether it may be submitted again is not
 * decided here: `mayResubmit` comes first.
 *
 * @param submitted absent for a command that was submitted earlier
 */
export function readEnding(followed: Followed, submitted?: Submitted): Ending {
  if (submitted !== undefined && remainsOpen(submitted, followed)) {
    return openEnding(submitted, followed.kind === 'cancelled');
  }

  const { id, seen } = followed;
  const startUnseen = seen !== 'started';
  // If AKS never said anything about the command, it may be over, or may not exist.
  const kind = seen === 'nothing' ? 'unknown' : 'running';
  switch (followed.kind) {
    case 'ended':
      return endingFromResult(followed, submitted);
    case 'missing': {
      const { because, answer } = followed;
      return because === 'forbidden'
        ? { kind, failure: { code: 'result-forbidden', answer }, id }
        : { kind: 'unknown', failure: { code: 'result-missing', answer }, id };
    }
    case 'time-over': {
      const { answer, seconds } = followed;
      const failure = { code: 'no-answer-in-time', seconds, answer } as const;
      return kind === 'unknown'
        ? { kind, failure, id }
        : { kind, failure: { ...failure, startUnseen }, id };
    }
    case 'seen':
      return { kind: 'running', failure: { code: 'not-waited' }, id };
    case 'cancelled': {
      if (submitted === undefined && kind === 'unknown') {
        return { kind, failure: { code: 'cancelled' }, id };
      }
      // AKS has shown the command, or has accepted it.
      const mayStartUntil = startUnseen ? submitted?.startBy.ahead() : undefined;
      return { kind: 'running', failure: { code: 'cancelled', startUnseen, mayStartUntil }, id };
    }
  }
}

/**
 * Whether Azure's answer to the submission leaves open whether the command runs, and nothing has
 * settled it since. If the ID may be another command's, only a log with this submission's whole
 * frame settles it; not even a 404 does.
 */
function remainsOpen({ command }: Submitted, followed: Followed): boolean {
  if (!isCertainlyOurs(command)) {
    return followed.kind !== 'ended' || !isFramed(followed.podReport);
  }
  return command.kind === 'gave-up' && followed.kind !== 'ended' && followed.seen === 'nothing';
}

/** The ending of a command of which only Azure's answer to its submission is known. */
export function openEnding(submitted: Submitted, isCancelled = false): WithoutResult {
  const { command, answer, hash, startBy } = submitted;
  const { id } = command;
  const mayStartUntil = startBy.ahead();
  if (isCancelled)
    return { kind: 'unknown', failure: { code: 'cancelled', mayStartUntil, hash }, id };

  switch (command.kind) {
    case 'accepted':
      return { kind: 'running', failure: { code: 'not-waited' }, id: command.id };
    case 'gave-up': {
      const minutesApart = startBy.minutesApart();
      const failure = { code: 'start-unclear', answer, mayStartUntil, minutesApart } as const;
      return { kind: 'unknown', failure, id };
    }
    case 'unclear':
      return { kind: 'unknown', failure: { code: 'submission-unclear', answer, hash }, id };
  }
}

/** {@link readEnding} for a command of which AKS has a result. */
function endingFromResult(
  followed: Followed & { readonly kind: 'ended' },
  submitted: Submitted | undefined,
): Ending {
  const { id, result, podReport } = followed;
  if (podReport.kind !== 'refused') {
    return { kind: 'ended', id, result, podReport, mayStartUntil: submitted?.startBy.ahead() };
  }

  // A follower doesn't have the boundary, so nothing in the log proves to it that nothing ran.
  const lacks = submitted && confirmedRefusal(followed)?.lacks;
  if (lacks === undefined) {
    const doubt = refusalDoubt(result, podReport);
    return { kind: 'unknown', failure: { code: 'pod-refused', doubt }, id };
  }
  return { kind: 'not-started', failure: lackFailure(lacks, podReport.why), id };
}

/** What a pod lacks for the script to run anything. Any other pod would lack the same. */
function lackFailure(lacks: string, why = ''): Failure {
  switch (lacks) {
    case 'bash':
      return { code: 'no-bash' };
    case 'command.sh':
    case 'env.sh':
      return { code: 'no-variables' };
    case 'namespace':
      return { code: 'no-namespace', detail: why };
    default:
      return { code: 'no-tool', tool: lacks };
  }
}
