import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { listAt, textAt, type JsonObject } from '../../local/kubernetes/json.ts';
import { isTrue } from '../../local/kubernetes/objects.ts';
import { server } from './server.ts';

// What the cluster does by itself, as far as kubectl doesn't show it.

const podOf = (image: string): JsonObject => ({
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c', image }] },
});
const PODS = '/api/v1/namespaces/default/pods';

test.each([
  ['/app:', 'InvalidImageName'],
  ['registry.example.com//app:1', 'InvalidImageName'],
  ['', 'InvalidImageName'],
  ['Web:1', 'InvalidImageName'],
  ['web:1 2', 'InvalidImageName'],
  [`web@sha256:abc`, 'InvalidImageName'],
  ['registry.example.com/web:broken-1', 'ImagePullBackOff'],
  ['broken:1', ''],
  ['registry.example.com:5000/shop/web_app:2.9.0-rc.1', ''],
  [`mcr.microsoft.com/web@sha256:${'a'.repeat(64)}`, ''],
])('a pod with the image "%s" waits: "%s"', (image, reason) => {
  const { cluster, send } = server();
  send('POST', PODS, podOf(image));

  const pod = cluster.find('pods', 'default', 'p') ?? {};
  const [container] = listAt(pod, 'status', 'containerStatuses');
  expect(textAt(container, 'state', 'waiting', 'reason')).toBe(reason);
  expect(isTrue(pod, 'Ready')).toBe(reason === '');
});

test('a pod that never starts is pending, and not broken', () => {
  const { cluster, send } = server(false);
  send('POST', PODS, podOf('web:1'));

  expect(cluster.find('pods', 'default', 'p')?.['status']).toMatchObject({ phase: 'Pending' });
});

test('a namespace is there for a moment after its deletion, takes nothing, and goes', async () => {
  const { send } = server();
  const url = '/api/v1/namespaces/shop';
  const inside = `${url}/serviceaccounts/default`;
  send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
  expect(send('DELETE', url).code).toBe(200);
  expect(send('GET', inside).code).toBe(200);
  expect(send('POST', `${url}/configmaps`, { metadata: { name: 'c' } }).code).toBe(403);

  while (send('GET', url).code === 200) await setTimeout(20);
  expect(send('GET', inside).code).toBe(404);
});

test('the first write into a missing namespace creates it, if the cluster does that', () => {
  const missing: string[] = [];
  const { send } = server(true, (name) => missing.push(name));
  const url = '/api/v1/namespaces/shop';
  const write = (query: string) =>
    send('POST', `${url}/configmaps${query}`, { metadata: { name: 'c' } });

  expect([send('GET', url).code, send('GET', `${url}/configmaps`).code]).toEqual([404, 200]);
  expect([write('?dryRun=All').code, send('GET', url).code]).toEqual([201, 404]);
  expect([write('').code, send('GET', url).code]).toEqual([201, 200]);
  expect(send('GET', `${url}/serviceaccounts/default`).code).toBe(200);
  expect(send('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } }).code).toBe(409);
  expect(
    send('POST', '/api/v1/namespaces/Shop_1/configmaps', { metadata: { name: 'c' } }).code,
  ).toBe(404);
  expect(missing).toEqual(['shop', 'shop']);
});

/** A field of a protobuf message: its number, and a text, bytes, or another message, all short. */
function field(number: number, ...content: readonly (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part)));
  const withLength = 2;
  const tag = (number << 3) | withLength;
  const varint = tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7];
  return Buffer.concat([Buffer.from([...varint, bytes.length]), bytes]);
}

test('a protobuf body is taken, but not with a field that is newer than its message', () => {
  const { send } = server();
  const bodyOf = (message: Buffer) => {
    const typeMeta = field(1, field(1, 'v1'), field(2, 'ConfigMap'));
    return Buffer.concat([Buffer.from('k8s\0'), typeMeta, field(2, message)]);
  };
  const configMap = field(1, field(1, 'c'));
  const newer = Buffer.concat([configMap, field(99, 'newer')]);
  const url = '/api/v1/namespaces/default/configmaps';

  expect(send('POST', url, bodyOf(configMap)).code).toBe(201);
  expect(send('POST', url, bodyOf(newer)).says).toContain(
    'fields of a v1 ConfigMap that are newer than Kubernetes 1.32, in protobuf',
  );
});
