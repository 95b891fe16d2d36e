import type { LeftOut } from '../collect/collection.ts';
import type { Collected } from '../collect/save.ts';
import { formatBytes, formatCount, type FileSize } from '../text/bytes.ts';
import { say, type Text } from '../text/say.ts';
import { visible } from '../text/visible.ts';

/** How many collected files, files that were left out, and patterns are listed. */
export const COLLECTED_LISTED = 20;

/**
 * An untrusted name on one line, with nothing invisible in it. It is quoted if a reader could not
 * see otherwise where it begins and ends.
 */
export function nameInText(name: string): string {
  const seen = visible(name);
  return seen === name && !/["\\]|^\s|\s$/.test(name) ? seen : `"${seen}"`;
}

export function fileLines(files: readonly FileSize[], most: number): string[] {
  const lines = files
    .slice(0, most)
    .map(({ path, bytes }) => `${formatBytes(bytes).plain.padStart(10)}  ${nameInText(path)}`);
  return files.length > most
    ? [...lines, `… and ${formatCount(files.length - most).plain} more`]
    : lines;
}

const REASONS: Readonly<Record<LeftOut['reason'], Text>> = {
  'not-a-file': say`it is not a regular file`,
  'not-utf-8': say`its name is not valid UTF-8`,
  'not-allowed': say`this system does not allow the name`,
};

/**
 * Warns about what did not come back: once for each pattern, and once for all files together,
 * because the runner shows only ten warnings per step. Each warning is one or more lines.
 */
export function collectWarnings({ leftOut, unmatched, complaints }: Collected): Text[][] {
  const named = leftOut
    .slice(0, COLLECTED_LISTED)
    .map(({ name, reason }) => say`Not collected: ${name} (${REASONS[reason]}).`);
  const more = leftOut.length - named.length;
  if (more > 0) {
    const verb = more === 1 ? say`was` : say`were`;
    named.push(say`${formatCount(more)} more ${verb} not collected.`);
  }

  const patterns = unmatched
    .slice(0, COLLECTED_LISTED)
    .map((pattern) => [say`No files were collected for the pattern ${pattern}.`]);
  if (unmatched.length > patterns.length) {
    const count = formatCount(unmatched.length - patterns.length);
    patterns.push([say`No files were collected for ${count} more patterns.`]);
  }
  const said = complaints.map((complaint) => say`The pod reported: ${complaint}`);
  const others = [...named, ...said];
  return others.length > 0 ? [...patterns, others] : patterns;
}
