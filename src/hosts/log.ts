declare const mark: unique symbol;

/**
 * Text that is safe to print as it stands: literals of ours, numbers, and values checked against a pattern.
 *
 * The runner obeys commands in anything that reaches stdout (`::name::` at a line's start, `##[name]` anywhere),
 * so the compiler keeps foreign text out of what is printed bare.
 */
export type Ours = string & { readonly [mark]: 'ours' };

/** Joins literals with numbers and other checked text. */
export function ours(literals: TemplateStringsArray, ...values: (number | Ours)[]): Ours {
  return String.raw({ raw: literals.map((literal) => literal) }, ...values) as Ours;
}

/** How far a run is: what a line that is drawn anew says, with what is waited for. */
export type Phase = 'signing-in' | 'submitting' | 'submitted' | 'running';

/** The step's log, as a port. */
export type Log = {
  /** Says how far the run is. The line is printed where nothing else shows that. */
  progress(phase: Phase, line?: Ours): void;
  /** Prints a line of our own. */
  say(line: Ours): void;
  /** Prints foreign text, fenced: nothing in it is obeyed. */
  show(text: string): void;
  /** Prints foreign text in a foldable group under a title of our own. */
  group(title: Ours, text: string): void;
  /** A warning annotation; its text is escaped by the runner's own rules. */
  warn(message: string): void;
  /** A line of the debug log, seen with `RUNNER_DEBUG` = 1 only. */
  debug(message: string): void;
};
