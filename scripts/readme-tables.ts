import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isScalar, parse, parseDocument } from 'yaml';

/** What the README takes from `action.yml`: all inputs as YAML, their types, and the outputs. */

const root = path.resolve(import.meta.dirname, '..');

/** An input as `action.yml` writes it, where comments say its type and the heading above it. */
type Input = {
  readonly name: string;
  readonly heading: string | undefined;
  readonly type: string;
  readonly description: string;
  readonly standard: string | undefined;
  readonly isRequired: boolean;
};

/** The README with everything between its markers as it should be. */
export function withTables(readme: string, actionYml: string): string {
  const inputs = inputsOf(actionYml);
  const parts = {
    usage: usage(inputs),
    inputs: typeTable(inputs),
    outputs: outputTable(actionYml),
  };
  return Object.entries(parts).reduce((text, [name, part]) => {
    const begin = `<!-- ${name} of action.yml: npm run readme -->`;
    const end = `<!-- end of ${name} -->`;
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`README.md has no markers for the ${name}`);
    // Prettier would pad each cell to the width of the longest.
    const block = `<!-- prettier-ignore-start -->\n${part}\n<!-- prettier-ignore-end -->`;
    return `${text.slice(0, from)}${begin}\n${block}\n${text.slice(to)}`;
  }, readme);
}

function inputsOf(actionYml: string): Input[] {
  const inputs = parseDocument(actionYml).get('inputs');
  if (!isMap(inputs)) throw new TypeError('action.yml has no inputs');
  return inputs.items.map(({ key, value }, index) => {
    if (!isScalar(key) || !isMap(value))
      throw new TypeError('An input of action.yml is no mapping');
    // The comment above the first input belongs to the mapping as a whole.
    const heading = index === 0 ? inputs.commentBefore : key.commentBefore;
    const type = value.commentBefore?.trim();
    if (type === undefined) {
      const name = String(key.value);
      throw new Error(
        `action.yml gives no type for ${name}. Write it like this: "${name}: # string"`,
      );
    }
    const standard = value.get('default');
    return {
      name: String(key.value),
      heading: heading?.trim(),
      type,
      description: String(value.get('description')),
      standard: typeof standard === 'string' ? standard : undefined,
      isRequired: value.get('required') === true,
    };
  });
}

/** A step with all inputs, each with its description above it, and its default. */
function usage(inputs: readonly Input[]): string {
  const lines = inputs.flatMap(({ name, heading, description, standard = '' }) => [
    ...(heading === undefined ? [] : ['', `    # ${heading}:`]),
    '',
    ...wrap(description, 92).map((line) => `    # ${line}`),
    `    ${name}: ${standard === '' ? "''" : standard}`,
  ]);
  const step = ['- uses: OWNER/aks-run-command@v1', '  with:', ...lines.slice(1)];
  return ['```yaml', ...step, '```'].join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && `${line} ${word}`.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Which inputs are of which type. */
function typeTable(inputs: readonly Input[]): string {
  const types = Map.groupBy(inputs, ({ type }) => type);
  const rows = [...types].map(([type, ofType]) => {
    const names = ofType.map(
      ({ name, isRequired }) => `\`${name}\`${isRequired ? ' (required)' : ''}`,
    );
    return row(type, names.join(', '));
  });
  return ['| Type | Inputs |', '| --- | --- |', ...rows].join('\n');
}

function outputTable(actionYml: string): string {
  const { outputs } = parse(actionYml) as { outputs: Record<string, { description: string }> };
  const rows = Object.entries(outputs).map(([name, { description }]) =>
    row(`\`${name}\``, description),
  );
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
