import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** Expressions of GitHub's workflow syntax, evaluated by GitHub's own code. */

export type Value =
  string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Context = {
  /** Values by the name of their context, such as `steps`. Anything that is missing is null. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** The state of the job so far, for `success()` and similar functions. */
  readonly failed: boolean;
};

/** A problem with a workflow, ready to show. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
}

/** Something that GitHub can do and a rehearsal can't. What would have come of it is unknown. */
export class NotSimulatedError extends WorkflowError {}

const contextNames = [
  'github',
  'env',
  'vars',
  'job',
  'jobs',
  'steps',
  'runner',
  'secrets',
  'strategy',
  'matrix',
  'needs',
  'inputs',
];

/** Replaces every `${{ … }}` of a text. */
export function interpolate(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g, (_whole, expression: string) =>
    resultOf(expression, context).coerceString(),
  );
}

/** Whether a step or job with this `if` runs. If it has no status function, it requires success. */
export function condition(text: string, context: Context): boolean {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text)?.[1] ?? text;
  const withoutTexts = expression.replaceAll(/'(?:[^']|'')*'/g, '');
  const asksForStatus = /\b(?:success|failure|always|cancelled)\s*\(/i.test(withoutTexts);
  const value = evaluate(expression, context);
  return (
    (asksForStatus || !context.failed) &&
    value !== null &&
    value !== false &&
    value !== 0 &&
    value !== ''
  );
}

/** The value of one expression, without its braces. */
export function evaluate(expression: string, context: Context): Value {
  return JSON.parse(JSON.stringify(resultOf(expression, context), data.replacer)) as Value;
}

function resultOf(expression: string, context: Context): data.ExpressionData {
  if (/\bhashFiles\s*\(/i.test(expression))
    throw new NotSimulatedError(`hashFiles is not simulated: ${expression.trim()}`);
  const functions = functionsOf(context);
  const contexts = {
    ...Object.fromEntries(contextNames.map((name) => [name, {}])),
    ...context.contexts,
  };
  try {
    const { tokens } = new Lexer(expression.trim()).lex();
    const parsed = new Parser(tokens, contextNames, [...functions.values()]).parse();
    const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
    return new Evaluator(parsed, dictionary, functions).evaluate();
  } catch (error) {
    throw new WorkflowError(
      `${error instanceof Error ? error.message : 'not understood'}: ${expression.trim()}`,
    );
  }
}

/**
 * The status functions. A rehearsal that is cancelled runs no further step, so nothing else asks.
 */
function functionsOf({ failed }: Context) {
  const values = { success: !failed, failure: failed, always: true, cancelled: false };
  return new Map(
    Object.entries(values).map(([name, value]) => [
      name,
      { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) },
    ]),
  );
}

/** A value as it appears in a text. */
export function asText(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
