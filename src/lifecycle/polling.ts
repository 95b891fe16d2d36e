const FIRST_MS = 100;
/** Of the time elapsed: what the next look adds to it. */
const GROWTH = 0.3;
const YOUNG_UNTIL_MS = 60_000;
const YOUNG_MAX_MS = 2_000;
const MIDDLE_UNTIL_MS = 15 * 60_000;
const MIDDLE_MS = 4_000;
const MAX_MS = 10_000;

/**
 * Milliseconds until the next look at a command that has been followed for so long. Looks come often at first, then
 * every 2 s for a minute, every 4 s up to a quarter of an hour, and every 10 s from there on. All jobs of a
 * subscription and region share a bucket of 60 requests, refilled at 1 a second: three jobs at once never empty it.
 */
export function pollDelay(elapsedMs: number): number {
  if (elapsedMs >= MIDDLE_UNTIL_MS) return MAX_MS;
  if (elapsedMs >= YOUNG_UNTIL_MS) return MIDDLE_MS;
  return Math.min(FIRST_MS + elapsedMs * GROWTH, YOUNG_MAX_MS);
}

/**
 * The same where that bucket was found empty: an early look would take a request from another job, and so would many
 * looks at a long command. At random, since jobs that were let through together would otherwise come back together.
 */
export function crowdedPollDelay(elapsedMs: number, random: () => number): number {
  return Math.max(pollDelay(elapsedMs), 1_000 + random() * 3_000, Math.min(elapsedMs / 20, MAX_MS));
}
