import { readFile, writeFile } from 'node:fs/promises';
import { expect } from '@jest/globals';

/** Compares with a file that people can read. `UPDATE_GOLDEN=1` rewrites it. */
export async function expectGolden(file: URL, text: string): Promise<void> {
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(file, text);
  expect(text).toBe(await readFile(file, 'utf8'));
}
