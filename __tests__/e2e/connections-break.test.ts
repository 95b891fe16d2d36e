import { test } from '@jest/globals';
import { answers, resetsAfter, resetsBefore } from '../../local/azure/index.ts';
import { expectRow, outcome } from './on-own-azure.ts';

/** Sockets of real connections; `__tests__/lifecycle/faults.test.ts` has everything that simulated time can show. */
const HTML = '<html><head><title>502 Bad Gateway</title></head></html>';
const LONG = `${' '.repeat(17 * 2 ** 20)}{"properties":{"provisioningState":"Succeeded","exitCode":0}}`;

const rows = [
  outcome('not-started', 0, 0)('nothing listens', 'ECONNREFUSED', { inputs: { environment: 'https://localhost:1' } }),
  outcome('succeeded', 1, 1)('while signing in, before and after', 'Retrying in 1s', {
    faults: [resetsBefore('metadata'), resetsAfter('id-token'), resetsBefore('token'), resetsAfter('get-cluster')],
  }),
  outcome('succeeded', 2, 1)('throttled, and told when to come back', 'accept the command (throttled). Retrying in', {
    faults: [answers('run-command', 429, { headers: { 'retry-after': '1' } })],
  }),
  outcome('unknown', 1, 0)('before the command is accepted', 'may or may not have run', {
    faults: [resetsBefore('run-command')],
  }),
  outcome('unknown', 1, 1)('after the command was accepted', 'kubectl get pods --namespace aks-command', {
    faults: [resetsAfter('run-command')],
  }),
  outcome('succeeded', 1, 1)(
    'while the result is read: also garbage, empty, a page, and longer than any answer',
    'hello',
    {
      faults: [
        resetsBefore('command-result'),
        resetsAfter('command-result'),
        ...['}{', '', HTML, LONG].map((body) => answers('command-result', 200, { body })),
      ],
    },
  ),
];

test.concurrent.each(rows)('$name', (row) => expectRow(row));
