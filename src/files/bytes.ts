const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

/** A size for people: `512 B`, `70.0 KB`, `4.0 MB`, in steps of 1,024. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}

/**
 * A whole number for people: `1,234`. By hand, since `toLocaleString` loads the tables of all locales, which takes 10 ms of
 * a short step.
 */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
