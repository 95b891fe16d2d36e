import { randomBytes } from 'node:crypto';
import {
  closeSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { OutputValue } from '../port.ts';

/** What `-o json` prints, and `--result` writes: the outputs by name, as they are set. */
export class Result {
  readonly outputs = new Map<string, OutputValue>();
  /** What the command wrote to `$GITHUB_OUTPUT`, and to `$GITHUB_STEP_SUMMARY`. */
  readonly stepOutputs = new Map<string, string>();
  summary = '';

  /** The result as JSON; empty without a verdict. */
  json(): string {
    if (!this.outputs.has('state')) return '';

    const result = {
      ...Object.fromEntries(this.outputs),
      outputs: Object.fromEntries(this.stepOutputs),
      summary: this.summary,
    };
    return JSON.stringify(result, undefined, 2);
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
