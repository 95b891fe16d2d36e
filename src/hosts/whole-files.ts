import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// What is written here is whole or not there: on a full disk, half a file would be taken for all of
// it.

/**
 * Writes the output of a command to a file in a new folder below `temp`. Only this user can read
 * it.
 *
 * @returns the path of the file
 * @throws if the file cannot be written whole; then nothing is left of it
 */
export function writeOutputFile(temp: string, text: string): string {
  const folder = mkdtempSync(path.join(temp, 'aks-run-command-'));
  const file = path.join(folder, 'output.txt');
  try {
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Adds an entry to a file of the runner, or none. The runner reads such a file to its end, so half
 * an entry would swallow everything after it.
 *
 * @param append adds the entry to the end of the file
 * @throws if the entry cannot be written whole, or if the file is not a regular one: opening a pipe
 *   would wait for its reader
 */
export function appendWhole(file: string, append: () => void): void {
  const before = statSync(file);
  if (!before.isFile()) throw new Error(`${file} is not a regular file`);

  try {
    append();
  } catch (error) {
    truncateSync(file, before.size);
    throw error;
  }
}
