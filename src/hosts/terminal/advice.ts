import path from 'node:path';
import { quote } from '../../pod/shell.ts';

/** Options of `az`, of the action and of habit that do not exist here, and what to use instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  o: 'stdout is the output of the command. For the verdict as JSON, use --result FILE.',
  output: 'stdout is the output of the command. For the verdict as JSON, use --result FILE.',
  query: 'Use --result FILE, and jq on that file.',
  verbose: 'Use --debug.',
  v: 'Use --debug, or --version.',
  wait: 'Waiting is the default. Use --no-wait to turn it off.',
  namespace: 'Put it in the command: kubectl --namespace NAME.',
  context: 'Use --cluster to name the cluster.',
  kubeconfig: 'No kubeconfig is needed. Use --cluster to name the cluster.',
  e: 'Use --env NAME=VALUE.',
  'allowed-exit-codes': "The exit code is the command's own. Test it in your shell.",
  'mask-outputs': 'Step outputs are not shown here. They are in the file of --result.',
  summary: 'There is no job summary here. What the command writes to it is in the file of --result.',
  ids: 'Give the resource ID to --cluster.',
  'service-principal': 'Sign in with az login first, or use --client-id and --tenant-id with an ID token.',
  password:
    'Sign in with az login first. A secret is never an option, because other users of this machine could read it.',
  'client-secret':
    'Sign in with az login first. A secret is never an option, because other users of this machine could read it.',
};

/** What to use instead of an option that others have; undefined where nothing is known. */
export function instead(name: string): string | undefined {
  return Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}

/** A word after `--files` that looks like the next of its files: the shell has expanded the pattern. */
export function expandedByShell(file: string | undefined, word: string | undefined): string | undefined {
  if (file === undefined || word === undefined || word === file || /[*?[]/.test(file)) return undefined;
  const folder = path.posix.dirname(file);
  const end = path.posix.extname(file);
  const alike = path.posix.dirname(word) === folder && path.posix.extname(word) === end;
  if (!alike || (folder === '.' && (end === '' || file.startsWith('./') !== word.startsWith('./')))) return undefined;
  const pattern = `${folder === '.' ? '' : `${folder}/`}*${end}`;
  return `${file} and ${word} look like one pattern that your shell has expanded. Quote it: --files ${quote(pattern)}. If ${word} is the command, put -- before it.`;
}

/** A whole command line as one word would be the name of one program. */
export function oneWord(words: readonly string[]): string[] {
  const [word = ''] = words;
  if (words.length !== 1 || !/\s/.test(word)) return [];
  return [
    `${quote(word)} is one word, so it would be the name of a program. For a script, use --command ${quote(word)}. If there is such a program, put -- before it.`,
  ];
}

/** Files come from the folder, and from nowhere outside it. */
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

/** `az` puts each file into the root of the pod's folder: a command from there calls it by its base name. */
export function flattenedByAz(pattern: string, command: string): string[] {
  const file = pattern.trim().replace(/^(?:\.\/)+/, '');
  const base = path.posix.basename(file);
  if (!/^[^!*?[{]+$/.test(file) || base === file) return [];
  const called = command.split(/[\s'"=;|&()<>]+/).map((word) => word.replace(/^(?:\.\/)+/, ''));
  if (called.includes(file) || !called.includes(base)) return [];
  return [`${file} keeps its path in the pod, where az would have put it at ${base}. Call it ${file} in the command.`];
}
