import { say, unquoted, type Text } from './say.ts';

const UNITS = { h: 3600, m: 60, s: 1 } as const;

/**
 * Formats whole seconds in human-readable form: `less than 1s`, `45s`, `2m 03s`, `2h 05m`. Without
 * spaces, `timeout` accepts them.
 */
export function formatDuration(seconds: number): Text {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  if (rest === 0) return say`less than 1s`;

  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count === 0) continue;

    const digits = parts.length === 0 ? String(count) : String(count).padStart(2, '0');
    parts.push(`${digits}${unit}`);
  }
  return unquoted(parts.join(' '));
}

/** Whole seconds since the epoch as a time of day: `12:01:30 UTC`. */
export function clockTime(seconds: number): Text {
  return unquoted(`${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`);
}

/** No duration needs more than nine digits of a unit. */
const PATTERN = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;

/**
 * Reads `90s`, `15m`, or `1h30m` as whole seconds. A number needs its unit, because `10` looks like
 * minutes.
 */
export function parseDuration(text: string): number | undefined {
  const [match = '', hours = 0, minutes = 0, seconds = 0] = PATTERN.exec(text) ?? [];
  if (match === '') return undefined;
  return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds);
}
