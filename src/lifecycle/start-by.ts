import type { Clock } from '../clock.ts';
import type { ServiceTime } from './service-time.ts';

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
   * How many milliseconds ago it was at this reading of {@link Clock.monotonic}, negative before.
   * The clock that says less counts, because an answer dated ahead moves Azure's.
   */
  agoMs(at: number): number {
    const byAzure = this.#serviceTime.atLeast(at) - this.seconds * 1000;
    return Math.min(at - this.#monotonic, byAzure);
  }

  /** {@link seconds}, or undefined once it has passed. */
  ahead(): number | undefined {
    return this.agoMs(this.#clock.monotonic()) >= 0 ? undefined : this.seconds;
  }

  /** Waits for it by the runner's clock, which no answer moves. */
  async wait(cancelled: AbortSignal): Promise<void> {
    await this.#clock.sleep(Math.max(0, this.#monotonic - this.#clock.monotonic()), cancelled);
  }
}
