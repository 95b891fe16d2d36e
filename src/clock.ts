/** Time, as a port: the real clock in the action, a simulated one in tests. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Milliseconds since some point in this process's life. Never goes backward, even if the clock is
   * changed.
   */
  monotonic(): number;
  /** Resolves after that many milliseconds, or as soon as the signal aborts. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};
