declare const mark: unique symbol;

/**
 * Text that is safe to print as it is: literals of this code, numbers, and values checked against a
 * pattern.
 *
 * The runner executes commands in anything that reaches stdout (`::name::` at a line's start,
 * `##[name]` anywhere), so the compiler keeps foreign text out of what is printed without a fence.
 */
export type TrustedText = string & { readonly [mark]: 'trusted' };

/** The tag of a template: joins its literals with numbers and other trusted text. */
export function trusted(
  literals: TemplateStringsArray,
  ...values: (number | TrustedText)[]
): TrustedText {
  return String.raw({ raw: literals }, ...values) as TrustedText;
}
