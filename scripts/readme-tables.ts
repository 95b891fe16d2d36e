import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, parseDocument, isMap, isScalar } from 'yaml';

/** The README's tables of inputs and outputs, generated from `action.yml`. */

const root = path.resolve(import.meta.dirname, '..');

/** The README with the right tables between its markers. */
export function withTables(readme: string, actionYml: string): string {
  const tables = { inputs: inputTables(actionYml), outputs: outputTable(actionYml) };
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

function inputTables(actionYml: string): string {
  const inputs = parseDocument(actionYml).get('inputs');
  if (!isMap(inputs)) throw new TypeError('action.yml has no inputs');
  const lines: string[] = [];
  for (const [index, pair] of inputs.items.entries()) {
    if (!isScalar(pair.key) || !isMap(pair.value))
      throw new TypeError('An input of action.yml is no mapping');
    const heading = (
      pair.key.commentBefore ?? (index === 0 ? inputs.commentBefore : undefined)
    )?.trim();
    if (heading)
      lines.push('', `**${heading}**`, '', '| Input | Default | Meaning |', '| --- | --- | --- |');
    const standard = pair.value.get('default');
    const required = pair.value.get('required') === true;
    const shown = required ? 'required' : typeof standard === 'string' ? `\`${standard}\`` : '';
    lines.push(row(`\`${String(pair.key.value)}\``, shown, String(pair.value.get('description'))));
  }
  return lines.join('\n').trim();
}

function outputTable(actionYml: string): string {
  const { outputs } = parse(actionYml) as { outputs: Record<string, { description: string }> };
  const rows = Object.entries(outputs).map(([name, { description }]) =>
    row(`\`${name}\``, description),
  );
  return ['| Output | Meaning |', '| --- | --- |', ...rows].join('\n');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim()).join(' | ')} |`;
}

if (import.meta.main) {
  const file = path.join(root, 'README.md');
  const readme = await readFile(file, 'utf8');
  await writeFile(file, withTables(readme, await readFile(path.join(root, 'action.yml'), 'utf8')));
}
