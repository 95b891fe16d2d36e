import { isCertainlyOurs, type PossibleCommand } from '../azure/run-command.ts';
import type { CommandResult } from '../azure/command-result.ts';
import type { RefusalDoubt } from '../failure.ts';
import { REFUSED_EXIT_CODE, type PodReport } from '../pod/stream.ts';
import { isGone, type Absence, type Followed } from './follow.ts';

/**
 * How long AKS must have denied that a command exists, and until when, if that is to prove that it
 * never started. One denial among failures of the service may be just another failure. And a pod
 * compares its start-by time with its node's clock, so if that is behind Azure's, it starts that
 * much later. A node more than a minute behind is an exception that docs/DECISIONS.md names, under
 * "One POST".
 */
export const PROOF: Absence = { missingMs: 5_000, pastStartByMs: 60_000 };

/**
 * Whether a command may be submitted again, because this submission of it has not run and never
 * will. One of these must be proven:
 *
 * 1. The pod started too late and ran nothing. Its log holds the script's refusal and nothing else,
 *    and AKS reports the exit code of a refusal. A pod that lacks a tool ran nothing either, but the
 *    next pod would lack it, too.
 * 2. The pod never started and no longer can. AKS gave up on it, has never shown its command, and
 *    has denied for five seconds that the command exists, the last time at least a minute after the
 *    start-by time. And from the submission on, AKS has never been silent about the command for so
 *    long that it could have run, ended, and been forgotten.
 *
 * Nothing else is enough, however likely it is that the command did not run. "One POST" in
 * docs/DECISIONS.md gives the reasons, and the two cases in which AKS or a node's clock can deceive
 * this rule. If Azure did not even process the request, `submit.ts` posts again, as part of the same
 * submission.
 *
 * @param command what Azure's answer to the submission says about it
 * @param followed what AKS has said about it since
 */
export function mayResubmit(command: PossibleCommand, followed: Followed): boolean {
  return isCertainlyOurs(command) && (startedTooLate(followed) || neverStarted(command, followed));
}

type Refusal = PodReport & { readonly kind: 'refused' };

/** The first proof. */
function startedTooLate(followed: Followed): boolean {
  const refusal = confirmedRefusal(followed);
  return refusal !== undefined && refusal.lacks === undefined;
}

/** The second proof. */
function neverStarted(command: PossibleCommand, followed: Followed): boolean {
  // If AKS accepted a command or has shown it, its denial proves nothing.
  if (command.kind !== 'gave-up' || followed.seen !== 'nothing') return false;
  if (followed.kind !== 'missing' || followed.because !== 'no-such-command') return false;
  return !followed.hasGap && isGone(followed, PROOF);
}

/** The script's refusal to run anything, if nothing contradicts it. */
export function confirmedRefusal(followed: Followed) {
  if (followed.kind !== 'ended' || followed.podReport.kind !== 'refused') return undefined;

  const { result, podReport } = followed;
  return refusalDoubt(result, podReport) === undefined ? podReport : undefined;
}

/**
 * What speaks against the script's refusal to run anything: AKS does not report its exit code, or
 * the log holds anything else.
 */
export function refusalDoubt(
  { provisioningState, exitCode }: CommandResult,
  { alone }: Refusal,
): RefusalDoubt | undefined {
  if (provisioningState !== 'succeeded' || exitCode !== REFUSED_EXIT_CODE) return 'exit-code';
  return alone ? undefined : 'log';
}
