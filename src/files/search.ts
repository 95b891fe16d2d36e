import type { FilesProblem } from '../failure.ts';
import {
  below,
  diskErrorOf,
  foldName,
  isWithin,
  join,
  parent,
  type Disk,
  type Inspected,
  type Listed,
} from './disk.ts';
import { compileGlob, type Glob } from './glob.ts';
import { HELM_IGNORE, hides, problemWithName } from './names.ts';
import type { FilePattern, PatternSearch } from './pattern.ts';
import { fail, isPrivate, type Root } from './root.ts';
import type { MatchingTime } from './time.ts';

export type Search = {
  readonly disk: Disk;
  readonly root: Root;
  /** In the order of the lines. An exclusion applies to the patterns before it. */
  readonly patterns: readonly FilePattern[];
  readonly includeHidden: boolean;
  readonly time: MatchingTime;
  /** By their paths below the root. */
  readonly files: Map<string, FoundFile>;
  /** Patterns that matched a file, and exclusions that excluded one. */
  readonly used: Set<FilePattern>;
  /** What is in a folder, by its real path. Lines with the same folder, and links to it, ask repeatedly. */
  readonly listed: Map<string, Promise<readonly Listed[]>>;
  behindLinks: number;
};

/** A file that was found and checked, and may be sent. */
export type FoundFile = Spot & { readonly real: string; readonly inspected: Inspected };

/** Something in the tree that has not been checked yet. */
type Spot = {
  /** Below the root; empty for the root itself. */
  readonly path: string;
  /** The absolute path by which it was found. Only the last segment may be a link. */
  readonly at: string;
  /** The real folders that contain the links on the way. A link to one of them, or to its parents, is a cycle. */
  readonly linkedFrom: readonly string[];
};

/** A zip counts its files in 16 bits, including the action's own. */
const MAX_FILES = 65_000;
/** Links between 25 folders make 2^25 paths. */
const MAX_BEHIND_LINKS = 100_000;
const AT_ONCE = 16;
const EVERYTHING = compileGlob('', false, (comparison) => comparison());
/** What other steps of this action leave behind in `RUNNER_TEMP`. */
const LEFT_BY_US = /^aks-run-command-/i;

/**
 * Finds the files that the patterns match, as `@actions/glob` does. Each path that a pattern matches is judged afterwards.
 *
 * @throws StepError `files` for a matched link that cannot be packed, an unreadable folder, too many files, and patterns
 *   that take too long
 */
export async function search(
  given: Pick<Search, 'disk' | 'root' | 'patterns' | 'includeHidden' | 'time'>,
): Promise<Search> {
  const progress: Search = {
    ...given,
    files: new Map(),
    used: new Set(),
    listed: new Map(),
    behindLinks: 0,
  };
  for (const pattern of given.patterns) if (!pattern.excludes) await takeAll(progress, pattern);
  await takeHelmIgnores(progress);
  return progress;
}

async function takeAll(progress: Search, pattern: FilePattern): Promise<void> {
  for (const { start, isNamed, globs } of pattern.searches) {
    const found = await walkTo(progress, pattern, start);
    if (found?.inspected.kind === 'folder') {
      await searchIn(progress, pattern, found, globs);
    } else if (found !== undefined && isNamed) {
      add(progress, found);
      progress.used.add(pattern);
    }
  }
}

/**
 * Walks the names that a pattern begins with, folder by folder. This way they are spelled as on disk, and a link that
 * the pattern names is followed.
 */
async function walkTo(
  progress: Search,
  pattern: FilePattern,
  start: PatternSearch['start'],
): Promise<FoundFile | undefined> {
  const { disk, root } = progress;
  const inspected = await disk
    .inspect(root.folder)
    .catch(() => fail({ kind: 'unreadable', path: '.' }));
  let found: FoundFile | undefined = {
    path: '',
    at: root.folder,
    real: root.folder,
    linkedFrom: [],
    inspected,
  };
  for (const segment of start) {
    if (found?.inspected.kind !== 'folder') return undefined;
    const { path, real, linkedFrom }: FoundFile = found;
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
  { path, real }: FoundFile,
  segment: string,
): Promise<string | undefined> {
  const names = (await listOf(progress, real, path)).map(({ name }) => name);
  if (names.includes(segment) || !progress.disk.ignoresCase) {
    return names.find((name) => name === segment);
  }
  return names.find((name) => foldName(name) === foldName(segment));
}

/** What is in a folder, which is called `path` in an error. */
async function listOf({ disk, listed }: Search, real: string, path: string) {
  const entries = listed.get(real) ?? disk.list(real);
  listed.set(real, entries);
  return entries.catch(() => fail({ kind: 'unreadable', path: path || '.' }));
}

/** Takes what globs match in a folder. A link to a folder, if matched, brings everything below that folder. */
async function searchIn(
  progress: Search,
  pattern: FilePattern,
  folder: FoundFile,
  globs: readonly Glob[],
): Promise<void> {
  const { root, time } = progress;
  const { path, real, linkedFrom } = folder;
  const paths = root.isTemp
    ? await namesInTemp(progress, pattern)
    : await pathsIn(progress, folder, globs);
  if (linkedFrom.length > 0) progress.behindLinks += paths.length;
  if (progress.behindLinks > MAX_BEHIND_LINKS)
    fail({ kind: 'too-many', path: path.replace(/\/.*/, ''), limit: MAX_BEHIND_LINKS });
  const judged = await allOf(paths, async (name) => {
    await time.turn();
    return judge(progress, pattern, { path: join(path, name), at: join(real, name), linkedFrom });
  });
  for (const found of judged) {
    if (found === undefined) continue;
    if (found.inspected.kind === 'folder') {
      await searchIn(progress, pattern, found, [EVERYTHING]);
    } else {
      add(progress, found);
      progress.used.add(pattern);
    }
  }
}

/** Whatever in a folder globs match, except folders, relative to it. Links are not followed. */
async function pathsIn(progress: Search, folder: FoundFile, globs: readonly Glob[]) {
  const paths: string[] = [];
  const folders = [{ path: '', isTaken: false }];
  for (const { path: within, isTaken } of folders) {
    const entries = await listOf(progress, join(folder.real, within), join(folder.path, within));
    for (const { name, isFolder } of entries) {
      await progress.time.turn();
      const path = join(within, name);
      const matches = isTaken || globs.some((glob) => glob.matches(path));
      if (matches && !isFolder) paths.push(path);
      if (isFolder && (matches || globs.some((glob) => glob.reachesInto(path)))) {
        folders.push({ path, isTaken: matches });
      }
    }
  }
  return paths;
}

/** Other programs keep folders in `RUNNER_TEMP` that are unreadable to others, so none are searched. */
async function namesInTemp(progress: Search, pattern: FilePattern): Promise<string[]> {
  const entries = await listOf(progress, progress.root.folder, '');
  const names = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => name);
  return names.filter((name) => pattern.takes(name));
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
  spot: Spot,
): Promise<FoundFile | undefined> {
  const { disk, root } = progress;
  const { path, at } = spot;
  const spells = (name: string) => pattern?.spells(name) === true;
  const isHidden = (names: readonly string[]) =>
    names.some((name, index) =>
      hides(name, index === names.length - 1, progress.includeHidden, spells),
    );
  if (isHidden(path.split('/')) || isExcluded(progress, pattern, path)) return undefined;

  const real = await realPathOf(disk, spot);
  const isLink = real !== at;
  if (root.isTemp && (isLink || LEFT_BY_US.test(path))) return undefined;
  if (typeof real !== 'string') return fail(real);
  if (!isWithin(real, root.confines) || isPrivate(real, root.temp)) {
    return isLink ? fail({ kind: 'outside', path, target: real }) : undefined;
  }
  const linkedFrom = isLink ? [...spot.linkedFrom, parent(at)] : spot.linkedFrom;
  if (isLink && linkedFrom.some((folder) => isWithin(folder, real)))
    fail({ kind: 'link-cycle', path });
  if (isHidden(beyond(real, root))) return undefined;
  const inspected = await disk.inspect(real).catch(() => fail({ kind: 'unreadable', path }));
  if (root.isTemp && inspected.kind !== 'file') return undefined;
  return { path, at, real, linkedFrom, inspected };
}

async function realPathOf(disk: Disk, { path, at }: Spot): Promise<string | FilesProblem> {
  try {
    return await disk.realPath(at);
  } catch (error) {
    const code = diskErrorOf(error)?.code;
    const leadsNowhere = code === 'ENOENT' || code === 'ENOTDIR';
    return {
      kind: code === 'ELOOP' ? 'link-cycle' : leadsNowhere ? 'broken-link' : 'unreadable',
      path,
    };
  }
}

/** The segments of a real path, except for those of the root that the user spelled out in `working-directory`. */
function beyond(real: string, { folder, confines, given }: Root): string[] {
  const own = below(folder, confines).split('/');
  const spelled = new Set(given.split('/').map(foldName));
  const segments = below(real, confines).split('/');
  const parting = segments.findIndex((segment, index) => segment !== own[index]);
  return segments.filter((segment, index) => index >= parting || !spelled.has(foldName(segment)));
}

/** Whether an exclusion after the pattern matches a path. If so, both did something, and neither is misspelled. */
function isExcluded(
  { patterns, used }: Search,
  pattern: FilePattern | undefined,
  path: string,
): boolean {
  const later = pattern === undefined ? patterns : patterns.slice(patterns.indexOf(pattern) + 1);
  const exclusion = later.find((one) => one.excludes && one.takes(path));
  if (exclusion === undefined) return false;
  used.add(exclusion);
  if (pattern !== undefined) used.add(pattern);
  return true;
}

function add({ files }: Search, found: FoundFile): void {
  const { path, inspected } = found;
  const kind = problemWithName(path) ?? (inspected.kind === 'file' ? undefined : 'not-a-file');
  if (kind !== undefined) fail({ kind, path });
  files.set(path, found);
  if (files.size > MAX_FILES)
    fail({ kind: 'too-many', path: path.replace(/\/.*/, ''), limit: MAX_FILES });
}

/** A chart's ignore file comes along with its `Chart.yaml`, unless it is excluded or cannot be sent. */
async function takeHelmIgnores(progress: Search): Promise<void> {
  for (const { path, at, linkedFrom } of [...progress.files.values()]) {
    const ignore = join(parent(path), HELM_IGNORE);
    if (join(parent(path), 'Chart.yaml') !== path || progress.files.has(ignore)) continue;
    const spot = { path: ignore, at: join(parent(at), HELM_IGNORE), linkedFrom };
    const found = await judge(progress, undefined, spot).catch(() => undefined);
    if (found?.inspected.kind === 'file') add(progress, found);
  }
}

/** Works on all items, a few at a time, and keeps their order. */
export async function allOf<In, Out>(
  items: readonly In[],
  work: (item: In) => Promise<Out>,
): Promise<Out[]> {
  const done: Out[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done;
}
