import { randomBytes } from 'node:crypto';
import { closeSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
 * old result, which could be mistaken for this run's if the process is killed.
 *
 * @returns a function that writes the text to its place; given no text, it leaves no file behind
 * @throws if nothing can be written there, or if something else is there, such as a folder or a
 *   link: `/dev/stdout` is one to wherever stdout leads
 */
export function openResult(given: string): (text: string) => void {
  const target = path.resolve(given);
  const existing = lstatSync(target, { throwIfNoEntry: false });
  if (given === '-' || existing?.isFile() === false) {
    throw new Error('it is not a regular file; for the result on stdout, use -o json');
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
