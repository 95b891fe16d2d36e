import { expandBraces } from '../files/pattern.ts';
import { say, type Text } from '../text/say.ts';
import type { InputReader } from './reader.ts';

/**
 * Reads the input `collect`: patterns that a POSIX shell matches in the pod's working folder.
 * Braces are expanded here because `sh` does not expand them. Returns each pattern once, without
 * `.`, repeated slashes, and trailing slashes.
 */
export function readCollect(reader: InputReader): string[] {
  const patterns = new Set<string>();
  for (const line of reader.lines('collect')) {
    const expanded = expandBraces(line);
    if ('problem' in expanded) {
      reader.unusable('collect', line, expanded.problem);
      continue;
    }

    const instead = expanded.map(whatToUseInstead).find((found) => found !== undefined);
    if (instead !== undefined) {
      reader.invalid('collect', line, instead);
      continue;
    }
    for (const pattern of expanded) patterns.add(normalized(pattern));
  }
  return [...patterns];
}

/** What to use instead of a pattern that is not supported; undefined if it is supported. */
function whatToUseInstead(pattern: string): Text | undefined {
  if (pattern.startsWith('!')) {
    return say`patterns of files to bring back; exclusions are not supported`;
  }
  if (pattern.includes('\\')) return say`${'/'} between folders; a backslash is not supported`;
  if (pattern.startsWith('/')) return say`a path relative to the command's working folder`;
  if (pattern.split('/').includes('..')) {
    return say`a path without ${'..'}, below the command's working folder`;
  }
  if (pattern.includes('**')) {
    return say`the folder's name instead of ${'**'}: a folder brings back everything below it`;
  }
  return undefined;
}

function normalized(pattern: string): string {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.join('/') || '.';
}
