import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { field } from '../../src/text/json.ts';
import { readEntries } from './entries.ts';
import { inputVariables } from './environment.ts';
import { readLog, type RunnerLog } from './log.ts';

/** What the runner would start a step with. */
export type StepStart = {
  /** The step's environment: OIDC request, variables of the run, `INPUT_…`. */
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** Folder with `action.yml`; this repository's own by default. */
  readonly action?: string;
  /**
   * Folder for the runner's own files, such as `summary.md`; by default a new one in the system's
   * temp folder.
   */
  readonly temp?: string;
  /** `RUNNER_TEMP`, which is below `temp` by default. */
  readonly runnerTemp?: string;
  /**
   * A bash command line that reads the step's stdout through a pipe of 64 KiB, like the runner's,
   * not a socket.
   */
  readonly reader?: string;
  /** What the step saved, for its post step. If absent, the step itself runs. */
  readonly state?: StepResult['state'];
  /** Receives the process, to send it signals. */
  readonly onStart?: (child: ChildProcess) => void;
};

/** What a step leaves behind. */
export type StepResult = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly log: RunnerLog;
  readonly outputs: Readonly<Record<string, string>>;
  /** What it saved for its post step. */
  readonly state: Readonly<Record<string, string>>;
  /** Markdown of the job summary. */
  readonly summary: string;
  /** Removes the step's temp folder, its output file included. */
  readonly clean: () => Promise<void>;
};

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** What a step inherits of this process. Everything else in its environment is given. */
const INHERITED = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'NODE_COMPILE_CACHE'];

/**
 * Runs an action's bundle as GitHub's runner does: a child process on Node 24, a clean environment
 * with the defaults of `action.yml`, and empty files for outputs and summary.
 */
export async function runStep(step: StepStart): Promise<StepResult> {
  const { env, workspace, action = REPOSITORY } = step;
  const temp = path.resolve(step.temp ?? (await mkdtemp(path.join(tmpdir(), 'local-runner-'))));
  const runnerTemp = step.runnerTemp ?? path.join(temp, 'temp');
  await mkdir(runnerTemp, { recursive: true });
  const files = {
    GITHUB_OUTPUT: path.join(temp, 'output'),
    GITHUB_STATE: path.join(temp, 'state'),
    GITHUB_STEP_SUMMARY: path.join(temp, 'summary.md'),
  };
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')));
  const { defaults, main, post } = await readAction(action);
  const saved = Object.fromEntries(
    Object.entries(step.state ?? {}).map(([name, value]) => [`STATE_${name}`, value]),
  );
  const bundle = step.state === undefined ? main : post;
  const [program, ...words] = programOf(path.join(action, bundle), step.reader);

  const child = spawn(program, words, {
    cwd: workspace,
    env: {
      ...inherited(),
      ...defaults,
      ...files,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: runnerTemp,
      ...saved,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  step.onStart?.(child);
  const { exitCode, stdout, stderr } = await ended(child);
  return {
    exitCode,
    stdout,
    stderr,
    log: readLog(stdout, env['RUNNER_DEBUG'] === '1'),
    outputs: await entriesIn(files.GITHUB_OUTPUT),
    state: await entriesIn(files.GITHUB_STATE),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    clean: () => rm(temp, { recursive: true, force: true }),
  };
}

/** Node with the bundle, or bash with the two and a reader between which there is a pipe. */
function programOf(bundle: string, reader: string | undefined): [string, ...string[]] {
  const own: [string, ...string[]] = [process.execPath, bundle];
  if (reader === undefined) return own;
  return ['bash', '-c', `"$@" | ${reader}; exit "\${PIPESTATUS[0]}"`, 'bash', ...own];
}

function inherited(): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value) variables[name] = value;
  }
  return variables;
}

/** Waits for a process. `log` is what it wrote to both streams, in order. */
export async function ended(child: ChildProcess) {
  const said = { stdout: [] as Buffer[], stderr: [] as Buffer[], log: [] as Buffer[] };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.on('data', (chunk: Buffer) => {
      said[name].push(chunk);
      said.log.push(chunk);
    });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString();
  return { exitCode, stdout: text(said.stdout), stderr: text(said.stderr), log: text(said.log) };
}

/**
 * The entries of `GITHUB_OUTPUT` or `GITHUB_STATE`. The runner ignores letter case, and the last
 * writer wins.
 */
async function entriesIn(file: string): Promise<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const text = await readFile(file, 'utf8');
  for (const [name, value] of readEntries(text, { windows: process.platform === 'win32' })) {
    const same = Object.keys(outputs).find((other) => other.toLowerCase() === name.toLowerCase());
    outputs[same ?? name] = value;
  }
  return outputs;
}

/**
 * What an action.yml says: its inputs with their defaults, the same as variables, the names of its
 * outputs, and the programs.
 */
export async function readAction(folder: string) {
  const action: unknown = parse(await readFile(path.join(folder, 'action.yml'), 'utf8'));
  const main = field(field(action, 'runs'), 'main');
  const post = field(field(action, 'runs'), 'post');
  const postIf = field(field(action, 'runs'), 'post-if') ?? 'always()';
  if (typeof main !== 'string' || typeof post !== 'string' || typeof postIf !== 'string')
    throw new Error('action.yml is not an action with a post step');

  const inputs: Record<string, string> = {};
  for (const [name, input] of Object.entries(field(action, 'inputs') ?? {})) {
    const value = field(input, 'default');
    inputs[name] = typeof value === 'string' ? value : '';
  }
  const outputs = Object.keys(field(action, 'outputs') ?? {});
  return { inputs, defaults: inputVariables(inputs), outputs, main, post, postIf };
}
