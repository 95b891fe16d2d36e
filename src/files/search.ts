import { diskError, type Disk } from './disk.ts';
import {
  checkMatch,
  HELM_IGNORE,
  isSamePlace,
  matchesOnDisk,
  type Folder,
  type Inclusion,
  type Match,
} from './match.ts';
import { below, join } from './paths.ts';
import { splitGlob, type FilePattern } from './pattern.ts';
import { fail, unlessGone, type Root } from './root.ts';

/** A zip counts its files in 16 bits, including the action's own. */
const MAX_FOUND = 65_000;
/** How many files are examined or read at the same time. */
const AT_ONCE = 16;
/** What other steps of this action leave behind in `RUNNER_TEMP`. */
const LEFT_BY_US = /^aks-run-command-/i;
const CHART = 'Chart.yaml';

/** What the patterns found. */
export type Search = {
  /** The files that may be sent. */
  readonly files: readonly Match[];
  /** What is not sent only because a link leads to something hidden: files, and links to folders. */
  readonly leadToHidden: readonly string[];
  /** The exclusions that left out something that a pattern found, by their lines. */
  readonly excludedBy: ReadonlyMap<FilePattern, readonly string[]>;
};

/**
 * Finds the files that the patterns match and that may be sent.
 *
 * @throws StepError `files` for what a pattern matches and cannot be sent, an unreadable folder,
 *   and too many files
 */
export async function search(
  disk: Disk,
  root: Root,
  patterns: readonly FilePattern[],
  includeHidden: boolean,
): Promise<Search> {
  const found = new Map<string, Match>();
  const leadToHidden = new Set<string>();
  const linked = new Map<string, Promise<readonly string[]>>();
  const excludedBy = new Map<FilePattern, readonly string[]>();
  for (const [index, pattern] of patterns.entries()) {
    if (pattern.excludes) continue;
    const exclusions = patterns.slice(index + 1).filter(({ excludes }) => excludes);
    const effective = new Set<string>();
    const accumulated = { excludedBy: effective, leadToHidden, found, linked };
    await searchOne({ pattern, exclusions, includeHidden, disk, root, ...accumulated });
    if (effective.size > 0) excludedBy.set(pattern, [...effective]);
  }
  return {
    files: [...found.values()].filter(({ stats }) => stats.kind === 'file'),
    // Another line may have asked for it.
    leadToHidden: [...leadToHidden].filter((path) => !found.has(path)).sort(),
    excludedBy,
  };
}

async function searchOne(inclusion: Inclusion): Promise<void> {
  const { disk, root } = inclusion;
  const top = { path: '', real: root.folder };
  if (root.isTemp) {
    await addMatches(inclusion, top, await namesInTemp(inclusion));
    return;
  }

  const globs: string[] = [];
  for (const glob of inclusion.pattern.globs) {
    const { start, rest } = splitGlob(glob);
    const at = join(root.folder, start);
    const stats = await disk.stat(at).catch(unlessGone(start));
    const real = await disk.realPath(at).catch(unlessGone(start));
    if (stats?.kind !== 'folder' || real === undefined) continue;
    if (isSamePlace(disk, real, at)) {
      globs.push(glob);
    } else {
      // The package would not look behind the link that the glob names.
      const folder = await checkMatch(inclusion, top, start);
      if (folder !== undefined)
        await addMatches(inclusion, folder, await namesBelow(inclusion, folder, [rest]));
    }
  }
  if (globs.length > 0) await addMatches(inclusion, top, await namesBelow(inclusion, top, globs));
}

/**
 * Adds what was found in a folder, and everything below the folders that links there lead to.
 *
 * @param behind the real folders that the links on the way lead to: no link leads there again
 */
async function addMatches(
  inclusion: Inclusion,
  folder: Folder,
  names: readonly string[],
  behind: readonly string[] = [],
): Promise<void> {
  const checked = await mapConcurrently(names, async (name) => {
    const isMatch = await matchesOnDisk(inclusion.pattern, folder, name, inclusion.disk);
    return { name, match: isMatch ? await checkMatch(inclusion, folder, name) : undefined };
  });
  for (const { name, match } of checked) {
    if (match === undefined) continue;
    addMatch(inclusion, match);
    if (match.stats.kind === 'folder') {
      if (behind.includes(match.real)) continue;
      await addMatches(inclusion, match, await allBelow(inclusion, match), [...behind, match.real]);
    } else if (match.path.split('/').at(-1) === CHART) {
      await addHelmIgnore(inclusion, folder, name.slice(0, -CHART.length) + HELM_IGNORE);
    }
  }
}

/** Searches a folder once for all links that lead to it. */
function allBelow(inclusion: Inclusion, folder: Folder): Promise<readonly string[]> {
  const names = inclusion.linked.get(folder.real) ?? namesBelow(inclusion, folder, ['**']);
  inclusion.linked.set(folder.real, names);
  return names;
}

async function namesBelow(
  { disk }: Inclusion,
  { path, real }: Folder,
  globs: readonly string[],
): Promise<readonly string[]> {
  const found = await disk.search(real, globs).catch((error: unknown) => {
    const at = diskError(error).path;
    if (at === undefined) throw error;
    return fail({ kind: 'unreadable', path: join(path, below(at, real)) || '.' });
  });
  return found.map((at) => below(at, real));
}

/**
 * Only regular files directly in `RUNNER_TEMP` are sent. Other programs keep folders there that are
 * unreadable to others.
 */
async function namesInTemp({ disk, root }: Inclusion): Promise<string[]> {
  const entries = await disk.list(root.folder).catch(() => fail({ kind: 'unreadable', path: '.' }));
  const files = entries.filter(({ name, isFile }) => isFile && !LEFT_BY_US.test(name));
  return files.map(({ name }) => name);
}

function addMatch({ found }: Inclusion, match: Match): void {
  found.set(match.path, match);
  if (found.size <= MAX_FOUND) return;
  const [first = ''] = match.path.split('/');
  fail({ kind: 'too-many', path: first, limit: MAX_FOUND });
}

/** A chart's ignore file comes along, unless it is excluded or cannot be sent. */
async function addHelmIgnore(inclusion: Inclusion, folder: Folder, name: string): Promise<void> {
  const match = await checkMatch(inclusion, folder, name).catch(() => undefined);
  if (match?.stats.kind === 'file') addMatch(inclusion, match);
}

/** Works on all items, a few at a time, and keeps their order. */
export async function mapConcurrently<In, Out>(
  items: readonly In[],
  work: (item: In) => Promise<Out>,
): Promise<Out[]> {
  const done: Out[] = [];
  // All workers take from the same iterator.
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done;
}
