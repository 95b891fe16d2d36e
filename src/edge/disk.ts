import { AsyncLocalStorage } from 'node:async_hooks';
import type { Stats } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {
  diskError,
  leadsNowhere,
  type Disk,
  type FileStats,
  type NewFile,
  type NewFolder,
} from '../files/disk.ts';
import { isWithin } from '../files/paths.ts';

/** The disk of this machine. `platform` decides which rules apply to names. */
export function nodeDisk(platform: string): Disk {
  const windows = platform === 'win32';
  const slashed = (text: string) => (windows ? text.replaceAll('\\', '/') : text);
  return {
    windows,
    resolve: (from, given) => slashed(path.resolve(from, given)),
    // The system's own function. On Windows and macOS, it spells each name as the disk does, even a
    // short 8.3 name.
    realPath: async (given) => slashed(await realpath(given)),
    exists: (given) =>
      lstat(given).then(
        () => true,
        (error: unknown) => !leadsNowhere(error),
      ),
    async list(folder) {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.map((entry) => ({
        name: entry.name,
        isFile: entry.isFile(),
        isFolder: entry.isDirectory(),
      }));
    },
    async search(folder, globs) {
      const found = await searchWithPackage(folder, globs).catch((error: unknown) => {
        // Slashes in the path of the error, too.
        const at = diskError(error).path;
        throw at === undefined ? error : Object.assign(error as Error, { path: slashed(at) });
      });
      return found.map(slashed).filter((at) => isWithin(at, folder));
    },
    async stat(given) {
      const stats = await stat(given);
      return { kind: kindOf(stats), bytes: stats.size, mode: stats.mode & 0o777 };
    },
    read: (given) => readFile(given),
    writeFolder: (where, files) => writeFolder(where, files, windows),
  };
}

function kindOf(stats: Stats): FileStats['kind'] {
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'other';
}

async function searchWithPackage(folder: string, globs: readonly string[]): Promise<string[]> {
  // It takes 60 ms to load, and many steps send no files.
  const { create } = await import('@actions/glob');
  const patterns = globs.map((glob) => `${literal(folder)}/${glob}`).join('\n');
  const options = { followSymbolicLinks: false, matchDirectories: false };
  try {
    return await withoutOutput(async () => (await create(patterns, options)).glob());
  } catch (error) {
    // The package fails at a name that is not UTF-8, or that vanishes during the search.
    if (diskError(error).code !== 'ENOENT') throw error;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const others = entries.filter((entry) => !entry.isDirectory());
    return others.map((entry) => path.join(entry.parentPath, entry.name));
  }
}

/**
 * Makes a path a pattern for itself. The package divides patterns at line breaks, so they become
 * `?`, any one character.
 */
function literal(folder: string): string {
  const escaped = folder.replaceAll(/[*?[]/g, '[$&]').replaceAll(/[\r\n]/g, '?');
  return process.platform === 'win32' ? escaped : escaped.replaceAll('\\', '\\\\');
}

/**
 * `@actions/glob` prints where it searches to stdout, as a workflow command (`::debug::`), and has
 * no option to print it elsewhere. At a prompt, stdout belongs to the command, so output of this
 * work, and nothing else, is dropped.
 */
async function withoutOutput<T>(work: () => Promise<T>): Promise<T> {
  const atWork = new AsyncLocalStorage<true>();
  const { stdout } = process;
  const write = stdout.write.bind(stdout) as (...args: unknown[]) => boolean;
  stdout.write = (...args: unknown[]) => atWork.getStore() === true || write(...args);
  try {
    return await atWork.run(true, work);
  } finally {
    stdout.write = write;
  }
}

/** Writes files into a folder that is new, or else empty: the disk's `writeFolder`. */
async function writeFolder(
  where: NewFolder,
  files: readonly NewFile[],
  windows: boolean,
): Promise<{ folder: string; notAllowed: readonly string[] }> {
  const folder = await openFolder(where);
  const notAllowed: string[] = [];
  try {
    for (const file of files) {
      const isAllowed = !windows || isWindowsPath(file.path);
      if (!isAllowed || !(await createFile(folder, file))) notAllowed.push(file.path);
    }
    // A new one is its owner's alone until it is filled.
    await chmod(folder, 0o755);
    return { folder, notAllowed };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function openFolder(where: NewFolder): Promise<string> {
  if ('below' in where) return mkdtemp(path.resolve(where.below, 'aks-run-command-collected-'));

  await mkdir(where.at, { recursive: true });
  if ((await readdir(where.at)).length > 0) throw new Error(`${where.at} is not empty`);
  return where.at;
}

/** Errors of a file system that does not allow a name, or has it in different letter case. */
const NOT_ALLOWED = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR']);

/** @returns false if this file system does not allow the name */
async function createFile(folder: string, file: NewFile): Promise<boolean> {
  const target = path.join(folder, file.path);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.content, { flag: 'wx' });
    await chmod(target, 0o644);
    return true;
  } catch (error) {
    if (NOT_ALLOWED.has(diskError(error).code ?? '')) return false;
    throw error;
  }
}

/** Characters and names that have another meaning on Windows: folders, streams, and devices. */
const NOT_ON_WINDOWS =
  /[<>:"|?*\\\p{Cc}]|[ .]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/iu;

/** Whether Windows allows a path. What a file system allows is found out by trying. */
function isWindowsPath(file: string): boolean {
  return file.split('/').every((name) => name.length <= 255 && !NOT_ON_WINDOWS.test(name));
}
