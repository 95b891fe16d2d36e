import { WORKFLOW } from '../../../src/hosts/words.ts';
import { readInputs } from '../../../src/inputs/inputs.ts';
import { InputReader, type InputHost } from '../../../src/inputs/reader.ts';

type Given = Readonly<Record<string, string>>;

function hostOf(given: Given, more: Partial<InputHost>): InputHost {
  const input = (name: string) => given[name] ?? '';
  return {
    words: WORKFLOW,
    input,
    inputNames: Object.keys(given),
    mistakes: [],
    variable: () => undefined,
    ...more,
  };
}

/** A reader of these inputs. */
export function readerOf(given: Given, more: Partial<InputHost> = {}): InputReader {
  return new InputReader(hostOf(given, more));
}

/** All inputs as they are read, the problems with them, and the warnings. */
export function readAll(given: Given, more: Partial<InputHost> = {}) {
  return readInputs(hostOf(given, more));
}
