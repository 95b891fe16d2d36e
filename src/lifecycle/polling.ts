const FIRST_MS = 100;
/** The next look waits for this share of the time that has passed. */
const GROWTH = 0.3;
const YOUNG_UNTIL_MS = 60_000;
const YOUNG_MAX_MS = 2_000;
const MIDDLE_UNTIL_MS = 15 * 60_000;
const MIDDLE_MS = 4_000;
const MAX_MS = 10_000;

/**
 * Milliseconds until the next look at a command that has been followed for so long: often at first, then every 2 s for a
 * minute, every 4 s up to a quarter of an hour, and every 10 s after that. All jobs of a subscription and region share a
 * bucket of 60 requests that refills at 1 per second; three jobs at once never empty it.
 */
export function pollDelay(elapsedMs: number): number {
  if (elapsedMs >= MIDDLE_UNTIL_MS) return MAX_MS;
  if (elapsedMs >= YOUNG_UNTIL_MS) return MIDDLE_MS;
  return Math.min(FIRST_MS + elapsedMs * GROWTH, YOUNG_MAX_MS);
}

/**
 * The same after that bucket was found empty. An early look would take a request from another job, and so would many looks
 * at a long command. The delay is random, because jobs that were let through together would come back together.
 */
export function crowdedPollDelay(elapsedMs: number, random: () => number): number {
  return Math.max(pollDelay(elapsedMs), 1_000 + random() * 3_000, Math.min(elapsedMs / 20, MAX_MS));
}
