import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { ended, runStep } from '../../local/runner/step.ts';
import { parseJson } from '../../src/azure/json.ts';

/** A request about a cluster and its answer, as watch.ts notes it. `at` is in milliseconds since 1970, `took` in seconds. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly at: number;
  readonly took: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly request?: { readonly bytes: number; readonly command: unknown; readonly context: unknown };
};

/** One run of the command line. */
export type Seen = {
  readonly code: number | null;
  /** What `-o json` prints. */
  readonly result: Readonly<Record<string, unknown>>;
  /** What stderr says. */
  readonly log: string;
  readonly exchanges: readonly Exchange[];
  readonly seconds: number;
  /** SHA-256 of the files that came back. */
  readonly collected: readonly string[];
};

export type Options = Readonly<Record<string, string | undefined>>;
/** `body` is for watch.ts; no signal ends a `spared` run. */
type How = { readonly body?: object; readonly clientId?: string; readonly spared?: true };

/** Why a check cannot be made. */
export class Skip extends Error {}

export type Lab = ReturnType<typeof createLab>;

/**
 * Runs the command line, and leaves no process and no file of it behind.
 *
 * @param options those of the command line for cluster and identity, and `hurry`, which all times are divided by
 * @param folder an empty one
 */
export function createLab(options: Options, folder: string, stopped: AbortSignal) {
  const seen: Seen[] = [];
  const running = new Set<ChildProcess>();
  stopped.addEventListener('abort', () => {
    for (const child of running) child.kill();
  });
  mkdirSync(path.join(folder, 'a b'));
  writeFileSync(path.join(folder, 'a b/straße ✓.txt'), 'straße\n');
  writeFileSync(path.join(folder, 'run me.sh'), '#!/bin/sh\necho ran\n', { mode: 0o755 });

  const seconds = (full: number) => Math.ceil(full / Number(options['hurry'] ?? 1));
  const sleep = async (full: number) => {
    await delay(seconds(full) * 1000, undefined, { signal: stopped }).catch(() => undefined);
    stopped.throwIfAborted();
  };

  function need(option: string): string {
    const value = options[option];
    if (value === undefined) throw new Skip(`needs --${option}`);
    return value;
  }

  async function cli(args: readonly string[], { body, clientId, spared }: How = {}): Promise<Seen> {
    if (!spared) stopped.throwIfAborted();
    const begin = Date.now();
    const own = mkdtempSync(path.join(folder, 'run-'));
    const [file, collected] = [path.join(own, 'exchanges'), path.join(own, 'collected')];
    const given: Options = { ...options, ...(clientId !== undefined && { 'client-id': clientId }) };
    const named = ['cluster', 'environment', 'client-id', 'tenant-id'].filter((name) => given[name] !== undefined);
    const target = named.map((name) => `--${name}=${given[name] ?? ''}`);
    const program = [
      '--import',
      path.join(import.meta.dirname, 'watch.ts'),
      path.resolve(import.meta.dirname, '../../dist/index.js'),
    ];
    const words = [...program, ...target, '--working-directory', folder, '-o', 'json', '--collect-to', collected];
    const child = spawn(process.execPath, [...words, ...args], {
      env: { ...process.env, TMPDIR: own, ACCEPTANCE_EXCHANGES: file, ACCEPTANCE_BODY: body && JSON.stringify(body) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches the whole group, and what restores the cluster has to outlive it.
      detached: spared === true,
    });
    if (!spared) running.add(child);
    const { exitCode: code, stdout, stderr: log } = await ended(child);
    running.delete(child);
    if (!spared) stopped.throwIfAborted();
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    const files = globSync(path.join(collected, '*')).map((name) => readFileSync(name));
    const one = {
      ...{ code, log, result: (parseJson(stdout) ?? {}) as Seen['result'], seconds: (Date.now() - begin) / 1000 },
      exchanges: lines.map((line) => JSON.parse(line) as Exchange),
      collected: files.map((content) => createHash('sha256').update(content).digest('hex')),
    };
    rmSync(own, { recursive: true });
    seen.push(one);
    return one;
  }

  /** Runs the action as a step. */
  async function step(command: string): Promise<Seen> {
    const inputs = Object.entries({ ...options, command, 'mask-outputs': 'answer' });
    const env = Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
    const [temp, inherited] = [mkdtempSync(path.join(folder, 'step-')), process.env as Record<string, string>];
    const onStart = (child: ChildProcess) => running.add(child);
    const done = await runStep({ env: { ...inherited, ...env }, workspace: folder, temp, onStart });
    stopped.throwIfAborted();
    const [result, log] = [{ ...done.outputs, summary: done.summary }, done.stdout];
    return { code: done.exitCode, result, log, exchanges: [], seconds: 0, collected: [] };
  }

  /** Changes the cluster. What restores it is written down first, and is done at the end, however that comes about. */
  async function changing<T>(note: string, restore: () => Promise<void>, work: () => Promise<T>): Promise<T> {
    appendFileSync('acceptance-restore.txt', `${note}\n`);
    try {
      return await work();
    } finally {
      await restore();
      rmSync('acceptance-restore.txt');
    }
  }

  return { folder, seen, seconds, sleep, need, cli, step, changing };
}
