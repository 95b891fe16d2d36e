import { dateOf, type Answer } from '../azure/answer.ts';
import type { Clock } from '../clock.ts';

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
  #differenceMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  observe(answer: Answer): void {
    const date = dateOf(answer);
    if (!Number.isFinite(date)) return;

    this.#differenceMs = Math.abs(date - this.#clock.now());
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
   * The earliest time it can be at this reading of {@link Clock.monotonic}, by all answers so far
   * and by the runner's clock: any of them may be dated in the future, all answers by a proxy, and
   * must not make anything look finished too soon. Without any date, nothing is proven to be over.
   */
  atLeast(at: number): number {
    return at + Math.min(this.#smallest ?? -Infinity, this.#ofRunner());
  }

  /** How many minutes the last answer's date and the runner's clock are apart. */
  minutesApart(): number {
    return Math.round(this.#differenceMs / 60_000);
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

  /** How many minutes the clocks that {@link agoMs} compares are apart; undefined if less than one. */
  minutesApart(): number | undefined {
    const minutes = this.#serviceTime.minutesApart();
    return minutes === 0 ? undefined : minutes;
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
