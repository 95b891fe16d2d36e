import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { toolFolder } from '../../local/azure/index.ts';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import type { JsonObject } from '../../local/kubernetes/json.ts';
import { mergePatch } from '../../local/kubernetes/merge.ts';
import { needing } from '../tools.ts';
import { scratch } from '../scratch.ts';

// `kubectl patch --local` runs Kubernetes' own code without a server: what it makes of a patch is
// what must come out.

const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', labels: { a: 'b', c: 'd' }, finalizers: ['x.io/a', 'x.io/b'] },
  spec: {
    replicas: 2,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    selector: { matchLabels: { app: 'api' } },
    template: {
      metadata: { labels: { app: 'api' } },
      spec: {
        nodeSelector: { a: 'b' },
        tolerations: [{ key: 'a', operator: 'Exists' }],
        volumes: [
          { name: 'v', configMap: { name: 'c' } },
          { name: 'w', emptyDir: {} },
        ],
        imagePullSecrets: [{ name: 'one' }],
        hostAliases: [{ ip: '1.1.1.1', hostnames: ['a', 'b'] }],
        containers: [
          {
            name: 'api',
            image: 'api:1',
            args: ['a', 'b'],
            ports: [{ containerPort: 80, protocol: 'TCP' }, { containerPort: 81 }],
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
            volumeMounts: [
              { name: 'v', mountPath: '/v' },
              { name: 'w', mountPath: '/w' },
            ],
          },
          { name: 'side', image: 'side:1' },
        ],
      },
    },
  },
};

const service: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's', finalizers: ['a/a', 'b/b'] },
  spec: {
    selector: { a: 'b' },
    ports: [
      { name: 'http', port: 80 },
      { name: 'https', port: 443 },
    ],
    externalIPs: ['1.1.1.1'],
  },
};

const podSpec = (spec: JsonObject): JsonObject => ({ spec: { template: { spec } } });

type Row = Readonly<{ name: string; object: JsonObject; patch: JsonObject }>;

const rows: readonly Row[] = [
  {
    name: 'a field',
    object: deployment,
    patch: { spec: { replicas: 5 } },
  },
  {
    name: 'a field that goes',
    object: deployment,
    patch: { spec: { replicas: null } },
  },
  {
    name: 'a label that comes, and one that goes',
    object: deployment,
    patch: { metadata: { labels: { e: 'f', a: null } } },
  },
  {
    name: 'a container by its name',
    object: deployment,
    patch: podSpec({ containers: [{ name: 'side', image: 'side:2' }] }),
  },
  {
    name: 'a container that comes',
    object: deployment,
    patch: podSpec({ containers: [{ name: 'new', image: 'new:1' }] }),
  },
  {
    name: 'a container that goes',
    object: deployment,
    patch: podSpec({ containers: [{ name: 'side', $patch: 'delete' }] }),
  },
  {
    name: 'all containers replaced',
    object: deployment,
    patch: podSpec({ containers: [{ name: 'new', image: 'n' }, { $patch: 'replace' }] }),
  },
  {
    name: 'a variable inside a container',
    object: deployment,
    patch: podSpec({ containers: [{ name: 'api', env: [{ name: 'B', value: 'x' }] }] }),
  },
  {
    name: 'a variable that goes',
    object: deployment,
    patch: podSpec({ containers: [{ name: 'api', env: [{ name: 'A', $patch: 'delete' }] }] }),
  },
  {
    name: 'a port by its number',
    object: deployment,
    patch: podSpec({ containers: [{ name: 'api', ports: [{ containerPort: 81, name: 'x' }] }] }),
  },
  {
    name: 'a mount by its path',
    object: deployment,
    patch: podSpec({
      containers: [{ name: 'api', volumeMounts: [{ name: 'w', mountPath: '/v' }] }],
    }),
  },
  {
    name: 'a list of texts, which is replaced',
    object: deployment,
    patch: podSpec({ containers: [{ name: 'api', args: ['c'] }] }),
  },
  {
    name: 'tolerations, which are replaced',
    object: deployment,
    patch: podSpec({ tolerations: [{ key: 'b' }] }),
  },
  {
    name: 'a volume whose source changes',
    object: deployment,
    patch: podSpec({
      volumes: [{ name: 'v', $retainKeys: ['name', 'secret'], secret: { secretName: 's' } }],
    }),
  },
  {
    name: 'a pull secret by its name',
    object: deployment,
    patch: podSpec({ imagePullSecrets: [{ name: 'two' }] }),
  },
  {
    name: 'a host alias by its address',
    object: deployment,
    patch: podSpec({ hostAliases: [{ ip: '1.1.1.1', hostnames: ['c'] }] }),
  },
  {
    name: 'a strategy that drops its parameters',
    object: deployment,
    patch: { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
  },
  {
    name: 'an object replaced',
    object: deployment,
    patch: podSpec({ nodeSelector: { $patch: 'replace', c: 'd' } }),
  },
  {
    name: 'an object deleted',
    object: deployment,
    patch: podSpec({ nodeSelector: { $patch: 'delete' } }),
  },
  {
    name: 'an order of containers',
    object: deployment,
    patch: podSpec({
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'api' }],
      containers: [{ name: 'api', image: 'x' }],
    }),
  },
  {
    name: 'an order that names a new one',
    object: deployment,
    patch: podSpec({
      '$setElementOrder/containers': [{ name: 'new' }, { name: 'api' }, { name: 'side' }],
      containers: [{ name: 'new', image: 'x' }],
    }),
  },
  {
    name: 'an order alone',
    object: deployment,
    patch: podSpec({ '$setElementOrder/containers': [{ name: 'side' }, { name: 'api' }] }),
  },
  {
    name: 'an order of some',
    object: deployment,
    patch: podSpec({
      '$setElementOrder/volumes': [{ name: 'n' }, { name: 'w' }],
      volumes: [{ name: 'n', emptyDir: {} }],
    }),
  },
  {
    name: 'one that comes between two that change',
    object: deployment,
    patch: podSpec({
      containers: [
        { name: 'side', image: 'x' },
        { name: 'new', image: 'n' },
        { name: 'api', image: 'y' },
      ],
    }),
  },
  {
    name: 'a finalizer that comes',
    object: deployment,
    patch: { metadata: { finalizers: ['x.io/c'] } },
  },
  {
    name: 'a finalizer that goes',
    object: deployment,
    patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['x.io/a'] } },
  },
  {
    name: 'an order of finalizers',
    object: deployment,
    patch: {
      metadata: {
        '$setElementOrder/finalizers': ['x.io/b', 'x.io/c', 'x.io/a'],
        finalizers: ['x.io/c'],
      },
    },
  },
  {
    name: 'a port of a service',
    object: service,
    patch: { spec: { ports: [{ port: 443, targetPort: 8443 }] } },
  },
  {
    name: 'addresses, which are replaced',
    object: service,
    patch: { spec: { externalIPs: ['2.2.2.2'] } },
  },
  {
    name: 'a list that goes',
    object: service,
    patch: { spec: { ports: null } },
  },
  {
    name: 'an empty list',
    object: service,
    patch: { spec: { ports: [] } },
  },
];

needing(['bash'], () => {
  const answers = new Map<string, unknown>();
  const folder = scratch('strategic');

  beforeAll(async () => {
    const kubectl = path.join((await toolFolder()) ?? '', 'kubectl');

    const askKubectl = async ({ name, object, patch }: Row, index: number) => {
      const objectFile = path.join(folder, `object${index}.json`);
      const patchFile = path.join(folder, `patch${index}.json`);
      await writeFile(objectFile, JSON.stringify(object));
      await writeFile(patchFile, JSON.stringify(patch));

      const options = ['--local', '--type=strategic', '--output=json'];
      const { stdout } = await promisify(execFile)(
        kubectl,
        ['patch', ...options, `--filename=${objectFile}`, `--patch-file=${patchFile}`],
        { env: { ...process.env, KUBECONFIG: '/dev/null' } },
      );
      answers.set(name, JSON.parse(stdout));
    };
    await Promise.all(rows.map(askKubectl));
  });

  test.each(rows)(
    'strategic merge of $name is what kubectl makes of it',
    ({ name, object, patch }) => {
      const plural = object === service ? 'services' : 'deployments.apps';
      const { schema } = new Cluster().resource(plural);

      expect(mergePatch(object, patch, schema)).toEqual(answers.get(name));
    },
  );
});
