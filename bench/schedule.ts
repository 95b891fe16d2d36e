import { pollDelay } from '../src/lifecycle/polling.ts';

/** How late an end is told by the schedule of looks alone: arithmetic, for commands that nobody waits for here. */

export type Lateness = { readonly meanSeconds: number; readonly mostSeconds: number; readonly looks: number };

/** The action's waits before its first, second … look at a result, where answers take no time. */
export function waits(looks: number): number[] {
  const all: number[] = [];
  for (let elapsed = 0; all.length < looks;) {
    const wait = pollDelay(elapsed);
    all.push(wait);
    elapsed += wait;
  }
  return all;
}

/** For commands that end at any moment of the five seconds from so many on. */
export function latenessByArithmetic(seconds: number): Record<'action' | 'az', Lateness> {
  const elapsed = waits(1000).reduce<number[]>((times, wait) => [...times, (times.at(-1) ?? 0) + wait], []);
  const everyFive = Array.from({ length: 1000 }, (_, index) => index * 5_000);
  return { action: lateness(seconds, elapsed), az: lateness(seconds, everyFive) };
}

function lateness(seconds: number, looks: readonly number[]): Lateness {
  const ends = Array.from({ length: 500 }, (_, index) => seconds * 1000 + index * 10);
  const late = ends.map((end) => (looks.find((look) => look >= end) ?? Infinity) - end);
  return {
    meanSeconds: late.reduce((sum, one) => sum + one, 0) / late.length / 1000,
    mostSeconds: Math.max(...late) / 1000,
    looks: looks.findIndex((look) => look >= seconds * 1000) + 1,
  };
}
