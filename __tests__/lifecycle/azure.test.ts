import { beforeAll, expect, test } from '@jest/globals';
import {
  aksThrottles,
  answers,
  sovereignAksVersions,
  type Fault,
} from '../../local/azure/index.ts';
import { simulate, simulateDate } from './simulation.ts';

beforeAll(simulateDate);

test.each(['plain', 'entra'])(
  'a cloud without the newest API versions serves every request: %s',
  async (cluster) => {
    const simulation = simulate({ sovereign: true });
    const { outputs } = await simulation.run({ cluster });

    expect(outputs['state']).toBe('succeeded');
    const versions = simulation.azure
      .requests()
      .filter(({ url }) => url.includes('/managedClusters/'))
      .map(({ url }) => new URL(url, 'https://localhost').searchParams.getAll('api-version'));
    expect(versions.length).toBeGreaterThanOrEqual(3);
    expect(new Set(versions.map(String))).toEqual(new Set(['2024-05-01']));
    expect(sovereignAksVersions).toContain('2024-05-01');
  },
);

test('40 jobs at once on the buckets that AKS documents, refilled at 1 a second', async () => {
  const simulation = simulate({ throttles: aksThrottles, command: { seconds: 20 } });
  const steps = await simulation.runAll(
    Array.from({ length: 40 }, () => ({ 'start-timeout': '10m' })),
  );

  expect(steps.map(({ outputs }) => outputs['state'])).toEqual(
    Array.from({ length: 40 }, () => 'succeeded'),
  );
  expect(simulation.azure.commands().map(({ runs }) => runs)).toEqual(
    Array.from({ length: 40 }, () => 1),
  );
  // The bucket did run dry, and nobody asked again before the given time.
  const throttled = simulation.azure.requests().filter(({ status }) => status === 429);
  expect(throttled.length).toBeGreaterThan(0);
  expect(throttled.length).toBeLessThan(simulation.azure.requests().length / 2);
});

/** GitHub's ID token, Azure's, and the cluster's; after a refusal, new ones of the last two. */
test.each<[when: string, faults: Fault[], tokens: number]>([
  ['of a step', [], 3],
  ['that takes the place of one that ARM refused', [answers('get-cluster', 401, {})], 5],
])('every token is masked %s', async (_name, faults, tokens) => {
  const simulation = simulate({ faults });
  const { success, masked, log, summary, outputs } = await simulation.run({});

  expect(success).toBe(true);
  // GitHub's runner hides the request token itself.
  const issued = simulation.azure
    .issuedTokens()
    .filter((token) => token !== simulation.azure.requestToken);
  expect(new Set(issued).size).toBe(tokens);
  const left = [log, summary, JSON.stringify(outputs)].join('\n');
  expect(issued.filter((token) => !masked.includes(token) || left.includes(token))).toEqual([]);
});
