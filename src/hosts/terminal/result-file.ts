import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

export type ResultFile = {
  /** Writes the text to its place, whole or not at all. */
  write(text: string): void;
  /** Leaves no file behind, because there is no verdict. */
  discard(): void;
};

/**
 * Prepares the file of `--result` before anything runs: opens a new file next to it, and removes an
 * old result, which could be mistaken for this run's if the process is killed. A pipe or a device
 * is written to, and never replaced. Throws if nothing can be written there.
 */
export function resultFile(given: string): ResultFile {
  if (given === '-')
    throw new Error('stdout is the output of the command; for the result on stdout, use -o json');
  const target = path.resolve(given);
  const own = lstatSync(target, { throwIfNoEntry: false });
  // `/dev/stdout` is a link to wherever stdout leads, such as a log that must not be replaced.
  if (own?.isSymbolicLink() && statSync(target).isFile()) {
    throw new Error(
      'it is a link to a file; name the file itself, or use -o json for the result on stdout',
    );
  }
  if (own?.isDirectory()) throw new Error('it is a folder');
  if (own && !own.isFile()) {
    const descriptor = openSync(target, 'a');
    return {
      write: (text) => {
        writeFileSync(descriptor, text);
      },
      discard: () => undefined,
    };
  }
  const beside = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${randomBytes(6).toString('hex')}`,
  );
  const descriptor = openSync(beside, 'wx', 0o600);
  rmSync(target, { force: true });
  return {
    write(text) {
      try {
        writeFileSync(descriptor, text);
        fsyncSync(descriptor);
        closeSync(descriptor);
        renameSync(beside, target);
      } catch (error) {
        rmSync(beside, { force: true });
        throw error;
      }
    },
    discard() {
      rmSync(beside, { force: true });
    },
  };
}
