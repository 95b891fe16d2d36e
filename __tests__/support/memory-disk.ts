import path from 'node:path';
import type { Disk, Entry, FileStats } from '../../src/files/disk.ts';
import { isWithin } from '../../src/files/paths.ts';

/**
 * A disk of plain values: files by their absolute paths, and no links. What is written goes
 * nowhere.
 */
export function memoryDisk(files: Readonly<Record<string, string>>, folder = '/workspace'): Disk {
  const folders = new Map<string, Map<string, Entry>>([[folder, new Map()]]);
  for (const file of Object.keys(files)) {
    let isFile = true;
    for (let at = file; at !== '/'; at = path.posix.dirname(at)) {
      const parent = path.posix.dirname(at);
      const name = path.posix.basename(at);
      const names = folders.get(parent) ?? new Map<string, Entry>();
      folders.set(parent, names.set(name, { name, isFile, isFolder: !isFile }));
      isFile = false;
    }
  }
  const statsOf = (at: string): FileStats => {
    const content = files[at];
    if (content === undefined && !folders.has(at)) {
      throw Object.assign(new Error(`ENOENT: ${at}`), { code: 'ENOENT', path: at });
    }
    const kind = content === undefined ? 'folder' : 'file';
    return { kind, bytes: content?.length ?? 0, mode: 0o644 };
  };
  return {
    windows: false,
    resolve: (from, given) => path.posix.resolve(from, given),
    realPath: async (at) => {
      await Promise.resolve();
      statsOf(at);
      return at;
    },
    exists: (at) => Promise.resolve(at in files || folders.has(at)),
    list: (at) => Promise.resolve([...(folders.get(at)?.values() ?? [])]),
    search: (at) => Promise.resolve(Object.keys(files).filter((file) => isWithin(file, at))),
    stat: async (at) => {
      await Promise.resolve();
      return statsOf(at);
    },
    read: (at) => Promise.resolve(Buffer.from(files[at] ?? '')),
    writeFolder: () => Promise.resolve({ folder: '/temp/collected', notAllowed: [] }),
  };
}
