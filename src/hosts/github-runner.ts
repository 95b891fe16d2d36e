import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '@actions/core';
import type { Log } from './log.ts';
import type { Host } from './port.ts';
import { WORKFLOW } from './words.ts';

/** The runner takes at most 4,096 characters of an annotation. */
const MAX_ANNOTATION = 4096;
const STDOUT = 1;

/** GitHub's runner: everything that goes through `@actions/core`. */
export function githubRunner(env: Readonly<Record<string, string | undefined>>): Host {
  return {
    words: WORKFLOW,
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    variable: (name) => env[name],
    log,
    mask: core.setSecret,
    showOutput(text) {
      log.show(text);
      return Promise.resolve();
    },
    setOutput: core.setOutput,
    error(title, message) {
      core.error(clipAnnotation(message), { title });
    },
    async writeSummary(markdown) {
      await core.summary.addRaw(markdown).write();
    },
    keepOutput(text) {
      const folder = mkdtempSync(path.join(env['RUNNER_TEMP'] ?? tmpdir(), 'aks-run-command-'));
      const file = path.join(folder, 'output.txt');
      writeFileSync(file, text);
      return file;
    },
  };
}

/** The one door for the log: our own words bare, everything else fenced. */
export const log: Log = {
  say: core.info,
  show(text) {
    if (text !== '') writeFenced(text);
  },
  group(title, text) {
    core.startGroup(title);
    writeFenced(text);
    core.endGroup();
  },
  warn(message) {
    core.warning(clipAnnotation(message));
  },
  debug(message) {
    if (core.isDebug()) core.debug(message);
  },
};

/**
 * Between these tokens the runner obeys nothing but the second. Both go out in one synchronous write, so that no
 * signal can leave commands off, and the text ends in a newline, or the runner would not see the second.
 */
function writeFenced(text: string): void {
  const token = randomBytes(16).toString('hex');
  const lines = text.endsWith('\n') ? text : `${text}\n`;
  writeAll(Buffer.from(`::stop-commands::${token}\n${lines}::${token}::\n`));
}

function writeAll(bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(STDOUT, bytes, written);
    } catch (error) {
      // A pipe whose reader is slow is full for a moment.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

function clipAnnotation(message: string): string {
  return message.length > MAX_ANNOTATION ? `…${message.slice(1 - MAX_ANNOTATION)}` : message;
}
