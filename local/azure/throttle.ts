import type { Names, Operation } from './routes.ts';

/** Throttling by token buckets, as in ARM and AKS. */

export type Throttle = Readonly<{
  /** The operations that share a bucket. */
  on: readonly Operation[];
  /** One bucket for each of these. */
  per: 'subscription' | 'cluster';
  /** How many requests a full bucket holds. */
  size: number;
  /** How many requests flow back per second. */
  perSecond: number;
}>;

/**
 * What AKS documents: reads of a cluster are separate, and everything else shares one bucket of the
 * subscription.
 */
export const aksThrottles: readonly Throttle[] = [
  { on: ['get-cluster'], per: 'cluster', size: 60, perSecond: 1 },
  { on: ['run-command', 'command-result'], per: 'subscription', size: 60, perSecond: 1 },
];

export type Throttles = Readonly<{
  /**
   * Seconds to wait before asking again, at least 1; 0 if the request may pass. A refused request
   * costs nothing.
   */
  wait(on: Operation, at: Names, now: number): number;
}>;

export function createThrottles(throttles: readonly Throttle[]): Throttles {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    wait(on, at, now) {
      for (const [index, throttle] of throttles.entries()) {
        if (!throttle.on.includes(on)) continue;
        const owner =
          throttle.per === 'cluster'
            ? [at.subscriptionId, at.resourceGroup, at.name]
            : [at.subscriptionId];
        const key = [index, ...owner].join('/').toLowerCase();
        const before = buckets.get(key) ?? { left: throttle.size, at: now };
        const left = Math.min(
          throttle.size,
          before.left + ((now - before.at) / 1000) * throttle.perSecond,
        );
        const passes = left >= 1;
        buckets.set(key, { left: passes ? left - 1 : left, at: now });
        if (!passes) return Math.ceil((1 - left) / throttle.perSecond);
      }
      return 0;
    },
  };
}
