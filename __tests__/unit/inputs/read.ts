import { WORKFLOW } from '../../../src/hosts/words.ts';
import { readInputs } from '../../../src/inputs/inputs.ts';
import { InputReader, type InputHost } from '../../../src/inputs/reader.ts';
import type { Text } from '../../../src/text/say.ts';

type Given = Readonly<Record<string, string>>;

function hostOf(given: Given, more: Partial<InputHost>): InputHost {
  const input = (name: string) => given[name] ?? '';
  return {
    words: WORKFLOW,
    input,
    isGiven: (name) => input(name).trim() !== '',
    problems: [],
    variable: () => undefined,
    ...more,
  };
}

/** A reader of these inputs. */
export function readerOf(given: Given, more: Partial<InputHost> = {}): InputReader {
  return new InputReader(hostOf(given, more));
}

/** All inputs as they are read, the problems with them, and the warnings, without marks. */
export function readAll(given: Given, more: Partial<InputHost> = {}) {
  const { invalid, warnings, ...others } = readInputs(hostOf(given, more));
  const { names = [], problems = [] } = invalid ?? {};
  return { ...others, names, problems: problems.map(plainOf), warnings: warnings.map(plainOf) };
}

/** A text without the marks around its values. */
export function plainOf(text: Text): string {
  return text.plain;
}
