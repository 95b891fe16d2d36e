import { expect, test } from '@jest/globals';
import { announce, announceWait } from '../../../src/report/announcement.ts';
import { ID, ports } from '../ports.ts';
import { packedTask } from '../packed-task.ts';
import { CLUSTER } from './reports.ts';

const PATH =
  `/subscriptions/${CLUSTER.subscriptionId}/resourceGroups/rg-prod` +
  '/providers/Microsoft.ContainerService/managedClusters/prod';
const LEAST: Parameters<typeof announce>[0] = {
  cluster: CLUSTER,
  command: 'true\ndate\n',
  env: [],
  shell: '',
  namespace: '',
  timeout: 90,
  startTimeout: 90,
  startRetries: 0,
  wait: true,
  collect: [],
  dryRun: false,
};
test('before it is sent: what goes to the cluster, and no value of a variable', () => {
  const { log, transcript } = ports();
  const env = [
    { name: 'A', value: 'secret' },
    { name: 'B', value: '' },
    // Secrets in base64 may look like this.
    { name: 'c2VjcmV0', value: '' },
    { name: 'c2VjcmV0cw', value: '=' },
  ];
  const packed = packedTask([{ path: 'k8s/web.yaml', bytes: 200 }]);
  announce({ ...LEAST, namespace: 'shop', env, collect: ['report'] }, packed, log);
  expect(transcript).toEqual([
    'show Namespace: shop',
    `group Sending to prod
cluster    ${PATH}
files      1 file, 200 B
       200 B  k8s/web.yaml
variables  A, B (empty), a variable (empty), a variable
command
  true
  date`,
  ]);
});

test.each([
  ['', [], 'default (none set)'],
  ['', ['A', 'HELM_NAMESPACE'], 'default (none set), unless changed by HELM_NAMESPACE'],
  ['shop', ['KUBECONFIG', 'POD_NAMESPACE'], 'shop, unless changed by KUBECONFIG, POD_NAMESPACE'],
])('the namespace %j, with the variables %j: %s', (namespace, names, shown) => {
  const { log, transcript } = ports();
  const env = names.map((name) => ({ name, value: 'web' }));
  announce({ ...LEAST, namespace, env }, packedTask([]), log);
  expect(transcript[0]).toBe(`show Namespace: ${shown}`);
});

test.each([
  ['of a command alone', {}, '', []],
  [
    'with a variable, that collects',
    { env: [{ name: 'A', value: '' }], collect: ['a*'] },
    'variables  A (empty)\n',
    ['show Would collect: a*'],
  ],
])('a dry run %s', (_name, more, variables, lines) => {
  const { log, transcript } = ports();
  announce({ ...LEAST, ...more, dryRun: true }, packedTask([]), log);
  expect(transcript).toEqual([
    'show Namespace: default (none set)',
    `group Would send to prod
cluster    ${PATH}
${variables}shell      bash -e, or sh -e if the pod has no bash
timeout    1m 30s
command
  true
  date`,
    ...lines,
    'info This dry run signed in and packed the files. It did not check the permission to run ' +
      'commands.',
  ]);
});

test('before an earlier command is waited for', () => {
  const { log, transcript } = ports();
  announceWait(ID, CLUSTER, 90, log);
  expect(transcript).toEqual([`info Waiting for command ${ID} on prod, for up to 1m 30s.`]);
});
