import type { Answer } from '../azure/answer.ts';
import { readSubmissionOutcome, type PossibleCommand } from '../azure/run-command.ts';
import { failureOf, type Failure } from '../failure.ts';
import type { PackedTask } from '../pod/submission.ts';
import { formatDuration } from '../text/duration.ts';
import { trusted } from '../text/trusted.ts';
import { untilCancelled } from './cancel.ts';
import { countTries, renewTokens, type LifecyclePorts } from './retry.ts';
import { StartBy } from './service-time.ts';

/** A submission whose command may be in the cluster. */
export type Submitted = Posted & {
  readonly kind: 'submitted';
  /** What the answer says about the command. */
  readonly command: PossibleCommand;
};

/**
 * A submission after which there is nothing to follow. `not-started`: Azure did not process it, or
 * refused it. `unknown`: its answer was not waited for.
 */
export type NotSubmitted = {
  readonly kind: 'not-started' | 'unknown';
  readonly failure: Failure;
};

/** A request to run the command, and its answer. Times are readings of `Clock.monotonic`, in ms. */
type Posted = {
  readonly startBy: StartBy;
  readonly boundary: string;
  readonly sentAt: number;
  readonly answer: Answer;
  readonly answeredAt: number;
};

const CANCEL_GRACE_MS = 1_500;

/**
 * Submits once: posts until Azure processes the request. What comes after that, another submission
 * included, is for the loop in `run.ts`.
 *
 * @param needsClusterToken false if the cluster is known to have no managed Entra, or could not be
 *   read
 */
export async function submit(
  startTimeout: number,
  packed: PackedTask,
  needsClusterToken: boolean,
  ports: LifecyclePorts,
): Promise<Submitted | NotSubmitted> {
  const { azure, clock, log, cancelled } = ports;
  const pauseAfter = countTries(ports);
  let withClusterToken = needsClusterToken;
  let hasNewTokens = false;

  for (;;) {
    log.progress('submitting');
    const posted = await post(startTimeout, packed, withClusterToken, ports);
    if ('kind' in posted) return posted;

    const { answer } = posted;
    const refused = notStarted({ code: 'submission-refused', answer });
    const outcome = readSubmissionOutcome(answer);
    if (outcome.kind === 'refused') return refused;
    if (outcome.kind !== 'not-processed') {
      return { ...posted, kind: 'submitted', command: outcome };
    }

    const { because } = outcome;
    switch (because) {
      case 'access-token':
        if (hasNewTokens) return refused;
        renewTokens(azure, log);
        break;
      case 'cluster-token':
        if (withClusterToken) return refused;
        log.info(trusted`The cluster uses Entra. Requesting a token for it.`);
        withClusterToken = true;
        break;
      case 'throttled':
      case 'unreachable':
      case 'busy': {
        const wait = pauseAfter(answer);
        if (wait === undefined) return refused;
        const pause = formatDuration(Math.ceil(wait / 1000));
        const why = REASONS[because];
        log.info(trusted`Azure didn't accept the command (${why}). Retrying in ${pause}.`);
        await clock.sleep(wait, cancelled);
      }
    }
    hasNewTokens = because === 'access-token';
  }
}

const REASONS = {
  throttled: trusted`throttled`,
  unreachable: trusted`Azure could not be reached`,
  busy: trusted`another operation is in progress on the cluster`,
};

function notStarted(failure: Failure): NotSubmitted {
  return { kind: 'not-started', failure };
}

/**
 * Posts once. A cancel before that submits nothing. During the request, a cancel leaves little time
 * for an answer.
 */
async function post(
  startTimeout: number,
  packed: PackedTask,
  needsClusterToken: boolean,
  { azure, clock, cancelled, serviceTime }: LifecyclePorts,
): Promise<Posted | NotSubmitted> {
  const signIn = async () => {
    await azure.signIn();
    return needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
  };
  // Tokens can take a while, so they come before the start-by time is set and before the last check
  // for a cancel.
  const signedIn = signIn().catch((error: unknown) => notStarted(failureOf(error)));
  const tokens = await untilCancelled(signedIn, cancelled, clock);
  if (tokens === undefined || cancelled.aborted) return notStarted({ code: 'cancelled' });
  if ('kind' in tokens) return tokens;

  const startBy = new StartBy(startTimeout, clock, serviceTime);
  const { command, context, boundary } = packed.submissionFor(startBy.seconds);
  const sentAt = clock.monotonic();
  try {
    const response = azure.runCommand({ command, context, ...tokens });
    const answer = await untilCancelled(response, cancelled, clock, CANCEL_GRACE_MS);
    if (answer === undefined) {
      return { kind: 'unknown', failure: { code: 'cancelled', mayStartUntil: startBy.seconds } };
    }
    serviceTime.observe(answer);
    return { startBy, boundary, sentAt, answer, answeredAt: clock.monotonic() };
  } catch (error) {
    return { kind: 'unknown', failure: failureOf(error) };
  }
}
