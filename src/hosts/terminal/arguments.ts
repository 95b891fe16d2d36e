import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { quote } from '../../pod/shell.ts';
import { nearestName } from '../../text/nearest.ts';
import { expandedByShell, flattenedByAz, instead, oneWord, outsideFolder } from './advice.ts';
import { ALIASES, OPTIONS, type Option } from './options.ts';

/** What the arguments ask for; `mistakes` are sentences, one for each mistake. */
export type Arguments =
  { readonly kind: 'help' | 'version' } | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] } | Request;

export type Request = {
  readonly kind: 'run';
  /** The action's inputs that were given, by name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The prompt's own options that were given, by name. A switch has an empty value. */
  readonly options: ReadonlyMap<string, string>;
  /** Sentences about what is valid, but may not be meant. */
  readonly warnings: readonly string[];
};

/** What has to be known of the machine to read arguments. */
export type Machine = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isFile: (path: string) => boolean;
};

type Given = { readonly option: Option; readonly spelled: string; readonly value: string };

/** Options by each of their names. */
const BY_NAME: ReadonlyMap<string, Option> = new Map([
  ...OPTIONS.map((option) => [option.name, option] as const),
  ...OPTIONS.flatMap((option) => (ALIASES[option.name] ?? []).map((alias) => [alias, option] as const)),
]);

/**
 * Reads the words after the program's name. Options end at `--` or at the first word that is not one. Whatever follows is
 * the command, as it stands.
 */
export function readArguments(args: readonly string[], machine: Machine): Arguments {
  const { given, mistakes, words, marked } = read(args);
  const values = (name: string) => given.filter(({ option }) => option.name === name).map(({ value }) => value);
  if (values('help').length > 0) return { kind: 'help' };
  if (values('version').length > 0) return { kind: 'version' };

  const files = values('files');
  const env = encodeVariables(values('env'), machine);
  const expanded = marked ? [] : expandedByShell(files, words[0], machine.isFile);
  mistakes.push(...given.flatMap(empty), ...repeated(given), ...expanded);
  if (expanded.length === 0) mistakes.push(...ways(given, words), ...(marked ? [] : oneWord(words)));
  mistakes.push(...files.flatMap(outsideFolder), ...env.mistakes);
  for (const format of values('output')) {
    if (format !== 'json') mistakes.push(`-o ${format} is not an option here. ${instead('output') ?? ''}`);
  }
  for (const name of values('id-token-env')) {
    if (!machine.env[name]) mistakes.push(`--id-token-env names a variable that is not set: ${quote(name)}.`);
    if (!given.some(({ option }) => option.name === 'client-id'))
      mistakes.push('--id-token-env needs --client-id and --tenant-id: the application that the token stands for.');
  }
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };

  const { inputs, options } = sorted(given);
  if (env.input !== '') inputs.set('env', env.input);
  if (words.length > 0) inputs.set('command', words.map(quote).join(' '));
  const warnings = files.flatMap((pattern) => flattenedByAz(pattern, inputs.get('command') ?? ''));
  return { kind: 'run', inputs, options, warnings };
}

/** The inputs of the action that options stand for, and the prompt's own options. */
function sorted(given: readonly Given[]): { inputs: Map<string, string>; options: Map<string, string> } {
  const [inputs, options] = [new Map<string, string>(), new Map<string, string>()];
  for (const { option, value } of given) {
    const { name, input, multiple, whenOn } = option;
    const before = multiple ? inputs.get(input ?? '') : undefined;
    if (input === undefined) options.set(name, value);
    else inputs.set(input, before === undefined ? (whenOn ?? value) : `${before}\n${value}`);
  }
  return { inputs, options };
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `--env` options as the input `env`. Mistakes show no value, nor a text that could be a value without its name. */
function encodeVariables(given: readonly string[], { env }: Machine): { input: string; mistakes: string[] } {
  const mistakes: string[] = [];
  const lines = given.flatMap((text, index) => {
    const at = text.indexOf('=');
    const name = at === -1 ? text : text.slice(0, at);
    const which = given.length === 1 ? '--env' : `--env number ${index + 1}`;
    if (!NAME.test(name)) {
      mistakes.push(`${which} is invalid. Use NAME=VALUE or NAME, with letters, digits, and underscores in the name.`);
    } else if (at === -1 && env[name] === undefined) {
      const called = /^[A-Z0-9_]+$/.test(name) ? `${name}, a variable` : 'a variable';
      mistakes.push(`${which} names ${called} that is not set. Set it, or use NAME=VALUE.`);
    }
    if (at === -1 || !/[\r\n]/.test(text)) return [text];
    const end = `END_${randomBytes(16).toString('hex')}`;
    return [`${name}<<${end}`, text.slice(at + 1), end];
  });
  return { input: lines.join('\n'), mistakes };
}

type Reading = {
  readonly given: readonly Given[];
  readonly mistakes: string[];
  readonly words: readonly string[];
  /** Whether `--` stands before the words. */
  readonly marked: boolean;
};

function read(args: readonly string[]): Reading {
  const config = [...BY_NAME].map(([name, { value, short, name: own }]) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, { type, multiple: true, ...(short !== undefined && name === own && { short }) }] as const;
  });
  // In strict mode, it throws messages that are for programmers.
  const { tokens } = parseArgs({
    ...{ args: [...args], options: Object.fromEntries(config) },
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const given: Given[] = [];
  const mistakes: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') {
      const marked = token.kind === 'option-terminator';
      return { given, mistakes, words: args.slice(token.index + (marked ? 1 : 0)), marked };
    }
    const option = BY_NAME.get(token.name);
    const mistake = option === undefined ? unknown(token.rawName, token.name) : misused(option, token);
    if (mistake !== undefined) mistakes.push(mistake);
    else if (option) given.push({ option, spelled: token.rawName, value: token.value ?? '' });
  }
  return { given, mistakes, words: [], marked: false };
}

/** An option as `parseArgs` found it. */
type Token = {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
};

/** What is wrong with an option's value, or with its lack of one. */
function misused({ name, value: placeholder }: Option, { rawName, value, inlineValue }: Token): string | undefined {
  if (placeholder === undefined)
    return value === undefined ? undefined : `${rawName} takes no value. Leave out =${value}.`;
  if (value === undefined) return `${rawName} needs a value: ${rawName} ${placeholder}.`;
  if (name === 'command-id' && inlineValue === true && /^t+$/.test(value))
    return `-i${value} is not an option here. ${instead('t') ?? ''}`;
  if (inlineValue === true || !value.startsWith('-') || value === '-') return undefined;
  const joined = rawName.startsWith('--') ? `${rawName}=` : rawName;
  return `${rawName} needs a value. If you mean ${value}, write ${quote(joined + value)}.`;
}

function unknown(spelled: string, name: string): string {
  const known = instead(name);
  if (known !== undefined) return `${spelled} is not an option here. ${known}`;
  const near = nearestName(name, [...BY_NAME.keys()]);
  return `${spelled} is not an option. ${near === undefined ? 'See aks-run-command --help.' : `Did you mean --${near}?`}`;
}

/** If an option is given twice, one of the values would be ignored. */
function repeated(given: readonly Given[]): string[] {
  return given.flatMap((one, index) => {
    const before = given.slice(0, index).findLast(({ option }) => option === one.option);
    if (!before || one.option.multiple || before.value === one.value) return [];
    const isSame = before.spelled === one.spelled;
    const names = isSame ? `${one.spelled} is given twice` : `${before.spelled} and ${one.spelled} are the same option`;
    return [`${names}, with different values. Give it once.`];
  });
}

function empty({ spelled, option, value }: Given): string[] {
  if (option.value === undefined || value.trim() !== '') return [];
  return [`${spelled} is empty. If its value comes from a variable, check that the variable is set.`];
}

/** The four ways to say what to do exclude each other. */
function ways(given: readonly Given[], words: readonly string[]): string[] {
  const names = ['command', 'script', 'command-id'].filter((name) => given.some(({ option }) => option.name === name));
  const found = names.map((name) => `--${name}`);
  if (words.length > 0)
    found.push(`the words ${words.slice(0, 3).map(quote).join(' ')}${words.length > 3 ? ' …' : ''}`);
  if (found.length > 1)
    return [`${found.slice(0, -1).join(', ')} and ${found.at(-1) ?? ''} cannot be combined. Use one of them.`];
  if (found.length === 1) return [];
  return ['There is no command to run. Write it after the options, or use --command, --script, or --command-id.'];
}
