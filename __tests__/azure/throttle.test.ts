import { expect, test } from '@jest/globals';
import { createThrottles, type Throttle } from '../../local/azure/throttle.ts';
import type { Operation } from '../../local/azure/routes.ts';

const BUCKET: Throttle = { on: ['run-command'], per: 'cluster', size: 2, perSecond: 0.25 };

type Ask = readonly [at: number, wait: number, cluster?: string, on?: Operation];

// A wait is in whole seconds, and never 0, so a client that waits as it was told can pass.
test.each<[name: string, per: Throttle['per'], asks: readonly Ask[]]>([
  [
    'a full bucket passes what it holds',
    'cluster',
    [
      [0, 0],
      [0, 0],
      [0, 4],
    ],
  ],
  [
    'a refused request costs nothing, and its wait is rounded up',
    'cluster',
    [
      [0, 0],
      [0, 0],
      [1, 4],
      [1_000, 3],
      [3_999, 1],
      [4_000, 0],
      [4_000, 4],
    ],
  ],
  [
    'a bucket holds no more than its size',
    'cluster',
    [
      [0, 0],
      [60_000, 0],
      [60_000, 0],
      [60_000, 4],
    ],
  ],
  [
    'each cluster has its own',
    'cluster',
    [
      [0, 0],
      [0, 0],
      [0, 0, 'other'],
      [0, 4],
    ],
  ],
  [
    'one is shared by a subscription',
    'subscription',
    [
      [0, 0],
      [0, 0, 'other'],
      [0, 4],
    ],
  ],
  [
    'other operations pass',
    'cluster',
    [
      [0, 0],
      [0, 0],
      [0, 0, 'c', 'token'],
      [0, 4],
    ],
  ],
])('%s', (_name, per, asks) => {
  const throttles = createThrottles([{ ...BUCKET, per }]);
  const waits = asks.map(([at, , name = 'c', on = 'run-command']) => {
    const names = { tenant: '', subscriptionId: 's', resourceGroup: 'g', name, commandId: '' };
    return throttles.wait(on, names, at);
  });
  expect(waits).toEqual(asks.map(([, wait]) => wait));
});
