import type { Host } from '../hosts/port.ts';
import { parseDuration } from '../text/duration.ts';
import { visible } from '../text/visible.ts';
import { meantByUnknown, meantChoice, meantDuration, meantFlag } from './misspellings.ts';

/** What inputs are read from. */
export type InputHost = Pick<Host, 'input' | 'inputNames' | 'variable' | 'words'>;

type Problem = { readonly name: string; readonly sentence: string };

const EMPTY =
  'If the workflow sets it, its value is empty: the variable or secret does not exist, or it belongs to an environment that the job does not name. Then add environment: NAME next to runs-on.';

const OR = new Intl.ListFormat('en-US', { type: 'disjunction' });

/**
 * Reads inputs one by one and collects what is wrong with them, so that a user sees all mistakes at
 * once. If a value is invalid, it returns a valid one instead.
 */
export class InputReader {
  readonly host: InputHost;
  readonly #warn: (message: string) => void;
  readonly #problems: Problem[] = [];
  /** The names of the inputs that were read, in that order. */
  readonly #known = new Set<string>();

  /** @param warn receives what deserves a warning; it shows no value that could be secret. */
  constructor(host: InputHost, warn: (message: string) => void = () => undefined) {
    this.host = host;
    this.#warn = warn;
  }

  /**
   * What is wrong: sentences with the names of their inputs, in the order in which these were read.
   */
  get problems(): readonly string[] {
    const names = [...this.#known];
    const inOrder = this.#problems.toSorted(
      (one, other) => names.indexOf(one.name) - names.indexOf(other.name),
    );
    return inOrder.map(({ sentence }) => sentence);
  }

  /** What a sentence calls an input. */
  called(name: string): string {
    return this.host.words.input(name);
  }

  /** Adds a problem: a sentence about the input. It must not show a secret value. */
  problem(name: string, sentence: string): void {
    this.#problems.push({ name, sentence: `${this.called(name)}: ${ended(sentence)}` });
  }

  /** Adds a problem: a sentence whose subject is the input. */
  misuse(name: string, predicate: string): void {
    this.#problems.push({ name, sentence: `${this.called(name)} ${ended(predicate)}` });
  }

  /**
   * Adds that a required input is missing. In a workflow, an input that is given but empty looks
   * the same.
   */
  missing(name: string, predicate: string): void {
    this.misuse(name, this.host.words.place === 'workflow' ? `${predicate}. ${EMPTY}` : predicate);
  }

  /**
   * Adds that a value is invalid. `allowed` comes after "Use"; `meant`, what was probably meant, is
   * a sentence.
   */
  invalid(name: string, given: string, allowed: string, meant?: string): void {
    const sentence = `${visible(JSON.stringify(given))} is invalid. Use ${allowed}.`;
    this.problem(name, meant === undefined ? sentence : `${sentence} ${meant}`);
  }

  warn(name: string, sentence: string): void {
    this.#warn(`${this.called(name)}: ${ended(sentence)}`);
  }

  /** Warns of inputs that were given, and that nothing has read. */
  warnOfUnknown(): void {
    for (const name of this.host.inputNames) {
      if (this.#known.has(name)) continue;
      const unknown = `The action has no input ${JSON.stringify(name)}, so its value is ignored.`;
      const advice = meantByUnknown(name, [...this.#known]);
      this.#warn(advice === undefined ? unknown : `${unknown} ${advice}`);
    }
  }

  untrimmed(name: string): string {
    this.#known.add(name);
    return this.host.input(name);
  }

  text(name: string): string {
    return this.untrimmed(name).trim();
  }

  /**
   * The text, which must match the pattern unless it is empty.
   *
   * @param meant what was probably meant by another text, as a sentence
   */
  matching(
    name: string,
    pattern: RegExp,
    allowed: string,
    meant: (given: string) => string | undefined = () => undefined,
  ): string {
    const given = this.text(name);
    if (given !== '' && !pattern.test(given)) this.invalid(name, given, allowed, meant(given));
    return given;
  }

  choice<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const given = this.text(name);
    const match = allowed.find((one) => one === given);
    if (match === undefined && given !== '') {
      const choices = OR.format(allowed.filter((one) => one !== ''));
      this.invalid(name, given, choices, meantChoice(given, allowed));
    }
    return match ?? fallback;
  }

  /** A boolean of YAML 1.2, as `@actions/core` reads it. */
  flag(name: string, fallback: boolean): boolean {
    const given = this.text(name);
    if (['true', 'True', 'TRUE'].includes(given)) return true;
    if (['false', 'False', 'FALSE'].includes(given)) return false;
    if (given !== '') this.invalid(name, given, 'true or false', meantFlag(given));
    return fallback;
  }

  /** Whole seconds, from 1 to those of `mostHours`. */
  duration(name: string, fallback: string, mostHours: number): number {
    const given = this.text(name) || fallback;
    const seconds = parseDuration(given) ?? 0;
    if (seconds >= 1 && seconds <= mostHours * 3600) return seconds;
    const allowed = `a duration such as 90s, 15m, or 1h30m, from 1s to ${mostHours}h`;
    this.invalid(name, given, allowed, meantDuration(given));
    return 1;
  }

  /** A whole number from 0 to `most`. */
  count(name: string, fallback: number, most: number): number {
    const given = this.text(name) || String(fallback);
    if (/^\d{1,4}$/.test(given) && Number(given) <= most) return Number(given);
    this.invalid(name, given, `a whole number from 0 to ${most}`);
    return fallback;
  }

  /** Items separated by commas or line breaks, each of which must match the pattern. */
  list(name: string, pattern: RegExp, allowed: string): string[] {
    const items = itemsOf(this.untrimmed(name), /[\n,]/);
    const bad = items.filter((item) => !pattern.test(item));
    if (bad.length > 0) this.invalid(name, bad.join(', '), allowed);
    return items;
  }

  /** Lines without blank ones and comments. */
  lines(name: string): string[] {
    return itemsOf(this.untrimmed(name), '\n').filter((line) => !line.startsWith('#'));
  }
}

function itemsOf(text: string, separator: string | RegExp): string[] {
  const items = text.split(separator).map((item) => item.trim());
  return items.filter((item) => item !== '');
}

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
