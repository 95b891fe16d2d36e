import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isScalar, parseDocument, type Pair } from 'yaml';

/**
 * What the README takes from `action.yml`: a table of the inputs and one of the outputs. The package
 * `action-docs` would write HTML into the cells, and keep the order of `action.yml`.
 */

const root = path.resolve(import.meta.dirname, '..');

/** Behind an input of `action.yml`, it puts the input's row among the first. */
const COMMON = 'common';

/** An input or output as `action.yml` writes it. */
type Entry = {
  readonly name: string;
  readonly description: string;
  readonly default: string | undefined;
  readonly isRequired: boolean;
  readonly isCommon: boolean;
};

/** The README with everything between its markers as it should be. */
export function withTables(readme: string, actionYml: string): string {
  const tables = {
    inputs: inputTable(entriesOf(actionYml, 'inputs')),
    outputs: outputTable(entriesOf(actionYml, 'outputs')),
  };
  return Object.entries(tables).reduce((text, [name, table]) => {
    const begin = `<!-- ${name} of action.yml: npm run readme -->`;
    const end = `<!-- end of ${name} -->`;
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`README.md has no markers for the ${name}`);
    // Prettier would pad each cell to the width of the longest.
    const block = `<!-- prettier-ignore-start -->\n${table}\n<!-- prettier-ignore-end -->`;
    return `${text.slice(0, from)}${begin}\n${block}\n${text.slice(to)}`;
  }, readme);
}

function entriesOf(actionYml: string, section: 'inputs' | 'outputs'): Entry[] {
  const entries = parseDocument(actionYml).get(section);
  if (!isMap(entries)) throw new TypeError(`action.yml has no ${section}`);
  return entries.items.map(entryOf);
}

function entryOf({ key, value }: Pair): Entry {
  if (!isScalar(key) || !isMap(value)) throw new TypeError('An entry of action.yml is no mapping');
  const usual = value.get('default');
  return {
    name: String(key.value),
    description: String(value.get('description')),
    default: typeof usual === 'string' ? usual : undefined,
    isRequired: value.get('required') === true,
    isCommon: value.commentBefore?.trim() === COMMON,
  };
}

/** The required inputs, the common ones, and the others, each in the order of `action.yml`. */
function inputTable(inputs: readonly Entry[]): string {
  const required = inputs.filter(({ isRequired }) => isRequired);
  const common = inputs.filter(({ isCommon }) => isCommon);
  const others = inputs.filter(({ isRequired, isCommon }) => !isRequired && !isCommon);
  const rows = [...required, ...common, ...others].map((input) =>
    row(`\`${input.name}\``, defaultOf(input), input.description),
  );
  return ['| Input | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function defaultOf(input: Entry): string {
  if (input.isRequired) return '**required**';
  return input.default === undefined ? '' : `\`${input.default}\``;
}

function outputTable(outputs: readonly Entry[]): string {
  const rows = outputs.map(({ name, description }) => row(`\`${name}\``, description));
  return ['| Output | Meaning |', '| --- | --- |', ...rows].join('\n');
}

function row(...cells: readonly string[]): string {
  const escaped = cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim());
  return `| ${escaped.join(' | ')} |`;
}

if (import.meta.main) {
  const file = path.join(root, 'README.md');
  const readme = await readFile(file, 'utf8');
  await writeFile(file, withTables(readme, await readFile(path.join(root, 'action.yml'), 'utf8')));
}
