import type { Host } from '../hosts/port.ts';
import { shownStart } from '../text/cut.ts';
import { parseDuration } from '../text/duration.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { enumerated, say, type Text } from '../text/say.ts';
import { DEFAULTS } from './defaults.ts';

/** What inputs are read from. */
export type InputHost = Pick<Host, 'input' | 'isGiven' | 'problems' | 'variable' | 'words'>;

/** How many characters of a long line are quoted. */
const MAX_QUOTED = 1000;

const BOOLEANS = ['true', 'false'];

/**
 * Reads inputs one by one and collects what is wrong with them, so that a user sees all problems at
 * once. After a problem, the returned value is of the right type, but must not be used.
 */
export class InputReader {
  readonly host: InputHost;
  /** Sentences. They show no value that could be secret. */
  readonly warnings: Text[] = [];
  /** The problems with each input that was read, in that order. */
  readonly #problems = new Map<string, Text[]>();

  constructor(host: InputHost) {
    this.host = host;
  }

  /**
   * What is wrong: sentences with the names of their inputs, in the order in which these were read.
   */
  get problems(): readonly Text[] {
    return [...this.#problems.values()].flat();
  }

  /** What sentences call the inputs that have problems, in that order. */
  get invalidNames(): readonly string[] {
    const invalid = [...this.#problems].filter(([, problems]) => problems.length > 0);
    return invalid.map(([name]) => this.label(name));
  }

  /** What a sentence calls an input. */
  label(name: string): string {
    return this.host.words.input(name);
  }

  /** Adds a problem: a sentence about the input. Must not show a secret value. */
  problem(name: string, sentence: Text): void {
    this.#problemsWith(name).push(say`${this.label(name)}: ${sentence}`);
  }

  /**
   * Adds the problem that an input is missing, unless there are problems with how the inputs were
   * given: it may be in one of those.
   *
   * @param predicate says that it is required, and when
   */
  missing(name: string, predicate: Text): void {
    if (this.host.problems.length > 0) return;
    const why = this.host.words.whyMissing(name);
    this.#problemsWith(name).push(say`${this.label(name)} ${predicate} ${why}`);
  }

  /** Adds the problem that a line cannot be used, and why: the end of a sentence. */
  unusable(name: string, line: string, why: Text): void {
    this.problem(name, say`${shownStart(line, MAX_QUOTED)} cannot be used: ${why}.`);
  }

  /**
   * Adds the problem that a value is invalid.
   *
   * @param allowed what a sentence says that begins with "Use", without its period
   * @param advice a sentence about what was probably meant
   */
  invalid(name: string, value: string, allowed: Text, advice = say``): void {
    this.problem(name, say`${value} is invalid. Use ${allowed}. ${advice}`);
  }

  warn(name: string, sentence: Text): void {
    this.warnings.push(say`${this.label(name)}: ${sentence}`);
  }

  untrimmed(name: string): string {
    this.#problemsWith(name);
    return this.host.input(name);
  }

  /** The text without blanks around it, or the input's default if it is empty. */
  text(name: string): string {
    return this.untrimmed(name).trim() || defaultOf(name);
  }

  /**
   * The text, which must be valid unless it is empty.
   *
   * @param names all valid texts, if they are names
   */
  checked(
    name: string,
    isValid: (text: string) => boolean,
    allowed: Text,
    names?: readonly string[],
  ): string {
    const value = this.text(name);
    if (value === '' || isValid(value)) return value;

    const candidates = names ?? [value.toLowerCase()].filter(isValid);
    this.invalid(name, value, allowed, didYouMean(nearestName(value, candidates)));
    return value;
  }

  /** The text, which must match the pattern unless it is empty. */
  matching(name: string, pattern: RegExp, allowed: Text): string {
    return this.checked(name, (text) => pattern.test(text), allowed);
  }

  /** One of several names. An empty one among them stands for an input that is not set. */
  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const isChoice = (text: string) => choices.some((choice) => choice === text);
    const names = choices.filter((choice) => choice !== '');
    const value = this.checked(name, isChoice, enumerated(names, 'or'), names);
    return choices.find((choice) => choice === value) ?? choices[0];
  }

  /** A boolean of YAML 1.2, as `@actions/core` reads it. */
  flag(name: string): boolean {
    const isBoolean = (text: string) => /^(?:true|True|TRUE|false|False|FALSE)$/.test(text);
    const value = this.checked(name, isBoolean, enumerated(BOOLEANS, 'or'), BOOLEANS);
    return (isBoolean(value) ? value : defaultOf(name)).toLowerCase() === 'true';
  }

  /** A duration in whole seconds, from a second to `mostHours` hours. */
  duration(name: string, mostHours: number): number {
    const isInRange = (text: string) => {
      const seconds = parseDuration(text) ?? 0;
      return seconds >= 1 && seconds <= mostHours * 3600;
    };
    const allowed = say`
      a duration such as ${'90s'}, ${'15m'}, or ${'1h30m'}, from ${'1s'} to ${`${mostHours}h`}
    `;
    return parseDuration(this.checked(name, isInRange, allowed)) ?? 1;
  }

  /** A whole number from 0 to `most`. */
  count(name: string, most: number): number {
    const isInRange = (text: string) => /^\d{1,4}$/.test(text) && Number(text) <= most;
    return Number(this.checked(name, isInRange, say`a whole number from 0 to ${most}`));
  }

  /** Items separated by commas or line breaks, each of which must match the pattern. */
  list(name: string, pattern: RegExp, allowed: Text): string[] {
    const given = itemsOf(this.untrimmed(name), SEPARATOR);
    const items = given.length > 0 ? given : itemsOf(defaultOf(name), SEPARATOR);
    const bad = items.filter((item) => !pattern.test(item));
    if (bad.length > 0) this.invalid(name, bad.join(', '), allowed);
    return items;
  }

  /** Lines without blank ones and comments. */
  lines(name: string): string[] {
    return itemsOf(this.untrimmed(name), '\n').filter((line) => !line.startsWith('#'));
  }

  #problemsWith(name: string): Text[] {
    const problems = this.#problems.get(name) ?? [];
    this.#problems.set(name, problems);
    return problems;
  }
}

function defaultOf(name: string): string {
  return DEFAULTS[name] ?? '';
}

const SEPARATOR = /[\n,]/;

function itemsOf(text: string, separator: string | RegExp): string[] {
  const items = text.split(separator).map((item) => item.trim());
  return items.filter((item) => item !== '');
}
