import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { clusterId, demo, type LocalAzure } from '../../local/azure/index.ts';
import { ended } from '../../local/runner/step.ts';
import { environment } from '../cli/support.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/acceptance.ts');

export type Rehearsal = {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onStart?: (child: ChildProcess) => void;
};

/** `npm run acceptance` on the stand-in, with all times divided by 300. */
export async function rehearse(azure: LocalAzure, cwd: string, { args = [], env = {}, onStart }: Rehearsal = {}) {
  const cluster = clusterId({ ...demo, name: 'plain' });
  const target = ['--cluster', cluster, '--environment', azure.url];
  const identity = ['--client-id', demo.clientId, '--tenant-id', demo.tenantId];
  const child = spawn(process.execPath, [SCRIPT, ...target, ...identity, ...args], {
    cwd,
    env: { ...environment(azure), TMPDIR: cwd, ACCEPTANCE_HURRY: '300', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart?.(child);
  const { exitCode, log } = await ended(child);
  return { code: exitCode, signal: child.signalCode, lines: log.trim().split('\n') };
}
