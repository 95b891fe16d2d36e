import { quote } from '../text/quote.ts';
import { visible } from '../text/visible.ts';

/**
 * What there is to say about a failure, as values. The catalogue decides what a message says and
 * what there is to paste; the two writers, plain-text.ts and markdown.ts, decide how prose looks.
 */
export type Message = {
  /** Its name, which is its anchor in docs/TROUBLESHOOTING.md if there is more to say. */
  readonly section: string;
  /** What happened, on one line, with a period. */
  readonly sentence: Prose;
  /** The cause in a headline, if the sentence is too long for one: no capital, no period. */
  readonly title?: Prose | undefined;
  /**
   * The error as a service or program worded it, and request IDs, on separate lines. Foreign text.
   */
  readonly errorText: string;
  /** What the user can do next. Empty if there is nothing. */
  readonly remedy: readonly Block[];
};

export type Block = Prose | Paste;

/** A paragraph, or an item of a list. */
export type Prose = { readonly kind: 'prose' | 'item'; readonly parts: readonly Part[] };

export type Part =
  /** Our own words. */
  | string
  /**
   * Something that the reader types, or what is known about this run: the name of an input, the
   * name of the cluster, a number, a duration. It may hold anything.
   */
  | { readonly kind: 'code'; readonly text: string }
  | Foreign;

/** What a service or a program wrote, so it may come from anyone. Prose puts it in quotes. */
export type Foreign = {
  readonly kind: 'foreign';
  readonly text: string;
  /** Stands, in capitals, for a text that cannot be pasted. */
  readonly name: string;
};

/** Lines to paste, or to read as they are. They were quoted when they were built. */
export type Paste = {
  readonly kind: 'sh' | 'yaml' | 'text';
  readonly lines: readonly string[];
};

/** A value in lines to paste. */
export type PastedValue =
  string | number | boolean | Foreign | { readonly kind: 'expression'; readonly path: string };

/** What to do next. A block that does not apply is false or undefined. */
export type Remedy = readonly (Block | false | undefined)[];

/** What a message says: its sentence, and what to do next. */
export type Content = readonly [sentence: Prose, ...remedy: Remedy];

export function message(
  section: string,
  [sentence, ...blocks]: Content,
  { title }: { readonly title?: Prose | undefined } = {},
): Message {
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
  return { section, sentence, title, errorText: '', remedy };
}

/** The title, or the sentence as one. */
export function titleOf({ title, sentence }: Message): Prose {
  return title ?? asTitle(sentence);
}

const FIRST_WORDS =
  /^(?:The|An?|No|This|There|What|Nothing|Another|Some|Something|Other|Inputs|Options|Waiting|Run)\b/;

/** Turns a sentence into the end of a headline. */
export function asTitle({ kind, parts }: Prose): Prose {
  const changed = parts.map((part, at) => {
    if (typeof part !== 'string') return part;
    const start = at === 0 ? part.replace(FIRST_WORDS, (word) => word.toLowerCase()) : part;
    return at === parts.length - 1 ? start.replace(/\.$/, '') : start;
  });
  return { kind, parts: changed };
}

export function code(text: string): Part {
  return { kind: 'code', text };
}

export function foreign(name: string, text: string): Foreign {
  return { kind: 'foreign', name, text };
}

/**
 * An expression of a workflow, such as `needs.build.outputs.id`. It is ours: a value never becomes
 * one.
 */
export function expression(path: string): PastedValue {
  return { kind: 'expression', path };
}

/**
 * Prose, on one line: a line break between the literals' words is a space. The literals are ours,
 * and whatever is put between them stays a value until it is written.
 */
export function say(
  literals: TemplateStringsArray,
  ...values: (Part | Prose | number | undefined)[]
): Prose {
  const parts: Part[] = [];
  for (const [at, literal] of literals.entries()) {
    const line = literal.replaceAll(/\n\s*/g, ' ');
    const start = at === 0 ? line.trimStart() : line;
    const text = at === literals.length - 1 ? start.trimEnd() : start;
    if (text !== '') parts.push(text);
    if (at < values.length) parts.push(...partsOf(values[at]));
  }
  return { kind: 'prose', parts };
}

function partsOf(value: Part | Prose | number | undefined): readonly Part[] {
  // Something shows that a value is missing, so that a test or a reader finds it.
  if (value === undefined) return ['…'];
  if (typeof value !== 'object') return [code(String(value))];
  return 'parts' in value ? value.parts : [value];
}

export function item({ parts }: Prose): Prose {
  return { kind: 'item', parts };
}

/** Values with commas between them. */
export function list(values: readonly string[]): Prose {
  const parts: Part[] = [];
  for (const text of values) {
    if (parts.length > 0) parts.push(', ');
    parts.push(code(text));
  }
  return { kind: 'prose', parts };
}

/** Prose that begins a sentence. The name of a program keeps its case. */
export function capitalized({ kind, parts }: Prose): Prose {
  const [first, ...rest] = parts;
  if (typeof first !== 'string' || first === 'aks-run-command') return { kind, parts };
  return { kind, parts: [first.charAt(0).toUpperCase() + first.slice(1), ...rest] };
}

/**
 * Lines for a POSIX shell. Each value is one word or part of one, whatever it contains. A part of a
 * line that was built by this function stays as it is.
 *
 * @throws TypeError if a value is undefined, because a command with a hole does something else.
 */
export function sh(literals: TemplateStringsArray, ...values: (PastedValue | Paste)[]): Paste {
  const words = values.map((value, at) => {
    if (isPaste(value)) return value.lines.join('\n');
    const beginsWord = /(?:^|\s)$/.test(String(literals[at]));
    // A word that begins with a dash would be an option, and helm's --post-renderer runs a program.
    const isOption = beginsWord && textOf(value).startsWith('-');
    return isOption ? inCapitals(value) : shellWord(value);
  });
  return { kind: 'sh', lines: linesOf(literals, words) };
}

/**
 * Lines of YAML. Each value is one scalar, whatever it contains.
 *
 * @throws TypeError if a value is undefined.
 */
export function yaml(literals: TemplateStringsArray, ...values: PastedValue[]): Paste {
  return { kind: 'yaml', lines: linesOf(literals, values.map(scalar)) };
}

/** Lines to read as they are, such as a list of files. Foreign text. */
export function listing(lines: readonly string[]): Paste {
  return { kind: 'text', lines: lines.map(visible) };
}

/**
 * The lines of a template. One of several lines begins on a new line, and its indentation is not
 * part of it.
 */
function linesOf(literals: TemplateStringsArray, values: readonly string[]): readonly string[] {
  const text = String.raw({ raw: literals }, ...values);
  if (!text.startsWith('\n')) return [text];

  const lines = text.trimEnd().split('\n').slice(1);
  const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent));
}

/** A value as a word of a POSIX shell, or as part of one. */
export function shellWord(value: PastedValue): string {
  if (isExpression(value) || isLive(value)) return inCapitals(value);
  return quote(visible(textOf(value)));
}

/** Words and paths that are text in YAML without quotes. */
const PLAIN = /^(?:\.\/)?[a-z]\w*(?:\/\w*)*$|^\d+[hms]$/i;
/** Words that look like text and are not. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** A value as a scalar of YAML. */
export function scalar(value: PastedValue): string {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (isExpression(value)) return `\${{ ${textOf(value)} }}`;
  if (isLive(value)) return inCapitals(value);
  const text = textOf(value);
  return PLAIN.test(text) && !NOT_TEXT.test(text) ? text : json(text);
}

/** JSON on one line, without characters that would break the line. */
export function json(value: unknown): string {
  return visible(JSON.stringify(value));
}

function isPaste(value: PastedValue | Paste): value is Paste {
  return typeof value === 'object' && 'lines' in value;
}

function isExpression(value: PastedValue): boolean {
  return typeof value === 'object' && value.kind === 'expression';
}

/** Whether a value contains an expression, which GitHub evaluates anywhere in a workflow. */
function isLive(value: PastedValue): boolean {
  return textOf(value).includes('${{');
}

function textOf(value: PastedValue): string {
  // The types rule this out, except that `row` takes the groups of a pattern on trust.
  if ((value as PastedValue | undefined) === undefined) {
    throw new TypeError('A value to paste is not known');
  }
  if (typeof value !== 'object') return String(value);
  return value.kind === 'expression' ? value.path : value.text;
}

/** What stands for a value that the user has to fill in. */
function inCapitals(value: PastedValue): string {
  return typeof value === 'object' && value.kind === 'foreign' ? value.name.toUpperCase() : 'VALUE';
}
