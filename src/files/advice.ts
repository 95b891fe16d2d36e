import type { Clock } from '../clock.ts';
import type { Advice } from '../failure.ts';
import { didYouMean, nearestPath, nearestSpelling, plainPath } from '../text/nearest.ts';
import type { Disk } from './disk.ts';
import { isGitFolder } from './names.ts';
import { parseFilePattern } from './pattern.ts';
import { baseName, below, isWithin, join, parent } from './paths.ts';
import type { Root } from './root.ts';

/** Names to compare a misspelled one with. Large repositories have more, but these are enough. */
const MAX_NAMES = 20_000;

/** How many patterns get advice. Nobody reads more than this. */
const MAX_ADVISED = 10;

/** After this, the rest of the advice is left out. */
const MAX_MS = 1_000;

/** What a misspelled pattern may mean. */
type Candidates = {
  readonly paths: readonly string[];
  /** Whether the time for advice is over. From then on, no pattern matches any of them. */
  readonly isOver: () => boolean;
};

/** Starts the time for advice, and returns whether it is over. */
export function timeForAdvice(clock: Clock): () => boolean {
  const end = clock.monotonic() + MAX_MS;
  return () => clock.monotonic() >= end;
}

/**
 * What is probably wrong with patterns that matched nothing.
 *
 * @param workingDirectory as the user wrote it
 */
export async function adviceOn(
  lines: readonly string[],
  root: Root,
  workingDirectory: string,
  disk: Disk,
  clock: Clock,
): Promise<{ hints: readonly Advice[]; emptyFolder?: string }> {
  const isOver = timeForAdvice(clock);
  const paths = await listPaths(disk, root.folder, isOver);
  if (paths.length === 0) return { emptyFolder: workingDirectory, hints: [] };

  // By their texts, so that each hint is given once.
  const hints = new Map<string, Advice>();
  for (const line of lines.slice(0, MAX_ADVISED)) {
    const hint = hintOn(line, workingDirectory, { paths, isOver }, disk.windows);
    // What was cut short may be wrong.
    if (isOver()) break;
    if (hint !== undefined) hints.set(adviceText(hint), hint);
  }
  return { hints: [...hints.values()] };
}

/** Advice as a line of text. */
export function adviceText(advice: Advice): string {
  return advice.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}

function hintOn(
  line: string,
  workingDirectory: string,
  candidates: Candidates,
  windows: boolean,
): Advice | undefined {
  if (/^\w+:\/\//.test(line)) return ['A URL cannot be sent. Download the file first.'];
  const format = formatHint(line, windows);
  if (format !== undefined) return [format];

  const plain = plainPath(line.replaceAll('\\', '/'));
  const folder = windows ? workingDirectory.replaceAll('\\', '/') : workingDirectory;
  const inside = withoutFolder(plain, folder);
  if (inside !== undefined) {
    const relative = 'Patterns are already relative to ';
    return [relative, { name: workingDirectory }, '. ', ...suggestion(inside)];
  }
  // The pattern matches something hidden, or a link to something hidden: nothing is misspelled.
  if (firstMatch(plain, candidates) !== undefined) return undefined;
  const nearest =
    otherSpelling(plain, candidates) ??
    nearestPath(plain, candidates.paths) ??
    inNearestFolder(plain, candidates);
  return nearest === undefined ? undefined : suggestion(nearest);
}

function suggestion(name: string): Advice {
  return ['Did you mean ', { name }, '?'];
}

/**
 * What an exclusion that excluded nothing seems to mean among the files to send. A similar file
 * name is not enough, because most such exclusions are precautions. A misspelled folder is: that is
 * how a secret gets sent.
 */
export function exclusionHint(
  line: string,
  candidates: Candidates,
  windows: boolean,
): string | undefined {
  if (candidates.isOver()) return undefined;
  const text = line.replace(/^[!\s]+/, '');
  const plain = plainPath(text.replaceAll('\\', '/'));
  return (
    formatHint(text, windows) ??
    didYouMean(otherSpelling(plain, candidates) ?? withFolderRespelled(plain, candidates))
  );
}

function formatHint(line: string, windows: boolean): string | undefined {
  if (/^(?:[-[]\s*|["'])/.test(line) || /[,\s]/.test(line.replaceAll(/\{[^{}]*\}/g, ''))) {
    return 'Write one pattern per line, without commas, dashes, or quotes.';
  }
  if (!windows && line.includes('\\')) return 'Use / between folders: a backslash escapes * and ?.';
  return undefined;
}

/** `a.yaml` of `k8s/a.yaml` if `working-directory` is `k8s` or ends with it. */
function withoutFolder(line: string, workingDirectory: string): string | undefined {
  const segments = plainPath(workingDirectory).split('/');
  const ends = segments.map((_, index) => segments.slice(index).join('/'));
  const folder = ends.find((end) => end !== '' && isWithin(line, end));
  return folder === undefined ? undefined : below(line, folder) || '**';
}

/** The first candidate that a pattern matches. */
function firstMatch(
  line: string,
  { paths, isOver }: Candidates,
  ignoresCase = false,
): string | undefined {
  const rules = { windows: false, ignoresCase };
  const pattern = parseFilePattern(line, [], rules, (compare) => !isOver() && compare());
  if ('problem' in pattern) return undefined;
  return paths.find((path) => pattern.matches(path));
}

/** The pattern in different letter case, or with YAML's other ending, if that matches something. */
function otherSpelling(line: string, candidates: Candidates): string | undefined {
  const otherEnding = line.replace(/\.ya?ml$/i, (ending) =>
    ending.toLowerCase() === '.yml' ? '.yaml' : '.yml',
  );
  return onDisk(line, candidates) ?? onDisk(otherEnding, candidates);
}

/** The pattern as the disk spells it, if it matches something when letter case is ignored. */
function onDisk(line: string, candidates: Candidates): string | undefined {
  const match = firstMatch(line, candidates, true);
  const segments = line.split('/');
  const names = match?.split('/');
  if (names?.length !== segments.length || line.includes('**')) return match;
  return segments.map((segment, index) => (isWildcard(segment) ? segment : names[index])).join('/');
}

/** `deploy/kustomize/**` for `deploy/kustomise/**`, if it matches something. */
function inNearestFolder(line: string, candidates: Candidates): string | undefined {
  const [start = ''] = /^(?:[^*?[{/]+\/)+/.exec(line) ?? [];
  const folder = nearestPath(start, candidates.paths);
  return folder === undefined
    ? undefined
    : ifMatched(join(folder, line.slice(start.length)), candidates);
}

function ifMatched(line: string, candidates: Candidates): string | undefined {
  return firstMatch(line, candidates) === undefined ? undefined : line;
}

/**
 * `chart/tests/**` for `chart/testz/**`, if it matches something. Only the first folder that does
 * not exist is misspelled, and only by letters: `overlays/v3` does not mean `overlays/v2`.
 */
function withFolderRespelled(line: string, candidates: Candidates): string | undefined {
  const folders = foldersOf(candidates.paths);
  const segments = line.split('/');
  const missing = segments.findIndex(
    (_, index) => !folders.has(segments.slice(0, index + 1).join('/')),
  );
  const name = segments[missing];
  if (name === undefined || isWildcard(name)) return undefined;

  const folder = segments.slice(0, missing).join('/');
  const siblings = [...folders]
    .filter((other) => parent(other) === folder)
    .map(baseName)
    .filter((other) => withoutDigits(other) !== withoutDigits(name));
  const near = nearestSpelling(name, siblings);
  return near === undefined
    ? undefined
    : ifMatched(segments.with(missing, near).join('/'), candidates);
}

function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    let folder = parent(path);
    while (folder !== '' && !folders.has(folder)) {
      folders.add(folder);
      folder = parent(folder);
    }
  }
  return folders;
}

function withoutDigits(name: string): string {
  return name.replaceAll(/\d/g, '');
}

function isWildcard(segment: string): boolean {
  return /[*?[{]/.test(segment);
}

/** Files and folders, those near the root first. Leaves out `.git`, and doesn't follow links. */
async function listPaths(disk: Disk, top: string, isOver: () => boolean): Promise<string[]> {
  const paths: string[] = [];
  // The loop also visits the folders that are added while it runs.
  const folders = [''];
  for (const folder of folders) {
    const entries = await disk.list(join(top, folder)).catch(() => []);
    for (const entry of entries) {
      if (isGitFolder(entry.name)) continue;
      const path = join(folder, entry.name);
      paths.push(path);
      if (entry.isFolder) folders.push(path);
    }
    if (paths.length > MAX_NAMES || isOver()) break;
  }
  return paths.slice(0, MAX_NAMES);
}
