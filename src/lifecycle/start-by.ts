import type { Clock } from '../clock.ts';
import type { ServiceTime } from './service-time.ts';

/** The time after which a submitted command can no longer start. */
export type StartBy = {
  /**
   * Whole seconds since the epoch, by Azure's clock. A pod that starts then or later runs nothing.
   */
  readonly seconds: number;
  /** When the submission was written, by {@link Clock.monotonic}. */
  readonly writtenAt: number;
  /** For how many milliseconds after that the command may start. */
  readonly startTimeout: number;
};

/**
 * How far a node's clock may be behind Azure's. The pod compares the start-by time with the node's
 * clock, so it may still start this much later. A node further behind is an exception that record
 * 13 names.
 */
export const NODE_BEHIND_MS = 60_000;
/**
 * How much longer to wait for both clocks to agree. They disagree after an answer with a date that
 * is far off.
 */
const DISAGREEMENT_MS = 300_000;

export function startByNow(
  startTimeoutSeconds: number,
  clock: Clock,
  serviceTime: ServiceTime,
): StartBy {
  return {
    seconds: Math.floor(serviceTime.now() / 1000 + startTimeoutSeconds),
    writtenAt: clock.monotonic(),
    startTimeout: startTimeoutSeconds * 1000,
  };
}

/**
 * Whether the start-by time had passed at this reading of {@link Clock.monotonic}: enough to
 * believe a pod that says so itself. Both clocks must agree, because an answer dated ahead moves
 * Azure's.
 */
export function hasPassed(startBy: StartBy, at: number, serviceTime: ServiceTime): boolean {
  const byOwnClock = at >= startBy.writtenAt + startBy.startTimeout;
  return byOwnClock && serviceTime.atLeast(at) >= startBy.seconds * 1000;
}

/**
 * The same by the clock of any node that is at most a minute behind. If AKS does not have the
 * command even then, it did not start, and can't anymore.
 */
export function hasPassedOnAllNodes(
  startBy: StartBy,
  at: number,
  serviceTime: ServiceTime,
): boolean {
  return hasPassed(startBy, at - NODE_BEHIND_MS, serviceTime);
}

/**
 * Waits until the start-by time has passed. Returns false if the step is cancelled or the clocks
 * never agree.
 */
export async function untilPassed(
  startBy: StartBy,
  {
    clock,
    cancelled,
    serviceTime,
  }: { clock: Clock; cancelled: AbortSignal; serviceTime: ServiceTime },
): Promise<boolean> {
  const end = Math.max(clock.monotonic(), startBy.writtenAt + startBy.startTimeout);
  const limit = end + DISAGREEMENT_MS;

  while (!hasPassed(startBy, clock.monotonic(), serviceTime)) {
    if (cancelled.aborted || clock.monotonic() >= limit) return false;
    await clock.sleep(1000, cancelled);
  }
  return true;
}
