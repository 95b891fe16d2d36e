import type { Host } from '../hosts/port.ts';
import { visible } from '../text/visible.ts';
import { parseDuration } from '../text/duration.ts';
import { meantChoice, meantDuration, meantFlag } from './meant.ts';
import { describeUnknown } from './unknown.ts';

/** Who is asked: for an input, for a variable of an `env` line that is a `NAME` alone, and for how an input is called. */
export type Asked = Pick<Host, 'input' | 'variable' | 'words' | 'inputNames'>;

/** Reads inputs one by one and keeps what is wrong with them: a bad one gives its fallback, and a problem. */
export type InputReader = {
  /** One sentence for each bad input so far, the input's name in front. */
  readonly problems: readonly string[];
  /** Adds a problem with an input; the sentence shows no value that is secret. */
  problem(name: string, sentence: string): void;
  /** Adds that a required input is missing. A value that is empty looks the same. */
  missing(name: string, sentence: string): void;
  /** Adds that a value is invalid, what is allowed (the rest of a sentence that begins with "Use"), and what was meant. */
  readonly invalid: (name: string, given: string, allowed: string, meant?: string) => void;
  /** Warns about an input that can be used; the sentence shows no value that is secret. */
  warn(name: string, sentence: string): void;
  /** Warns about the inputs that were given and never asked for. */
  warnOfUnknown(): void;
  /** What a sentence calls an input. */
  called(name: string): string;
  /** A variable of the caller's own environment. */
  readonly variable: (name: string) => string | undefined;
  /** What a sentence calls a variable of `env`. */
  entry(at: { line: number; order: number }): string;
  /** The input untrimmed. */
  untrimmed(name: string): string;
  /** The input without blanks around it. */
  readonly text: (name: string) => string;
  /** A text that matches the pattern, or is empty. */
  matching(name: string, pattern: RegExp, allowed: string, meant?: Meant): string;
  choice<T extends string>(name: string, allowed: readonly T[], fallback: T): T;
  flag(name: string, fallback: boolean): boolean;
  /** Seconds, from 1 to `most`. */
  duration(name: string, fallback: string, most: number): number;
  /** A whole number from 0 to `most`. */
  count(name: string, fallback: number, most: number): number;
  /** Items between commas and line breaks. */
  list(name: string): string[];
  /** One item per line; blank lines and those that begin with `#` are left out. */
  lines(name: string): string[];
};

/** What was meant by an invalid value: a sentence. */
type Meant = (given: string) => string | undefined;

const EMPTY =
  'If the workflow sets it, its value is empty: the variable or secret does not exist, or it belongs to an environment that the job does not use.';

/**
 * A reader of these inputs.
 *
 * @param warn told what is worth a warning.
 */
export function inputReader(asked: Asked, warn: (message: string) => void = () => undefined): InputReader {
  const { variable, words, inputNames = [] } = asked;
  const problems: string[] = [];
  const known = new Set<string>();
  const read = (name: string) => {
    known.add(name);
    return asked.input(name);
  };
  const text = (name: string) => read(name).trim();
  const problem = (name: string, sentence: string) => {
    problems.push(`${words.input(name)}: ${ended(sentence)}`);
  };
  const invalid = (name: string, given: string, allowed: string, meant?: string) => {
    problem(name, [`${visible(JSON.stringify(given))} is invalid. Use ${allowed}.`, meant].filter(Boolean).join(' '));
  };

  return {
    problems,
    problem,
    missing(name, sentence) {
      problem(name, words.place === 'workflow' ? `${sentence}. ${EMPTY}` : sentence);
    },
    invalid,
    warn(name, sentence) {
      warn(`${words.input(name)}: ${ended(sentence)}`);
    },
    warnOfUnknown() {
      for (const name of inputNames) if (!known.has(name)) warn(describeUnknown(name, [...known]));
    },
    called: words.input,
    entry: words.entry,
    variable,
    untrimmed: read,
    text,
    list: (name) => itemsOf(read(name), /[\n,]/),
    lines: (name) => itemsOf(read(name), '\n').filter((line) => !line.startsWith('#')),
    ...valueReaders(text, invalid),
  };
}

/** Reads what has a form of its own. */
function valueReaders(
  text: InputReader['text'],
  invalid: InputReader['invalid'],
): Pick<InputReader, 'matching' | 'choice' | 'flag' | 'duration' | 'count'> {
  return {
    matching(name, pattern, allowed, meant) {
      const given = text(name);
      if (given !== '' && !pattern.test(given)) invalid(name, given, allowed, meant?.(given));
      return given;
    },
    choice(name, allowed, fallback) {
      const given = text(name);
      const match = allowed.find((candidate) => candidate === given);
      if (match === undefined && given !== '') invalid(name, given, anyOf(allowed), meantChoice(given, allowed));
      return match ?? fallback;
    },
    flag(name, fallback) {
      const given = text(name);
      const value = parseBoolean(given);
      if (value === undefined && given !== '') invalid(name, given, 'true or false', meantFlag(given));
      return value ?? fallback;
    },
    duration(name, fallback, most) {
      const given = text(name) || fallback;
      const seconds = parseDuration(given) ?? 0;
      if (seconds >= 1 && seconds <= most) return seconds;
      const allowed = `a duration such as 90s, 15m, or 1h30m, from 1s to ${most / 3600}h`;
      invalid(name, given, allowed, meantDuration(given));
      return 1;
    },
    count(name, fallback, most) {
      const given = text(name) || String(fallback);
      if (/^\d{1,4}$/.test(given) && Number(given) <= most) return Number(given);
      invalid(name, given, `a whole number from 0 to ${most}`);
      return fallback;
    },
  };
}

/** Reads a boolean of YAML 1.2, as `@actions/core` does; undefined for anything else. */
function parseBoolean(text: string): boolean | undefined {
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  if (['false', 'False', 'FALSE'].includes(text)) return false;
  return undefined;
}

function itemsOf(text: string, separator: string | RegExp): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function anyOf(allowed: readonly string[]): string {
  const named = allowed.filter((text) => text !== '');
  return `${named.slice(0, -1).join(', ')}${named.length > 2 ? ',' : ''} or ${named.slice(-1).join('')}`;
}

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
