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
