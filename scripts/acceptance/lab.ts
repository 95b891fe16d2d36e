import { spawn, type ChildProcess } from 'node:child_process';
import { hash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inputVariables } from '../../local/github/environment.ts';
import { ended, runStep } from '../../local/github/step.ts';
import type { Answered } from '../../src/azure/answer.ts';
import { parseJson } from '../../src/text/json.ts';

type Texts<Name extends string = string> = Readonly<Record<Name, string>>;
type Request = { readonly bytes: number; readonly command: string; readonly context: string };
/**
 * A request about a cluster and its answer, as watch.ts saw it. `at` is in milliseconds since 1970.
 */
export type Exchange = Omit<Answered, 'kind'> &
  Texts<'method' | 'path'> & { readonly at: number; request?: Request };

export type RunOptions = {
  /** The option whose client ID is used. */
  readonly as?: string;
  /** What watch.ts changes in the body of the submission. */
  readonly body?: object;
  /** Whether nothing stops the run. */
  readonly spared?: boolean;
  /** How many seconds after AKS accepted the command Ctrl-C follows. */
  readonly interruptedAfter?: number;
};
export type RunResult = Awaited<ReturnType<Lab['cli']>>;
export type Lab = ReturnType<typeof createLab>;

const PROGRAM = [
  '--import',
  `${import.meta.dirname}/watch.ts`,
  `${import.meta.dirname}/../../dist/index.js`,
];
/** The variable `ACCEPTANCE_HURRY` divides all times. */
export const seconds = (full: number) =>
  Math.ceil(full / Number(process.env['ACCEPTANCE_HURRY'] ?? 1));

/** Runs the bundle, as the command line and as a step. */
export function createLab(options: Texts, folder: string, stopped: AbortSignal) {
  fs.writeFileSync(`${folder}/straße ✓.txt`, 'straße\n');
  fs.writeFileSync(`${folder}/run me.sh`, '#!/bin/sh\necho ran\n', { mode: 0o755 });
  for (const mb of [1, 2, 3, 3.9])
    fs.writeFileSync(`${folder}/${mb} MB`, randomBytes(mb * 776_000));
  const target = Object.entries(options).filter(([name]) => !name.startsWith('without'));
  const exchanges: Exchange[] = [];
  const sleep = (full: number) => delay(seconds(full) * 1000, undefined, { signal: stopped });
  const stopWith = (child: ChildProcess) => {
    stopped.addEventListener('abort', () => child.kill());
  };

  /** Rejects if Azure was not asked about the cluster, since nothing can be concluded from that. */
  async function cli(words: readonly string[], how: RunOptions = {}) {
    const { as, body = {}, spared = false, interruptedAfter } = how;
    if (!spared) stopped.throwIfAborted();
    const begin = Date.now();
    const own = fs.mkdtempSync(`${folder}/run-`);
    const file = `${own}/exchanges`;
    const named = target.map(([name, value]) => `--${name}=${value}`);
    if (as) named.push(`--client-id=${options[as]}`);
    const flags = [
      `--working-directory=${folder}`,
      `--collect-to=${own}/collected`,
      '--output=json',
    ];
    const child = spawn(process.execPath, [...PROGRAM, ...named, ...flags, ...words], {
      env: {
        ...process.env,
        TMPDIR: own,
        ACCEPTANCE_EXCHANGES: file,
        ACCEPTANCE_BODY: JSON.stringify(body),
      },
      // Ctrl-C reaches the whole group, but what restores the cluster has to outlive it.
      detached: spared,
    });
    if (!spared) stopWith(child);
    if (interruptedAfter !== undefined)
      child.stderr.on('data', (text: Buffer) => {
        if (!text.includes('AKS accepted')) return;
        void sleep(interruptedAfter).then(
          () => child.kill('SIGINT'),
          () => undefined,
        );
      });
    const { exitCode, stdout, log } = await ended(child);
    if (!fs.existsSync(file)) throw new Error(log);
    const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
    const all = lines.map((line) => JSON.parse(line) as Exchange);
    const aboutCommands = all.filter(({ path }) => /\/(?:runCommand|commandResults)\b/i.test(path));
    exchanges.push(...aboutCommands);
    const passed = Math.round((Date.now() - begin) / 1000);
    const collected = fs
      .globSync(`${own}/collected/*`)
      .map((name) => hash('sha256', fs.readFileSync(name)));
    const result = (parseJson(stdout) ?? {}) as Partial<
      Texts<'state' | 'output' | 'reason' | 'command-id'> & { readonly 'exit-code': number | null }
    >;
    return {
      exitCode,
      passed,
      cluster: all[0]?.body ?? '',
      result,
      exchanges: aboutCommands,
      collected,
    };
  }

  function step(command: string) {
    const inputs = { ...Object.fromEntries(target), command, 'mask-outputs': 'answer' };
    return runStep({
      env: { ...(process.env as Texts), ...inputVariables(inputs) },
      workspace: folder,
      temp: fs.mkdtempSync(`${folder}/step-`),
      onStart: stopWith,
    });
  }

  /** Azure's own command line. No signal ends it, because an update must not be left half done. */
  async function az(words: string): Promise<void> {
    const child = spawn('az', words.split(' '), {
      detached: true,
      shell: process.platform === 'win32',
    });
    const { exitCode, log } = await ended(child);
    if (exitCode !== 0) throw new Error(`az ${words}: ${log}`);
  }

  /**
   * Notes how to restore the cluster, changes it, and restores it. An earlier note that is still
   * there prevents it.
   */
  async function changing<T>(
    note: string,
    work: () => Promise<T>,
    restore: () => Promise<unknown>,
  ): Promise<T> {
    fs.writeFileSync('acceptance-restore.txt', `${note}\n`, { flag: 'wx' });
    return work().finally(async () => {
      await restore();
      fs.rmSync('acceptance-restore.txt');
    });
  }

  return { options, exchanges, sleep, cli, step, az, changing };
}
