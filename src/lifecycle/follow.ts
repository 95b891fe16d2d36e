import { describeAnswer, type Answer } from '../azure/answer.ts';
import {
  readCommandStatus,
  type CommandId,
  type CommandResult,
  type CommandStatus,
} from '../azure/command-result.ts';
import type { Log } from '../hosts/port.ts';
import { formatDuration } from '../text/duration.ts';
import { trusted, type TrustedText } from '../text/trusted.ts';
import { untilCancelled } from './clock.ts';
import { throttledPollDelay, pollDelay } from './polling.ts';
import { retryAfterMs, withFreshTokens, type LifecyclePorts } from './retry.ts';

export type Followed = {
  /** What AKS has said about the command: nothing, that it is about to run, or that it started. */
  readonly seen: 'nothing' | 'accepted' | 'started';
  readonly seconds: number;
} & (
  | { readonly kind: 'ended'; readonly result: CommandResult }
  | { readonly kind: 'denied' | 'forbidden' | 'refused' | 'time-over'; readonly answer: Answer }
  | { readonly kind: 'cancelled' }
);

/** How long to follow, in milliseconds. */
export type Patience = {
  /**
   * From the beginning, until a start is seen. `unseen` applies while AKS has said nothing about
   * the command.
   */
  readonly unstarted: number;
  readonly unseen?: number;
  /** From the moment the start is seen. If absent, a start changes nothing. */
  readonly started?: number;
  /**
   * Whether the submission was throttled. If so, other jobs are waiting for the requests that
   * polling would use.
   */
  readonly isThrottled?: boolean;
  /** How long the answer to the submission asked to wait before the first look. */
  readonly firstLookAfter?: number | undefined;
  /**
   * Whether a result that was missing from `since` to `requestedAt`, always for the same reason, is
   * missing for good. Both are readings of {@link Clock.monotonic}. `requestedAt` is when the last
   * request was sent, as a slow answer is outdated.
   */
  isGone(since: number, requestedAt: number): boolean;
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
  patience: Patience,
  ports: LifecyclePorts,
): Promise<Followed> {
  const { azure, clock, log, cancelled, serviceTime } = ports;
  const begin = clock.monotonic();
  const pace = paceOfLooks(patience.isThrottled ?? false, ports);
  const look = () => withFreshTokens(azure, log, () => azure.readResult(id));
  let course: Course = {
    seen: 'nothing',
    deadline: begin + (patience.unseen ?? patience.unstarted),
  };
  let heartbeat = begin + HEARTBEAT_MS;
  let wait = Math.max(pace.first, Math.min(patience.firstLookAfter ?? 0, MAX_RETRY_AFTER_MS));

  for (;;) {
    const left = Math.max(0, course.deadline - clock.monotonic());
    await clock.sleep(Math.min(wait, left), cancelled);

    const requestedAt = clock.monotonic();
    const answer = cancelled.aborted ? undefined : await untilCancelled(look(), cancelled, clock);
    const now = clock.monotonic();
    const seconds = Math.round((now - begin) / 1000);
    if (answer === undefined) return { kind: 'cancelled', seen: course.seen, seconds };

    serviceTime.observe(answer);
    const status = readCommandStatus(answer);
    const { seen: before } = course;
    course = courseAfter(status, course, { begin, requestedAt, now }, patience);
    const { seen, missing, deadline } = course;
    if (seen !== before) say(seen, log);

    if (status.kind === 'ended') return { kind: 'ended', seen, seconds, result: status };
    if (status.kind !== 'running') log.debug(`No result yet: ${describeAnswer(answer)}`);
    if (missing && patience.isGone(missing.since, requestedAt)) {
      return { kind: missing.because, seen, seconds, answer };
    }
    if (now >= deadline) return { kind: 'time-over', seen, seconds, answer };
    if (now >= heartbeat) {
      heartbeat = now + HEARTBEAT_MS;
      say(seen, log, (now - begin) / 1000);
    }
    wait = pace.after(answer, status, now - begin);
  }
}

/**
 * What is known about a command while it is being followed. Times are readings of {@link
 * Clock.monotonic}.
 */
type Course = Pick<Followed, 'seen'> & {
  readonly deadline: number;
  readonly missing?: CommandStatus & { readonly kind: 'missing'; readonly since: number };
};

function courseAfter(
  status: CommandStatus,
  { seen, deadline, missing }: Course,
  { begin, requestedAt, now }: Readonly<Record<'begin' | 'requestedAt' | 'now', number>>,
  { unstarted, started }: Patience,
): Course {
  if (status.kind === 'missing') {
    const isSame = missing?.because === status.because;
    return { seen, deadline, missing: isSame ? missing : { ...status, since: requestedAt } };
  }
  if (status.kind !== 'running' || seen === 'started') return { seen, deadline };
  if (status.startedAt === undefined) return { seen: 'accepted', deadline: begin + unstarted };

  const withoutStart = begin + unstarted;
  return { seen: 'started', deadline: started === undefined ? withoutStart : now + started };
}

const PHASES: Readonly<Record<'submitted' | 'running', Record<'first' | 'verb', TrustedText>>> = {
  submitted: { first: trusted`Waiting for the pod to start.`, verb: trusted`waiting` },
  running: { first: trusted`The command is running.`, verb: trusted`running` },
};

/**
 * Reports that a command got this far or, if `seconds` is given, that it is still there after that
 * long.
 */
function say(seen: Followed['seen'], log: Log, seconds?: number): void {
  const phase = seen === 'started' ? 'running' : 'submitted';
  const { first, verb } = PHASES[phase];
  const line =
    seconds === undefined ? first : trusted`Still ${verb} after ${formatDuration(seconds)}.`;
  log.progress(phase, line);
}

/**
 * Follows the polling schedule, but less often once a poll or the submission has been throttled.
 */
function paceOfLooks(startsThrottled: boolean, { random }: LifecyclePorts) {
  let isThrottled = startsThrottled;
  const next = (elapsed: number) =>
    isThrottled ? throttledPollDelay(elapsed, random) : pollDelay(elapsed);
  return {
    first: next(0),
    after(answer: Answer, { kind }: CommandStatus, elapsed: number): number {
      const retryAfter = retryAfterMs(answer) ?? 0;
      if (kind !== 'throttled') {
        return Math.max(next(elapsed), Math.min(retryAfter, MAX_RETRY_AFTER_MS));
      }
      isThrottled = true;
      // All jobs that are throttled now get the same delay from Azure, so a random one is added.
      return retryAfter + next(elapsed);
    },
  };
}
