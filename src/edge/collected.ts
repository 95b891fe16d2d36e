import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { diskError, type NewFile, type NewFolder } from '../files/disk.ts';

/** Writes files into a folder that is new, or else empty: the disk's `writeFolder`. */
export async function writeFolder(
  where: NewFolder,
  files: readonly NewFile[],
): Promise<{ folder: string; notAllowed: readonly string[] }> {
  const folder = await openFolder(where);
  const notAllowed: string[] = [];
  try {
    for (const file of files) {
      if (!(await write(folder, file))) notAllowed.push(file.path);
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

/** @returns false if this system does not allow the name */
async function write(folder: string, file: NewFile): Promise<boolean> {
  if (!allowsName(process.platform, file.path)) return false;

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

/** Whether a system's rules allow a path. Whether its file system does is found out by trying. */
export function allowsName(platform: string, file: string): boolean {
  const isAllowed = (segment: string) => segment.length <= 255 && !NOT_ON_WINDOWS.test(segment);
  return platform !== 'win32' || file.split('/').every(isAllowed);
}
