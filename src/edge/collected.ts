import { constants } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, open, readdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskError, type NewFile, type NewFolder } from '../files/disk.ts';

type Path = string | Buffer;

/** Writes files into a folder that is new, or else empty: the disk's `writeFolder`. */
export async function writeFolder(
  where: NewFolder,
  files: readonly NewFile[],
): Promise<{ folder: string; notAllowed: readonly string[] }> {
  const folder = await openFolder(where);
  return inside(folder, async (at) => {
    if ((await readdir(at)).length > 0) throw new Error(`${folder} is not empty`);
    // Only the owner can enter it until it is filled, so that nobody else can plant a link in place
    // of a file.
    await chmod(at, 0o700);
    try {
      return { folder, notAllowed: await writeAll(folder, at, files) };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  });
}

/** A folder at a given path may be a link to one. A new one never is. */
async function openFolder(where: NewFolder): Promise<string> {
  if ('below' in where) return mkdtemp(path.resolve(where.below, 'aks-run-command-collected-'));
  await mkdir(where.at, { recursive: true, mode: 0o700 });
  return realpath(where.at);
}

/**
 * Fills a folder, which others may enter afterwards. Linux has a path for an open folder, and so
 * nothing is written elsewhere if a link takes the folder's place in the meantime.
 */
async function inside<T>(folder: Path, fill: (at: Path) => Promise<T>): Promise<T> {
  const { O_DIRECTORY, O_NOFOLLOW } = constants;
  const opened =
    process.platform === 'linux' ? await open(folder, O_DIRECTORY | O_NOFOLLOW) : undefined;
  const at = opened === undefined ? folder : `/proc/self/fd/${opened.fd}`;
  try {
    const filled = await fill(at);
    await chmod(at, 0o755);
    return filled;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'message' in error) {
      error.message = String(error.message).replace(String(at), String(folder));
    }
    throw error;
  } finally {
    await opened?.close();
  }
}

/**
 * Linux's `PATH_MAX`, with the byte that ends it. Nothing could open a longer path, or remove it.
 */
const MAX_PATH = 4096;

async function writeAll(folder: string, at: Path, files: readonly NewFile[]): Promise<string[]> {
  const notAllowed: string[] = [];
  for (const file of files) {
    const fits = pathIn(folder, file.path).length < MAX_PATH;
    const isAllowed = fits && allowsName(process.platform, file);
    const isWritten = isAllowed && (await write(at, file.path, file));
    if (!isWritten) notAllowed.push(file.name);
  }
  return notAllowed;
}

/** Characters and names that have another meaning on Windows: streams, devices, and wildcards. */
const NOT_ON_WINDOWS =
  /[<>:"|?*\p{Cc}]|[ .]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/iu;

/** Whether a system's rules allow a name. Whether its file system does is found out by trying. */
export function allowsName(platform: string, file: NewFile): boolean {
  if (platform !== 'win32') return true;
  const isUtf8 = Buffer.from(file.name).equals(file.path);
  return isUtf8 && file.name.split('/').every(isAllowedOnWindows);
}

function isAllowedOnWindows(segment: string): boolean {
  return segment.length <= 255 && !NOT_ON_WINDOWS.test(segment);
}

/** Errors of a file system that does not allow a name, or has it in different letter case. */
const NOT_ALLOWED = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR']);

/**
 * Writes a file, and the folders that it is in.
 *
 * @param rest of the file's path, below the folder
 * @returns false if this system does not allow the name
 */
async function write(at: Path, rest: Buffer, file: NewFile): Promise<boolean> {
  try {
    const slash = rest.indexOf('/');
    if (slash >= 0) {
      const folder = pathIn(at, rest.subarray(0, slash));
      await mkdir(folder, 0o755).catch(async (error: unknown) => {
        // The name may exist, perhaps with different letter case. Only a folder will do.
        if (!(await lstat(folder)).isDirectory()) throw error;
      });
      return await inside(folder, (within) => write(within, rest.subarray(slash + 1), file));
    }
    await writeIn(at, rest, file);
    return true;
  } catch (error) {
    if (NOT_ALLOWED.has(diskError(error).code ?? '')) return false;
    throw error;
  }
}

async function writeIn(folder: Path, name: Buffer, file: NewFile): Promise<void> {
  const opened = await open(pathIn(folder, name), 'wx', 0o644);
  try {
    await opened.writeFile(file.content);
    await opened.chmod(0o644);
  } finally {
    await opened.close();
  }
}

/** A path is made of bytes, except on Windows, where it is text. */
function pathIn(folder: Path, bytes: Buffer): Path {
  if (process.platform === 'win32') return path.join(String(folder), bytes.toString());
  return Buffer.concat([
    typeof folder === 'string' ? Buffer.from(folder) : folder,
    Buffer.from('/'),
    bytes,
  ]);
}
