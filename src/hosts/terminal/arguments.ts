import path from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { quote } from '../../pod/variables.ts';
import { nearestName, plainPath } from '../../text/nearest.ts';
import { SWITCHES } from '../words.ts';
import { optionNamed, OPTIONS, type Option } from './options.ts';

/** A command to run, or an earlier one to wait for. */
export type Request = {
  readonly kind: 'run';
  /** The action's inputs that were given, by name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The prompt's own options that were given, by name. A switch has an empty value. */
  readonly options: ReadonlyMap<string, string>;
  /** Sentences about arguments that are valid, but may not be what the user meant. */
  readonly warnings: readonly string[];
};

type GivenOption = { readonly option: Option; readonly value: string };

/** The arguments, divided: options with their values, and the words behind them. */
type Divided = {
  readonly given: readonly GivenOption[];
  readonly mistakes: readonly string[];
  readonly words: readonly string[];
  /** Whether `--` separates the two, so that every word belongs to the command. */
  readonly isMarked: boolean;
};

/**
 * Reads what the arguments ask for. Options end at `--` or at the first word that is not one.
 * Everything after that is the command, unchanged. Each of the `mistakes` is a sentence.
 */
export function readArguments(
  args: readonly string[],
  isFile: (path: string) => boolean,
): { kind: 'help' | 'version' } | { kind: 'mistakes'; mistakes: readonly string[] } | Request {
  const divided = divide(args);
  const { given, words } = divided;
  if (valuesOf('help', given).length > 0) return { kind: 'help' };
  if (valuesOf('version', given).length > 0) return { kind: 'version' };

  const mistakes = [
    ...divided.mistakes,
    ...given.flatMap(emptyValue),
    ...mistakesInCommand(divided, isFile),
    ...valuesOf('files', given).flatMap(outsideFolder),
    ...valuesOf('env', given).flatMap(namelessVariable),
    ...valuesOf('output', given).flatMap(otherFormat),
    ...clientlessToken(given),
  ];
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };

  const { inputs, options } = sorted(given);
  if (words.length > 0) inputs.set('command', words.map(quote).join(' '));
  const command = inputs.get('command') ?? '';
  const warnings = valuesOf('files', given).flatMap((pattern) => flattenedByAz(pattern, command));
  return { kind: 'run', inputs, options, warnings };
}

function valuesOf(name: string, given: readonly GivenOption[]): string[] {
  return given.filter(({ option }) => option.name === name).map(({ value }) => value);
}

/** Sorts options into inputs of the action and options of the prompt alone. */
function sorted(given: readonly GivenOption[]): {
  inputs: Map<string, string>;
  options: Map<string, string>;
} {
  const inputs = new Map<string, string>();
  const options = new Map<string, string>();
  for (const { option, value } of given) {
    if (option.input === undefined) options.set(option.name, value);
    else inputs.set(option.input, inputText(option, option.input, value, inputs));
  }
  return { inputs, options };
}

/**
 * An input after one more option: what the option says, below what earlier ones said if it repeats.
 */
function inputText(
  option: Option,
  input: string,
  value: string,
  before: ReadonlyMap<string, string>,
): string {
  const text = option.name === 'env' ? entryOfEnv(value) : (SWITCHES[input]?.value ?? value);
  const earlier = before.get(input);
  return option.repeats === undefined || earlier === undefined ? text : `${earlier}\n${text}`;
}

/** One variable as the input `env` takes it: a line, or a block if its value has line breaks. */
function entryOfEnv(given: string): string {
  const [name = '', ...rest] = given.split('=');
  const value = rest.join('=');
  const lines = value.split('\n');
  if (lines.length === 1) return given;

  let delimiter = 'EOF';
  while (lines.includes(delimiter)) delimiter += '_';
  return `${name}<<${delimiter}\n${value}\n${delimiter}`;
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

function divide(args: readonly string[]): Divided {
  // In strict mode, it throws errors that are written for programmers.
  const { tokens } = parseArgs({
    args: [...args],
    options: parseConfig(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given: GivenOption[] = [];
  const mistakes: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') {
      const isMarked = token.kind === 'option-terminator';
      return { given, mistakes, words: args.slice(token.index + (isMarked ? 1 : 0)), isMarked };
    }
    const option = optionNamed(token.name);
    const mistake =
      option === undefined
        ? unknownOption(token.rawName, token.name)
        : misusedOption(option, token);
    if (mistake !== undefined) mistakes.push(mistake);
    else if (option !== undefined) given.push({ option, value: token.value ?? '' });
  }
  return { given, mistakes, words: [], isMarked: false };
}

/** An option as it was written. */
type OptionToken = {
  /** `-n`, `--cluster`. */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** Whether the value is in the same word. */
  readonly inlineValue?: boolean | undefined;
};

function misusedOption(
  option: Option,
  { rawName, value, inlineValue }: OptionToken,
): string | undefined {
  if (option.value === undefined)
    return value === undefined ? undefined : `${rawName} takes no value. Leave out =${value}.`;
  if (value === undefined) return `${rawName} needs a value: ${rawName} ${option.value}.`;
  if (option.name === 'command-id' && inlineValue === true && /^t+$/.test(value))
    return `-i${value} is not an option here. ${INSTEAD.get('t')}`;
  if (inlineValue === true || !value.startsWith('-') || value === '-') return undefined;

  const joined = rawName.startsWith('--') ? `${rawName}=` : rawName;
  return `${rawName} needs a value. If you mean ${value}, write ${quote(joined + value)}.`;
}

function unknownOption(spelled: string, name: string): string {
  const instead = INSTEAD.get(name);
  if (instead !== undefined) return `${spelled} is not an option here. ${instead}`;

  const names = OPTIONS.flatMap((option) => [option.name, ...(option.aliases ?? [])]);
  const near = nearestName(name, names);
  const advice = near === undefined ? 'See aks-run-command --help.' : `Did you mean --${near}?`;
  return `${spelled} is not an option. ${advice}`;
}

function emptyValue({ option, value }: GivenOption): string[] {
  if (option.value === undefined || value.trim() !== '') return [];
  return [
    `--${option.name} is empty. If its value comes from a variable, check that the variable is set.`,
  ];
}

/** The value may be a secret, and a piece of it may look like a name, so nothing of it is shown. */
function namelessVariable(given: string, index: number): string[] {
  if (given.trim() === '' || /^[A-Za-z_]\w*(?:=|$)/.test(given)) return [];
  return [
    `--env number ${index + 1} is neither NAME=value nor NAME. A name has letters, digits, and underscores, and does not begin with a digit.`,
  ];
}

function otherFormat(format: string): string[] {
  if (format === 'json') return [];
  return [`-o ${format} is not an option here. ${INSTEAD.get('output')}`];
}

function clientlessToken(given: readonly GivenOption[]): string[] {
  const isAlone =
    valuesOf('id-token-env', given).length > 0 && valuesOf('client-id', given).length === 0;
  if (!isAlone) return [];
  return [
    '--id-token-env needs --client-id and --tenant-id: the application that the token stands for.',
  ];
}

/** What is wrong with the command, or with how it was given. After `--`, no word is doubted. */
function mistakesInCommand(
  { given, words, isMarked }: Divided,
  isFile: (path: string) => boolean,
): string[] {
  if (isMarked) return ways(given, words);
  const expanded = expandedByShell(valuesOf('files', given), words[0], isFile);
  if (expanded.length > 0) return expanded;
  return [...ways(given, words), ...doubtfulCommand(given, words)];
}

/** The four ways to say what to do exclude each other. */
function ways(given: readonly GivenOption[], words: readonly string[]): string[] {
  const names = ['command', 'script', 'command-id'];
  const found = names.filter((name) => valuesOf(name, given).length > 0).map((name) => `--${name}`);
  if (words.length > 0) found.push('words after the options');
  if (found.length > 1) return [`${found.join(' and ')} cannot be combined. Use one of them.`];
  if (found.length === 1) return [];
  return [
    'There is no command to run. Write it after the options, or use --command, --script, or --command-id.',
  ];
}

const NO_TERMINAL =
  'The command has no terminal and no stdin: AKS runs it and returns its output when it ends.';
const IN_JSON =
  'It has no meaning at a prompt. For step outputs and the summary, use -o json or --result.';

/** What to use instead of options of `az`, of kubectl, and of the action that do not exist here. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['output', 'The only format is json. Without -o, stdout is the output of the command.'],
  ['v', 'For the version, use --version.'],
  ['query', 'Use -o json, and pipe it to jq.'],
  ['t', NO_TERMINAL],
  ['tty', NO_TERMINAL],
  ['stdin', NO_TERMINAL],
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

  const alike = `${quote(file)} and ${quote(word)} look like one pattern that your shell has expanded`;
  return [
    `${alike}. Quote it, or repeat --files. If ${quote(word)} is the command, put -- before it.`,
  ];
}

/** Words that are probably not the command that was meant. */
function doubtfulCommand(given: readonly GivenOption[], words: readonly string[]): string[] {
  const [word = ''] = words;
  if (given.length === 0 && words.length === 1 && (word === 'help' || word === 'version'))
    return [`There are no subcommands here. Use --${word}.`];

  const subcommand = subcommandOfAz(words);
  return subcommand.length > 0 ? subcommand : [...oneWord(words), ...misplaced(given, words)];
}

/** `az aks command invoke`, or the end of it, by the habit of typing that. */
function subcommandOfAz(words: readonly string[]): string[] {
  const at = words.findIndex((word) => word === 'invoke' || word === 'result');
  const typed = words.slice(0, at + 1).join(' ');
  if (at < 0 || !`az aks command ${words[at] ?? ''}`.endsWith(typed)) return [];

  const instead =
    words[at] === 'invoke'
      ? 'The options come first, and then the command.'
      : 'For the result of an earlier command, use --command-id ID.';
  return [
    `There are no subcommands here. Leave out ${typed}. ${instead} If it is a program, put -- before it.`,
  ];
}

/**
 * Options behind the command that were probably meant for aks-run-command: no program that is usual
 * in the pod has them, or without them, it is not known which cluster is meant.
 */
function misplaced(given: readonly GivenOption[], words: readonly string[]): string[] {
  const clusters = valuesOf('cluster', given);
  const isResourceId = clusters.some((cluster) => cluster.includes('/'));
  const needsGroup = !isResourceId && valuesOf('resource-group', given).length === 0;
  const suspects = new Set(OURS_ALONE);
  for (const word of clusters.length === 0 ? ['-n', '--name', '--cluster'] : []) suspects.add(word);
  for (const word of needsGroup ? ['-g', '--resource-group'] : []) suspects.add(word);

  // What follows another `--` belongs to a program that the command starts.
  const end = words.indexOf('--');
  const own = words.slice(1, end < 0 ? words.length : end);
  const found = own.map((word) => word.replace(/=.*/s, '')).filter((word) => suspects.has(word));
  if (found.length === 0) return [];

  const options = found.join(' and ');
  const belong = found.length === 1 ? 'belongs' : 'belong';
  const are = found.length === 1 ? 'is' : 'are';
  return [
    `${options} after the command ${belong} to the command. Put the options of aks-run-command before the command. If ${options} ${are} meant for the command, put -- before the command.`,
  ];
}

/** Long options that kubectl, helm, and the tools of a shell do not have. */
const OURS_ALONE: readonly string[] = OPTIONS.flatMap(({ name, aliases = [] }) => [
  name,
  ...aliases,
])
  .filter((name) => name.includes('-') && name !== 'dry-run')
  .map((name) => `--${name}`);

/** A whole command line in one word would be the name of a program. */
function oneWord(words: readonly string[]): string[] {
  const [word = ''] = words;
  if (words.length !== 1 || !/\s/.test(word)) return [];
  return [
    `${quote(word)} is one word, so it would be the name of a program. For a script, use --command ${quote(word)}. If there is such a program, put -- before it.`,
  ];
}

function outsideFolder(pattern: string): string[] {
  if (!pattern.split(/[\\/]/).includes('..')) return [];
  return [
    `--files ${quote(pattern)} leads out of the folder. To send files from elsewhere, use --working-directory.`,
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
    `${file} keeps its path in the pod, where az would have put it at ${base}. Call it ${file} in the command.`,
  ];
}
