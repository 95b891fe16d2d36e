import type { EnvironmentVariable } from '../pod/variables.ts';
import { readFileCommand } from '../pod/file-command.ts';
import { FACT_NAMES, POD_NAMES } from '../pod/variables.ts';

/** What is wrong with a line of the input `env`. Safe to show: never holds a value. */
export type EnvironmentProblem = {
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
  /** Lines that may mean something else than they say, in the order of the lines. */
  readonly doubts: readonly EnvironmentProblem[];
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
  let noAssignment = -1;
  for (const [index, { name, value, line, isBare }] of given.entries()) {
    const isNamed = NAME.test(name) && (!isBare || value !== undefined || SURELY_A_NAME.test(name));
    const problem = isNamed ? problemWith(name, value) : problemWithLine(name, isBare);
    // Of the lines of a value that lacks its delimiter the first one is enough, and none of them is shown.
    if (isNamed || noAssignment !== line - 1) {
      const shown = isNamed && (!isBare || SURELY_A_NAME.test(name)) ? { name } : {};
      if (problem !== undefined) problems.push({ line, order: index + 1, ...shown, problem });
      else if (value !== undefined) variables.set(name, value);
    }
    if (!isNamed) noAssignment = line;
  }

  const last = given.at(-1);
  if (last !== undefined && totalBytes(variables) > MAX_ENVIRONMENT_BYTES) {
    const limit = `${MAX_ENVIRONMENT_BYTES / 1024} KiB`;
    const problem = `brings the variables to more than ${limit}`;
    problems.push({ line: last.line, order: given.length, problem });
  }
  return {
    variables: [...variables].map(([name, value]) => ({ name, value })),
    problems: problems.sort((a, b) => a.line - b.line),
    doubts: doubtsAbout(input, given),
  };
}

const NO_ASSIGNMENT =
  'is neither NAME=value nor the name of a variable that is set. For a value of several lines, write KEY<<EOF, then the lines, then EOF on a separate line';

/** Other ways to write a variable: what begins so, and the end of a sentence about it. Never shows anything of the line. */
const OTHER_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\r$/, 'ends in a carriage return. Use LF line endings'],
  [/^\s*#/, 'begins with #, but env has no comments. Remove the line'],
  [/^\s*export\s/, 'begins with export. Write only NAME=value'],
  [/^\s*[{}[\]"',]/, 'looks like JSON. Write NAME=value, one per line, without quotes or commas'],
  [/^\s*-\s/, 'begins with a dash. Write only NAME=value'],
  [/^\s*[A-Za-z_][\w.-]*:(?:\s|$)/, 'looks like YAML. Write NAME=value'],
  [/^\s*[A-Za-z_]\w*\s*$/, 'has spaces around the name. Write NAME=value without spaces around the ='],
];

/** What is wrong with a line that assigns to no name: how it ends, after "line 2". */
function problemWithLine(text: string, isBare: boolean): string {
  const shape = NAME.test(text) ? undefined : OTHER_SHAPES.find(([begin]) => begin.test(text))?.[1];
  const form = 'needs a name of letters, digits, and underscores that does not begin with a digit';
  return shape ?? (isBare ? NO_ASSIGNMENT : form);
}

function problemWith(name: string, value: string | undefined): string | undefined {
  if (SHELLS_OWN.has(name) || BASHS_OWN.test(name)) {
    return 'is reserved by the shell';
  }
  if (PODS_OWN.has(name)) {
    return 'is already set in the pod';
  }
  if (value === undefined) {
    return 'has no value, and no variable of that name is set';
  }
  if (value.includes('\0')) {
    return 'contains a NUL character, which no variable can have';
  }
  if (bytesOf(name, value) > MAX_VARIABLE_BYTES) {
    return `is too long: name and value together must be smaller than ${MAX_VARIABLE_BYTES / 1024} KiB`;
  }
  return undefined;
}

/** Values that are as they stand, and that may have been meant otherwise: quotes, and one value for several. */
function doubtsAbout(
  input: string,
  given: readonly { readonly name: string; readonly value: string | undefined; readonly line: number }[],
): EnvironmentProblem[] {
  const lines = input.split('\n');
  return given.flatMap(({ name, value = '', line }, index) => {
    if (!NAME.test(name) || !lines[line - 1]?.startsWith(`${name}=`)) return [];
    const at = { line, order: index + 1, name };
    if (/^(["']).*\1$/.test(value)) {
      return [{ ...at, problem: 'has quotes around its value, and they are part of it. Leave them out' }];
    }
    return /^[^,=]*,\s+[A-Z_][A-Z0-9_]*=/.test(value)
      ? [
          {
            ...at,
            problem: 'is a single variable: everything after the first = is its value. Write one NAME=value per line',
          },
        ]
      : [];
  });
}

function totalBytes(variables: ReadonlyMap<string, string>): number {
  return [...variables].reduce((sum, [name, value]) => sum + bytesOf(name, value), 0);
}

/** As the kernel counts. */
function bytesOf(name: string, value: string): number {
  return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}
