import { expect, test } from '@jest/globals';
import { handle } from '../../local/kubernetes/api.ts';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import { listAt, textAt, type JsonObject } from '../../local/kubernetes/json.ts';
import { server } from './server.ts';

// What is not simulated is refused by name, and says what to do instead.

const core = '/api/v1/namespaces/default';
const pod = { containers: [{ name: 'c', image: 'nginx:1' }] };
const podWith = (spec: JsonObject): JsonObject => ({
  metadata: { name: 'p' },
  spec: { ...pod, ...spec },
});
const nodeWith = (spec: JsonObject): JsonObject => ({ metadata: { name: 'n' }, spec });
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const definition = (properties: JsonObject, more: JsonObject = {}): JsonObject => {
  const schema = { openAPIV3Schema: { type: 'object', properties } };
  const names = { plural: 'widgets', kind: 'Widget' };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  const spec = { group: 'example.com', scope: 'Namespaced', names, versions, ...more };
  return { metadata: { name: 'widgets.example.com' }, spec };
};
const webhook = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'] } };
const profile = { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } };
const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const hooks = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
const scalers = '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers';
const basic: JsonObject = { type: 'kubernetes.io/basic-auth', data: { username: 'dQ==' } };

test.each<[name: string, url: string, object: JsonObject, says: string]>([
  [
    'a conversion webhook',
    definitions,
    definition({}, { conversion: webhook }),
    'Webhook of CustomResourceConversion',
  ],
  [
    'a quota',
    `${core}/resourcequotas`,
    { metadata: { name: 'q' } },
    'writing of ResourceQuota objects',
  ],
  [
    'a webhook',
    hooks,
    { metadata: { name: 'w' } },
    'writing of ValidatingWebhookConfiguration objects',
  ],
  [
    'a format of a custom resource',
    definitions,
    definition({ a: { type: 'string', format: 'duration' } }),
    'properties.a.format: duration of JSONSchemaProps',
  ],
  [
    'a seccomp profile of the node',
    `${core}/pods`,
    podWith({ securityContext: profile }),
    'Localhost of SeccompProfile',
  ],
  [
    'a field of a pod',
    `${core}/pods`,
    podWith({ runtimeClassName: 'x' }),
    'spec.runtimeClassName of PodSpec',
  ],
  [
    'a pod security level',
    '/api/v1/namespaces',
    { metadata: { name: 'n', labels } },
    'restricted of Namespace',
  ],
  [
    'an eviction',
    `${core}/pods/p/eviction`,
    { metadata: { name: 'p' } },
    'pods/eviction, as no container runs here',
  ],
  [
    'a node without new pods',
    '/api/v1/nodes',
    nodeWith({ unschedulable: true }),
    'spec.unschedulable of NodeSpec',
  ],
  [
    'a taint',
    '/api/v1/nodes',
    nodeWith({ taints: [{ key: 'a', effect: 'NoSchedule' }] }),
    'spec.taints of NodeSpec',
  ],
  [
    'older autoscalers',
    scalers,
    { metadata: { name: 'a' } },
    'autoscaling, which has a newer version',
  ],
  [
    'a type of secrets',
    `${core}/secrets`,
    { metadata: { name: 's' }, ...basic },
    'kubernetes.io/basic-auth of Secret',
  ],
])('%s is refused by name', (_name, url, object, what) => {
  const { code, says } = send(url, object);
  expect({ code, says }).toEqual({
    code: 501,
    says: expect.stringMatching(/^not simulated: .*--kubeconfig FILE$/),
  });
  expect(says).toContain(`${what}. Use a real cluster`);
});

function send(url: string, body: JsonObject | Buffer, method = 'POST') {
  const { send, stop } = server();
  stop();
  return send(method, url, body);
}

/**
 * A field of a protobuf message: its number, and a text, bytes, or another message of at most 127
 * bytes.
 */
function field(number: number, ...content: readonly (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part)));
  const withLength = 2;
  const tag = (number << 3) | withLength;
  const varint = tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7];
  return Buffer.concat([Buffer.from([...varint, bytes.length]), bytes]);
}

/** A body as kubectl writes it: the kind, and the message of the object in it. */
function protobufBody(apiVersion: string, kind: string, message: Buffer): Buffer {
  const typeMeta = field(1, field(1, apiVersion), field(2, kind));
  return Buffer.concat([Buffer.from('k8s\0'), typeMeta, field(2, message)]);
}

const configMap = field(1, field(1, 'c'));
const newerConfigMap = Buffer.concat([configMap, field(99, 'newer')]);

test('a protobuf body is taken, and refused with a field that is newer than its message', () => {
  const url = '/api/v1/namespaces/default/configmaps';

  expect(send(url, protobufBody('v1', 'ConfigMap', configMap)).code).toBe(201);
  const { says } = send(url, protobufBody('v1', 'ConfigMap', newerConfigMap));
  expect(says).toContain(
    'not simulated: fields of a v1 ConfigMap that are newer than Kubernetes 1.32, in protobuf.',
  );
});

test('server-side apply refuses a list that has a key twice', () => {
  const ports = [
    { name: 'a', port: 80 },
    { name: 'b', port: 80 },
  ];
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports } };
  const url = '/api/v1/namespaces/default/services/s?fieldManager=test';

  expect(send(url, service, 'PATCH').says).toBe(
    'failed to create typed patch object: .spec.ports: duplicate entries for a key',
  );
});

test('kubectl drain finds evictions, which are refused, and so deletes no pods', () => {
  const cluster = new Cluster();
  const answer = handle(cluster, { method: 'GET', url: '/api/v1', headers: {}, body: Buffer.of() });
  const found = listAt(answer.body, 'resources').find(
    (one) => textAt(one, 'name') === 'pods/eviction',
  );

  expect(found).toMatchObject({ kind: 'Eviction', group: 'policy', version: 'v1' });
});
