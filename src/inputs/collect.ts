import { parseCollectLine } from '../collect/pattern.ts';
import type { InputReader } from './reader.ts';

/** Reads the input `collect`. Returns each pattern once. */
export function readCollect(reader: InputReader): string[] {
  const patterns = new Set<string>();
  for (const line of reader.lines('collect')) {
    const parsed = parseCollectLine(line);
    if ('problem' in parsed) {
      reader.unusable('collect', line, parsed.problem);
    } else if ('instead' in parsed) {
      reader.invalid('collect', line, parsed.instead);
    } else {
      for (const pattern of parsed) patterns.add(pattern);
    }
  }
  return [...patterns];
}
