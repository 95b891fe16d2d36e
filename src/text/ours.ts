declare const mark: unique symbol;

/**
 * Text that is safe to print as it is: literals of ours, numbers, and values checked against a
 * pattern.
 *
 * The runner executes commands in anything that reaches stdout (`::name::` at a line's start,
 * `##[name]` anywhere), so the compiler keeps foreign text out of what is printed without a fence.
 */
export type Ours = string & { readonly [mark]: 'ours' };

/** Joins literals with numbers and other checked text. */
export function ours(literals: TemplateStringsArray, ...values: (number | Ours)[]): Ours {
  return String.raw({ raw: literals.map((literal) => literal) }, ...values) as Ours;
}
