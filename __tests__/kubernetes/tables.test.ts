import { expect, test } from '@jest/globals';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import { at, listAt, type Json, type JsonObject } from '../../local/kubernetes/json.ts';
import { tableOf } from '../../local/kubernetes/tables.ts';

// What kubectl prints of an object.

const metadata = { name: 'web' };
const podSpec = {
  containers: [
    { name: 'web', image: 'nginx:1' },
    { name: 'side', image: 'side:2' },
  ],
};

type Row = Readonly<{
  name: string;
  resource: string;
  object: JsonObject;
  /** What is printed, by the titles of the columns. */
  printed: Readonly<Record<string, string>>;
}>;

const rows: readonly Row[] = [
  {
    name: 'a deployment of which one pod is ready',
    resource: 'deployments.apps',
    object: {
      metadata,
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: { spec: podSpec },
      },
      status: { readyReplicas: 1 },
    },
    printed: {
      Name: 'web',
      Ready: '1/2',
      'Up-to-date': '0',
      Available: '0',
      Age: '<none>',
    },
  },
  {
    name: 'a service with two ports',
    resource: 'services',
    object: {
      metadata,
      spec: {
        type: 'LoadBalancer',
        clusterIP: '10.0.0.2',
        ports: [
          { port: 80, nodePort: 30000, protocol: 'TCP' },
          { port: 443, protocol: 'TCP' },
        ],
      },
    },
    printed: {
      Name: 'web',
      Type: 'LoadBalancer',
      'Cluster-IP': '10.0.0.2',
      'External-IP': '<none>',
      'Port(s)': '80,443',
      Age: '<none>',
    },
  },
  {
    name: 'a pod of which one container is ready',
    resource: 'pods',
    object: {
      metadata,
      spec: podSpec,
      status: { phase: 'Running', containerStatuses: [{ ready: true }, { ready: false }] },
    },
    printed: {
      Name: 'web',
      Ready: '1/2',
      Status: 'Running',
      Restarts: '0',
      Age: '<none>',
    },
  },
  {
    name: 'a pod whose image cannot be pulled',
    resource: 'pods',
    object: {
      metadata,
      spec: podSpec,
      status: {
        phase: 'Pending',
        containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }],
      },
    },
    printed: {
      Name: 'web',
      Ready: '0/2',
      Status: 'ImagePullBackOff',
      Restarts: '0',
      Age: '<none>',
    },
  },
  {
    name: 'a config map with texts and bytes',
    resource: 'configmaps',
    object: { metadata, data: { a: 'b' }, binaryData: { c: 'aGk=' } },
    printed: { Name: 'web', Data: '2', Age: '<none>' },
  },
];

function printed({ resource, object }: Row): [title: Json, cell: Json][] {
  const table = tableOf(new Cluster().resource(resource), [object], {});
  const titles = listAt(table, 'columnDefinitions').map((column) => at(column, 'name') ?? '');
  const cells = listAt(table, 'rows', '0', 'cells');
  return titles.map((title, index) => [title, cells[index] ?? '']);
}

test.each(rows)('$name', (row) => {
  expect(printed(row)).toEqual(Object.entries(row.printed));
});
