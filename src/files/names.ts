import { foldName } from './paths.ts';

/**
 * Whether a folder of this name is Git's, which holds the checkout's token. File systems accept
 * several names for it: Windows and macOS ignore letter case, HFS+ ignores invisible characters,
 * NTFS ignores trailing dots, blanks, and stream names, and on Windows a folder may have a short
 * 8.3 name.
 */
export function isGitFolder(name: string): boolean {
  return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(
    name.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''),
  );
}

/**
 * The folder in the zip, and therefore in the command's working folder, for everything that isn't
 * the user's.
 */
export const ACTION_FOLDER = '.aks-run-command';

/**
 * Parts of a path that some unzip program changes. Info-ZIP drops control characters and a trailing
 * version such as `;1`, others treat a backslash as a separator, and all drop or refuse `.`, `..`,
 * and an empty segment. Node reads a name that is not UTF-8 with U+FFFD, and cannot open it.
 */
// eslint-disable-next-line no-control-regex
const CHANGED = /[\u0000-\u001f\u007f-\u009f\\\ufffd]|;\d*(?:\/|$)|(?:^|\/)\.{0,2}(?:\/|$)/;

/**
 * Why a file with this path must not be sent. It is not documented which program unpacks the zip in
 * the pod. If that changed a name, the file could overwrite another one, even the script that runs
 * the command.
 */
export function problemWithName(path: string): 'own-folder' | 'unsafe-name' | undefined {
  if (CHANGED.test(path)) return 'unsafe-name';
  const [first = ''] = path.split('/');
  return foldName(first) === ACTION_FOLDER ? 'own-folder' : undefined;
}
