import AdmZip from 'adm-zip';
import { chmod, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

/** The pod's side of `context`: a zip becomes a folder. */

const fileType = 0o170000;
const symbolicLink = 0o120000;

/**
 * Unpacks a zip into an existing, empty folder, Unix modes included. A file whose mode is 0 cannot
 * be read, as in AKS (seen). Throws if an entry would land outside the folder, a link points out of
 * it, two entries have the same name, or one is damaged.
 */
export async function unpack(zip: Buffer, folder: string): Promise<void> {
  if (zip.length === 0) return;
  const root = await realpath(folder);
  const folderModes: [path: string, mode: number][] = [];
  /** Folders made so far: no later entry can put a link in their place. */
  const made = new Set<string>();

  for (const entry of new AdmZip(zip).getEntries()) {
    const name = entry.entryName;
    if (name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')) {
      throw new Error(`context: the entry '${name}' leads out of the folder`);
    }
    const target = join(root, name);
    const type = (entry.header.attr >>> 16) & fileType;
    const mode = (entry.header.attr >>> 16) & 0o777;
    if (entry.isDirectory) {
      await makeFolder(root, target, name);
      if (mode !== 0) folderModes.push([target, mode]);
      continue;
    }
    if (!made.has(dirname(target))) await makeFolder(root, dirname(target), name);
    made.add(dirname(target));
    const content = entry.getData();
    if (type === symbolicLink) {
      await link(root, target, content.toString());
    } else if (mode === 0) {
      // Root reads a file of any mode, but nobody opens a link to what is below a device.
      await symlink('/dev/null/unreadable', target);
    } else {
      await writeFile(target, content, { mode, flag: 'wx' });
      // The umask limited the mode above.
      await chmod(target, mode);
    }
  }
  for (const [path, mode] of folderModes.reverse()) await chmod(path, mode);
}

async function makeFolder(root: string, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (!isWithin(root, await realpath(folder))) {
    throw new Error(`context: the entry '${name}' leads out of the folder through a link`);
  }
}

async function link(root: string, target: string, to: string): Promise<void> {
  if (!isWithin(root, resolve(dirname(target), to))) {
    throw new Error(`context: the link to '${to}' leads out of the folder`);
  }
  await symlink(to, target);
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep);
}
