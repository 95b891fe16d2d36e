import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isScalar, parseDocument, type Pair } from 'yaml';

/**
 * What the README and docs/REFERENCE.md take from `action.yml`: tables of the inputs and outputs. The
 * package `action-docs` would write HTML into the cells, and knows no groups.
 */

const root = path.resolve(import.meta.dirname, '..');

/** Behind an input of `action.yml`, it puts the input into the README's table, too. */
const COMMON = 'common';

/** The documents that have tables of `action.yml`. */
export const DOCUMENTS = ['README.md', 'docs/REFERENCE.md'];

/** An input or output as `action.yml` writes it, below the heading of its group, if it has one. */
type Entry = {
  readonly group: string;
  readonly name: string;
  readonly description: string;
  readonly default: string | undefined;
  readonly isRequired: boolean;
  readonly isCommon: boolean;
};

/** A document with everything between its markers as it should be. */
export function withTables(document: string, actionYml: string): string {
  const inputs = entriesOf(actionYml, 'inputs');
  const tables = {
    'common inputs': inputTable(
      inputs.filter(({ isRequired, isCommon }) => isRequired || isCommon),
    ),
    'all inputs': inputGroups(inputs),
    'all outputs': outputTable(entriesOf(actionYml, 'outputs')),
  };
  return Object.entries(tables).reduce((text, [name, table]) => {
    const begin = `<!-- ${name} of action.yml: npm run readme -->`;
    const end = `<!-- end of ${name} -->`;
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from < 0 || to < from) return text;
    // Prettier would pad each cell to the width of the longest.
    const block = `<!-- prettier-ignore-start -->\n${table}\n<!-- prettier-ignore-end -->`;
    return `${text.slice(0, from)}${begin}\n${block}\n${text.slice(to)}`;
  }, document);
}

function entriesOf(actionYml: string, section: 'inputs' | 'outputs'): Entry[] {
  const entries = parseDocument(actionYml).get(section);
  if (!isMap(entries)) throw new TypeError(`action.yml has no ${section}`);
  let group = entries.commentBefore?.trim() ?? '';
  return entries.items.map((pair) => {
    if (isScalar(pair.key)) group = pair.key.commentBefore?.trim() ?? group;
    return entryOf(pair, group);
  });
}

function entryOf({ key, value }: Pair, group: string): Entry {
  if (!isScalar(key) || !isMap(value)) throw new TypeError('An entry of action.yml is no mapping');
  const usual = value.get('default');
  return {
    group,
    name: String(key.value),
    description: String(value.get('description')),
    default: typeof usual === 'string' ? usual : undefined,
    isRequired: value.get('required') === true,
    isCommon: value.commentBefore?.trim() === COMMON,
  };
}

/** A table for each group, below the group's heading. */
function inputGroups(inputs: readonly Entry[]): string {
  const groups = [...new Set(inputs.map(({ group }) => group))];
  return groups
    .map(
      (group) => `### ${group}\n\n${inputTable(inputs.filter((input) => input.group === group))}`,
    )
    .join('\n\n');
}

function inputTable(inputs: readonly Entry[]): string {
  const rows = inputs.map((input) => row(`\`${input.name}\``, defaultOf(input), input.description));
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
  const actionYml = await readFile(path.join(root, 'action.yml'), 'utf8');
  for (const name of DOCUMENTS) {
    const file = path.join(root, name);
    await writeFile(file, withTables(await readFile(file, 'utf8'), actionYml));
  }
}
