import type { Clock } from '../clock.ts';
import type { Advice } from '../failure.ts';
import { didYouMean, nearestPath, nearestSpelling, plainPath } from '../text/nearest.ts';
import type { Disk } from './disk.ts';
import { isGitFolder } from './names.ts';
import { parseFilePattern, type FilePattern } from './pattern.ts';
import { baseName, join, parent } from './paths.ts';
import type { Root } from './root.ts';

/** Names to compare a misspelled one with. Large repositories have more, but these are enough. */
const MAX_NAMES = 20_000;

/** How many patterns get advice. Nobody reads more than this. */
const MAX_ADVISED = 10;

/** After this, the rest of the advice is left out. */
const MAX_MS = 1_000;

/** What advice is based on. */
type Known = {
  /** The paths to compare with. There are none anymore when the time for advice is over. */
  readonly paths: Iterable<string>;
  readonly isOver: () => boolean;
  readonly windows: boolean;
};

/**
 * What is probably wrong with patterns that matched nothing.
 *
 * @param given `working-directory` as the user wrote it
 */
export async function adviceOn(
  patterns: readonly FilePattern[],
  root: Root,
  given: string,
  { disk, clock }: { readonly disk: Disk; readonly clock: Clock },
): Promise<{ hints: readonly Advice[]; emptyFolder?: string }> {
  const isOver = timeUp(clock);
  const paths = await pathsBelow(disk, root.folder, isOver);
  if (paths.length === 0) return { emptyFolder: given, hints: [] };

  const known = { paths: whileInTime(paths, isOver), isOver, windows: disk.windows };
  const hints = patterns
    .slice(0, MAX_ADVISED)
    .map(({ line }) => hintOn(line, given, known))
    .filter((hint) => hint !== undefined);
  const once = new Map(hints.map((hint) => [adviceText(hint), hint]));
  return { hints: [...once.values()] };
}

/** Advice as a line of text. */
export function adviceText(advice: Advice): string {
  return advice.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}

function hintOn(line: string, given: string, known: Known): Advice | undefined {
  if (/^\w+:\/\//.test(line)) return ['A URL cannot be sent. Download the file first.'];
  const format = formatHint(line, known.windows);
  if (format !== undefined) return [format];

  const plain = plainPath(line.replaceAll('\\', '/'));
  const inside = withoutFolder(plain, known.windows ? given.replaceAll('\\', '/') : given);
  if (inside !== undefined) {
    return ['Patterns are already relative to ', { name: given }, '. ', ...suggestion(inside)];
  }
  // The pattern matches something hidden, or a link to something hidden: nothing is misspelled.
  if (firstMatch(plain, known, false) !== undefined) return undefined;
  const meant =
    otherSpelling(plain, known) ?? nearestPath(plain, known.paths) ?? inNearestFolder(plain, known);
  return meant === undefined ? undefined : suggestion(meant);
}

function suggestion(name: string): Advice {
  return ['Did you mean ', { name }, '?'];
}

/**
 * Finds what exclusions that excluded nothing seem to mean among the files to send. A similar file
 * name is not enough, because most such exclusions are precautions. A misspelled folder is: that is
 * how a secret gets sent.
 *
 * @returns a function that returns the hint on one of them; undefined if there is none
 */
export function exclusionHints(
  sent: readonly string[],
  windows: boolean,
  clock: Clock,
): (line: string) => string | undefined {
  const isOver = timeUp(clock);
  const known = { paths: whileInTime(sent, isOver), isOver, windows };
  return (line) => {
    const text = line.replace(/^[!\s]+/, '');
    const plain = plainPath(text.replaceAll('\\', '/'));
    return (
      formatHint(text, windows) ??
      didYouMean(otherSpelling(plain, known) ?? withFolderRespelled(plain, known))
    );
  };
}

function timeUp(clock: Clock): () => boolean {
  const end = clock.monotonic() + MAX_MS;
  return () => clock.monotonic() >= end;
}

function whileInTime(paths: readonly string[], isOver: () => boolean): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      for (const path of paths) {
        if (isOver()) return;
        yield path;
      }
    },
  };
}

function formatHint(line: string, windows: boolean): string | undefined {
  if (/^(?:[-[]\s*|["'])/.test(line) || /[,\s]/.test(line.replaceAll(/\{[^{}]*\}/g, ''))) {
    return 'Write one pattern per line, without commas, dashes, or quotes.';
  }
  if (!windows && line.includes('\\')) return 'Use / between folders: a backslash escapes * and ?.';
  return undefined;
}

/** `a.yaml` of `k8s/a.yaml` if `working-directory` is `k8s` or ends with it. */
function withoutFolder(line: string, given: string): string | undefined {
  const own = plainPath(given).split('/');
  const tails = own.map((_, index) => own.slice(index).join('/')).filter((tail) => tail !== '');
  const tail = tails.find((one) => line === one || line.startsWith(`${one}/`));
  return tail === undefined ? undefined : line.slice(tail.length + 1) || '**';
}

function firstMatch(line: string, known: Known, ignoresCase: boolean): string | undefined {
  const root = { folders: [], windows: false, ignoresCase };
  const inTime = (comparison: () => boolean) => !known.isOver() && comparison();
  const pattern = parseFilePattern(line, root, inTime);
  if (typeof pattern === 'string') return undefined;
  for (const path of known.paths) {
    if (pattern.matches(path)) return path;
  }
  return undefined;
}

/** The pattern in different letter case, or with YAML's other ending, if that matches something. */
function otherSpelling(line: string, known: Known): string | undefined {
  const otherEnding = line.replace(/\.ya?ml$/i, (ending) =>
    ending.toLowerCase() === '.yml' ? '.yaml' : '.yml',
  );
  return onDisk(line, known) ?? onDisk(otherEnding, known);
}

/** The pattern as the disk spells it, if it matches something when letter case is ignored. */
function onDisk(line: string, known: Known): string | undefined {
  const match = firstMatch(line, known, true);
  const segments = line.split('/');
  const names = match?.split('/');
  if (names?.length !== segments.length || line.includes('**')) return match;
  return names
    .map((name, index) => {
      const segment = segments[index];
      return segment !== undefined && isWildcard(segment) ? segment : name;
    })
    .join('/');
}

/** `deploy/kustomize/**` for `deploy/kustomise/**`, if it matches something. */
function inNearestFolder(line: string, known: Known): string | undefined {
  const [start = ''] = /^(?:[^*?[{/]+\/)+/.exec(line) ?? [];
  const folder = nearestPath(start, known.paths);
  const meant = folder === undefined ? undefined : join(folder, line.slice(start.length));
  return meant !== undefined && firstMatch(meant, known, false) !== undefined ? meant : undefined;
}

/**
 * `chart/tests/**` for `chart/testz/**`, if it matches something. Only the first folder that does
 * not exist is misspelled, and only by letters: `overlays/v3` does not mean `overlays/v2`.
 */
function withFolderRespelled(line: string, known: Known): string | undefined {
  const folders = foldersOf(known.paths);
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
  if (near === undefined) return undefined;

  const meant = segments.with(missing, near).join('/');
  return firstMatch(meant, known, false) === undefined ? undefined : meant;
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (
      let folder = parent(path);
      folder !== '' && !folders.has(folder);
      folder = parent(folder)
    ) {
      folders.add(folder);
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
async function pathsBelow(disk: Disk, top: string, isOver: () => boolean): Promise<string[]> {
  const paths: string[] = [];
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
