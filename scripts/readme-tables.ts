import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isScalar, parseDocument, type Pair } from 'yaml';

/**
 * What the README and docs/REFERENCE.md take from `action.yml`: tables of the inputs and outputs. The
 * README has the first sentence of each input that most workflows use. The package `action-docs`
 * would write HTML into the cells, and knows no groups.
 */

const root = path.resolve(import.meta.dirname, '..');

/** Behind an input of `action.yml`, it puts the input into the README's table, too. */
const COMMON = 'common';

/** The documents that have tables of `action.yml`, and which ones. */
export const DOCUMENTS = {
  'README.md': ['common inputs'],
  'docs/REFERENCE.md': ['all inputs', 'all outputs'],
} as const;

export type Table = (typeof DOCUMENTS)[keyof typeof DOCUMENTS][number];

/** An input or output as `action.yml` writes it, below the heading of its group, if it has one. */
type Entry = {
  readonly group: string;
  readonly name: string;
  readonly description: string;
  readonly default: string | undefined;
  readonly isRequired: boolean;
  readonly isCommon: boolean;
};

/**
 * A document with its tables as they should be.
 *
 * @throws if the document lacks a marker of one of them, so that no table is left behind in silence
 */
export function withTables(document: string, tables: readonly Table[], actionYml: string): string {
  return tables.reduce((text, name) => withTable(text, name, actionYml), document);
}

function withTable(document: string, name: Table, actionYml: string): string {
  const begin = `<!-- ${name} of action.yml: npm run readme -->`;
  const end = `<!-- end of ${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The document lacks ${begin}, or ${end} after it`);
  // Prettier would pad each cell to the width of the longest.
  const table = tableOf(name, actionYml);
  const block = `<!-- prettier-ignore-start -->\n${table}\n<!-- prettier-ignore-end -->`;
  return `${document.slice(0, from)}${begin}\n${block}\n${document.slice(to)}`;
}

function tableOf(name: Table, actionYml: string): string {
  if (name === 'all outputs') return outputTable(entriesOf(actionYml, 'outputs'));
  const inputs = entriesOf(actionYml, 'inputs');
  if (name === 'all inputs') return inputGroups(inputs);
  const common = inputs.filter(({ isRequired, isCommon }) => isRequired || isCommon);
  return inputTable(
    common.map((input) => ({ ...input, description: firstSentence(input.description) })),
  );
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

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
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
  for (const [name, tables] of Object.entries(DOCUMENTS)) {
    const file = path.join(root, name);
    await writeFile(file, withTables(await readFile(file, 'utf8'), tables, actionYml));
  }
}
