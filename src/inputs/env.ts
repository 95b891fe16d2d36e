import { readFileCommand, type Assignment } from '../pod/file-command.ts';
import { FACT_NAMES, POD_NAMES, type EnvironmentVariable } from '../pod/variables.ts';
import type { InputReader } from './reader.ts';

/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h), the limit for `NAME=value`
 * with its NUL, in bytes of UTF-8. With a longer variable, the pod could not start any program
 * (E2BIG).
 */
export const MAX_VARIABLE_BYTES = 131_072;

/**
 * All variables together, in bytes. Linux gives arguments and environment 2 MiB, a quarter of the
 * usual stack.
 */
export const MAX_ENVIRONMENT_BYTES = 1_572_864;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SURELY_A_NAME = /^[A-Z0-9_]+$/;

/**
 * Names that bash (5.2), dash, or busybox sh (1.37) sets itself, empties, or refuses, found by
 * trying every name in their binaries; and `PATH`, without which no program is found.
 */
const SHELLS_OWN = new Set(
  `_ BASH BASHOPTS BASHPID COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD IFS LINENO OLDPWD
  OPTARG OPTERR OPTIND PATH PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS4 PWD RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID`.split(
    /\s+/,
  ),
);
const BASHS_OWN = /^BASH_(?!ENV$)/;
const PODS_OWN: ReadonlySet<string> = new Set([...FACT_NAMES, ...POD_NAMES]);

/**
 * A variable as given. It has no value if it is only a `NAME`, and the caller's environment lacks
 * it.
 */
type GivenVariable = Omit<Assignment, 'value'> & {
  readonly value: string | undefined;
  readonly isBare: boolean;
};

/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, or just `NAME` for one of the caller's own
 * variables. Returns each name once: the last one wins, as in `$GITHUB_ENV`. Problems and warnings
 * never show a value.
 */
export function readEnv(reader: InputReader): EnvironmentVariable[] {
  const text = reader.untrimmed('env');
  const lines = text.split('\n');
  const { given, malformed } = readBlocks(text, reader);
  const at = (line: number) => `line ${line}`;
  // At a prompt, a value has as many lines as it is given.
  const advice = reader.host.words.place === 'workflow' ? FOR_SEVERAL_LINES : '';
  const problems = malformed.map(({ line, problem }) => ({
    line,
    sentence: `${at(line)} ${problem}`,
  }));
  const variables = new Map<string, string>();
  const empty = new Set<string>();
  let noAssignment = -1;
  for (const entry of given) {
    const { name, value = '', line } = entry;
    if (isNamed(entry)) {
      const problem = problemWith(entry);
      if (problem !== undefined) problems.push({ line, sentence: `${at(line)}: ${problem}` });
      else variables.set(name, value);
      // Quotes in a block are intentional, and so is a block without lines.
      const isBlock = !entry.isBare && !lines[line - 1]?.startsWith(`${name}=`);
      if (value === '' && !isBlock) empty.add(name);
      else empty.delete(name);
      const doubt = isBlock || entry.isBare ? undefined : doubtAbout(value);
      if (doubt !== undefined) reader.warn('env', `${at(line)} (${name}) ${doubt}`);
      continue;
    }
    // Consecutive lines may be a single value without its delimiter, so one problem is enough.
    if (noAssignment !== line - 1)
      problems.push({ line, sentence: `${at(line)} ${problemWithLine(entry, advice)}` });
    noAssignment = line;
  }
  warnOfEmpty([...empty], reader);
  for (const { sentence } of problems.sort((a, b) => a.line - b.line))
    reader.problem('env', sentence);
  if (
    [...variables].reduce((sum, variable) => sum + bytesOf(...variable), 0) > MAX_ENVIRONMENT_BYTES
  ) {
    reader.problem('env', `all variables together exceed ${MAX_ENVIRONMENT_BYTES / 1024} KiB`);
  }
  return [...variables].map(([name, value]) => ({ name, value }));
}

const MAY_BE_ELSEWHERE =
  'A secret or variable that sets it may not exist, or may belong to an environment that the job does not name. Then add environment: NAME next to runs-on. If it may be empty, write NAME<<EOF and a line EOF.';

/**
 * A secret that a job may not read is empty. At a prompt, whoever writes an empty value means it.
 */
function warnOfEmpty(names: readonly string[], reader: InputReader): void {
  if (names.length === 0 || reader.host.words.place === 'prompt') return;
  const are = names.length === 1 ? 'is' : 'are';
  reader.warn('env', `${names.join(', ')} ${are} empty. ${MAY_BE_ELSEWHERE}`);
}

function readBlocks(text: string, { host }: InputReader) {
  const { assignments, bare, malformed } = readFileCommand(text);
  const given: GivenVariable[] = [
    ...assignments.map((entry) => ({ ...entry, isBare: false })),
    ...bare.map(({ text: name, line }) => ({
      name,
      value: host.variable(name),
      line,
      isBare: true,
    })),
  ];
  return { given: given.sort((a, b) => a.line - b.line), malformed };
}

/** Whether the text can be shown as a name. A line of a private key may look like one. */
function isNamed({ name, value, isBare }: GivenVariable): boolean {
  return NAME.test(name) && (!isBare || value !== undefined || SURELY_A_NAME.test(name));
}

const FOR_SEVERAL_LINES =
  '. For a value of several lines, write KEY<<EOF, then the lines, then EOF on a separate line';

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

/**
 * What is wrong with a line that assigns no variable: the end of a sentence that begins with "line
 * 2".
 */
function problemWithLine({ name, isBare }: GivenVariable, more: string): string {
  const shape = NAME.test(name) ? undefined : OTHER_SHAPES.find(([begin]) => begin.test(name))?.[1];
  if (shape !== undefined) return shape;
  if (isBare) return `is neither NAME=value nor the name of a variable that is set${more}`;
  return 'needs a name of letters, digits, and underscores that does not begin with a digit';
}

function problemWith({ name, value, isBare }: GivenVariable): string | undefined {
  const called = isBare && !SURELY_A_NAME.test(name) ? 'the variable' : name;
  if (SHELLS_OWN.has(name) || BASHS_OWN.test(name)) {
    return `${called} is reserved by the shell. Choose another name, or set it in the command`;
  }
  if (PODS_OWN.has(name)) return `the pod sets ${called} itself. Choose another name`;
  if (value === undefined) return `${called} has no value, and no variable of that name is set`;
  if (value.includes('\0')) return `${called} contains a NUL character, which no variable can have`;
  if (bytesOf(name, value) <= MAX_VARIABLE_BYTES) return undefined;
  return `${called} is too long: name and value together must be smaller than ${MAX_VARIABLE_BYTES / 1024} KiB`;
}

/** What to say about a value that is passed on unchanged, but may have been meant differently. */
function doubtAbout(value: string): string | undefined {
  if (/^(["']).*\1$/.test(value))
    return 'has quotes around its value, and they are part of it. Leave them out';
  if (!/^[^,=]*,\s+[A-Z_][A-Z0-9_]*=/.test(value)) return undefined;
  return 'is a single variable: everything after the first = is its value. Write one NAME=value per line';
}

/** As the kernel counts: `NAME=value` and a NUL. */
function bytesOf(name: string, value: string): number {
  return Buffer.byteLength(name) + 1 + Buffer.byteLength(value) + 1;
}
