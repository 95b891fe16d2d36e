import type { FilesProblem } from '../failure.ts';
import { below, codeOf, isWithin, join, kept, type Disk, type DiskEntry, type EntryKind } from './disk.ts';
import { NOTHING, type FilePattern, type Progress } from './file-pattern.ts';
import { HELM_IGNORE, hides, type Asked } from './hidden.ts';
import { asSpelled, fail, isPrivate, type Root } from './root.ts';
import { problemWithName } from './unpackers.ts';

/** What to look for, and where. */
export type Search = {
  readonly disk: Disk;
  readonly root: Root;
  /** In the order of the lines. An exclusion is about the patterns before it. */
  readonly patterns: readonly FilePattern[];
  readonly includeHidden: boolean;
  /**
   * Entries to look at. Of those that were looked at before, to which a link leads again, a tenth of that: links between 25
   * folders make 2^25 paths.
   */
  readonly maxEntries: number;
};

/** What a search came upon. */
export type Found = {
  /** Real path of each file, by its path below the root. */
  readonly files: Map<string, string>;
  /** Indexes of the patterns that took something, and of the exclusions that met something. */
  readonly used: Set<number>;
};

/** A zip counts its files in 16 bits; the action's own are among them. */
const MAX_FILES = 65_000;

/** What other steps of this action leave in `RUNNER_TEMP`. */
const LEFT_BY_US = /^aks-run-command-/i;

/** A search under way. */
type Walk = Search &
  Found & {
    entries: number;
    /** Of them, those that were looked at before. */
    again: number;
    /** Real paths. */
    readonly visited: Set<string>;
    /** What stands where links lead, by its real path: links that multiply lead to the same few folders over and over. */
    readonly kinds: Map<string, Promise<EntryKind>>;
    /** Real paths as the disk spells them, by what a link made of them. */
    readonly spelled: Map<string, Promise<string>>;
  };

/** Where a search is. */
type Way = {
  /** Path below the root; empty for the root. */
  readonly name: string;
  /** Real path. */
  readonly folder: string;
  /** The real folders above, and this one: a link to one of them or above leads in circles. */
  readonly chain: readonly string[];
  /** How far each pattern got. */
  readonly progress: readonly Progress[];
};

/** An entry of a folder on the way, and how far each pattern gets with it. */
type Step = { readonly name: string; readonly path: string; readonly progress: readonly Progress[] };

/**
 * Walks from the root wherever a pattern may take something. Links are judged by what they lead to, and never leave the
 * confines.
 *
 * @throws StepError `files` for a link that a pattern asks for and that cannot be packed, an unreadable folder, too many files.
 */
export async function walk(search: Search): Promise<Found> {
  const found: Walk = {
    ...search,
    files: new Map(),
    used: new Set(),
    entries: 0,
    again: 0,
    visited: new Set(),
    kinds: new Map(),
    spelled: new Map(),
  };
  const { folder } = search.root;
  await visit(found, { name: '', folder, chain: [folder], progress: search.patterns.map(({ start }) => start) });
  return found;
}

async function visit(state: Walk, way: Way): Promise<void> {
  const entries = await state.disk
    .list(way.folder)
    .catch(() => fail({ kind: 'unreadable', path: way.name === '' ? '.' : way.name }));
  countEntries(state, way, entries.length);
  for (const entry of entries) {
    if (state.root.isTemp && (entry.kind !== 'file' || LEFT_BY_US.test(entry.name))) continue;
    const step = await stepTo(state, way, entry);
    if (entry.kind === 'link') await followLink(state, way, step);
    else await enter(state, way, step, entry.kind, join(way.folder, entry.name));
  }
  await addHelmIgnore(state, way, entries);
}

function countEntries(state: Walk, way: Way, entries: number): void {
  const { maxEntries, visited } = state;
  const maxAgain = Math.ceil(maxEntries / 10);
  state.entries += entries;
  if (visited.has(way.folder)) state.again += entries;
  visited.add(way.folder);
  if (state.entries > maxEntries) tooMany(way.name, maxEntries);
  if (state.again > maxAgain) tooMany(way.name, maxAgain);
}

/** Goes one segment further with every pattern; what is hidden from one ends its way. */
async function stepTo(state: Walk, way: Way, { name, kind }: DiskEntry): Promise<Step> {
  const { patterns } = state;
  const stepped = (ignoreCase: boolean) => way.progress.map((progress) => progress.step(name, ignoreCase));
  let reached = stepped(false);
  const folded = stepped(true);
  // Most folders never need to be asked.
  const differs = folded.some(({ key }, index) => key !== reached[index]?.key) || name.startsWith('.');
  const ignoreCase = differs && (await state.disk.ignoresCase(way.folder, name));
  if (ignoreCase) reached = folded;

  const progress = reached.map((next, index) => {
    const pattern = patterns[index];
    if (pattern === undefined || pattern.excludes) return next;
    return hides(name, kind !== 'folder', askedBy(state, pattern, ignoreCase)) ? NOTHING : next;
  });
  noteExclusions(state, reached, progress);
  return { name, path: join(way.name, name), progress };
}

function askedBy({ includeHidden }: Search, pattern: FilePattern, ignoreCase: boolean): Asked {
  return { includeHidden, spells: (name) => pattern.spells(name, ignoreCase) };
}

/** An exclusion is of use where it meets what a pattern before it takes or looks into, or would if it were not hidden. */
function noteExclusions({ patterns, used }: Walk, reached: readonly Progress[], progress: readonly Progress[]): void {
  for (const [index, pattern] of patterns.entries()) {
    if (!pattern.excludes || used.has(index)) continue;
    const earlier = patterns.slice(0, index).flatMap(({ excludes }, other) => (excludes ? [] : [other]));
    const wanted = earlier.some((other) => reached[other]?.mayTakeBelow === true);
    const open = earlier.some((other) => progress[other]?.mayTakeBelow === true);
    const meets = reached[index]?.takes === true || (!open && reached[index]?.mayTakeBelow === true);
    if (wanted && meets) used.add(index);
  }
}

/** Indexes of the patterns that take what was reached, and that no later exclusion takes it from. */
function takers({ patterns }: Search, progress: readonly Progress[], property: 'takes' | 'mayTakeBelow'): number[] {
  const lastExclusion = patterns.findLastIndex(({ excludes }, index) => excludes && progress[index]?.takes === true);
  return [...patterns.keys()].filter(
    (index) => index > lastExclusion && patterns[index]?.excludes === false && progress[index]?.[property] === true,
  );
}

/** Takes a file, or walks on in a folder. */
async function enter(state: Walk, way: Way, { path, progress }: Step, kind: EntryKind, real: string): Promise<void> {
  if (isPrivate(real, state.root.temp)) return;
  if (kind === 'folder') {
    if (takers(state, progress, 'mayTakeBelow').length === 0) return;
    await visit(state, { name: path, folder: real, chain: [...way.chain, real], progress });
    return;
  }
  const takenBy = takers(state, progress, 'takes');
  if (takenBy.length === 0) return;
  for (const index of takenBy) state.used.add(index);
  add(state, path, real);
}

function add({ files }: Walk, path: string, real: string): void {
  const problem = problemWithName(path);
  if (problem !== undefined) fail({ kind: problem, path });
  files.set(path, real);
  if (files.size > MAX_FILES) tooMany(path, MAX_FILES);
}

function tooMany(path: string, limit: number): never {
  const [first = ''] = path.split('/');
  return fail({ kind: 'too-many', path: first === '' ? '.' : first, limit });
}

/** A link that a pattern asks for must be packable. One that only lies on its way is passed over where it is not. */
async function followLink(state: Walk, way: Way, { name, path, progress }: Step): Promise<void> {
  const { patterns } = state;
  const onTheWay = takers(state, progress, 'mayTakeBelow');
  if (onTheWay.length === 0) return;
  const asked =
    takers(state, progress, 'takes').length > 0 ||
    onTheWay.some((index) => patterns[index]?.leadsThrough(path) === true);
  const target = await targetOf(state, way, join(way.folder, name), path);
  if (typeof target !== 'string') {
    if (asked) fail(target);
    return;
  }
  const kind = await kindAt(state, target).catch(() => fail({ kind: 'unreadable', path }));
  const open = progress.map((next, index) => {
    const pattern = patterns[index];
    if (pattern === undefined || pattern.excludes) return next;
    return leadsToHidden(state.root, target, kind, askedBy(state, pattern, true)) ? NOTHING : next;
  });
  await enter(state, way, { name, path, progress: open }, kind, target);
}

function kindAt({ disk, kinds }: Walk, target: string): Promise<EntryKind> {
  return kept(kinds, target, async () => (await disk.inspect(target)).kind);
}

/** The one function that says where a link leads, and whether a step may go there. */
async function targetOf(state: Walk, way: Way, link: string, path: string): Promise<string | FilesProblem> {
  const { disk, root, spelled } = state;
  let target: string;
  try {
    const real = await disk.realPath(link);
    target = await kept(spelled, real, () => asSpelled(disk, real, [root.confines]));
  } catch (error) {
    return { kind: codeOf(error) === 'ELOOP' ? 'link-cycle' : 'broken-link', path };
  }
  if (!isWithin(target, root.confines) || isPrivate(target, root.temp)) return { kind: 'outside', path, target };
  return way.chain.some((folder) => isWithin(folder, target)) ? { kind: 'link-cycle', path } : target;
}

/** Whether what a link leads to is hidden, by any segment of it that the root has not in common. */
function leadsToHidden({ folder, confines }: Root, target: string, kind: EntryKind, asked: Asked): boolean {
  const own = below(folder, confines).split('/');
  const segments = below(target, confines).split('/');
  // Some segment differs: a link to the root itself, or above it, leads in circles and is not followed.
  const beyond = segments.slice(segments.findIndex((segment, index) => segment !== own[index]));
  return beyond.some((segment, index) => hides(segment, kind !== 'folder' && index === beyond.length - 1, asked));
}

/** A chart's ignore file travels with its `Chart.yaml`, asked for or not, unless excluded. */
async function addHelmIgnore(state: Walk, way: Way, entries: readonly DiskEntry[]): Promise<void> {
  const { disk, patterns } = state;
  const entry = entries.find(({ name }) => name === HELM_IGNORE);
  const path = join(way.name, HELM_IGNORE);
  if (entry === undefined || state.files.has(path) || !state.files.has(join(way.name, 'Chart.yaml'))) return;
  const ignoreCase = await disk.ignoresCase(way.folder, HELM_IGNORE);
  const excluded = patterns.some(
    ({ excludes }, index) => excludes && way.progress[index]?.step(HELM_IGNORE, ignoreCase).takes === true,
  );
  if (excluded) return;
  const real = join(way.folder, HELM_IGNORE);
  if (entry.kind === 'file') {
    add(state, path, real);
    return;
  }
  const target = await targetOf(state, way, real, path);
  if (typeof target !== 'string' || (await kindAt(state, target)) !== 'file') return;
  const asked = { includeHidden: state.includeHidden, spells: () => false };
  if (!leadsToHidden(state.root, target, 'file', asked)) add(state, path, target);
}
