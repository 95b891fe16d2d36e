import { expect, test } from '@jest/globals';
import protobuf from 'protobufjs';
import { handle } from '../../local/kubernetes/api.ts';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import { startControllers } from '../../local/kubernetes/controllers/index.ts';
import { listAt, textAt, withAt, type JsonObject } from '../../local/kubernetes/json.ts';

// What is not simulated is refused by name, and says what to do instead.

const pod = { containers: [{ name: 'c', image: 'nginx:1' }] };
const duration = { type: 'string', format: 'duration' };
const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } };
const definition = {
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [version],
  },
};
const webhook = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'] } };

const rows: readonly (readonly [name: string, url: string, object: JsonObject, says: string])[] = [
  [
    'a conversion webhook',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    { ...definition, spec: { ...definition.spec, conversion: webhook } },
    'spec.conversion.strategy: Webhook of CustomResourceConversion',
  ],
  [
    'a quota',
    '/api/v1/namespaces/default/resourcequotas',
    { metadata: { name: 'q' }, spec: { hard: { pods: '1' } } },
    'writing of ResourceQuota objects',
  ],
  [
    'a webhook',
    '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
    { metadata: { name: 'w' } },
    'writing of ValidatingWebhookConfiguration objects',
  ],
  [
    'a format of texts that is not known here',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    withAt(
      definition,
      ['spec', 'versions'],
      [{ ...version, schema: { openAPIV3Schema: { type: 'object', properties: { a: duration } } } }],
    ),
    'spec.versions[0].schema.openAPIV3Schema.properties.a.format: duration of JSONSchemaProps',
  ],
  [
    'a seccomp profile of the node',
    '/api/v1/namespaces/default/pods',
    {
      metadata: { name: 'p' },
      spec: { ...pod, securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } } },
    },
    'spec.securityContext.seccompProfile.type: Localhost of SeccompProfile',
  ],
  [
    'a field of a pod',
    '/api/v1/namespaces/default/pods',
    { metadata: { name: 'p' }, spec: { ...pod, runtimeClassName: 'gvisor' } },
    'spec.runtimeClassName of PodSpec',
  ],
  [
    'a volume of a driver',
    '/api/v1/namespaces/default/pods',
    {
      metadata: { name: 'p' },
      spec: { ...pod, volumes: [{ name: 'v', csi: { driver: 'secrets-store.csi.k8s.io' } }] },
    },
    'spec.volumes[0].csi of Volume',
  ],
  [
    'a pod security level',
    '/api/v1/namespaces',
    { metadata: { name: 'n', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
    'metadata.labels/pod-security.kubernetes.io/enforce: restricted of Namespace',
  ],
  [
    'an eviction, as by kubectl drain',
    '/api/v1/namespaces/default/pods/p/eviction',
    { metadata: { name: 'p' } },
    'pods/eviction, as no container runs here',
  ],
  [
    'a node without new pods, as by kubectl cordon',
    '/api/v1/nodes',
    { metadata: { name: 'n' }, spec: { unschedulable: true } },
    'spec.unschedulable of NodeSpec',
  ],
  [
    'a taint of a node',
    '/api/v1/nodes',
    { metadata: { name: 'n' }, spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } },
    'spec.taints of NodeSpec',
  ],
  [
    'the older version of autoscalers',
    '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers',
    { metadata: { name: 'a' } },
    'autoscaling/v1 of horizontalpodautoscalers.autoscaling, which has a newer version',
  ],
  [
    'a secret of a type of Kubernetes’ own',
    '/api/v1/namespaces/default/secrets',
    { metadata: { name: 's' }, type: 'kubernetes.io/basic-auth', data: { username: 'dQ==' } },
    'type: kubernetes.io/basic-auth of Secret',
  ],
];

function send(url: string, body: Buffer, method = 'POST') {
  const cluster = new Cluster();
  startControllers(cluster, 0)();
  const headers = { 'content-type': method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json' };
  const answer = handle(cluster, { method, url, headers, body });
  return { code: answer.status, says: textAt(answer.body, 'message') };
}

const refusal = (what: string) => ({
  code: 501,
  says: `not simulated: ${what}. Use a real cluster: npm run try -- --kubeconfig FILE`,
});

test.each(rows)('%s is refused by name', (_name, url, object, says) => {
  expect(send(url, Buffer.from(JSON.stringify(object)))).toEqual(refusal(says));
});

/** A body as kubectl writes it: the kind, and the message of the object in it. */
function protobufBody(apiVersion: string, kind: string, message: Uint8Array): Buffer {
  const writer = protobuf.Writer.create();
  const typeMeta = protobuf.Writer.create().uint32(10).string(apiVersion).uint32(18).string(kind).finish();
  return Buffer.concat([Buffer.from('k8s\0'), writer.uint32(10).bytes(typeMeta).uint32(18).bytes(message).finish()]);
}

/** A config map whose name is `c`, and perhaps a field that its message does not have. */
function configMap(newer: boolean): Uint8Array {
  const metadata = protobuf.Writer.create().uint32(10).string('c').finish();
  const writer = protobuf.Writer.create().uint32(10).bytes(metadata);
  return (newer ? writer.uint32((99 << 3) | 2).string('newer') : writer).finish();
}

test('a protobuf body is taken, and refused with a field that is newer than its message', () => {
  const url = '/api/v1/namespaces/default/configmaps';

  expect(send(url, protobufBody('v1', 'ConfigMap', configMap(false))).code).toBe(201);
  expect(send(url, protobufBody('v1', 'ConfigMap', configMap(true)))).toEqual(
    refusal('fields of a v1 ConfigMap that are newer than Kubernetes 1.32, in protobuf'),
  );
});

test('server-side apply refuses a list that has a key twice', () => {
  const ports = [
    { name: 'a', port: 80 },
    { name: 'b', port: 80 },
  ];
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports } };
  const url = '/api/v1/namespaces/default/services/s?fieldManager=test';

  expect(send(url, Buffer.from(JSON.stringify(service)), 'PATCH').says).toBe(
    'failed to create typed patch object: .spec.ports: duplicate entries for a key',
  );
});

test('kubectl drain finds evictions, which are refused, and so deletes no pods', () => {
  const cluster = new Cluster();
  const answer = handle(cluster, { method: 'GET', url: '/api/v1', headers: {}, body: Buffer.of() });
  const found = listAt(answer.body, 'resources').find((one) => textAt(one, 'name') === 'pods/eviction');

  expect(found).toMatchObject({ kind: 'Eviction', group: 'policy', version: 'v1' });
});
