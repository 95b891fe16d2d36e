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

/**
 * Azure's clock, read from the `Date` headers of its answers. Until the first of them arrives it is the runner's own. The
 * clock of a self-hosted runner may be wrong, and the pod compares its start-by time with Azure's.
 */
export type ServiceTime = {
  observe(answer: Answer): void;
  /** Milliseconds since the epoch by the last answer. Up to a second behind, since `Date` counts whole seconds. */
  now(): number;
  /**
   * The earliest time that it can be at this reading of {@link Clock.monotonic}, by all answers so far. A single answer
   * dated ahead must not make anything look finished too soon. The runner's clock counts too if it is slightly behind all
   * answers, because then all of them may be ahead, while the pod runs on the true time.
   */
  atLeast(at: number): number;
  /** Whether any answer carried a date. Without one, nothing can be proved to be over by Azure's clock. */
  isKnown(): boolean;
};

/**
 * How far the runner's clock may be behind Azure's and still be the right one. If Azure really were further ahead, it would
 * reject GitHub's ID tokens, which live this long, so then the runner's clock must be the wrong one.
 */
const MAX_AHEAD_MS = 300_000;

/** Starts with the runner's clock. */
export function serviceTime(clock: Clock): ServiceTime {
  // Offsets from the monotonic clock, because the runner's own clock may be set during the step.
  const own = () => clock.now() - clock.monotonic();
  let last: number | undefined;
  let smallest: number | undefined;
  const earliest = (): number => {
    const runner = own();
    if (smallest === undefined) return runner;
    return smallest > runner && smallest <= runner + MAX_AHEAD_MS ? runner : smallest;
  };
  return {
    observe(answer) {
      const date = answer.kind === 'answered' ? Date.parse(answer.headers['date'] ?? '') : NaN;
      if (!Number.isFinite(date)) return;
      last = date - clock.monotonic();
      smallest = Math.min(smallest ?? last, last);
    },
    now: () => clock.monotonic() + (last ?? own()),
    atLeast: (at) => at + earliest(),
    isKnown: () => last !== undefined,
  };
}

/**
 * Awaits a promise, but no longer than `graceMs` after a cancel.
 *
 * @returns undefined if the cancel came first. The promise is then ignored, and so is its rejection.
 */
export async function untilCancelled<T>(
  promise: Promise<T>,
  cancelled: AbortSignal,
  clock: Clock,
  graceMs = 0,
): Promise<T | undefined> {
  const abandoned = new Promise<undefined>((resolve) => {
    const giveUp = () => {
      void clock.sleep(graceMs).then(() => {
        resolve(undefined);
      });
    };
    if (cancelled.aborted) giveUp();
    else cancelled.addEventListener('abort', giveUp, { once: true });
    const forget = () => {
      cancelled.removeEventListener('abort', giveUp);
    };
    promise.then(forget, forget);
  });
  const awaited = promise.catch((error: unknown) => {
    if (!cancelled.aborted) throw error;
    return undefined;
  });
  return Promise.race([awaited, abandoned]);
}
