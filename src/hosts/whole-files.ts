import { randomBytes } from 'node:crypto';
import {
  closeSync,
  lstatSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
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

/**
 * Prepares the file of `--result` before anything runs: opens a new file next to it, and removes an
 * old result, which could be mistaken for this run's if the process is killed. A pipe or a device
 * is written to, and never replaced.
 *
 * @returns a function that writes the text to its place; given no text, it leaves no file behind
 * @throws if nothing can be written there
 */
export function openResult(given: string): (text: string) => void {
  if (given === '-') {
    throw new Error('stdout is the output of the command; for the result on stdout, use -o json');
  }
  const target = path.resolve(given);
  const existing = lstatSync(target, { throwIfNoEntry: false });
  // `/dev/stdout` is a link to wherever stdout leads, such as a log that must not be replaced.
  if (existing?.isSymbolicLink() && statSync(target).isFile()) {
    throw new Error(
      'it is a link to a file; name the file itself, or use -o json for the result on stdout',
    );
  }
  if (existing && !existing.isFile()) {
    const descriptor = openSync(target, 'a');
    return (text) => {
      writeFileSync(descriptor, text);
    };
  }

  const name = `.${path.basename(target)}.${randomBytes(6).toString('hex')}`;
  const beside = path.join(path.dirname(target), name);
  const descriptor = openSync(beside, 'wx', 0o600);
  rmSync(target, { force: true });
  return (text) => {
    try {
      writeFileSync(descriptor, text);
      closeSync(descriptor);
      if (text !== '') renameSync(beside, target);
    } finally {
      rmSync(beside, { force: true });
    }
  };
}
