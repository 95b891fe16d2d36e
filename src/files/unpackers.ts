import { foldName } from './disk.ts';

/** The folder in the zip, and so in the command's working folder, that holds what is not the user's. */
export const ACTION_FOLDER = '.aks-run-command';

/**
 * Parts of a path that some unpacker changes. Info-ZIP drops control characters and a version such as `;1` at the end,
 * others take a backslash for a separator, and all drop or refuse `.`, `..`, and an empty segment.
 */
// eslint-disable-next-line no-control-regex
const CHANGED = /[\u0000-\u001f\u007f-\u009f\\]|;\d*(?:\/|$)|(?:^|\/)\.{0,2}(?:\/|$)/;

/**
 * Why a file of this path must not be sent. Nobody documents which program unpacks the zip in the pod. If it changed a
 * name, the file could replace another one, even the script that runs the command.
 */
export function problemWithName(path: string): 'own-folder' | 'unsafe-name' | undefined {
  if (CHANGED.test(path)) return 'unsafe-name';
  const [first = ''] = path.split('/');
  return foldName(first) === ACTION_FOLDER ? 'own-folder' : undefined;
}
