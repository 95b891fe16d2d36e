import { expect, test } from '@jest/globals';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import { at, listAt, type JsonObject } from '../../local/kubernetes/json.ts';
import { tableOf } from '../../local/kubernetes/tables.ts';

// What kubectl prints of an object: one cell for each column.

const template = {
  spec: {
    containers: [
      { name: 'web', image: 'nginx:1' },
      { name: 'side', image: 'side:2' },
    ],
  },
};
const metadata = { name: 'web' };

// prettier-ignore
const rows: readonly (readonly [resource: string, object: JsonObject, cells: readonly string[]])[] = [
  ['deployments.apps', { metadata, spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template }, status: { readyReplicas: 1 } }, ['web', '1/2', '0', '0', '<none>']],
  ['services', { metadata, spec: { type: 'LoadBalancer', clusterIP: '10.0.0.2', ports: [{ port: 80, nodePort: 30000, protocol: 'TCP' }, { port: 443, protocol: 'TCP' }] } }, ['web', 'LoadBalancer', '10.0.0.2', '<none>', '80,443', '<none>']],
  ['ingresses.networking.k8s.io', { metadata, spec: { ingressClassName: 'nginx', rules: [{ host: 'a.example' }, { host: 'b.example' }] } }, ['web', 'nginx', 'a.example,b.example', '', '80', '<none>']],
  ['persistentvolumeclaims', { metadata, spec: {}, status: { phase: 'Bound', accessModes: ['ReadWriteOnce'] } }, ['web', 'Bound', '', '', 'ReadWriteOnce', '', '<none>']],
  ['pods', { metadata, spec: template.spec, status: { phase: 'Running', containerStatuses: [{ ready: true }, { ready: false }] } }, ['web', '1/2', 'Running', '0', '<none>']],
  ['pods', { metadata, spec: template.spec, status: { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] } }, ['web', '0/2', 'ImagePullBackOff', '0', '<none>']],
  ['configmaps', { metadata, data: { a: 'b' }, binaryData: { c: 'aGk=' } }, ['web', '2', '<none>']],
];

test.each(rows)('a row of %s', (name, object, cells) => {
  expect(
    at(listAt(tableOf(new Cluster().resource(name), [object], {}), 'rows')[0], 'cells'),
  ).toEqual(cells);
});
