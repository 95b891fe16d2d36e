/**
 * The runner's file system, as a port. Paths are absolute, with `/` between segments on every
 * system, and names are spelled as they are on disk. Failures reject with an error that has Node's
 * `code`.
 */
export type Disk = {
  /**
   * Windows' rules: `\` separates folders in what a user wrote, letter case makes no difference, and
   * no file is executable.
   */
  readonly windows: boolean;
  /** Makes a path that a user wrote absolute. */
  resolve(from: string, given: string): string;
  /** Where a path leads once every link is resolved. */
  realPath(path: string): Promise<string>;
  /** Whether anything is at a path, even a link that leads nowhere. */
  exists(path: string): Promise<boolean>;
  list(folder: string): Promise<readonly Entry[]>;
  /**
   * The paths below a folder of what globs match there, directly or through a folder above it,
   * except folders. Links are not followed. There may be more paths than the globs match. A failure
   * has the absolute `path` that could not be read.
   */
  search(folder: string, globs: readonly string[]): Promise<readonly string[]>;
  /** What is at a path, once links are resolved. */
  stat(path: string): Promise<FileStats>;
  read(path: string): Promise<Buffer>;
  /**
   * Writes files into a folder, files 0644, folders 0755, no link followed. If that fails, no file
   * is left behind.
   *
   * @returns the folder's absolute path, and the names (untrusted text) of files that are left out
   *   because this system does not allow them
   */
  writeFolder(
    folder: NewFolder,
    files: readonly NewFile[],
  ): Promise<{ readonly folder: string; readonly notAllowed: readonly string[] }>;
};

/** A name in a folder. A link is neither a file nor a folder. */
export type Entry = {
  readonly name: string;
  readonly isFile: boolean;
  readonly isFolder: boolean;
};

export type FileStats = {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
  /** Unix permission bits. */
  readonly mode: number;
};

/** A folder to make below another one, or the path of one that is empty or does not exist yet. */
export type NewFolder = { readonly below: string } | { readonly at: string };

/** A file to write. Path and content are untrusted. */
export type NewFile = {
  /** Below the folder, with `/` between segments. */
  readonly path: string;
  readonly content: Buffer;
};

/** An error of Node's file system has a `code`, such as `ENOENT`, and a `path`. Others don't. */
export function diskError(error: unknown): Partial<NodeJS.ErrnoException> {
  return error as Partial<NodeJS.ErrnoException>;
}

/** Whether an error says that nothing is at a path, or behind the link there. */
export function leadsNowhere(error: unknown): boolean {
  return NOWHERE.has(diskError(error).code);
}

const NOWHERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);
