import type { Clock } from './clock.ts';

/**
 * Awaits a promise, but not for longer than `graceMs` after a cancel.
 *
 * @returns undefined where the cancel came first; the promise is then left to itself, its rejection included: what
 * was given up for the cancel is no failure of its own.
 */
export async function untilCancelled<T>(
  promise: Promise<T>,
  cancelled: AbortSignal,
  clock: Clock,
  graceMs = 0,
): Promise<T | undefined> {
  const abandoned = new Promise<undefined>((resolve) => {
    const giveUp = () => {
      void clock.sleep(graceMs).then(() => {
        resolve(undefined);
      });
    };
    if (cancelled.aborted) giveUp();
    else cancelled.addEventListener('abort', giveUp, { once: true });
    const forget = () => {
      cancelled.removeEventListener('abort', giveUp);
    };
    promise.then(forget, forget);
  });
  const awaited = promise.catch((error: unknown) => {
    if (!cancelled.aborted) throw error;
    return undefined;
  });
  return Promise.race([awaited, abandoned]);
}
