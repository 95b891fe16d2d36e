import { test } from '@jest/globals';
import { resetsAfter, resetsBefore } from '../../local/azure/index.ts';
import { expectRow, outcome } from './on-own-azure.ts';

/**
 * Sockets of real connections; `__tests__/lifecycle/faults.test.ts` has everything that simulated
 * time can show.
 */
const rows = [
  outcome('succeeded', 1, 1)('while signing in, and while the result is read', 'Retrying in 1s', {
    faults: [
      resetsBefore('metadata'),
      resetsAfter('id-token'),
      resetsBefore('token'),
      resetsAfter('get-cluster'),
      resetsBefore('command-result'),
      resetsAfter('command-result'),
    ],
  }),
  outcome('unknown', 1, 1)(
    'after the command was accepted',
    'kubectl get pods --namespace aks-command',
    {
      faults: [resetsAfter('run-command')],
    },
  ),
];

test.concurrent.each(rows)('$name', (row) => expectRow(row));
