import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../local/kubernetes/json.ts';
import { until } from '../until.ts';
import { server } from './world.ts';

// What the cluster does by itself, where the comparison with a real one cannot see it.

test('why the pods of a deployment are refused is told once', async () => {
  const { cluster, stop, send } = server(0);
  const labels = { app: 'a' };
  const spec = { serviceAccountName: 'none', containers: [{ name: 'c', image: 'x:1' }] };
  const deployment = {
    metadata: { name: 'a' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };

  expect(send('POST', '/apis/apps/v1/namespaces/default/deployments', deployment).code).toBe(201);
  await until(() => cluster.list('events').length > 0);
  await setTimeout(30);
  stop();
  expect(cluster.list('events')).toHaveLength(1);
});

test('what is in a namespace that goes is there for a moment, and then gone with it', async () => {
  const contents = '/api/v1/namespaces/shop/configmaps/kube-root-ca.crt';
  const url = '/api/v1/namespaces/shop';
  const slow = server(60_000);
  expect(slow.send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } }).code).toBe(201);
  await until(() => slow.send('GET', contents).code === 200);
  expect(slow.send('DELETE', url).code).toBe(200);
  await setTimeout(30);
  slow.stop();
  expect(slow.send('DELETE', contents).code).toBe(200);

  const fast = server(0);
  expect(fast.send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } }).code).toBe(201);
  expect(fast.send('DELETE', url).code).toBe(200);
  await until(() => fast.send('GET', url).code === 404);
  fast.stop();
});

test.each([
  ['fits as a whole', ['3', '1'], 'Running'],
  ['is too big, though each container would fit', ['3', '2'], 'Pending'],
  ['asks for what no node has', ['1', '1', 'nvidia.com/gpu'], 'Pending'],
] as const)('a pod that %s', async (_name, [first, second, what = 'cpu'], phase) => {
  const { cluster, stop, send } = server(0);
  const container = (name: string, limits: JsonObject) => ({
    name,
    image: 'x:1',
    resources: { limits },
  });
  const containers = [container('a', { cpu: first }), container('b', { [what]: second })];
  expect(
    send('POST', '/api/v1/namespaces/default/pods', {
      metadata: { name: 'p' },
      spec: { containers },
    }).code,
  ).toBe(201);
  const status = () => cluster.find('pods', 'default', 'p')?.['status'];
  await until(() => JSON.stringify(status()).includes('conditions'));
  stop();
  expect(status()).toMatchObject({ phase });
});
