import type { Ours } from './log.ts';

const UNITS = { h: 3600, m: 60, s: 1 } as const;
const PATTERN = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const MAX_DIGITS = 9;

/**
 * Reads `90s`, `15m`, `1h30m` or plain seconds.
 *
 * @returns whole seconds, or undefined where the text is none of these or holds more digits than a duration needs.
 */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return text.length <= MAX_DIGITS ? Number(text) : undefined;
  const match = PATTERN.exec(text);
  if (!match || text === '' || match.slice(1).some((digits) => digits && digits.length > MAX_DIGITS)) return undefined;
  const [hours, minutes, seconds] = match.slice(1).map((digits: string | undefined) => Number(digits ?? 0));
  return (hours ?? 0) * UNITS.h + (minutes ?? 0) * UNITS.m + (seconds ?? 0) * UNITS.s;
}

/** Writes whole seconds the way `parseDuration` reads them: `0s`, `45s`, `1m 30s`, `2h 5m`. */
export function formatDuration(seconds: number): Ours {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return (parts.length > 0 ? parts.join(' ') : '0s') as Ours;
}
