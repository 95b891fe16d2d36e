import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import AdmZip from 'adm-zip';
import type { RequestRecord } from '../local/azure/index.ts';
import { median } from './measure.ts';

/** The pod's side: what the script takes around a command that does nothing, in each shell. */

const run = promisify(execFile);
const ROUNDS = 15;
const SHELLS = ['dash', 'bash', 'busybox sh'] as const;

export type PodCost = {
  readonly shell: string;
  /** Milliseconds of the script, and of the shell alone. */
  readonly ms: number;
  readonly aloneMs: number;
  /** Processes that the script starts; undefined where there is no strace. */
  readonly forks: number | undefined;
};

/**
 * Runs what the action sent for such a command, as the pod would.
 *
 * @param submission the action's own request
 */
export async function measurePod(submission: RequestRecord, scratch: string): Promise<PodCost[]> {
  console.log('the script in the pod …');
  const { command, context } = JSON.parse(submission.body) as { command: string; context: string };
  const files = path.join(scratch, 'pod-files');
  new AdmZip(Buffer.from(context, 'base64')).extractAllTo(files, true, true);
  const costs: PodCost[] = [];
  for (const shell of SHELLS) {
    if (!(await works(shell))) continue;
    const words = command.replace(/ \d{10} /, ` ${Math.floor(Date.now() / 1000) + 600} `).replace('/bin/sh', shell);
    const once = async (prefix: string): Promise<number> => {
      // The script empties its own files.
      const folder = await mkdtemp(path.join(scratch, 'pod-'));
      await cp(files, folder, { recursive: true });
      await mkdir(path.join(folder, 'home'));
      return timed(`${prefix}${words}`, folder);
    };
    await once('');
    const script: number[] = [];
    const alone: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      script.push(await once(''));
      alone.push(await timed(`${shell} -c true`, scratch));
    }
    const trace = path.join(scratch, 'forks');
    const traced = await once(`strace -f -qq -e trace=fork,vfork,clone,clone3 -o ${trace} `).catch(() => undefined);
    const calls = traced === undefined ? '' : await readFile(trace, 'utf8').catch(() => '');
    const forks = calls.match(/= \d+$/gm)?.length;
    costs.push({ shell, ms: median(script), aloneMs: median(alone), forks });
  }
  return costs;
}

async function works(shell: string): Promise<boolean> {
  return timed(`${shell} -c true`, '/').then(
    () => true,
    () => false,
  );
}

/** Milliseconds of a command, started without a shell of its own. */
async function timed(words: string, cwd: string): Promise<number> {
  const begin = performance.now();
  await run('/bin/sh', ['-c', `exec ${words}`], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: path.join(cwd, 'home') },
  });
  return performance.now() - begin;
}
