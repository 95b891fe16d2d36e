import { readFileCommand } from '../pod/file-command.ts';
import { FACT_NAMES, POD_NAMES, type EnvironmentVariable } from '../pod/variables.ts';
import type { InputReader } from './reader.ts';

/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h), which holds `NAME=value` and its NUL in bytes of UTF-8.
 * With a longer one, the pod could start no program at all (E2BIG).
 */
export const MAX_VARIABLE_BYTES = 131_072;

/**
 * All variables together, in bytes. Linux gives arguments and environment a quarter of the stack's limit: 2 MiB of the usual
 * 8. The rest is for the pod's own variables and for the arguments of the programs that the command starts.
 */
export const MAX_ENVIRONMENT_BYTES = 1_572_864;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SURELY_A_NAME = /^[A-Z0-9_]+$/;

/**
 * Names that bash (5.2, under that name or as `sh`), dash, or busybox sh (1.37) sets itself, empties, or refuses, found by
 * trying every name in their binaries, so that a value would not arrive as given; and `PATH`, without which no program is
 * found. Of the names that begin with `BASH_`, only `BASH_ENV` is left to the user.
 */
const SHELLS_OWN = new Set(
  `_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD IFS LINENO OLDPWD
  OPTARG OPTERR OPTIND PATH PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4 PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(
    /\s+/,
  ),
);
const BASHS_OWN = /^BASH_(?!ENV$)/;
const PODS_OWN: ReadonlySet<string> = new Set([...FACT_NAMES, ...POD_NAMES]);

/** A variable as given; without a value if it is a `NAME` alone that the caller's environment lacks. */
type Given = {
  readonly name: string;
  readonly value: string | undefined;
  readonly line: number;
  readonly isBare: boolean;
};

/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, and `NAME` alone for one of the caller's own variables. Of equal names
 * the last wins, as in `$GITHUB_ENV`. Problems and warnings never show a value.
 *
 * @returns each name once.
 */
export function readEnv(reader: InputReader): EnvironmentVariable[] {
  const input = reader.untrimmed('env');
  const { assignments, bare, malformed } = readFileCommand(input);
  const given: Given[] = [
    ...assignments.map((entry) => ({ ...entry, isBare: false })),
    ...bare.map(({ text, line }) => ({ name: text, value: reader.variable(text), line, isBare: true })),
  ].sort((a, b) => a.line - b.line);
  const variables = new Map<string, string>();
  const problems = malformed.map(({ line, problem }) => ({ line, sentence: `line ${line} ${problem}` }));
  let noAssignment = -1;
  for (const [index, { name, value, line, isBare }] of given.entries()) {
    const at = reader.words.entry({ line, order: index + 1 });
    const isNamed = NAME.test(name) && (!isBare || value !== undefined || SURELY_A_NAME.test(name));
    if (isNamed) {
      const problem = problemWith(isBare && !SURELY_A_NAME.test(name) ? 'the variable' : name, name, value);
      if (problem !== undefined) problems.push({ line, sentence: `${at}: ${problem}` });
      else if (value !== undefined) variables.set(name, value);
      continue;
    }
    // These may be the lines of a value that lacks its delimiter: one problem is enough.
    if (noAssignment !== line - 1) problems.push({ line, sentence: `${at} ${problemWithLine(name, isBare)}` });
    noAssignment = line;
  }
  if ([...variables].reduce((sum, variable) => sum + bytesOf(...variable), 0) > MAX_ENVIRONMENT_BYTES) {
    problems.push({ line: Infinity, sentence: `all variables together exceed ${MAX_ENVIRONMENT_BYTES / 1024} KiB` });
  }
  for (const { sentence } of problems.sort((a, b) => a.line - b.line)) reader.problem('env', sentence);
  warnOfDoubts(input.split('\n'), given, reader);
  return [...variables].map(([name, value]) => ({ name, value }));
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

/** What is wrong with a line that assigns to no name: how the sentence ends, after "line 2". */
function problemWithLine(text: string, isBare: boolean): string {
  const shape = NAME.test(text) ? undefined : OTHER_SHAPES.find(([begin]) => begin.test(text))?.[1];
  const form = 'needs a name of letters, digits, and underscores that does not begin with a digit';
  return shape ?? (isBare ? NO_ASSIGNMENT : form);
}

function problemWith(called: string, name: string, value: string | undefined): string | undefined {
  if (SHELLS_OWN.has(name) || BASHS_OWN.test(name)) {
    return `${called} is reserved by the shell. Choose another name, or set it in the command`;
  }
  if (PODS_OWN.has(name)) return `the pod sets ${called} itself. Choose another name`;
  if (value === undefined) return `${called} has no value, and no variable of that name is set`;
  if (value.includes('\0')) return `${called} contains a NUL character, which no variable can have`;
  if (bytesOf(name, value) <= MAX_VARIABLE_BYTES) return undefined;
  return `${called} is too long: name and value together must be smaller than ${MAX_VARIABLE_BYTES / 1024} KiB`;
}

/** Values that arrive as they stand, and that may have been meant otherwise. */
function warnOfDoubts(lines: readonly string[], given: readonly Given[], reader: InputReader): void {
  for (const [index, { name, value = '', line }] of given.entries()) {
    if (!NAME.test(name) || !lines[line - 1]?.startsWith(`${name}=`)) continue;
    const at = `${reader.words.entry({ line, order: index + 1 })} (${name})`;
    if (/^(["']).*\1$/.test(value)) {
      reader.warn('env', `${at} has quotes around its value, and they are part of it. Leave them out`);
    } else if (/^[^,=]*,\s+[A-Z_][A-Z0-9_]*=/.test(value)) {
      const whole = 'is a single variable: everything after the first = is its value';
      reader.warn('env', `${at} ${whole}. Write one NAME=value per line`);
    }
  }
}

/** As the kernel counts: `NAME=value` and a NUL. */
function bytesOf(name: string, value: string): number {
  return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}
