import type { Advice } from '../failure.ts';
import { nearestPath, plainPath } from '../text/nearest.ts';
import type { Disk } from './disk.ts';
import { isGitFolder } from './names.ts';
import { parseFilePattern } from './pattern.ts';
import { below, isWithin, join } from './paths.ts';
import type { Root } from './root.ts';

/** Names to compare a misspelled one with. Large repositories have more, but these are enough. */
const MAX_NAMES = 10_000;

/** How many patterns get advice. Nobody reads more than this. */
const MAX_ADVISED = 10;

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
): Promise<{ hints: readonly Advice[]; emptyFolder?: string }> {
  const paths = await listPaths(disk, root.folder);
  if (paths.length === 0) return { emptyFolder: workingDirectory, hints: [] };

  // By their texts, so that each hint is given once.
  const hints = new Map<string, Advice>();
  for (const line of lines.slice(0, MAX_ADVISED)) {
    const hint = hintOn(line, workingDirectory, paths, disk.windows);
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
  paths: readonly string[],
  windows: boolean,
): Advice | undefined {
  if (/^\w+:\/\//.test(line)) return ['A URL cannot be sent. Download the file first.'];
  const slashed = line.replaceAll('\\', '/');
  if (firstMatch(windows ? slashed : line, paths) !== undefined) {
    return ['What ', { name: line }, ' matches is hidden, excluded, or an empty folder.'];
  }
  const format = formatHint(line, windows);
  if (format !== undefined) return [format];

  const plain = plainPath(slashed);
  const folder = windows ? workingDirectory.replaceAll('\\', '/') : workingDirectory;
  const inside = withoutFolder(plain, folder);
  if (inside !== undefined) {
    const relative = 'Patterns are already relative to ';
    return [relative, { name: workingDirectory }, '. ', ...suggestion(inside)];
  }
  const nearest =
    otherSpelling(plain, paths) ?? nearestPath(plain, paths) ?? inNearestFolder(plain, paths);
  return nearest === undefined ? undefined : suggestion(nearest);
}

function suggestion(name: string): Advice {
  return ['Did you mean ', { name }, '?'];
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

/** The first path that a pattern matches. */
function firstMatch(
  line: string,
  paths: readonly string[],
  ignoresCase = false,
): string | undefined {
  const pattern = parseFilePattern(line, [], { windows: false, ignoresCase });
  if ('problem' in pattern) return undefined;
  return paths.find((path) => pattern.matches(path));
}

/** The pattern in different letter case, or with YAML's other ending, if that matches something. */
function otherSpelling(line: string, paths: readonly string[]): string | undefined {
  const otherEnding = line.replace(/\.ya?ml$/i, (ending) =>
    ending.toLowerCase() === '.yml' ? '.yaml' : '.yml',
  );
  return onDisk(line, paths) ?? onDisk(otherEnding, paths);
}

/** The pattern as the disk spells it, if it matches something when letter case is ignored. */
function onDisk(line: string, paths: readonly string[]): string | undefined {
  const match = firstMatch(line, paths, true);
  const segments = line.split('/');
  const names = match?.split('/');
  if (names?.length !== segments.length || line.includes('**')) return match;
  return segments.map((segment, index) => (isWildcard(segment) ? segment : names[index])).join('/');
}

/** `deploy/kustomize/**` for `deploy/kustomise/**`, if it matches something. */
function inNearestFolder(line: string, paths: readonly string[]): string | undefined {
  const [start = ''] = /^(?:[^*?[{/]+\/)+/.exec(line) ?? [];
  const folder = nearestPath(start, paths);
  if (folder === undefined) return undefined;

  const respelled = join(folder, line.slice(start.length));
  return firstMatch(respelled, paths) === undefined ? undefined : respelled;
}

function isWildcard(segment: string): boolean {
  return /[*?[{]/.test(segment);
}

/** Files and folders, those near the root first. Leaves out `.git`, and doesn't follow links. */
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
