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

const podSpec = (spec: JsonObject): JsonObject => ({ spec: { template: { spec } } });

type Row = Readonly<{ name: string; patch: JsonObject }>;

const rows: readonly Row[] = [
  {
    name: 'a field',
    patch: { spec: { replicas: 5 } },
  },
  {
    name: 'a label that comes, and one that goes',
    patch: { metadata: { labels: { e: 'f', a: null } } },
  },
  {
    name: 'a container by its name',
    patch: podSpec({ containers: [{ name: 'side', image: 'side:2' }] }),
  },
  {
    name: 'a container that goes',
    patch: podSpec({ containers: [{ name: 'side', $patch: 'delete' }] }),
  },
  {
    name: 'all containers replaced',
    patch: podSpec({ containers: [{ name: 'new', image: 'n' }, { $patch: 'replace' }] }),
  },
  {
    name: 'a variable inside a container',
    patch: podSpec({ containers: [{ name: 'api', env: [{ name: 'B', value: 'x' }] }] }),
  },
  {
    name: 'a port by its number',
    patch: podSpec({ containers: [{ name: 'api', ports: [{ containerPort: 81, name: 'x' }] }] }),
  },
  {
    name: 'a mount by its path',
    patch: podSpec({
      containers: [{ name: 'api', volumeMounts: [{ name: 'w', mountPath: '/v' }] }],
    }),
  },
  {
    name: 'tolerations, which are replaced',
    patch: podSpec({ tolerations: [{ key: 'b' }] }),
  },
  {
    name: 'a volume whose source changes',
    patch: podSpec({
      volumes: [{ name: 'v', $retainKeys: ['name', 'secret'], secret: { secretName: 's' } }],
    }),
  },
  {
    name: 'a strategy that drops its parameters',
    patch: { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
  },
  {
    name: 'an object replaced',
    patch: podSpec({ nodeSelector: { $patch: 'replace', c: 'd' } }),
  },
  {
    name: 'an object deleted',
    patch: podSpec({ nodeSelector: { $patch: 'delete' } }),
  },
  {
    name: 'an order of containers',
    patch: podSpec({
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'api' }],
      containers: [{ name: 'api', image: 'x' }],
    }),
  },
  {
    name: 'an order that names a new one',
    patch: podSpec({
      '$setElementOrder/containers': [{ name: 'new' }, { name: 'api' }, { name: 'side' }],
      containers: [{ name: 'new', image: 'x' }],
    }),
  },
  {
    name: 'an order alone',
    patch: podSpec({ '$setElementOrder/containers': [{ name: 'side' }, { name: 'api' }] }),
  },
  {
    name: 'an order of some',
    patch: podSpec({
      '$setElementOrder/volumes': [{ name: 'n' }, { name: 'w' }],
      volumes: [{ name: 'n', emptyDir: {} }],
    }),
  },
  {
    name: 'one that comes between two that change',
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
    patch: { metadata: { finalizers: ['x.io/c'] } },
  },
  {
    name: 'a finalizer that goes',
    patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['x.io/a'] } },
  },
  {
    name: 'an order of finalizers',
    patch: {
      metadata: {
        '$setElementOrder/finalizers': ['x.io/b', 'x.io/c', 'x.io/a'],
        finalizers: ['x.io/c'],
      },
    },
  },
  {
    name: 'a list that goes',
    patch: podSpec({ volumes: null }),
  },
  {
    name: 'an empty list',
    patch: podSpec({ volumes: [] }),
  },
];

needing(['bash'], () => {
  const answers = new Map<string, unknown>();
  const folder = scratch('strategic');

  beforeAll(async () => {
    const kubectl = path.join((await toolFolder()) ?? '', 'kubectl');
    const objectFile = path.join(folder, 'object.json');
    await writeFile(objectFile, JSON.stringify(deployment));

    const askKubectl = async ({ name, patch }: Row, index: number) => {
      const patchFile = path.join(folder, `patch${index}.json`);
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

  test.each(rows)('strategic merge of $name is what kubectl makes of it', ({ name, patch }) => {
    const { schema } = new Cluster().resource('deployments.apps');

    expect(mergePatch(deployment, patch, schema)).toEqual(answers.get(name));
  });
});
