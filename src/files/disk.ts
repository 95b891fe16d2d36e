/**
 * The runner's file system, as a port. Paths are absolute, with `/` between segments on every system, and names are spelled
 * as the disk spells them. What fails rejects with an error that has Node's `code`.
 */
export type Disk = {
  /** Windows' rules: `\` in what a user wrote separates, and files have no executable bits. */
  readonly windows: boolean;
  /** Makes a path that a user wrote absolute. */
  resolve(from: string, given: string): string;
  /** Where a path leads, with every link resolved. */
  realPath(path: string): Promise<string>;
  /** What is in a folder. */
  list(folder: string): Promise<readonly DiskEntry[]>;
  /** Whether the folder finds this name of one of its entries in another letter case, too. */
  ignoresCase(folder: string, name: string): Promise<boolean>;
  /** What stands at a path, links resolved. */
  inspect(path: string): Promise<Inspected>;
  /**
   * Opens a file, checks that what was opened is still the file that was inspected, and reads from what is open.
   *
   * @returns undefined where another file stands there by now.
   */
  read(path: string, inspected: Inspected): Promise<Buffer | undefined>;
};

export type DiskEntry = { readonly name: string; readonly kind: EntryKind | 'link' };

export type EntryKind = 'file' | 'folder' | 'other';

export type Inspected = {
  readonly kind: EntryKind;
  readonly bytes: number;
  /** Unix permission bits. */
  readonly mode: number;
  /** Equal for the same file only. */
  readonly identity: string;
};

/** Whether a path is a folder or lies below it. Both are real paths. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(asPrefix(folder));
}

/** The path below a folder that it is within; empty for the folder itself. */
export function below(path: string, folder: string): string {
  return path.slice(asPrefix(folder).length);
}

/** A path of one more segment. */
export function join(folder: string, name: string): string {
  return folder === '' ? name : `${asPrefix(folder)}${name}`;
}

function asPrefix(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

/** Node's code of an error; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** An answer of the disk, asked for once: links make a search ask for the same thing again and again. */
export function kept<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const promise = known.get(key) ?? ask();
  known.set(key, promise);
  return promise;
}
