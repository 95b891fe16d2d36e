import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Cluster } from '../../local/kubernetes/cluster.ts';
import { waitsOf } from '../../local/kubernetes/controllers/waits.ts';
import { listAt, textAt, type JsonObject } from '../../local/kubernetes/json.ts';
import { isTrue, nameOf } from '../../local/kubernetes/objects.ts';
import { until } from '../until.ts';
import { server } from './server.ts';

// What the cluster does by itself, as far as the comparison with a real one cannot see it.

test('why the pods of a deployment are refused is reported once', async () => {
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

const podOf = (spec: JsonObject): JsonObject => ({
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c', image: 'x:1', ...spec }] },
});

test.each([
  ['/app:', 'InvalidImageName'],
  ['registry.example.com/app:', 'InvalidImageName'],
  ['registry.example.com//app:1', 'InvalidImageName'],
  [':1', 'InvalidImageName'],
  ['Web:1', 'InvalidImageName'],
  ['web:1 2', 'InvalidImageName'],
  [`web@sha256:abc`, 'InvalidImageName'],
  ['web', undefined],
  ['registry.example.com:5000/shop/web_app:2.9.0-rc.1', undefined],
  [`mcr.microsoft.com/web@sha256:${'a'.repeat(64)}`, undefined],
])('a pod with the image "%s" waits: %s', async (image, reason) => {
  const { cluster, stop, send } = server(0);
  send('POST', '/api/v1/namespaces/default/pods', podOf({ image }));
  await until(() => isJudged(cluster));
  stop();

  const [container] = listAt(cluster.find('pods', 'default', 'p'), 'status', 'containerStatuses');
  expect(textAt(container, 'state', 'waiting', 'reason')).toBe(reason ?? '');
});

const isJudged = (cluster: Cluster) =>
  listAt(cluster.find('pods', 'default', 'p'), 'status', 'conditions').length > 0;

test('what waits in vain is reported once for all pods of an owner, until it ends', async () => {
  const { cluster, stop, send } = server(0);
  const labels = { app: 'a' };
  const envFrom = [{ secretRef: { name: 'app-secrets' } }];
  const template = { metadata: { labels }, spec: podOf({ envFrom })['spec'] ?? {} };
  const deployment = {
    metadata: { name: 'web' },
    spec: { replicas: 3, selector: { matchLabels: labels }, template },
  };
  send('POST', '/apis/apps/v1/namespaces/default/deployments', deployment);
  await until(() => waitsOf(cluster).length > 0);

  expect(waitsOf(cluster)).toEqual([
    expect.stringMatching(
      /^Pod web-\w+-… in the namespace default waits: secret "app-secrets" not found$/,
    ),
  ]);

  send('POST', '/api/v1/namespaces/default/secrets', { metadata: { name: 'app-secrets' } });
  await until(() => waitsOf(cluster).length === 0);
  stop();
});

test('a deployment whose pods cannot start exceeds its progress deadline', async () => {
  const { cluster, stop, send } = server(0);
  const labels = { app: 'a' };
  const template = { metadata: { labels }, spec: podOf({ image: '/app:' })['spec'] ?? {} };
  const spec = { selector: { matchLabels: labels }, template };
  send('POST', '/apis/apps/v1/namespaces/default/deployments', { metadata: { name: 'web' }, spec });
  const progress = () =>
    listAt(cluster.find('deployments.apps', 'default', 'web'), 'status', 'conditions').find(
      (one) => textAt(one, 'type') === 'Progressing',
    );
  await until(() => textAt(progress(), 'status') === 'False');
  stop();

  expect(progress()).toMatchObject({ reason: 'ProgressDeadlineExceeded' });
});

test('a changed job is refused because of its template, and for nothing else', async () => {
  const { cluster, stop, send } = server(0);
  const jobOf = (image: string): JsonObject => ({
    metadata: { name: 'j' },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image }] } } },
  });
  const url = '/apis/batch/v1/namespaces/default/jobs';
  send('POST', url, jobOf('x:1'));
  await until(
    () => listAt(cluster.find('jobs.batch', 'default', 'j'), 'status', 'conditions').length > 0,
  );
  stop();
  const changed = {
    ...jobOf('x:2'),
    status: cluster.find('jobs.batch', 'default', 'j')?.['status'] ?? {},
  };

  expect(send('PUT', `${url}/j?fieldValidation=Strict`, changed).says).toMatch(
    /^Job\S* "j" is invalid: .*spec\.template: Invalid value: field is immutable/,
  );
});

test('a new cluster has the DNS, the labels of nodes, and the storage classes of AKS', async () => {
  const { cluster, stop } = server(0);
  const dns = () => cluster.list('pods', 'kube-system').filter((pod) => isTrue(pod, 'Ready'));
  await until(() => dns().length === 2);
  stop();

  const [node] = cluster.list('nodes');
  expect(textAt(node, 'metadata', 'labels', 'kubernetes.azure.com/mode')).toBe('system');
  expect(cluster.list('storageclasses.storage.k8s.io').map(nameOf)).toEqual(
    expect.arrayContaining(['default', 'managed-premium', 'azurefile']),
  );
});

test.each(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'])(
  'a pod that runs has the condition %s',
  async (type) => {
    const { cluster, stop, send } = server(0);
    send('POST', '/api/v1/namespaces/default/pods', podOf({}));
    await until(() => isTrue(cluster.find('pods', 'default', 'p') ?? {}, type));
    stop();

    expect(isTrue(cluster.find('pods', 'default', 'p') ?? {}, 'Ready')).toBe(true);
  },
);
