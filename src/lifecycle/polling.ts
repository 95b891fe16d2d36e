/**
 * Milliseconds until the next poll of a command that has been followed for this long: often at
 * first, then every 2 s until a minute has passed, every 4 s up to 15 minutes, and every 10 s after
 * that. All jobs of a subscription and region share a bucket of 60 requests that refills at 1 per
 * second; three jobs at once never empty it.
 */
export function pollDelay(elapsedMs: number): number {
  if (elapsedMs >= 15 * 60_000) return 10_000;
  if (elapsedMs >= 60_000) return 4_000;
  return Math.min(100 + elapsedMs * 0.3, 2_000);
}

/**
 * The same once that bucket has run empty. Each poll of a command that is still running takes a
 * request away from a job whose command has ended. The delay is random so that jobs that were let
 * through together don't come back together.
 */
export function throttledPollDelay(elapsedMs: number, random: () => number): number {
  return Math.max(pollDelay(elapsedMs), Math.min(3_000 + elapsedMs, 10_000) * (0.5 + random()));
}
