import type { EnvironmentVariable } from '../pod/variables.ts';
import { readFileCommand } from '../pod/file-command.ts';
import { FACT_NAMES, POD_NAMES } from '../pod/variables.ts';

/** What is wrong with a line of the input `env`. Safe to show: never holds a value. */
type EnvironmentProblem = {
  /** Counted from 1. */
  readonly line: number;
  /** Which of the variables it is, counted from 1; 0 for a line that is none. */
  readonly order: number;
  /** The variable's name, where it is well-formed, and surely a name and no line of a value that lacks its delimiter. */
  readonly name?: string;
  /** The end of a sentence whose subject is the line. */
  readonly problem: string;
};

export type EnvironmentVariables = {
  /** Each name once. */
  readonly variables: readonly EnvironmentVariable[];
  /** In the order of the lines; where there is any, `variables` is not to be used. */
  readonly problems: readonly EnvironmentProblem[];
};

/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h): `NAME=value` and its NUL in bytes of UTF-8. A longer one
 * lets every exec fail with E2BIG.
 */
export const MAX_VARIABLE_BYTES = 131_072;

/**
 * All variables together, in bytes. Linux gives arguments and environment a quarter of the stack's limit, which is 2 MiB of
 * the usual 8; the rest is for the pod's own variables and for the arguments of what the command starts.
 */
export const MAX_ENVIRONMENT_BYTES = 1_572_864;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SURELY_A_NAME = /^[A-Z0-9_]+$/;

/**
 * Names that bash (5.2, under that name or as `sh`), dash or busybox sh (1.37) sets itself, empties or refuses, found by trying
 * every name in their binaries: a value would not arrive as given.
 */
const SHELLS_OWN = new Set(
  `_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD IFS LINENO OLDPWD
  OPTARG OPTERR OPTIND PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4 PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(
    /\s+/,
  ),
);
/** `BASH_VERSION`, `BASH_COMMAND`, `BASH_ARGV0`, …: all but the one that a user may mean to set. */
const BASHS_OWN = /^BASH_(?!ENV$)/;

const PODS_OWN: ReadonlySet<string> = new Set([...FACT_NAMES, ...POD_NAMES]);

/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, and `NAME` alone for a variable of the runner's. Of equal names the
 * last wins, as in `$GITHUB_ENV`.
 *
 * @param input untrimmed
 * @param lookup the runner's own variables
 */
export function readEnvironmentVariables(
  input: string,
  lookup: (name: string) => string | undefined,
): EnvironmentVariables {
  const { entries, bare, malformed } = readFileCommand(input);
  const given = [
    ...entries.map((entry) => ({ ...entry, isBare: false })),
    ...bare.map(({ text, line }) => ({ name: text, value: lookup(text), line, isBare: true })),
  ].sort((a, b) => a.line - b.line);
  const variables = new Map<string, string>();
  const problems: EnvironmentProblem[] = malformed.map((one) => ({ ...one, order: 0 }));
  for (const [index, { name, value, line, isBare }] of given.entries()) {
    const at = { line, order: index + 1 };
    if (!NAME.test(name)) {
      problems.push({ ...at, problem: problemWithName(name) });
      continue;
    }
    const problem = problemWith(name, value);
    if (problem !== undefined) {
      // A line of a key may look like a name.
      const mayShow = !isBare || SURELY_A_NAME.test(name);
      problems.push({ ...at, ...(mayShow && { name }), problem });
    } else if (value !== undefined) {
      variables.set(name, value);
    }
  }

  const last = given.at(-1);
  const total = [...variables].reduce((sum, [name, value]) => sum + bytesOf(name, value), 0);
  if (last !== undefined && total > MAX_ENVIRONMENT_BYTES) {
    const limit = `${MAX_ENVIRONMENT_BYTES / 1024} KiB`;
    problems.push({
      line: last.line,
      order: given.length,
      problem: `is the last of variables that together take more than ${limit}`,
    });
  }
  return {
    variables: [...variables].map(([name, value]) => ({ name, value })),
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

function problemWithName(name: string): string {
  return name.endsWith('\r')
    ? 'ends in a carriage return (CR LF line ends?)'
    : 'needs a name of letters, digits and underscores that does not begin with a digit';
}

function problemWith(name: string, value: string | undefined): string | undefined {
  if (SHELLS_OWN.has(name) || BASHS_OWN.test(name)) {
    return 'is reserved by the shell';
  }
  if (PODS_OWN.has(name)) {
    return 'is set in the pod already';
  }
  if (value === undefined) {
    return 'has no value, and no variable of that name is set';
  }
  if (value.includes('\0')) {
    return 'holds a NUL character, which no environment can';
  }
  if (bytesOf(name, value) > MAX_VARIABLE_BYTES) {
    return `is too long: name and value together must stay below ${MAX_VARIABLE_BYTES / 1024} KiB`;
  }
  return undefined;
}

/** As the kernel counts. */
function bytesOf(name: string, value: string): number {
  return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}
