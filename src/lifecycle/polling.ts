/**
 * Milliseconds until the next look at a command that has been followed for so long: often at first, then every 2 s for a
 * minute, every 4 s up to a quarter of an hour, and every 10 s after that. All jobs of a subscription and region share a
 * bucket of 60 requests that refills at 1 per second; three jobs at once never empty it.
 */
export function pollDelay(elapsedMs: number): number {
  if (elapsedMs >= 15 * 60_000) return 10_000;
  if (elapsedMs >= 60_000) return 4_000;
  return Math.min(100 + elapsedMs * 0.3, 2_000);
}

/**
 * The same after that bucket was found empty. An early look would take a request from another job, and so would many looks
 * at a long command. The delay is random, because jobs that were let through together would come back together.
 */
export function crowdedPollDelay(elapsedMs: number, random: () => number): number {
  return Math.max(pollDelay(elapsedMs), 1_000 + random() * 3_000, Math.min(elapsedMs / 20, 10_000));
}
