import { expect, test } from '@jest/globals';
import { podDoesNotStart } from '../../local/azure/index.ts';
import { expectRow, outcome, runOnOwnAzure } from './on-own-azure.ts';

/**
 * What a real clock, a real pod and its script make of the start-by time, once AKS has given up on
 * the pod. `__tests__/lifecycle/faults.test.ts` has everything that simulated time can show. A
 * machine may be slow here: a pod that should start too late does so on any machine, and one that
 * should start in time has minutes.
 */
const starting = (timeout: string, retries: string) => ({
  'start-timeout': timeout,
  'start-retries': retries,
});

const rows = [
  outcome('succeeded', 1, 1)('it starts in time', 'It may still start until', {
    inputs: starting('5m', '1'),
    faults: [podDoesNotStart({ startsAfterMs: 2500 })],
  }),
  outcome('not-started', 1, 0)(
    'it starts too late, and nothing is resubmitted',
    "could not start the command's pod in time",
    {
      inputs: starting('2s', '0'),
      faults: [podDoesNotStart({ startsAfterMs: 3500 })],
    },
  ),
];

test.concurrent.each(rows)('$name', (row) => expectRow(row));

test.concurrent('it starts too late, and one of the next starts in time', async () => {
  const { outputs, log, posted, ran } = await runOnOwnAzure({
    inputs: starting('2s', '10'),
    faults: [podDoesNotStart({ startsAfterMs: 3500 })],
    awaitedRuns: 1,
  });

  expect({ state: outputs['state'], ran }).toEqual({ state: 'succeeded', ran: 1 });
  expect(posted).toBeGreaterThan(1);
  expect(log.shown).toContain('did not start and no longer can. Resubmitting it, retry 1 of 10');
});
