import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { didYouMean, nearestName, plainPath } from '../../text/nearest.ts';
import { quote } from '../../text/quote.ts';
import { joined, say, type Text } from '../../text/say.ts';
import { OPTIONS, type Option } from './options.ts';

/** What the arguments ask for. */
export type CommandLine = {
  /**
   * The inputs that were given, by name: the action's, and the prompt's own, such as `quiet`. One
   * whose value cannot be used is empty.
   */
  readonly inputs: ReadonlyMap<string, string>;
  /** What is wrong with the arguments, in sentences. They show no value that could be secret. */
  readonly problems: readonly Text[];
};

/**
 * The options that were given, by name, each with all of its values. A value that cannot be used is
 * empty.
 */
type GivenOptions = ReadonlyMap<string, readonly string[]>;

/**
 * Reads what the arguments ask for. Options end at `--` or at the first word that is not one.
 * Everything after that is the command, unchanged.
 */
export function readArguments(
  args: readonly string[],
  isFile: (path: string) => boolean,
): CommandLine {
  const { given, problems, words, isTerminated, lastSwitch } = divide(args);
  // After an option that does not exist, the first word may be its value. After `--`, none is
  // doubted.
  if (problems.length === 0 && !isTerminated) {
    const doubt = doubtfulWord(words, lastSwitch) ?? doubtfulCommand(given, words, isFile);
    if (doubt !== undefined) problems.push(doubt);
  }
  if (problems.length === 0) problems.push(...severalCommands(given, words));
  const clusters = given.get('cluster')?.filter((value) => value !== '');
  if (new Set(clusters).size > 1) problems.push(SEVERAL_CLUSTERS);
  if (given.has('id-token-env') && !given.has('client-id')) problems.push(TOKEN_ALONE);

  const inputs = inputsOf(given);
  if (words.length > 0) inputs.set('command', words.map(quote).join(' '));
  return { inputs, problems };
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
  const problems: Text[] = [];
  let refused = -1;
  let lastSwitch: string | undefined;
  for (const token of tokens) {
    if (token.kind !== 'option') break;
    // Each of the other letters in that word would be taken for an option, and shown.
    if (token.index === refused) continue;

    const option = optionOf(token.name, args[token.index] ?? '');
    if (option === undefined) {
      problems.push(unknownOption(token.name, args[token.index] ?? ''));
      refused = token.index;
      continue;
    }
    lastSwitch = option.placeholder === undefined ? token.rawName : undefined;
    const earlier = given.get(option.name) ?? [];
    const value = optionValue(token);
    const problem = misusedOption(option, { ...token, value });
    if (problem !== undefined) problems.push(problem);
    given.set(option.name, [...earlier, problem === undefined ? (value ?? '') : '']);
  }

  const end = tokens.find(({ kind }) => kind !== 'option');
  const isTerminated = end?.kind === 'option-terminator';
  const begin = end?.index ?? args.length;
  const words = args.slice(isTerminated ? begin + 1 : begin);
  return { given, problems, words, isTerminated, lastSwitch };
}

/** The value of an option: of `-n=prod`, which `parseArgs` takes for `-n` with `=prod`, `prod`. */
function optionValue({ rawName, value, inlineValue }: OptionToken): string | undefined {
  const isLetter = !rawName.startsWith('--');
  return isLetter && inlineValue === true ? value?.replace(/^=/, '') : value;
}

/** All names of options, as `parseArgs` takes them. */
function parseConfig(): ParseArgsOptionsConfig {
  const config: ParseArgsOptionsConfig = {};
  for (const option of OPTIONS) {
    const type = option.placeholder === undefined ? 'boolean' : 'string';
    for (const name of namesOf(option)) config[name] = { type };
    if (option.letter !== undefined) config[option.name] = { type, short: option.letter };
  }
  return config;
}

function namesOf({ name, aliases }: Option): string[] {
  return [name, ...aliases];
}

const NAMES = OPTIONS.flatMap(namesOf);

/** What the options set, by the names of inputs. */
function inputsOf(given: GivenOptions): Map<string, string> {
  const inputs = new Map<string, string>();
  for (const option of OPTIONS) {
    const values = given.get(option.name);
    if (values !== undefined) inputs.set(option.input, inputText(option, values));
  }
  return inputs;
}

/** What an option sets its input to: one line for each value if it repeats, else the last one. */
function inputText(option: Option, values: readonly string[]): string {
  if (option.sets !== undefined) return option.sets;
  if (option.name === 'env') return values.map(entryOfEnv).join('\n');
  return option.repeats ? values.join('\n') : (values.at(-1) ?? '');
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

const SEE_HELP = say`See ${'aks-run-command --help'}.`;
const NO_TERMINAL = say`
  The command has no terminal and no stdin: AKS runs it and returns its output when it ends.
`;
const IN_JSON = say`
  It has no meaning at a prompt. For step outputs and the summary, use ${'-o json'} or
  ${'--result'}.
`;

/**
 * What to use instead of options of `az`, kubectl, and docker that do not exist here, and instead
 * of each input of the action that has no option.
 */
const INSTEAD: ReadonlyMap<string, Text> = new Map([
  ['v', say`For the version, use ${'--version'}.`],
  ['verbose', say`Use ${'--debug'}.`],
  ['query', say`Use ${'-o json'}, and pipe it to ${'jq'}.`],
  ['e', say`Use ${'--env'}.`],
  ['t', NO_TERMINAL],
  ['it', NO_TERMINAL],
  ['ti', NO_TERMINAL],
  ['tty', NO_TERMINAL],
  ['stdin', NO_TERMINAL],
  ['wait', say`It waits by default. To only submit the command, use ${'--no-wait'}.`],
  ['allowed-exit-codes', say`The exit code is the command's own. Test it in your shell.`],
  ['mask-outputs', IN_JSON],
  ['summary', IN_JSON],
]);

/**
 * `command` of `-command`, and `it` of `-it`, which `parseArgs` takes for `-c ommand` and `-i t`.
 */
function nameWithOneDash(word: string): string | undefined {
  const [, name = ''] = /^-(\w[\w-]+)(?:=.*)?$/s.exec(word) ?? [];
  return INSTEAD.has(name) || NAMES.includes(name) ? name : undefined;
}

function optionOf(name: string, word: string): Option | undefined {
  if (nameWithOneDash(word) !== undefined) return undefined;
  return OPTIONS.find((option) => namesOf(option).includes(name));
}

function unknownOption(letterOrName: string, word: string): Text {
  const name = nameWithOneDash(word) ?? letterOrName;
  // It may be a value, such as a private key or a token, after an option that does not exist.
  if (!/^[A-Za-z][\w-]{0,24}$/.test(name)) {
    return say`A word that begins with a dash is not an option. ${SEE_HELP}`;
  }

  const written = `${word.startsWith('--') ? '--' : '-'}${name}`;
  const instead = INSTEAD.get(name);
  if (instead !== undefined) return say`${written} is not an option here. ${instead}`;

  const near = nearestName(name, NAMES);
  const advice = near === undefined ? SEE_HELP : didYouMean(`--${near}`);
  return say`${written} is not an option. ${advice}`;
}

/** An option as `parseArgs` read it. */
type OptionToken = {
  /** The option as it was written: `-n`, `--cluster`. */
  readonly rawName: string;
  readonly value: string | undefined;
  /** Whether the value is in the same word. */
  readonly inlineValue: boolean | undefined;
};

/** What is wrong with an option. Its value may be a secret, so it is not shown. */
function misusedOption(
  { name, placeholder }: Option,
  { rawName, value, inlineValue }: OptionToken,
): Text | undefined {
  if (placeholder === undefined) {
    return value === undefined ? undefined : say`${rawName} takes no value.`;
  }
  const needsValue = say`${rawName} needs a value: ${`${rawName} ${placeholder}`}.`;
  if (value === undefined) return needsValue;
  if (value.trim() === '') {
    return say`
      ${rawName} is empty. If its value comes from a variable, check that the variable is set.
    `;
  }
  if (inlineValue !== true && /^-./.test(value)) {
    return say`${needsValue} If the value begins with a dash, write ${`--${name}=${placeholder}`}.`;
  }

  switch (name) {
    case 'id-token-env':
      return /^[A-Za-z_]\w*$/.test(value) ? undefined : TOKEN_ITSELF;
    case 'output':
      return value === 'json' ? undefined : otherFormat(value);
    default:
      return undefined;
  }
}

const TOKEN_ITSELF = say`
  ${'--id-token-env'} needs the name of the variable that holds the ID token, not the token.
`;

const TOKEN_ALONE = say`
  ${'--id-token-env'} needs ${'--client-id'} and ${'--tenant-id'}, which name the application that
  signs in with the token.
`;

function otherFormat(format: string): Text {
  return say`
    ${`-o ${format}`} is not an option here. The only format is ${'json'}. Without ${'-o'}, stdout
    is the output of the command. To discard that, redirect it.
  `;
}

const SEVERAL_CLUSTERS = say`
  ${'--cluster'}, which is also ${'-n'} and ${'--name'}, is given with different values. Name one
  cluster. For a namespace, use ${'--namespace'}.
`;

/** A new command is given in one way only. The core refuses one that is combined with an ID. */
function severalCommands(given: GivenOptions, words: readonly string[]): Text[] {
  const options = ['command', 'script'].filter((name) => given.has(name));
  const found = options.map((name) => say`${`--${name}`}`);
  if (words.length > 0) found.push(say`words after the options`);
  if (found.length < 2) return [];
  return [say`${joined(found, ' and ')} cannot be combined. Use one of them.`];
}

/** Why the first word after the options may be meant as the value of a switch. */
function doubtfulWord(
  [word = '']: readonly string[],
  lastSwitch: string | undefined,
): Text | undefined {
  if (lastSwitch === undefined || !/^(?:true|false)$/i.test(word)) return undefined;
  return say`
    ${lastSwitch} takes no value. To turn it off, leave it out. If ${word} is the command, put
    ${'--'} before it.
  `;
}

/** A mistake that the words after the options suggest. */
function doubtfulCommand(
  given: GivenOptions,
  words: readonly string[],
  isFile: (path: string) => boolean,
): Text | undefined {
  const [word = ''] = words;
  const files = given.get('files') ?? [];
  const file = files.at(-1);
  if (file !== undefined && isExpandedByShell(files, word, isFile)) {
    return say`
      ${file} and ${word} look like one pattern that your shell has expanded. Quote it, or repeat
      ${'--files'}. If ${word} is the command, put ${'--'} before it.
    `;
  }
  if (words.length !== 1 || !/\s/.test(word)) return undefined;
  return say`
    ${word} is one word, so it would be the name of a program. For a script, use
    ${`--command ${quote(word)}`}. If there is such a program, put ${'--'} before it.
  `;
}

/**
 * Whether the word after `--files` is another file in this folder: the shell has expanded the
 * pattern, and the word would become the command. A name without a dot or a slash may be a
 * program's, and a file that is sent can be run.
 */
function isExpandedByShell(
  files: readonly string[],
  word: string,
  isFile: (path: string) => boolean,
): boolean {
  const isPattern = /[*?[{]/.test(files.at(-1) ?? '');
  const path = plainPath(word);
  if (isPattern || !/[./]/.test(path) || !isFile(word)) return false;
  return !files.map(plainPath).some((sent) => `${path}/`.startsWith(`${sent}/`));
}
