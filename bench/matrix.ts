import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startLocalAzure, type RequestRecord, type Throttle } from '../local/azure/index.ts';
import { readAction } from '../local/runner/step.ts';
import type { JobResult } from './jobs.ts';

/** Jobs that start at once and share a subscription. */
export const SIZES = [1, 4, 16, 64, 256] as const;

/** The documented buckets, refilled ten times as fast, to keep it short. */
export const BURST = 60;
export const PER_SECOND = 10;
const throttles: readonly Throttle[] = [
  { on: ['get-cluster'], per: 'cluster', size: BURST, perSecond: PER_SECOND },
  { on: ['run-command', 'command-result'], per: 'subscription', size: BURST, perSecond: PER_SECOND },
];

export type MatrixResult = {
  readonly jobs: number;
  readonly seconds: number;
  /** The least that the bucket allows: a submission and one look a job. */
  readonly limitSeconds: number;
  /** Requests a job that the shared bucket let through. */
  readonly passed: number;
  readonly throttled: number;
  readonly failures: number;
  readonly notRunOnce: number;
};

/** Runs so many jobs at once, each against the same cluster. */
export async function runMatrix(jobs: number): Promise<MatrixResult> {
  console.log(`${jobs} jobs …`);
  const azure = await startLocalAzure({ throttles });
  try {
    const { defaults } = await readAction(path.resolve(import.meta.dirname, '..'));
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'jobs.ts'), String(jobs)], {
      env: { PATH: process.env['PATH'] ?? '', ...defaults, ...azure.runnerEnv({ command: 'echo done' }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [stdout] = await Promise.all([text(child.stdout), once(child, 'close')]);
    const results = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as JobResult[];

    const requests = azure.requests();
    const shared = requests.filter(({ operation }) => operation === 'run-command' || operation === 'command-result');
    const isThrottled = ({ status }: RequestRecord) => status === 429;
    const begin = Math.min(...requests.map(({ at }) => at));
    const commands = azure.commands();
    return {
      jobs,
      seconds: (Math.max(...results.map(({ endedAt }) => endedAt)) - begin) / 1000,
      limitSeconds: Math.max(0, (2 * jobs - BURST) / PER_SECOND),
      passed: shared.filter((request) => !isThrottled(request)).length / jobs,
      throttled: requests.filter(isThrottled).length,
      failures: results.filter(({ success }) => !success).length,
      notRunOnce: Math.abs(jobs - commands.length) + commands.filter(({ runs }) => runs !== 1).length,
    };
  } finally {
    await azure.stop();
  }
}
