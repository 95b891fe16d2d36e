import { test } from '@jest/globals';
import { podDoesNotStart } from '../../local/azure/index.ts';
import { expectRow, outcome } from './on-own-azure.ts';

/**
 * What a real clock, a real pod and its script make of the start-by time, once AKS has given the pod up.
 * `__tests__/lifecycle/faults.test.ts` has everything that simulated time can show.
 */
const starting = (timeout: string, retries = '1') => ({
  'start-timeout': timeout,
  'start-retries': retries,
});

const rows = [
  outcome('succeeded', 2, 1)(
    'it starts too late, and the next one starts in time',
    'did not start and no longer can. Resubmitting it, retry 1 of 1',
    {
      inputs: starting('2s'),
      faults: [podDoesNotStart({ startsAfterMs: 3500 })],
    },
  ),
  outcome('succeeded', 1, 1)('it starts in time', 'It may still start until', {
    inputs: starting('6s'),
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
