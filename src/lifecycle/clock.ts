import type { Answer } from '../azure/answer.ts';
import type { Clock } from '../clock.ts';

/**
 * Azure's clock, from the `Date` headers of its answers. Before the first one, the runner's, which
 * may be wrong.
 */
export type ServiceTime = {
  observe(answer: Answer): void;
  /**
   * Milliseconds since the epoch according to the last answer. Up to a second behind: `Date` has
   * whole seconds.
   */
  now(): number;
  /**
   * The earliest time it can be at this reading of {@link Clock.monotonic}, given all answers so
   * far: one dated in the future must not make anything look finished too soon. A runner's clock
   * slightly behind all answers counts, too.
   */
  atLeast(at: number): number;
  /**
   * Whether any answer has carried a date. Without one, Azure's clock cannot prove that anything is
   * over.
   */
  isKnown(): boolean;
};

/**
 * The lifetime of GitHub's ID tokens. If Azure's clock really were further ahead, it would reject
 * them all.
 */
const MAX_AHEAD_MS = 300_000;

export function serviceTime(clock: Clock): ServiceTime {
  // Offsets from the monotonic clock, because the runner's own clock may be adjusted during the
  // step.
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
 * Awaits a promise, but no longer than `graceMs` after a cancel. After that, the result is
 * undefined, and the promise and its rejection are ignored.
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
