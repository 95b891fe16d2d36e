import { expand } from 'brace-expansion';

/**
 * What a pattern's braces stand for, as bash expands them: `*.{yaml,yml}` is two patterns. A pattern without braces is itself.
 *
 * @param max at most so many, however many the braces stand for
 */
export function expandBraces(pattern: string, max: number): string[] {
  return pattern.includes('{') ? expand(pattern, { max }) : [pattern];
}
