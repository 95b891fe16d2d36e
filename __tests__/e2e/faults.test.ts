import { expect, test } from '@jest/globals';
import { podDoesNotStart, resetsAfter, resetsBefore } from '../../local/azure/index.ts';
import { expectOutcome, runOnOwnAzure } from './on-own-azure.ts';

/**
 * What sockets of real connections do, and a real pod with its script and clock;
 * `__tests__/lifecycle/faults.test.ts` has everything that simulated time can show.
 */

test.concurrent('connections break while signing in, and while the result is read', async () => {
  const faults = [
    resetsBefore('metadata'),
    resetsAfter('id-token'),
    resetsBefore('token'),
    resetsAfter('get-cluster'),
    resetsBefore('command-result'),
    resetsAfter('command-result'),
  ];
  const says = 'Retrying in 1s';
  await expectOutcome({ faults }, { state: 'succeeded', posted: 1, ran: 1, says });
});

test.concurrent('a connection breaks after the command was accepted', async () => {
  const faults = [resetsAfter('run-command')];
  const says = 'kubectl get pods --namespace aks-command';
  await expectOutcome({ faults }, { state: 'unknown', posted: 1, ran: 1, says });
});

// However slow the machine is, a pod that should start too late does so.
test.concurrent('a pod starts too late, and one of the next starts in time', async () => {
  const { outputs, log, posted, ran } = await runOnOwnAzure({
    inputs: { 'start-timeout': '2s', 'start-retries': '10' },
    faults: [podDoesNotStart({ startsAfterMs: 3500 })],
    awaitedRuns: 1,
  });

  expect({ state: outputs['state'], ran }).toEqual({ state: 'succeeded', ran: 1 });
  expect(posted).toBeGreaterThan(1);
  expect(log.shown).toContain('did not start and no longer can. Resubmitting it, retry 1 of 10');
});
