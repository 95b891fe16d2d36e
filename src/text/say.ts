import { visible } from './visible.ts';

declare const mark: unique symbol;

/**
 * A text for users, on one line: our own words in Markdown, with every value as a code span. Logs,
 * annotations, and job summaries show the same text; a log also shows the backticks.
 */
class Text {
  /** An object that only looks like a text is none for the compiler. */
  declare readonly [mark]: 'text';
  readonly kind = 'text';
  readonly markdown: string;
  /** The same without any backtick, which would start a command in a shell. */
  readonly plain: string;

  constructor(markdown: string, plain: string) {
    this.markdown = markdown;
    this.plain = plain;
  }

  toString(): string {
    return this.markdown;
  }
}

// Only its type, so that nothing else makes a text.
export type { Text };

export function isText(value: unknown): value is Text {
  return value instanceof Text;
}

/**
 * The tag of a text. Literals are our own Markdown, and a line break between their words is a
 * space. A string becomes a code span, whatever it contains; numbers and texts stay as they are. A
 * period after a question is left out.
 */
export function say(
  literals: TemplateStringsArray,
  ...values: readonly (string | number | Text | undefined)[]
): Text {
  const texts = values.map(textOf);
  const parts = literals.map((literal, at) => {
    const isAfterQuestion = texts[at - 1]?.markdown.endsWith('?') ?? false;
    return isAfterQuestion ? literal.replace(/^\./, '') : literal;
  });
  return new Text(
    oneLine(parts, texts.map(String)),
    oneLine(
      parts,
      texts.map((text) => text.plain),
    ).replaceAll('`', ''),
  );
}

/** A sentence without its period, as the start of another one or as a headline. */
export function withoutPeriod({ markdown, plain }: Text): Text {
  return new Text(markdown.replace(/\.$/, ''), plain.replace(/\.$/, ''));
}

/**
 * A name that a pattern has checked, a size, or a duration: it needs no code span. Only the files
 * that eslint.config.js lists may import this.
 */
export function unquoted(text: string): Text {
  return new Text(text, text);
}

/** Texts with the separator between them, which is Markdown of ours. */
export function joined(texts: readonly Text[], separator: string): Text {
  const join = (parts: readonly string[]) => parts.join(separator);
  return new Text(
    join(texts.map(({ markdown }) => markdown)),
    join(texts.map((text) => text.plain)),
  );
}

/** How many values a sentence lists. */
const MOST_LISTED = 20;

/** Values with commas between them. Of many, the first ones and a count. */
export function list(values: readonly string[]): Text {
  const listed = joined(values.slice(0, MOST_LISTED).map(textOf), ', ');
  const more = values.length - MOST_LISTED;
  return more > 0 ? say`${listed}, and ${more} more` : listed;
}

const FORMATS = {
  and: new Intl.ListFormat('en-US', { type: 'conjunction' }),
  or: new Intl.ListFormat('en-US', { type: 'disjunction' }),
};

/** Values as a part of a sentence: `a`, `b`, and `c`. */
export function enumerated(values: readonly string[], word: keyof typeof FORMATS): Text {
  const parts = FORMATS[word].formatToParts(values);
  return joined(
    parts.map(({ type, value }) => (type === 'element' ? codeSpan(value) : unquoted(value))),
    '',
  );
}

/** The same text at the beginning of a sentence. */
export function capitalized({ markdown, plain }: Text): Text {
  // Code keeps its case.
  if (markdown.startsWith('`')) return new Text(markdown, plain);
  const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return new Text(upper(markdown), upper(plain));
}

function textOf(value: string | number | Text | undefined): Text {
  if (isText(value)) return value;
  if (typeof value === 'string') return codeSpan(value);
  // Something shows that a value is missing, so that a test or a reader finds it.
  return unquoted(value === undefined ? '…' : String(value));
}

/** Untrusted text as code, in which nobody reads Markdown, HTML, a link, a mention, or math. */
function codeSpan(value: string): Text {
  const shown = value === '' ? '""' : visible(value);
  const ticks = ticksAround(shown, 1);
  // A backtick at the end would join the others, and a blank at both ends would be left out.
  const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
  // Otherwise, the period of a sentence would turn `.` into `..`.
  const quote = shown.endsWith('.') ? '"' : '';
  const plain = shown.replaceAll('`', "'");
  return new Text(ticks + pad + shown + pad + ticks, quote + plain + quote);
}

/** More backticks than any run of them in the text has, so that the text cannot end its code. */
export function ticksAround(text: string, least: number): string {
  let count = least;
  for (const [run] of text.matchAll(/`+/g)) count = Math.max(count, run.length + 1);
  return '`'.repeat(count);
}

/** Literals and values on one line. A line break in a literal is a space. */
function oneLine(literals: readonly string[], values: readonly string[]): string {
  const raw = literals.map((literal) => literal.replaceAll(/\n\s*/g, ' '));
  return String.raw({ raw }, ...values).trim();
}
