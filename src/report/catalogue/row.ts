import type { Failure } from '../../failure.ts';
import type { Content } from '../message.ts';
import type { Known } from './known.ts';

/** What a failure can be looked up by. */
export type Signs = {
  readonly code?: string | undefined;
  /** The HTTP status; 0 if there was no answer. */
  readonly status?: number | undefined;
  /** The service's message, or one line of the output. Foreign text. */
  readonly text?: string | undefined;
  readonly exitCode?: number | undefined;
  /** Whether nothing names a namespace, so that kubectl and helm act in `default`. */
  readonly inDefault?: boolean | undefined;
};

/** A failure with a known cause. */
export type Row = {
  readonly name: string;
  /** What identifies it: all that is given must match. */
  readonly match: {
    readonly codes?: readonly string[];
    readonly status?: number;
    readonly text?: RegExp;
    readonly exitCode?: number;
    readonly inDefault?: boolean;
  };
  readonly explain: (known: Known, captured: Captured) => Content;
};

/** The named groups of a row's `text`, in what matched. Foreign text. */
export type Captured = Readonly<Record<string, string | undefined>>;

/**
 * A row of a list. What it says depends on what is known and captured, or is always the same. A
 * group that is in every match needs a type: `Record<'path', string>`.
 */
// The compiler cannot see the groups of a pattern, so it takes the type of `captured` on trust.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function row<Groups = Captured>(
  name: string,
  match: Row['match'],
  content: Content | ((known: Known, captured: Groups) => Content),
): Row {
  const contentOf = typeof content === 'function' ? content : () => content;
  return {
    name,
    match,
    explain: (known, captured) => ({ name, ...contentOf(known, captured as Groups) }),
  };
}

/** The first row that matches, and what its `text` captured. */
export function lookUp(
  rows: readonly Row[],
  signs: Signs,
): { readonly row: Row; readonly captured: Captured } | undefined {
  for (const row of rows) {
    const captured = capturedBy(row, signs);
    if (captured) return { row, captured };
  }
  return undefined;
}

/** What the first row that matches says. */
export function find(rows: readonly Row[], signs: Signs, known: Known): Content | undefined {
  const found = lookUp(rows, signs);
  return found?.row.explain(known, found.captured);
}

/** The values that a row captures from these signs; undefined if it does not match them. */
function capturedBy({ match }: Row, signs: Signs): Captured | undefined {
  const { code = '', text = '' } = signs;
  const isMatch =
    (match.codes?.includes(code) ?? true) &&
    (match.status ?? signs.status) === signs.status &&
    (match.exitCode ?? signs.exitCode) === signs.exitCode &&
    (match.inDefault ?? signs.inDefault) === signs.inDefault;
  if (!isMatch) return undefined;
  if (match.text === undefined) return {};

  const found = match.text.exec(text);
  return found === null ? undefined : (found.groups ?? {});
}

/** What to say about each code, so that the compiler notices a missing one. */
export type Failures = {
  readonly [Code in Failure['code']]: (
    failure: Failure & { readonly code: Code },
    known: Known,
  ) => Content;
};
