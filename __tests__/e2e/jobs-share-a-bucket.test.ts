import { expect, test } from '@jest/globals';
import { startLocalAzure } from '../../local/azure/index.ts';
import { runStep } from '../../local/runner/step.ts';
import { inParallel } from './on-own-azure.ts';
import { temporaryFolder } from './support.ts';

/** Many more in real processes would measure this machine; in one process they are in `__tests__/lifecycle`. */
test('jobs side by side on a bucket that runs dry: all succeed, each ran once', async () => {
  const workspace = await temporaryFolder();
  const azure = await startLocalAzure({
    throttles: [{ on: ['get-cluster', 'run-command', 'command-result'], per: 'subscription', size: 5, perSecond: 4 }],
  });
  try {
    const jobs = Array.from({ length: 8 }, (_, number) => `job ${number}`);
    const steps = await inParallel(jobs, 4, async (job) => {
      const env = azure.runnerEnv({ command: `echo "${job}"; sleep 0.1`, summary: 'false' });
      const { clean, ...result } = await runStep({ workspace, env });
      await clean();
      return result;
    });

    expect(steps.map(({ outputs }) => outputs['output'])).toEqual(jobs.map((job) => `${job}\n`));
    expect(steps.map(({ exitCode }) => exitCode)).toEqual(jobs.map(() => 0));
    expect(azure.commands().map(({ runs }) => runs)).toEqual(jobs.map(() => 1));
    expect(azure.requests().filter(({ status }) => status === 429)).not.toEqual([]);
  } finally {
    await azure.stop();
  }
}, 120_000);
