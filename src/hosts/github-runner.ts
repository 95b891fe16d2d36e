import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from './log.ts';
import type { Host } from './port.ts';
import { WORKFLOW } from './words.ts';
import { appendToCommandFile, outputEntry, workflowCommand } from './workflow-commands.ts';

/** The runner takes at most 4,096 characters of an annotation. */
const MAX_ANNOTATION = 4096;
const STDOUT = 1;
/** Before an input's name in the environment. */
const INPUT = 'INPUT_';
/** Nothing ever wakes who waits on it: a pause of a thread that must write before it does anything else. */
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/** GitHub's runner. */
export function githubRunner(env: Readonly<Record<string, string | undefined>>): Host {
  return {
    words: WORKFLOW,
    failureStandsAlone: true,
    input: (name) => env[`${INPUT}${name.replaceAll(' ', '_').toUpperCase()}`] ?? '',
    inputNames: Object.keys(env).flatMap((name) =>
      name.startsWith(INPUT) ? [name.slice(INPUT.length).toLowerCase()] : [],
    ),
    variable: (name) => env[name],
    isFromFork: () => isFromFork(env['GITHUB_EVENT_PATH']),
    log,
    mask(secret) {
      write(workflowCommand('add-mask', secret));
    },
    showOutput(text) {
      log.show(text);
      return Promise.resolve();
    },
    setOutput(name, value) {
      appendToCommandFile('GITHUB_OUTPUT', env['GITHUB_OUTPUT'], outputEntry(name, value));
    },
    error(title, message) {
      write(workflowCommand('error', clipAnnotation(message), { title }));
    },
    writeSummary(markdown) {
      // What is thrown becomes the promise's rejection.
      return Promise.resolve().then(() => {
        appendToCommandFile('GITHUB_STEP_SUMMARY', env['GITHUB_STEP_SUMMARY'], markdown);
      });
    },
    keepOutput(text) {
      const folder = mkdtempSync(path.join(env['RUNNER_TEMP'] ?? tmpdir(), 'aks-run-command-'));
      const file = path.join(folder, 'output.txt');
      writeFileSync(file, text);
      return file;
    },
  };
}

/** What the event's own file says; a file that cannot be read says nothing. */
function isFromFork(file: string | undefined): boolean {
  try {
    let value: unknown = JSON.parse(readFileSync(file ?? '', 'utf8'));
    for (const name of ['pull_request', 'head', 'repo', 'fork']) {
      if (typeof value !== 'object' || value === null) return false;
      const entries: [string, unknown][] = Object.entries(value);
      value = entries.find(([key]) => key === name)?.[1];
    }
    return value === true;
  } catch {
    return false;
  }
}

/** The one door for the log: our own words bare, everything else fenced. */
const log: Log = {
  progress(_phase, line) {
    if (line !== undefined) log.say(line);
  },
  say(line) {
    write(`${line}\n`);
  },
  show(text) {
    if (text !== '') writeForeign(text);
  },
  group(title, text) {
    write(workflowCommand('group', title));
    writeForeign(text);
    write(workflowCommand('endgroup'));
  },
  warn(message) {
    write(workflowCommand('warning', clipAnnotation(message)));
  },
  debug(message) {
    if (process.env['RUNNER_DEBUG'] === '1') write(workflowCommand('debug', message));
  },
};

/** A fence shows in the log as two odd lines (ActionCommandManager.cs:92, 116-121), so only what needs one gets it. */
function writeForeign(text: string): void {
  if (needsFence(text)) writeFenced(text);
  else write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Whether the runner could find a command in a text: `::name` after leading blanks, `##[name` anywhere. */
function needsFence(text: string): boolean {
  return text.includes('::') || text.includes('##[');
}

/**
 * Between these tokens the runner obeys nothing but the second. Both go out in one synchronous write, so that no
 * signal can leave commands off, and the text ends in a newline, or the runner would not see the second.
 */
function writeFenced(text: string): void {
  const token = randomBytes(16).toString('hex');
  const lines = text.endsWith('\n') ? text : `${text}\n`;
  write(`::stop-commands::${token}\n${lines}::${token}::\n`);
}

/**
 * The one way to stdout, which is a pipe of 64 KiB: `process.stdout.write` queues when it is full, and what is written past
 * that queue comes out before it, so that a mask could come after what it masks.
 */
function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(STDOUT, bytes, written);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // Nobody reads any more: there is no one left to tell, and no step to report to.
      if (code === 'EPIPE') process.exit(1);
      if (code !== 'EAGAIN') throw error;
      // A pipe whose reader is slow is full for a moment.
      Atomics.wait(PAUSE, 0, 0, 5);
    }
  }
}

function clipAnnotation(message: string): string {
  return message.length > MAX_ANNOTATION ? `…${message.slice(1 - MAX_ANNOTATION)}` : message;
}
