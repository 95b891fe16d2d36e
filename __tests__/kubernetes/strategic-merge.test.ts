import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { toolFolder } from '../../local/azure/index.ts';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import type { JsonObject } from '../../local/kubernetes/json.ts';
import { mergePatch } from '../../local/kubernetes/merge.ts';
import { needing } from '../support/tools.ts';
import { scratch } from '../support/scratch.ts';

// `kubectl patch --local` runs Kubernetes' own code without a server: what it makes of a patch is
// what must come out.

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, labels: { a: b, c: d }, finalizers: [x.io/a, x.io/b] }
spec:
  replicas: 2
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      nodeSelector: { a: b }
      tolerations: [{ key: a, operator: Exists }]
      volumes:
        - { name: v, configMap: { name: c } }
        - { name: w, emptyDir: {} }
      containers:
        - name: api
          image: api:1
          args: [a, b]
          ports: [{ containerPort: 80, protocol: TCP }, { containerPort: 81 }]
          env: [{ name: A, value: '1' }, { name: B, value: '2' }]
          volumeMounts: [{ name: v, mountPath: /v }, { name: w, mountPath: /w }]
        - { name: side, image: side:1 }
`;

const inPod = (spec: string) => `spec: { template: { spec: { ${spec} } } }`;

const rows: readonly (readonly [name: string, patch: string])[] = [
  ['a field', 'spec: { replicas: 5 }'],
  ['a label that comes, and one that goes', 'metadata: { labels: { e: f, a: null } }'],
  ['a list of texts, which is replaced', inPod('containers: [{ name: api, args: [c] }]')],
  ['a container by its name', inPod('containers: [{ name: side, image: side:2 }]')],
  ['a container that goes', inPod('containers: [{ name: side, $patch: delete }]')],
  ['all containers', inPod('containers: [{ name: new, image: new:1 }, { $patch: replace }]')],
  ['a variable', inPod('containers: [{ name: api, env: [{ name: B, value: x }] }]')],
  [
    'a port by its number',
    inPod('containers: [{ name: api, ports: [{ containerPort: 81, name: x }] }]'),
  ],
  [
    'a mount by its path',
    inPod('containers: [{ name: api, volumeMounts: [{ name: w, mountPath: /v }] }]'),
  ],
  ['tolerations, which are replaced', inPod('tolerations: [{ key: b }]')],
  [
    'a volume whose source changes',
    inPod('volumes: [{ name: v, $retainKeys: [name, secret], secret: { secretName: s } }]'),
  ],
  [
    'a strategy that drops its parameters',
    'spec: { strategy: { $retainKeys: [type], type: Recreate } }',
  ],
  ['an object replaced', inPod('nodeSelector: { $patch: replace, c: d }')],
  ['an object deleted', inPod('nodeSelector: { $patch: delete }')],
  ['a list that goes', inPod('volumes: null')],
  ['an empty list', inPod('volumes: []')],
  [
    'an order of containers',
    inPod(
      '$setElementOrder/containers: [{ name: side }, { name: api }], ' +
        'containers: [{ name: api, image: x:2 }]',
    ),
  ],
  [
    'an order that names a new one',
    inPod(
      '$setElementOrder/containers: [{ name: new }, { name: api }, { name: side }], ' +
        'containers: [{ name: new, image: x:2 }]',
    ),
  ],
  ['an order alone', inPod('$setElementOrder/containers: [{ name: side }, { name: api }]')],
  [
    'an order of some',
    inPod(
      '$setElementOrder/volumes: [{ name: new }, { name: w }], volumes: [{ name: new, emptyDir: {} }]',
    ),
  ],
  [
    'one that comes between two that change',
    inPod(
      'containers: [{ name: side, image: x:2 }, { name: new, image: new:1 }, { name: api, image: y:2 }]',
    ),
  ],
  ['a finalizer that comes', 'metadata: { finalizers: [x.io/c] }'],
  ['a finalizer that goes', 'metadata: { $deleteFromPrimitiveList/finalizers: [x.io/a] }'],
  [
    'an order of finalizers',
    'metadata: { $setElementOrder/finalizers: [x.io/b, x.io/c, x.io/a], finalizers: [x.io/c] }',
  ],
];

needing(['bash'], () => {
  const answers = new Map<string, unknown>();
  const folder = scratch('strategic');

  beforeAll(async () => {
    const kubectl = path.join((await toolFolder()) ?? '', 'kubectl');
    const file = path.join(folder, 'deployment.yaml');
    await writeFile(file, DEPLOYMENT);

    const askKubectl = async ([name, patch]: (typeof rows)[number]) => {
      const options = ['--local', '--type=strategic', '--output=json'];
      const { stdout } = await promisify(execFile)(
        kubectl,
        ['patch', ...options, `--filename=${file}`, `--patch=${patch}`],
        { env: { ...process.env, KUBECONFIG: '/dev/null' } },
      );
      answers.set(name, JSON.parse(stdout));
    };
    await Promise.all(rows.map(askKubectl));
  });

  test.each(rows)('strategic merge of %s is what kubectl makes of it', (name, patch) => {
    const { schema } = new Cluster().resource('deployments.apps');
    const object = parse(DEPLOYMENT) as JsonObject;

    expect(mergePatch(object, parse(patch) as JsonObject, schema)).toEqual(answers.get(name));
  });
});
