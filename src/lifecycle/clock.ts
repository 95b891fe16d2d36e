import type { Answer } from '../azure/answer.ts';

/** Time, as a port: the real clock in the action, a simulated one in tests. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds since some moment of this process. It never goes back, even if somebody sets the machine's clock. */
  monotonic(): number;
  /** Resolves after so many milliseconds, or at once when the signal aborts. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};

/** Azure's clock, by the `Date` headers of its answers; the runner's own, which may be wrong, until the first of them. */
export type ServiceTime = {
  observe(answer: Answer): void;
  /** Milliseconds since the epoch by the last answer. Up to a second behind, since `Date` counts whole seconds. */
  now(): number;
  /**
   * The earliest time that it can be at this reading of {@link Clock.monotonic}, by all answers so far: one that is dated
   * ahead must not make anything look finished too soon. A runner's clock that is slightly behind all of them counts too.
   */
  atLeast(at: number): number;
  /** Whether any answer carried a date. Without one, nothing can be proved to be over by Azure's clock. */
  isKnown(): boolean;
};

/** The life of GitHub's ID tokens: an Azure that is further ahead would reject them, so then the runner's clock is wrong. */
const MAX_AHEAD_MS = 300_000;

export function serviceTime(clock: Clock): ServiceTime {
  // Offsets from the monotonic clock, because the runner's own clock may be set during the step.
  const own = () => clock.now() - clock.monotonic();
  let last: number | undefined;
  let smallest: number | undefined;
  return {
    observe(answer) {
      const date = answer.kind === 'answered' ? Date.parse(answer.headers['date'] ?? '') : NaN;
      if (!Number.isFinite(date)) return;
      last = date - clock.monotonic();
      smallest = Math.min(smallest ?? last, last);
    },
    now: () => clock.monotonic() + (last ?? own()),
    atLeast(at) {
      const runner = own();
      const earliest = smallest ?? runner;
      return at + (earliest <= runner + MAX_AHEAD_MS ? Math.min(earliest, runner) : earliest);
    },
    isKnown: () => last !== undefined,
  };
}

/**
 * Awaits a promise, but no longer than `graceMs` after a cancel. After that the result is undefined, and the promise and its
 * rejection are ignored.
 */
export async function untilCancelled<T>(
  promise: Promise<T>,
  cancelled: AbortSignal,
  clock: Clock,
  graceMs = 0,
): Promise<T | undefined> {
  const abandoned = Promise.withResolvers<undefined>();
  const giveUp = () => {
    abandoned.resolve(clock.sleep(graceMs).then(() => undefined));
  };
  if (cancelled.aborted) giveUp();
  else cancelled.addEventListener('abort', giveUp, { once: true });
  const forget = () => {
    cancelled.removeEventListener('abort', giveUp);
  };
  promise.then(forget, forget);
  const awaited = promise.catch((error: unknown) => {
    if (!cancelled.aborted) throw error;
    return undefined;
  });
  return Promise.race([awaited, abandoned.promise]);
}
