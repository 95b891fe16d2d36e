import type { Host } from '../hosts/port.ts';
import { parseDuration } from '../text/duration.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { visible } from '../text/visible.ts';

/** What inputs are read from. */
export type InputHost = Pick<Host, 'input' | 'inputNames' | 'variable' | 'words'>;

const EMPTY =
  'If the workflow sets it, its value is empty: the variable or secret does not exist, or it ' +
  'belongs to an environment that the job does not name. Then add environment: NAME next to ' +
  'runs-on.';

const OR = new Intl.ListFormat('en-US', { type: 'disjunction' });

/**
 * Reads inputs one by one and collects what is wrong with them, so that a user sees all mistakes at
 * once. After a problem, the returned value is of the right type, but must not be used.
 */
export class InputReader {
  readonly host: InputHost;
  /** Sentences. They show no value that could be secret. */
  readonly warnings: string[] = [];
  /** The problems with each input that was read, in that order. */
  readonly #problems = new Map<string, string[]>();

  constructor(host: InputHost) {
    this.host = host;
  }

  /**
   * What is wrong: sentences with the names of their inputs, in the order in which these were read.
   */
  get problems(): readonly string[] {
    return [...this.#problems.values()].flat();
  }

  /** The inputs that were read, in that order. */
  get names(): readonly string[] {
    return [...this.#problems.keys()];
  }

  /** What a sentence calls an input. */
  label(name: string): string {
    return this.host.words.input(name);
  }

  /** Adds a problem: a sentence about the input. It must not show a secret value. */
  problem(name: string, sentence: string): void {
    this.#problemsWith(name).push(`${this.label(name)}: ${ended(sentence)}`);
  }

  /** Adds a problem: a sentence whose subject is the input. */
  misuse(name: string, predicate: string): void {
    this.#problemsWith(name).push(`${this.label(name)} ${ended(predicate)}`);
  }

  /**
   * Adds that a required input is missing. In a workflow, an input that is given but empty looks
   * the same.
   */
  missing(name: string, predicate: string): void {
    this.misuse(name, this.host.words.place === 'workflow' ? `${predicate}. ${EMPTY}` : predicate);
  }

  /**
   * Adds that a value is invalid. `allowed` comes after "Use"; `advice` is a sentence about what
   * was probably meant.
   */
  invalid(name: string, value: string, allowed: string, advice?: string): void {
    const sentence = `${visible(JSON.stringify(value))} is invalid. Use ${allowed}.`;
    this.problem(name, advice === undefined ? sentence : `${sentence} ${advice}`);
  }

  warn(name: string, sentence: string): void {
    this.warnings.push(`${this.label(name)}: ${ended(sentence)}`);
  }

  untrimmed(name: string): string {
    this.#problemsWith(name);
    return this.host.input(name);
  }

  text(name: string): string {
    return this.untrimmed(name).trim();
  }

  /** The text, which must match the pattern unless it is empty. */
  matching(name: string, pattern: RegExp, allowed: string): string {
    const value = this.text(name);
    if (value === '' || pattern.test(value)) return value;

    const lower = value.toLowerCase();
    this.invalid(name, value, allowed, pattern.test(lower) ? didYouMean(lower) : undefined);
    return value;
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const value = this.text(name);
    if (value === '') return fallback;

    const match = choices.find((choice) => choice === value);
    if (match !== undefined) return match;

    const near = value.length > 3 ? nearestName(value, choices) : undefined;
    this.invalid(name, value, OR.format(choices), didYouMean(near));
    return fallback;
  }

  /** A boolean of YAML 1.2, as `@actions/core` reads it. */
  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name);
    if (['true', 'True', 'TRUE'].includes(value)) return true;
    if (['false', 'False', 'FALSE'].includes(value)) return false;
    if (value !== '') this.invalid(name, value, 'true or false', didYouMean(nearestFlag(value)));
    return fallback;
  }

  /** A duration in whole seconds, from a second to `mostHours` hours. */
  duration(name: string, fallback: string, mostHours: number): number {
    const secondsOf = (text: string) => {
      const seconds = parseDuration(text) ?? 0;
      return seconds >= 1 && seconds <= mostHours * 3600 ? seconds : undefined;
    };
    const value = this.text(name) || fallback;
    const seconds = secondsOf(value);
    if (seconds !== undefined) return seconds;

    const near = nearDurations(value).filter((text) => secondsOf(text) !== undefined);
    const advice = near.length === 0 ? undefined : didYouMean(near.join(' or '));
    const allowed = `a duration such as 90s, 15m, or 1h30m, from 1s to ${mostHours}h`;
    this.invalid(name, value, allowed, advice);
    return 1;
  }

  /** A whole number from 0 to `most`. */
  count(name: string, fallback: number, most: number): number {
    const value = this.text(name) || String(fallback);
    if (/^\d{1,4}$/.test(value) && Number(value) <= most) return Number(value);

    this.invalid(name, value, `a whole number from 0 to ${most}`);
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

  #problemsWith(name: string): string[] {
    const problems = this.#problems.get(name) ?? [];
    this.#problems.set(name, problems);
    return problems;
  }
}

/** `yes`, `0`, `on`. */
function nearestFlag(value: string): 'true' | 'false' | undefined {
  if (/^(?:yes|y|on|1|true)$/i.test(value)) return 'true';
  return /^(?:no|n|off|0|false)$/i.test(value) ? 'false' : undefined;
}

/** What `10`, `10min`, `1 hour 30 minutes`, or `2H` may mean, valid or not. */
function nearDurations(value: string): string[] {
  if (/^\d+$/.test(value)) return [`${value}m`, `${value}s`];

  const plain = value
    .toLowerCase()
    .replaceAll(/[\s,]/g, '')
    .replaceAll(/([hms])[a-z]*/g, '$1');
  return [plain];
}

function itemsOf(text: string, separator: string | RegExp): string[] {
  const items = text.split(separator).map((item) => item.trim());
  return items.filter((item) => item !== '');
}

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
