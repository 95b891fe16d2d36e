import { execFileSync } from 'node:child_process';

/** Makes a folder a repository in which git tracks all files, or only those with these names. */
export function track(folder: string, names: readonly string[] = ['.']): void {
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', ['add', '--force', ...names], { cwd: folder });
}
