import { readFileCommand, type FileCommandLines } from '../pod/file-command.ts';
import { POD_NAMES, shownName, SURELY_A_NAME, type EnvironmentVariable } from '../pod/variables.ts';
import type { InputReader } from './reader.ts';

/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h), the limit for `NAME=value`
 * with its NUL, in bytes of UTF-8. With a longer variable, the pod could not start any program
 * (E2BIG).
 */
const MAX_VARIABLE_BYTES = 131_072;

/**
 * All variables together, in bytes. Linux gives arguments and environment 2 MiB, a quarter of the
 * usual stack.
 */
const MAX_ENVIRONMENT_BYTES = 1_572_864;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Names that bash (5.2), dash, or busybox sh (1.37) sets itself, empties, or refuses, found by
 * trying every name in their binaries; and `PATH`, without which no program is found.
 */
const SHELL_NAMES = new Set(
  `_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS
  HISTCMD IFS LINENO OLDPWD OPTARG OPTERR OPTIND PATH PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4
  PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(/\s+/),
);
const BASH_NAMES = /^BASH_(?!ENV$)/;

/** A line or block of the input. */
type EnvEntry = {
  readonly name: string;
  /** Empty if it is `missing`. */
  readonly value: string;
  /** Where it begins. */
  readonly line: number;
  /**
   * `NAME=value`, a block, or only `NAME`, which is `inherited` from the caller's environment or
   * `missing` there.
   */
  readonly form: 'assignment' | 'block' | 'inherited' | 'missing';
};

/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, or just `NAME` for one of the caller's own
 * variables. Returns each name once: the last one wins, as in `$GITHUB_ENV`. Problems and warnings
 * never show a value.
 */
export function readEnv(reader: InputReader): EnvironmentVariable[] {
  const found = readFileCommand(reader.untrimmed('env'));
  const variables = new Map<string, EnvEntry>();
  /** By line: the end of a sentence that begins with the number of the line. */
  const problems = new Map<number, string>();
  for (const { line, problem } of found.malformed) problems.set(line, ` ${problem}`);

  let lastNameless = -1;
  for (const entry of entriesOf(found, reader)) {
    const { name, line } = entry;
    if (!isNamed(entry)) {
      // Consecutive ones may be a single value without its delimiter: only the first is reported.
      if (lastNameless !== line - 1) problems.set(line, ` ${problemWithLine(entry, reader)}`);
      lastNameless = line;
      continue;
    }

    const problem = problemWith(entry);
    if (problem === undefined) variables.set(name, entry);
    else problems.set(line, `: ${problem}`);

    const doubt = doubtAbout(entry);
    if (doubt !== undefined) reader.warn('env', `line ${line} (${name}) ${doubt}`);
  }

  for (const [line, problem] of [...problems].sort(([one], [other]) => one - other)) {
    reader.problem('env', `line ${line}${problem}`);
  }
  checkSize([...variables.values()], reader);
  warnOfEmpty([...variables.values()], reader);
  return Array.from(variables.values(), ({ name, value }) => ({ name, value }));
}

/** All entries, in the order of their lines. */
function entriesOf(
  { assignments, blocks, bare }: FileCommandLines,
  reader: InputReader,
): EnvEntry[] {
  const entries: EnvEntry[] = [];
  for (const assignment of assignments) {
    const form = blocks.has(assignment.line) ? 'block' : 'assignment';
    entries.push({ ...assignment, form });
  }
  for (const { text: name, line } of bare) {
    const value = reader.host.variable(name);
    const form = value === undefined ? 'missing' : 'inherited';
    entries.push({ name, value: value ?? '', line, form });
  }
  return entries.sort((one, other) => one.line - other.line);
}

/** Whether the text can be taken for a name. A line of a private key may look like one. */
function isNamed({ name, form }: EnvEntry): boolean {
  return NAME.test(name) && (form !== 'missing' || SURELY_A_NAME.test(name));
}

/**
 * Other ways to write a variable, and the end of a sentence about each. The sentence never quotes
 * the line.
 */
const OTHER_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\r$/, 'ends in a carriage return. Use LF line endings'],
  [/^\s*#/, 'begins with #, but env has no comments. Remove the line'],
  [/^\s*export\s/, 'begins with export. Write only NAME=value'],
  [/^\s*[{}[\]"',]/, 'looks like JSON. Write NAME=value, one per line, without quotes or commas'],
  [/^\s*(?:-\s|[A-Za-z_][\w.-]*:(?:\s|$))/, 'looks like YAML. Write NAME=value'],
  [
    /^\s*[A-Za-z_]\w*\s*$/,
    'has spaces around the name. Write NAME=value without spaces around the =',
  ],
];

const FOR_SEVERAL_LINES =
  '. For a value of several lines, write KEY<<EOF, then the lines, then EOF on a separate line';

/** What is wrong with a line that assigns no variable. */
function problemWithLine({ name, form }: EnvEntry, reader: InputReader): string {
  const shape = OTHER_SHAPES.find(([pattern]) => pattern.test(name));
  if (shape !== undefined && !NAME.test(name)) return shape[1];

  if (form === 'missing') {
    // At a prompt, a value has as many lines as it is given.
    const advice = reader.host.words.place === 'workflow' ? FOR_SEVERAL_LINES : '';
    return `is neither NAME=value nor the name of a variable that is set${advice}`;
  }
  return 'needs a name of letters, digits, and underscores that does not begin with a digit';
}

function problemWith({ name, value, form }: EnvEntry): string | undefined {
  const called = form === 'inherited' && !SURELY_A_NAME.test(name) ? 'the variable' : name;
  if (SHELL_NAMES.has(name) || BASH_NAMES.test(name)) {
    return `${called} is reserved by the shell. Choose another name, or set it in the command`;
  }
  if (POD_NAMES.has(name)) return `the pod sets ${called} itself. Choose another name`;
  if (form === 'missing') return `${called} has no value, and no variable of that name is set`;
  if (value.includes('\0')) return `${called} contains a NUL character, which no variable can have`;
  if (bytesOf(name, value) <= MAX_VARIABLE_BYTES) return undefined;

  const limit = `${MAX_VARIABLE_BYTES / 1024} KiB`;
  return `${called} is too long: name and value together must be smaller than ${limit}`;
}

/**
 * What to say about a value that is passed on unchanged, but may have been meant differently. What
 * is in a block is intentional.
 */
function doubtAbout({ value, form }: EnvEntry): string | undefined {
  if (form !== 'assignment') return undefined;
  if (/^(["']).*\1$/.test(value)) {
    return 'has quotes around its value, and they are part of it. Leave them out';
  }
  // A=1, B=2
  if (!/^[^,=]*,\s+[A-Z_][A-Z0-9_]*=/.test(value)) return undefined;
  return (
    'is a single variable: everything after the first = is its value. ' +
    'Write one NAME=value per line'
  );
}

function checkSize(variables: readonly EnvironmentVariable[], reader: InputReader): void {
  let bytes = 0;
  for (const { name, value } of variables) bytes += bytesOf(name, value);
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    reader.problem('env', `all variables together exceed ${MAX_ENVIRONMENT_BYTES / 1024} KiB`);
  }
}

/** As the kernel counts: `NAME=value` and a NUL. */
function bytesOf(name: string, value: string): number {
  return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}

const MAY_BE_ELSEWHERE =
  'A secret or variable that sets it may not exist, or may belong to an environment that the job ' +
  'does not name. Then add environment: NAME next to runs-on. If it may be empty, write ' +
  'NAME<<EOF and a line EOF.';

/**
 * A secret that a job may not read is empty. At a prompt or in a block, an empty value is
 * intentional.
 */
function warnOfEmpty(variables: readonly EnvEntry[], reader: InputReader): void {
  const empty = variables.filter(({ value, form }) => value === '' && form !== 'block');
  if (empty.length === 0 || reader.host.words.place === 'prompt') return;

  const names = empty.map(shownName).join(', ');
  const are = empty.length === 1 ? 'is' : 'are';
  reader.warn('env', `${names} ${are} empty. ${MAY_BE_ELSEWHERE}`);
}
