import type { Given, Nouns, Words } from '../../hosts/words.ts';
import { visible } from '../../text/visible.ts';
import { quote } from '../../pod/variables.ts';

/**
 * Values by placeholder. A line with a list is repeated for each item. `said` is foreign text, which prose puts in
 * quotes unless it is a name that cannot contain a sentence.
 */
export type Values = Readonly<
  Record<string, string | readonly string[] | { readonly said: string } | undefined>
>;

export function said(groups: Readonly<Record<string, string | undefined>>): Values {
  const named = Object.entries(groups).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, { said: text }]],
  );
  return Object.fromEntries(named) as Values;
}

/** Kinds, names, versions, hosts, paths, and fields, but no URL, which people would click, and no final period. */
const NAME = /^(?!.*\/\/)(?!.*\.$)[\w.:/[\]="-]{1,100}$/;
const MOST_SAID = 100;

function quoted(text: string): string {
  if (NAME.test(text)) return text;
  const clipped = text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
  return `"${clipped.replaceAll('"', "'")}"`;
}

/** Where a value begins and ends in prose, for Markdown, which shows foreign text as code. No value can hold these. */
export const VALUE_MARKS = { begin: '\ue000', end: '\ue001' } as const;

/** The visible text between `VALUE_MARKS`. Numbers and times need no marks. */
export function marked(text: string): string {
  return /^[\d ,hms]+$/.test(text) ? text : VALUE_MARKS.begin + visible(text) + VALUE_MARKS.end;
}

/** JSON on one line, without characters that would break the line. */
export function json(value: unknown): string {
  return visible(JSON.stringify(value));
}

const PLACEHOLDER = /\{([a-z]+)(\?)?\}/gi;

/**
 * Fills in a template. The kind of a line decides how its values are written, so that no template can forget to quote
 * them: after `$ ` the line is for a POSIX shell, and after `| ` it is YAML. After `@ ` it is an input with a value, as in
 * `@ timeout: {longer}`; such lines in a row become a block under `with:` or the options of one command. Any other line is
 * prose.
 *
 * `{name}` is a value, in capitals if it is not known. A line with an unknown `{name?}` is left out. `{input:NAME}` is an
 * input by its name on this host, `{noun:step}` and `{Noun:step}` a word of the table in hosts/words.ts. A line that
 * begins with `[workflow] ` or `[prompt] ` is for that place only.
 *
 * @param write how a value is written in prose.
 */
export function fill(template: string, values: Values, words: Words, write = visible): string {
  const filled: string[] = [];
  let given: Given[] = [];
  const flush = () => {
    if (given.length > 0) filled.push(...words.paste(given).map((line) => `  ${line}`));
    given = [];
  };
  for (const whole of template.split('\n')) {
    const [mark = '', place = words.place] = /^\[(workflow|prompt)\] /.exec(whole) ?? [];
    const line = whole.slice(mark.length);
    const isKnown = [...line.matchAll(PLACEHOLDER)].every(
      ([, name = '', optional]) => !optional || values[name] !== undefined,
    );
    if (place !== words.place || !isKnown) continue;
    const [, input, value = ''] = /^@ ([a-z-]+): (.*)$/.exec(line) ?? [];
    if (input !== undefined) {
      given.push({ name: input, value: fillInput(value, values, words) });
    } else {
      flush();
      filled.push(...fillLine(line, values, words, write));
    }
  }
  flush();
  return filled.join('\n');
}

/** The value of an input to paste. A literal of ours is already YAML. */
function fillInput(template: string, values: Values, { place }: Words): string {
  const value = template.replaceAll(PLACEHOLDER, (_, name: string) =>
    visible(itemOf(values[name]) ?? inCapitals(name)),
  );
  if (place === 'prompt') return quote(value);
  return value === template ? value : json(value);
}

function fillLine(
  line: string,
  values: Values,
  words: Words,
  writeProse: typeof visible,
): string[] {
  const isShell = line.startsWith('$ ');
  const isProse = !isShell && !line.startsWith('| ');
  const write = isProse ? writeProse : isShell ? (value: string) => quote(visible(value)) : json;
  const body = named(isProse ? line : `  ${line.slice(2)}`, words, write);
  const list = Array.from(body.matchAll(PLACEHOLDER), ([, name = '']) => values[name]).find(isList);
  return Array.from(list ?? [''], (_item, row) =>
    body.replaceAll(PLACEHOLDER, (_, name: string, _optional: unknown, at: number) => {
      const value = values[name];
      const item = itemOf(value, row);
      // A word of its own that begins with a dash would be an option, and helm's --post-renderer runs a program.
      if (item === undefined || (isShell && item.startsWith('-') && body[at - 1] === ' '))
        return inCapitals(name);
      return write(isProse && typeof value === 'object' && !isList(value) ? quoted(item) : item);
    }),
  );
}

/** A value as text; for a list, one of its items. */
function itemOf(value: Values[string], row = 0): string | undefined {
  if (isList(value)) return value[row];
  return typeof value === 'object' ? value.said : value;
}

function isList(value: Values[string]): value is readonly string[] {
  return Array.isArray(value);
}

const NAMED = /\{(input|noun|Noun):([a-z-]+)\}/g;

function named(text: string, words: Words, write: typeof visible): string {
  return text.replaceAll(NAMED, (whole, kind: string, name: string) => {
    if (kind === 'input') return write(words.input(name));
    if (!Object.hasOwn(words, name)) return whole;
    const noun = words[name as keyof Nouns];
    // The name of a program keeps its case.
    return kind === 'Noun' && noun !== 'aks-run-command'
      ? noun.charAt(0).toUpperCase() + noun.slice(1)
      : noun;
  });
}

/** `clientId` as `CLIENT_ID`, which stands for a value that is not known. */
function inCapitals(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
