import { dateOf, type Answer } from '../azure/answer.ts';
import type { Clock } from '../clock.ts';

/** What all clocks show at one moment, in milliseconds. Any of them may be wrong. */
export type Moment = {
  /** {@link Clock.monotonic}, which may stand still while the machine sleeps. */
  readonly monotonic: number;
  /** The runner's own clock, since the epoch. It may be changed during the step. */
  readonly runner: number;
  /** The date of the answer that arrived then, since the epoch; NaN if there is none. */
  readonly azure: number;
};

/**
 * Azure's clock, from the `Date` headers of its answers. Before the first one, the runner's, which
 * may be wrong.
 */
export class ServiceTime {
  readonly #clock: Clock;
  /** When the last answer with a date arrived. */
  #last: Moment | undefined;
  /**
   * By how much the runner's clock and Azure's dates have been ahead of {@link Clock.monotonic}, at
   * the least.
   */
  #smallestOffset = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.observe();
  }

  /**
   * Reads all clocks.
   *
   * @param answer what has just arrived, if anything has
   */
  observe(answer?: Answer): Moment {
    const moment = {
      monotonic: this.#clock.monotonic(),
      runner: this.#clock.now(),
      azure: answer === undefined ? NaN : dateOf(answer),
    };
    const { monotonic, runner, azure } = moment;
    this.#smallestOffset = Math.min(this.#smallestOffset, runner - monotonic);
    if (Number.isNaN(azure)) return moment;

    this.#smallestOffset = Math.min(this.#smallestOffset, azure - monotonic);
    this.#last = moment;
    return moment;
  }

  /**
   * Milliseconds since the epoch according to the last answer. Up to a second behind: `Date` has
   * whole seconds.
   */
  now(): number {
    if (this.#last === undefined) return this.#clock.now();

    const { azure, monotonic } = this.#last;
    return azure + this.#clock.monotonic() - monotonic;
  }

  /**
   * The earliest time it can be at this reading of {@link Clock.monotonic}, by all that the clocks
   * have shown so far: any of them may be ahead, the dates of all answers by a proxy, and must not
   * make anything look finished too soon. Without any date, nothing is proven to be over.
   */
  atLeast(at: number): number {
    return this.#last === undefined ? -Infinity : at + this.#smallestOffset;
  }

  /** How many minutes the last answer's date and the runner's clock are apart. */
  minutesApart(): number {
    if (this.#last === undefined) return 0;

    return Math.round(Math.abs(this.#last.azure - this.#last.runner) / 60_000);
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
