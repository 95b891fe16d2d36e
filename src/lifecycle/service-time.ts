import { dateOf, type Answer } from '../azure/answer.ts';
import type { Clock } from '../clock.ts';

/**
 * The lifetime of GitHub's ID tokens. If Azure's clock really were further ahead, it would reject
 * them all.
 */
const MAX_AHEAD_MS = 300_000;

/**
 * Azure's clock, from the `Date` headers of its answers. Before the first one, the runner's, which
 * may be wrong.
 */
export class ServiceTime {
  readonly #clock: Clock;
  // Offsets from the monotonic clock, because the runner's own clock may be adjusted during the
  // step.
  #last: number | undefined;
  #smallest: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  observe(answer: Answer): void {
    const date = dateOf(answer);
    if (!Number.isFinite(date)) return;

    this.#last = date - this.#clock.monotonic();
    this.#smallest = Math.min(this.#smallest ?? this.#last, this.#last);
  }

  /**
   * Milliseconds since the epoch according to the last answer. Up to a second behind: `Date` has
   * whole seconds.
   */
  now(): number {
    return this.#clock.monotonic() + (this.#last ?? this.#ofRunner());
  }

  /**
   * The earliest time it can be at this reading of {@link Clock.monotonic}, given all answers so
   * far: one dated in the future must not make anything look finished too soon. A runner's clock
   * slightly behind all answers counts, too. Without any date, nothing is proven to be over.
   */
  atLeast(at: number): number {
    if (this.#smallest === undefined) return -Infinity;

    const ofRunner = this.#ofRunner();
    const isRunnerWrong = this.#smallest > ofRunner + MAX_AHEAD_MS;
    return at + (isRunnerWrong ? this.#smallest : Math.min(this.#smallest, ofRunner));
  }

  #ofRunner(): number {
    return this.#clock.now() - this.#clock.monotonic();
  }
}

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
