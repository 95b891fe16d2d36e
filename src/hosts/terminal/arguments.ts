import { parseArgs } from 'node:util';
import { quote } from '../../pod/shell.ts';
import { nearestName } from '../../text/nearest.ts';
import { expandedByShell, flattenedByAz, INSTEAD, oneWord, outsideFolder } from './advice.ts';
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
  /** Each `--env` as it stands, because its value can have line breaks. */
  readonly variables: readonly string[];
  /** Sentences about what is valid, but may not be meant. */
  readonly warnings: readonly string[];
};

type Given = { readonly option: Option; readonly value: string };

const BY_NAME: ReadonlyMap<string, Option> = new Map([
  ...OPTIONS.map((option) => [option.name, option] as const),
  ...OPTIONS.flatMap((option) => (ALIASES[option.name] ?? []).map((alias) => [alias, option] as const)),
]);

/** Options end at `--` or at the first word that is not one. Whatever follows is the command, as it stands. */
export function readArguments(args: readonly string[], isFile: (path: string) => boolean): Arguments {
  const { given, mistakes, words, marked } = read(args);
  const values = (name: string) => given.filter(({ option }) => option.name === name).map(({ value }) => value);
  if (values('help').length > 0) return { kind: 'help' };
  if (values('version').length > 0) return { kind: 'version' };

  const files = values('files');
  const expanded = marked ? [] : expandedByShell(files, words[0], isFile);
  mistakes.push(...given.flatMap(empty), ...expanded);
  if (expanded.length === 0) mistakes.push(...ways(given, words), ...(marked ? [] : oneWord(words)));
  mistakes.push(...files.flatMap(outsideFolder));
  for (const format of values('output')) {
    if (format !== 'json') mistakes.push(`-o ${format} is not an option here. ${INSTEAD.get('output')}`);
  }
  if (values('id-token-env').length > 0 && values('client-id').length === 0) {
    mistakes.push('--id-token-env needs --client-id and --tenant-id: the application that the token stands for.');
  }
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };

  const { inputs, options } = sorted(given);
  if (words.length > 0) inputs.set('command', words.map(quote).join(' '));
  const warnings = files.flatMap((pattern) => flattenedByAz(pattern, inputs.get('command') ?? ''));
  return { kind: 'run', inputs, options, variables: values('env'), warnings };
}

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

/** The options, the words after them, and whether `--` stands between. */
function read(args: readonly string[]) {
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
    else if (option) given.push({ option, value: token.value ?? '' });
  }
  return { given, mistakes, words: [], marked: false };
}

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
    return `-i${value} is not an option here. ${INSTEAD.get('t')}`;
  if (inlineValue === true || !value.startsWith('-') || value === '-') return undefined;
  const joined = rawName.startsWith('--') ? `${rawName}=` : rawName;
  return `${rawName} needs a value. If you mean ${value}, write ${quote(joined + value)}.`;
}

function unknown(spelled: string, name: string): string {
  const known = INSTEAD.get(name);
  if (known !== undefined) return `${spelled} is not an option here. ${known}`;
  const near = nearestName(name, [...BY_NAME.keys()]);
  return `${spelled} is not an option. ${near === undefined ? 'See aks-run-command --help.' : `Did you mean --${near}?`}`;
}

function empty({ option: { name, value: placeholder }, value }: Given): string[] {
  if (placeholder === undefined || value.trim() !== '') return [];
  return [`--${name} is empty. If its value comes from a variable, check that the variable is set.`];
}

/** The four ways to say what to do exclude each other. */
function ways(given: readonly Given[], words: readonly string[]): string[] {
  const names = ['command', 'script', 'command-id'].filter((name) => given.some(({ option }) => option.name === name));
  const found = [...names.map((name) => `--${name}`), ...(words.length > 0 ? ['words after the options'] : [])];
  if (found.length > 1) return [`${found.join(' and ')} cannot be combined. Use one of them.`];
  if (found.length === 1) return [];
  return ['There is no command to run. Write it after the options, or use --command, --script, or --command-id.'];
}
