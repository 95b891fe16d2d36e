import { notSimulated } from '../errors.ts';

/**
 * The patterns of custom resource definitions. They are regular expressions of Go, most of which
 * JavaScript reads the same way.
 */

/**
 * Escapes and classes that JavaScript reads, but as something else, and groups that it cannot read.
 */
const goOnly = /\\[AzQEpPaC]|\\x\{|\[\[:|\(\?(?:P<|[imsU-]+[):])/;

/**
 * The flags at the start of a pattern, such as `(?i)`. JavaScript has them, but not in the pattern.
 */
const leadingFlags = /^\(\?([ims]+)\)/;

/** A pattern as JavaScript reads it; undefined if it can't, or if it would read something else. */
function readPattern(text: string): RegExp | undefined {
  const [start = '', flags = ''] = leadingFlags.exec(text) ?? [];
  const named = text.slice(start.length).replaceAll(/(?<!\\)\(\?P</g, '(?<');
  if (goOnly.test(named)) return undefined;

  try {
    return new RegExp(named, flags);
  } catch {
    return undefined;
  }
}

/** Whether a definition can have this pattern. What only Go reads counts as a pattern. */
export const isPattern = (text: string): boolean =>
  readPattern(text) !== undefined || goOnly.test(text);

/**
 * What values are checked by. A pattern that only Go reads refuses by name each value that it would
 * have to judge.
 */
export function matcherOf(text: string): Pick<RegExp, 'test'> {
  const pattern = readPattern(text);
  if (pattern !== undefined) return pattern;

  return {
    test() {
      throw notSimulated(`the pattern ${text} of a custom resource`);
    },
  };
}
