import type { Clock } from './ports.ts';

/** Real time, and time that a test controls. */

/** A sleeper does not keep the process alive, but a server does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms) {
    // Longer than a timer can wait, and than anyone would.
    if (ms > 0x7fffffff) return await new Promise<never>(() => undefined);
    await new Promise<void>((resolve) => {
      setTimeout(resolve, ms).unref();
    });
  },
};

export type SimulatedClock = Clock &
  Readonly<{
    /**
     * Runs until the work is done. Whenever nothing else is left to do, time jumps to the next
     * sleeper. Throws if the work can never finish, because nothing is sleeping anymore, or if it
     * sleeps again and again. Not for work that waits for the real world.
     */
    drive<Result>(work: Promise<Result>): Promise<Result>;
    /** Lets time pass, waking sleepers on the way. */
    advance(ms: number): Promise<void>;
  }>;

/** Several times as many as hours of Azure take. */
const maxSleeps = 10_000;

/** `start` in milliseconds since the epoch. */
export function createSimulatedClock(start = Date.UTC(2026, 0, 1)): SimulatedClock {
  let now = start;
  const sleepers: { at: number; wake: () => void }[] = [];

  /** The earliest sleeper. Of two at the same time, it is the one that began first. */
  function next(until: number): (typeof sleepers)[number] | undefined {
    const [first] = sleepers.toSorted((one, other) => one.at - other.at);
    if (first === undefined || first.at > until) return undefined;
    sleepers.splice(sleepers.indexOf(first), 1);
    return first;
  }

  /** Promises settle between two turns of the event loop. */
  async function settle(): Promise<void> {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }

  async function sleep(ms: number): Promise<void> {
    await new Promise<void>((wake) => {
      if (ms !== Infinity) sleepers.push({ at: now + ms, wake });
    });
  }

  return {
    now: () => now,
    sleep,
    async drive(work) {
      const progress = { done: false };
      const end = (): void => {
        progress.done = true;
      };
      work.then(end, end);
      await settle();
      for (let sleeps = 0; !progress.done; sleeps += 1) {
        const sleeper = next(Infinity);
        if (sleeper === undefined)
          throw new Error('The work waits for something that never happens.');
        if (sleeps === maxSleeps) throw new Error('The work never ends.');
        now = Math.max(now, sleeper.at);
        sleeper.wake();
        await settle();
      }
      return await work;
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let sleeper = next(until); sleeper !== undefined; sleeper = next(until)) {
        now = Math.max(now, sleeper.at);
        sleeper.wake();
        await settle();
      }
      now = until;
    },
  };
}
