import * as fs from 'node:fs';
import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { codeOf, kept, type Disk, type DiskEntry, type EntryKind, type Inspected } from '../files/disk.ts';
import { foldName } from '../files/glob.ts';
import type { Places } from '../files/root.ts';
import { workspaceOn, type Workspace } from '../files/workspace.ts';

/** The system's own function: on Windows and macOS it spells each name as the disk does, short names of 8.3 included. */
const nativeRealPath = promisify(fs.realpath.native);

/** For thousands of files plain descriptors: with wrapped ones (`FileHandle`) reading takes almost twice the time. */
const open = promisify(fs.open);
const statOf = promisify(fs.fstat);
const read = promisify(fs.read);
const close = promisify(fs.close);

/** Never through a link, and never waiting for the other end of a pipe. Windows has neither flag. */
const READ_ONLY_PLAIN = fs.constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');

/** The files of these places, on this machine. */
export function workspaceIn(places: Places): Workspace {
  return workspaceOn(nodeDisk(process.platform), places);
}

/** The runner's file system. */
export function nodeDisk(platform: string): Disk {
  const windows = platform === 'win32';
  const slashed = (text: string) => (windows ? text.replaceAll('\\', '/') : text);
  const lists = new Map<string, Promise<readonly DiskEntry[]>>();
  const realPaths = new Map<string, Promise<string>>();
  const listed = (folder: string) => kept(lists, folder, () => listOf(folder));

  return {
    windows,
    resolve: (from, given) => slashed(path.resolve(from, given)),
    realPath: (given) => kept(realPaths, given, async () => slashed(await realPath(given))),
    list: listed,
    ignoresCase: async (folder, name) => ignoresCase(folder, name, await listed(folder)),
    async inspect(given) {
      return inspected(await stat(given, { bigint: true }));
    },
    read: async (given, before) => {
      const file = await open(given, READ_ONLY_PLAIN);
      try {
        const now = inspected(await statOf(file, { bigint: true }));
        if (now.kind !== 'file' || now.identity !== before.identity) return undefined;
        return (await isAt(given, file, now.identity, platform)) ? await contentOf(file, now.bytes) : undefined;
      } finally {
        await close(file);
      }
    },
  };
}

/** Up to where it ended when it was opened. */
async function contentOf(file: number, bytes: number): Promise<Buffer> {
  const content = Buffer.allocUnsafeSlow(bytes);
  let length = 0;
  while (length < bytes) {
    const { bytesRead } = await read(file, content, length, bytes - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return content.subarray(0, length);
}

/**
 * Whether an open file is the one at a real path. A folder on the way that became a link would have led elsewhere, into `.git`
 * say, and the file there is as plain as the one that was looked at. Linux tells where an open file is, however often the path
 * changes meanwhile; elsewhere the path is looked at again.
 */
async function isAt(given: string, file: number, identity: string, platform: string): Promise<boolean> {
  const opened = platform === 'linux' ? await readlink(`/proc/self/fd/${file}`).catch(() => undefined) : undefined;
  if (opened !== undefined && foldName(opened) !== foldName(given)) return false;
  // Linux may tell the letters of an earlier look where a folder ignores case.
  return opened === given || (await leadsTo(given, identity, platform === 'win32'));
}

async function leadsTo(given: string, identity: string, windows: boolean): Promise<boolean> {
  // Windows has several spellings of a real path.
  if (!windows && (await nativeRealPath(given)) !== given) return false;
  return identityOf(await stat(given, { bigint: true })) === identity;
}

async function realPath(given: string): Promise<string> {
  try {
    return await nativeRealPath(given);
  } catch (error) {
    // Windows' function knows no RAM disks and some network drives.
    if (['ENOENT', 'ELOOP', 'ENOTDIR', 'EACCES'].includes(codeOf(error))) throw error;
    return await realpath(given);
  }
}

async function listOf(folder: string): Promise<readonly DiskEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => {
      // Some file systems do not tell kinds in a listing.
      const isKnown = entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
      const item = isKnown ? entry : await lstat(path.join(folder, entry.name));
      return { name: entry.name, kind: item.isSymbolicLink() ? ('link' as const) : kindOf(item) };
    }),
  );
}

/**
 * Asked of the disk itself: Linux and macOS mount both kinds, and Windows has folders of the other. Where a name is found in
 * letters that the folder does not list, it ignores case. The numbers of files are no sign: a file system in user space
 * (FUSE) may give one file another number for each spelling.
 */
async function ignoresCase(folder: string, name: string, entries: readonly DiskEntry[]): Promise<boolean> {
  const other = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
  if (other === name || entries.some((entry) => entry.name === other)) return false;
  return lstat(path.join(folder, other)).then(
    () => true,
    () => false,
  );
}

function inspected(stats: fs.BigIntStats): Inspected {
  return {
    kind: kindOf(stats),
    bytes: Number(stats.size),
    mode: Number(stats.mode) & 0o777,
    identity: identityOf(stats),
  };
}

/** Of a file on Windows, the number of its volume differs between the two ways to ask for it. */
function identityOf({ dev, ino }: fs.BigIntStats): string {
  return `${process.platform === 'win32' ? '' : dev}:${ino}`;
}

function kindOf(item: { isFile(): boolean; isDirectory(): boolean }): EntryKind {
  if (item.isFile()) return 'file';
  return item.isDirectory() ? 'folder' : 'other';
}

function flag(name: 'O_NOFOLLOW' | 'O_NONBLOCK'): number {
  const flags: Readonly<Record<string, number | undefined>> = fs.constants;
  return flags[name] ?? 0;
}
