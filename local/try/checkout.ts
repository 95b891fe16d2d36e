import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { WorkflowError } from '../github/expression.ts';

/** How many untracked files a note lists. */
const LISTED = 5;

/**
 * Copies what git tracks in a folder, as it is on the disk now: what `actions/checkout` brings.
 *
 * @returns what the reader should know about files that git doesn't track; empty if there is none
 * @throws WorkflowError if the folder is not in a repository
 */
export function checkOut(from: string, to: string): string {
  const tracked = listed(from);
  const wanted = new Set(tracked.flatMap(withParents));
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => wanted.has(path.relative(from, source)),
  });

  const others = listed(from, '--others', '--exclude-standard');
  if (others.length === 0) return '';
  const names = others.slice(0, LISTED).join(', ');
  const more = others.length > LISTED ? ', …' : '';
  const them = others.length === 1 ? 'it' : 'them';
  return `Git does not track ${names}${more}, so GitHub lacks ${them}.`;
}

/** A file, the folders that it is in, and the root. */
function withParents(file: string): string[] {
  const parent = path.dirname(file);
  return parent === '.' ? [file, ''] : [file, ...withParents(parent)];
}

function listed(folder: string, ...options: readonly string[]): string[] {
  try {
    const output = execFileSync('git', ['ls-files', '-z', ...options], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
    return output.split('\0').filter((name) => name !== '');
  } catch (cause) {
    throw new WorkflowError(
      `${folder} is not in a git repository. actions/checkout brings what git tracks`,
      { cause },
    );
  }
}
