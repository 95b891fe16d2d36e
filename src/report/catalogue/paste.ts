import { quote } from '../../pod/shell.ts';

/** A value of a placeholder; a list repeats its line, once for each item. */
export type Value = string | readonly string[];

/** Values by placeholder. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** C0 and C1 controls, line separators, bidirectional controls, lone surrogates: what breaks a line, or lies about it. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** Foreign text on one line, with what breaks a line written as `\u000a`. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** JSON on one line, without anything that breaks it. */
export function json(value: unknown): string {
  return visible(JSON.stringify(value));
}

/** A kind of line: what marks it in a template, and how values are written in it. */
type Line = { readonly mark: string; readonly indent: string; readonly write: (value: string) => string };

const PROSE: Line = { mark: '', indent: '', write: visible };
const MARKED: readonly Line[] = [
  { mark: '$ ', indent: '  ', write: (value) => quote(visible(value)) },
  { mark: '| ', indent: '  ', write: json },
];

/**
 * Fills a template in. What a line is decides how the values in it are written, so that no template can forget to:
 * after `$ ` it is for a POSIX shell, its values are quoted; after `| ` it is YAML, its values are quoted scalars; else
 * it is prose. `{name}` is a value, in capitals where it is not known; a line with an unknown `{name?}` is left out.
 */
export function fill(template: string, values: Values): string {
  return template
    .split('\n')
    .flatMap((line) => fillLine(line, values))
    .join('\n');
}

const PLACEHOLDER = /\{([a-z]+)(\?)?\}/gi;

function fillLine(line: string, values: Values): string[] {
  const { mark, indent, write } = MARKED.find((kind) => line.startsWith(kind.mark)) ?? PROSE;
  const body = indent + line.slice(mark.length);
  const names = [...line.matchAll(PLACEHOLDER)];
  const unknown = names.some(([, name = '', optional]) => optional !== undefined && values[name] === undefined);
  if (unknown) return [];

  const list = names.map(([, name = '']) => values[name]).find((value) => typeof value === 'object');
  const rows = list === undefined ? [0] : list.keys();
  return Array.from(rows, (row) =>
    body.replaceAll(PLACEHOLDER, (_, name: string) => {
      const value = values[name];
      const item = typeof value === 'object' ? value[row] : value;
      return item === undefined ? inCapitals(name) : write(item);
    }),
  );
}

/** `clientId` as `CLIENT_ID`: what stands where a value is not known. */
function inCapitals(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
