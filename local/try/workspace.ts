import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { WorkflowError } from '../runner/workflow.ts';

/** A job's workspace: empty at first, then what `actions/checkout` would bring. */

const MAX_FILES = 50_000;

/** What git tracks below a folder, or undefined if the folder isn't in a repository. */
function tracked(folder: string): string[] | undefined {
  return git(folder, ['ls-files', '-z']);
}

function git(folder: string, args: readonly string[]): string[] | undefined {
  try {
    const output = execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
    return output.toString().split('\0').filter(Boolean);
  } catch {
    return undefined;
  }
}

/**
 * Copies what git tracks, as it is in the folder now, or the whole folder if there is no repository.
 *
 * @throws WorkflowError for a folder that looks like no checkout at all, such as a home folder.
 */
export function checkout(from: string, to: string): void {
  const files = tracked(from) ?? filesBelow(from);
  for (const file of files) {
    const source = path.join(from, file);
    // A tracked file can be deleted in the folder, and a submodule is a folder.
    if (!existsSync(source) || (lstatSync(source).isDirectory() && !lstatSync(source).isSymbolicLink())) continue;
    cpSync(source, path.join(to, file), { verbatimSymlinks: true });
  }
}

function filesBelow(folder: string): string[] {
  const files: string[] = [];
  const add = (below: string): void => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const name = path.join(below, entry.name);
      if (entry.isDirectory() && entry.name !== '.git') add(name);
      else if (entry.isFile() || entry.isSymbolicLink()) files.push(name);
      if (files.length > MAX_FILES)
        throw new WorkflowError(`${folder} has more than ${MAX_FILES} files. Use --workspace to name the checkout`);
    }
  };
  add('');
  return files;
}

/** Files that a step's patterns would take in the folder, but that git doesn't track: GitHub doesn't have them. */
export function untracked(from: string, patterns: readonly string[], workingDirectory: string): string[] {
  if (tracked(from) === undefined) return [];
  const others = git(from, ['ls-files', '--others', '-z']) ?? [];
  const cwd = path.resolve(from, workingDirectory);
  const taken = (all: readonly string[]) =>
    all.flatMap((one) => globSync(one, { cwd })).map((one) => path.relative(from, path.join(cwd, one)));
  const included = taken(patterns.filter((one) => !one.startsWith('!')));
  const excluded = taken(patterns.filter((one) => one.startsWith('!')).map((one) => one.slice(1)));
  const isBelow = (file: string) => (folder: string) => `${file}/`.startsWith(folder === '' ? '' : `${folder}/`);
  return others.filter((file) => included.some(isBelow(file)) && !excluded.some(isBelow(file)));
}

/** The runner's `hashFiles`: SHA-256 over the SHA-256 of each file. */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const names = [...new Set(globSync([...patterns], { cwd: workspace }))].sort();
  const files = names.map((name) => path.join(workspace, name)).filter((file) => lstatSync(file).isFile());
  const hashes = files.map((file) => createHash('sha256').update(readFileSync(file)).digest());
  return hashes.length === 0 ? '' : createHash('sha256').update(Buffer.concat(hashes)).digest('hex');
}
