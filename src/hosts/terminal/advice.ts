import path from 'node:path';
import { quote } from '../../pod/shell.ts';

const NO_TERMINAL = 'The command has no terminal and no stdin: AKS runs it and returns its output when it ends.';
const IN_JSON = 'It has no meaning at a prompt. For step outputs and the summary, use -o json or --result.';

/** What to use instead of options of `az`, of kubectl, and of the action that do not exist here. */
export const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['output', 'The only format is json. Without -o, stdout is the output of the command.'],
  ['query', 'Use -o json, and pipe it to jq.'],
  ['namespace', 'Put it in the command: kubectl --namespace NAME.'],
  ['t', NO_TERMINAL],
  ['tty', NO_TERMINAL],
  ['stdin', NO_TERMINAL],
  ['allowed-exit-codes', "The exit code is the command's own. Test it in your shell."],
  ['mask-outputs', IN_JSON],
  ['summary', IN_JSON],
]);

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
  const alike = `${quote(file)} and ${quote(word)} look like one pattern that your shell has expanded`;
  return [`${alike}. Quote it, or repeat --files. If ${quote(word)} is the command, put -- before it.`];
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

export function outsideFolder(pattern: string): string[] {
  if (!pattern.split(/[\\/]/).includes('..')) return [];
  return [`--files ${quote(pattern)} leads out of the folder. To send files from elsewhere, use --working-directory.`];
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
