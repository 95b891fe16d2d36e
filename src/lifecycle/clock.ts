import type { Answer } from '../azure/answer.ts';

/** Time, as a port: the world's clock in the action, a simulated one in tests. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal aborts; never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};

/**
 * Azure's clock, as its `Date` headers tell it; the runner's own until one was seen. A self-hosted runner's clock may
 * be off, and the pod that checks a start-by time lives by Azure's.
 */
export type ServiceTime = {
  observe(answer: Answer): void;
  /** Milliseconds since the epoch: at most a second late, since `Date` counts whole seconds, and never early. */
  now(): number;
  /** Whether any answer told the time. Without, nothing that was to happen by Azure's clock is proved to be over. */
  isKnown(): boolean;
};

/** Starts with the runner's clock. */
export function serviceTime(clock: Clock): ServiceTime {
  let offset: number | undefined;
  return {
    observe(answer) {
      const date = answer.kind === 'answered' ? Date.parse(answer.headers['date'] ?? '') : NaN;
      if (Number.isFinite(date)) offset = date - clock.now();
    },
    now: () => clock.now() + (offset ?? 0),
    isKnown: () => offset !== undefined,
  };
}
