import { NAMESPACE } from '../pod/variables.ts';

const NAMES_NAMESPACE = /(?<!\S)(?:--namespace|-n|--all-namespaces|-A)/;
/** A value that begins with a digit is rather a number for `head` or `xargs`. */
const NAMESPACE_OPTION = /(?<!\S)(?:--namespace|-n)[ =]["']?([^\s\d"';|&)][^\s"';|&)]*)/g;

/**
 * Whether a script has an option that could name a namespace. It may be an option of another
 * program: a missing hint is better than a wrong one.
 */
export function namesNamespace(script: string): boolean {
  return NAMES_NAMESPACE.test(script);
}

/** The namespace that all of these options in a script agree on. */
export function namespaceIn(script: string): string | undefined {
  const named = new Set(Array.from(script.matchAll(NAMESPACE_OPTION), ([, value = '']) => value));
  const [namespace = ''] = named;
  return named.size === 1 && NAMESPACE.test(namespace) ? namespace : undefined;
}
