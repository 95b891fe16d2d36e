import type { Clock, ServiceTime } from './clock.ts';

/** The time after which a submitted command can no longer start. */
export type StartBy = {
  /** Whole seconds since the epoch, by Azure's clock. A pod that starts then or later runs nothing. */
  readonly seconds: number;
  /** When the submission was written, by {@link Clock.monotonic}. */
  readonly writtenAt: number;
  /** For how many milliseconds after that the command may start. */
  readonly startTimeout: number;
};

/** The clocks of the cluster's nodes and of ARM may differ by this much. */
const MARGIN_MS = 5_000;
/** How much longer to wait for both clocks to agree. They disagree after an answer with a date that is far off. */
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
 * Whether the command could no longer start at this reading of {@link Clock.monotonic}, with a margin that makes another
 * submission safe. Both clocks must agree, because an answer dated ahead moves Azure's.
 */
export function startIsOver(startBy: StartBy, at: number, serviceTime: ServiceTime): boolean {
  return hasPassed(startBy, at - MARGIN_MS, serviceTime);
}

/** The same without the margin: enough to believe a pod that says so, but not to submit again. */
export function hasPassed(startBy: StartBy, at: number, serviceTime: ServiceTime): boolean {
  const byOwnClock = at >= startBy.writtenAt + startBy.startTimeout;
  return byOwnClock && serviceTime.atLeast(at) >= startBy.seconds * 1000;
}

/** Waits until a command can no longer start. Returns false if the step is cancelled or the clocks never agree. */
export async function untilStartIsOver(
  startBy: StartBy,
  {
    clock,
    cancelled,
    serviceTime,
  }: { clock: Clock; cancelled: AbortSignal; serviceTime: ServiceTime },
): Promise<boolean> {
  const limit =
    Math.max(clock.monotonic(), startBy.writtenAt + startBy.startTimeout + MARGIN_MS) +
    DISAGREEMENT_MS;
  while (!startIsOver(startBy, clock.monotonic(), serviceTime)) {
    if (cancelled.aborted || clock.monotonic() >= limit) return false;
    await clock.sleep(1000, cancelled);
  }
  return true;
}
