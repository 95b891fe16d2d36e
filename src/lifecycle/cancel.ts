import type { Clock } from '../clock.ts';

/**
 * Awaits a promise, but no longer than `graceMs` after a cancel. After that, the result is
 * undefined, and the promise and its rejection are ignored.
 */
export async function untilCancelled<T>(
  promise: Promise<T>,
  cancelled: AbortSignal,
  clock: Clock,
  graceMs = 0,
): Promise<T | undefined> {
  const abandoned = Promise.withResolvers<undefined>();
  const giveUp = () => {
    abandoned.resolve(clock.sleep(graceMs).then(() => undefined));
  };
  if (cancelled.aborted) giveUp();
  else cancelled.addEventListener('abort', giveUp, { once: true });
  const forget = () => {
    cancelled.removeEventListener('abort', giveUp);
  };
  promise.then(forget, forget);
  const awaited = promise.catch((error: unknown) => {
    if (!cancelled.aborted) throw error;
    return undefined;
  });
  return Promise.race([awaited, abandoned.promise]);
}
