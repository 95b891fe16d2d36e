import { expand } from 'brace-expansion';
import { say, type Text } from './say.ts';

/** Linux's `PATH_MAX`. A longer line is not a pattern. */
const MAX_LENGTH = 4096;
export const TOO_LONG = say`it is longer than any path. Write one pattern per line`;
/** Alternatives multiply with each brace. Nobody needs as many as this. */
const MAX_ALTERNATIVES = 500;

/**
 * The patterns that the braces in a line expand to, as in bash: `*.{yaml,yml}` is two. Returns all
 * of them, or why there are none, as the end of a sentence about the line: beyond its limit, the
 * package silently drops patterns.
 */
export function expandBraces(line: string): readonly string[] | { readonly problem: Text } {
  if (line.length > MAX_LENGTH) return { problem: TOO_LONG };
  const patterns = line.includes('{') ? expand(line, { max: MAX_ALTERNATIVES + 1 }) : [line];
  if (patterns.length > MAX_ALTERNATIVES) {
    return { problem: say`its braces expand to more than ${MAX_ALTERNATIVES} patterns` };
  }
  return patterns;
}
