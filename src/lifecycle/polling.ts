const EAGER_UNTIL_MS = 25_000;
const OLD_AFTER_MS = 60_000;
const VERY_OLD_AFTER_MS = 300_000;

/**
 * Milliseconds until the next look at a command, given how long it has been followed: early and often at first, then
 * in proportion to the time elapsed, then at most one in 5 s and in 10 s, kind to the bucket of 60 requests that all
 * jobs of a subscription and region share.
 */
export function pollDelay(elapsedMs: number): number {
  if (elapsedMs >= VERY_OLD_AFTER_MS) return 10_000;
  if (elapsedMs >= OLD_AFTER_MS) return 5_000;
  return elapsedMs >= EAGER_UNTIL_MS ? elapsedMs * 0.1 : Math.min(100 + elapsedMs * 0.25, 2_200);
}

/**
 * The same where that bucket was found empty: an early look would take a request from another job. At random, since
 * who was let through as a request flowed back would, whole seconds later, be the first again.
 */
export function crowdedPollDelay(elapsedMs: number, random: () => number): number {
  return Math.max(pollDelay(elapsedMs), 1_000 + random() * 3_000);
}
