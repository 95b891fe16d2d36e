import { test } from '@jest/globals';
import { resetsAfter, resetsBefore } from '../../local/azure/index.ts';
import { expectOutcome } from './on-own-azure.ts';

/**
 * Sockets of real connections; `__tests__/lifecycle/faults.test.ts` has everything that simulated
 * time can show.
 */

test.concurrent('while signing in, and while the result is read', async () => {
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

test.concurrent('after the command was accepted', async () => {
  const faults = [resetsAfter('run-command')];
  const says = 'kubectl get pods --namespace aks-command';
  await expectOutcome({ faults }, { state: 'unknown', posted: 1, ran: 1, says });
});
