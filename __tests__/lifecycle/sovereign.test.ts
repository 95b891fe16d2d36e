import { beforeAll, expect, test } from '@jest/globals';
import { sovereignAksVersions } from '../../local/azure/index.ts';
import { createWorld, simulateDate } from './world.ts';

beforeAll(simulateDate);

test.each(['plain', 'entra'])('a cloud without the newest API versions serves every request: %s', async (cluster) => {
  const world = createWorld({ sovereign: true });
  const { outputs } = await world.run({ cluster });

  expect(outputs['state']).toBe('succeeded');
  const versions = world.azure
    .requests()
    .filter(({ url }) => url.includes('/managedClusters/'))
    .map(({ url }) => new URL(url, 'https://localhost').searchParams.getAll('api-version'));
  expect(versions.length).toBeGreaterThanOrEqual(3);
  expect(new Set(versions.map(String))).toEqual(new Set(['2024-05-01']));
  expect(sovereignAksVersions).toContain('2024-05-01');
});
