import path from 'node:path';
import { parseArgs } from 'node:util';
import { quote } from '../../pod/variables.ts';
import { nearestName, plainPath } from '../../text/nearest.ts';
import { ALIASES, OPTIONS, type Option } from './options.ts';

/** A command to run, or an earlier one to wait for. */
export type Request = {
  readonly kind: 'run';
  /** The action's inputs that were given, by name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The prompt's own options that were given, by name. A switch has an empty value. */
  readonly options: ReadonlyMap<string, string>;
  /** Each `--env` as it is, because its value can contain line breaks. */
  readonly variables: readonly string[];
  /** Sentences about arguments that are valid, but may not be what the user meant. */
  readonly warnings: readonly string[];
};

type GivenOption = { readonly option: Option; readonly value: string };

const BY_NAME: ReadonlyMap<string, Option> = new Map([
  ...OPTIONS.map((option) => [option.name, option] as const),
  ...OPTIONS.flatMap((option) =>
    (ALIASES[option.name] ?? []).map((alias) => [alias, option] as const),
  ),
]);

/**
 * Reads what the arguments ask for. Options end at `--` or at the first word that is not one. Everything after that is
 * the command, unchanged. Each of the `mistakes` is a sentence.
 */
export function readArguments(
  args: readonly string[],
  isFile: (path: string) => boolean,
): { kind: 'help' | 'version' } | { kind: 'mistakes'; mistakes: readonly string[] } | Request {
  const { given, mistakes, words, marked } = read(args);
  const values = (name: string) =>
    given.filter(({ option }) => option.name === name).map(({ value }) => value);
  if (values('help').length > 0) return { kind: 'help' };
  if (values('version').length > 0) return { kind: 'version' };

  const files = values('files');
  const expanded = marked ? [] : expandedByShell(files, words[0], isFile);
  mistakes.push(...given.flatMap(empty), ...expanded);
  if (expanded.length === 0)
    mistakes.push(...ways(given, words), ...(marked ? [] : doubtfulCommand(given, words)));
  mistakes.push(...files.flatMap(outsideFolder));
  for (const format of values('output')) {
    if (format !== 'json')
      mistakes.push(`-o ${format} is not an option here. ${INSTEAD.get('output')}`);
  }
  if (values('id-token-env').length > 0 && values('client-id').length === 0) {
    mistakes.push(
      '--id-token-env needs --client-id and --tenant-id: the application that the token stands for.',
    );
  }
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };

  const { inputs, options } = sorted(given);
  if (words.length > 0) inputs.set('command', words.map(quote).join(' '));
  const warnings = files.flatMap((pattern) => flattenedByAz(pattern, inputs.get('command') ?? ''));
  return { kind: 'run', inputs, options, variables: values('env'), warnings };
}

function sorted(given: readonly GivenOption[]): {
  inputs: Map<string, string>;
  options: Map<string, string>;
} {
  const [inputs, options] = [new Map<string, string>(), new Map<string, string>()];
  for (const { option, value } of given) {
    const { name, input, multiple, whenOn } = option;
    const before = multiple ? inputs.get(input ?? '') : undefined;
    if (input === undefined) options.set(name, value);
    else inputs.set(input, before === undefined ? (whenOn ?? value) : `${before}\n${value}`);
  }
  return { inputs, options };
}

/** The options, the words after them, and whether `--` separates the two. */
function read(args: readonly string[]) {
  const config = [...BY_NAME].map(([name, { value, short, name: own }]) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [
      name,
      { type, multiple: true, ...(short !== undefined && name === own && { short }) },
    ] as const;
  });
  // In strict mode, it throws errors that are written for programmers.
  const { tokens } = parseArgs({
    ...{ args: [...args], options: Object.fromEntries(config) },
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const given: GivenOption[] = [];
  const mistakes: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') {
      const marked = token.kind === 'option-terminator';
      return { given, mistakes, words: args.slice(token.index + (marked ? 1 : 0)), marked };
    }
    const option = BY_NAME.get(token.name);
    const mistake =
      option === undefined ? unknown(token.rawName, token.name) : misused(option, token);
    if (mistake !== undefined) mistakes.push(mistake);
    else if (option) given.push({ option, value: token.value ?? '' });
  }
  return { given, mistakes, words: [], marked: false };
}

function misused(
  { name, value: placeholder }: Option,
  {
    rawName,
    value,
    inlineValue,
  }: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
): string | undefined {
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

function empty({ option: { name, value: placeholder }, value }: GivenOption): string[] {
  if (placeholder === undefined || value.trim() !== '') return [];
  return [
    `--${name} is empty. If its value comes from a variable, check that the variable is set.`,
  ];
}

/** The four ways to say what to do exclude each other. */
function ways(given: readonly GivenOption[], words: readonly string[]): string[] {
  const names = ['command', 'script', 'command-id'].filter((name) =>
    given.some(({ option }) => option.name === name),
  );
  const found = [
    ...names.map((name) => `--${name}`),
    ...(words.length > 0 ? ['words after the options'] : []),
  ];
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
  ['query', 'Use -o json, and pipe it to jq.'],
  ['t', NO_TERMINAL],
  ['tty', NO_TERMINAL],
  ['stdin', NO_TERMINAL],
  ['allowed-exit-codes', "The exit code is the command's own. Test it in your shell."],
  ['mask-outputs', IN_JSON],
  ['summary', IN_JSON],
]);

/**
 * Finds a word after `--files` that is another file in this folder: the shell has expanded the pattern, and the word
 * would become the command. A name without a dot or a slash may be a program's, and a file that is sent can be run.
 */
function expandedByShell(
  files: readonly string[],
  word: string | undefined,
  isFile: (path: string) => boolean,
): string[] {
  const [file, named] = [files.at(-1), plainPath(word ?? '')];
  if (
    file === undefined ||
    word === undefined ||
    /[*?[{]/.test(file) ||
    !/[./]/.test(named) ||
    !isFile(word)
  )
    return [];
  if (files.map(plainPath).some((sent) => named === sent || named.startsWith(`${sent}/`)))
    return [];
  const alike = `${quote(file)} and ${quote(word)} look like one pattern that your shell has expanded`;
  return [
    `${alike}. Quote it, or repeat --files. If ${quote(word)} is the command, put -- before it.`,
  ];
}

/** Words that are probably not the command that was meant. After `--`, nothing is doubted. */
function doubtfulCommand(given: readonly GivenOption[], words: readonly string[]): string[] {
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
    `aks-run-command has no subcommands. Leave out ${typed}. ${instead} If it is a program, put -- before it.`,
  ];
}

/**
 * Options behind the command that were probably meant for aks-run-command: no program that is usual
 * in the pod has them, or without them, it is not known which cluster is meant.
 */
function misplaced(given: readonly GivenOption[], words: readonly string[]): string[] {
  const has = (name: string) => given.some(({ option }) => option.name === name);
  const isName = !given.some(
    ({ option, value }) => option.name === 'cluster' && value.includes('/'),
  );
  const missing = [
    ...(has('cluster') ? [] : ['-n', '--name', '--cluster']),
    ...(has('resource-group') || !isName ? [] : ['-g', '--resource-group']),
  ];
  const end = words.indexOf('--');
  const found = words
    .slice(1, end < 0 ? undefined : end)
    .map((word) => word.replace(/=.*/s, ''))
    .filter((word) => missing.includes(word) || OURS_ALONE.has(word));
  if (found.length === 0) return [];

  const [options, belong, are] =
    found.length === 1 ? [found[0], 'belongs', 'is'] : [found.join(' and '), 'belong', 'are'];
  return [
    `${options} after the command ${belong} to the command. Put the options of aks-run-command before the command. If ${options} ${are} meant for the command, put -- before the command.`,
  ];
}

/** Long options that kubectl, helm, and the tools of a shell do not have. */
const OURS_ALONE: ReadonlySet<string> = new Set(
  [...BY_NAME.keys()]
    .filter((name) => name.includes('-') && name !== 'dry-run')
    .map((name) => `--${name}`),
);

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

/** `az` puts each file into the root of the pod's folder, so a command written for `az` uses the base name. */
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
