import { data, Evaluator, ExpressionError, Lexer, Parser } from '@actions/expressions';
import { ContextAccess, IndexAccess, Literal, type Expr } from '@actions/expressions/ast';

/** Expressions of GitHub's workflow syntax, by GitHub's own evaluator. */

/** What an expression is worth. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Context = {
  /** The value at a path such as `steps.verify.outputs.ready`; undefined where nobody here knows it. */
  readonly lookUp: (path: readonly string[]) => Value | undefined;
  /** The job so far, for `success()` and its kin. */
  readonly failed: boolean;
  /** SHA-256 of the files that the patterns match; empty where they match none. */
  readonly hashFiles?: (patterns: readonly string[]) => string;
};

/** A value, and the paths that nobody knew, which count as null. */
export type Evaluated = { readonly value: Value; readonly unknown: readonly string[] };

/** An expression that GitHub refuses. */
export class InvalidExpression extends Error {
  override readonly name = 'InvalidExpression';
}

const contexts = 'github env vars job jobs steps runner secrets strategy matrix needs inputs'.split(' ');
const statusFunctions = ['success', 'failure', 'always', 'cancelled'];

/** Replaces every `${{ … }}` of a text. */
export function interpolate(text: string, context: Context): { text: string; unknown: string[] } {
  const unknown: string[] = [];
  const replaced = text.replaceAll(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g, (_whole, expression: string) => {
    const result = evaluate(expression, context);
    unknown.push(...result.unknown);
    return asText(result.value);
  });
  return { text: replaced, unknown };
}

/** Whether a step or job with this `if` runs; without a status function it needs success. */
export function condition(text: string, context: Context): boolean {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text)?.[1] ?? text;
  const withoutTexts = expression.replaceAll(/'(?:[^']|'')*'/g, '');
  const mentionsStatus = new RegExp(String.raw`\b(?:${statusFunctions.join('|')})\s*\(`, 'i').test(withoutTexts);
  return (mentionsStatus || !context.failed) && isTrue(evaluate(expression, context).value);
}

/** The value of one expression, without its braces. */
export function evaluate(expression: string, context: Context): Evaluated {
  const functions = functionsOf(context);
  try {
    const { tokens } = new Lexer(expression.trim()).lex();
    const parsed = new Parser(tokens, contexts, [...functions.values()]).parse();
    const evaluator = new LookingUp(parsed, context, functions);
    return { value: fromData(evaluator.evaluate()), unknown: evaluator.unknown };
  } catch (error) {
    const known = error instanceof ExpressionError || error instanceof Error;
    throw new InvalidExpression(`${known ? error.message : 'not understood'}: ${expression.trim()}`);
  }
}

function functionsOf({ failed, hashFiles }: Context) {
  const truth = (name: string, value: boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  });
  const hash = {
    ...{ name: 'hashFiles', minArgs: 1, maxArgs: 255 },
    call: (...patterns: data.ExpressionData[]) =>
      new data.StringData(hashFiles?.(patterns.map((one) => one.coerceString())) ?? ''),
  };
  const all = [
    truth('success', !failed),
    truth('failure', failed),
    truth('always', true),
    truth('cancelled', false),
    hash,
  ];
  return new Map(all.map((one) => [one.name.toLowerCase(), one]));
}

/** Takes the values of contexts from `lookUp`, path by path, and notes what it does not know. */
class LookingUp extends Evaluator {
  readonly unknown: string[] = [];
  readonly #context: Context;

  constructor(expression: Expr, context: Context, functions: ReturnType<typeof functionsOf>) {
    super(expression, new data.Dictionary(), functions);
    this.#context = context;
  }

  override visitContextAccess(access: ContextAccess): data.ExpressionData {
    return this.#find([access.name.lexeme]);
  }

  override visitIndexAccess(access: IndexAccess): data.ExpressionData {
    const path = pathOf(access);
    return path ? this.#find(path) : super.visitIndexAccess(access);
  }

  #find(path: readonly string[]): data.ExpressionData {
    const value = this.#context.lookUp(path);
    if (value === undefined) this.unknown.push(path.join('.'));
    return toData(value ?? null);
  }
}

/** The names of a chain such as `steps['verify'].outputs`; undefined where one of them is itself an expression. */
function pathOf(expression: Expr): string[] | undefined {
  if (expression instanceof ContextAccess) return [expression.name.lexeme];
  if (!(expression instanceof IndexAccess) || !(expression.index instanceof Literal)) return undefined;
  const path = pathOf(expression.expr);
  return path && [...path, expression.index.literal.coerceString()];
}

function toData(value: Value): data.ExpressionData {
  switch (typeof value) {
    case 'string':
      return new data.StringData(value);
    case 'number':
      return new data.NumberData(value);
    case 'boolean':
      return new data.BooleanData(value);
    default:
      if (value === null) return new data.Null();
      if (isList(value)) return new data.Array(...value.map(toData));
      return new data.Dictionary(...Object.entries(value).map(([key, inner]) => ({ key, value: toData(inner) })));
  }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

function fromData(value: data.ExpressionData | undefined): Value {
  if (value instanceof data.StringData || value instanceof data.NumberData || value instanceof data.BooleanData) {
    return value.value;
  }
  if (value instanceof data.Array) return value.values().map(fromData);
  if (value instanceof data.Dictionary) {
    return Object.fromEntries(value.pairs().map(({ key, value: inner }) => [key, fromData(inner)]));
  }
  return null;
}

function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** A value as it appears in a text. */
export function asText(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? (Array.isArray(value) ? 'Array' : 'Object') : String(value);
}
