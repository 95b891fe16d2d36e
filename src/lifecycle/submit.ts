import type { Answer } from '../azure/answer.ts';
import type { RunCommandBody } from '../azure/port.ts';
import { readSubmission, type Submission } from '../azure/submission.ts';
import { StepError, type Failure } from '../failure.ts';
import { ours } from '../text/ours.ts';
import { untilCancelled } from './cancellation.ts';
import { formatDuration } from '../text/duration.ts';
import type { FollowPorts } from './follow.ts';
import { countTries, withFreshTokens } from './retry.ts';
import { startByNow, type StartBy } from './start-by.ts';

/** A command to submit. */
export type Order = {
  /**
   * Writes a submission with a boundary of its own.
   *
   * @param startBy whole seconds since the epoch by Azure's clock
   */
  write(startBy: number): Written;
  /** False where the cluster is known to have no managed Entra, or could not be read. */
  readonly needsClusterToken: boolean;
  /** All in seconds. */
  readonly startTimeout: number;
  readonly timeout: number;
  readonly startRetries: number;
  readonly wait: boolean;
};

/** What goes to ARM, and the word by which its pod's script will be known. */
type Written = { readonly body: Omit<RunCommandBody, 'clusterToken'>; readonly boundary: string };

/** A submission, and what became of it. */
export type Submitted = {
  readonly outcome: Outcome;
  readonly answer: Answer;
  /** Of the last submission that was written; absent where none was. */
  readonly written?: { readonly startBy: StartBy; readonly boundary: string };
  readonly needsClusterToken: boolean;
  /** Whether it was throttled before it was taken. */
  readonly crowded: boolean;
};

type Outcome =
  | Exclude<Submission, { kind: 'try-again' | 'token-rejected' | 'cluster-token-required' }>
  | { readonly kind: 'not-signed-in'; readonly failure: Failure }
  | { readonly kind: 'cancelled-before' | 'cancelled-during' };

const CANCEL_GRACE_MS = 1_500;
const NO_ANSWER: Answer = { kind: 'unanswered', sent: 'never', cause: 'cancelled' };

/** Posts until an answer says something about the command other than "not processed". */
export async function submit(order: Order, ports: FollowPorts): Promise<Submitted> {
  const { clock, log, cancelled } = ports;
  const tries = countTries(ports);
  let { needsClusterToken } = order;

  for (;;) {
    log.progress('submitting');
    const posted = await post(order, needsClusterToken, ports);
    const ended = (outcome: Outcome): Submitted => {
      return { ...posted, outcome, needsClusterToken, crowded: tries.wasThrottled() };
    };
    const { outcome, answer } = posted;
    if (outcome.kind === 'token-rejected') return ended({ kind: 'refused' });
    if (outcome.kind === 'cluster-token-required') {
      if (needsClusterToken) return ended({ kind: 'refused' });
      log.say(ours`The cluster uses Entra. Requesting a token for it.`);
      needsClusterToken = true;
      continue;
    }
    if (outcome.kind !== 'try-again') return ended(outcome);
    const wait = tries.pauseAfter(answer);
    if (wait === undefined) return ended({ kind: 'refused' });
    const pause = formatDuration(Math.ceil(wait / 1000));
    log.say(ours`Azure didn't accept the command (${REASONS[outcome.because]}). Retrying in ${pause}.`);
    await clock.sleep(wait, cancelled);
  }
}

const REASONS = {
  throttled: ours`throttled`,
  unreachable: ours`Azure could not be reached`,
  conflict: ours`another operation is in progress on the cluster`,
};

type Posted = Pick<Submitted, 'answer' | 'written'> & { readonly outcome: Outcome | Submission };

/** Posts once, and where ARM rejects the token, once more with another. */
async function post(order: Order, needsClusterToken: boolean, ports: FollowPorts): Promise<Posted> {
  const { azure, clock, log, cancelled, serviceTime } = ports;
  let written: Submitted['written'];
  let stopped: Outcome | undefined;
  const answer = await withFreshTokens(azure, log, async () => {
    // Before the start-by time is counted, and before the last look for a cancel: tokens may take their time.
    const tokens = await untilCancelled(signIn(needsClusterToken, ports), cancelled, clock);
    if (tokens === undefined || cancelled.aborted) return stop({ kind: 'cancelled-before' });
    if ('failure' in tokens) return stop({ kind: 'not-signed-in', failure: tokens.failure });
    const startBy = startByNow(order.startTimeout, clock, serviceTime);
    const { body, boundary } = order.write(startBy.seconds);
    written = { startBy, boundary };
    const sent = azure.runCommand({ ...body, ...tokens });
    const posted = await untilCancelled(sent, cancelled, clock, CANCEL_GRACE_MS);
    return posted ?? stop({ kind: 'cancelled-during' });
  });
  serviceTime.observe(answer);
  return { answer, outcome: stopped ?? readSubmission(answer), ...(written && { written }) };

  function stop(outcome: Outcome): Answer {
    stopped = outcome;
    return NO_ANSWER;
  }
}

type SubmissionTokens = { readonly clusterToken?: string } | { readonly failure: Failure };

/** Where no token is to be had, nothing was submitted. */
async function signIn(needsClusterToken: boolean, { azure }: FollowPorts): Promise<SubmissionTokens> {
  try {
    await azure.signIn();
    return needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
  } catch (error) {
    if (error instanceof StepError) return { failure: error.failure };
    throw error;
  }
}
