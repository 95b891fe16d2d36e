import type { Words } from '../hosts/words.ts';
import { quote } from '../text/quote.ts';
import { visible, visibleLines } from '../text/visible.ts';

// Lines to paste. Every value in them is quoted where they are built, whatever it contains.

/**
 * Lines to paste, or to read as they are. Each line for a shell is a whole command, which may have
 * line breaks in a quoted value.
 */
export type Paste = {
  readonly kind: 'sh' | 'yaml' | 'listing';
  readonly lines: readonly string[];
};

/** A value in lines to paste. */
export type PastedValue = string | { readonly kind: 'expression'; readonly path: string };

/** What stands for a value that cannot be pasted, and that the user has to fill in. */
const PLACEHOLDER = 'VALUE';

/**
 * An expression of a workflow, such as `needs.build.outputs.id`. It is ours: a value never becomes
 * one.
 */
export function expression(path: string): PastedValue {
  return { kind: 'expression', path };
}

/**
 * A command for a POSIX shell. Each value is one word or part of one, whatever it contains. A part
 * of a command that was built by this function stays as it is.
 */
export function sh(literals: TemplateStringsArray, ...values: (PastedValue | Paste)[]): Paste {
  const words = values.map((value, at) => {
    if (isPaste(value)) return value.lines.join('\n');
    const beginsWord = /(?:^|\s)$/.test(String(literals[at]));
    // A word that begins with a dash would be an option, and helm's --post-renderer runs a program.
    const isOption = beginsWord && unquotedText(value).startsWith('-');
    return isOption ? PLACEHOLDER : shellWord(value);
  });
  return { kind: 'sh', lines: [String.raw({ raw: literals }, ...words)] };
}

/** Inputs to paste on a host. One that is undefined is left out. */
export function pasteInputs(
  given: Readonly<Record<string, PastedValue | undefined>>,
  { isStep, paste }: Words,
): Paste {
  const escape = isStep ? scalar : shellWord;
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) written[name] = escape(value);
  }
  return { kind: isStep ? 'yaml' : 'sh', lines: paste(written) };
}

/** Lines to read as they are, such as a list of files. Untrusted text. */
export function listing(lines: readonly string[]): Paste {
  return { kind: 'listing', lines: lines.map(visible) };
}

/** How wide a line of a command is before it is broken, in characters. */
const MAX_WIDTH = 100;

/** Quoted text, an escaped character, or a blank before an option. */
const QUOTED_OR_BLANK = /'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]| (?=-)/g;

/** The lines of a paste as they are shown: a wide command is broken before its options. */
export function shownLines({ kind, lines }: Paste): readonly string[] {
  return kind === 'sh' ? lines.flatMap(commandLines) : lines;
}

function commandLines(command: string): readonly string[] {
  const isWide = command.split('\n').some((line) => line.length > MAX_WIDTH);
  // No shell can hold NUL, so it is not in the command.
  const parts = isWide
    ? command.replaceAll(QUOTED_OR_BLANK, (part) => (part === ' ' ? '\0' : part)).split('\0')
    : [command];

  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1)} ${part}`;
    // What runs in the cluster tells similar commands apart.
    const isOwnLine = /^--command[= ]/.test(part);
    if (lines.length === 0) lines.push(part);
    else if (isOwnLine || longer.length > MAX_WIDTH) lines.push(`  ${part}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.join(' \\\n').split('\n');
}

/** A value as a word of a POSIX shell, or as part of one. */
function shellWord(value: PastedValue): string {
  if (isExpression(value) || isLive(value)) return PLACEHOLDER;
  return quote(visible(unquotedText(value)));
}

/** Words and paths that are text in YAML without quotes. */
const PLAIN = /^(?:\.\/)?[a-z]\w*(?:\/\w*)*$|^\d+[hms]$/i;
/** Words that look like text and are not. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** A value as a scalar of YAML. */
function scalar(value: PastedValue): string {
  if (isExpression(value)) return `\${{ ${unquotedText(value)} }}`;
  if (isLive(value)) return PLACEHOLDER;
  const text = unquotedText(value);
  return PLAIN.test(text) && !NOT_TEXT.test(text) ? text : visible(JSON.stringify(text));
}

/** JSON as one word of a POSIX shell, on several lines. */
export function json(value: unknown): Paste {
  const text = visibleLines(JSON.stringify(value, undefined, 2));
  return { kind: 'sh', lines: isLive(text) ? [PLACEHOLDER] : quote(text).split('\n') };
}

export function isPaste(value: unknown): value is Paste {
  return typeof value === 'object' && value !== null && 'lines' in value;
}

function isExpression(value: PastedValue): boolean {
  return typeof value === 'object';
}

/** Whether a value contains an expression, which GitHub evaluates anywhere in a workflow. */
function isLive(value: PastedValue): boolean {
  return unquotedText(value).includes('${{');
}

function unquotedText(value: PastedValue): string {
  return typeof value === 'object' ? value.path : value;
}
