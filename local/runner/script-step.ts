import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NotSimulatedError } from './expression.ts';
import { readLog, type RunnerLog } from './log.ts';
import { ended, entriesOf, FileCommandError, fileCommands, readFileCommand } from './step.ts';

/** A `run:` step to run on this machine. */
export type ScriptStep = {
  readonly script: string;
  readonly shell: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Ends the script and everything that it started. */
  readonly signal: AbortSignal | undefined;
};

/** What a `run:` step leaves behind. */
export type ScriptResult = LeftBehind & {
  readonly exitCode: number;
  readonly log: RunnerLog;
};

type LeftBehind = {
  readonly outputs: Readonly<Record<string, string>>;
  /** Variables for the steps after it. */
  readonly env: Readonly<Record<string, string>>;
};

type Files = Awaited<ReturnType<typeof fileCommands>>;

const shells: Readonly<Record<string, readonly string[]>> = {
  '': ['bash', '-e'],
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
  sh: ['sh', '-e'],
};

/**
 * Runs a script as the runner does: a file, the shell with its options, and files for outputs,
 * variables, and the summary. If the runner couldn't read one of them, the step has failed.
 *
 * @throws NotSimulatedError for a shell other than `bash` and `sh`
 */
export async function runScript(step: ScriptStep): Promise<ScriptResult> {
  const [program, ...options] = shells[step.shell] ?? [];
  if (program === undefined)
    throw new NotSimulatedError(`shell: ${step.shell} is not simulated. Use bash or sh`);

  const temp = await mkdtemp(path.join(tmpdir(), 'local-runner-'));
  try {
    const files = await fileCommands(temp);
    const script = path.join(temp, 'script.sh');
    await writeFile(script, step.script);
    const { exitCode, log } = await run([program, ...options, script], files, step);
    return await leftBehind(files, step).then(
      (left) => ({ exitCode, log: readLog(log), ...left }),
      (error: unknown) => {
        if (!(error instanceof FileCommandError)) throw error;
        return {
          exitCode: exitCode || 1,
          log: readLog(`${log}::error::${error.message}\n`),
          outputs: {},
          env: {},
        };
      },
    );
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

async function run(
  [program, ...args]: readonly [string, ...string[]],
  files: Files,
  { folder, env, signal }: ScriptStep,
): Promise<{ readonly exitCode: number; readonly log: string }> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env, ...files },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, which can be ended as a whole.
    detached: true,
  });
  const end = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end);
  try {
    const { exitCode, log } = await ended(child);
    return { exitCode: exitCode ?? 1, log };
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

async function leftBehind(files: Files, { env }: ScriptStep): Promise<LeftBehind> {
  const outputs = await entriesOf(files.GITHUB_OUTPUT);
  const variables = await entriesOf(files.GITHUB_ENV);
  await readFileCommand(files.GITHUB_STEP_SUMMARY);

  const added = await readFileCommand(files.GITHUB_PATH);
  const folders = added.split('\n').filter((line) => line !== '');
  if (folders.length === 0) return { outputs, env: variables };

  // The runner puts each folder in front of those before it.
  const search = [...folders.reverse(), env['PATH'] ?? process.env['PATH'] ?? ''];
  return { outputs, env: { ...variables, PATH: search.join(path.delimiter) } };
}
