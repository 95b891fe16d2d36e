import { messageOf } from '../failure.ts';
import type { Words } from '../hosts/words.ts';
import { capitalized, isText, say, type Text } from '../text/say.ts';
import type { Block, Message } from './message.ts';
import { expression, isPaste, pasteInputs, sh, type Paste, type PastedValue } from './paste.ts';

/**
 * What a placeholder stands for. As a condition, it holds unless it is false or not known. Blocks
 * stand alone in their paragraph.
 */
type Value = PastedValue | number | boolean | Text | Paste | readonly Block[];

/** Placeholders and conditions, by name. One that is undefined is not known here. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** Which message, and what its own placeholders stand for. */
export type Choice = { readonly name: string; readonly facts: Values };

/** All messages and fragments, by name. */
export type Messages = {
  readonly templates: ReadonlyMap<string, Template>;
  /** Takes what is wrong with a template. A step then says the line alone; a test fails. */
  readonly onMistake: (mistake: string) => void;
};

/** A section of messages.md: a message or a fragment. */
type Template = {
  /** The anchor in docs/TROUBLESHOOTING.md. */
  readonly anchor: string | undefined;
  /** The first one is the line. */
  readonly paragraphs: readonly Paragraph[];
};

type Paragraph = {
  readonly kind: 'text' | 'sh' | 'yaml' | 'inputs';
  readonly parts: readonly Part[];
};

/** Sentences, `@fragment`, or one line to paste. */
type Part = {
  /** A name, with `!` before it if it must not hold. */
  readonly condition: string | undefined;
  readonly text: string;
};

/** Reads messages.md, which begins with its syntax. */
export function readMessages(markdown: string, onMistake: Messages['onMistake']): Messages {
  const templates = new Map<string, Template>();
  for (const text of markdown.split(/^(?=##? )/m)) {
    const [heading = '', ...paragraphs] = text.trimEnd().split(/\n{2,}/);
    const [, name, anchor] = /^## (\S+)(?: #(\S+))?$/.exec(heading) ?? [];
    if (name !== undefined)
      templates.set(name, { anchor, paragraphs: paragraphs.map(readParagraph) });
  }
  return { templates, onMistake };
}

const INDENT = ' '.repeat(4);

function readParagraph(paragraph: string): Paragraph {
  if (!paragraph.startsWith(INDENT)) {
    return { kind: 'text', parts: paragraph.split(/\n(?=\[!?\w+\] |@)/).map(readPart) };
  }

  const lines = paragraph.split('\n').map((line) => readPart(line.slice(INDENT.length)));
  const unmarked = lines.map((line) => ({ ...line, text: line.text.slice('$ '.length) }));
  if (lines.every(({ text }) => text.startsWith('$ '))) return { kind: 'sh', parts: unmarked };
  if (lines.every(({ text }) => text.startsWith('> '))) return { kind: 'inputs', parts: unmarked };
  return { kind: 'yaml', parts: lines };
}

function readPart(text: string): Part {
  const [start = '', condition] = /^\[(!?\w+)\] /.exec(text) ?? [];
  return { condition, text: text.slice(start.length) };
}

/** What a template is written with. */
type Context = { readonly values: Values; readonly words: Words; readonly messages: Messages };

/** Writes a message. It has no error text yet. */
export function writeMessage(name: string, context: Context): Message {
  const { templates, onMistake } = context.messages;
  const template = templates.get(name);
  try {
    return { ...written(template, context), name, errorText: '', anchor: template?.anchor };
  } catch (error) {
    onMistake(`${name}: ${messageOf(error)}`);
    const line = lineAlone(template, context);
    return { name, line, outcome: undefined, errorText: '', remedy: [], anchor: template?.anchor };
  }
}

function written(template: Template | undefined, context: Context) {
  const [first, ...others] = template?.paragraphs ?? [];
  const [line, ...more] = first ? blocksOf(first, context) : [];
  if (line?.kind !== 'text' || more.length > 0) throw new TypeError('it needs exactly one line');

  const blocks = others.flatMap((paragraph) => blocksOf(paragraph, context));
  const outcome = blocks.find((block) => block.kind === 'outcome')?.text;
  const remedy = blocks.filter((block) => block.kind !== 'outcome');
  return { line, outcome, remedy: withCommandsJoined(remedy) };
}

/** What is left if a template cannot be written: its first words. */
function lineAlone(template: Template | undefined, { values }: Context): Text {
  const text = template?.paragraphs[0]?.parts[0]?.text ?? '';
  const { literals, names } = placeholdersIn(text);
  const known = names.map((name) => values[name]);
  return say(literals, ...known.map((value) => (isSayable(value) ? value : undefined)));
}

/** What is known about the command, instead of what its state says. */
type OutcomeBlock = { readonly kind: 'outcome'; readonly text: Text };

function blocksOf({ kind, parts }: Paragraph, context: Context): readonly (Block | OutcomeBlock)[] {
  const texts = parts.filter((part) => holds(part, context)).map(({ text }) => text);
  switch (kind) {
    case 'text':
      return texts.flatMap((text) => textBlocks(text, context));
    case 'sh':
      return pasteBlocks(kind, commandsIn(texts, context));
    case 'yaml':
      return pasteBlocks(kind, texts);
    case 'inputs':
      return inputBlocks(texts, context);
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
function textBlocks(text: string, context: Context): readonly (Block | OutcomeBlock)[] {
  if (text.startsWith('@')) {
    const fragment = context.messages.templates.get(text) ?? noMeaning(text);
    return fragment.paragraphs.flatMap((paragraph) => blocksOf(paragraph, context));
  }

  const isOutcome = text.startsWith(OUTCOME);
  const { literals, names } = placeholdersIn(isOutcome ? text.slice(OUTCOME.length) : text);
  const values = valuesFor(names, context);
  if (values === undefined) return [];

  const [blocks] = values;
  if (areBlocks(blocks)) return blocks;
  const said = say(literals, ...values.map(sayable));
  return [isOutcome ? { kind: 'outcome', text: said } : said];
}

const OUTCOME = 'Outcome:';

function pasteBlocks(kind: 'sh' | 'yaml', lines: readonly string[]): Paste[] {
  return lines.length > 0 ? [{ kind, lines }] : [];
}

function commandsIn(texts: readonly string[], context: Context): readonly string[] {
  return texts.flatMap((text) => {
    const { literals, names } = placeholdersIn(text);
    const values = valuesFor(names, context);
    if (values === undefined) return [];
    return sh(literals, ...values.map((value) => (isPaste(value) ? value : pastable(value)))).lines;
  });
}

function inputBlocks(texts: readonly string[], context: Context): Paste[] {
  const given: Record<string, PastedValue> = {};
  for (const text of texts) {
    const [, input = '', value = ''] = /^([a-z-]+): (.+)$/.exec(text) ?? [];
    const [, placeholder] = /^\{(\w+)\}$/.exec(value) ?? [];
    const known = placeholder === undefined ? literal(value) : meaningOf(placeholder, context);
    if (known !== undefined) given[input] = pastable(known);
  }
  return Object.keys(given).length > 0 ? [pasteInputs(given, context.words)] : [];
}

/** A value of ours, which may be an expression. */
function literal(text: string): PastedValue {
  const [, path] = /^\$\{\{ (.+) \}\}$/.exec(text) ?? [];
  return path === undefined ? text : expression(path);
}

/** A text as a template, and the names of the placeholders between its literals. */
function placeholdersIn(text: string) {
  const parts = text.split(/\{((?:--)?[A-Za-z][\w-]*)\}/);
  const literals = parts.filter((_part, at) => at % 2 === 0);
  const names = parts.filter((_part, at) => at % 2 === 1);
  return { literals: Object.assign(literals, { raw: literals }), names };
}

/** What placeholders stand for; undefined if one of them is not known here. */
function valuesFor(names: readonly string[], context: Context): readonly Value[] | undefined {
  const values = names.map((name) => meaningOf(name, context));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** What a placeholder stands for: `{name}`, `{Name}`, or `{--input}`. */
function meaningOf(name: string, { values, words }: Context): Value | undefined {
  if (name.startsWith('--')) return words.input(name.slice(2));
  if (Object.hasOwn(values, name)) return values[name];

  const inSentence = values[name.charAt(0).toLowerCase() + name.slice(1)];
  return isText(inSentence) ? capitalized(inSentence) : noMeaning(name);
}

function noMeaning(name: string): never {
  throw new TypeError(`${name} has no meaning here`);
}

function isSayable(value: Value | undefined): value is string | number | Text {
  return typeof value === 'string' || typeof value === 'number' || isText(value);
}

function sayable(value: Value): string | number | Text {
  if (isSayable(value)) return value;
  throw new TypeError('a value cannot be a part of a sentence');
}

function areBlocks(value: Value | undefined): value is readonly Block[] {
  return Array.isArray(value);
}

function pastable(value: Value): PastedValue {
  const isSaid = typeof value === 'boolean' || typeof value === 'number' || isText(value);
  if (!isSaid && !isPaste(value) && !areBlocks(value)) return value;
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
