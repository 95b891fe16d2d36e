import { quote } from '../pod/variables.ts';
import { visible, visibleLines } from '../text/visible.ts';

/**
 * What is said about a failure, as values. Whoever writes a message decides what it says and what
 * there is to paste; the two writers, plain-text.ts and markdown.ts, decide how prose looks.
 */
export type Message<Section extends string = string> = {
  /** The anchor in docs/TROUBLESHOOTING.md, whose heading there is the sentence. */
  readonly section: Section;
  /** What happened, on one line, with a period. */
  readonly sentence: Prose;
  /** The cause in a headline, if the sentence is too long for one: no capital, no period. */
  readonly title?: Prose | undefined;
  /** The service's own words and request IDs, on lines of their own. Foreign text. */
  readonly words: string;
  /** What the user can do next. Empty if there is nothing. */
  readonly remedy: readonly Block[];
};

/** Text in the words of the reader's language: ours, and values in it. */
export type Prose = { readonly kind: 'prose'; readonly parts: readonly Part[] };

/** An item of a list. */
export type Item = { readonly kind: 'item'; readonly parts: readonly Part[] };

/** Lines to paste, or to read as they are. They were quoted when they were built. */
export type Paste = {
  readonly kind: 'sh' | 'yaml' | 'text';
  readonly lines: readonly string[];
};

export type Block = Prose | Item | Paste;

/** The string is ours. */
export type Part = string | Code | Value | Foreign;

/** Something that the reader types, such as the name of an input. It is ours. */
export type Code = { readonly kind: 'code'; readonly text: string };

/**
 * What is known about this run: the name of the cluster, a number, a duration. It may hold
 * anything.
 */
type Value = { readonly kind: 'value'; readonly text: string };

/** What a service or a program wrote, and so anybody may have. Prose puts it in quotes. */
export type Foreign = {
  readonly kind: 'foreign';
  readonly text: string;
  /** Stands, in capitals, for a text that cannot be pasted. */
  readonly name: string;
};

/**
 * An expression of a workflow, such as `needs.build.outputs.id`. It is ours: a value never becomes
 * one.
 */
export type Expression = { readonly kind: 'expression'; readonly path: string };

/** What to do next. A block that does not apply is false or undefined. */
export type Remedy = readonly (Block | false | undefined)[];

/** What a message says. */
export type Content = readonly [sentence: Prose, ...remedy: Remedy];

export function message<Section extends string>(
  section: Section,
  [sentence, ...blocks]: Content,
  more: { readonly title?: Prose | undefined; readonly words?: string } = {},
): Message<Section> {
  const remedy: Block[] = [];
  for (const block of blocks) {
    if (block === undefined || block === false) continue;
    const last = remedy.at(-1);
    // Commands to run one after the other are one block.
    if (block.kind === 'sh' && last?.kind === 'sh') {
      remedy[remedy.length - 1] = { kind: 'sh', lines: [...last.lines, ...block.lines] };
    } else {
      remedy.push(block);
    }
  }
  const bare = { section, sentence, title: more.title, words: '', remedy };
  return withWords(bare, more.words ?? '');
}

/**
 * The message with the service's own words: without control characters, and without a proxy's HTML
 * page.
 */
export function withWords<Section extends string>(
  message: Message<Section>,
  words: string,
): Message<Section> {
  return { ...message, words: visibleLines(words.replace(/<(?:!doctype|html)\b[^]*/i, '')).trim() };
}

/** The title, or the sentence as one. */
export function titleOf({ title, sentence }: Message): Prose {
  return title ?? asTitle(sentence);
}

const FIRST_WORDS =
  /^(?:The|An?|No|This|There|What|Nothing|Another|Some|Something|Other|Inputs|Options|Waiting)\b/;

/** Turns a sentence into the end of a headline. */
export function asTitle({ kind, parts }: Prose): Prose {
  const changed = parts.map((part, at) => {
    if (typeof part !== 'string') return part;
    const start = at === 0 ? part.replace(FIRST_WORDS, (word) => word.toLowerCase()) : part;
    return at === parts.length - 1 ? start.replace(/\.$/, '') : start;
  });
  return { kind, parts: changed };
}

export function code(text: string): Code {
  return { kind: 'code', text };
}

export function foreign(name: string, text: string): Foreign {
  return { kind: 'foreign', name, text };
}

export function expression(path: string): Expression {
  return { kind: 'expression', path };
}

/**
 * Prose. The literals are ours, and whatever is put between them stays a value until it is written.
 */
export function say(
  literals: TemplateStringsArray,
  ...values: (string | number | Prose | Exclude<Part, string> | undefined)[]
): Prose {
  const parts: Part[] = [];
  for (const [at, literal] of literals.entries()) {
    if (literal !== '') parts.push(literal);
    if (at < values.length) parts.push(...partsOf(values[at]));
  }
  return { kind: 'prose', parts };
}

function partsOf(value: Parameters<typeof say>[1]): readonly Part[] {
  // A hole shows, so that a test or a reader finds it.
  if (value === undefined) return ['…'];
  if (typeof value !== 'object') return [{ kind: 'value', text: String(value) }];
  return value.kind === 'prose' ? value.parts : [value];
}

export function item(prose: Prose): Item {
  return { kind: 'item', parts: prose.parts };
}

/** Values with commas between them. */
export function list(values: readonly string[]): Prose {
  const parts = values.flatMap((text, at): Part[] => {
    const value: Value = { kind: 'value', text };
    return at === 0 ? [value] : [', ', value];
  });
  return { kind: 'prose', parts };
}

/** Prose that begins a sentence. The name of a program keeps its case. */
export function capitalized({ kind, parts }: Prose): Prose {
  const [first, ...rest] = parts;
  if (typeof first !== 'string' || first === 'aks-run-command') return { kind, parts };
  return { kind, parts: [first.charAt(0).toUpperCase() + first.slice(1), ...rest] };
}

/** A value that cannot be pasted as it is. */
type Pasted = string | number | Foreign;

/**
 * Lines for a POSIX shell. Each value is one word or part of one, whatever it contains.
 *
 * @throws TypeError if a value is undefined, because a command with a hole does something else.
 */
export function sh(literals: TemplateStringsArray, ...values: Pasted[]): Paste {
  return {
    kind: 'sh',
    lines: filled(literals, values, (value, before) => {
      const beginsWord = before === '' || /\s$/.test(before);
      // A word that begins with a dash would be an option, and helm's --post-renderer runs a
      // program.
      const isOption = beginsWord && textOf(value).startsWith('-');
      return isOption ? inCapitals(value) : shellWord(value);
    }),
  };
}

/**
 * Lines of YAML. Each value is one scalar, whatever it contains.
 *
 * @throws TypeError if a value is undefined.
 */
export function yaml(literals: TemplateStringsArray, ...values: (Pasted | Expression)[]): Paste {
  return { kind: 'yaml', lines: filled(literals, values, (value) => scalar(value)) };
}

/** Lines to read as they are, such as a list of files. Foreign text. */
export function listing(lines: readonly string[]): Paste {
  return { kind: 'text', lines: lines.map(visible) };
}

/**
 * The lines of a template. One of several lines begins on a new line, and its indentation is not
 * part of it.
 */
function filled<T extends Pasted | Expression>(
  literals: TemplateStringsArray,
  values: readonly T[],
  write: (value: T, before: string) => string,
): readonly string[] {
  let text = '';
  for (const [at, literal] of literals.entries()) {
    text += literal;
    for (const value of values.slice(at, at + 1)) text += write(value, text.slice(-1));
  }
  if (!text.startsWith('\n')) return [text];

  const lines = text.trimEnd().split('\n').slice(1);
  const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent));
}

/** A value as a word of a POSIX shell, or as part of one. */
export function shellWord(value: Pasted | Expression): string {
  if (isExpression(value) || isLive(value)) return inCapitals(value);
  return quote(visible(textOf(value)));
}

/** Words and paths that are text in YAML without quotes. */
const PLAIN = /^(?:\.\/)?[a-z]\w*(?:\/\w*)*$|^\d+[hms]$/i;
/** Words that look like text and are not. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** A value as a scalar of YAML. */
export function scalar(value: Pasted | boolean | Expression): string {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (isExpression(value)) return `\${{ ${value.path} }}`;
  if (isLive(value)) return inCapitals(value);
  const text = textOf(value);
  return PLAIN.test(text) && !NOT_TEXT.test(text) ? text : json(text);
}

/** JSON on one line, without characters that would break the line. */
export function json(value: unknown): string {
  return visible(JSON.stringify(value));
}

function isExpression(value: Pasted | Expression): value is Expression {
  return typeof value === 'object' && value.kind === 'expression';
}

/** GitHub would evaluate it, wherever in a workflow it is pasted. */
function isLive(value: Pasted): boolean {
  return textOf(value).includes('${{');
}

function textOf(value: Pasted): string {
  if (typeof value === 'object') return value.text;
  // The types do not allow it, but they take the groups of a pattern on trust.
  if ((value as Pasted | undefined) === undefined)
    throw new TypeError('A value to paste is not known');
  return String(value);
}

/** What stands for a value that the user has to fill in. */
function inCapitals(value: Pasted | Expression): string {
  return typeof value === 'object' && value.kind === 'foreign' ? capitals(value.name) : 'VALUE';
}

/** `clientId` as `CLIENT_ID`, which stands for a value that is not known. */
export function capitals(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
