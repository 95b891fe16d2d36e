import { test } from '@jest/globals';
import { answers, errorBody, podDoesNotStart, podIsKilled, podStartsLate } from '../../local/azure/index.ts';
import { expectRow, outcome } from './on-own-azure.ts';

/** What a real clock, a real pod and its script make of the start-by time. */
const recovers = outcome('succeeded', 1, 1);
const refused = outcome('not-started', 1, 0);
const starting = (timeout: string, retries = '1') => ({ 'start-timeout': timeout, 'start-retries': retries });
const startsAfter = (startsAfterMs: number) => podDoesNotStart({ startsAfterMs });
const GONE = { body: errorBody('ResourceNotFound', 'The Resource was not found.') };
const MAY_START = 'It may still start until';
const NOT_IN_TIME = "could not start the command's pod in time";

const rows = [
  outcome('succeeded', 2, 1)('given up once', 'did not start and no longer can. Resubmitting it, retry 1 of 1', {
    inputs: starting('2s'),
    faults: [podDoesNotStart()],
  }),
  recovers('given up, and it starts in time', MAY_START, { inputs: starting('6s'), faults: [startsAfter(2500)] }),
  refused('given up, and it starts too late, while that is watched', NOT_IN_TIME, {
    inputs: starting('2s', '0'),
    faults: [startsAfter(3500)],
  }),
  refused('given up, and it starts after the verdict', NOT_IN_TIME, {
    inputs: starting('1s', '0'),
    faults: [startsAfter(12_000)],
    afterwards: 7000,
  }),
  outcome('unknown', 1, 1)(
    'given up, it starts in time, and a 404 of the cluster says nothing of it',
    'it is not known',
    {
      inputs: { 'start-timeout': '5s', timeout: '10s' },
      faults: [startsAfter(500), answers('command-result', 404, GONE, { times: Infinity })],
    },
  ),
  recovers('every answer is dated ahead, and it starts when only those dates say that it is too late', MAY_START, {
    azure: { clockOffset: 15_000 },
    inputs: starting('1s'),
    faults: [startsAfter(7500)],
  }),
  recovers('with Entra, AKS itself gives it up, and it starts in time', MAY_START, {
    azure: { startDeadline: 1000 },
    inputs: { cluster: 'entra', 'start-timeout': '10s' },
    faults: [podStartsLate(2500)],
  }),
  outcome('failed', 1, 1)('the container is killed', 'exit code 137', {
    faults: [podIsKilled(2000)],
    command: 'echo before; sleep 60',
  }),
];

test.concurrent.each(rows)('$name', (row) => expectRow(row));
