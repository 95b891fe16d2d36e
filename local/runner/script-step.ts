import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLog } from './log.ts';
import { ended, entriesOf, fileCommands } from './step.ts';
import { WorkflowError } from './expression.ts';

/** A `run:` step to run on this machine. The signal ends it and everything it started. */
export type ScriptStep = {
  readonly script: string;
  readonly shell: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
};

const shells: Readonly<Record<string, readonly string[]>> = {
  '': ['bash', '-e'],
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
  sh: ['sh', '-e'],
};

/**
 * Runs a script as the runner does: a file, the shell with its options, and files for outputs, variables, and summary.
 *
 * @returns what it leaves behind; `env` is for the steps after it
 * @throws WorkflowError for a shell that is not one of `bash` and `sh`
 */
export async function runScript({ script, shell, folder, env, signal }: ScriptStep) {
  const [program, ...options] = shells[shell] ?? [];
  if (program === undefined)
    throw new WorkflowError(`shell: ${shell} is not simulated. Use bash or sh`);
  const temp = await mkdtemp(path.join(tmpdir(), 'local-runner-'));
  const stop = new AbortController();
  try {
    const files = await fileCommands(temp);
    await writeFile(path.join(temp, 'script.sh'), script);
    const child = spawn(program, [...options, path.join(temp, 'script.sh')], {
      ...{
        cwd: folder,
        env: { ...process.env, ...env, ...files },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
      // A process group of its own, which can be ended as a whole.
      detached: true,
    });
    const end = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { signal: stop.signal });
    const { exitCode, log } = await ended(child).finally(() => {
      stop.abort();
    });
    const added = (await readFile(files.GITHUB_PATH, 'utf8'))
      .split('\n')
      .filter((line) => line !== '');
    const search = [...added.reverse(), env['PATH'] ?? process.env['PATH'] ?? ''].join(
      path.delimiter,
    );
    return {
      exitCode: exitCode ?? 1,
      log: readLog(log),
      outputs: await entriesOf(files.GITHUB_OUTPUT),
      env: {
        ...(await entriesOf(files.GITHUB_ENV)),
        ...(added.length === 0 ? {} : { PATH: search }),
      },
    };
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}
