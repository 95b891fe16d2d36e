import { describeAnswer, isTransient, type Answer } from '../azure/answer.ts';
import type { Azure } from '../azure/port.ts';
import { untilCancelled } from './cancellation.ts';
import type { CommandId } from '../azure/command-id.ts';
import { deniesCommand, readCommandStatus, type CommandResult, type CommandStatus } from '../azure/command-result.ts';
import { ours } from '../text/ours.ts';
import { crowdedPollDelay, pollDelay } from './polling.ts';
import { throttleDelay, toldDelay, withFreshTokens, type RetryPorts } from './retry.ts';
import { formatDuration } from '../text/duration.ts';
import type { ServiceTime } from './clock.ts';

/** How a command's following ended. */
export type Followed =
  | { readonly kind: 'ended'; readonly result: CommandResult }
  /** ARM keeps answering that there is no such command (`denied`), or with another refusal. */
  | { readonly kind: 'missing'; readonly denied: boolean; readonly seen: Seen; readonly answer: Answer }
  /** The caller may not read the result. */
  | { readonly kind: 'forbidden'; readonly seen: Seen; readonly answer: Answer }
  | { readonly kind: 'time-over'; readonly seen: Seen; readonly seconds: number }
  | { readonly kind: 'cancelled'; readonly seen: Seen };

/** What AKS said of a command so far: nothing, that it is about to run, that it started. */
type Seen = 'nothing' | 'accepted' | 'started';

/** How long to follow. All in milliseconds. */
export type Patience = {
  /** Whether the submission was throttled: other jobs wait for the requests that looks would take. */
  readonly crowded?: boolean;
  /** From the beginning, as long as no start was seen. */
  readonly unstarted: number;
  /** From the moment its start is seen; without it, a start changes nothing. */
  readonly started?: number;
  /**
   * Whether a result that has been missing since then, for one and the same reason, is missing for good. What counts is when it
   * was last asked for: the answer may have been slow, and old. Both by {@link Clock.monotonic}.
   */
  isGone(since: number, asked: number): boolean;
};

export type FollowPorts = RetryPorts & { readonly azure: Azure; readonly serviceTime: ServiceTime };

const HEARTBEAT_MS = 60_000;
/** An answer that is no refusal delays the next look by this much at most. */
const MAX_TOLD_MS = 60_000;

/** A command's following, so far. All times by {@link Clock.monotonic}. */
type Course = {
  readonly begin: number;
  deadline: number;
  heartbeat: number;
  crowded: boolean;
  /** Looks in a row that were throttled. */
  throttled: number;
  missing: { readonly kind: Missing; readonly since: number } | undefined;
  seen: Seen;
};

/**
 * Polls a command until it ended, or there is no point in waiting on. A throttled answer, a 5xx, a torn connection,
 * an unreadable body: asked again until the time is over.
 */
export async function follow(id: CommandId, patience: Patience, ports: FollowPorts): Promise<Followed> {
  const { azure, clock, log, cancelled, serviceTime } = ports;
  const course = courseFrom(clock.monotonic(), patience);
  const look = () => withFreshTokens(azure, log, () => azure.readResult(id));
  let wait = nextLook(course, 0, ports);

  for (;;) {
    await clock.sleep(Math.min(wait, Math.max(0, course.deadline - clock.monotonic())), cancelled);
    const asked = clock.monotonic();
    const answer = cancelled.aborted ? undefined : await untilCancelled(look(), cancelled, clock);
    if (answer === undefined) return { kind: 'cancelled', seen: course.seen };
    serviceTime.observe(answer);
    const now = clock.monotonic();
    const elapsed = now - course.begin;

    const status = readStatus(answer);
    const end = endOf(status, { answer, asked }, course, patience);
    if (end !== undefined) return end;
    wait = waitAfter(answer, status, course, elapsed, ports);
    if (status.kind === 'running') noteRunning(status, course, patience, now, log);
    else log.debug(`No result yet: ${describeAnswer(answer)}`);

    if (now >= course.deadline) return { kind: 'time-over', seen: course.seen, seconds: Math.round(elapsed / 1000) };
    if (now >= course.heartbeat) {
      course.heartbeat = now + HEARTBEAT_MS;
      const isRunning = course.seen === 'started';
      const what = isRunning ? ours`running` : ours`waiting`;
      log.progress(isRunning ? 'running' : 'submitted', ours`Still ${what} after ${formatDuration(elapsed / 1000)}.`);
    }
  }
}

function courseFrom(begin: number, { unstarted, crowded = false }: Patience): Course {
  return {
    begin,
    deadline: begin + unstarted,
    heartbeat: begin + HEARTBEAT_MS,
    crowded,
    throttled: 0,
    missing: undefined,
    seen: 'nothing',
  };
}

/** Whether there is no point in another look. */
function endOf(
  status: Status,
  { answer, asked }: { readonly answer: Answer; readonly asked: number },
  course: Course,
  patience: Patience,
): Followed | undefined {
  const { seen } = course;
  if (status.kind === 'ended') return { kind: 'ended', result: status };
  if (status.kind === 'forbidden') return { kind: 'forbidden', seen, answer };
  if (status.kind !== 'denied' && status.kind !== 'refused') {
    course.missing = undefined;
    return undefined;
  }
  if (course.missing?.kind !== status.kind) course.missing = { kind: status.kind, since: asked };
  const isGone = patience.isGone(course.missing.since, asked);
  return isGone ? { kind: 'missing', denied: status.kind === 'denied', seen, answer } : undefined;
}

function nextLook({ crowded }: Course, elapsed: number, { random }: FollowPorts): number {
  return crowded ? crowdedPollDelay(elapsed, random) : pollDelay(elapsed);
}

function waitAfter(answer: Answer, { kind }: Status, course: Course, elapsed: number, ports: FollowPorts): number {
  const wait = Math.max(nextLook(course, elapsed, ports), Math.min(toldDelay(answer) ?? 0, MAX_TOLD_MS));
  if (kind === 'running') course.throttled = 0;
  if (kind !== 'throttled') return wait;
  course.crowded = true;
  return Math.max(wait, throttleDelay(answer, course.throttled++, ports.random));
}

/** Tells what AKS says for the first time. */
function noteRunning(
  { startedAt }: Status & { kind: 'running' },
  course: Course,
  patience: Patience,
  now: number,
  log: FollowPorts['log'],
): void {
  if (startedAt === undefined && course.seen === 'nothing') {
    course.seen = 'accepted';
    log.progress('submitted', ours`Waiting for the pod to start.`);
  } else if (startedAt !== undefined && course.seen !== 'started') {
    course.seen = 'started';
    if (patience.started !== undefined) course.deadline = now + patience.started;
    log.progress('running', ours`The command is running.`);
  }
}

/** There is no such command, or the request is refused for something else that another try does not fix. */
type Missing = 'denied' | 'refused';

type Status = CommandStatus | { readonly kind: Missing | 'forbidden' | 'throttled' };

function readStatus(answer: Answer): Status {
  if (answer.kind === 'unanswered') return { kind: 'unreadable' };
  const { status } = answer;
  if (status === 200 || status === 202) return readCommandStatus(answer);
  // With new tokens, too: as long as it may be theirs, it says nothing of the command.
  if (status === 401) return { kind: 'unreadable' };
  if (status === 403) return { kind: 'forbidden' };
  if (status === 429) return { kind: 'throttled' };
  if (deniesCommand(answer)) return { kind: 'denied' };
  return status >= 400 && !isTransient(answer) ? { kind: 'refused' } : { kind: 'unreadable' };
}
