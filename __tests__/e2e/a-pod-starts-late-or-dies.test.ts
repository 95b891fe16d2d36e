import { test } from '@jest/globals';
import { answers, errorBody, podDoesNotStart, podIsKilled, podStartsLate } from '../../local/azure/index.ts';
import { expectRow, type Row } from './on-own-azure.ts';

/** What a real clock, a real pod and its script make of the start-by time. */
const SHORT = { 'start-timeout': '2s', 'start-retries': '1' };
const recovers = { state: 'succeeded', posted: 1, ran: 1 } as const;
const refused = { state: 'not-started', posted: 1, ran: 0 } as const;
const GONE = { body: errorBody('ResourceNotFound', 'The Resource was not found.') };

const rows: Row[] = [
  {
    name: 'given up once',
    inputs: SHORT,
    faults: [podDoesNotStart()],
    ...recovers,
    posted: 2,
    says: 'did not start and no longer can. Resubmitting it, retry 1 of 1',
  },
  {
    name: 'given up, and it starts in time',
    inputs: { 'start-timeout': '6s' },
    faults: [podDoesNotStart({ startsAfterMs: 2500 })],
    ...recovers,
    says: 'It may still start until',
  },
  {
    name: 'given up, and it starts too late, while that is watched',
    inputs: { 'start-timeout': '2s', 'start-retries': '0' },
    faults: [podDoesNotStart({ startsAfterMs: 3500 })],
    ...refused,
    says: "could not start the command's pod in time",
  },
  {
    name: 'given up, and it starts after the verdict',
    inputs: { 'start-timeout': '1s', 'start-retries': '0' },
    faults: [podDoesNotStart({ startsAfterMs: 12_000 })],
    afterwards: 7000,
    ...refused,
    says: "could not start the command's pod in time",
  },
  {
    name: 'given up, it starts in time, and a 404 of the cluster says nothing of it',
    inputs: { 'start-timeout': '5s', timeout: '10s' },
    faults: [podDoesNotStart({ startsAfterMs: 500 }), answers('command-result', 404, GONE, { times: Infinity })],
    ...{ state: 'unknown', posted: 1, ran: 1 },
    says: 'it is not known whether it started later',
  },
  {
    name: 'every answer is dated ahead, and it starts when only those dates say that it is too late',
    azure: { clockOffset: 15_000 },
    inputs: { 'start-timeout': '1s', 'start-retries': '1' },
    faults: [podDoesNotStart({ startsAfterMs: 7500 })],
    ...recovers,
    says: 'It may still start until',
  },
  {
    name: 'with Entra, AKS itself gives it up, and it starts in time',
    azure: { startDeadline: 1000 },
    inputs: { cluster: 'entra', 'start-timeout': '10s' },
    faults: [podStartsLate(2500)],
    ...recovers,
    says: 'It may still start until',
  },
  {
    name: 'the container is killed',
    faults: [podIsKilled(2000)],
    command: 'echo before; sleep 60',
    ...{ state: 'failed', posted: 1, ran: 1 },
    says: 'exit code 137',
  },
];

test.concurrent.each(rows)('$name', (row) => expectRow(row));
