import { beforeAll, expect, test } from '@jest/globals';
import { aksThrottles, type Throttle } from '../../local/azure/index.ts';
import { createWorld, simulateDate } from './world.ts';

beforeAll(simulateDate);

const SHARED: Throttle[] = [
  { on: ['get-cluster', 'run-command', 'command-result'], per: 'subscription', size: 60, perSecond: 10 },
];

test.each([
  ['one bucket of 60, refilled at 10 a second', SHARED],
  ['the buckets that AKS documents, refilled at 1 a second', aksThrottles],
])('40 jobs at once on %s', async (_name, throttles) => {
  const world = createWorld({ throttles, command: { seconds: 20 } });
  const steps = await world.runAll(Array.from({ length: 40 }, () => ({ 'start-timeout': '10m' })));

  expect(steps.map(({ outputs }) => outputs['state'])).toEqual(Array.from({ length: 40 }, () => 'succeeded'));
  expect(world.azure.commands().map(({ runs }) => runs)).toEqual(Array.from({ length: 40 }, () => 1));
  // The bucket did run dry, and nobody asked again before the time that was told.
  const throttled = world.azure.requests().filter(({ status }) => status === 429);
  expect(throttled.length).toBeGreaterThan(0);
  expect(throttled.length).toBeLessThan(world.azure.requests().length / 2);
});
