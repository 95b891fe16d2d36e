import { expandBraces } from '../files/pattern.ts';
import type { InputReader } from './reader.ts';

/** All lines together, after brace expansion: the pod can bring back 2,000 files. */
export const MAX_PATTERNS = 2_000;

/**
 * Reads the input `collect`: shell patterns relative to the pod's working folder, which a POSIX shell matches. Braces are
 * expanded here because `sh` does not expand them.
 *
 * @returns each pattern once, in the order of the lines, without `.`, repeated slashes, and trailing slashes.
 */
export function readCollect(reader: InputReader): string[] {
  const patterns = new Set<string>();
  for (const line of reader.lines('collect')) {
    const expanded = expandBraces(line, MAX_PATTERNS + 1);
    const allowed = expanded.map(allowedInstead).find((found) => found !== undefined);
    if (allowed === undefined) for (const pattern of expanded) patterns.add(normalized(pattern));
    else reader.invalid('collect', line, allowed);
  }
  if (patterns.size > MAX_PATTERNS) {
    reader.misuse('collect', 'has more than 2,000 patterns after brace expansion. Use * or name the folder.');
  }
  return [...patterns];
}

/** What is allowed instead of a pattern that cannot be used. */
function allowedInstead(pattern: string): string | undefined {
  if (pattern.startsWith('!')) return 'patterns of files to bring back; exclusions are not supported';
  if (pattern.includes('\\')) return '/ between folders; a backslash is not supported';
  if (pattern.startsWith('/')) return "a path relative to the command's working folder";
  if (pattern.split('/').includes('..')) return "a path without .., below the command's working folder";
  if (pattern.includes('**')) return "the folder's name instead of **: a folder brings back everything below it";
  return undefined;
}

function normalized(pattern: string): string {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.join('/') || '.';
}
