import { asText, condition, evaluate, interpolate, type Value } from '../runner/expression.ts';
import { isRecord, typed, type Settings, type Workflow } from '../runner/workflow.ts';

/** What the expressions of a job or a step can look up. */
export type Known = {
  /**
   * Values by the path of their expression, such as `vars.NAME`. They come before what the
   * rehearsal knows.
   */
  readonly given: Given;
  readonly contexts: Readonly<Record<string, Value>>;
  /** Whether something that `success()` asks about has failed. */
  readonly failed: boolean;
  /** Receives what the reader should know, such as an unknown value. */
  readonly note: (text: string) => void;
};
export type Given = ReadonlyMap<string, string>;

/** The inputs of a workflow: what was given, or else the defaults. */
export function inputsOf(
  workflow: Workflow,
  given: (name: string) => Value | undefined,
): Record<string, Value> {
  const inputs: Record<string, Value> = {};
  for (const [name, input] of Object.entries(workflow.inputs)) {
    const value = given(name) ?? input.default;
    inputs[name] = typeof value === 'string' ? typed(input.type, value) : value;
  }
  return inputs;
}

/** Whether a job or step runs. Without a condition, everything before it must have succeeded. */
export function runs(test: string | undefined, known: Known): boolean {
  return test === undefined ? !known.failed : condition(test, withGiven(test, known));
}

/** A text with its expressions replaced by their values. */
export function fill(text: string, known: Known): string {
  return text.includes('${{') ? interpolate(text, withGiven(text, known)) : text;
}

export function fillAll(all: Settings, known: Known): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [name, fill(text, known)]));
}

/**
 * A value from the file with its expressions replaced; `${{ fromJSON(…) }}` alone can become a
 * list.
 */
export function valueOf(value: Value, known: Known): Value {
  if (typeof value === 'string') {
    const whole = /^\s*\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}\s*$/.exec(value)?.[1];
    return whole === undefined ? fill(value, known) : evaluate(whole, withGiven(value, known));
  }
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, valueOf(one, known)]),
    );
  return Array.isArray(value) ? value.map((one: Value) => valueOf(one, known)) : value;
}

export const isTrue = (text: string, known: Known) =>
  text !== '' && asText(valueOf(text, known)) === 'true';

/** The roots of given values that expressions look up by their whole path. */
const givenRoots = ['steps', 'needs', 'env', 'github', 'vars', 'secrets', 'strategy'];

/** What an expression may look up, although a rehearsal doesn't know it. */
const uncertain =
  /\b(?:steps\.[\w-]+\.outputs\.[\w-]+|secrets\.\w+|(?:github\.event|strategy)\.[\w.-]+)/g;

/** Adds the given values, and reports paths in a text whose values are unknown. */
function withGiven(text: string, known: Known): Known {
  let { contexts } = known;
  for (const [path, value] of known.given) {
    const names = path.split('.');
    if (givenRoots.includes(names[0] ?? '')) contexts = withValue(contexts, names, value);
  }

  for (const [path] of text.matchAll(uncertain)) {
    const found = path.split('.').reduce<Value | undefined>(childOf, contexts);
    if (found === undefined && !isUnset(path, contexts)) known.note(unknownValue(path));
  }
  return { ...known, contexts };
}

/**
 * Whether a path names an output that a step didn't set, which is known: the step ran, or comes
 * later.
 */
function isUnset(path: string, contexts: Known['contexts']): boolean {
  const [root, id = ''] = path.split('.');
  return root === 'steps' && childOf(childOf(contexts['steps'], id), 'notRun') !== true;
}

function unknownValue(path: string): string {
  if (path.startsWith('secrets.'))
    return (
      `${path} is empty, as on GitHub: the job that calls this workflow doesn't pass it. Pass ` +
      'it, or add secrets: inherit.'
    );
  return (
    `${path} is unknown in a rehearsal, so it is empty. ` + `To give it a value, add ${path}=VALUE.`
  );
}

function withValue(
  record: Readonly<Record<string, Value>>,
  [name = '', ...rest]: string[],
  value: Value,
): Record<string, Value> {
  if (rest.length === 0) return { ...record, [name]: value };

  const inner = record[name];
  return { ...record, [name]: withValue(isRecord(inner) ? inner : {}, rest, value) };
}

function childOf(value: Value | undefined, name: string): Value | undefined {
  if (!isRecord(value)) return undefined;
  return value[Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name];
}
