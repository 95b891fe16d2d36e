import path from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { quote } from '../../pod/variables.ts';
import { nearestName, plainPath } from '../../text/nearest.ts';
import { OPTIONS, type Option } from './options.ts';

/** What the arguments say about a command to run, or an earlier one to wait for. */
export type CommandLine = {
  readonly kind: 'run';
  /** The action's inputs that were given, by name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The prompt's own options that were given, by name. A switch has an empty value. */
  readonly options: ReadonlyMap<string, string>;
  /** Sentences about arguments that are valid, but may not be what the user meant. */
  readonly warnings: readonly string[];
};

/** What is wrong with the arguments, in sentences. */
type Mistakes = {
  readonly kind: 'mistakes';
  readonly mistakes: readonly string[];
  /** Whether the arguments ask for an earlier command, even without its id. It may have run. */
  readonly hasCommandId: boolean;
};

/** The options that were given, by name, each with all of its values. */
type GivenOptions = ReadonlyMap<string, readonly string[]>;

/**
 * Reads what the arguments ask for. Options end at `--` or at the first word that is not one.
 * Everything after that is the command, unchanged.
 */
export function readArguments(
  args: readonly string[],
  isFile: (path: string) => boolean,
): { kind: 'help' | 'version' } | Mistakes | CommandLine {
  const { given, named, misused, words, isMarked } = divide(args);
  if (given.has('help')) return { kind: 'help' };
  if (given.has('version')) return { kind: 'version' };

  const files = given.get('files') ?? [];
  const mistakes = [
    ...misused,
    ...emptyValues(given),
    ...mistakesInCommand(given, named, words, isMarked, isFile),
    ...files.flatMap(outsideFolder),
    ...(given.get('env') ?? []).flatMap(namelessVariable),
    ...(given.get('output') ?? []).flatMap(otherFormat),
    ...(given.get('id-token-env') ?? []).flatMap(tokenItself),
    ...tokenAlone(given),
  ];
  if (mistakes.length > 0) {
    return { kind: 'mistakes', mistakes, hasCommandId: named.has('command-id') };
  }

  const { inputs, options } = sortOptions(given);
  if (words.length > 0) inputs.set('command', words.map(quote).join(' '));
  const command = inputs.get('command') ?? '';
  const warnings = files.flatMap((pattern) => flattenedByAz(pattern, command));
  return { kind: 'run', inputs, options, warnings };
}

/** Divides the arguments into options with their values, and the words after them. */
function divide(args: readonly string[]) {
  // In strict mode, `parseArgs` throws errors that are written for programmers.
  const { tokens } = parseArgs({
    args: [...args],
    options: parseConfig(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const given = new Map<string, string[]>();
  // All options that were typed, with a valid value or not.
  const named = new Set<string>();
  const misused: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') break;

    const { name, rawName, value, inlineValue = false } = token;
    const option = OPTIONS.find((one) => namesOf(one).includes(name));
    if (option === undefined) {
      misused.push(unknownOption(name, rawName));
      continue;
    }
    const noTerminal = refusedTerminal(option, value, inlineValue);
    if (noTerminal === undefined) named.add(option.name);

    const mistake = noTerminal ?? misusedOption(option, rawName, value, inlineValue);
    if (mistake !== undefined) {
      misused.push(mistake);
      continue;
    }
    const earlier = given.get(option.name) ?? [];
    given.set(option.name, [...earlier, value ?? '']);
  }

  const end = tokens.find(({ kind }) => kind !== 'option');
  const isMarked = end?.kind === 'option-terminator';
  const begin = end?.index ?? args.length;
  const words = args.slice(isMarked ? begin + 1 : begin);
  return { given, named, misused, words, isMarked };
}

/**
 * All names of options, as `parseArgs` takes them. A letter belongs to the name, not to its
 * aliases.
 */
function parseConfig(): ParseArgsOptionsConfig {
  const config: ParseArgsOptionsConfig = {};
  for (const { name, letter, aliases = [], value } of OPTIONS) {
    const type = value === undefined ? 'boolean' : 'string';
    for (const alias of aliases) config[alias] = { type, multiple: true };
    config[name] = { type, multiple: true };
    if (letter !== undefined) config[name].short = letter;
  }
  return config;
}

function namesOf({ name, aliases = [] }: Option): string[] {
  return [name, ...aliases];
}

/** Sorts options into inputs of the action and options of the prompt alone. */
function sortOptions(given: GivenOptions) {
  const inputs = new Map<string, string>();
  const options = new Map<string, string>();
  for (const option of OPTIONS) {
    const values = given.get(option.name);
    if (values === undefined) continue;
    if (option.input === undefined) options.set(option.name, values.at(-1) ?? '');
    else inputs.set(option.input, inputText(option, values));
  }
  return { inputs, options };
}

/** What an option sets its input to: one line for each value if it repeats, else the last one. */
function inputText(option: Option, values: readonly string[]): string {
  if (option.sets !== undefined) return option.sets;
  if (option.name === 'env') return values.map(entryOfEnv).join('\n');
  return option.repeats === true ? values.join('\n') : (values.at(-1) ?? '');
}

/** One variable as the input `env` takes it: a line, or a block if its value has line breaks. */
function entryOfEnv(variable: string): string {
  const [name = '', ...rest] = variable.split('=');
  const value = rest.join('=');
  const lines = value.split('\n');
  if (lines.length === 1) return variable;

  let delimiter = 'EOF';
  while (lines.includes(delimiter)) delimiter += '_';
  return `${name}<<${delimiter}\n${value}\n${delimiter}`;
}

/** What is wrong with `-it`, typed out of habit from docker and kubectl. It does not mean `-i t`. */
function refusedTerminal(
  option: Option,
  value: string | undefined,
  isInSameWord: boolean,
): string | undefined {
  const isTerminal = option.name === 'command-id' && isInSameWord && /^t+$/.test(value ?? '');
  return isTerminal ? `-i${value} is not an option here. ${NO_TERMINAL}` : undefined;
}

/** What a private key begins with. */
const SURELY_NO_OPTION = '---';

/** @param rawName the option as it was written: `-n`, `--cluster` */
function misusedOption(
  option: Option,
  rawName: string,
  value: string | undefined,
  isInSameWord: boolean,
): string | undefined {
  if (option.value === undefined) {
    return value === undefined ? undefined : `${rawName} takes no value. Leave out =${value}.`;
  }
  const needsValue = `${rawName} needs a value: ${rawName} ${option.value}.`;
  if (value === undefined) return needsValue;
  if (isInSameWord || !value.startsWith('-') || value === '-') return undefined;

  // A value of `--env` may be a secret, such as a private key, which begins with dashes.
  if (option.name === 'env' || value.startsWith(SURELY_NO_OPTION)) return needsValue;

  const joined = rawName.startsWith('--') ? `${rawName}=${value}` : `${rawName}${value}`;
  return `${rawName} needs a value. If you mean ${value}, write ${quote(joined)}.`;
}

function unknownOption(name: string, rawName: string): string {
  // It may be a value, such as a private key, after an option that does not exist.
  if (rawName.startsWith(SURELY_NO_OPTION)) {
    return 'A word that begins with three dashes is not an option.';
  }

  const instead = INSTEAD.get(name);
  if (instead !== undefined) return `${rawName} is not an option here. ${instead}`;

  const near = nearestName(name, OPTIONS.flatMap(namesOf));
  const advice = near === undefined ? 'See aks-run-command --help.' : `Did you mean --${near}?`;
  return `${rawName} is not an option. ${advice}`;
}

function emptyValues(given: GivenOptions): string[] {
  const hasEmptyValue = ({ name, value }: Option) =>
    value !== undefined && given.get(name)?.some((one) => one.trim() === '');
  return OPTIONS.filter(hasEmptyValue).map(
    ({ name }) =>
      `--${name} is empty. If its value comes from a variable, check that the variable is set.`,
  );
}

/** The value may be a secret, and a piece of it may look like a name, so nothing of it is shown. */
function namelessVariable(variable: string, index: number): string[] {
  if (variable.trim() === '' || /^[A-Za-z_]\w*(?:=|$)/.test(variable)) return [];
  return [
    `--env number ${index + 1} is neither NAME=value nor NAME. ` +
      'A name has letters, digits, and underscores, and does not begin with a digit.',
  ];
}

function otherFormat(format: string): string[] {
  if (format === 'json') return [];
  return [
    `-o ${format} is not an option here. The only format is json. ` +
      'Without -o, stdout is the output of the command.',
  ];
}

/** A token begins like this: it is JSON in base64. It is a secret, so it is not shown. */
function tokenItself(name: string): string[] {
  if (!name.startsWith('eyJ')) return [];
  return ['--id-token-env needs the name of the variable that holds the ID token, not the token.'];
}

function tokenAlone(given: GivenOptions): string[] {
  if (!given.has('id-token-env') || given.has('client-id')) return [];
  return [
    '--id-token-env needs --client-id and --tenant-id: the application that the token stands for.',
  ];
}

/** What is wrong with the command, or with how it was given. */
function mistakesInCommand(
  given: GivenOptions,
  named: ReadonlySet<string>,
  words: readonly string[],
  isMarked: boolean,
  isFile: (path: string) => boolean,
): string[] {
  // After `--`, no word is doubted.
  if (isMarked) return notOneCommand(named, words);

  const expanded = expandedByShell(given.get('files') ?? [], words[0], isFile);
  if (expanded.length > 0) return expanded;
  return [...notOneCommand(named, words), ...doubtfulCommand(given, words)];
}

/** There are four ways to give a command, or an earlier one, and exactly one of them is needed. */
function notOneCommand(named: ReadonlySet<string>, words: readonly string[]): string[] {
  const found = ['command', 'script', 'command-id']
    .filter((name) => named.has(name))
    .map((name) => `--${name}`);
  if (words.length > 0) found.push('words after the options');
  if (found.length > 1) return [`${found.join(' and ')} cannot be combined. Use one of them.`];
  if (found.length === 1) return [];
  return [
    'There is no command to run. ' +
      'Write it after the options, or use --command, --script, or --command-id.',
  ];
}

const NO_TERMINAL =
  'The command has no terminal and no stdin: AKS runs it and returns its output when it ends.';
const IN_JSON =
  'It has no meaning at a prompt. For step outputs and the summary, use -o json or --result.';

/**
 * What to use instead of options of `az` and of kubectl that do not exist here, and instead of each
 * input of the action that has no option.
 */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['v', 'For the version, use --version.'],
  ['query', 'Use -o json, and pipe it to jq.'],
  ['t', NO_TERMINAL],
  ['tty', NO_TERMINAL],
  ['stdin', NO_TERMINAL],
  ['run', 'For a script, use --command.'],
  ['wait', 'It waits by default. To submit the command only, use --no-wait.'],
  ['allowed-exit-codes', "The exit code is the command's own. Test it in your shell."],
  ['mask-outputs', IN_JSON],
  ['summary', IN_JSON],
]);

/**
 * Finds a word after `--files` that is another file in this folder: the shell has expanded the
 * pattern, and the word would become the command. A name without a dot or a slash may be a
 * program's, and a file that is sent can be run.
 */
function expandedByShell(
  files: readonly string[],
  word: string | undefined,
  isFile: (path: string) => boolean,
): string[] {
  const file = files.at(-1);
  if (file === undefined || word === undefined) return [];

  const isPattern = /[*?[{]/.test(file);
  const named = plainPath(word);
  const isPath = /[./]/.test(named);
  if (isPattern || !isPath || !isFile(word)) return [];
  const isSent = files.map(plainPath).some((sent) => `${named}/`.startsWith(`${sent}/`));
  if (isSent) return [];

  const both = `${quote(file)} and ${quote(word)}`;
  return [
    `${both} look like one pattern that your shell has expanded. Quote it, or repeat --files. ` +
      `If ${quote(word)} is the command, put -- before it.`,
  ];
}

/** Mistakes that the words after the options suggest. */
function doubtfulCommand(given: GivenOptions, words: readonly string[]): string[] {
  const [word = ''] = words;
  if (given.size === 0 && words.length === 1 && (word === 'help' || word === 'version')) {
    return [`There are no subcommands here. Use --${word}.`];
  }

  const subcommand = subcommandOfAz(words);
  return subcommand.length > 0 ? subcommand : [...oneWord(words), ...misplaced(given, words)];
}

/** `az aks command invoke`, or the end of it, out of habit. */
function subcommandOfAz(words: readonly string[]): string[] {
  const at = words.findIndex((word) => word === 'invoke' || word === 'result');
  const typed = words.slice(0, at + 1).join(' ');
  if (at < 0 || !`az aks command ${words[at] ?? ''}`.endsWith(typed)) return [];

  const instead =
    words[at] === 'invoke'
      ? 'The options come first, and then the command.'
      : 'For the result of an earlier command, use --command-id ID.';
  return [
    `There are no subcommands here. Leave out ${typed}. ${instead} ` +
      'If it is a program, put -- before it.',
  ];
}

/**
 * Options after the command that were probably meant for aks-run-command: either no program usually
 * found in the pod has them, or the cluster is unknown without them.
 */
function misplaced(given: GivenOptions, words: readonly string[]): string[] {
  const clusters = given.get('cluster') ?? [];
  const isResourceId = clusters.some((cluster) => cluster.includes('/'));
  const suspects = [...OURS_ALONE];
  if (clusters.length === 0) suspects.push('-n', '--name', '--cluster');
  if (!isResourceId && !given.has('resource-group')) suspects.push('-g', '--resource-group');

  // What follows another `--` belongs to a program that the command starts.
  const end = words.indexOf('--');
  const own = words.slice(1, end < 0 ? words.length : end);
  const found = own
    .map((word) => word.replace(/=.*/s, ''))
    .filter((word) => suspects.includes(word));
  if (found.length === 0) return [];

  const options = found.join(' and ');
  const belong = found.length === 1 ? 'belongs' : 'belong';
  const are = found.length === 1 ? 'is' : 'are';
  return [
    `${options} after the command ${belong} to the command. ` +
      'Put the options of aks-run-command before the command. ' +
      `If ${options} ${are} meant for the command, put -- before the command.`,
  ];
}

/** Long options that kubectl, helm, and the tools of a shell do not have. */
const OURS_ALONE: readonly string[] = OPTIONS.flatMap(namesOf)
  .filter((name) => name.includes('-') && name !== 'dry-run')
  .map((name) => `--${name}`);

/** A whole command line in one word would be the name of a program. */
function oneWord(words: readonly string[]): string[] {
  const [word = ''] = words;
  if (words.length !== 1 || !/\s/.test(word)) return [];
  return [
    `${quote(word)} is one word, so it would be the name of a program. ` +
      `For a script, use --command ${quote(word)}. If there is such a program, put -- before it.`,
  ];
}

function outsideFolder(pattern: string): string[] {
  if (!pattern.split(/[\\/]/).includes('..')) return [];
  return [
    `--files ${quote(pattern)} leads out of the folder. ` +
      'To send files from elsewhere, use --working-directory.',
  ];
}

/**
 * `az` puts each file into the root of the pod's folder, so a command written for `az` uses the
 * base name.
 */
function flattenedByAz(pattern: string, command: string): string[] {
  const file = plainPath(pattern);
  const base = path.posix.basename(file);
  if (!/^[^!*?[{]+$/.test(file) || base === file) return [];
  const called = command.split(/[\s'"=;|&()<>]+/).map(plainPath);
  if (called.includes(file) || !called.includes(base)) return [];
  return [
    `${file} keeps its path in the pod, where az would have put it at ${base}. ` +
      `Call it ${file} in the command.`,
  ];
}
