import { data, Evaluator, Lexer, Parser, type Expr } from '@actions/expressions';
import {
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
} from '@actions/expressions/ast';
import { truthy } from '@actions/expressions/result';

/** Expressions of GitHub's workflow syntax, evaluated by GitHub's own code. */

export type Value =
  string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** What expressions can look up. */
export type Scope = {
  /** Values by the name of their context, such as `steps`. Anything that is missing is null. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** The state of the job so far, for `success()` and similar functions. */
  readonly failed: boolean;
  /** Whether the workflow run was canceled. */
  readonly canceled: boolean;
  /**
   * Receives the path of each value that an expression reads, such as `steps.build.outputs.tag`,
   * and whether it is missing.
   *
   * @returns whether nobody knows the value: then an expression that it breaks is null
   */
  readonly onRead: (path: string, isMissing: boolean) => boolean;
};

/** A problem with a workflow, ready to show. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
}

/** Something that GitHub can do and a rehearsal can't. What would have come of it is unknown. */
export class NotSimulatedError extends WorkflowError {
  /** The call of a function, as the workflow has it. */
  readonly call: string;

  /** @param place what the message begins with */
  constructor(call: string, place = '') {
    super(
      `${place}${call} is not simulated. To rehearse the workflow, put a fixed value in its place`,
    );
    this.call = call;
  }
}

const CONTEXTS = 'env github inputs job jobs matrix needs runner secrets steps strategy vars'.split(
  ' ',
);

const EXPRESSION = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;

/** A text with its expressions replaced by their values. */
export function fill(text: string, scope: Scope): string {
  return text.replaceAll(EXPRESSION, (_whole, expression: string) =>
    evaluate(expression, scope).coerceString(),
  );
}

/** The same for each of several texts. */
export function fillAll(
  texts: Readonly<Record<string, string>>,
  scope: Scope,
): Record<string, string> {
  const filled = Object.entries(texts).map(([name, text]) => [name, fill(text, scope)] as const);
  return Object.fromEntries(filled);
}

/** The paths that the expressions of a text read, whether it can be evaluated or not. */
export function readsOf(text: string, scope: Scope): readonly string[] {
  const reads: string[] = [];
  const onRead = (path: string, isMissing: boolean) => {
    reads.push(path);
    return scope.onRead(path, isMissing);
  };
  try {
    fill(text, { ...scope, onRead });
  } catch {
    // Whoever wants the value will evaluate it again.
  }
  return reads;
}

/**
 * The paths whose values the expressions of a text can put into it, such as
 * `steps.build.outputs.tag`. What they only compare is not in the text.
 */
export function pathsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(EXPRESSION), ([, expression = '']) => expression).flatMap(
    (expression) => {
      try {
        return valuesOf(parsed(expression, FUNCTIONS));
      } catch {
        // GitHub's language service reports what it cannot parse.
        return [];
      }
    },
  );
}

function valuesOf(expression: Expr): readonly string[] {
  if (expression instanceof Grouping) return valuesOf(expression.group);
  if (expression instanceof Logical) return expression.args.flatMap(valuesOf);
  if (expression instanceof FunctionCall)
    return PREDICATES.includes(expression.functionName.lexeme.toLowerCase())
      ? []
      : expression.args.flatMap(valuesOf);
  const isAccess = expression instanceof IndexAccess || expression instanceof ContextAccess;
  return isAccess ? [pathOf(expression, nameOf)] : [];
}

/** Functions whose value says nothing but yes or no, or is a hash. */
const PREDICATES = ['contains', 'endswith', 'hashfiles', 'startswith'];

/** The name after a dot or in brackets; `*` for what only an evaluation knows. */
const nameOf = (index: Expr) => (index instanceof Literal ? index.literal.coerceString() : '*');

/** A value of the file with its expressions evaluated. One alone can become a list. */
export function fillValue(value: Value, scope: Scope): Value {
  const fillText = (text: string): Value => {
    const alone = /^\s*\$\{\{((?:'[^']*'|(?!\}\})[^'])*)\}\}\s*$/.exec(text)?.[1];
    if (alone === undefined) return fill(text, scope);
    return JSON.parse(JSON.stringify(evaluate(alone, scope), data.replacer)) as Value;
  };
  return JSON.parse(JSON.stringify(value), (_key, one: Value) =>
    typeof one === 'string' ? fillText(one) : one,
  ) as Value;
}

/** Whether a step or job with this `if` runs. If it has no status function, it requires success. */
export function condition(text: string, scope: Scope): boolean {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text)?.[1] ?? text;
  const code = expression.replaceAll(/'[^']*'/g, "''");
  const asksForStatus = /\b(?:always|cancelled|failure|success)\s*\(/i.test(code);
  return truthy(evaluate(asksForStatus ? expression : `success() && (${expression})`, scope));
}

export const isRecord = (value: Value | undefined): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as it appears in a text. */
export function asText(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function evaluate(expression: string, scope: Scope): data.ExpressionData {
  const functions = functionsOf(scope);
  const known = Object.fromEntries(CONTEXTS.map((name) => [name, scope.contexts[name] ?? {}]));
  const contexts = JSON.parse(JSON.stringify(known), data.reviver) as data.Dictionary;
  let reader: Reader | undefined;
  try {
    reader = new Reader(parsed(expression, functions), contexts, functions);
    reader.onRead = scope.onRead;
    return reader.evaluate();
  } catch (error) {
    // What an unknown value breaks, such as `fromJSON(…)`, is not the workflow's mistake.
    if (reader?.isUnknown) return new data.Null();
    if (error instanceof NotSimulatedError) throw new NotSimulatedError(callIn(expression));
    const problem = error instanceof Error ? error.message : 'not understood';
    throw new WorkflowError(`${problem}: ${expression.trim()}`);
  }
}

const callIn = (expression: string) => /hashFiles\(.*?\)/is.exec(expression)?.[0] ?? 'hashFiles';

function parsed(expression: string, functions: ReturnType<typeof functionsOf>): Expr {
  const { tokens } = new Lexer(expression.trim()).lex();
  return new Parser(tokens, CONTEXTS, [...functions.values()]).parse();
}

/** GitHub's evaluator, which also reports what it reads. */
class Reader extends Evaluator {
  onRead: Scope['onRead'] = () => false;
  isUnknown = false;
  readonly #parts = new Set<Expr>();

  override visitIndexAccess(access: IndexAccess): data.ExpressionData {
    this.#parts.add(access.expr);
    const value = super.visitIndexAccess(access);
    const isWhole = !this.#parts.has(access);
    const isMissing = value instanceof data.Null;
    const path = () => pathOf(access, (index) => this.eval(index).coerceString());
    if (isWhole && this.onRead(path(), isMissing)) this.isUnknown = true;
    return value;
  }
}

/**
 * A path such as `steps.build.outputs.tag`, with the context in lower case. The path of what is not
 * in a context begins with a `*`.
 */
function pathOf(expression: Expr, nameOf: (index: Expr) => string): string {
  if (expression instanceof ContextAccess) return expression.name.lexeme.toLowerCase();
  if (!(expression instanceof IndexAccess)) return '*';
  const { expr, index } = expression;
  const name = index instanceof Star ? '*' : nameOf(index);
  return `${pathOf(expr, nameOf)}.${name}`;
}

function functionsOf({ failed, canceled }: Pick<Scope, 'failed' | 'canceled'>) {
  const status = {
    success: !failed && !canceled,
    failure: failed && !canceled,
    always: true,
    cancelled: canceled,
  };
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
      throw new NotSimulatedError('hashFiles');
    },
  };
  return new Map([...functions, hashFiles].map((one) => [one.name.toLowerCase(), one]));
}

const FUNCTIONS = functionsOf({ failed: false, canceled: false });
