import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { ended, runStep } from '../../local/runner/step.ts';
import { parseJson } from '../../src/azure/json.ts';

/** A request about a cluster and its answer, which came `at` so many milliseconds since 1970, as watch.ts notes it. */
export type Exchange = Readonly<Record<'method' | 'path' | 'body', string> & Record<'at' | 'status', number>> & {
  readonly headers: Readonly<Record<string, string>>;
  readonly request?: { readonly bytes: number };
};
/** One run: what `-o json` or the step's outputs say, stderr or the step's log, and the SHA-256 of what came back. */
export type Seen = {
  readonly code: number | null;
  readonly result: Readonly<Record<string, unknown>>;
  readonly log: string;
  readonly exchanges: readonly Exchange[];
  readonly seconds: number;
  readonly collected: readonly string[];
};
type Options = Readonly<Record<string, string>>;
/** `body` is for watch.ts. A run that is `spared` restores the cluster, so nothing stops it. */
type How = { readonly body?: object; readonly options?: Options; readonly spared?: boolean };
export type Lab = ReturnType<typeof createLab>;

/** Runs the bundle, as the command line and as a step. All times are divided by the variable `ACCEPTANCE_HURRY`. */
export function createLab(options: Options, folder: string, stopped: AbortSignal) {
  fs.mkdirSync(path.join(folder, 'a b'));
  fs.writeFileSync(path.join(folder, 'a b/straße ✓.txt'), 'straße\n');
  fs.writeFileSync(path.join(folder, 'run me.sh'), '#!/bin/sh\necho ran\n', { mode: 0o755 });
  const seen: Seen[] = [];
  const seconds = (full: number) => Math.ceil(full / Number(process.env['ACCEPTANCE_HURRY'] ?? 1));
  const sleep = (full: number) => delay(seconds(full) * 1000, undefined, { signal: stopped });
  const stopWith = (child: ChildProcess) => {
    stopped.addEventListener('abort', () => child.kill());
  };

  async function cli(words: readonly string[], { body, options: more, spared = false }: How = {}): Promise<Seen> {
    if (!spared) stopped.throwIfAborted();
    const begin = Date.now();
    const own = fs.mkdtempSync(path.join(folder, 'run-'));
    const [file, collected] = [path.join(own, 'exchanges'), path.join(own, 'collected')];
    const named = Object.entries({ ...options, ...more }).filter(([name]) => !name.startsWith('without'));
    const always = ['--working-directory', folder, '-o', 'json', '--collect-to', collected];
    const program = ['--import', `${import.meta.dirname}/watch.ts`, `${import.meta.dirname}/../../dist/index.js`];
    const target = named.map(([name, value]) => `--${name}=${value}`);
    const child = spawn(process.execPath, [...program, ...target, ...always, ...words], {
      env: { ...process.env, TMPDIR: own, ACCEPTANCE_EXCHANGES: file, ACCEPTANCE_BODY: body && JSON.stringify(body) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches the whole group, and what restores the cluster has to outlive it.
      detached: spared,
    });
    if (!spared) stopWith(child);
    const { exitCode: code, stdout, stderr: log } = await ended(child);
    if (!spared) stopped.throwIfAborted();
    const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
    const files = fs.globSync(`${collected}/*`).map((name) => fs.readFileSync(name));
    const one: Seen = {
      ...{ code, log, seconds: (Date.now() - begin) / 1000 },
      result: (parseJson(stdout) ?? {}) as Seen['result'],
      exchanges: lines.map((line) => JSON.parse(line) as Exchange),
      collected: files.map((content) => createHash('sha256').update(content).digest('hex')),
    };
    seen.push(one);
    return one;
  }

  async function step(command: string): Promise<Seen> {
    const inputs = Object.entries({ ...options, command, 'mask-outputs': 'answer' });
    const given = Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
    const env = { ...(process.env as Options), ...given };
    const temp = fs.mkdtempSync(path.join(folder, 'step-'));
    const { exitCode, stdout, ...done } = await runStep({ env, workspace: folder, temp, onStart: stopWith });
    stopped.throwIfAborted();
    const result = { ...done.outputs, summary: done.summary };
    return { code: exitCode, result, log: stdout, exchanges: [], seconds: 0, collected: [] };
  }

  /** Changes the cluster. What restores it is written down first, and is done at the end, however that comes about. */
  async function changing<T>(note: string, restore: () => Promise<void>, work: () => Promise<T>): Promise<T> {
    fs.writeFileSync('acceptance-restore.txt', `${note}\n`);
    try {
      return await work();
    } finally {
      await restore();
      fs.rmSync('acceptance-restore.txt');
    }
  }

  return { options, folder, seen, seconds, sleep, cli, step, changing };
}
