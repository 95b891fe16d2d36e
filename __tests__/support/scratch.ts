import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';

/** A new folder for the tests of a file, which is removed after them. */
export function scratch(name: string): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), `${name}-`)));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
