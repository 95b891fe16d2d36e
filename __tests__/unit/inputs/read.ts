import { WORKFLOW } from '../../../src/hosts/words.ts';
import { InputReader } from '../../../src/inputs/reader.ts';

/** A reader of these inputs, and what it warned of. */
export function reading(
  given: Readonly<Record<string, string>>,
  more: Partial<InputReader['host']> = {},
) {
  const warnings: string[] = [];
  const input = (name: string) => given[name] ?? '';
  const reader = new InputReader(
    { words: WORKFLOW, input, variable: () => undefined, ...more },
    (message) => warnings.push(message),
  );
  return { reader, warnings };
}
