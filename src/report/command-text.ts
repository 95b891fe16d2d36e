import { NAMESPACE } from '../pod/variables.ts';

/**
 * Finds the namespaces that a script passes to kubectl and helm.
 *
 * @returns `passesNamespace`: whether the calls name a namespace; `namespace`: the one that they
 *   name, if it is spelled out and the same in all of them
 */
export function namespacesIn(script: string): {
  readonly passesNamespace: 'never' | 'sometimes' | 'always';
  readonly namespace: string | undefined;
} {
  const calls = callsIn(script).map(namespaceOf);
  const named = calls.filter((namespace) => namespace !== undefined);
  if (named.length === 0) return { passesNamespace: 'never', namespace: undefined };

  const [namespace = '', ...others] = new Set(named);
  const isKnown = others.length === 0 && NAMESPACE.test(namespace);
  return {
    passesNamespace: named.length < calls.length ? 'sometimes' : 'always',
    namespace: isKnown ? namespace : undefined,
  };
}

/** A comment, an escaped character, or a string: whatever is in it does not end a word. */
const COMMENT_OR_QUOTED = /(?<!\S)#.*|\\[^]|'([^']*)'|"((?:\\[^]|[^\\"])*)"/g;

/**
 * The arguments of each call of kubectl or helm, up to `--`, after which another program's begin.
 */
function callsIn(script: string): string[][] {
  const plain = script.replaceAll(COMMENT_OR_QUOTED, (_all, single?: string, double?: string) => {
    // A substitution in double quotes is a script of its own.
    if (double !== undefined && /\$\(|`/.test(double)) return double;
    const text = single ?? double ?? '';
    return /[\s;|&()`]/.test(text) ? '_' : text;
  });
  return plain.split(/[\n;|&()`]/).flatMap((command) => {
    const words = command.trim().split(/\s+/);
    const program = words.findIndex((word) => /^(?:\S*\/)?(?:kubectl|helm)$/.test(word));
    if (program < 0 || /^\s*(?:echo|printf)\s/.test(command)) return [];
    const end = words.indexOf('--', program);
    return [words.slice(program + 1, end < 0 ? undefined : end)];
  });
}

/** The namespace among the arguments; empty for all namespaces, undefined if there is none. */
function namespaceOf(args: readonly string[]): string | undefined {
  for (const [at, arg] of args.entries()) {
    if (/^(?:-A|--all-namespaces(?:=true)?)$/.test(arg)) return '';
    if (arg === '--namespace' || arg === '-n') return args[at + 1] ?? '';
    // --namespace=web, -nweb, -n=web
    const [, value] = /^(?:--namespace=|-n=?)(.*)$/.exec(arg) ?? [];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** How many missing programs are reported. */
const MAX_PROGRAMS = 3;

/**
 * The line in which a shell reports that the command's script called a program that does not exist.
 */
const NOT_FOUND =
  /^\/\S{0,300}\.aks-run-command\/command\.sh: (?:line )?(\d{1,9}): ([\w.+-]{1,100}): (?:command )?not found\r?$/;

/**
 * The first programs that a script called although the pod does not have them, each with a line of
 * the script. Only the shell's own message about a name in the script counts: output can quote
 * another command's. There is no script if the step waited for an earlier command.
 */
export function missingPrograms(
  output: string,
  script: string | undefined,
): ReadonlyMap<string, number> {
  const missing = new Map<string, number>();
  for (const text of output.split('\n')) {
    const [, line = '', program] = NOT_FOUND.exec(text) ?? [];
    if (missing.size === MAX_PROGRAMS) break;
    if (program === undefined || missing.has(program)) continue;
    const isOurs =
      script === undefined ||
      (script.includes(program) && Number(line) <= script.split('\n').length);
    if (isOurs) missing.set(program, Number(line));
  }
  return missing;
}
