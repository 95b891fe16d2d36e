import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { EOL, tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '@actions/core';
import { field, parseJson } from '../azure/json.ts';
import type { Host, Log } from './port.ts';
import { WORKFLOW } from './words.ts';

/** What the name of an input begins with in the environment. */
const INPUT = 'INPUT_';

/**
 * GitHub's runner, through `@actions/core`. Everything goes out by `process.stdout.write`, as that package's own commands
 * do: a second way to stdout would overtake the first while the pipe is full, so that a secret could show before its mask.
 */
export function githubRunner(): Host {
  const { env } = process;
  return {
    words: WORKFLOW,
    failureStandsAlone: true,
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    inputNames: Object.keys(env).flatMap((name) =>
      name.startsWith(INPUT) ? [name.slice(INPUT.length).toLowerCase()] : [],
    ),
    variable: (name) => env[name],
    isFromFork: () => isFromFork(env['GITHUB_EVENT_PATH']),
    log,
    mask: core.setSecret,
    showOutput(text) {
      log.show(text);
      return Promise.resolve();
    },
    setOutput,
    error(title, message) {
      core.error(message, { title });
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

/**
 * The package writes `NAME<<DELIMITER`, which the runner splits at its first `<<`: of an output `a<` it would read the name
 * `a` and another delimiter, and would lose all outputs of the step. `NAME=VALUE` carries such a name
 * (`EnvFileKeyValuePairs` in the runner's FileCommandManager.cs).
 *
 * The report refuses what neither form carries.
 *
 * @throws Error if the file of `GITHUB_OUTPUT` cannot be written.
 */
function setOutput(name: string, value: string): void {
  if (!name.endsWith('<')) {
    core.setOutput(name, value);
    return;
  }
  appendFileSync(process.env['GITHUB_OUTPUT'] ?? '', `${name}=${value}${EOL}`);
}

/** Whether the event's own file says so; a file that cannot be read says nothing. */
function isFromFork(file: string | undefined): boolean {
  try {
    const names = ['pull_request', 'head', 'repo', 'fork'];
    return names.reduce(field, parseJson(readFileSync(file ?? '', 'utf8'))) === true;
  } catch {
    return false;
  }
}

/** The only way to the log: our own words bare, everything else fenced if it needs it. */
const log: Log = {
  progress(_phase, line) {
    if (line !== undefined) log.say(line);
  },
  say(line) {
    process.stdout.write(`${line}\n`);
  },
  show(text) {
    if (text !== '') process.stdout.write(fenced(text.endsWith('\n') ? text : `${text}\n`));
  },
  group(title, text) {
    core.startGroup(title);
    log.show(text);
    core.endGroup();
  },
  detail(title, text) {
    log.group(title, text);
  },
  warn: core.warning,
  debug(message) {
    if (core.isDebug()) core.debug(message);
  },
};

/**
 * Foreign lines between two tokens, where the runner obeys nothing but the second token. Both go out in one write. The
 * tokens show in the log as two odd lines (ActionCommandManager.cs:92, 116-121), so lines in which the runner could find
 * no command (`::name` after blanks, `##[name` anywhere) go without.
 */
function fenced(lines: string): string {
  if (!lines.includes('::') && !lines.includes('##[')) return lines;
  const token = randomBytes(16).toString('hex');
  return `::stop-commands::${token}\n${lines}::${token}::\n`;
}
