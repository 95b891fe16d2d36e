import { diskError, type Disk, type FileStats } from './disk.ts';
import { isGitFolder, problemWithName } from './names.ts';
import { baseName, below, foldName, isWithin, join, parent } from './paths.ts';
import { splitGlob, type FilePattern } from './pattern.ts';
import { fail, isPrivate, type Root } from './root.ts';

/** A search in progress. */
type Search = {
  readonly disk: Disk;
  readonly root: Root;
  readonly includeHidden: boolean;
  /** Files, and the links to folders that were searched, by their paths below the root. */
  readonly found: Map<string, Found>;
  /** What is below the folders that links lead to, by real path. */
  readonly linked: Map<string, Promise<readonly string[]>>;
};

/** A line of the input, and the exclusions below it, which apply to it. */
type Line = { readonly pattern: FilePattern; readonly exclusions: readonly FilePattern[] };

/** A folder that is searched: the root, or one that a link leads to. */
type Folder = {
  /** Below the root; empty for the root itself. */
  readonly path: string;
  readonly real: string;
  /** The real folders that the links on the way lead to. */
  readonly behind: readonly string[];
};

/** What a pattern takes: a file, or a link to a folder. */
export type Found = {
  /** Below the root. */
  readonly path: string;
  readonly real: string;
  readonly stats: FileStats;
};

/** A zip counts its files in 16 bits, including the action's own. */
const MAX_FOUND = 65_000;
/** How many files are examined or read at the same time. */
const AT_ONCE = 16;
/**
 * A chart's ignore file. Without it, helm would read other files in the pod than it does on the
 * runner.
 */
const HELM_IGNORE = '.helmignore';
/** Codes of errors about a path at which nothing is, or a link to one. */
const NOWHERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);
/** What other steps of this action leave behind in `RUNNER_TEMP`. */
const LEFT_BY_US = /^aks-run-command-/i;

/**
 * Finds the files that the patterns match. `@actions/glob` searches, and each thing that it finds
 * is judged.
 *
 * @throws StepError `files` for what a pattern takes and cannot be sent, an unreadable folder, and
 *   too many files
 */
export async function search(
  disk: Disk,
  root: Root,
  patterns: readonly FilePattern[],
  includeHidden: boolean,
): Promise<readonly Found[]> {
  const progress: Search = {
    disk,
    root,
    includeHidden,
    found: new Map(),
    linked: new Map(),
  };
  for (const [index, pattern] of patterns.entries()) {
    if (pattern.excludes) continue;
    const exclusions = patterns.slice(index + 1).filter(({ excludes }) => excludes);
    await searchFor(progress, { pattern, exclusions });
  }
  return [...progress.found.values()].filter(({ stats }) => stats.kind === 'file');
}

function topOf({ folder }: Root): Folder {
  return { path: '', real: folder, behind: [] };
}

async function searchFor(progress: Search, line: Line): Promise<void> {
  const { disk, root } = progress;
  const top = topOf(root);
  if (root.isTemp) {
    await take(progress, line, top, await namesInTemp(progress));
    return;
  }

  const globs: string[] = [];
  for (const glob of line.pattern.globs) {
    const { start, rest } = splitGlob(glob);
    const at = join(root.folder, start);
    const stats = await disk.stat(at).catch((error: unknown) => {
      return leadsNowhere(error) ? undefined : fail({ kind: 'unreadable', path: start });
    });
    if (stats?.kind !== 'folder') continue;
    if (isSame(progress, await disk.realPath(at), at)) globs.push(glob);
    else await searchBehind(progress, line, start, rest);
  }
  if (globs.length > 0) await take(progress, line, top, await namesBelow(progress, top, globs));
}

/** Takes what a glob matches behind a link that it names before its first wildcard. */
async function searchBehind(
  progress: Search,
  line: Line,
  start: string,
  rest: string,
): Promise<void> {
  const found = await judge(progress, line, topOf(progress.root), start);
  if (found === undefined) return;
  const folder = { ...found, behind: [found.real] };
  await take(progress, line, folder, await namesBelow(progress, folder, [rest]));
}

/** Adds what was found in a folder, and everything below the folders that links there lead to. */
async function take(
  progress: Search,
  line: Line,
  folder: Folder,
  names: readonly string[],
): Promise<void> {
  const matched = names.filter((name) => line.pattern.matches(join(folder.path, name)));
  const judged = await mapConcurrently(matched, async (name) => {
    return { name, found: await judge(progress, line, folder, name) };
  });
  for (const { name, found } of judged) {
    if (found === undefined) continue;
    add(progress, found);
    if (found.stats.kind === 'folder') {
      await takeAllBelow(progress, line, { ...found, behind: folder.behind });
    } else if (baseName(found.path) === 'Chart.yaml') {
      await addHelmIgnore(progress, line, folder, parent(name));
    }
  }
}

/** Takes everything below a folder that a link leads to, once on the way to any path. */
async function takeAllBelow(progress: Search, line: Line, folder: Folder): Promise<void> {
  const { path, real, behind } = folder;
  if (behind.includes(real)) return;

  const names = progress.linked.get(real) ?? namesBelow(progress, folder, ['**']);
  progress.linked.set(real, names);
  await take(progress, line, { path, real, behind: [...behind, real] }, await names);
}

async function namesBelow(
  { disk }: Search,
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
async function namesInTemp({ disk, root }: Search): Promise<string[]> {
  const entries = await disk.list(root.folder).catch(() => fail({ kind: 'unreadable', path: '.' }));
  const files = entries.filter(({ name, isFile }) => isFile && !LEFT_BY_US.test(name));
  return files.map(({ name }) => name);
}

/**
 * The one place that decides whether something that was found may be sent, by its path and by where
 * it really is.
 *
 * @param name below the folder; may lead through links
 * @returns undefined if it is skipped: hidden, excluded, or private to the runner
 * @throws StepError `files` if the pattern asks for something that cannot be sent
 */
async function judge(
  progress: Search,
  line: Line,
  folder: Folder,
  name: string,
): Promise<Found | undefined> {
  const { disk, root } = progress;
  const path = join(folder.path, name);
  const isExcluded = line.exclusions.some((exclusion) => exclusion.matches(path));
  if (isExcluded || isHidden(progress, line, path.split('/'))) return undefined;

  const problem = problemWithName(path);
  if (problem !== undefined) fail({ kind: problem, path });

  const at = join(folder.real, name);
  const real = await disk.realPath(at).catch((error: unknown) => {
    return fail({ kind: leadsNowhere(error) ? 'broken-link' : 'unreadable', path });
  });
  const isLink = !isSame(progress, real, at);
  if (root.isTemp && isLink) return undefined;
  if (!isWithin(real, root.confines) || isPrivate(real, root.temp)) {
    return isLink ? fail({ kind: 'outside', path, target: real }) : undefined;
  }
  if (isHidden(progress, line, below(real, root.confines).split('/'), root.asked)) return undefined;

  const stats = await disk.stat(real).catch(() => fail({ kind: 'unreadable', path }));
  if (stats.kind === 'other') fail({ kind: 'not-a-file', path });
  // On Windows, a pattern may spell the path in another way than the disk.
  const spelled = isLink ? path : join(folder.path, below(real, folder.real));
  return { path: spelled, real, stats };
}

/**
 * Whether a segment of a path hides what it leads to. A segment with a leading dot is hidden unless
 * it matches a segment of the pattern that also begins with a dot. `.git` must be spelled out in
 * full, whatever else is included.
 */
function isHidden(
  { includeHidden }: Search,
  { pattern }: Line,
  segments: readonly string[],
  asked: ReadonlySet<string> = new Set(),
): boolean {
  return segments.some((name, index) => {
    const isHelmIgnore = name === HELM_IGNORE && index === segments.length - 1;
    const isDotted = name.startsWith('.') && !includeHidden && !isHelmIgnore;
    const isAsked = pattern.spellsOut(name) || asked.has(foldName(name));
    return (isDotted || isGitFolder(name)) && !isAsked;
  });
}

/** Windows also has other spellings of a real path. */
function isSame({ disk }: Search, real: string, at: string): boolean {
  return disk.windows ? foldName(real) === foldName(at) : real === at;
}

function leadsNowhere(error: unknown): boolean {
  return NOWHERE.has(diskError(error).code);
}

function add({ found }: Search, one: Found): void {
  found.set(one.path, one);
  if (found.size <= MAX_FOUND) return;
  const [first = ''] = one.path.split('/');
  fail({ kind: 'too-many', path: first, limit: MAX_FOUND });
}

/** A chart's ignore file comes along, unless it is excluded or cannot be sent. */
async function addHelmIgnore(
  progress: Search,
  line: Line,
  folder: Folder,
  chart: string,
): Promise<void> {
  const ignore = join(chart, HELM_IGNORE);
  const found = await judge(progress, line, folder, ignore).catch(() => undefined);
  if (found?.stats.kind === 'file') add(progress, found);
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
