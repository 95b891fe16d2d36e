import { expect, test } from '@jest/globals';
import { objectAt, withAt, type Json, type JsonObject } from '../../local/kubernetes/json.ts';
import { server } from './server.ts';

// What the recorded writes do not try, and a real server refuses: the status, and the field that
// the message names.

const container = { name: 'c', image: 'nginx:1' };
const template = { spec: { restartPolicy: 'Never', containers: [container] } };
const cronJob = { spec: { schedule: '0 0 * * 1', jobTemplate: { spec: { template } } } };
const at = (schedule: string) => withAt(cronJob, ['spec', 'schedule'], schedule);
const backend = { service: { name: 'web', port: { number: 80 } } };
const ingress = (path: string) => ({
  spec: { rules: [{ http: { paths: [{ path, pathType: 'Prefix', backend }] } }] },
});
const dockerConfig = { type: 'kubernetes.io/dockerconfigjson' };
const docker = (text: string) => ({ ...dockerConfig, stringData: { '.dockerconfigjson': text } });
const imaged = (image: string) => ({ spec: { containers: [{ name: 'c', image }] } });
const gpu = { 'nvidia.com/gpu': '1' };
const gpus = (resources: JsonObject) => ({ spec: { containers: [{ ...container, resources }] } });
const bindingTo = (more: JsonObject): JsonObject => ({
  roleRef: { kind: 'ClusterRole', name: 'view', ...more },
});
const urls = {
  CronJob: '/apis/batch/v1/namespaces/default/cronjobs',
  Ingress: '/apis/networking.k8s.io/v1/namespaces/default/ingresses',
  Namespace: '/api/v1/namespaces',
  Pod: '/api/v1/namespaces/default/pods',
  RoleBinding: '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings',
  Secret: '/api/v1/namespaces/default/secrets',
  Service: '/api/v1/namespaces/default/services',
  Widget: '/apis/example.com/v1/namespaces/default/widgets',
};

function sending() {
  const { send, stop } = server();
  stop();
  const post = (url: string, object: JsonObject) => send('POST', url, object);
  post('/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } });
  return post;
}

type Row = readonly [
  name: string,
  kind: keyof typeof urls,
  object: JsonObject,
  says: string | undefined,
];
const rows: readonly Row[] = [
  ['Sunday as 7', 'CronJob', at('0 0 * * 7'), 'spec.schedule'],
  ['a month by a name of a day', 'CronJob', at('0 0 * mon *'), 'spec.schedule'],
  ['month 0', 'CronJob', at('0 0 * 0-3 *'), 'spec.schedule'],
  ['a step of 0', 'CronJob', at('*/0 * * * *'), 'spec.schedule'],
  ['a word that is no day', 'CronJob', at('foo * * * *'), 'spec.schedule'],
  ['a range that ends before it begins', 'CronJob', at('5-1 * * * *'), 'spec.schedule'],
  ['days by name', 'CronJob', at('*/5 0-3,7 1 jan mon-fri'), undefined],
  [
    'a time zone in small letters',
    'CronJob',
    withAt(cronJob, ['spec', 'timeZone'], 'europe/berlin'),
    'spec.timeZone',
  ],
  ['a path with two slashes', 'Ingress', ingress('/a//b'), 'spec.rules[0].http.paths[0].path'],
  ['a path that goes up', 'Ingress', ingress('/a/..'), 'spec.rules[0].http.paths[0].path'],
  ['a plain path', 'Ingress', ingress('/a/b..c/'), undefined],
  [
    'a pod security level that is none',
    'Namespace',
    { metadata: { name: 'x', labels: { 'pod-security.kubernetes.io/enforce': 'strict' } } },
    'metadata.labels',
  ],
  ['an image with a blank before it', 'Pod', imaged(' nginx'), 'spec.containers.image'],
  ['an image with a line break behind it', 'Pod', imaged('nginx\n'), 'spec.containers.image'],
  [
    'a GPU that is asked for and not limited',
    'Pod',
    gpus({ requests: gpu }),
    'spec.containers[0].resources.requests',
  ],
  ['a GPU that is limited', 'Pod', gpus({ limits: gpu }), undefined],
  ['a container that is null', 'Pod', { spec: { containers: [null] } }, 'spec.containers[0]'],
  [
    'a number too big for Go',
    'Pod',
    { spec: { ...template.spec, terminationGracePeriodSeconds: 1e30 } },
    'spec.terminationGracePeriodSeconds',
  ],
  ['a registry secret that only looks like JSON', 'Secret', docker('{x}'), 'data'],
  ['a registry secret', 'Secret', docker('{"auths":{}}'), undefined],
  ['a role by an empty group', 'RoleBinding', bindingTo({ apiGroup: '' }), undefined],
  ['a role by no group', 'RoleBinding', bindingTo({}), undefined],
  ['a role by another group', 'RoleBinding', bindingTo({ apiGroup: 'apps' }), 'roleRef.apiGroup'],
  [
    'a cluster address that is none',
    'Service',
    { spec: { clusterIP: '10.0.999.1', ports: [{ port: 80 }] } },
    'spec.clusterIP',
  ],
];

test.each(rows)('%s in a %s', (_name, kind, object, says) => {
  const send = sending();
  const { code, says: found } = send(urls[kind], { metadata: { name: 'x' }, ...object });

  expect({ code, says: found }).toEqual(
    says === undefined
      ? { code: 201, says: '' }
      : {
          code: 422,
          says: expect.stringMatching(
            `^${kind}.* "x" is invalid: .*${says.replaceAll(/[[\]]/g, '\\$&')}: `,
          ),
        },
  );
});

function definition(properties: JsonObject): JsonObject {
  const openAPIV3Schema = { type: 'object', properties: { spec: { type: 'object', properties } } };
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }];
  const names = { plural: 'widgets', kind: 'Widget' };
  return {
    metadata: { name: 'widgets.example.com' },
    spec: { group: 'example.com', scope: 'Namespaced', names, versions },
  };
}

const keyed = { type: 'object', required: ['k'], properties: { k: { type: 'string' } } };
const list: JsonObject = {
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['k'],
  items: keyed,
};
const limited = { type: 'integer', minimum: 1, exclusiveMinimum: true };
const strange: JsonObject = { 'x-kubernetes-preserve-unknown-fields': true, nullable: true };

test.each<readonly [name: string, schema: JsonObject, value: Json, code: number]>([
  ['an exclusive limit', limited, 1, 422],
  ['more than an exclusive limit', limited, 2, 201],
  ['an empty key twice', list, [{ k: '' }, { k: '' }], 422],
  ['two keys', list, [{ k: '' }, { k: 'a' }], 201],
  ['an address range that is none', { type: 'string', format: 'cidr' }, '', 422],
  ['null where it may be', { type: 'string', nullable: true }, null, 201],
  ['a schema that is not simulated', strange, 1, 501],
  [
    'a pattern that ignores case, as Go writes it',
    { type: 'string', pattern: '(?i)^on$' },
    'ON',
    201,
  ],
  ['a text against it', { type: 'string', pattern: '(?i)^on$' }, 'OFF', 422],
  ['a group with a name, as Go writes it', { type: 'string', pattern: '^(?P<n>x+)$' }, 'xx', 201],
  ['a text that does not match it', { type: 'string', pattern: '^(?P<n>x+)$' }, 'xy', 422],
  ['a pattern that only Go reads', { type: 'string', pattern: '^[[:alpha:]]+$' }, 'x', 501],
])('a custom resource with %s', (_name, schema, value, code) => {
  const send = sending();
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const defined = send(definitions, definition({ a: schema }));
  const answer = send(urls.Widget, { metadata: { name: 'x' }, spec: { a: value } });

  expect({ defined: defined.code, code: answer.code }).toEqual({ defined: 201, code });
});

test('an empty map is left out of built-in types, and stays in custom ones', () => {
  const send = sending();
  const map = { type: 'object', additionalProperties: { type: 'string' } };
  send('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition({ a: map }));
  const metadata = { name: 'x', annotations: {}, labels: {} };
  const { body } = send(urls.Widget, { metadata, spec: { a: {} } });

  expect(Object.keys(objectAt(body, 'metadata'))).not.toContain('annotations');
  expect(Object.keys(objectAt(body, 'metadata'))).not.toContain('labels');
  expect(objectAt(body, 'spec')).toEqual({ a: {} });
});
