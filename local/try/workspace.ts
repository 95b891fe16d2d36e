import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { WorkflowError } from '../runner/expression.ts';

/** A job's workspace: empty at first, then what `actions/checkout` would bring. */

const MAX_FILES = 50_000;

/** Paths that `git ls-files` prints, or undefined if the folder isn't in a repository. */
function listed(cwd: string, ...args: readonly string[]): string[] | undefined {
  try {
    const output = execFileSync('git', ['ls-files', '-z', ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
    return output.split('\0').filter((name) => name !== '');
  } catch {
    return undefined;
  }
}

/**
 * The file or folder that a path of a workflow names, with its links resolved. It need not exist.
 *
 * Every path of a workflow comes through here, because a rehearsal must not read or write outside
 * its folders, and a path can leave them by `..`, by being absolute, or through a link that git
 * tracks.
 *
 * @param what names the path in the message, such as `actions/checkout: path`
 * @throws WorkflowError if it is outside the folder
 */
export function resolveInside(folder: string, given: string, what: string): string {
  const root = realpathSync(folder);
  const real = realPathOf(path.resolve(root, given));
  if (real === undefined || !isInside(root, real))
    throw new WorkflowError(`${what}: ${given} is outside ${folder}`);
  return real;
}

/** The real path of something that may not exist yet; undefined if a link in it leads nowhere. */
function realPathOf(file: string): string | undefined {
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) {
    const parent = realPathOf(path.dirname(file));
    return parent === undefined ? undefined : path.join(parent, path.basename(file));
  }

  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/**
 * Does what `actions/checkout` does: empties the folder, and copies what git tracks, as it is on
 * the disk now. If there is no repository, it copies the whole folder.
 *
 * @throws WorkflowError for a folder that doesn't look like a checkout, such as a home folder
 */
export function checkout(from: string, to: string): void {
  const files = listed(from) ?? filesBelow(from);
  if (files.length > MAX_FILES)
    throw new WorkflowError(
      `${from} has more than ${MAX_FILES} files. Use --workspace to name the checkout`,
    );

  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(to)) rmSync(path.join(to, name), { recursive: true });

  const root = realpathSync(from);
  for (const file of files) {
    const source = path.join(root, file);
    // If a link took the place of a tracked folder, git counts what was in the folder as deleted.
    if (realPathOf(path.dirname(source)) === path.dirname(source))
      copy(source, resolveInside(to, file, 'actions/checkout'));
  }
}

/**
 * Copies a file or a link. It skips submodules, which are folders, and tracked files that were
 * deleted.
 */
function copy(source: string, target: string): void {
  const stats = lstatSync(source, { throwIfNoEntry: false });
  if (stats === undefined) return;

  mkdirSync(path.dirname(target), { recursive: true });
  if (stats.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
  else if (stats.isFile()) copyFileSync(source, target);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile() || entry.isSymbolicLink()) return [entry.name];
    if (!entry.isDirectory() || entry.name === '.git') return [];
    return filesBelow(path.join(folder, entry.name)).map((name) => path.join(entry.name, name));
  });
}

/**
 * Files that match a step's patterns, but that git doesn't track, so GitHub doesn't have them.
 *
 * @param below the folder in the checkout in which the patterns count
 * @returns their paths in the checkout
 */
export function untracked(
  checkout: string,
  below: string,
  patterns: readonly string[],
): readonly string[] {
  const root = realpathSync(checkout);
  const folder = realPathOf(path.resolve(root, below));
  if (patterns.length === 0 || folder === undefined || !isInside(root, folder)) return [];

  const specs = patterns.map((one) =>
    one.startsWith('!') ? `:(exclude,glob)${one.slice(1)}` : `:(glob)${one}`,
  );
  const names = listed(folder, '--others', '--', ...specs) ?? [];
  return names.map((name) => path.relative(root, path.join(folder, name)));
}
