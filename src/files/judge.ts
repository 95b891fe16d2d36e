import { leadsNowhere, type Disk, type FileStats } from './disk.ts';
import { isGitFolder, problemWithName } from './names.ts';
import { below, foldName, isWithin, join } from './paths.ts';
import type { FilePattern } from './pattern.ts';
import { fail, isPrivate, type Root } from './root.ts';

/** A line of the input that includes files, and what applies to everything that it finds. */
export type Line = {
  readonly pattern: FilePattern;
  /** The exclusions below it. */
  readonly exclusions: readonly FilePattern[];
  readonly includeHidden: boolean;
  readonly disk: Disk;
  readonly root: Root;
};

/** A folder in which something was found: the root, or one that a link leads to. */
export type Folder = {
  /** Below the root; empty for the root itself. */
  readonly path: string;
  readonly real: string;
};

/** What may be sent: a file, or everything below the folder that a link leads to. */
export type Found = Folder & { readonly stats: FileStats };

/**
 * A chart's ignore file, which is never hidden. Without it, helm would read other files in the pod
 * than it does on the runner.
 */
export const HELM_IGNORE = '.helmignore';

/**
 * The one place that decides whether something that a line found may be sent, by its path and by
 * where it really is.
 *
 * @param name below the folder; may lead through links
 * @returns undefined if it is skipped: hidden, excluded, or private to the runner
 * @throws StepError `files` if the line asks for something that cannot be sent
 */
export async function judge(line: Line, folder: Folder, name: string): Promise<Found | undefined> {
  const { disk, root } = line;
  const path = join(folder.path, name);
  const isExcluded = line.exclusions.some((exclusion) => exclusion.matches(path));
  if (isExcluded || isHidden(line, path.split('/'))) return undefined;

  const problem = problemWithName(path);
  if (problem !== undefined) fail({ kind: problem, path });

  const at = join(folder.real, name);
  const real = await disk.realPath(at).catch((error: unknown) => {
    return fail({ kind: leadsNowhere(error) ? 'broken-link' : 'unreadable', path });
  });
  const isLink = !isSamePlace(disk, real, at);
  // Of `RUNNER_TEMP` itself, only regular files are sent.
  if (root.isTemp && isLink) return undefined;
  if (!isWithin(real, root.confines) || isPrivate(real, root.temp)) {
    return isLink ? fail({ kind: 'outside', path, target: real }) : undefined;
  }
  if (isHidden(line, below(real, root.top).split('/'), root.asked)) return undefined;

  const stats = await disk.stat(real).catch(() => fail({ kind: 'unreadable', path }));
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
 *
 * @param asked names that count as spelled out, too
 */
function isHidden(
  { pattern, includeHidden }: Line,
  segments: readonly string[],
  asked: ReadonlySet<string> = new Set(),
): boolean {
  return segments.some((name, index) => {
    const isHelmIgnore = name === HELM_IGNORE && index === segments.length - 1;
    const isDotted = name.startsWith('.') && !includeHidden && !isHelmIgnore;
    if (!isDotted && !isGitFolder(name)) return false;
    return !pattern.spellsOut(name) && !asked.has(foldName(name));
  });
}
