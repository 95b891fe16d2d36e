import { closeSync, fsyncSync, lstatSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** The file of `--result`. */
export type ResultFile = {
  /** Puts the text in its place, whole or not at all. */
  write(text: string): void;
  /** Leaves no file behind: there is no verdict. */
  discard(): void;
};

/**
 * Prepares the file of `--result`, before anything runs: opens a file beside it, and takes an old result away, which
 * would be read for this one's if this process is killed.
 *
 * @throws where nothing can be written there, or where something else than a file is.
 */
export function resultFile(given: string): ResultFile {
  const target = resolveFile(given);
  const beside = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}`);
  const descriptor = openSync(beside, 'wx', 0o600);
  rmSync(target, { force: true });
  return {
    write(text) {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(beside, target);
    },
    discard() {
      rmSync(beside, { force: true });
    },
  };
}

/** A device such as /dev/null must not be replaced by a file. */
function resolveFile(given: string): string {
  const stats = lstatSync(given, { throwIfNoEntry: false });
  if (!stats) return path.resolve(given);
  const target = realpathSync(given);
  if (!lstatSync(target).isFile()) throw new Error('it is not a file');
  return target;
}
