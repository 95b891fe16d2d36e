import type { Clock } from '../clock.ts';
import type { ServiceTime } from './service-time.ts';

/**
 * How far a node's clock may be behind Azure's. The pod compares the start-by time with the node's
 * clock, so it may still start this much later. A node further behind is an exception that record
 * 13 names.
 */
export const NODE_BEHIND_MS = 60_000;
/**
 * How much longer to wait for both clocks to agree. They disagree after an answer with a date that
 * is far off.
 */
const DISAGREEMENT_MS = 300_000;

/** The time after which a submitted command can no longer start. */
export class StartBy {
  /**
   * Whole seconds since the epoch, by Azure's clock. A pod that starts then or later runs nothing.
   */
  readonly seconds: number;
  readonly #clock: Clock;
  readonly #serviceTime: ServiceTime;
  /** The same time by {@link Clock.monotonic}. */
  readonly #monotonic: number;

  /** @param startTimeout how many seconds from now */
  constructor(startTimeout: number, clock: Clock, serviceTime: ServiceTime) {
    this.seconds = Math.floor(serviceTime.now() / 1000 + startTimeout);
    this.#clock = clock;
    this.#serviceTime = serviceTime;
    this.#monotonic = clock.monotonic() + startTimeout * 1000;
  }

  /**
   * Whether it had passed at this reading of {@link Clock.monotonic}: enough to believe a pod that
   * says so itself. Both clocks must agree, because an answer dated ahead moves Azure's.
   */
  hasPassed(at: number): boolean {
    return at >= this.#monotonic && this.#serviceTime.atLeast(at) >= this.seconds * 1000;
  }

  /**
   * The same by the clock of any node that is at most a minute behind. If AKS does not have the
   * command even then, it did not start, and can't anymore.
   */
  hasPassedOnAllNodes(at: number): boolean {
    return this.hasPassed(at - NODE_BEHIND_MS);
  }

  /** Waits until it has passed. Returns false after a cancel, or if the clocks never agree. */
  async untilPassed(cancelled: AbortSignal): Promise<boolean> {
    const limit = Math.max(this.#clock.monotonic(), this.#monotonic) + DISAGREEMENT_MS;

    while (!this.hasPassed(this.#clock.monotonic())) {
      if (cancelled.aborted || this.#clock.monotonic() >= limit) return false;
      await this.#clock.sleep(1000, cancelled);
    }
    return true;
  }
}
