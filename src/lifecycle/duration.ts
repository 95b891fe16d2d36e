import type { Ours } from '../hosts/log.ts';

const UNITS = { h: 3600, m: 60, s: 1 } as const;

/** Writes whole seconds for people: `0s`, `45s`, `2m 03s`, `2h 05m`. Without the blanks, the input `timeout` takes them. */
export function formatDuration(seconds: number): Ours {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${parts.length > 0 ? String(count).padStart(2, '0') : count}${unit}`);
  }
  return (parts.length > 0 ? parts.join(' ') : '0s') as Ours;
}
