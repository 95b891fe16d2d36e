import { nearestPath } from '../text/nearest.ts';
import type { Disk } from './disk.ts';
import { isGitFolder } from './names.ts';
import { join } from './paths.ts';
import type { FilePattern } from './pattern.ts';

/** Names to compare a misspelled one with. Large repositories have more, but these are enough. */
const MAX_NAMES = 10_000;

/** How many globs are compared. Nobody reads more advice than this. */
const MAX_GLOBS = 10;

/**
 * What is probably wrong with patterns that matched nothing: the folder is empty, or a name in it
 * is nearest to what was meant.
 */
export async function adviceOn(
  patterns: readonly FilePattern[],
  folder: string,
  disk: Disk,
): Promise<{ readonly isEmpty: boolean; readonly nearest: readonly string[] }> {
  const paths = await listPaths(disk, folder);
  // What a pattern matches is hidden or excluded, and not misspelled.
  const misspelled = patterns.filter(({ matches }) => !paths.some(matches));
  const globs = misspelled.flatMap((pattern) => pattern.globs).slice(0, MAX_GLOBS);
  const nearest = new Set(globs.flatMap((glob) => nearestPath(glob, paths) ?? []));
  return { isEmpty: paths.length === 0, nearest: [...nearest] };
}

/** Files and folders, those near the top first. Leaves out `.git`, and doesn't follow links. */
async function listPaths(disk: Disk, top: string): Promise<string[]> {
  const paths: string[] = [];
  // The loop also visits the folders that are added while it runs.
  const folders = [''];
  for (const folder of folders) {
    const entries = await disk.list(join(top, folder)).catch(() => []);
    for (const { name, isFolder } of entries.filter((entry) => !isGitFolder(entry.name))) {
      paths.push(join(folder, name));
      if (isFolder) folders.push(join(folder, name));
    }
    if (paths.length > MAX_NAMES) break;
  }
  return paths.slice(0, MAX_NAMES);
}
