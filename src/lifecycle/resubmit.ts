import { REFUSED_EXIT_CODE } from '../pod/stream.ts';
import type { Followed } from './follow.ts';
import type { Submitted } from './submit.ts';

/**
 * How far a node's clock may be behind Azure's. A pod compares its start-by time with its node's
 * clock, so it may start this much later. A node further behind is an exception that record 13
 * names.
 */
const NODE_BEHIND_MS = 60_000;
/** One denial among failures of the service may be just another failure. */
const DENIED_MS = 5_000;
/** How long after the start-by time AKS's denial has to be waited for, if it is to prove anything. */
export const PROOF_MS = NODE_BEHIND_MS + DENIED_MS;

/** What is known about one submission. Others gather these facts; only this file judges them. */
export type SubmissionFacts = {
  /** What Azure's answer to the POST says. */
  readonly outcome: Submitted['outcome'];
  /** What AKS has said about the command since, and what the pod's log says. */
  readonly followed: Followed;
  /**
   * How many milliseconds after the start-by time AKS was last asked, negative before. Both the
   * runner's clock and Azure's must agree that so much has passed.
   */
  readonly pastStartByMs: number;
};

/**
 * Whether a command may be submitted again, because this submission of it has not run and never
 * will. One of these must be proven:
 *
 * 1. The pod started too late and ran nothing. Its log holds the script's refusal and nothing else,
 *    and AKS reports the exit code of a refusal. A pod that lacks a tool ran nothing either, but the
 *    next pod would lack it, too.
 * 2. The pod never started and no longer can. AKS gave up on it, has never shown its command, and
 *    has denied for five seconds that the command exists, the last time at least a minute after the
 *    start-by time.
 *
 * Nothing else is enough, however likely it is that the command did not run. Record 13 gives the
 * reasons, and the two cases in which AKS or a node's clock can deceive this rule. If Azure did not
 * even process the request, `submit.ts` posts again, as part of the same submission.
 */
export function mayResubmit(facts: SubmissionFacts): boolean {
  return startedTooLate(facts) || neverStarted(facts);
}

/** The first proof. */
function startedTooLate({ outcome, followed }: SubmissionFacts): boolean {
  const refusal = confirmedRefusal(followed);
  return isCertainlyOurs(outcome) && refusal !== undefined && refusal.lacks === undefined;
}

/** The second proof. */
function neverStarted({ outcome, followed, pastStartByMs }: SubmissionFacts): boolean {
  // If AKS accepted a command or has shown it, its denial proves nothing.
  if (outcome.kind !== 'gave-up' || !isCertainlyOurs(outcome)) return false;
  if (followed.kind !== 'missing' || followed.because !== 'no-such-command') return false;
  return followed.seen === 'nothing' && isMissingForGood(followed.missingMs, pastStartByMs);
}

/**
 * Whether what AKS says about the command's ID is certain to be about this submission. An ID can be
 * a guess, or come from an answer that leaves open what happened.
 */
export function isCertainlyOurs(outcome: Submitted['outcome']): boolean {
  return outcome.kind === 'accepted' || (outcome.kind === 'gave-up' && outcome.id !== undefined);
}

/**
 * The script's refusal to run anything, if nothing contradicts it: the log holds nothing else, and
 * AKS reports the exit code of a refusal.
 */
export function confirmedRefusal(followed: Followed) {
  if (followed.kind !== 'ended' || followed.podReport.kind !== 'refused') return undefined;

  const { result, podReport } = followed;
  const { provisioningState, exitCode } = result;
  const isConfirmed = provisioningState === 'succeeded' && exitCode === REFUSED_EXIT_CODE;
  return isConfirmed && podReport.alone ? podReport : undefined;
}

/** Whether a result is missing that would be there by now if any node had started the pod. */
export function isMissingForGood(missingMs: number, pastStartByMs: number): boolean {
  return missingMs >= DENIED_MS && pastStartByMs >= NODE_BEHIND_MS;
}
