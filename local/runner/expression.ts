import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** Expressions of GitHub's workflow syntax, evaluated by GitHub's own code. */

export type Value =
  string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Context = {
  /** Values by the name of their context, such as `steps`. Anything that is missing is null. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** The state of the job so far, for `success()` and similar functions. */
  readonly failed: boolean;
  /**
   * Receives the path of each value that an expression reads, such as `steps.build.outputs.tag`,
   * and whether it is missing. What it returns takes the place of a missing value.
   */
  readonly onRead?: (path: string, isMissing: boolean) => string | undefined;
};

/** A problem with a workflow, ready to show. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
}

/** Something that GitHub can do and a rehearsal can't. What would have come of it is unknown. */
export class NotSimulatedError extends WorkflowError {}

const CONTEXTS = 'env github inputs job jobs matrix needs runner secrets steps strategy vars'.split(
  ' ',
);
const STATUS_FUNCTIONS = ['always', 'cancelled', 'failure', 'success'];

/** Replaces every `${{ … }}` of a text. */
export function interpolate(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g, (_whole, expression: string) =>
    resultOf(expression, context).coerceString(),
  );
}

/** Whether a step or job with this `if` runs. If it has no status function, it requires success. */
export function condition(text: string, context: Context): boolean {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text)?.[1] ?? text;
  const words = lexed(expression).map(({ lexeme }) => lexeme.toLowerCase());
  const asksForStatus = words.some(
    (word, index) => STATUS_FUNCTIONS.includes(word) && words[index + 1] === '(',
  );
  const value = evaluate(expression, context);
  const isTruthy = value !== null && value !== false && value !== 0 && value !== '';
  return isTruthy && (asksForStatus || !context.failed);
}

/** The value of one expression, without its braces. */
export function evaluate(expression: string, context: Context): Value {
  return JSON.parse(JSON.stringify(resultOf(expression, context), data.replacer)) as Value;
}

function resultOf(expression: string, context: Context): data.ExpressionData {
  const functions = functionsOf(context);
  const names = Object.fromEntries(CONTEXTS.map((name) => [name, {}]));
  const contexts = new Tracked('', { ...names, ...context.contexts }, context.onRead);
  const tokens = lexed(expression);
  try {
    const parsed = new Parser(tokens, CONTEXTS, [...functions.values()]).parse();
    return new Evaluator(parsed, contexts, functions).evaluate();
  } catch (error) {
    throw asWorkflowError(error, expression);
  }
}

function lexed(expression: string) {
  try {
    return new Lexer(expression.trim()).lex().tokens;
  } catch (error) {
    throw asWorkflowError(error, expression);
  }
}

function asWorkflowError(error: unknown, expression: string): WorkflowError {
  if (error instanceof WorkflowError) return error;
  const problem = error instanceof Error ? error.message : 'not understood';
  return new WorkflowError(`${problem}: ${expression.trim()}`);
}

/** An object that reports what is read from it. */
class Tracked extends data.Dictionary {
  readonly #path: string;
  readonly #onRead: Context['onRead'];

  constructor(path: string, values: Readonly<Record<string, Value>>, onRead: Context['onRead']) {
    const pairs = Object.entries(values).map(([key, value]) => ({
      key,
      value: toData(value, path === '' ? key : `${path}.${key}`, onRead),
    }));
    super(...pairs);
    this.#path = path;
    this.#onRead = onRead;
  }

  override get(key: string): data.ExpressionData | undefined {
    const found = super.get(key);
    if (this.#path === '') return found;
    const supplied = this.#onRead?.(`${this.#path}.${key}`, found === undefined);
    return found ?? (supplied === undefined ? undefined : new data.StringData(supplied));
  }
}

function toData(value: Value, path: string, onRead: Context['onRead']): data.ExpressionData {
  if (isRecord(value)) return new Tracked(path, value, onRead);
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}

/** A rehearsal that is canceled runs no further step, so `cancelled()` is false whenever asked. */
function functionsOf({ failed }: Context) {
  const status = { success: !failed, failure: failed, always: true, cancelled: false };
  const functions = Object.entries(status).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  const hashFiles = {
    name: 'hashFiles',
    minArgs: 1,
    maxArgs: 255,
    call: (): data.ExpressionData => {
      throw new NotSimulatedError('hashFiles is not simulated');
    },
  };
  return new Map([...functions, hashFiles].map((one) => [one.name.toLowerCase(), one]));
}

export const isRecord = (value: Value | undefined): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as it appears in a text. */
export function asText(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
