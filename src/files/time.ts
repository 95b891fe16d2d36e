import type { Clock } from '../clock.ts';
import { fail } from './root.ts';

/**
 * A whole checkout takes a second or two. Only names and patterns that are made to be slow take
 * longer.
 */
const MAX_SECONDS = 20;
/** How long the event loop may be blocked. The comparisons of a single name are not interrupted. */
const TURN_MS = 50;

/**
 * The time that comparing names with patterns takes, which has a limit for all patterns together.
 * The time of the disk does not count: a large workspace on a slow disk is not a pattern's fault.
 */
export class MatchingTime {
  readonly #clock: Clock;
  readonly #cancelled: AbortSignal;
  /** In milliseconds, by the line of the pattern. */
  readonly #spent = new Map<string, number>();
  #total = 0;
  #lastTurn: number;

  /** @param cancelled aborts when nobody waits for the files anymore */
  constructor(clock: Clock, cancelled: AbortSignal) {
    this.#clock = clock;
    this.#cancelled = cancelled;
    this.#lastTurn = clock.monotonic();
  }

  /**
   * Compares a name with the pattern of a line, and counts the time.
   *
   * @throws StepError `files` if comparing with all patterns took too long
   */
  count(line: string, compare: () => boolean): boolean {
    const began = this.#clock.monotonic();
    const result = compare();
    const milliseconds = this.#clock.monotonic() - began;

    this.#total += milliseconds;
    this.#spent.set(line, (this.#spent.get(line) ?? 0) + milliseconds);
    if (this.#total > MAX_SECONDS * 1000) {
      fail({ kind: 'slow-pattern', path: this.#slowest(), limit: MAX_SECONDS });
    }
    return result;
  }

  /** Lets the event loop turn, unless it just did. Rejects after a cancel. */
  async turn(): Promise<void> {
    if (this.#clock.monotonic() - this.#lastTurn < TURN_MS) return;
    await this.#clock.sleep(0);
    this.#cancelled.throwIfAborted();
    this.#lastTurn = this.#clock.monotonic();
  }

  /** The line of the pattern that took the most time. */
  #slowest(): string {
    let slowest = '';
    let most = -1;
    for (const [line, milliseconds] of this.#spent) {
      if (milliseconds <= most) continue;
      slowest = line;
      most = milliseconds;
    }
    return slowest;
  }
}
