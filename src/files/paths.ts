// Paths have `/` between segments, on every system. Absolute ones are real paths, with all links
// resolved.

/** A name as a disk compares it that ignores letter case and how accented letters are composed. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Whether a path is the given folder or is below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(asPrefix(folder));
}

/** The part of a path below the given folder that it is within; empty for the folder itself. */
export function below(path: string, folder: string): string {
  return path.slice(asPrefix(folder).length);
}

/** Either part may be empty. */
export function join(folder: string, name: string): string {
  return folder === '' || name === '' ? folder + name : `${asPrefix(folder)}${name}`;
}

function asPrefix(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}
