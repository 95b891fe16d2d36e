import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { toolFolder } from '../../local/azure/index.ts';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import { isJson, isObject, type Json } from '../../local/kubernetes/json.ts';
import { mergePatch } from '../../local/kubernetes/merge.ts';
import { needing } from '../tools.ts';
import { scratch } from '../scratch.ts';

// `kubectl patch --local` runs Kubernetes' own code without a server: what it makes of a patch is
// what must come out.

const deployment = `
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
      volumes: [{ name: v, configMap: { name: c } }, { name: w, emptyDir: {} }]
      imagePullSecrets: [{ name: one }]
      hostAliases: [{ ip: 1.1.1.1, hostnames: [a, b] }]
      containers:
        - name: api
          image: api:1
          args: [a, b]
          ports: [{ containerPort: 80, protocol: TCP }, { containerPort: 81 }]
          env: [{ name: A, value: '1' }, { name: B, value: '2' }]
          volumeMounts: [{ name: v, mountPath: /v }, { name: w, mountPath: /w }]
        - { name: side, image: side:1 }
`;
const service = `
apiVersion: v1
kind: Service
metadata: { name: s, finalizers: [a/a, b/b] }
spec: { selector: { a: b }, ports: [{ name: http, port: 80 }, { name: https, port: 443 }], externalIPs: [1.1.1.1] }
`;
const spec = (text: string) => `{ spec: { template: { spec: ${text} } } }`;

// prettier-ignore
const rows: readonly (readonly [name: string, object: string, patch: string])[] = [
  ['a field', deployment, '{ spec: { replicas: 5 } }'],
  ['a field that goes', deployment, '{ spec: { replicas: null } }'],
  ['a label that comes, and one that goes', deployment, '{ metadata: { labels: { e: f, a: null } } }'],
  ['a container by its name', deployment, spec('{ containers: [{ name: side, image: "side:2" }] }')],
  ['a container that comes', deployment, spec('{ containers: [{ name: new, image: "new:1" }] }')],
  ['a container that goes', deployment, spec('{ containers: [{ name: side, $patch: delete }] }')],
  ['all containers replaced', deployment, spec('{ containers: [{ name: new, image: n }, { $patch: replace }] }')],
  ['a variable inside a container', deployment, spec('{ containers: [{ name: api, env: [{ name: B, value: x }] }] }')],
  ['a variable that goes', deployment, spec('{ containers: [{ name: api, env: [{ name: A, $patch: delete }] }] }')],
  ['a port by its number', deployment, spec('{ containers: [{ name: api, ports: [{ containerPort: 81, name: x }] }] }')],
  ['a mount by its path', deployment, spec('{ containers: [{ name: api, volumeMounts: [{ name: w, mountPath: /v }] }] }')],
  ['a list of texts, which is replaced', deployment, spec('{ containers: [{ name: api, args: [c] }] }')],
  ['tolerations, which are replaced', deployment, spec('{ tolerations: [{ key: b }] }')],
  ['a volume whose source changes', deployment, spec('{ volumes: [{ name: v, $retainKeys: [name, secret], secret: { secretName: s } }] }')],
  ['a pull secret by its name', deployment, spec('{ imagePullSecrets: [{ name: two }] }')],
  ['a host alias by its address', deployment, spec('{ hostAliases: [{ ip: 1.1.1.1, hostnames: [c] }] }')],
  ['a strategy that drops its parameters', deployment, '{ spec: { strategy: { $retainKeys: [type], type: Recreate } } }'],
  ['an object replaced', deployment, spec('{ nodeSelector: { $patch: replace, c: d } }')],
  ['an object deleted', deployment, spec('{ nodeSelector: { $patch: delete } }')],
  ['an order of containers', deployment, spec('{ $setElementOrder/containers: [{ name: side }, { name: api }], containers: [{ name: api, image: x }] }')],
  ['an order that names a new one', deployment, spec('{ $setElementOrder/containers: [{ name: new }, { name: api }, { name: side }], containers: [{ name: new, image: x }] }')],
  ['an order alone', deployment, spec('{ $setElementOrder/containers: [{ name: side }, { name: api }] }')],
  ['an order of some', deployment, spec('{ $setElementOrder/volumes: [{ name: n }, { name: w }], volumes: [{ name: n, emptyDir: {} }] }')],
  ['one that comes between two that change', deployment, spec('{ containers: [{ name: side, image: x }, { name: new, image: n }, { name: api, image: y }] }')],
  ['a finalizer that comes', deployment, '{ metadata: { finalizers: [x.io/c] } }'],
  ['a finalizer that goes', deployment, '{ metadata: { $deleteFromPrimitiveList/finalizers: [x.io/a] } }'],
  ['an order of finalizers', deployment, '{ metadata: { $setElementOrder/finalizers: [x.io/b, x.io/c, x.io/a], finalizers: [x.io/c] } }'],
  ['a port of a service', service, '{ spec: { ports: [{ port: 443, targetPort: 8443 }] } }'],
  ['addresses, which are replaced', service, '{ spec: { externalIPs: [2.2.2.2] } }'],
  ['a list that goes', service, '{ spec: { ports: null } }'],
  ['an empty list', service, '{ spec: { ports: [] } }'],
];

const json = (text: string): Json => {
  const value: unknown = parse(text);
  if (!isJson(value)) throw new TypeError('no JSON');
  return value;
};

needing(['bash'], () => {
  const answers = new Map<string, Json>();
  const folder = scratch('strategic');
  beforeAll(async () => {
    const kubectl = path.join((await toolFolder()) ?? '', 'kubectl');
    await Promise.all(
      rows.map(async ([name, object, patch], index) => {
        const [file, change] = ['object', 'patch'].map((one) =>
          path.join(folder, `${one}${index}.yaml`),
        );
        if (file === undefined || change === undefined) return;
        await Promise.all([
          writeFile(file, object),
          writeFile(change, JSON.stringify(json(patch))),
        ]);
        const options = [
          'patch',
          '--local',
          '--type=strategic',
          '-f',
          file,
          '--patch-file',
          change,
          '-o',
          'json',
        ];
        const stdout = await new Promise<string>((resolve, reject) => {
          execFile(
            kubectl,
            options,
            { env: { ...process.env, KUBECONFIG: '/dev/null' } },
            (error, output) => {
              if (error) reject(new Error(`${name}: ${error.message}`));
              else resolve(output);
            },
          );
        });
        answers.set(name, json(stdout));
      }),
    );
  });

  test.each(rows)('strategic merge of %s is what kubectl makes of it', (name, object, patch) => {
    const target = json(object);
    const plural =
      isObject(target) && target['kind'] === 'Service' ? 'services' : 'deployments.apps';
    const schema = new Cluster().resource(plural).schema;

    expect(mergePatch(target, json(patch), schema)).toEqual(answers.get(name));
  });
});
