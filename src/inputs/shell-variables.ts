/**
 * What a shell does not expand: an escaped character, its process ID before a word, a comment,
 * single quotes, and a here-document with a quoted delimiter.
 */
const LITERAL = /\\.|\$\$|(?<!\S)#.*|(?<!\w)'[^']*'|<<-?[ \t]*(["'])(\w+)\1[^]*?\n\t*\2$/gm;
const EXPANSION = /\$\{?([A-Za-z_]\w*)/g;
/** Commands that may set any variable. */
const SETS_ANYTHING = /(?:^|[;&|({])[ \t]*(?:\.|eval|source|export\s+["']?\$\S*)\s/m;
const SETTERS = 'declare|export|for|local|read|readonly|typeset';

/**
 * The variables that a shell script takes from its environment: it expands them, and neither sets
 * them nor has a default for them. This is a pattern, not a shell. If in doubt, a name is left out.
 *
 * @param isCandidate whether a variable of this name matters at all
 */
export function variablesFromOutside(
  script: string,
  isCandidate: (name: string) => boolean,
): string[] {
  if (SETS_ANYTHING.test(script)) return [];

  const expansions = script.replaceAll(LITERAL, '').matchAll(EXPANSION);
  const names = new Set(Array.from(expansions, ([, name = '']) => name));
  return [...names].filter((name) => isCandidate(name) && !isHandled(name, script));
}

/** `NAME=`, `export NAME`, or `${NAME:-default}`, anywhere in the script. */
function isHandled(name: string, script: string): boolean {
  const handling = `\\b${name}\\+?=|\\b(?:${SETTERS})\\b.*[^$\\w{]${name}\\b|\\$\\{${name}:?[-=?+]`;
  return new RegExp(handling).test(script);
}
