import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { parseFileCommand } from '../../src/pod/file-command.ts';
import { field } from '../../src/azure/json.ts';
import { readLog, type RunnerLog } from './log.ts';

/** A step to run. */
export type Step = {
  /** The step's environment as the runner would give it: OIDC request, facts, `INPUT_…`. */
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** Folder with `action.yml`; this repository's own unless told. */
  readonly action?: string;
  /** Folder for the runner's own files, such as `summary.md`; one in the system's temp folder unless told. */
  readonly temp?: string;
  /** A command line of bash that reads the step's stdout through a pipe of 64 KiB, as the runner's is, and not a socket. */
  readonly reader?: string;
  /** Told of the process, to send it signals, and of each piece of its stdout. */
  readonly onStart?: (child: ChildProcess) => void;
  readonly onOutput?: (text: string) => void;
};

/** What a step leaves behind. */
export type StepResult = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly log: RunnerLog;
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown of the job summary. */
  readonly summary: string;
  /** Removes the step's temp folder, its output file included. */
  readonly clean: () => Promise<void>;
};

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** The folder of one step, with the empty files that the runner gives it. */
async function folderOf({ temp: given }: Step) {
  const temp = path.resolve(given ?? (await mkdtemp(path.join(tmpdir(), 'local-runner-'))));
  const files = { outputs: path.join(temp, 'output'), summary: path.join(temp, 'summary.md') };
  const runnerTemp = path.join(temp, 'temp');
  await Promise.all([
    ...Object.values(files).map((file) => writeFile(file, '')),
    mkdir(runnerTemp, { recursive: true }),
  ]);
  return { temp, runnerTemp, ...files };
}

/** Starts the bundle, with `reader` behind it where there is one. */
async function start(step: Step, given: Readonly<Record<string, string>>) {
  const { action = REPOSITORY, reader, workspace, env } = step;
  const { defaults, main } = await readAction(action);
  const inherited = Object.fromEntries(
    ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'NODE_COMPILE_CACHE'].flatMap((name) =>
      process.env[name] ? [[name, process.env[name]]] : [],
    ),
  );
  const own: [string, ...string[]] = [process.execPath, path.join(action, main)];
  const [program, ...words] =
    reader === undefined ? own : ['bash', '-c', `"$@" | ${reader}; exit "\${PIPESTATUS[0]}"`, 'bash', ...own];
  return spawn(program, words, {
    cwd: workspace,
    env: { ...inherited, ...defaults, ...given, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/**
 * Runs an action's bundle as GitHub's runner does: a child process on Node 24, a clean environment with the defaults
 * of `action.yml`, empty files for outputs and summary.
 */
export async function runStep(step: Step): Promise<StepResult> {
  const { temp, runnerTemp, outputs, summary } = await folderOf(step);
  const child = await start(step, {
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: step.workspace,
    RUNNER_TEMP: runnerTemp,
  });
  step.onStart?.(child);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk);
    step.onOutput?.(chunk.toString());
  });
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });

  const text = Buffer.concat(stdout).toString();
  return {
    exitCode,
    stdout: text,
    stderr: Buffer.concat(stderr).toString(),
    log: readLog(text, step.env['RUNNER_DEBUG'] === '1'),
    outputs: readOutputs(await readFile(outputs, 'utf8')),
    summary: await readFile(summary, 'utf8'),
    clean: () => rm(temp, { recursive: true, force: true }),
  };
}

/** The runner's table of outputs ignores letter case: the last writer wins. */
function readOutputs(text: string): Record<string, string> {
  const parsed = parseFileCommand(process.platform === 'win32' ? text.replaceAll('\r\n', '\n') : text);
  if (parsed.kind !== 'assignments') throw new Error(`The action wrote a malformed GITHUB_OUTPUT, line ${parsed.line}`);
  const outputs: Record<string, string> = {};
  for (const { name, value } of parsed.assignments) {
    const same = Object.keys(outputs).find((other) => other.toLowerCase() === name.toLowerCase());
    outputs[same ?? name] = value;
  }
  return outputs;
}

export async function readAction(folder: string): Promise<{ defaults: Record<string, string>; main: string }> {
  const action: unknown = parse(await readFile(path.join(folder, 'action.yml'), 'utf8'));
  const inputs = field(action, 'inputs');
  const main = field(field(action, 'runs'), 'main');
  if (typeof inputs !== 'object' || inputs === null || typeof main !== 'string')
    throw new Error('action.yml is not an action');
  const defaults = Object.entries(inputs).flatMap(([name, input]: [string, unknown]) => {
    const value = field(input, 'default');
    return [[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, typeof value === 'string' ? value : '']];
  });
  return { defaults: Object.fromEntries(defaults) as Record<string, string>, main };
}
