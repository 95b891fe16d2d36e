import { delimiter, isAbsolute, join } from 'node:path';
import { describe } from '@jest/globals';
import { isExecutable } from '../../local/azure/index.ts';

/** Tools of this machine, which a test may need: found on PATH, wherever a system keeps them. */

/**
 * The file that a name on PATH, or a path, stands for; undefined if this machine has no such tool.
 */
export function toolOnPath(name: string): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  // The shell of Git for Windows rewrites what looks like a path.
  if (process.platform === 'win32' && name === 'sh') return undefined;
  const names = process.platform === 'win32' ? [`${name}.exe`, name] : [name];
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((one) => join(folder, one)))
    .find(isExecutable);
}

/**
 * Defines tests that need tools of this machine. If one is missing, they are skipped, except with
 * `EVERY_TOOL=1`, as in CI, where they fail.
 */
export function needing(tools: readonly string[], define: () => void): void {
  const missing = tools.filter((name) => toolOnPath(name) === undefined);
  if (missing.length === 0 || process.env['EVERY_TOOL'] === '1') define();
  else describe.skip(`without ${missing.join(', ')}`, define);
}

/** Defines tests of what only Linux has, such as /proc. Elsewhere, they are skipped. */
export function onLinux(define: () => void): void {
  if (process.platform === 'linux') define();
  else describe.skip('outside Linux', define);
}
