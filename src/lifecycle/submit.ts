import type { Answer } from '../azure/answer.ts';
import type { CommandId } from '../azure/command.ts';
import { readSubmission } from '../azure/submission.ts';
import { failureOf, type Failure } from '../failure.ts';
import type { Shipment } from '../pod/package.ts';
import { formatDuration } from '../text/duration.ts';
import { ours } from '../text/ours.ts';
import { untilCancelled } from './clock.ts';
import type { Ending } from './ending.ts';
import { countTries, renewTokens, type LifecyclePorts } from './retry.ts';
import { startByNow, type StartBy } from './start-by.ts';

/** A command to submit. */
export type Order = {
  readonly write: Shipment['address'];
  /** False if the cluster is known to have no managed Entra, or could not be read. */
  readonly needsClusterToken: boolean;
  /** All in seconds. */
  readonly startTimeout: number;
  readonly timeout: number;
  readonly startRetries: number;
  readonly wait: boolean;
};

/** A submission whose command may be in the cluster. */
export type Submitted = {
  readonly kind: 'submitted';
  readonly startBy: StartBy;
  readonly boundary: string;
  readonly answer: Answer;
  readonly as: 'accepted' | 'did-not-start' | 'unclear';
  readonly id?: CommandId;
  /** A guess at the id, if the answer names none. */
  readonly candidate?: CommandId;
  readonly needsClusterToken: boolean;
  /** Whether it was throttled before it got through. */
  readonly crowded: boolean;
};

const CANCEL_GRACE_MS = 1_500;

/** Posts until an answer says something about the command other than "not processed". */
export async function submit(order: Order, ports: LifecyclePorts): Promise<Submitted | Ending> {
  const { azure, clock, log, cancelled } = ports;
  const tries = countTries(ports);
  let { needsClusterToken } = order;
  let renewed = false;

  for (;;) {
    log.progress('submitting');
    const posted = await post(order, needsClusterToken, ports);
    if ('kind' in posted) return posted;
    const { answer } = posted;
    const submission = readSubmission(answer);
    const refused: Ending = {
      kind: 'not-started',
      failure: { code: 'submission-refused', answer },
    };
    switch (submission.kind) {
      case 'refused':
        return refused;
      case 'token-rejected':
        if (renewed) return refused;
        renewTokens(azure, log);
        break;
      case 'cluster-token-required':
        if (needsClusterToken) return refused;
        log.say(ours`The cluster uses Entra. Requesting a token for it.`);
        needsClusterToken = true;
        break;
      case 'try-again': {
        const wait = tries.pauseAfter(answer);
        if (wait === undefined) return refused;
        const pause = formatDuration(Math.ceil(wait / 1000));
        log.say(
          ours`Azure didn't accept the command (${REASONS[submission.because]}). Retrying in ${pause}.`,
        );
        await clock.sleep(wait, cancelled);
        break;
      }
      default: {
        const { kind: as, ...known } = submission;
        return {
          kind: 'submitted',
          as,
          ...known,
          ...posted,
          needsClusterToken,
          crowded: tries.wasThrottled(),
        };
      }
    }
    renewed = submission.kind === 'token-rejected';
  }
}

const REASONS = {
  throttled: ours`throttled`,
  unreachable: ours`Azure could not be reached`,
  conflict: ours`another operation is in progress on the cluster`,
};

/** Posts once. A cancel before that submits nothing. During the request, a cancel leaves little time for an answer. */
async function post(
  order: Order,
  needsClusterToken: boolean,
  ports: LifecyclePorts,
): Promise<Pick<Submitted, 'startBy' | 'boundary' | 'answer'> | Ending> {
  const { azure, clock, cancelled, serviceTime } = ports;
  const notStarted = (failure: Failure): Ending => ({ kind: 'not-started', failure });
  const signIn = async () => {
    await azure.signIn();
    return needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
  };
  // Tokens can take a while, so they come before the start-by time is set and before the last check for a cancel.
  const signedIn = signIn().catch((error: unknown) => notStarted(failureOf(error)));
  const tokens = await untilCancelled(signedIn, cancelled, clock);
  if (tokens === undefined || cancelled.aborted) return notStarted({ code: 'cancelled' });
  if ('kind' in tokens) return tokens;
  const startBy = startByNow(order.startTimeout, clock, serviceTime);
  const { body, boundary } = order.write(startBy.seconds);
  try {
    const sent = azure.runCommand({ ...body, ...tokens });
    const answer = await untilCancelled(sent, cancelled, clock, CANCEL_GRACE_MS);
    if (answer) {
      serviceTime.observe(answer);
      return { answer, startBy, boundary };
    }
    return { kind: 'unknown', failure: { code: 'cancelled', mayStartUntil: startBy.seconds } };
  } catch (error) {
    return { kind: 'unknown', failure: failureOf(error) };
  }
}
