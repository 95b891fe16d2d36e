import { expect, test } from '@jest/globals';
import { podDoesNotStart } from '../../local/azure/index.ts';
import { expectOutcome, runOnOwnAzure } from './on-own-azure.ts';

/**
 * What a real clock, a real pod and its script make of the start-by time, once AKS has given up on
 * the pod. `__tests__/lifecycle/faults.test.ts` has everything that simulated time can show. A
 * machine may be slow here: a pod that should start too late does so on any machine, and one that
 * should start in time has minutes.
 */

test.concurrent('it starts in time', async () => {
  await expectOutcome(
    {
      inputs: { 'start-timeout': '5m', 'start-retries': '1' },
      faults: [podDoesNotStart({ startsAfterMs: 2500 })],
    },
    { state: 'succeeded', posted: 1, ran: 1, says: 'It may still start until' },
  );
});

test.concurrent('it starts too late, and one of the next starts in time', async () => {
  const { outputs, log, posted, ran } = await runOnOwnAzure({
    inputs: { 'start-timeout': '2s', 'start-retries': '10' },
    faults: [podDoesNotStart({ startsAfterMs: 3500 })],
    awaitedRuns: 1,
  });

  expect({ state: outputs['state'], ran }).toEqual({ state: 'succeeded', ran: 1 });
  expect(posted).toBeGreaterThan(1);
  expect(log.shown).toContain('did not start and no longer can. Resubmitting it, retry 1 of 10');
});
