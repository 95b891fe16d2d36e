import { isNoun, type Given, type Place, type Words } from '../../hosts/words.ts';
import { visible } from '../../text/visible.ts';
import { quote } from '../../pod/shell.ts';

/** What a stranger wrote: in prose it stands in quotes, unless it is a name that no sentence can hide in. */
type Said = { readonly said: string };

/** A value of a placeholder; a list repeats its line, once for each item. */
type Value = string | readonly string[] | Said;

/** Values by placeholder. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** The values of a line of foreign text. */
export function said(groups: Readonly<Record<string, string | undefined>>): Values {
  const named = Object.entries(groups).flatMap(([name, text]) => (text === undefined ? [] : [[name, { said: text }]]));
  return Object.fromEntries(named) as Values;
}

/** Kinds, names, versions, hosts, paths and fields; no address, which people click, and no dots that end a sentence twice. */
const NAME = /^(?!.*\/\/)(?!.*\.$)[\w.:/[\]="-]{1,100}$/;
const MOST_SAID = 100;

function quoted(text: string): string {
  if (NAME.test(text)) return text;
  const clipped = text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
  return `"${clipped.replaceAll('"', "'")}"`;
}

/** Where a value begins and ends in prose, for a reader that has to tell foreign text from ours: no value holds them. */
export const VALUE_MARKS = { begin: '\ue000', end: '\ue001' } as const;

/** `visible` between `VALUE_MARKS`; numbers and times are as good as ours. */
export function marked(text: string): string {
  if (/^[\d ,hms]+$/.test(text)) return text;
  return VALUE_MARKS.begin + visible(text) + VALUE_MARKS.end;
}

/** JSON on one line, without anything that breaks it. */
export function json(value: unknown): string {
  return visible(JSON.stringify(value));
}

/** A kind of line: what marks it in a template, and how values are written in it. */
type Line = { readonly mark: string; readonly indent: string; readonly write: (value: string) => string };

const MARKED: readonly Line[] = [
  { mark: '$ ', indent: '  ', write: (value) => quote(visible(value)) },
  { mark: '| ', indent: '  ', write: json },
];

/**
 * Fills a template in. What a line is decides how the values in it are written, so that no template can forget to:
 * after `$ ` it is for a POSIX shell, its values are quoted; after `| ` it is YAML, its values are quoted scalars; after
 * `@ ` it is an input with a value, `@ timeout: {longer}`, and the lines of this kind that follow each other become a
 * block under `with:` or the options of one command; else it is prose.
 *
 * `{name}` is a value, in capitals where it is not known; a line with an unknown `{name?}` is left out. `{input:NAME}` is
 * an input as its place names it, `{noun:step}` and `{Noun:step}` a word of the table in hosts/words.ts. A line that
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

/** The line without the mark of its place; nothing where it is for the other. */
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
      // As a word of its own it would be an option: helm's --post-renderer runs a program.
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
    // The name of a program is written as it is typed.
    return kind === 'Noun' && noun !== 'aks-run-command' ? noun.charAt(0).toUpperCase() + noun.slice(1) : noun;
  });
}

/** `clientId` as `CLIENT_ID`: what stands where a value is not known. */
function inCapitals(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
