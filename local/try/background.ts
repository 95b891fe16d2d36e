import type { Step } from '../github/workflow.ts';

/** How many background steps of a job GitHub runs at once. */
const AT_ONCE = 10;

/** The background steps of a job. `End` is what a step leaves when it ends. */
export type Background<End> = {
  /** Starts a step, at the latest when one of ten that run has ended. */
  readonly start: (step: Step, run: (canceled: AbortSignal) => Promise<End>) => void;
  /** Cancels a step that has not ended. */
  readonly cancel: (step: Step) => void;
  /** Waits for a step. Undefined if it never started, because it was skipped. */
  readonly endOf: (step: Step) => Promise<End> | undefined;
  /** Waits for all steps. */
  readonly ends: () => Promise<readonly End[]>;
  /** Cancels all steps, and waits until nothing runs. */
  readonly stop: () => Promise<void>;
};

/** Runs background steps as GitHub's runner does (`BackgroundStepCoordinator.cs`). */
export function createBackground<End>(): Background<End> {
  const started = new Map<Step, { readonly end: Promise<End>; readonly abort: AbortController }>();
  const queue = new Set<() => void>();
  let free = AT_ONCE;

  async function inSlot(run: () => Promise<End>, canceled: AbortSignal): Promise<End> {
    if (!(await getSlot(canceled))) return run();
    try {
      return await run();
    } finally {
      const [next] = queue;
      if (next === undefined) free += 1;
      else next();
    }
  }

  /** Waits for a slot. False if the step is canceled before there is one: then it ends without. */
  async function getSlot(canceled: AbortSignal): Promise<boolean> {
    if (free > 0) {
      free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const begin = () => {
        queue.delete(begin);
        resolve(true);
      };
      queue.add(begin);
      canceled.addEventListener('abort', () => {
        if (queue.delete(begin)) resolve(false);
      });
    });
  }

  return {
    start(step, run) {
      const abort = new AbortController();
      const end = inSlot(() => run(abort.signal), abort.signal);
      // Whoever waits for the step gets the error. Until then, it is not unhandled.
      end.catch(() => undefined);
      started.set(step, { end, abort });
    },
    cancel: (step) => started.get(step)?.abort.abort(),
    endOf: (step) => started.get(step)?.end,
    ends: () => Promise.all([...started.values()].map(({ end }) => end)),
    async stop() {
      for (const { abort } of started.values()) abort.abort();
      await Promise.allSettled([...started.values()].map(({ end }) => end));
    },
  };
}
