import { messageOf } from '../failure.ts';
import type { Words } from '../hosts/words.ts';
import { capitalized, say, Text } from '../text/say.ts';
import type { Block, Message } from './message.ts';
import { expression, pasteInputs, sh, yaml, type Paste, type PastedValue } from './paste.ts';

/**
 * What a placeholder stands for. As a condition, it holds unless it is false or not known. Blocks
 * stand alone in their paragraph.
 */
type Value = PastedValue | Text | Paste | readonly Block[];

/** Placeholders and conditions, by name. One that is undefined is not known here. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** All messages and fragments, by name. */
export type Messages = {
  readonly sections: ReadonlyMap<string, Section>;
  /** Takes what is wrong with a section. A step then says the line alone; a test fails. */
  readonly onMistake: (mistake: string) => void;
};

type Section = {
  /** The anchor in docs/TROUBLESHOOTING.md. */
  readonly anchor: string | undefined;
  /** The first one is the line. */
  readonly paragraphs: readonly Paragraph[];
};

type Paragraph = {
  /** Sentences, or what its lines are if they are to be pasted. */
  readonly kind: 'text' | 'sh' | 'yaml' | 'inputs';
  readonly parts: readonly Part[];
};

/** Sentences, `@fragment`, or one line to paste. */
type Part = {
  /** A name, with `!` before it if it must not hold. */
  readonly condition: string | undefined;
  readonly text: string;
};

/** Reads messages.md. CONTRIBUTING.md describes its form. */
export function readMessages(markdown: string, onMistake: Messages['onMistake']): Messages {
  const sections = new Map<string, Section>();
  for (const text of markdown.split(/^(?=##? )/m)) {
    const [heading = '', ...paragraphs] = text.trimEnd().split(/\n{2,}/);
    const [, name, anchor] = /^## (\S+)(?: #(\S+))?$/.exec(heading) ?? [];
    if (name !== undefined)
      sections.set(name, { anchor, paragraphs: paragraphs.map(readParagraph) });
  }
  return { sections, onMistake };
}

const INDENT = ' '.repeat(4);
/** How lines to paste begin. Others are YAML. */
const MARKS = { '$ ': 'sh', '> ': 'inputs' } as const;

function readParagraph(paragraph: string): Paragraph {
  if (!paragraph.startsWith(INDENT)) {
    const texts = paragraph.trim().split(/\n(?=\[!?\w+\] |@)/);
    return { kind: 'text', parts: texts.map(readPart) };
  }

  const lines = paragraph.trimEnd().split('\n');
  const parts = lines.map((line) => readPart(line.slice(INDENT.length)));
  for (const [mark, kind] of Object.entries(MARKS)) {
    if (!parts.every(({ text }) => text.startsWith(mark))) continue;
    return { kind, parts: parts.map((part) => ({ ...part, text: part.text.slice(mark.length) })) };
  }
  return { kind: 'yaml', parts };
}

function readPart(text: string): Part {
  const [start = '', condition] = /^\[(!?\w+)\] /.exec(text) ?? [];
  return { condition, text: text.slice(start.length) };
}

/** What a section is written with. */
type Context = { readonly values: Values; readonly words: Words; readonly messages: Messages };

/** Writes a message. It has no error text yet. */
export function write(name: string, context: Context): Message {
  const { sections, onMistake } = context.messages;
  const section = sections.get(name);
  try {
    return { ...written(section, context), name, errorText: '', section: section?.anchor };
  } catch (error) {
    onMistake(`${name}: ${messageOf(error)}`);
    return { name, line: lineAlone(section, context), errorText: '', remedy: [] };
  }
}

function written(section: Section | undefined, context: Context) {
  const [first, ...others] = section?.paragraphs ?? [];
  const [line, ...more] = first ? blocksOf(first, context) : [];
  if (line?.kind !== 'text' || more.length > 0) throw new TypeError('it needs exactly one line');

  const blocks = others.flatMap((paragraph) => blocksOf(paragraph, context));
  const outcome = blocks.find((block) => block.kind === 'outcome')?.text;
  const remedy = blocks.filter((block) => block.kind !== 'outcome');
  return { line, outcome, remedy: withCommandsJoined(remedy) };
}

/** What is left if a section cannot be written: its first words. */
function lineAlone(section: Section | undefined, { values }: Context): Text {
  const text = section?.paragraphs[0]?.parts[0]?.text ?? '';
  const { literals, names } = placeholdersIn(text);
  const known = names.map((name) => values[name]);
  return say(literals, ...known.map((value) => (isSayable(value) ? value : undefined)));
}

/** What is known about the command, instead of what its state says. */
type Outcome = { readonly kind: 'outcome'; readonly text: Text };

function blocksOf({ kind, parts }: Paragraph, context: Context): (Block | Outcome)[] {
  const texts = parts.filter((part) => holds(part, context)).map(({ text }) => text);
  switch (kind) {
    case 'text':
      return texts.flatMap((text) => textBlocks(text, context));
    case 'inputs':
      return inputBlocks(texts, context);
    case 'sh':
    case 'yaml': {
      const lines = texts.flatMap((text) => pasteLines(kind, text, context));
      return lines.length > 0 ? [{ kind, lines }] : [];
    }
  }
}

function holds({ condition }: Part, { values }: Context): boolean {
  if (condition === undefined) return true;
  const name = condition.replace('!', '');
  const value = Object.hasOwn(values, name) ? values[name] : noMeaning(name);
  const isTrue = value !== undefined && value !== false;
  return isTrue !== condition.startsWith('!');
}

/** Sentences, a fragment, or the blocks that a placeholder stands for. */
function textBlocks(text: string, context: Context): readonly (Block | Outcome)[] {
  if (text.startsWith('@')) {
    const fragment = context.messages.sections.get(text) ?? noMeaning(text);
    return fragment.paragraphs.flatMap((paragraph) => blocksOf(paragraph, context));
  }

  const isOutcome = text.startsWith(OUTCOME);
  const { literals, names } = placeholdersIn(isOutcome ? text.slice(OUTCOME.length) : text);
  const values = names.map((name) => valueOf(name, context));
  if (values.includes(undefined)) return [];

  const [blocks] = values;
  if (areBlocks(blocks)) return blocks;
  const said = say(literals, ...values.map(sayable));
  return [isOutcome ? { kind: 'outcome', text: said } : said];
}

const OUTCOME = 'Outcome:';

function pasteLines(kind: 'sh' | 'yaml', text: string, context: Context): readonly string[] {
  const { literals, names } = placeholdersIn(text);
  const values = names.map((name) => valueOf(name, context));
  if (values.includes(undefined)) return [];
  if (kind === 'yaml') return yaml(literals, ...values.map(pastable)).lines;
  return sh(literals, ...values.map((value) => (isPaste(value) ? value : pastable(value)))).lines;
}

function inputBlocks(texts: readonly string[], context: Context): Paste[] {
  const given: Record<string, PastedValue> = {};
  for (const text of texts) {
    const [, input = '', value = ''] = /^([a-z-]+): (.+)$/.exec(text) ?? [];
    const [, placeholder] = /^\{(\w+)\}$/.exec(value) ?? [];
    const known = placeholder === undefined ? literal(value) : valueOf(placeholder, context);
    if (known !== undefined) given[input] = pastable(known);
  }
  return Object.keys(given).length > 0 ? [pasteInputs(given, context.words)] : [];
}

/** A value of ours, as YAML reads it. */
function literal(text: string): PastedValue {
  const [, path] = /^\$\{\{ (.+) \}\}$/.exec(text) ?? [];
  if (path !== undefined) return expression(path);
  if (/^\d+$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** A text as a template, and the names of the placeholders between its literals. */
function placeholdersIn(text: string) {
  const parts = text.split(/\{((?:--)?[A-Za-z][\w-]*)\}/);
  const literals = parts.filter((_part, at) => at % 2 === 0);
  const names = parts.filter((_part, at) => at % 2 === 1);
  return { literals: Object.assign(literals, { raw: literals }), names };
}

/** What a placeholder stands for: `{name}`, `{Name}`, or `{--input}`. */
function valueOf(name: string, { values, words }: Context): Value | undefined {
  if (name.startsWith('--')) return words.input(name.slice(2));
  if (Object.hasOwn(values, name)) return values[name];

  const inSentence = values[name.charAt(0).toLowerCase() + name.slice(1)];
  return inSentence instanceof Text ? capitalized(inSentence) : noMeaning(name);
}

function noMeaning(name: string): never {
  throw new TypeError(`${name} has no meaning here`);
}

function isSayable(value: Value | undefined): value is string | number | Text {
  return typeof value === 'string' || typeof value === 'number' || value instanceof Text;
}

function sayable(value: Value | undefined): string | number | Text {
  if (isSayable(value)) return value;
  throw new TypeError('a value cannot be a part of a sentence');
}

function isPaste(value: Value | undefined): value is Paste {
  return typeof value === 'object' && 'lines' in value;
}

function areBlocks(value: Value | undefined): value is readonly Block[] {
  return Array.isArray(value);
}

function pastable(value: Value | undefined): PastedValue {
  const isOther =
    value === undefined || value instanceof Text || isPaste(value) || areBlocks(value);
  if (!isOther) return value;
  throw new TypeError('a value cannot be a part of this line');
}

/** Commands to run one after the other are one block. */
function withCommandsJoined(blocks: readonly Block[]): readonly Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.kind === 'sh' && last?.kind === 'sh') {
      joined[joined.length - 1] = { kind: 'sh', lines: [...last.lines, ...block.lines] };
    } else {
      joined.push(block);
    }
  }
  return joined;
}
