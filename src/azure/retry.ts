import type { Clock } from '../clock.ts';
import { formatDuration } from '../text/duration.ts';
import { say, type Text } from '../text/say.ts';
import { visible } from '../text/visible.ts';
import { describeAnswer, isAnswer, isTransient, retryAfterMs, type Answer } from './answer.ts';

/**
 * How many times a request is sent if it is not answered or not processed. Throttled attempts don't
 * count.
 */
const MAX_FAILURES = 6;
/**
 * A request is repeated for at most this long. If a service asks for a longer wait, the step does
 * not wait at all.
 */
const MAX_WAIT_MS = 60 * 60 * 1000;
/**
 * A wider spread would leave the service's bucket unused while the last jobs of a matrix still
 * wait.
 */
const MAX_SPREAD_MS = 15_000;

/** What repeating a request needs from the outside world. */
export type RetryPorts = {
  readonly clock: Clock;
  /** Shows untrusted text. */
  readonly log: { show(text: string): void };
  readonly cancelled: AbortSignal;
  /** A number in [0, 1), to spread the jobs of a matrix. */
  readonly random: () => number;
};

/**
 * Counts the tries of one request. This is the only policy for how often and how soon a request is
 * repeated. The returned function takes the answer to the last try, and returns how many
 * milliseconds to wait before the next one; undefined if there is none.
 */
export function countTries({ clock, random }: RetryPorts): (answer: Answer) => number | undefined {
  const begin = clock.monotonic();
  let throttled = 0;
  let failures = 0;
  return (answer) => {
    let wait = retryAfterMs(answer);
    if (answer.kind === 'answered' && answer.status === 429) {
      // A growing random share is added, to spread the jobs of a matrix out.
      const spread = Math.min(1000 * 2 ** throttled, MAX_SPREAD_MS);
      wait = (wait ?? 1000) + random() * spread;
      throttled += 1;
    } else {
      wait ??= Math.min(1000 * 2 ** failures, 16_000);
      failures += 1;
    }

    const isLast = failures >= MAX_FAILURES || clock.monotonic() + wait - begin > MAX_WAIT_MS;
    return isLast ? undefined : wait;
  };
}

/**
 * Repeats a request that is safe to repeat until it succeeds, fails for good, or the step is
 * canceled. If throttled, it waits as Azure asks, for up to an hour; any other transient failure
 * is tried six times. Logs each retry.
 *
 * @returns what the last attempt returned: a success can be anything, a failure is an answer
 */
export async function retrying<T extends object>(
  what: Text,
  attempt: () => Promise<T>,
  ports: RetryPorts,
): Promise<T> {
  const { clock, log, cancelled } = ports;
  const pauseAfter = countTries(ports);
  for (;;) {
    const tried = await attempt();
    if (!isAnswer(tried) || !isTransient(tried)) return tried;

    const wait = cancelled.aborted ? undefined : pauseAfter(tried);
    if (wait === undefined) return tried;
    // All of it is one line, with the service's words last, so that two loops at once are readable.
    const retry = say`${what} failed. Retrying in ${formatDuration(Math.ceil(wait / 1000))}:`;
    log.show(`${retry.plain} ${visible(describeAnswer(tried).replaceAll(/\s+/g, ' '))}`);
    await clock.sleep(wait, cancelled);
    if (cancelled.aborted) return tried;
  }
}
