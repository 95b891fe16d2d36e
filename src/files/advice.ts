import { didYouMean, nearestPath, plainPath } from '../text/nearest.ts';
import { join, type Disk } from './disk.ts';
import { isGitFolder } from './names.ts';
import { parseFilePattern, type FilePattern } from './pattern.ts';
import type { Root } from './root.ts';

/** Names to compare a misspelled one with. Large repositories have more, but these are enough for a guess. */
const MAX_NAMES = 20_000;

/** How many patterns get advice. Each is compared with every name, and nobody reads more advice than this. */
const MAX_ADVISED = 10;

/** What is probably wrong with patterns that matched nothing. `given` is `working-directory` as the user wrote it. */
export async function adviceOn(
  patterns: readonly FilePattern[],
  root: Root,
  given: string,
  disk: Disk,
): Promise<{ hints: readonly string[]; emptyFolder?: string }> {
  const paths = await pathsBelow(disk, root.folder);
  if (paths.length === 0) return { emptyFolder: given, hints: [] };
  const hints = patterns
    .slice(0, MAX_ADVISED)
    .flatMap(({ line }) => hintOn(line, given, paths, disk.windows) ?? []);
  return { hints: [...new Set(hints)] };
}

function hintOn(
  line: string,
  given: string,
  paths: readonly string[],
  windows: boolean,
): string | undefined {
  if (/^\w+:\/\//.test(line)) return 'A URL cannot be sent. Download the file first.';
  const format = formatHint(line, windows);
  if (format !== undefined) return format;
  const plain = plainPath(line.replaceAll('\\', '/'));
  const inside = withoutFolder(plain, windows ? given.replaceAll('\\', '/') : given);
  if (inside !== undefined)
    return `Patterns are already relative to ${given}. Did you mean ${inside}?`;
  // The pattern matches something hidden, or a link to something hidden, so nothing is misspelled.
  if (firstTaken(plain, paths, false) !== undefined) return undefined;
  return didYouMean(
    otherSpelling(plain, paths) ?? nearestPath(plain, paths) ?? nearestFolder(plain, paths),
  );
}

/**
 * What an exclusion that excluded nothing seems to mean among the files to send. A similar file name is not enough,
 * because most such exclusions are precautions.
 */
export function hintOnExclusion(
  line: string,
  sent: readonly string[],
  windows: boolean,
): string | undefined {
  const text = line.replace(/^[!\s]+/, '');
  return (
    formatHint(text, windows) ??
    didYouMean(otherSpelling(plainPath(text.replaceAll('\\', '/')), sent))
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
function withoutFolder(line: string, given: string): string | undefined {
  const own = plainPath(given).split('/');
  const tails = own.map((_, index) => own.slice(index).join('/')).filter((tail) => tail !== '');
  const tail = tails.find((one) => line === one || line.startsWith(`${one}/`));
  return tail === undefined ? undefined : line.slice(tail.length + 1) || '**';
}

function firstTaken(
  line: string,
  paths: readonly string[],
  ignoresCase: boolean,
): string | undefined {
  const pattern = parseFilePattern(line, { folders: [], windows: false, ignoresCase });
  return typeof pattern === 'string' ? undefined : paths.find((path) => pattern.takes(path));
}

/** The pattern in different letter case, or with YAML's other ending, if it then matches something. */
function otherSpelling(line: string, paths: readonly string[]): string | undefined {
  const otherEnding = line.replace(/\.ya?ml$/i, (ending) =>
    ending.toLowerCase() === '.yml' ? '.yaml' : '.yml',
  );
  return onDisk(line, paths) ?? onDisk(otherEnding, paths);
}

/** The pattern as the disk spells it, if it matches something when letter case is ignored. */
function onDisk(line: string, paths: readonly string[]): string | undefined {
  const taken = firstTaken(line, paths, true);
  const segments = line.split('/');
  const names = taken?.split('/');
  if (names?.length !== segments.length || line.includes('**')) return taken;
  return names
    .map((name, index) => {
      const segment = segments[index];
      return segment !== undefined && /[*?[{]/.test(segment) ? segment : name;
    })
    .join('/');
}

/** `deploy/kustomize/**` for `deploy/kustomise/**`, if the pattern matches something in the folder that was meant. */
function nearestFolder(line: string, paths: readonly string[]): string | undefined {
  const [start = ''] = /^(?:[^*?[{/]+\/)+/.exec(line) ?? [];
  const folder = nearestPath(start, paths);
  const meant = folder === undefined ? undefined : join(folder, line.slice(start.length));
  return meant !== undefined && firstTaken(meant, paths, false) !== undefined ? meant : undefined;
}

/** Files and folders, those near the root first. Leaves out `.git`, and doesn't follow links. */
async function pathsBelow(disk: Disk, folder: string): Promise<string[]> {
  const paths: string[] = [];
  const folders = [''];
  for (const name of folders) {
    const entries = await disk.list(join(folder, name)).catch(() => []);
    for (const entry of entries) {
      if (isGitFolder(entry.name)) continue;
      const path = join(name, entry.name);
      paths.push(path);
      if (entry.isFolder) folders.push(path);
    }
    if (paths.length > MAX_NAMES) break;
  }
  return paths.slice(0, MAX_NAMES);
}
