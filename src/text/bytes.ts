import { say, unquoted, type Text } from './say.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const;

/** A file in a list of files, such as that of the biggest ones. */
export type FileSize = { readonly path: string; readonly bytes: number };

/** A size in human-readable form: `512 B`, `70.0 KiB`, `4.0 MiB`. */
export function formatBytes(bytes: number): Text {
  let value = bytes;
  let unit = 0;
  // One decimal makes 1024.0 of anything from here on.
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unquoted(`${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`);
}

/** A whole number with separators: `1,234`. */
export function formatCount(count: number): Text {
  return unquoted(count.toLocaleString('en-US'));
}

/** A number of files in words: `1 file`, `2,000 files`. */
export function formatFileCount(count: number): Text {
  const number = formatCount(count);
  return count === 1 ? say`${number} file` : say`${number} files`;
}

/** How many files, and how big they are together: `3 files, 579 B`. */
export function formatFiles(files: readonly Pick<FileSize, 'bytes'>[]): Text {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return say`${formatFileCount(files.length)}, ${formatBytes(total)}`;
}
