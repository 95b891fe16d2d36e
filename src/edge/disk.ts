import { AsyncLocalStorage } from 'node:async_hooks';
import { constants, type BigIntStats } from 'node:fs';
import { open, readdir, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { writeFolder } from './collected.ts';
import { diskError, type Disk, type FileStats } from '../files/disk.ts';
import { foldName, isWithin } from '../files/paths.ts';

/**
 * Doesn't follow a link, and doesn't wait for a pipe. Windows has neither flag, and undefined
 * counts as 0.
 */
const READ_ONLY_PLAIN = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The disk of this machine. `platform` decides which rules apply to names. */
export function nodeDisk(platform: string): Disk {
  const windows = platform === 'win32';
  const slashed = (text: string) => (windows ? text.replaceAll('\\', '/') : text);
  return {
    windows,
    ignoresCase: windows || platform === 'darwin',
    resolve: (from, given) => slashed(path.resolve(from, given)),
    // The system's own function. On Windows and macOS, it spells each name as the disk does, even a
    // short 8.3 name.
    realPath: async (given) => slashed(await realpath(given)),
    async list(folder) {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    },
    async search(folder, glob) {
      const found = await walk(folder, glob).catch((error: unknown) => {
        // Slashes in the path of the error, too.
        const at = diskError(error).path;
        throw at === undefined ? error : Object.assign(error as Error, { path: slashed(at) });
      });
      return found.map(slashed).filter((at) => isWithin(at, folder));
    },
    async stat(given) {
      return fileStats(await stat(given, { bigint: true }));
    },
    async read(given, before) {
      const file = await open(given, READ_ONLY_PLAIN);
      try {
        const now = fileStats(await file.stat({ bigint: true }));
        if (now.kind !== 'file' || now.identity !== before.identity) return undefined;
        if (!(await isAt(given, file, now.identity, platform))) return undefined;
        return await readUpTo(before.bytes, file);
      } finally {
        await file.close();
      }
    },
    writeFolder,
  };
}

/** Reads at most `bytes`, the size that counted toward the limit. The file may be longer by now. */
async function readUpTo(bytes: number, file: FileHandle): Promise<Buffer> {
  const content = Buffer.allocUnsafeSlow(bytes);
  let length = 0;
  let read = await file.read(content);
  while (read.bytesRead > 0) {
    length += read.bytesRead;
    read = await file.read(content, length);
  }
  return content.subarray(0, length);
}

async function walk(folder: string, glob: string): Promise<string[]> {
  const { create } = await import('@actions/glob');
  const pattern = `${literal(folder)}/${glob}`;
  const options = { followSymbolicLinks: false, matchDirectories: false };
  try {
    return await withoutOutput(async () => (await create(pattern, options)).glob());
  } catch (error) {
    // The package fails at a name that is not UTF-8, or that vanishes during the search.
    if (diskError(error).code !== 'ENOENT') throw error;
    return everythingBelow(folder);
  }
}

async function everythingBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
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
 * `@actions/glob` prints where it searches to stdout, as a workflow command (`::debug::`). At a
 * prompt, stdout belongs to the command, so output of this work, and nothing else, is dropped.
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

/**
 * Whether an open file is the one at a real path. If a folder on the way was replaced by a link,
 * the path led elsewhere, perhaps into `.git`, to a file that looks just as ordinary. Linux reports
 * where an open file is, even if the path changes in the meantime; on other systems, the path is
 * checked again.
 */
async function isAt(
  given: string,
  file: FileHandle,
  identity: string,
  platform: string,
): Promise<boolean> {
  const opened =
    platform === 'linux'
      ? await readlink(`/proc/self/fd/${file.fd}`).catch(() => undefined)
      : undefined;
  if (opened === given) return true;
  // On a disk that ignores case, Linux may answer with the letter case of an earlier lookup.
  if (opened !== undefined && foldName(opened) !== foldName(given)) return false;
  // Windows has more than one spelling of a real path.
  if (platform !== 'win32' && (await realpath(given)) !== given) return false;
  return identityOf(await stat(given, { bigint: true })) === identity;
}

function fileStats(stats: BigIntStats): FileStats {
  return {
    kind: kindOf(stats),
    bytes: Number(stats.size),
    mode: Number(stats.mode) & 0o777,
    identity: identityOf(stats),
  };
}

function kindOf(stats: BigIntStats): FileStats['kind'] {
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'other';
}

/** On Windows, `stat` of a path and of an open file give different volume numbers. */
function identityOf({ dev, ino }: BigIntStats): string {
  return `${process.platform === 'win32' ? '' : dev}:${ino}`;
}
