import { expandBraces } from '../files/pattern.ts';
import type { InputReader } from './reader.ts';

/** What to do about a pattern that brought no file. */
export type IfNoFilesCollected = 'error' | 'warn' | 'ignore';

/** Patterns after brace expansion, of all lines together: the pod may bring back 2,000 files. */
export const MAX_PATTERNS = 2_000;

/**
 * Reads the input `collect`: shell patterns relative to the pod's working folder, for a POSIX shell to match. Braces
 * are expanded here, since `sh` does not expand them; `.`, repeated and trailing slashes are taken out.
 *
 * @returns each pattern once, in the order of the lines.
 */
export function readCollect(reader: InputReader): string[] {
  const patterns = new Set<string>();
  for (const line of reader.lines('collect')) {
    const expanded = expandBraces(line, MAX_PATTERNS + 1);
    const problem = expanded.map(problemWith).find((found) => found !== undefined);
    if (problem === undefined) for (const pattern of expanded) patterns.add(normalized(pattern));
    else reader.invalid('collect', line, problem);
  }
  if (patterns.size > MAX_PATTERNS) {
    const limit = MAX_PATTERNS.toLocaleString('en');
    reader.problem('collect', `has more than ${limit} patterns after brace expansion. Use * or name the folder.`);
  }
  return [...patterns];
}

/** What is allowed instead, as the end of a sentence that begins with "Use"; undefined for a pattern that is valid. */
function problemWith(pattern: string): string | undefined {
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
