import { expandBraces } from '../text/braces.ts';
import { say, type Text } from '../text/say.ts';

/**
 * Reads a line of the input `collect`: shell patterns for files below the command's working folder.
 * Braces are expanded here because `sh` does not expand them. The patterns have no `.`, no repeated
 * slashes, and no trailing slashes. `reports/**` is the folder `reports`, as in upload-artifact.
 *
 * @returns the patterns. If the line cannot be used, the end of a sentence about its `problem`, or
 *   what to use `instead` of what is not supported
 */
export function parseCollectLine(
  line: string,
): readonly string[] | { readonly problem: Text } | { readonly instead: Text } {
  const expanded = expandBraces(line);
  if ('problem' in expanded) return expanded;

  const patterns = expanded.map((pattern) => pattern.replace(/\/\*\*$/, '/'));
  const instead = patterns.map(whatToUseInstead).find((found) => found !== undefined);
  return instead === undefined ? patterns.map(normalized) : { instead };
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

/**
 * The file that `src/pod/collect.sh` reads. Each line begins with a dot, so that no name is an
 * option of a tool.
 */
export function patternsFile(patterns: readonly string[]): string {
  return patterns.map((pattern) => (pattern === '.' ? '.\n' : `./${pattern}\n`)).join('');
}
