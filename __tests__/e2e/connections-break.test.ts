import { test } from '@jest/globals';
import { answers, resetsAfter, resetsBefore } from '../../local/azure/index.ts';
import { expectRow, type Row } from './on-own-azure.ts';

/** Sockets of real connections; `__tests__/lifecycle/faults.test.ts` has everything that simulated time can show. */
const recovers = { state: 'succeeded', posted: 1, ran: 1 } as const;
const HTML = '<html><head><title>502 Bad Gateway</title></head></html>';
const LONG = `${' '.repeat(17 * 2 ** 20)}{"properties":{"provisioningState":"Succeeded","exitCode":0}}`;

const rows: Row[] = [
  {
    name: 'nothing listens',
    inputs: { environment: 'https://localhost:1' },
    ...{ state: 'not-started', posted: 0, ran: 0 },
    says: 'ECONNREFUSED',
  },
  {
    name: 'while signing in, before and after',
    faults: [resetsBefore('metadata'), resetsAfter('id-token'), resetsBefore('token'), resetsAfter('get-cluster')],
    ...recovers,
    says: 'Retrying in 1s',
  },
  {
    name: 'before the command is accepted',
    faults: [resetsBefore('run-command')],
    ...{ state: 'unknown', posted: 1, ran: 0 },
    says: 'may or may not have run',
  },
  {
    name: 'after the command was accepted',
    faults: [resetsAfter('run-command')],
    ...{ state: 'unknown', posted: 1, ran: 1 },
    says: 'kubectl get pods --namespace aks-command',
  },
  {
    name: 'while the result is read, which is also garbage, empty, a page, and longer than any answer',
    faults: [
      resetsBefore('command-result'),
      resetsAfter('command-result'),
      ...['}{', '', HTML, LONG].map((body) => answers('command-result', 200, { body })),
    ],
    ...recovers,
    says: 'hello',
  },
];

test.concurrent.each(rows)('$name', (row) => expectRow(row));
