import type { Clock } from '../clock.ts';
import { fail } from './root.ts';

/** Runs a comparison of a name with a pattern. */
export type Compare = (comparison: () => boolean) => boolean;

/**
 * A whole checkout takes a second or two. Only names and patterns that are made for it take longer.
 */
const MAX_SECONDS = 20;
/**
 * How long the event loop may stand still. The comparisons of a single name are not interrupted.
 */
const TURN_MS = 50;

/**
 * The time that comparing names with patterns takes, which has a limit for all patterns together.
 * The time of the disk does not count: a large workspace on a slow disk is no mistake in a pattern.
 */
export class MatchingTime {
  readonly #clock: Clock;
  readonly #cancelled: AbortSignal;
  readonly #byLine = new Map<string, number>();
  #total = 0;
  #slowest = { line: '', milliseconds: 0 };
  #lastTurn: number;

  /** @param cancelled aborts when nobody waits for the files anymore */
  constructor(clock: Clock, cancelled: AbortSignal) {
    this.#clock = clock;
    this.#cancelled = cancelled;
    this.#lastTurn = clock.monotonic();
  }

  /**
   * Runs some work on a pattern, and counts its time.
   *
   * @throws StepError `files` if the work on all patterns took too long
   */
  count<T>(line: string, work: () => T): T {
    const began = this.#clock.monotonic();
    const result = work();
    this.#add(line, this.#clock.monotonic() - began);
    return result;
  }

  /** Lets the event loop turn, unless it just did. Rejects after a cancel. */
  async turn(): Promise<void> {
    if (this.#clock.monotonic() - this.#lastTurn < TURN_MS) return;
    await this.#clock.sleep(0);
    this.#cancelled.throwIfAborted();
    this.#lastTurn = this.#clock.monotonic();
  }

  /** Waits for work that nothing can interrupt. Rejects at once after a cancel. */
  async unlessCancelled<T>(work: Promise<T>): Promise<T> {
    const { promise: cancelled, reject } = Promise.withResolvers<never>();
    const end = () => {
      reject(this.#cancelled.reason);
    };
    this.#cancelled.addEventListener('abort', end);
    if (this.#cancelled.aborted) end();
    try {
      return await Promise.race([cancelled, work]);
    } finally {
      this.#cancelled.removeEventListener('abort', end);
    }
  }

  #add(line: string, milliseconds: number): void {
    const ofLine = (this.#byLine.get(line) ?? 0) + milliseconds;
    this.#byLine.set(line, ofLine);
    this.#total += milliseconds;
    if (ofLine > this.#slowest.milliseconds) this.#slowest = { line, milliseconds: ofLine };

    if (this.#total > MAX_SECONDS * 1000) {
      fail({ kind: 'slow-pattern', path: this.#slowest.line, limit: MAX_SECONDS });
    }
  }
}
