import path from 'node:path';
import { quote } from '../../pod/shell.ts';

const NO_TERMINAL = 'The command has no terminal and no stdin: AKS runs it and returns its output when it ends.';
const NO_SECRET =
  'Sign in with az login first. A secret is never an option, because other users of this machine could read it.';

/** Options of `az`, of the action, and of habit that do not exist here, and what to use instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  output: 'The only format is json. Without -o, stdout is the output of the command.',
  query: 'Use -o json, and pipe it to jq.',
  verbose: 'Use --debug.',
  v: 'Use --debug, or --version.',
  wait: 'Waiting is the default. Use --no-wait to turn it off.',
  namespace: 'Put it in the command: kubectl --namespace NAME.',
  context: 'Use --cluster to name the cluster.',
  kubeconfig: 'No kubeconfig is needed. Use --cluster to name the cluster.',
  e: 'Use --env NAME=VALUE.',
  t: NO_TERMINAL,
  tty: NO_TERMINAL,
  stdin: NO_TERMINAL,
  interactive: NO_TERMINAL,
  'allowed-exit-codes': "The exit code is the command's own. Test it in your shell.",
  'mask-outputs': 'Step outputs are not shown here. They are in the JSON of --result and -o json.',
  summary: 'There is no job summary here. What the command writes to it is in the JSON of --result and -o json.',
  ids: 'Give the resource ID to --cluster.',
  'service-principal': 'Sign in with az login first, or use --client-id and --tenant-id with an ID token.',
  password: NO_SECRET,
  'client-secret': NO_SECRET,
};

/** What to use instead of an option that others have; undefined if nothing is known. */
export function instead(name: string): string | undefined {
  return Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}

/**
 * A word after `--files` that is another file of this folder: the shell has expanded the pattern, and the word would become
 * the command. A name without a dot or a slash can be a program's, and a file that is sent can be run.
 */
export function expandedByShell(
  files: readonly string[],
  word: string | undefined,
  isFile: (path: string) => boolean,
): string[] {
  const [file, named] = [files.at(-1), withoutDot(word ?? '')];
  if (file === undefined || word === undefined || /[*?[{]/.test(file) || !/[./]/.test(named) || !isFile(word))
    return [];
  if (files.map(withoutDot).some((sent) => named === sent || named.startsWith(`${sent}/`))) return [];
  const [folder, end] = [path.posix.dirname(file), path.posix.extname(file)];
  const isAlike = path.posix.dirname(word) === folder;
  const pattern = `${folder === '.' ? '' : `${folder}/`}*${path.posix.extname(word) === end ? end : ''}`;
  const move = isAlike ? `Quote it: --files ${quote(pattern)}` : 'Quote it, or repeat --files';
  return [
    `${quote(file)} and ${quote(word)} look like one pattern that your shell has expanded. ${move}. If ${quote(word)} is the command, put -- before it.`,
  ];
}

function withoutDot(file: string): string {
  return file
    .trim()
    .replace(/^(?:\.\/)+/, '')
    .replace(/(?<!\/)\/+$/, '');
}

/** A whole command line as one word would be the name of one program. */
export function oneWord(words: readonly string[]): string[] {
  const [word = ''] = words;
  if (words.length !== 1 || !/\s/.test(word)) return [];
  return [
    `${quote(word)} is one word, so it would be the name of a program. For a script, use --command ${quote(word)}. If there is such a program, put -- before it.`,
  ];
}

/** Files come from the folder and from nowhere outside it. */
export function outsideFolder(pattern: string): string[] {
  const bare = pattern.trim();
  if (!bare.split(/[\\/]/).includes('..')) return [];
  const base = path.posix.basename(bare);
  const folder = path.posix.dirname(bare);
  const move =
    base === '..' || folder.endsWith('*')
      ? 'use --working-directory'
      : `use --working-directory ${quote(folder)} --files ${quote(base)}`;
  return [`--files ${quote(bare)} leads out of the folder. To send files from elsewhere, ${move}.`];
}

/** `az` puts each file into the root of the pod's folder, so a command that was written for it uses the base name. */
export function flattenedByAz(pattern: string, command: string): string[] {
  const file = withoutDot(pattern);
  const base = path.posix.basename(file);
  if (!/^[^!*?[{]+$/.test(file) || base === file) return [];
  const called = command.split(/[\s'"=;|&()<>]+/).map(withoutDot);
  if (called.includes(file) || !called.includes(base)) return [];
  return [`${file} keeps its path in the pod, where az would have put it at ${base}. Call it ${file} in the command.`];
}
