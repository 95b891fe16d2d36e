import { POD_NAMES, shownName, SURELY_A_NAME, type EnvironmentVariable } from '../pod/variables.ts';
import { readFileCommand, type Assignment, type FileCommandLines } from '../text/file-command.ts';
import { joined, say, type Text } from '../text/say.ts';
import type { InputReader } from './reader.ts';

/**
 * Linux's `MAX_ARG_STRLEN` (32 pages, include/uapi/linux/binfmts.h), the limit for `NAME=value`
 * with its NUL, in bytes of UTF-8. With a longer variable, the pod could not start any program
 * (E2BIG).
 */
const MAX_VARIABLE_BYTES = 131_072;

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

/**
 * A line or block of the input. At a prompt, `line` says which `--env` it is, however many lines its
 * value has.
 */
type EnvEntry = Assignment & {
  /**
   * `NAME=value`, `NAME<<DELIMITER`, or only `NAME`: a variable that the caller has, or one that is
   * missing there and so has an empty value.
   */
  readonly form: 'assignment' | 'block' | 'inherited' | 'missing';
};

/**
 * Reads the input `env`: the grammar of `$GITHUB_ENV`, or just `NAME` for one of the caller's own
 * variables. Returns each name once: the last one wins, as in `$GITHUB_ENV`. Problems and warnings
 * never show a value.
 */
export function readEnv(reader: InputReader): EnvironmentVariable[] {
  const { malformed, ...found } = readFileCommand(reader.untrimmed('env'));
  const variables = new Map<string, EnvEntry>();
  const unit = reader.host.words.isStep ? say`line` : say`number`;
  const problems = malformed.map(({ line, problem }) => ({
    line,
    text: say`${unit} ${line} ${problem}.`,
  }));

  // At a prompt, a value has as many lines as it is given.
  const forSeveralLines = reader.host.words.isStep ? FOR_SEVERAL_LINES : say``;
  let lastNameless = -1;
  for (const entry of entriesOf(found, reader)) {
    const { name, line } = entry;
    if (!isNamed(entry)) {
      // Consecutive ones may be a single value without its delimiter: only the first is reported.
      const text = say`${unit} ${line} ${likeYaml(name) ?? NAMELESS} ${forSeveralLines}`;
      if (lastNameless !== line - 1) problems.push({ line, text });
      lastNameless = line;
      continue;
    }

    const problem = problemWith(entry, reader);
    if (problem === undefined) variables.set(name, entry);
    else problems.push({ line, text: say`${unit} ${line}: ${problem}` });

    const doubt = doubtAbout(entry, reader);
    if (doubt !== undefined) reader.warn('env', say`${unit} ${line} (${name}) ${doubt}`);
  }

  problems.sort((one, other) => one.line - other.line);
  for (const { text } of problems) reader.problem('env', text);
  warnOfEmpty([...variables.values()], reader);
  return Array.from(variables.values(), ({ name, value }) => ({ name, value }));
}

/** All entries, in the order of their lines. */
function entriesOf(
  { assignments, blocks, bare }: Pick<FileCommandLines, 'assignments' | 'blocks' | 'bare'>,
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
  entries.sort((one, other) => one.line - other.line);
  if (reader.host.words.isStep) return entries;
  return entries.map((entry, index) => ({ ...entry, line: index + 1 }));
}

/** Whether the text can be taken for a name. A line of a private key may look like one. */
function isNamed({ name, form }: EnvEntry): boolean {
  return NAME.test(name) && (form !== 'missing' || SURELY_A_NAME.test(name));
}

const NAMELESS = say`
  is neither ${'NAME=value'} nor the name of a variable that is set. A name has letters, digits, and
  underscores, with no digit first and no spaces around it.
`;

/** What is wrong with a line of a YAML list, `- NAME=value`, or of a mapping, `NAME: value`. */
function likeYaml(name: string): Text | undefined {
  if (/^- +[A-Za-z_]/.test(name)) return say`begins with a dash. Leave it out: ${'NAME=value'}.`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*:(?:\s|$)/.test(name)) return undefined;
  return say`has a colon after the name. Use an equals sign: ${'NAME=value'}.`;
}

const FOR_SEVERAL_LINES = say`
  For a multiline value, write ${'NAME<<EOF'}, then the lines, then ${'EOF'} on a separate line.
`;

const IN_STEP = say`Set it in the step's own ${'env:'}, next to ${'with:'}.`;

function problemWith({ name, value, form }: EnvEntry, reader: InputReader): Text | undefined {
  if (SHELL_NAMES.has(name) || BASH_NAMES.test(name)) {
    return say`${name} is reserved by the shell. Choose another name, or set it in the command.`;
  }
  if (POD_NAMES.has(name)) return say`the pod sets ${name} itself. Choose another name.`;
  if (form === 'missing') {
    const remedy = reader.host.words.isStep ? IN_STEP : say``;
    return say`${name} has no value, and no variable with that name is set. ${remedy}`;
  }

  // As the kernel counts: `NAME=value` and a NUL.
  if (Buffer.byteLength(`${name}=${value}`) + 1 <= MAX_VARIABLE_BYTES) return undefined;
  const limit = MAX_VARIABLE_BYTES / 1024;
  return say`${name} is too long: name and value together must be smaller than ${limit} KiB.`;
}

const IN_QUOTES = say`has quotes around its value, and they are part of it. Leave them out.`;

const IN_LIST = say`sets one variable, although its value has a comma and another ${'NAME='}.`;

/** What may have been meant otherwise, as the end of a sentence. What is in a block is intentional. */
function doubtAbout({ value, form }: EnvEntry, reader: InputReader): Text | undefined {
  if (form !== 'assignment') return undefined;
  if (/^(["']).*\1$/.test(value)) return IN_QUOTES;
  if (!/, +[A-Z_][A-Z\d_]*=/.test(value)) return undefined;

  const { isStep } = reader.host.words;
  const place = isStep ? say`a line` : say`an ${reader.label('env')}`;
  return say`${IN_LIST} Give each variable ${place} of its own.`;
}

const MAY_BE_ELSEWHERE = say`
  A secret or variable that sets it may not exist, or may belong to an environment that the job does
  not name. In that case, add ${'environment: NAME'} next to ${'runs-on'}. If an empty value is
  intended, write ${'NAME<<EOF'} and, on the next line, ${'EOF'}.
`;

/**
 * A secret that a job may not read is empty. At a prompt or in a block, an empty value is
 * intentional.
 */
function warnOfEmpty(variables: readonly EnvEntry[], reader: InputReader): void {
  const empty = variables.filter(({ value, form }) => value === '' && form !== 'block');
  if (empty.length === 0 || !reader.host.words.isStep) return;

  const names = joined(empty.map(nameInSentence), ', ');
  const are = empty.length === 1 ? say`is` : say`are`;
  reader.warn('env', say`${names} ${are} empty. ${MAY_BE_ELSEWHERE}`);
}

function nameInSentence(variable: EnvironmentVariable): Text {
  return shownName(variable) === variable.name ? say`${variable.name}` : say`a variable`;
}
