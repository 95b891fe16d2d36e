import { beforeAll, expect, test } from '@jest/globals';
import { answers, type Fault } from '../../local/azure/index.ts';
import { createWorld, simulateDate } from './world.ts';

beforeAll(simulateDate);

/** Every token that was issued has to be hidden by the host: GitHub's ID token, Azure's, and the cluster's. */
test.each<{ name: string; inputs: Record<string, string>; faults?: Fault[]; tokens: number }>([
  { name: 'on a cluster without Entra', inputs: {}, tokens: 2 },
  { name: 'on a cluster with Entra', inputs: { cluster: 'entra' }, tokens: 3 },
  {
    name: 'that takes the place of one that ARM refused',
    inputs: {},
    faults: [answers('get-cluster', 401, {})],
    tokens: 3,
  },
])('every token is masked $name', async ({ inputs, faults = [], tokens }) => {
  const world = createWorld({ faults });
  const { success, masked, log, summary, outputs } = await world.run(inputs);

  expect(success).toBe(true);
  // GitHub's runner hides the request token itself.
  const issued = world.azure.issuedTokens().filter((token) => token !== world.azure.requestToken);
  expect(new Set(issued).size).toBe(tokens);
  expect(issued.filter((token) => !masked.includes(token))).toEqual([]);
  const left = [log, summary, JSON.stringify(outputs)].join('\n');
  expect(issued.filter((token) => left.includes(token))).toEqual([]);
});
