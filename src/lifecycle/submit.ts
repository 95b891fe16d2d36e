import type { Answer } from '../azure/answer.ts';
import { countTries } from '../azure/retry.ts';
import {
  readSubmissionOutcome,
  type PossibleCommand,
  type SubmissionOutcome,
} from '../azure/run-command.ts';
import type { WithoutResult } from '../ending.ts';
import { failureOf, type Failure } from '../failure.ts';
import type { PackedTask } from '../pod/submission.ts';
import { formatDuration } from '../text/duration.ts';
import { say } from '../text/say.ts';
import { untilCancelled } from './cancel.ts';
import { renewTokens } from './fresh-tokens.ts';
import type { LifecyclePorts } from './ports.ts';
import { StartBy, type Moment } from './service-time.ts';

/** A submission whose command may be in the cluster. */
export type Submitted = Posted & {
  readonly kind: 'submitted';
  /** What the answer says about the command. */
  readonly command: PossibleCommand;
};

/** A request to run the command, and its answer. */
type Posted = {
  readonly startBy: StartBy;
  readonly hash: string;
  readonly sentAt: Moment;
  readonly answer: Answer;
  readonly answeredAt: Moment;
};

const CANCEL_GRACE_MS = 1_500;

/**
 * Submits once: posts until Azure processes the request. What comes after that, another submission
 * included, is for the loop in `run.ts`.
 *
 * @param needsClusterToken false if the cluster is known to have no managed Entra, or could not be
 *   read
 * @returns a submission to follow, or why there is none: `not-started` if Azure did not process it
 *   or refused it, `unknown` if its answer was not waited for
 */
export async function submit(
  startTimeout: number,
  packed: PackedTask,
  needsClusterToken: boolean,
  ports: LifecyclePorts,
): Promise<Submitted | WithoutResult> {
  const pauseAfter = countTries(ports);
  let tokens: Tokens = { withClusterToken: needsClusterToken, areNew: false };
  for (;;) {
    ports.log.progress('submitting');
    const posted = await post(startTimeout, packed, tokens.withClusterToken, ports);
    if ('kind' in posted) return posted;

    const { answer } = posted;
    const refused = notStarted({ code: 'submission-refused', answer });
    const outcome = readSubmissionOutcome(answer);
    if (outcome.kind === 'refused') return refused;
    if (outcome.kind !== 'not-processed') {
      return { ...posted, kind: 'submitted', command: outcome };
    }

    const { because } = outcome;
    const next = await tokensForNextTry(because, tokens, () => pauseAfter(answer), ports);
    if (next === undefined) return refused;
    tokens = next;
  }
}

/** What a request is signed with. `areNew`: Azure rejected the access token of the last one. */
type Tokens = { readonly withClusterToken: boolean; readonly areNew: boolean };

/**
 * Gets what the next request needs, or waits until it may be sent. Undefined if another one would
 * not help.
 *
 * @param pause how many milliseconds to wait, if Azure gave no reason that tokens can fix
 */
async function tokensForNextTry(
  because: (SubmissionOutcome & { readonly kind: 'not-processed' })['because'],
  tokens: Tokens,
  pause: () => number | undefined,
  { azure, cancelled, clock, log }: LifecyclePorts,
): Promise<Tokens | undefined> {
  switch (because) {
    case 'access-token':
      if (tokens.areNew) return undefined;
      renewTokens(azure, log);
      return { ...tokens, areNew: true };
    case 'cluster-token':
      if (tokens.withClusterToken) return undefined;
      log.info(say`The cluster uses Entra. Requesting a token for it.`);
      return { withClusterToken: true, areNew: false };
    case 'throttled':
    case 'unreachable':
    case 'busy': {
      const wait = pause();
      if (wait === undefined) return undefined;
      const time = formatDuration(Math.ceil(wait / 1000));
      const why = REASONS[because];
      log.info(say`Azure did not accept the command (${why}). Retrying in ${time}.`);
      await clock.sleep(wait, cancelled);
      return { ...tokens, areNew: false };
    }
  }
}

const REASONS = {
  throttled: say`throttled`,
  unreachable: say`Azure could not be reached`,
  busy: say`another operation is in progress on the cluster`,
};

function notStarted(failure: Failure): WithoutResult {
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
  { azure, clock, cancelled, serviceTime, onOpen }: LifecyclePorts,
): Promise<Posted | WithoutResult> {
  const signIn = async () => {
    const cluster = needsClusterToken ? { clusterToken: await azure.clusterToken() } : {};
    return { ...cluster, accessToken: await azure.signIn() };
  };
  // Tokens can take a while, so they come before the start-by time is set and before the last check
  // for a cancel. After it, the request waits for nothing.
  const signedIn = signIn().catch((error: unknown) => notStarted(failureOf(error)));
  const tokens = await untilCancelled(signedIn, cancelled, clock);
  if (tokens === undefined || cancelled.aborted) return notStarted({ code: 'cancelled' });
  if ('kind' in tokens) return tokens;

  const startBy = new StartBy(startTimeout, clock, serviceTime);
  const { command, context, hash } = packed.submissionFor(startBy.seconds);
  onOpen({ submission: { hash, startBy: startBy.seconds } });
  const sentAt = serviceTime.observe();
  try {
    const response = azure.runCommand({ command, context, ...tokens });
    const answer = await untilCancelled(response, cancelled, clock, CANCEL_GRACE_MS);
    if (answer === undefined) {
      const mayStartUntil = startBy.seconds;
      return { kind: 'unknown', failure: { code: 'cancelled', mayStartUntil, hash } };
    }
    return { startBy, hash, sentAt, answer, answeredAt: serviceTime.observe(answer) };
  } catch (error) {
    return { kind: 'unknown', failure: failureOf(error) };
  }
}
