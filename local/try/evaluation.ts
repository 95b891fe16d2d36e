import {
  condition,
  evaluate,
  interpolate,
  isRecord,
  WorkflowError,
  type Context,
  type Value,
} from '../runner/expression.ts';
import type { Settings } from '../runner/workflow.ts';

/** What the expressions of a job or a step can look up. */
export type Known = {
  readonly contexts: Readonly<Record<string, Value>>;
  /** Whether something that `success()` asks about has failed. */
  readonly failed: boolean;
  /** What has to be given, because nobody here can know the missing value at this path. */
  readonly unknown: (path: string) => readonly string[];
};

/** Values by the path of their expression, such as `inputs.tag`. */
export type Given = ReadonlyMap<string, string>;

/** What nobody needs to give, since any value shows what a step does with it. */
const EXAMPLES = /^(?:vars|secrets)\.(\w+)$/;

/** Evaluates the expressions of a workflow, and keeps account of what they read. */
export class Evaluation {
  /** Variables and secrets that counted as set, with their values. */
  readonly examples = new Map<string, string>();
  readonly #given: Given;
  readonly #used = new Set<string>();
  readonly #asked = new Set<string>();

  constructor(given: Given) {
    this.#given = given;
  }

  /** Given values that no expression has read, which are probably typos; commands read `env`. */
  unused(): readonly string[] {
    const paths = [...this.#given.keys()].filter((path) => !path.startsWith('env.'));
    return paths.filter((path) => !this.#used.has(path.toLowerCase()));
  }

  /** A text with its expressions replaced by their values. */
  fill(text: string, known: Known): string {
    return this.#reading(known, '', (context) => interpolate(text, context));
  }

  fillAll(all: Settings, known: Known): Record<string, string> {
    const filled = Object.entries(all).map(([name, text]) => [name, this.fill(text, known)]);
    return Object.fromEntries(filled) as Record<string, string>;
  }

  /** A value of the file; `${{ fromJSON(…) }}` alone can become a list. */
  valueOf(value: Value, known: Known): Value {
    const valueOfText = (text: string) => {
      const whole = /^\s*\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}\s*$/.exec(text)?.[1];
      if (whole === undefined) return this.fill(text, known);
      return this.#reading<Value>(known, null, (context) => evaluate(whole, context));
    };
    return JSON.parse(JSON.stringify(value), (_key, one: Value) =>
      typeof one === 'string' ? valueOfText(one) : one,
    ) as Value;
  }

  /** Whether a job or step runs. Without a condition, everything before it must have succeeded. */
  runs(test: string | undefined, known: Known): boolean {
    if (test === undefined) return !known.failed;
    return this.#reading(known, false, (context) => condition(test, context));
  }

  /** What the expressions of a text read, whether anybody knows it or not. */
  readsOf(text: string, known: Known): readonly string[] {
    const reads: string[] = [];
    const onRead = (path: string) => {
      this.#used.add(path.toLowerCase());
      reads.push(path);
      return '';
    };
    try {
      interpolate(text, { ...this.#withGiven(known), onRead });
    } catch {
      // An unknown value can break an expression, such as `fromJSON(…)`.
    }
    return reads;
  }

  /** The values that expressions needed since the last call and that have to be given. */
  takeAsked(): readonly string[] {
    const asked = [...this.#asked];
    this.#asked.clear();
    return asked;
  }

  /** @throws WorkflowError if expressions needed values that have to be given */
  refuseUnknown(where: string): void {
    const asked = this.takeAsked();
    if (asked.length === 0) return;
    const values = asked.map((path) => `  ${path}=VALUE\n`).join('');
    throw new WorkflowError(
      `${where} needs what no step of this action sets. Add to the command line:\n${values}`,
    );
  }

  /** Evaluates something. What an unknown value breaks is not the workflow's mistake. */
  #reading<T>(known: Known, otherwise: T, evaluated: (context: Context) => T): T {
    const before = this.#asked.size;
    const onRead = (path: string, isMissing: boolean) => {
      this.#used.add(path.toLowerCase());
      return isMissing ? this.#supply(path, known) : undefined;
    };
    try {
      return evaluated({ ...this.#withGiven(known), onRead });
    } catch (error) {
      if (this.#asked.size > before) return otherwise;
      throw error;
    }
  }

  #supply(path: string, known: Known): string | undefined {
    const [, name] = EXAMPLES.exec(path) ?? [];
    if (name !== undefined) {
      const example = `example-${name}`.toLowerCase().replaceAll('_', '-');
      this.examples.set(path, example);
      return example;
    }
    for (const asked of known.unknown(path)) this.#asked.add(asked);
    return undefined;
  }

  #withGiven(known: Known): Known {
    let { contexts } = known;
    for (const [path, value] of this.#given) {
      const names = path.split('.');
      // Inputs have a type, and are in their context already.
      if (names[0] !== 'inputs') contexts = withValue(contexts, names, value);
    }
    return { ...known, contexts };
  }
}

function withValue(
  record: Readonly<Record<string, Value>>,
  [name = '', ...rest]: readonly string[],
  value: Value,
): Record<string, Value> {
  if (rest.length === 0) return { ...record, [name]: value };
  const inner = record[name];
  return { ...record, [name]: withValue(isRecord(inner) ? inner : {}, rest, value) };
}
