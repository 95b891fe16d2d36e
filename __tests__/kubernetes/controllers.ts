import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { handle } from '../../local/kubernetes/api.ts';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import { startControllers } from '../../local/kubernetes/controllers/index.ts';
import type { JsonObject } from '../../local/kubernetes/json.ts';
import { until } from '../until.ts';

// What the cluster does by itself, where the comparison with a real one cannot see it.

/** A cluster whose pods take so long to become ready. */
function started(settleMs: number) {
  const cluster = new Cluster();
  const stop = startControllers(cluster, settleMs);
  const ask = (method: string, url: string, object?: JsonObject) => {
    const body = Buffer.from(object ? JSON.stringify(object) : '');
    return handle(cluster, { method, url, headers: {}, body }).status;
  };
  return { cluster, stop, ask };
}

test('why the pods of a deployment are refused is told once', async () => {
  const { cluster, stop, ask } = started(0);
  const labels = { app: 'a' };
  const spec = { serviceAccountName: 'none', containers: [{ name: 'c', image: 'x:1' }] };
  const deployment = {
    metadata: { name: 'a' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };

  expect(ask('POST', '/apis/apps/v1/namespaces/default/deployments', deployment)).toBe(201);
  await until(() => cluster.list('events').length > 0);
  await setTimeout(30);
  stop();
  expect(cluster.list('events')).toHaveLength(1);
});

test('what is in a namespace that goes is there for a moment, and then gone with it', async () => {
  const contents = '/api/v1/namespaces/shop/configmaps/kube-root-ca.crt';
  const url = '/api/v1/namespaces/shop';
  const slow = started(60_000);
  expect(slow.ask('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })).toBe(201);
  await until(() => slow.ask('GET', contents) === 200);
  expect(slow.ask('DELETE', url)).toBe(200);
  await setTimeout(30);
  slow.stop();
  expect(slow.ask('DELETE', contents)).toBe(200);

  const fast = started(0);
  expect(fast.ask('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } })).toBe(201);
  expect(fast.ask('DELETE', url)).toBe(200);
  await until(() => fast.ask('GET', url) === 404);
  fast.stop();
});

test.each([
  ['fits as a whole', ['3', '1'], 'Running'],
  ['is too big, though each container would fit', ['3', '2'], 'Pending'],
  ['asks for what no node has', ['1', '1', 'nvidia.com/gpu'], 'Pending'],
] as const)('a pod that %s', async (_name, [first, second, what = 'cpu'], phase) => {
  const { cluster, stop, ask } = started(0);
  const container = (name: string, limits: JsonObject) => ({ name, image: 'x:1', resources: { limits } });
  const containers = [container('a', { cpu: first }), container('b', { [what]: second })];
  expect(ask('POST', '/api/v1/namespaces/default/pods', { metadata: { name: 'p' }, spec: { containers } })).toBe(201);
  const status = () => cluster.find('pods', 'default', 'p')?.['status'];
  await until(() => JSON.stringify(status()).includes('conditions'));
  stop();
  expect(status()).toMatchObject({ phase });
});
