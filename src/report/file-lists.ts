import type { FileSize } from '../failure.ts';
import type { LeftOut } from '../pod/bundle.ts';
import { formatBytes, formatCount } from '../text/bytes.ts';
import { visible } from '../text/visible.ts';
import type { Verdict } from '../verdict.ts';

export const COLLECTED_LISTED = 20;

/** A foreign name on one line, with nothing invisible in it. It is quoted if its end could not be seen otherwise. */
export function nameInText(name: string): string {
  const seen = visible(name);
  return seen === name && !/["\\]|^\s|\s$/.test(name) ? seen : `"${seen}"`;
}

export function fileLines(files: readonly FileSize[], most: number): string[] {
  const lines = files
    .slice(0, most)
    .map(({ path, bytes }) => `${formatBytes(bytes).padStart(10)}  ${nameInText(path)}`);
  return files.length > most ? [...lines, `… and ${formatCount(files.length - most)} more`] : lines;
}

/** The files to look at first, as the lines of a list. Undefined if there are none. */
export function biggestLines(biggest: readonly FileSize[]): readonly string[] | undefined {
  if (biggest.length === 0) return undefined;
  return [
    'The biggest files:',
    ...biggest.map(({ path, bytes }) => `${formatBytes(bytes).padStart(10)}  ${path}`),
  ];
}

const REASONS: Readonly<Record<LeftOut['reason'] | 'unheld', string>> = {
  unheld: 'this system does not allow the name',
  link: 'it is a link, or its path contains one',
  special: 'it is not a regular file',
  unreadable: 'it could not be read',
  'line-break': 'its name has a line break',
  backslash: 'its name has a backslash',
};

/**
 * Warns about what did not come back: once for each pattern, and once for all files together, because the runner shows
 * only ten warnings per step. Foreign text; `write` writes each name and pattern.
 */
export function collectWarnings(
  { leftOut, leftOutMore, unheld, unmatched }: NonNullable<Verdict['collected']>,
  write = nameInText,
): string[] {
  const all = [...leftOut, ...unheld.map((name) => ({ name, reason: 'unheld' as const }))];
  const named = all
    .slice(0, COLLECTED_LISTED)
    .map(({ name, reason }) => `Not collected: ${write(name)} (${REASONS[reason]}).`);
  const more = all.length - named.length + leftOutMore;
  if (more > 0)
    named.push(`${formatCount(more)} more ${more === 1 ? 'was' : 'were'} not collected.`);
  return [
    ...unmatched.map((pattern) => `No files were collected for the pattern ${write(pattern)}.`),
    ...(named.length > 0 ? [named.join('\n')] : []),
  ];
}
