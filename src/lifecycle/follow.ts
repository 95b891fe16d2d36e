import { describeAnswer, retryAfterMs, type Answer } from '../azure/answer.ts';
import {
  readCommandStatus,
  type CommandId,
  type CommandResult,
  type CommandStatus,
} from '../azure/command-result.ts';
import type { Phase } from '../hosts/port.ts';
import { readStream, type PodReport } from '../pod/stream.ts';
import { formatDuration } from '../text/duration.ts';
import { say, type Text } from '../text/say.ts';
import { untilCancelled } from './cancel.ts';
import { withFreshTokens } from './fresh-tokens.ts';
import type { LifecyclePorts } from './ports.ts';
import type { Moment, StartBy } from './service-time.ts';

// Times are in milliseconds. A point in time is a reading of `Clock.monotonic`, unless it is a
// `Moment`.

/** How to follow a command, and for how long. */
export type FollowPlan = {
  readonly id: CommandId;
  /** The hash of its boundary, if this action submitted it. */
  readonly hash?: string | undefined;
  /** When it was submitted, or, if that was earlier, when the step began to wait for it. */
  readonly submittedAt: Moment;
  /** When its submission was answered, or when the step began to wait for it. */
  readonly answeredAt: Moment;
  /** How long the answer to the submission asked to wait before the first poll. */
  readonly firstPollAfter?: number | undefined;
  /** How soon AKS must say anything about the command. If absent, {@link startedWithin} counts. */
  readonly seenWithin?: number | undefined;
  /** How soon AKS must show that it started. */
  readonly startedWithin: number;
  /** How soon after its start it must end. If absent, its start does not extend the time. */
  readonly endedWithin?: number | undefined;
  /** Whether to stop as soon as AKS shows the command. */
  readonly untilSeen?: boolean | undefined;
  /** When a missing result is missing for good. */
  readonly goneAfter: Absence;
};

/** How long a result has been missing, and how long after the start-by time that was last seen. */
export type Absence = { readonly missingMs: number; readonly pastStartByMs: number };

/** What is known about a command that is followed. */
export type Known = {
  /** What AKS has said about the command: nothing, that it is about to run, or that it started. */
  readonly seen: 'nothing' | 'accepted' | 'started';
  /** Why there has been no result, and since when, always for the same reason. */
  readonly missing: { readonly because: Missing; readonly since: number } | undefined;
  /** How old AKS's last answer for this command may be. */
  readonly heard: Moment;
  /** Whether AKS was silent about it for so long that it may have run unseen. */
  readonly hasGap: boolean;
  /** Whether Azure has throttled a poll. */
  readonly isThrottled: boolean;
  /** When waiting ends. */
  readonly deadline: number;
  /** When the last poll was answered. */
  readonly polledAt: number;
};

type Missing = (CommandStatus & { readonly kind: 'missing' })['because'];

/** One request for the result, and its answer. */
export type Poll = {
  readonly answer: Answer;
  /** When the request was sent. A slow answer is outdated. */
  readonly askedAt: Moment;
  readonly answeredAt: Moment;
  /** How long after the start-by time the request was sent, negative before. */
  readonly pastStartByMs: number;
  /** A number in [0, 1), to spread throttled jobs. */
  readonly random: number;
};

/** What is known now, how long to wait before the next poll, and what to say. */
type Waiting = {
  readonly kind: 'waiting';
  readonly known: Known;
  readonly waitMs: number;
  readonly progress?: { readonly phase: Phase; readonly line: Text } | undefined;
  /** What came instead of a state of the command. Untrusted text. */
  readonly detail?: string | undefined;
};

/** How following a command ended. */
export type Followed = { readonly id: CommandId; readonly seen: Known['seen'] } &
  /** AKS has a result. */
  (
    | { readonly kind: 'ended'; readonly result: CommandResult; readonly podReport: PodReport }
    /** The result is missing, for good as far as can be told. The rest is from the last poll. */
    | ({
        readonly kind: 'missing';
        readonly because: Missing;
        readonly answer: Answer;
        readonly hasGap: boolean;
      } & Absence)
    /** AKS shows the command, and the plan asks for no more. */
    | { readonly kind: 'seen' }
    /**
     * `answer`: the last one, if it says nothing about the command. `seconds` count from its
     * submission.
     */
    | {
        readonly kind: 'time-over';
        readonly answer: Answer | undefined;
        readonly seconds: number;
      }
    | { readonly kind: 'cancelled' }
  );

/**
 * How long AKS may be silent about a command whose denial is to prove anything. It keeps a result
 * for about six minutes (seen: 6 min 10 s after the end), so in a longer silence a command can have
 * run, ended, and been forgotten.
 */
const MAX_SILENCE_MS = 5 * 60_000;
/** An answer other than a 429 can delay the next poll by at most this much. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Polls a command until it ends or there is no point in waiting any longer.
 *
 * @param startBy the command's, if this step submitted it
 */
export async function follow(
  plan: FollowPlan,
  startBy: StartBy | undefined,
  ports: LifecyclePorts,
): Promise<Followed> {
  const { azure, clock, log, cancelled } = ports;
  const { id } = plan;
  const read = withFreshTokens(ports);
  let waiting = beforeTheFirstPoll(plan);
  for (;;) {
    await clock.sleep(waiting.waitMs, cancelled);
    const poll = await pollOnce(() => read(() => azure.readResult(id)), startBy, ports);
    if (poll === undefined) return { kind: 'cancelled', id, seen: waiting.known.seen };

    const next = advance(waiting.known, poll, plan);
    if (next.kind !== 'waiting') return next;
    if (next.detail !== undefined) log.debug(next.detail);
    if (next.progress !== undefined) log.progress(next.progress.phase, next.progress.line);
    waiting = next;
  }
}

/** Asks for the result once. Undefined if the step is canceled. */
async function pollOnce(
  ask: () => Promise<Answer>,
  startBy: StartBy | undefined,
  { cancelled, clock, random, serviceTime }: LifecyclePorts,
): Promise<Poll | undefined> {
  if (cancelled.aborted) return undefined;

  const askedAt = serviceTime.observe();
  const answer = await untilCancelled(ask(), cancelled, clock);
  if (answer === undefined) return undefined;

  const answeredAt = serviceTime.observe(answer);
  const pastStartByMs = startBy?.agoMs(askedAt.monotonic) ?? -Infinity;
  return { answer, askedAt, answeredAt, pastStartByMs, random: random() };
}

export function beforeTheFirstPoll(plan: FollowPlan): Waiting {
  const { submittedAt, answeredAt, firstPollAfter = 0, seenWithin, startedWithin } = plan;
  const patience = seenWithin ?? startedWithin;
  const known: Known = {
    seen: 'nothing',
    missing: undefined,
    heard: earliestOf(submittedAt, answeredAt),
    hasGap: false,
    isThrottled: false,
    deadline: answeredAt.monotonic + patience,
    polledAt: answeredAt.monotonic,
  };
  const wait = Math.max(pollDelay(0), Math.min(firstPollAfter, MAX_RETRY_AFTER_MS));
  return { kind: 'waiting', known, waitMs: Math.min(wait, patience) };
}

/**
 * Takes what is known and one more poll, and decides how following ends, or how it goes on.
 * Throttling, a 5xx, a broken connection, or an unreadable body only means that the step asks
 * again.
 */
export function advance(before: Known, poll: Poll, plan: FollowPlan): Waiting | Followed {
  const status = readCommandStatus(poll.answer, plan.id);
  const known = learn(before, status, poll, plan);
  const followed = conclude(known, status, poll, plan);
  if (followed !== undefined) return followed;

  const waitMs = waitAfter(known, status, poll, plan);
  const isState = status.kind === 'running';
  return {
    kind: 'waiting',
    known,
    waitMs,
    progress: progressOf(before, known, plan),
    detail: isState ? undefined : `No result yet: ${describeAnswer(poll.answer)}`,
  };
}

/** What is known after one more poll. */
function learn(before: Known, status: CommandStatus, poll: Poll, plan: FollowPlan): Known {
  const known: Known = {
    ...before,
    missing: missingAfter(before, status, poll),
    isThrottled: before.isThrottled || status.kind === 'throttled',
    polledAt: poll.answeredAt.monotonic,
  };
  const isDenied = status.kind === 'missing' && status.because === 'no-such-command';
  if (status.kind !== 'running' && !isDenied) return known;

  const heard = earliestOf(poll.askedAt, poll.answeredAt);
  const hasGap = before.hasGap || isGap(before.heard, poll.answeredAt);
  if (status.kind !== 'running' || before.seen === 'started') return { ...known, heard, hasGap };

  const seen = status.startedAt === undefined ? 'accepted' : 'started';
  const startsNow = seen === 'started' && plan.endedWithin !== undefined;
  const deadline = startsNow
    ? known.polledAt + plan.endedWithin
    : plan.answeredAt.monotonic + plan.startedWithin;
  return { ...known, heard, hasGap, seen, deadline };
}

function missingAfter(before: Known, status: CommandStatus, poll: Poll): Known['missing'] {
  if (status.kind !== 'missing') return undefined;

  const { because } = status;
  if (before.missing?.because === because) return before.missing;

  // A slow answer may be as new as its arrival.
  return { because, since: poll.answeredAt.monotonic };
}

/** When an answer was given, at the earliest: a machine may sleep before it reads the answer. */
function earliestOf(askedAt: Moment, answeredAt: Moment): Moment {
  return { ...askedAt, azure: answeredAt.azure };
}

/**
 * Whether AKS was silent for too long between two answers. The clock that shows the longest silence
 * counts, since a machine that sleeps may stop one, and the others may be set back. Without dates,
 * nothing is proven.
 */
function isGap(last: Moment, now: Moment): boolean {
  const silence = Math.max(
    now.monotonic - last.monotonic,
    now.runner - last.runner,
    now.azure - last.azure,
  );
  return Number.isNaN(silence) || silence > MAX_SILENCE_MS;
}

/** How following ends with this poll. Undefined if it goes on. */
function conclude(
  { seen, missing, hasGap, deadline, polledAt }: Known,
  status: CommandStatus,
  { answer, askedAt, pastStartByMs }: Poll,
  { id, hash, goneAfter, submittedAt, untilSeen }: FollowPlan,
): Followed | undefined {
  if (status.kind === 'ended') {
    const { result } = status;
    return { kind: 'ended', id, seen, result, podReport: readStream(result.logs, hash) };
  }
  if (untilSeen && seen !== 'nothing') return { kind: 'seen', id, seen };

  const isTimeOver = polledAt >= deadline;
  if (missing !== undefined) {
    const { because, since } = missing;
    const absence = { missingMs: askedAt.monotonic - since, pastStartByMs };
    // A command that was never seen stays missing if there is no time left to look for it.
    const isMissing = isGone(absence, goneAfter) || (isTimeOver && seen === 'nothing');
    if (isMissing) return { kind: 'missing', id, seen, because, answer, hasGap, ...absence };
  }
  if (!isTimeOver) return undefined;

  const seconds = Math.round((polledAt - submittedAt.monotonic) / 1000);
  const lastAnswer = status.kind === 'running' ? undefined : answer;
  return { kind: 'time-over', id, seen, answer: lastAnswer, seconds };
}

/** Whether a result that is missing for this long counts as missing for good. */
export function isGone(absence: Absence, needed: Absence): boolean {
  return absence.missingMs >= needed.missingMs && absence.pastStartByMs >= needed.pastStartByMs;
}

/** What there is to say about the progress: a new phase, or, once a minute, that it goes on. */
function progressOf(before: Known, { seen, polledAt }: Known, plan: FollowPlan) {
  const { phase, first, still } = PROGRESS[seen];
  if (seen !== before.seen) return { phase, line: first };

  const begin = plan.answeredAt.monotonic;
  const minutesAt = (time: number) => Math.floor((time - begin) / 60_000);
  if (minutesAt(polledAt) === minutesAt(before.polledAt)) return undefined;

  const waited = formatDuration((polledAt - begin) / 1000);
  return { phase, line: say`${still} after ${waited}.` };
}

const BEFORE_ITS_START = {
  phase: 'submitted',
  first: say`Waiting for the pod to start.`,
  still: say`Still waiting`,
} as const;

/** What the log says about a command that got this far. */
const PROGRESS = {
  nothing: BEFORE_ITS_START,
  accepted: BEFORE_ITS_START,
  started: {
    phase: 'running',
    first: say`The command is running.`,
    still: say`Still running`,
  },
} as const;

/** How long to wait before the next poll, at most until the deadline. */
function waitAfter(
  { deadline, isThrottled, polledAt }: Known,
  status: CommandStatus,
  { answer, random }: Poll,
  plan: FollowPlan,
): number {
  const elapsed = polledAt - plan.answeredAt.monotonic;
  const usual = isThrottled ? throttledPollDelay(elapsed, random) : pollDelay(elapsed);
  const asked = retryAfterMs(answer) ?? 0;
  // All jobs that are throttled now get the same delay from Azure, so a random one is added.
  const wait =
    status.kind === 'throttled'
      ? asked + usual
      : Math.max(usual, Math.min(asked, MAX_RETRY_AFTER_MS));
  return Math.min(wait, deadline - polledAt);
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
function throttledPollDelay(elapsedMs: number, random: number): number {
  return Math.max(pollDelay(elapsedMs), Math.min(3_000 + elapsedMs, 10_000) * (0.5 + random));
}
