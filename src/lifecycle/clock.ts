import type { Answer } from '../azure/answer.ts';

/** Time, as a port: the world's clock in the action, a simulated one in tests. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds since some moment of this process: never set, never going back. */
  monotonic(): number;
  /** Resolves after so many milliseconds, or at once when the signal aborts; never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};

/**
 * Azure's clock, as its `Date` headers tell it; the runner's own until one was seen. A self-hosted runner's clock may
 * be off, and the pod that checks a start-by time lives by Azure's.
 */
export type ServiceTime = {
  observe(answer: Answer): void;
  /** Milliseconds since the epoch, by the last answer: a second late, since `Date` counts whole seconds, or as late as it. */
  now(): number;
  /**
   * The same at some time of {@link Clock.monotonic}, by that answer of all which puts it earliest: one that is dated ahead
   * must not make anything seem to be over that is not. A runner's clock that is a little behind all of them counts, too: it may
   * be they that are ahead, and the pod that lives by the true time.
   */
  atLeast(at: number): number;
  /** Whether any answer told the time. Without, nothing that was to happen by Azure's clock is proved to be over. */
  isKnown(): boolean;
};

/**
 * How far behind Azure's the runner's clock may be and still be the right one of the two. An Azure that is further ahead takes
 * none of GitHub's ID tokens, which live this long: then it is the runner's clock that is wrong.
 */
const MAX_AHEAD_MS = 300_000;

/** Starts with the runner's clock. */
export function serviceTime(clock: Clock): ServiceTime {
  // Against the monotonic clock: the runner's own may be set while the step runs.
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
