import { describeAnswer, isTransient, retryAfterSeconds, type Answer } from '../azure/answer.ts';
import type { Azure } from '../azure/port.ts';
import { rejectsToken } from '../azure/submission.ts';
import type { Clock } from './clock.ts';
import { formatDuration } from '../text/duration.ts';
import { visible } from '../text/visible.ts';
import { ours, type Ours } from '../text/ours.ts';
import type { Log } from '../hosts/log.ts';

/** How often a request is sent again that was not answered, or not processed, throttled ones aside. */
const MAX_FAILURES = 6;
/** How long a request is sent again at most. A service that tells to wait beyond that is not waited for at all. */
const MAX_WAIT_MS = 60 * 60 * 1000;
const MAX_BACKOFF_MS = 16_000;
/** More would leave the bucket unused when the last jobs of a matrix wait. */
const MAX_SPREAD_MS = 15_000;

export type RetryPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly cancelled: AbortSignal;
  /** A number in [0, 1), to spread the jobs of a matrix. */
  readonly random: () => number;
};

/** The tries of one request, counted: the one policy of how often, and how soon, it is made again. */
export type Tries = {
  /** Milliseconds until the next try, after an answer to the last; undefined where it was the last. */
  pauseAfter(answer: Answer): number | undefined;
  wasThrottled(): boolean;
};

/** Starts to count. Whether an answer is worth another try is for who asks. */
export function countTries({ clock, random }: Pick<RetryPorts, 'clock' | 'random'>): Tries {
  const begin = clock.monotonic();
  let throttled = 0;
  let failures = 0;
  return {
    pauseAfter(answer) {
      const isThrottled = answer.kind === 'answered' && answer.status === 429;
      if (!isThrottled && ++failures >= MAX_FAILURES) return undefined;
      const wait = isThrottled ? throttleDelay(answer, throttled++, random) : backoff(answer, failures);
      return clock.monotonic() + wait - begin > MAX_WAIT_MS ? undefined : wait;
    },
    wasThrottled: () => throttled > 0,
  };
}

/** One try: what was asked for, or the answer that came instead. */
export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

/**
 * The one policy for requests that are safe to repeat: ID token, Entra, metadata, cluster. A throttled request waits
 * as told, for up to an hour; any other transient failure is tried six times with growing pauses. Each retry is a
 * line in the log.
 *
 * @returns the first success, else the last failure.
 */
export async function retrying<T>(
  what: Ours,
  attempt: () => Promise<Attempt<T>>,
  ports: RetryPorts,
): Promise<Attempt<T>> {
  return repeat(what, attempt, (tried) => (tried.ok ? undefined : tried.answer), ports);
}

async function repeat<T>(
  what: Ours,
  attempt: () => Promise<T>,
  answerOf: (tried: T) => Answer | undefined,
  ports: RetryPorts,
): Promise<T> {
  const { clock, log, cancelled } = ports;
  const tries = countTries(ports);
  for (;;) {
    const tried = await attempt();
    const answer = answerOf(tried);
    if (answer === undefined || !isTransient(answer) || cancelled.aborted) return tried;
    const wait = tries.pauseAfter(answer);
    if (wait === undefined) return tried;
    // One line, the service's words at its end: two loops at once stay readable.
    const told = ours`${what} failed. Retrying in ${formatDuration(Math.ceil(wait / 1000))}: `;
    log.show(told + visible(describeAnswer(answer).replaceAll(/\s+/g, ' ')));
    await clock.sleep(wait, cancelled);
    if (isAborted(cancelled)) return tried;
  }
}

/** `retrying` for a request whose answer, whatever it is, is what was asked for. */
export async function askAgain(what: Ours, ask: () => Promise<Answer>, ports: RetryPorts): Promise<Answer> {
  return repeat(what, ask, (answer) => answer, ports);
}

/** Makes a call to ARM, and where ARM does not take the tokens, which says that nothing was done, once more with others. */
export async function withFreshTokens(azure: Azure, log: Log, call: () => Promise<Answer>): Promise<Answer> {
  const answer = await call();
  if (!rejectsToken(answer)) return answer;
  log.say(ours`Azure rejected the access token. Requesting a new one.`);
  azure.forgetTokens();
  return call();
}

/** Read through a function: the compiler does not know that a signal changes while one awaits. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/**
 * Milliseconds to wait after a 429: what was told, and a random share more, which grows with each throttled answer,
 * so that the jobs of a matrix do not come back together.
 */
export function throttleDelay(answer: Answer, throttledBefore: number, random: () => number): number {
  const told = toldDelay(answer) ?? 1000;
  return told + random() * Math.min(1000 * 2 ** throttledBefore, MAX_SPREAD_MS);
}

/** Milliseconds to wait after another transient failure, the n-th in a row: what was told, else 1 s, 2 s, 4 s … */
export function backoff(answer: Answer, failures: number): number {
  return toldDelay(answer) ?? Math.min(1000 * 2 ** (failures - 1), MAX_BACKOFF_MS);
}

/** Milliseconds that an answer asks to wait, with whatever status. */
export function toldDelay(answer: Answer): number | undefined {
  const seconds = answer.kind === 'answered' ? retryAfterSeconds(answer.headers) : undefined;
  return seconds === undefined ? undefined : seconds * 1000;
}
