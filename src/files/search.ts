import type { FilesProblem } from '../failure.ts';
import { diskError, type Disk, type Entry, type FileStats } from './disk.ts';
import { isGitFolder, problemWithName } from './names.ts';
import { baseName, below, foldName, isWithin, join, parent } from './paths.ts';
import type { FilePattern } from './pattern.ts';
import { fail, isPrivate, type Root } from './root.ts';
import type { MatchingTime } from './time.ts';

/** A search in progress. */
type Search = {
  readonly disk: Disk;
  readonly root: Root;
  /** In the order of the lines. An exclusion applies to the patterns before it. */
  readonly patterns: readonly FilePattern[];
  readonly includeHidden: boolean;
  readonly time: MatchingTime;
  /** By their paths below the root. */
  readonly files: Map<string, Found>;
  /** Patterns that matched a file, and exclusions that excluded one. */
  readonly used: Set<FilePattern>;
  /** By real path. Patterns with the same folder, and links to it, ask for it repeatedly. */
  readonly entries: Map<string, Promise<readonly Entry[]>>;
  /** What searches for a simple glob found, by real path and glob. */
  readonly searched: Map<string, Promise<readonly string[]>>;
  /** How many paths were found in folders that links led to. */
  behindLinks: number;
};

/** A file or folder that was found and may be sent. */
export type Found = Candidate & { readonly real: string; readonly stats: FileStats };

/** Something in the tree that has not been judged yet. */
type Candidate = {
  /** Below the root; empty for the root itself. */
  readonly path: string;
  /** The absolute path by which it was found. Only the last segment may be a link. */
  readonly at: string;
  /**
   * The real folders that contain the links on the way. A link to one of them, or to its parents,
   * is a cycle.
   */
  readonly linkedFrom: readonly string[];
};

/** A zip counts its files in 16 bits, including the action's own. */
const MAX_FILES = 65_000;
/** Links between 25 folders make 2^25 paths. */
const MAX_BEHIND_LINKS = 100_000;
/** How many files are examined or read at the same time. */
const AT_ONCE = 16;
/**
 * A chart's ignore file. Without it, helm would read other files in the pod than it does on the
 * runner.
 */
const HELM_IGNORE = '.helmignore';
/** What other steps of this action leave behind in `RUNNER_TEMP`. */
const LEFT_BY_US = /^aks-run-command-/i;

/**
 * Finds the files that the patterns match, and judges each one. `@actions/glob` walks the disk.
 *
 * @returns the files, and the patterns that matched one, or excluded one
 * @throws StepError `files` for a link that cannot be packed, an unreadable folder, too many files,
 *   and patterns that take too long
 */
export async function search(
  disk: Disk,
  root: Root,
  patterns: readonly FilePattern[],
  includeHidden: boolean,
  time: MatchingTime,
): Promise<{ files: readonly Found[]; used: ReadonlySet<FilePattern> }> {
  const progress: Search = {
    disk,
    root,
    patterns,
    includeHidden,
    time,
    files: new Map(),
    used: new Set(),
    entries: new Map(),
    searched: new Map(),
    behindLinks: 0,
  };
  for (const pattern of patterns) {
    if (!pattern.excludes) await searchFor(progress, pattern);
  }
  await addHelmIgnores(progress);
  return { files: [...progress.files.values()], used: progress.used };
}

async function searchFor(progress: Search, pattern: FilePattern): Promise<void> {
  for (const [start, globs] of pattern.searches) {
    await progress.time.turn();
    const found = await walkTo(progress, pattern, start);
    if (found?.stats.kind === 'folder') {
      await searchIn(progress, pattern, found, globs);
    } else if (found !== undefined && pattern.matches(found.path)) {
      add(progress, found);
      progress.used.add(pattern);
    }
  }
}

/**
 * Walks the names that a pattern begins with, folder by folder. This way they are spelled as on
 * disk, and a link that the pattern names is followed.
 */
async function walkTo(
  progress: Search,
  pattern: FilePattern,
  start: string,
): Promise<Found | undefined> {
  const { folder, stats } = progress.root;
  let found: Found | undefined = { path: '', at: folder, real: folder, linkedFrom: [], stats };
  const segments = start === '' ? [] : start.split('/');
  for (const segment of segments) {
    if (found?.stats.kind !== 'folder') return undefined;
    const { path, real, linkedFrom }: Found = found;
    const name = await nameOnDisk(progress, found, segment);
    if (name === undefined) return undefined;
    found = await judge(progress, pattern, {
      path: join(path, name),
      at: join(real, name),
      linkedFrom,
    });
  }
  return found;
}

async function nameOnDisk(
  progress: Search,
  folder: Found,
  segment: string,
): Promise<string | undefined> {
  const names = (await entriesOf(progress, folder)).map(({ name }) => name);
  if (names.includes(segment)) return segment;
  if (!progress.disk.ignoresCase) return undefined;

  const folded = foldName(segment);
  return names.find((name) => foldName(name) === folded);
}

async function entriesOf(
  { disk, entries }: Search,
  { path, real }: Found,
): Promise<readonly Entry[]> {
  const listed = entries.get(real) ?? disk.list(real);
  entries.set(real, listed);
  return listed.catch(() => fail({ kind: 'unreadable', path: path || '.' }));
}

/**
 * Adds what a pattern matches in a folder. A link to a folder, if matched, brings everything below
 * that folder.
 */
async function searchIn(
  progress: Search,
  pattern: FilePattern,
  folder: Found,
  globs: readonly string[],
): Promise<void> {
  const { path, real, linkedFrom } = folder;
  const names = progress.root.isTemp
    ? await namesInTemp(progress, pattern, folder)
    : await namesBelow(progress, pattern, folder, globs);
  if (linkedFrom.length > 0) progress.behindLinks += names.length;
  if (progress.behindLinks > MAX_BEHIND_LINKS) failTooMany(path, MAX_BEHIND_LINKS);

  const judged = await mapConcurrently(names, async (name) => {
    await progress.time.turn();
    return judge(progress, pattern, { path: join(path, name), at: join(real, name), linkedFrom });
  });
  for (const found of judged) {
    if (found === undefined) continue;
    if (found.stats.kind === 'folder') {
      await searchIn(progress, pattern, found, ['**']);
    } else {
      add(progress, found);
      progress.used.add(pattern);
    }
  }
}

/** The paths below a folder of everything that a pattern matches, except folders. */
async function namesBelow(
  progress: Search,
  pattern: FilePattern,
  folder: Found,
  globs: readonly string[],
): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const glob of globs) {
    for (const at of await pathsBelow(progress, folder, glob)) {
      await progress.time.turn();
      const name = below(at, folder.real);
      if (!names.has(name) && pattern.matches(join(folder.path, name))) names.add(name);
    }
  }
  return [...names];
}

async function pathsBelow(
  { disk, searched }: Search,
  { path, real }: Found,
  glob: string,
): Promise<readonly string[]> {
  const key = `${real}\0${glob}`;
  const paths = searched.get(key) ?? disk.search(real, glob);
  searched.set(key, paths);
  return paths.catch((error: unknown) => {
    const at = diskError(error).path;
    if (at === undefined) throw error;
    return fail({ kind: 'unreadable', path: join(path, below(at, real)) || '.' });
  });
}

/**
 * Other programs keep folders in `RUNNER_TEMP` that are unreadable to others, so none is searched.
 */
async function namesInTemp(
  progress: Search,
  pattern: FilePattern,
  folder: Found,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { name, isFolder } of await entriesOf(progress, folder)) {
    await progress.time.turn();
    if (!isFolder && pattern.matches(name)) names.push(name);
  }
  return names;
}

/**
 * The one place that decides whether a match may be sent, by its name and by its real location.
 *
 * @param pattern undefined for a file that accompanies others
 * @returns undefined if it is skipped: hidden, excluded, or private to the runner
 * @throws StepError `files` if the pattern asks for something that cannot be sent
 */
async function judge(
  progress: Search,
  pattern: FilePattern | undefined,
  candidate: Candidate,
): Promise<Found | undefined> {
  const { disk, root } = progress;
  const { path, at } = candidate;
  if (isHidden(progress, pattern, path.split('/'))) return undefined;
  if (isExcluded(progress, pattern, path)) return undefined;

  const real = await realPathOf(disk, candidate);
  const isLink = real !== at;
  if (root.isTemp && (isLink || LEFT_BY_US.test(path))) return undefined;
  if (typeof real !== 'string') return fail(real);
  if (!isWithin(real, root.confines) || isPrivate(real, root.temp)) {
    return isLink ? fail({ kind: 'outside', path, target: real }) : undefined;
  }
  const linkedFrom = isLink ? [...candidate.linkedFrom, parent(at)] : candidate.linkedFrom;
  if (isLink && linkedFrom.some((folder) => isWithin(folder, real))) {
    fail({ kind: 'link-cycle', path });
  }
  if (isHidden(progress, pattern, unspelledSegments(real, root))) return undefined;

  const stats = await disk.stat(real).catch(() => fail({ kind: 'unreadable', path }));
  if (root.isTemp && stats.kind !== 'file') return undefined;
  return { path, at, real, linkedFrom, stats };
}

/**
 * Whether a segment of a path hides what it leads to. A segment with a leading dot is hidden unless
 * it matches a segment of the pattern that also begins with a dot. `.git` must be spelled out in
 * full, whatever else is included.
 */
function isHidden(
  { includeHidden }: Search,
  pattern: FilePattern | undefined,
  segments: readonly string[],
): boolean {
  return segments.some((name, index) => {
    const isHelmIgnore = name === HELM_IGNORE && index === segments.length - 1;
    const isDotted = name.startsWith('.') && !includeHidden && !isHelmIgnore;
    return (isDotted || isGitFolder(name)) && pattern?.spellsOut(name) !== true;
  });
}

async function realPathOf(disk: Disk, { path, at }: Candidate): Promise<string | FilesProblem> {
  try {
    return await disk.realPath(at);
  } catch (error) {
    switch (diskError(error).code) {
      case 'ELOOP':
        return { kind: 'link-cycle', path };
      case 'ENOENT':
      case 'ENOTDIR':
        // A name that is not UTF-8 is not found by what Node makes of it.
        return { kind: path.includes('\ufffd') ? 'unsafe-name' : 'broken-link', path };
      default:
        return { kind: 'unreadable', path };
    }
  }
}

/** The segments of a real path, except those of the root that `working-directory` spells out. */
function unspelledSegments(real: string, { folder, confines, unresolved }: Root): string[] {
  const ofRoot = below(folder, confines).split('/');
  const spelled = new Set(unresolved.split('/').map(foldName));
  const segments = below(real, confines).split('/');
  const firstBelow = segments.findIndex((segment, index) => segment !== ofRoot[index]);
  return segments.filter(
    (segment, index) => index >= firstBelow || !spelled.has(foldName(segment)),
  );
}

/**
 * Whether an exclusion after the pattern matches a path. If so, counts both as used: neither is
 * misspelled.
 */
function isExcluded(
  { patterns, used }: Search,
  pattern: FilePattern | undefined,
  path: string,
): boolean {
  const later = pattern === undefined ? patterns : patterns.slice(patterns.indexOf(pattern) + 1);
  const exclusion = later.find((one) => one.excludes && one.matches(path));
  if (exclusion === undefined) return false;
  used.add(exclusion);
  if (pattern !== undefined) used.add(pattern);
  return true;
}

function add({ files }: Search, found: Found): void {
  const { path, stats } = found;
  const kind = problemWithName(path) ?? (stats.kind === 'file' ? undefined : 'not-a-file');
  if (kind !== undefined) fail({ kind, path });
  files.set(path, found);
  if (files.size > MAX_FILES) failTooMany(path, MAX_FILES);
}

/** Names the folder that a path begins with. */
function failTooMany(path: string, limit: number): never {
  const [first = ''] = path.split('/');
  return fail({ kind: 'too-many', path: first, limit });
}

/**
 * A chart's ignore file comes along with its `Chart.yaml`, unless it is excluded or cannot be sent.
 */
async function addHelmIgnores(progress: Search): Promise<void> {
  for (const { path, at, linkedFrom } of [...progress.files.values()]) {
    const ignore = join(parent(path), HELM_IGNORE);
    if (baseName(path) !== 'Chart.yaml' || progress.files.has(ignore)) continue;

    const candidate = { path: ignore, at: join(parent(at), HELM_IGNORE), linkedFrom };
    const found = await judge(progress, undefined, candidate).catch(() => undefined);
    if (found?.stats.kind === 'file') add(progress, found);
  }
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
