import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe } from '@jest/globals';

/**
 * Defines tests that need a disk of this many KiB, each with an empty one. If none can be mounted,
 * they are skipped, except with `EVERY_TOOL=1`.
 */
export function onSmallDisk(kibibytes: number, define: (folder: string) => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'small-disk-'));
  const options = ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder];
  const prefix = [[], ['sudo', '-n']].find((words) => succeeds([...words, 'mount', ...options]));
  if (prefix === undefined) {
    rmdirSync(folder);
    if (process.env['EVERY_TOOL'] === '1') throw new Error('No file system can be mounted.');
    describe.skip('without a file system to mount', () => {
      define(folder);
    });
    return;
  }
  afterAll(() => {
    succeeds([...prefix, 'umount', folder]);
    rmdirSync(folder);
  });
  define(folder);
}

function succeeds([program = '', ...words]: readonly string[]): boolean {
  try {
    execFileSync(program, words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
