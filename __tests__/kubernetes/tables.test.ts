import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import { at, listAt, type JsonObject } from '../../local/kubernetes/json.ts';
import { tableOf } from '../../local/kubernetes/tables.ts';

// What kubectl prints of an object called web, by the titles of the columns.

const TWO_CONTAINERS =
  'spec: { containers: [{ name: web, image: nginx }, { name: side, image: x }] }';

type Row = readonly [name: string, resource: string, object: string, printed: object];

test.each<Row>([
  [
    'a deployment of which one pod is ready',
    'deployments.apps',
    'spec: { replicas: 2 }\nstatus: { readyReplicas: 1 }',
    { Ready: '1/2', 'Up-to-date': '0', Available: '0' },
  ],
  [
    'a service with two ports',
    'services',
    'spec: { type: LoadBalancer, clusterIP: 10.0.0.2, ports: [{ port: 80 }, { port: 443 }] }',
    {
      Type: 'LoadBalancer',
      'Cluster-IP': '10.0.0.2',
      'External-IP': '<none>',
      'Port(s)': '80,443',
    },
  ],
  [
    'a pod of which one container is ready',
    'pods',
    `${TWO_CONTAINERS}\nstatus: { phase: Running, containerStatuses: [{ ready: true }, {}] }`,
    { Ready: '1/2', Status: 'Running', Restarts: '0' },
  ],
  [
    'a pod whose image cannot be pulled',
    'pods',
    `${TWO_CONTAINERS}
status:
  phase: Pending
  containerStatuses: [{ state: { waiting: { reason: ImagePullBackOff } } }]`,
    { Ready: '0/2', Status: 'ImagePullBackOff', Restarts: '0' },
  ],
  [
    'a config map with texts and bytes',
    'configmaps',
    'data: { a: b }\nbinaryData: { c: aGk= }',
    { Data: '2' },
  ],
])('%s', (_name, resource, object, printed) => {
  const web = { metadata: { name: 'web' }, ...(parse(object) as JsonObject) };
  const table = tableOf(new Cluster().resource(resource), [web], {});
  const titles = listAt(table, 'columnDefinitions').map((column) => at(column, 'name') ?? '');
  const cells = listAt(table, 'rows', '0', 'cells');

  expect(titles.map((title, index) => [title, cells[index]])).toEqual([
    ['Name', 'web'],
    ...Object.entries(printed),
    ['Age', '<none>'],
  ]);
});
