/** Many jobs of a matrix in one process: the whole action from its inputs to its verdict, without a log and files. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../src/lifecycle/clock.ts';
import { azureFor } from '../src/edge/azure/index.ts';
import type { Log } from '../src/hosts/log.ts';
import { main } from '../src/main.ts';
import type { Host } from '../src/hosts/port.ts';
import { WORKFLOW } from '../src/hosts/words.ts';

/** What became of one job. */
export type JobResult = { readonly success: boolean; readonly state: string; readonly endedAt: number };

const nothing = () => undefined;
const log: Log = { progress: nothing, say: nothing, show: nothing, group: nothing, warn: nothing, debug: nothing };
const clock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal && { signal }).catch(nothing),
};
const podScript = await readFile(new URL('../src/pod/pod-script.sh', import.meta.url), 'utf8');

async function job(): Promise<JobResult> {
  let state = '';
  const host: Host = {
    words: WORKFLOW,
    failureStandsAlone: true,
    input: (name) => process.env[`INPUT_${name.toUpperCase()}`] ?? '',
    variable: (name) => process.env[name],
    log,
    mask: nothing,
    showOutput: () => Promise.resolve(),
    setOutput(name, value) {
      if (name === 'state') state = value;
    },
    error: nothing,
    writeSummary: () => Promise.resolve(),
    keepOutput: () => '',
  };
  const shared = { host, clock, cancelled: new AbortController().signal, random: Math.random };
  const { success } = await main({
    ...shared,
    workspace: { gather: () => Promise.resolve([]) },
    azureFor: (inputs) => azureFor(inputs, { ...shared, log }),
    podScript,
    collectScript: 'collect',
    collector: { keep: () => Promise.resolve({ folder: '/temp/collected', unheld: [] }) },
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
  });
  return { success, state, endedAt: Date.now() };
}

const jobs = Array.from({ length: Number(process.argv[2]) }, job);
console.log(`\n${JSON.stringify(await Promise.all(jobs))}`);
