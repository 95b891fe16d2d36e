const UNITS = { h: 3600, m: 60 } as const;
/** No duration needs more than nine digits. */
const SECONDS = /^\d{1,9}$/;
const PATTERN = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;

/**
 * Reads `90s`, `15m`, `1h30m` or plain seconds.
 *
 * @returns whole seconds, or undefined where the text is none of these or holds more digits than a duration needs.
 */
export function parseDuration(text: string): number | undefined {
  if (SECONDS.test(text)) return Number(text);
  const [match = '', hours = 0, minutes = 0, seconds = 0] = PATTERN.exec(text) ?? [];
  if (match === '') return undefined;
  return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds);
}
