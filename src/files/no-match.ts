import type { NoMatchAdvice } from '../failure.ts';
import { join, type Disk } from './disk.ts';
import { parseFilePattern, type FilePattern } from './file-pattern.ts';
import { isGitFolder } from './hidden.ts';
import { nearestPath } from '../text/nearest.ts';
import type { Root } from './root.ts';

/** Names to compare a misspelled one with; a repository has more, and the first are good enough for a guess. */
const MAX_NAMES = 20_000;

/** Patterns that get advice; each is compared with every name, and nobody reads more of it. */
const MAX_ADVISED = 10;

/**
 * What is probably wrong with patterns that took nothing.
 *
 * @param given `working-directory` as the user wrote it; empty for the workspace.
 */
export async function adviceOn(
  patterns: readonly FilePattern[],
  root: Root,
  given: string,
  disk: Disk,
): Promise<NoMatchAdvice> {
  const paths = await pathsBelow(disk, root.folder);
  if (paths.length === 0) return { emptyFolder: given, hints: [] };
  const advised = patterns.slice(0, MAX_ADVISED);
  return { hints: [...new Set(advised.flatMap(({ line }) => adviceOnLine(line, given, paths, disk.windows) ?? []))] };
}

const ONE_PER_LINE = 'Write one pattern per line, without commas, dashes, or quotes.';

function adviceOnLine(line: string, given: string, paths: readonly string[], windows: boolean): string | undefined {
  if (/^\w+:\/\//.test(line)) return 'A URL cannot be sent. Download the file first.';
  if (/^(?:[-[]\s*|["'])/.test(line) || /[,\s]/.test(line.replaceAll(/\{[^{}]*\}/g, ''))) return ONE_PER_LINE;
  if (!windows && line.includes('\\')) return 'Use / between folders: a backslash escapes * and ?.';
  const plain = line.replaceAll('\\', '/').replaceAll(/^(?:\.\/)+|(?<!\/)\/+$/g, '');
  const inside = withoutFolder(plain, windows ? given.replaceAll('\\', '/') : given);
  if (inside !== undefined) return `Patterns are already relative to ${given}. Did you mean ${inside}?`;
  // It takes something that is hidden, or a link that leads to it: nothing is misspelled.
  if (firstTaken(plain, paths, false) !== undefined) return undefined;
  const near = onDisk(plain, paths) ?? onDisk(swapEnding(plain), paths) ?? nearestPath(plain, paths);
  return near === undefined ? undefined : `Did you mean ${near}?`;
}

/** `a.yaml` of `k8s/a.yaml`, where `working-directory` is `k8s` or ends so. */
function withoutFolder(line: string, given: string): string | undefined {
  const folder = given.replaceAll(/^\.\/|(?<!\/)\/+$/g, '');
  const own = folder.split('/');
  const tails = own.map((_, index) => own.slice(index).join('/')).filter((tail) => tail !== '');
  const tail = tails.find((one) => line === one || line.startsWith(`${one}/`));
  return tail === undefined ? undefined : line.slice(tail.length + 1) || '**';
}

/** The first path that a pattern takes. */
function firstTaken(line: string, paths: readonly string[], ignoreCase: boolean): string | undefined {
  const pattern = parseFilePattern(line, { folders: [], windows: false });
  if (typeof pattern === 'string') return undefined;
  return paths.find((path) => path.split('/').reduce((way, name) => way.step(name, ignoreCase), pattern.start).takes);
}

/** The pattern as the disk spells it, where letter case aside it takes something. */
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

function swapEnding(line: string): string {
  return line.replace(/\.ya?ml$/i, (ending) => (ending.toLowerCase() === '.yml' ? '.yaml' : '.yml'));
}

/** Files and folders, nearest first; what is hidden from every pattern is left out, and links are not followed. */
async function pathsBelow(disk: Disk, folder: string): Promise<string[]> {
  const paths: string[] = [];
  const folders = [''];
  for (const name of folders) {
    const entries = await disk.list(join(folder, name)).catch(() => []);
    for (const entry of entries) {
      if (isGitFolder(entry.name)) continue;
      const path = join(name, entry.name);
      paths.push(path);
      if (entry.kind === 'folder') folders.push(path);
    }
    if (paths.length > MAX_NAMES) break;
  }
  return paths.slice(0, MAX_NAMES);
}
