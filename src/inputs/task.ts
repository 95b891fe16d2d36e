import { parseCommandId, type CommandId } from '../azure/command-id.ts';
import type { FilesRequest } from '../files/workspace.ts';
import type { Shell } from '../pod/shell.ts';
import type { EnvironmentVariable } from '../pod/variables.ts';
import { runnerPathIn } from '../files/runner-path.ts';
import { readCollect } from './collect.ts';
import { readEnvironmentVariables, type EnvironmentProblem } from './environment-variables.ts';
import { meantCommandId } from './meant.ts';
import type { InputReader } from './reader.ts';

/** A command to run. */
export type Run = {
  readonly kind: 'run';
  readonly command: string;
  readonly shell: Shell;
  readonly files: FilesRequest;
  readonly env: readonly EnvironmentVariable[];
  /** What to bring back from the pod: valid shell patterns, each once, braces expanded. */
  readonly collect: readonly string[];
  /** Seconds. */
  readonly startTimeout: number;
  readonly startRetries: number;
  readonly wait: boolean;
  readonly dryRun: boolean;
};

/** An earlier command to wait for. */
export type Follow = { readonly kind: 'follow'; readonly commandId: CommandId; readonly wait: true };

const MAX_START_TIMEOUT_SECONDS = 3600;
const MAX_START_RETRIES = 10;

/** Reads what is to be done: a command to run, or an earlier one to wait for. */
export function readTask(reader: InputReader): Run | Follow {
  const run: Run = {
    kind: 'run',
    command: withoutCrLf(reader.untrimmed('command')),
    shell: reader.choice<Shell>('shell', ['', 'bash', 'sh'], ''),
    files: readFilesRequest(reader),
    env: readEnv(reader),
    collect: readCollect(reader),
    startTimeout: reader.duration('start-timeout', '90s', MAX_START_TIMEOUT_SECONDS),
    startRetries: reader.count('start-retries', 2, MAX_START_RETRIES),
    wait: reader.flag('wait', true),
    dryRun: reader.flag('dry-run', false),
  };
  const given = reader.text('command-id');
  if (given === '') {
    if (run.command.trim() === '') refuseNothing(reader);
    warnOfRunnerPath(reader, run.command);
    return run;
  }
  const commandId = parseCommandId(given);
  if (commandId === undefined) reader.invalid('command-id', given, '32 lowercase hex digits', meantCommandId(given));
  refuseWithCommandId(reader, run);
  return commandId === undefined ? run : { kind: 'follow', commandId, wait: true };
}

/** Neither a command nor the id of one: most often an id that an earlier job was to hand over. */
function refuseNothing(reader: InputReader): void {
  const id = reader.called('command-id');
  const idEmpty = `If ${id} is empty here, pass it on from the job that started the command: with outputs: there and needs: here`;
  reader.missing('command', `is required, unless ${id} names an earlier command to wait for. ${idEmpty}`);
}

/** A path of the runner means nothing in the pod, which has only what was sent. */
function warnOfRunnerPath(reader: InputReader, command: string): void {
  const path = runnerPathIn(command);
  if (path === undefined) return;
  reader.warn(
    'command',
    `${path} is a path outside the pod. Use a path relative to ${reader.called('working-directory')}.`,
  );
}

/** Where every line of a command ends in CR LF, a shell would take the CR for a part of its words. */
function withoutCrLf(command: string): string {
  return /(?<!\r)\n/.test(command) ? command : command.replaceAll('\r\n', '\n');
}

function readFilesRequest(reader: InputReader): FilesRequest {
  return {
    patterns: reader.lines('files'),
    workingDirectory: reader.text('working-directory'),
    ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore'], 'error'),
    includeHidden: reader.flag('include-hidden-files', false),
  };
}

function readEnv(reader: InputReader): readonly EnvironmentVariable[] {
  const { variables, problems, doubts } = readEnvironmentVariables(reader.untrimmed('env'), reader.variable);
  const sentence = ({ name, problem, ...at }: EnvironmentProblem) =>
    `${reader.entry(at)}${name === undefined ? '' : ` (${name})`} ${problem}`;
  for (const problem of problems) reader.problem('env', sentence(problem));
  for (const doubt of doubts) reader.warn('env', sentence(doubt));
  return variables;
}

/** What makes a new command has no meaning for an earlier one. */
function refuseWithCommandId(reader: InputReader, run: Run): void {
  const excluded = {
    command: run.command.trim() !== '',
    files: run.files.patterns.length > 0,
    env: reader.text('env') !== '',
  };
  const commandId = reader.called('command-id');
  for (const [name, isGiven] of Object.entries(excluded)) {
    if (isGiven) reader.problem(name, `cannot be used with ${commandId}, which waits for an earlier command`);
  }
  if (run.collect.length > 0) {
    reader.problem(
      'collect',
      `cannot be used with ${commandId}: the files of the earlier command come back by themselves`,
    );
  }
  if (!run.wait) reader.problem('wait', `cannot be false with ${commandId}, which waits for an earlier command`);
  if (run.dryRun) reader.problem('dry-run', `cannot be true with ${commandId}, which runs nothing`);
}
