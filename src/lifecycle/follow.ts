import { describeAnswer, retryAfterMs, type Answer } from '../azure/answer.ts';
import { readCommandStatus, type CommandId, type CommandResult } from '../azure/command-result.ts';
import { readStream, type PodReport } from '../pod/stream.ts';
import { formatDuration } from '../text/duration.ts';
import { trusted } from '../text/trusted.ts';
import { untilCancelled } from './cancel.ts';
import { withFreshTokens, type LifecyclePorts } from './retry.ts';

/** How following a command ended. */
export type Followed = {
  readonly id: CommandId;
  /** What AKS has said about the command: nothing, that it is about to run, or that it started. */
  readonly seen: 'nothing' | 'accepted' | 'started';
  /** How long it was followed. */
  readonly seconds: number;
  /**
   * When the last request was sent, as a reading of {@link Clock.monotonic}. A slow answer is
   * outdated.
   */
  readonly askedAt: number;
} & (
  | { readonly kind: 'ended'; readonly result: CommandResult; readonly podReport: PodReport }
  /** The result has been missing for this long, always for the same reason. */
  | {
      readonly kind: 'missing';
      readonly because: 'no-such-command' | 'forbidden' | 'rejected';
      readonly missingMs: number;
      readonly answer: Answer;
    }
  | { readonly kind: 'time-over'; readonly answer: Answer }
  | { readonly kind: 'cancelled' }
);

/** How long to follow a command. Times are in milliseconds. */
export type FollowOptions = {
  /** What the lines of its script begin with, if this step submitted it. */
  readonly boundary?: string | undefined;
  /** How soon AKS must say anything about the command. If absent, {@link startedWithin} counts. */
  readonly seenWithin?: number | undefined;
  /** How soon AKS must show that it started. */
  readonly startedWithin: number;
  /** How soon after its start it must end. If absent, its start does not extend the time. */
  readonly endedWithin?: number | undefined;
  /** How long the answer to the submission asked to wait before the first look. */
  readonly firstLookAfter?: number | undefined;
  /** Whether a result is missing for good, from how long it has been missing when asked for. */
  isGone(missingMs: number, askedAt: number): boolean;
};

const HEARTBEAT_MS = 60_000;
/** An answer other than a 429 can delay the next poll by at most this much. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Polls a command until it ends or there is no point in waiting any longer. Throttling, a 5xx, a
 * broken connection, or an unreadable body only means that it asks again.
 */
export async function follow(
  id: CommandId,
  options: FollowOptions,
  ports: LifecyclePorts,
): Promise<Followed> {
  const { azure, clock, log, cancelled, random, serviceTime } = ports;
  const begin = clock.monotonic();
  const mustStartBy = begin + options.startedWithin;
  let deadline = begin + (options.seenWithin ?? options.startedWithin);
  let heartbeat = begin + HEARTBEAT_MS;

  let seen: Followed['seen'] = 'nothing';
  let missingSince: { readonly because: string; readonly at: number } | undefined;
  let isThrottled = false;
  const look = () => withFreshTokens(azure, log, () => azure.readResult(id));
  const delayAfter = (elapsed: number) =>
    isThrottled ? throttledPollDelay(elapsed, random) : pollDelay(elapsed);
  let wait = Math.max(delayAfter(0), Math.min(options.firstLookAfter ?? 0, MAX_RETRY_AFTER_MS));

  for (;;) {
    const left = Math.max(0, deadline - clock.monotonic());
    await clock.sleep(Math.min(wait, left), cancelled);

    const askedAt = clock.monotonic();
    const answer = cancelled.aborted ? undefined : await untilCancelled(look(), cancelled, clock);
    const now = clock.monotonic();
    const followed = { id, seconds: Math.round((now - begin) / 1000), askedAt };
    if (answer === undefined) return { ...followed, seen, kind: 'cancelled' };

    serviceTime.observe(answer);
    const status = readCommandStatus(answer);
    if (status.kind === 'ended') {
      const { result } = status;
      const podReport = readStream(result.logs, options.boundary);
      return { ...followed, seen, kind: 'ended', result, podReport };
    }
    if (status.kind !== 'running') log.debug(`No result yet: ${describeAnswer(answer)}`);

    if (status.kind === 'running' && seen !== 'started') {
      const reached = status.startedAt === undefined ? 'accepted' : 'started';
      if (reached !== seen) log.progress(phaseOf(reached).name, phaseOf(reached).first);
      seen = reached;
      const isLimited = reached === 'started' && options.endedWithin !== undefined;
      deadline = isLimited ? now + options.endedWithin : mustStartBy;
    }

    if (status.kind !== 'missing') {
      missingSince = undefined;
    } else {
      const { because } = status;
      if (missingSince?.because !== because) missingSince = { because, at: askedAt };
      const missingMs = askedAt - missingSince.at;
      if (options.isGone(missingMs, askedAt)) {
        return { ...followed, seen, kind: 'missing', because, missingMs, answer };
      }
    }

    if (now >= deadline) return { ...followed, seen, kind: 'time-over', answer };
    if (now >= heartbeat) {
      heartbeat = now + HEARTBEAT_MS;
      const { name, still } = phaseOf(seen);
      log.progress(name, trusted`${still} after ${formatDuration((now - begin) / 1000)}.`);
    }

    const retryAfter = retryAfterMs(answer) ?? 0;
    if (status.kind === 'throttled') {
      isThrottled = true;
      // All jobs that are throttled now get the same delay from Azure, so a random one is added.
      wait = retryAfter + delayAfter(now - begin);
    } else {
      wait = Math.max(delayAfter(now - begin), Math.min(retryAfter, MAX_RETRY_AFTER_MS));
    }
  }
}

/** What the log says about a command that got this far. */
function phaseOf(seen: Followed['seen']) {
  if (seen === 'started') {
    const first = trusted`The command is running.`;
    return { name: 'running', first, still: trusted`Still running` } as const;
  }
  const first = trusted`Waiting for the pod to start.`;
  return { name: 'submitted', first, still: trusted`Still waiting` } as const;
}

/**
 * Milliseconds until the next poll of a command that has been followed for this long: often at
 * first, then every 2 s until a minute has passed, every 4 s up to 15 minutes, and every 10 s after
 * that. All jobs of a subscription and region share a bucket of 60 requests that refills at 1 per
 * second; three jobs at once never empty it.
 */
function pollDelay(elapsedMs: number): number {
  if (elapsedMs >= 15 * 60_000) return 10_000;
  if (elapsedMs >= 60_000) return 4_000;
  return Math.min(100 + elapsedMs * 0.3, 2_000);
}

/**
 * The same once that bucket has run empty. Each poll of a command that is still running takes a
 * request away from a job whose command has ended. The delay is random so that jobs that were let
 * through together don't come back together.
 */
function throttledPollDelay(elapsedMs: number, random: () => number): number {
  return Math.max(pollDelay(elapsedMs), Math.min(3_000 + elapsedMs, 10_000) * (0.5 + random()));
}
