import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './lifecycle/clock.ts';
import { azureFor } from './edge/azure/index.ts';
import { githubRunner } from './hosts/github-runner.ts';
import { workspaceIn } from './edge/workspace.ts';
import { main } from './main.ts';

const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    cancel.abort();
  });
}

const clock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal && { signal }).catch(() => undefined),
};
const host = githubRunner(process.env);
const shared = { host, clock, cancelled: cancel.signal, random: Math.random };

const { success } = await main({
  ...shared,
  workspace: workspaceIn({
    workspace: process.env['GITHUB_WORKSPACE'] ?? process.cwd(),
    temp: process.env['RUNNER_TEMP'],
  }),
  azureFor: (target) => azureFor(target, { ...shared, log: host.log }),
  podScript: readFileSync(new URL('./pod/pod-script.sh', import.meta.url), 'utf8'),
  randomHex: (bytes) => randomBytes(bytes).toString('hex'),
});
process.exitCode = success ? 0 : 1;
// A request that nobody waits for any more would keep the process until its own timeout.
process.stdout.write('', () => process.exit());
