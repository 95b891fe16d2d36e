import { parseCollectLine } from '../collect/pattern.ts';
import { say } from '../text/say.ts';
import type { InputReader } from './reader.ts';

/** How many characters of a line with too many braces, or too many characters, are quoted. */
const MAX_QUOTED = 80;

/** Reads the input `collect`. Returns each pattern once. */
export function readCollect(reader: InputReader): string[] {
  const patterns = new Set<string>();
  for (const line of reader.lines('collect')) {
    const parsed = parseCollectLine(line);
    if ('problem' in parsed) {
      const start = line.slice(0, MAX_QUOTED);
      reader.problem(
        'collect',
        say`The line that begins with ${start} cannot be used: ${parsed.problem}.`,
      );
    } else if ('instead' in parsed) {
      reader.invalid('collect', line, parsed.instead);
    } else {
      for (const pattern of parsed) patterns.add(pattern);
    }
  }
  return [...patterns];
}
