import { chmod, lstat, mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CollectedFile, Collector } from '../pod/bundle.ts';

/**
 * Writes collected files to the runner's file system.
 *
 * @param below where to create a new folder for them
 * @param given a folder to use instead, which must be empty or new
 */
export function collectorIn(below: string, given?: string): Collector {
  return {
    async keep(files) {
      const folder = await newFolder(below, given);
      try {
        const unheld = await writeAll(folder, files);
        await chmod(folder, 0o755);
        return { folder, unheld };
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
    },
  };
}

/** Only the owner can enter the folder until it is filled, so that nobody else can plant a link in place of a file. */
async function newFolder(below: string, given: string | undefined): Promise<string> {
  if (given === undefined) return mkdtemp(path.join(path.resolve(below), 'aks-run-command-collected-'));
  const folder = path.resolve(given);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
  await chmod(folder, 0o700);
  return folder;
}

async function writeAll(folder: string, files: readonly CollectedFile[]): Promise<string[]> {
  const unheld: string[] = [];
  const made = new Set<string>();
  for (const file of files) {
    const isHeld = canHold(process.platform, file) && (await write(folder, file, made));
    if (!isHeld) unheld.push(file.name);
  }
  return unheld;
}

/** Characters and names that have another meaning on Windows: streams, devices, and wildcards. */
const NOT_ON_WINDOWS = /[<>:"|?*\p{Cc}]|[ .]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/iu;

/** Whether a system's rules allow a name. Whether its file system does is found out by trying. */
export function canHold(platform: string, { path: bytes, name }: Pick<CollectedFile, 'path' | 'name'>): boolean {
  if (platform !== 'win32') return true;
  return (
    Buffer.from(name).equals(bytes) &&
    !name.split('/').some((segment) => segment.length > 255 || NOT_ON_WINDOWS.test(segment))
  );
}

/** Errors of a file system that cannot store a name, or already has it in different letter case. */
const UNHELD = new Set(['EEXIST', 'EILSEQ', 'EINVAL', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR']);

/** @returns false if this system cannot store the name */
async function write(folder: string, { path: bytes, content }: CollectedFile, made: Set<string>): Promise<boolean> {
  try {
    for (let slash = bytes.indexOf('/'); slash >= 0; slash = bytes.indexOf('/', slash + 1)) {
      await makeFolder(folder, bytes.subarray(0, slash), made);
    }
    const file = await open(pathIn(folder, bytes), 'wx', 0o644);
    try {
      await file.writeFile(content);
      await file.chmod(0o644);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && UNHELD.has(String(error.code))) return false;
    throw error;
  }
}

async function makeFolder(folder: string, bytes: Buffer, made: Set<string>): Promise<void> {
  const key = bytes.toString('latin1');
  if (made.has(key)) return;
  const target = pathIn(folder, bytes);
  await mkdir(target, 0o755).catch(async (error: unknown) => {
    // The name may exist with different letter case. A folder will do, but anything else will not.
    if (!(await lstat(target)).isDirectory()) throw error;
  });
  await chmod(target, 0o755);
  made.add(key);
}

/** A path is made of bytes, except on Windows, where it is text. */
function pathIn(folder: string, bytes: Buffer): string | Buffer {
  if (process.platform === 'win32') return path.join(folder, bytes.toString());
  return Buffer.concat([Buffer.from(`${folder}/`), bytes]);
}
