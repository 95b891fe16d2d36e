import type { Clock } from '../clock.ts';
import type { TimeFacts } from './resubmit.ts';
import type { ServiceTime } from './service-time.ts';

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
   * How long ago it was at this reading of {@link Clock.monotonic}, by the clock that says less: an
   * answer dated ahead moves Azure's.
   */
  factsAt(at: number): TimeFacts {
    const byAzure = this.#serviceTime.atLeast(at) - this.seconds * 1000;
    return {
      pastStartByMs: Math.min(at - this.#monotonic, byAzure),
      isAzureTimeKnown: this.#serviceTime.isKnown(),
    };
  }

  /** {@link seconds}, or undefined once it has passed. */
  ahead(): number | undefined {
    const { pastStartByMs } = this.factsAt(this.#clock.monotonic());
    return pastStartByMs >= 0 ? undefined : this.seconds;
  }

  /** Waits until it has passed. Returns false after a cancel, or if the clocks never agree. */
  async untilPassed(cancelled: AbortSignal): Promise<boolean> {
    const limit = Math.max(this.#clock.monotonic(), this.#monotonic) + DISAGREEMENT_MS;

    while (this.ahead() !== undefined) {
      if (cancelled.aborted || this.#clock.monotonic() >= limit) return false;
      await this.#clock.sleep(1000, cancelled);
    }
    return true;
  }
}
