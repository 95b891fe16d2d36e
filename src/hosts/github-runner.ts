import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { EOL, tmpdir } from 'node:os';
import * as core from '@actions/core';
import { githubIdToken, isFromFork } from './github-job.ts';
import type { Host, Log } from './port.ts';
import { readVariables } from './variables.ts';
import { appendWhole, writeOutputFile } from './whole-files.ts';
import { WORKFLOW } from './words.ts';
import { workflowCommand } from './workflow-command.ts';

/** The name of the state. `src/post.ts` has the name of the variable, too. */
const STATE = 'open';

/**
 * GitHub's runner. Everything is written with `process.stdout.write`. If the pipe is full, anything
 * written in another way could overtake it, and a secret could show before its mask.
 */
export function githubRunner(): Host {
  const variable = readVariables(process.env, process.platform, process.report);
  const temp = variable('RUNNER_TEMP');
  // `getInput` of `@actions/core` would return a value that Node has cut.
  const input = (name: string) => variable(`INPUT_${name.toUpperCase()}`) ?? '';
  let saved = variable(`STATE_${STATE}`) ?? '';
  return {
    words: WORKFLOW,
    input,
    isGiven: (name) => input(name).trim() !== '',
    problems: [],
    variable,
    idTokenSource: () => githubIdToken(variable),
    isFromFork: () => isFromFork(variable),
    allowedFolders: { workspace: variable('GITHUB_WORKSPACE') ?? process.cwd(), temp },
    collectInto: { below: temp ?? tmpdir() },
    log,
    mask(secret) {
      print(workflowCommand('add-mask', secret));
    },
    showOutput(text) {
      log.show(text);
      return Promise.resolve();
    },
    setOutput(name, value) {
      appendOutput(name, String(value ?? ''));
    },
    setStepOutput: appendOutput,
    saveState(state) {
      // Without the file, the package would print a workflow command.
      const file = fileOf('GITHUB_STATE');
      appendWhole(file, () => {
        core.saveState(STATE, state);
      });
      saved = state;
    },
    savedState: () => saved,
    error(title, message) {
      print(workflowCommand('error', message, title));
    },
    writeSummary,
    keepOutput: (text) => writeOutputFile(temp ?? tmpdir(), text),
  };
}

/**
 * The package writes `NAME<<DELIMITER`. For an output `a<`, the runner would read the name `a` and
 * another delimiter, and lose all outputs of the step (`EnvFileKeyValuePairs` in
 * FileCommandManager.cs). `NAME=VALUE` works for it.
 */
function appendOutput(name: string, value: string): void {
  const file = fileOf('GITHUB_OUTPUT');
  appendWhole(file, () => {
    if (name.endsWith('<')) appendFileSync(file, `${name}=${value}${EOL}`);
    else core.setOutput(name, value);
  });
}

function writeSummary(markdown: string): void {
  const file = fileOf('GITHUB_STEP_SUMMARY');
  appendWhole(file, () => {
    appendFileSync(file, markdown);
  });
}

/** A file that the runner gives the step, by the name of its variable. */
function fileOf(variable: string): string {
  const file = process.env[variable];
  if (!file) throw new Error(`The runner did not set ${variable}.`);
  return file;
}

/**
 * The only way to the log: as the data of a command, or fenced if necessary.
 */
const log: Log = {
  progress(_phase, line) {
    if (line !== undefined) log.info(line);
  },
  info(line) {
    log.show(line.plain);
  },
  show(text) {
    if (text === '') return;
    const lines = text.endsWith('\n') ? text : `${text}\n`;
    print(withCommandsStopped(lines));
  },
  group(title, text) {
    print(workflowCommand('group', title.plain));
    log.show(text);
    print(workflowCommand('endgroup'));
  },
  detail(title, text) {
    log.group(title, text);
  },
  warn({ markdown }) {
    print(workflowCommand('warning', markdown));
  },
  debug(message) {
    if (process.env['RUNNER_DEBUG'] === '1') print(workflowCommand('debug', message));
  },
};

function print(text: string): void {
  process.stdout.write(text);
}

/**
 * Puts untrusted lines between two tokens, where the runner ignores every command except the second
 * token. The log shows both (ActionCommandManager.cs:92, 116-121), so lines that cannot contain a
 * command are printed without them. A command has one of the two marks letter by letter: the runner
 * reads its name at a fixed distance from where the mark begins.
 */
function withCommandsStopped(lines: string): string {
  if (!lines.includes('::') && !lines.includes('##[')) return lines;
  const token = randomBytes(16).toString('hex');
  return `::stop-commands::${token}\n${lines}::${token}::\n`;
}
