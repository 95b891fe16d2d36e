/** Expressions of GitHub's workflow syntax, as far as a local run can know what they stand for. */

/** What an expression is worth. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Context = {
  /** The value at a path such as `steps.verify.outputs.ready`; undefined where nobody here knows it. */
  readonly lookUp: (path: readonly string[]) => Value | undefined;
  /** The job so far, for `success()` and its kin. */
  readonly failed: boolean;
};

/** A value, and the paths that nobody knew, which count as null. */
export type Evaluated = { readonly value: Value; readonly unknown: readonly string[] };

/** An expression that is beyond this evaluator, which says so instead of guessing. */
export class UnsupportedExpression extends Error {
  override readonly name = 'UnsupportedExpression';
}

/** Replaces every `${{ … }}` of a text. */
export function interpolate(text: string, context: Context): { text: string; unknown: string[] } {
  const unknown: string[] = [];
  const replaced = text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_whole, expression: string) => {
    const result = evaluate(expression, context);
    unknown.push(...result.unknown);
    return asText(result.value);
  });
  return { text: replaced, unknown };
}

/** Whether a step or job with this `if` runs; without a status function it needs success. */
export function condition(text: string, context: Context): boolean {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text)?.[1] ?? text;
  const mentionsStatus = /\b(?:success|failure|always|cancelled)\s*\(/.test(expression);
  return (mentionsStatus || !context.failed) && isTrue(evaluate(expression, context).value);
}

/** The value of one expression, without its braces. */
export function evaluate(expression: string, context: Context): Evaluated {
  const tokens = tokenize(expression);
  const unknown: string[] = [];
  let position = 0;

  const peek = () => tokens[position]?.text;
  const accept = (...texts: string[]) => {
    const token = tokens[position];
    if (token?.kind !== 'sign' || !texts.includes(token.text)) return undefined;
    position += 1;
    return token.text;
  };
  const expect = (text: string) => {
    if (accept(text) === undefined) throw new UnsupportedExpression(`'${text}' is missing in: ${expression.trim()}`);
  };

  const or = (): Value => {
    let left = and();
    while (accept('||') !== undefined) {
      const right = and();
      left = isTrue(left) ? left : right;
    }
    return left;
  };
  const and = (): Value => {
    let left = comparison();
    while (accept('&&') !== undefined) {
      const right = comparison();
      left = isTrue(left) ? right : left;
    }
    return left;
  };
  const comparison = (): Value => {
    const left = unary();
    const operator = accept('==', '!=', '<=', '>=', '<', '>');
    return operator === undefined ? left : compare(left, operator, unary());
  };
  const unary = (): Value => (accept('!') === undefined ? primary() : !isTrue(unary()));
  const primary = (): Value => {
    if (accept('(') !== undefined) {
      const inner = or();
      expect(')');
      return inner;
    }
    const token = tokens[position++];
    switch (token?.kind) {
      case 'text':
        return token.text;
      case 'number':
        return Number(token.text);
      case 'name':
        return named(token.text);
      case 'sign':
      case undefined:
        throw new UnsupportedExpression(`a value is missing in: ${expression.trim()}`);
    }
  };
  const named = (name: string): Value => {
    if (name === 'true' || name === 'false') return name === 'true';
    if (name === 'null') return null;
    if (accept('(') !== undefined) return call(name, context, list());
    const path = [name];
    for (;;) {
      if (accept('.') !== undefined) {
        path.push(tokens[position++]?.text ?? '');
      } else if (accept('[') !== undefined) {
        path.push(asText(or()));
        expect(']');
      } else break;
    }
    const value = context.lookUp(path);
    if (value === undefined) unknown.push(path.join('.'));
    return value ?? null;
  };
  const list = (): Value[] => {
    if (accept(')') !== undefined) return [];
    const values = [or()];
    while (accept(',') !== undefined) values.push(or());
    expect(')');
    return values;
  };

  const value = or();
  if (peek() !== undefined)
    throw new UnsupportedExpression(`'${String(peek())}' is not expected in: ${expression.trim()}`);
  return { value, unknown };
}

type Token = { readonly kind: 'sign' | 'text' | 'number' | 'name'; readonly text: string };

function tokenize(expression: string): Token[] {
  const pattern =
    /\s*(?:(?<sign>&&|\|\||==|!=|<=|>=|[!()<>,.[\]])|'(?<text>(?:[^']|'')*)'|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_][\w-]*))/y;
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const groups = pattern.exec(expression)?.groups;
    if (!groups) throw new UnsupportedExpression(`this expression is not understood: ${expression.trim()}`);
    const { sign, text, number, name } = groups;
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else tokens.push({ kind: 'name', text: name ?? '' });
  }
  return tokens;
}

function call(name: string, { failed }: Context, values: readonly Value[]): Value {
  const [first = null, second = null, ...rest] = values;
  const texts = [first, second].map((value) => asText(value).toLowerCase());
  const [one = '', two = ''] = texts;
  switch (name.toLowerCase()) {
    case 'success':
      return !failed;
    case 'failure':
      return failed;
    case 'always':
      return true;
    case 'cancelled':
      return false;
    case 'contains':
      return Array.isArray(first) ? first.some((item: Value) => isEqual(item, second)) : one.includes(two);
    case 'startswith':
      return one.startsWith(two);
    case 'endswith':
      return one.endsWith(two);
    case 'format':
      return asText(first).replaceAll(/\{(\d+)\}/g, (_whole, index: string) =>
        asText([second, ...rest][Number(index)] ?? null),
      );
    case 'tojson':
      return JSON.stringify(first, null, 2);
    default:
      throw new UnsupportedExpression(`the function ${name}() is not known here`);
  }
}

function compare(left: Value, operator: string, right: Value): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return asNumber(left) < asNumber(right);
    case '>':
      return asNumber(left) > asNumber(right);
    case '<=':
      return asNumber(left) <= asNumber(right);
    default:
      return asNumber(left) >= asNumber(right);
  }
}

/** As GitHub compares: text without letter case, different kinds as numbers. */
function isEqual(left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
  return typeof left === typeof right && typeof left !== 'object' ? left === right : asNumber(left) === asNumber(right);
}

function asNumber(value: Value): number {
  return typeof value === 'object' && value !== null ? NaN : Number(value);
}

function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** A value as it appears in a text. */
export function asText(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? (Array.isArray(value) ? 'Array' : 'Object') : String(value);
}
