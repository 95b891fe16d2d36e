import { isNoun, type Given, type Place, type Words } from '../../hosts/words.ts';
import { visible } from '../../text/visible.ts';
import { quote } from '../../pod/shell.ts';

/** Foreign text. In prose it stands in quotes, unless it is a name in which no sentence can hide. */
type Said = { readonly said: string };

/** The value of a placeholder. A list repeats its line for each of its items. */
type Value = string | readonly string[] | Said;

/** Values by placeholder. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** Values that were found in foreign text. */
export function said(groups: Readonly<Record<string, string | undefined>>): Values {
  const named = Object.entries(groups).flatMap(([name, text]) => (text === undefined ? [] : [[name, { said: text }]]));
  return Object.fromEntries(named) as Values;
}

/** Kinds, names, versions, hosts, paths, and fields, but no address, which people would click, and no full stop at the end. */
const NAME = /^(?!.*\/\/)(?!.*\.$)[\w.:/[\]="-]{1,100}$/;
const MOST_SAID = 100;

function quoted(text: string): string {
  if (NAME.test(text)) return text;
  const clipped = text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
  return `"${clipped.replaceAll('"', "'")}"`;
}

/** Where a value begins and ends in prose, for Markdown, which shows foreign text as code. No value can hold these. */
export const VALUE_MARKS = { begin: '\ue000', end: '\ue001' } as const;

/** The visible text between `VALUE_MARKS`. Numbers and times need none. */
export function marked(text: string): string {
  if (/^[\d ,hms]+$/.test(text)) return text;
  return VALUE_MARKS.begin + visible(text) + VALUE_MARKS.end;
}

/** JSON on one line, without characters that would break the line. */
export function json(value: unknown): string {
  return visible(JSON.stringify(value));
}

/** A kind of line in a template: its mark, and how values are written in it. */
type Line = { readonly mark: string; readonly indent: string; readonly write: (value: string) => string };

const MARKED: readonly Line[] = [
  { mark: '$ ', indent: '  ', write: (value) => quote(visible(value)) },
  { mark: '| ', indent: '  ', write: json },
];

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
  for (const line of template.split('\n').flatMap((text) => lineFor(text, words.place))) {
    const input = INPUT_LINE.exec(line);
    if (input?.groups) {
      const { name = '', value = '' } = input.groups;
      given.push(...fillInput(name, value, values, words.place));
    } else {
      flush();
      filled.push(...fillLine(line, values, words, write));
    }
  }
  flush();
  return filled.join('\n');
}

const PLACEHOLDER = /\{([a-z]+)(\?)?\}/gi;
const NAMED = /\{(input|noun|Noun):([a-z-]+)\}/g;
const INPUT_LINE = /^@ (?<name>[a-z-]+): (?<value>.*)$/;

/** The line without the mark of its place; nothing if it is for the other place. */
function lineFor(line: string, place: Place): string[] {
  const [mark = '', only] = /^\[(workflow|prompt)\] /.exec(line) ?? [];
  return only === undefined || only === place ? [line.slice(mark.length)] : [];
}

function fillInput(name: string, template: string, values: Values, place: Place): Given[] {
  const names = [...template.matchAll(PLACEHOLDER)];
  if (lacksOptional(names, values)) return [];
  const value = template.replaceAll(PLACEHOLDER, (_, key: string) => {
    const known = values[key];
    const text = isSaid(known) ? known.said : known;
    return typeof text === 'string' ? visible(text) : inCapitals(key);
  });
  if (place === 'prompt') return [{ name, value: quote(value) }];
  return [{ name, value: names.length > 0 ? json(value) : value }];
}

function fillLine(line: string, values: Values, words: Words, writeProse: Line['write']): string[] {
  const prose: Line = { mark: '', indent: '', write: writeProse };
  const { mark, indent, write } = MARKED.find((kind) => line.startsWith(kind.mark)) ?? prose;
  const body = named(indent + line.slice(mark.length), words, write);
  const names = [...body.matchAll(PLACEHOLDER)];
  if (lacksOptional(names, values)) return [];

  const list = names.map(([, name = '']) => values[name]).find((value) => isList(value));
  const rows = list === undefined ? [0] : list.keys();
  return Array.from(rows, (row) =>
    body.replaceAll(PLACEHOLDER, (_, name: string, _optional: unknown, at: number) => {
      const value = values[name];
      const item = isSaid(value) ? value.said : isList(value) ? value[row] : value;
      // A word of its own that begins with a dash would be an option, and helm's --post-renderer runs a program.
      const isOption = mark === '$ ' && item?.startsWith('-') === true && body[at - 1] === ' ';
      if (item === undefined || isOption) return inCapitals(name);
      return write(isSaid(value) && mark === '' ? quoted(item) : item);
    }),
  );
}

function isSaid(value: Value | undefined): value is Said {
  return typeof value === 'object' && 'said' in value;
}

function isList(value: Value | undefined): value is readonly string[] {
  return typeof value === 'object' && !('said' in value);
}

function lacksOptional(names: readonly RegExpExecArray[], values: Values): boolean {
  return names.some(([, name = '', optional]) => optional !== undefined && values[name] === undefined);
}

function named(text: string, words: Words, write: Line['write']): string {
  return text.replaceAll(NAMED, (whole, kind: string, name: string) => {
    if (kind === 'input') return write(words.input(name));
    if (!isNoun(name)) return whole;
    const noun = words.noun(name);
    // The name of a program keeps its case.
    return kind === 'Noun' && noun !== 'aks-run-command' ? noun.charAt(0).toUpperCase() + noun.slice(1) : noun;
  });
}

/** `clientId` as `CLIENT_ID`, which stands for a value that is not known. */
function inCapitals(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
