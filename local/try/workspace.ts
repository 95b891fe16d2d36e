import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { WorkflowError } from '../runner/expression.ts';

/** A job's workspace: empty at first, then what `actions/checkout` would bring. */

const MAX_FILES = 50_000;

/** Paths that `git ls-files` prints, or undefined if the folder isn't in a repository. */
function listed(cwd: string, ...args: readonly string[]): string[] | undefined {
  try {
    const output = execFileSync('git', ['ls-files', '-z', ...args], {
      ...{ cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 },
    });
    return output.split('\0').filter((name) => name !== '');
  } catch {
    return undefined;
  }
}

/**
 * Copies what git tracks, as it is in the folder now, or the whole folder if there is no repository.
 *
 * @throws WorkflowError for a folder that doesn't look like a checkout, such as a home folder
 */
export function checkout(from: string, to: string): void {
  const files = listed(from) ?? filesBelow(from);
  if (files.length > MAX_FILES)
    throw new WorkflowError(
      `${from} has more than ${MAX_FILES} files. Use --workspace to name the checkout`,
    );
  for (const file of files) {
    const source = path.join(from, file);
    // A tracked file may have been deleted, and a submodule is a folder.
    if (
      !existsSync(source) ||
      (lstatSync(source).isDirectory() && !lstatSync(source).isSymbolicLink())
    )
      continue;
    cpSync(source, path.join(to, file), { verbatimSymlinks: true });
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile() || entry.isSymbolicLink()) return [entry.name];
    if (!entry.isDirectory() || entry.name === '.git') return [];
    return filesBelow(path.join(folder, entry.name)).map((name) => path.join(entry.name, name));
  });
}

/** Files that match a step's patterns, but that git doesn't track, so GitHub doesn't have them. */
export function untracked(folder: string, patterns: readonly string[]): string[] {
  if (patterns.length === 0 || !existsSync(folder)) return [];
  const specs = patterns.map((one) =>
    one.startsWith('!') ? `:(exclude,glob)${one.slice(1)}` : `:(glob)${one}`,
  );
  return listed(folder, '--others', '--', ...specs) ?? [];
}
