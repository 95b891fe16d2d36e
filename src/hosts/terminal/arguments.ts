import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { quote } from '../../pod/shell.ts';
import { expandedByShell, flattenedByAz, instead, outsideFolder, oneWord } from './advice.ts';
import { encodeVariables, type IsSet } from './environment.ts';
import { nearestName } from '../../text/nearest.ts';
import { OPTIONS, type Option } from './options.ts';

/** What the arguments ask for. */
export type Arguments =
  | { readonly kind: 'help' | 'version' }
  /** Sentences, one for each mistake. */
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] }
  | Request;

export type Request = {
  readonly kind: 'run';
  /** The action's inputs that were given, by name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** File with the script, `-` for stdin. */
  readonly script?: string;
  /** Sentences about what is valid, and yet may not be meant. */
  readonly warnings: readonly string[];
  readonly result?: string;
  readonly collectTo?: string;
  readonly quiet: boolean;
  readonly raw: boolean;
  readonly debug: boolean;
};

type Given = { readonly option: Option; readonly spelled: string; readonly value: string };

/** Every name and letter of an option, by how it is written. */
const BY_NAME: ReadonlyMap<string, Option> = new Map(
  OPTIONS.flatMap((option) => [option.name, ...(option.aliases ?? [])].map((name) => [name, option] as const)),
);

const CONFIG: ParseArgsOptionsConfig = Object.fromEntries(
  [...BY_NAME].map(([name, { value, short, name: own }]) => [
    name,
    {
      type: value === undefined ? ('boolean' as const) : ('string' as const),
      multiple: true,
      ...(short !== undefined && name === own && { short }),
    },
  ]),
);

/**
 * Reads the words after the program's name. Options end at `--` or at the first word that is none: what follows is the
 * command, as it is.
 */
export function readArguments(args: readonly string[], isSet: IsSet): Arguments {
  const { given, mistakes, words, marked } = read(args);
  const wants = (name: string) => given.some(({ option }) => option.name === name);
  if (wants('help')) return { kind: 'help' };
  if (wants('version')) return { kind: 'version' };

  mistakes.push(...repeated(given), ...given.flatMap(({ spelled, option, value }) => empty(spelled, option, value)));
  const values = (name: string) => given.filter(({ option }) => option.name === name).map(({ value }) => value);
  const shipped = values('files');
  const misread = marked ? undefined : expandedByShell(shipped.at(-1), words[0]);
  if (misread !== undefined) mistakes.push(misread);
  else mistakes.push(...ways(given, words), ...(marked ? [] : oneWord(words)));
  mistakes.push(...shipped.flatMap(outsideFolder));

  const env = encodeVariables(values('env'), isSet);
  mistakes.push(...env.mistakes);
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };

  const inputs = inputsOf(given);
  if (env.input !== '') inputs.set('env', env.input);
  if (words.length > 0) inputs.set('command', words.map(quote).join(' '));
  const [script] = values('script');
  const [result] = values('result');
  const [collectTo] = values('collect-to');
  return {
    kind: 'run',
    inputs,
    warnings: shipped.flatMap((pattern) => flattenedByAz(pattern, inputs.get('command') ?? '')),
    ...(script !== undefined && { script }),
    ...(result !== undefined && { result }),
    ...(collectTo !== undefined && { collectTo }),
    quiet: wants('quiet'),
    raw: wants('raw'),
    debug: wants('debug'),
  };
}

/** The inputs that options stand for. */
function inputsOf(given: readonly Given[]): Map<string, string> {
  const inputs = new Map<string, string>();
  for (const { option, value } of given) {
    const { input, multiple } = option;
    if (!input) continue;
    const before = multiple === true ? inputs.get(input.name) : undefined;
    const now = option.value === undefined ? (input.whenOn ?? '') : value;
    inputs.set(input.name, before === undefined ? now : `${before}\n${now}`);
  }
  return inputs;
}

type Reading = {
  readonly given: readonly Given[];
  readonly mistakes: string[];
  readonly words: readonly string[];
  /** Whether `--` stands before the words. */
  readonly marked: boolean;
};

function read(args: readonly string[]): Reading {
  // Not strict: its messages are for programmers, and it has no word for what is near.
  const { tokens } = parseArgs({
    args: [...args],
    options: CONFIG,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given: Given[] = [];
  const mistakes: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator')
      return { given, mistakes, words: args.slice(token.index + 1), marked: true };
    if (token.kind === 'positional') return { given, mistakes, words: args.slice(token.index), marked: false };
    const option = BY_NAME.get(token.name);
    if (!option) {
      mistakes.push(unknown(token.rawName, token.name));
    } else if (option.value === undefined) {
      if (token.value !== undefined) mistakes.push(`${token.rawName} takes no value. Leave out =${token.value}.`);
      given.push({ option, spelled: token.rawName, value: '' });
    } else if (token.value === undefined) {
      mistakes.push(`${token.rawName} needs a value: ${token.rawName} ${option.value}.`);
    } else if (!token.inlineValue && token.value.startsWith('-') && token.value !== '-') {
      const joined = token.rawName.startsWith('--') ? `${token.rawName}=` : token.rawName;
      mistakes.push(
        `${token.rawName} needs a value. If you mean ${token.value}, write ${quote(joined + token.value)}.`,
      );
    } else {
      given.push({ option, spelled: token.rawName, value: token.value });
    }
  }
  return { given, mistakes, words: [], marked: false };
}

function unknown(spelled: string, name: string): string {
  const known = instead(name);
  if (known !== undefined) return `${spelled} is not an option here. ${known}`;
  const near = nearestName(
    name,
    [...BY_NAME.keys()].filter((candidate) => candidate.length > 1),
  );
  const move = near === undefined ? 'See aks-run-command --help.' : `Did you mean --${near}?`;
  return `${spelled} is not an option. ${move}`;
}

/** Of an option that is given twice, one would be ignored. */
function repeated(given: readonly Given[]): string[] {
  const first = new Map<Option, Given>();
  return given.flatMap((one) => {
    const before = first.get(one.option);
    first.set(one.option, one);
    if (!before || one.option.multiple === true || before.value === one.value) return [];
    const names =
      before.spelled === one.spelled
        ? `${one.spelled} is given twice`
        : `${before.spelled} and ${one.spelled} are the same option`;
    return [`${names}, with different values. Give it once.`];
  });
}

function empty(spelled: string, { value: placeholder }: Option, value: string): string[] {
  if (placeholder === undefined || value.trim() !== '') return [];
  return [`${spelled} is empty. If its value comes from a variable, check that the variable is set.`];
}

/** The four ways to say what is to be done exclude each other. */
function ways(given: readonly Given[], words: readonly string[]): string[] {
  const ways = ['command', 'script', 'command-id']
    .filter((name) => given.some(({ option }) => option.name === name))
    .map((name) => `--${name}`);
  if (words.length > 0) ways.push(`the words ${words.slice(0, 3).map(quote).join(' ')}${words.length > 3 ? ' …' : ''}`);
  if (ways.length > 1)
    return [`${ways.slice(0, -1).join(', ')} and ${ways.at(-1) ?? ''} cannot be combined. Use one of them.`];
  if (ways.length === 1) return [];
  return ['There is no command to run. Write it after the options, or use --command, --script, or --command-id.'];
}
