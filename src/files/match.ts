import type { Disk, FileStats } from './disk.ts';
import { isGitFolder, problemWithName } from './names.ts';
import { below, foldName, join } from './paths.ts';
import type { FilePattern } from './pattern.ts';
import { fail, unlessGone, type Root } from './root.ts';

/** A line of `files` that is no exclusion, and what applies to everything that it finds. */
export type Inclusion = {
  readonly pattern: FilePattern;
  /** The exclusions below it. */
  readonly exclusions: readonly FilePattern[];
  readonly includeHidden: boolean;
  readonly disk: Disk;
  readonly root: Root;
  /** Collects the exclusions that leave something out. */
  readonly excludedBy: Set<string>;
  /** Collects the paths that are skipped only because of what they lead to. */
  readonly leadToHidden: Set<string>;
  /** Files, and links to folders, by their paths below the root, of all lines so far. */
  readonly found: Map<string, Match>;
  /** What is below the folders that links lead to, by real path, of all lines so far. */
  readonly linked: Map<string, Promise<readonly string[]>>;
};

/** A folder in which something was found: the root, or one that a link leads to. */
export type Folder = {
  /** Below the root; empty for the root itself. */
  readonly path: string;
  readonly real: string;
};

/** What a pattern matches and may be sent: a file, or all that is behind a link to a folder. */
export type Match = Folder & { readonly stats: FileStats };

/**
 * A chart's ignore file, which is never hidden. Without it, helm would read other files in the pod
 * than it does on the runner.
 */
export const HELM_IGNORE = '.helmignore';

/** Whether a pattern matches something in a folder. If it ends in `/`, only a folder will do. */
export async function matchesOnDisk(
  { matches }: FilePattern,
  folder: Folder,
  name: string,
  disk: Disk,
): Promise<boolean> {
  const path = join(folder.path, name);
  if (matches(path) || !matches(`${path}/`)) return matches(path);

  const stats = await disk.stat(join(folder.real, name)).catch(unlessGone(path));
  return stats?.kind === 'folder';
}

/**
 * The one place that decides whether something that a line found may be sent, by its path and by
 * where it really is.
 *
 * @param name below the folder; may lead through links
 * @returns undefined if it is skipped: hidden, excluded, private to the runner, or gone meanwhile
 * @throws StepError `files` if the line asks for something that cannot be sent
 */
export async function checkMatch(
  inclusion: Inclusion,
  folder: Folder,
  name: string,
): Promise<Match | undefined> {
  const { disk, root } = inclusion;
  const path = join(folder.path, name);
  if (isHidden(inclusion, path.split('/'))) return undefined;

  for (const exclusion of inclusion.exclusions) {
    if (await matchesOnDisk(exclusion, folder, name, disk)) {
      inclusion.excludedBy.add(exclusion.line);
      return undefined;
    }
  }
  const problem = problemWithName(path);
  if (problem !== undefined) fail({ kind: problem, path });

  const at = join(folder.real, name);
  const real = await disk.realPath(at).catch(unlessGone(path));
  if (real === undefined) {
    return (await disk.exists(at)) ? fail({ kind: 'broken-link', path }) : undefined;
  }
  const isLink = !isSamePlace(disk, real, at);
  // Of `RUNNER_TEMP` itself, only regular files are sent.
  if (root.isTemp && isLink) return undefined;
  if (!root.allows(real)) {
    return isLink ? fail({ kind: 'outside', path, target: real }) : undefined;
  }
  if (isHidden(inclusion, root.namesTo(real))) {
    inclusion.leadToHidden.add(path);
    return undefined;
  }

  const stats = await disk.stat(real).catch(unlessGone(path));
  if (stats === undefined) return undefined;
  if (stats.kind === 'other') fail({ kind: 'not-a-file', path });
  // On Windows, a pattern may spell the path in another way than the disk.
  const spelled = isLink ? path : join(folder.path, below(real, folder.real));
  return { path: spelled, real, stats };
}

/** Whether a path is its own real path, and leads through no link. Windows ignores letter case. */
export function isSamePlace({ windows }: Disk, real: string, at: string): boolean {
  return windows ? foldName(real) === foldName(at) : real === at;
}

/**
 * Whether a segment of a path hides what it leads to. A segment with a leading dot is hidden unless
 * it matches a segment of the pattern that also begins with a dot. `.git` must be spelled out in
 * full, whatever else is included.
 */
function isHidden({ pattern, includeHidden }: Inclusion, segments: readonly string[]): boolean {
  return segments.some((name, index) => {
    const isHelmIgnore = name === HELM_IGNORE && index === segments.length - 1;
    const isDotted = name.startsWith('.') && !includeHidden && !isHelmIgnore;
    if (!isDotted && !isGitFolder(name)) return false;
    return !pattern.spellsOut(name);
  });
}
