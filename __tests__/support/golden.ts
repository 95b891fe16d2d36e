import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Compares with a file that people can read, and that GitHub renders, unlike a snapshot of Jest.
 * `UPDATE_GOLDEN=1` rewrites it.
 */
export async function expectGolden(file: URL, text: string): Promise<void> {
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(file, text);
  const expected = await readFile(file, 'utf8');
  try {
    expect(text).toBe(expected);
  } catch (error) {
    const golden = path.relative(root, fileURLToPath(file));
    const test = path.relative(root, expect.getState().testPath ?? '');
    throw new Error(
      `${golden} differs, as shown below. To rewrite it: UPDATE_GOLDEN=1 npm test -- ${test}`,
      { cause: error },
    );
  }
}
