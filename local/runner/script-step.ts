import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseFileCommand } from '../../src/pod/file-command.ts';
import { readLog } from './log.ts';

/** A `run:` step to run on this machine. */
export type ScriptStep = {
  readonly script: string;
  readonly shell?: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Ends the script, and all that it started. */
  readonly signal?: AbortSignal;
};

/** What it leaves behind. */
export type ScriptResult = {
  readonly exitCode: number;
  readonly shown: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** For the steps after it. */
  readonly env: Readonly<Record<string, string>>;
  readonly summary: string;
};

const shells: Readonly<Record<string, readonly [string, ...string[]]>> = {
  '': ['bash', '-e'],
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
  sh: ['sh', '-e'],
};

/**
 * Runs a script as the runner does: a file, the shell with its options, and files for outputs, variables and summary.
 *
 * @throws Error for a shell that is not one of `bash` and `sh`.
 */
export async function runScript({ script, shell = '', folder, env, signal }: ScriptStep): Promise<ScriptResult> {
  const [program, ...options] = shells[shell] ?? [];
  if (program === undefined) throw new Error(`shell: ${shell} is not simulated. Use bash or sh`);
  const temp = await mkdtemp(path.join(tmpdir(), 'local-runner-'));
  const file = (name: string) => path.join(temp, name);
  try {
    const names = ['output', 'env', 'path', 'summary.md'];
    await Promise.all([writeFile(file('script.sh'), script), ...names.map((name) => writeFile(file(name), ''))]);
    const files = {
      ...{ GITHUB_OUTPUT: file('output'), GITHUB_ENV: file('env'), GITHUB_PATH: file('path') },
      GITHUB_STEP_SUMMARY: file('summary.md'),
    };
    const started = { cwd: folder, env: { ...process.env, ...env, ...files } };
    const { exitCode, output } = await runShell(program, [...options, file('script.sh')], started, signal);
    const added = (await readFile(file('path'), 'utf8')).split('\n').filter((line) => line !== '');
    const variables = await entriesOf(file('env'));
    const before = env['PATH'] ?? process.env['PATH'] ?? '';
    return {
      exitCode,
      shown: readLog(output).shown,
      outputs: await entriesOf(file('output')),
      env: added.length === 0 ? variables : { ...variables, PATH: [...added.reverse(), before].join(path.delimiter) },
      summary: await readFile(file('summary.md'), 'utf8'),
    };
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

type Started = { readonly cwd: string; readonly env: NodeJS.ProcessEnv };

async function runShell(program: string, args: readonly string[], started: Started, signal: AbortSignal | undefined) {
  // A group of its own, which ends as a whole.
  const child = spawn(program, args, { ...started, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  };
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        resolve(code ?? 1);
      });
    });
    return { exitCode, output: Buffer.concat(chunks).toString() };
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

async function entriesOf(file: string): Promise<Record<string, string>> {
  const parsed = parseFileCommand(await readFile(file, 'utf8'));
  if (parsed.kind !== 'assignments') throw new Error(`The step wrote a malformed file command, line ${parsed.line}`);
  return Object.fromEntries(parsed.assignments.map(({ name, value }) => [name, value]));
}
