import type { Failure, FailureCode } from '../../failure.ts';
import {
  foreign,
  message,
  type Content,
  type Foreign,
  type Message,
  type Prose,
} from '../message.ts';
import type { Known } from './known.ts';

/** What a failure can be looked up by. */
export type Signs = {
  readonly code?: string | undefined;
  /** The HTTP status; 0 if there was no answer. */
  readonly status?: number;
  /** The service's message, or one line of the output. Foreign text. */
  readonly text?: string;
  readonly exitCode?: number | undefined;
  /** Whether the command ever, and whether it always, passes a namespace to kubectl and helm. */
  readonly namespaces?: readonly ('ever' | 'always')[];
};

/** What identifies a row: all that is given must match. */
export type Match = Pick<Signs, 'status' | 'exitCode'> & {
  readonly codes?: readonly string[];
  readonly words?: RegExp;
  readonly unlessNamespace?: 'ever' | 'always';
};

/** A failure with a known cause. */
export type Row<Section extends string = string> = Match & {
  readonly section: Section;
  readonly explain: (known: Known, captured: Captured) => Message<Section>;
};

/** The named groups of a row's words, in what matched. */
export type Captured = Readonly<Record<string, Foreign | undefined>>;

/** The same for one row: the groups that are in every match, and those that are in some. */
export type Groups<Always extends string, Sometimes extends string = never> = Readonly<
  Record<Always, Foreign> & Record<Sometimes, Foreign | undefined>
>;

type Write<Groups, Written> = (known: Known, groups: Groups) => Written;

/** A row of a list. What it says depends on what is known and captured, or is always the same. */
export function row<Section extends string, G = Captured>(
  section: Section,
  match: Match,
  content: Content | Write<G, Content>,
  title?: Write<G, Prose | undefined>,
): Row<Section> {
  return {
    section,
    ...match,
    explain: (known, captured) => {
      const groups = captured as G;
      const written = typeof content === 'function' ? content(known, groups) : content;
      return message(section, written, { title: title?.(known, groups) });
    },
  };
}

/** A row that matches, and what its words captured. */
export type Found<Section extends string = string> = {
  readonly row: Row<Section>;
  readonly captured: Captured;
};

/** The first row that matches. */
export function lookUp<Section extends string>(
  rows: readonly Row<Section>[],
  signs: Signs,
): Found<Section> | undefined {
  for (const row of rows) {
    const captured = fits(row, signs);
    if (captured) return { row, captured };
  }
  return undefined;
}

/** What the first row that matches says. */
export function find<Section extends string>(
  rows: readonly Row<Section>[],
  signs: Signs,
  known: Known,
): Message<Section> | undefined {
  const found = lookUp(rows, signs);
  return found?.row.explain(known, found.captured);
}

/** The values that a row captures from these signs; undefined if it does not match them. */
function fits(
  row: Row,
  { text = '', code = '', namespaces, ...signs }: Signs,
): Captured | undefined {
  const isKnown =
    (row.codes?.includes(code) ?? true) &&
    (row.status ?? signs.status) === signs.status &&
    (row.exitCode ?? signs.exitCode) === signs.exitCode &&
    !(row.unlessNamespace && namespaces?.includes(row.unlessNamespace));
  if (!isKnown) return undefined;
  if (row.words === undefined) return {};

  const found = row.words.exec(text);
  if (found === null) return undefined;
  const captured = Object.entries(found.groups ?? {}).map(
    ([name, value]: [string, string | undefined]) => [
      name,
      value === undefined ? undefined : foreign(name, value),
    ],
  );
  return Object.fromEntries(captured) as Captured;
}

/** A message for each code, so that the compiler notices a missing one. */
export type Failures = {
  readonly [Code in FailureCode]: (failure: Failure<Code>, known: Known) => Message;
};
