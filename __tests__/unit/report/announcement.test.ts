import { expect, test } from '@jest/globals';
import { announce, announceWait } from '../../../src/report/announcement.ts';
import type { FileSize } from '../../../src/failure.ts';
import { ID, ports } from '../ports.ts';
import { packedTask } from './packed-task.ts';
import { CLUSTER } from './reports.ts';

const PATH =
  `/subscriptions/${CLUSTER.subscriptionId}/resourceGroups/rg-prod` +
  '/providers/Microsoft.ContainerService/managedClusters/prod';
type Announced = Parameters<typeof announce>[0];
const LEAST: Announced = {
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
const NO_FILES: readonly FileSize[] = [];
const FILES: readonly FileSize[] = [{ path: 'k8s/web.yaml', bytes: 200 }];
const CHECKED =
  'info This dry run signed in and packed the files. It did not check the permission to run ' +
  'commands.';
const DRY = `group Would send to prod
cluster    ${PATH}
shell      bash -e, or sh -e if the pod has no bash
timeout    1m 30s
command
  true
  date`;

test.each<[name: string, more: Partial<Announced>, lines: string[], files?: readonly FileSize[]]>([
  [
    'the default namespace',
    { namespace: 'shop' },
    [`group Sending to prod\ncluster    ${PATH}\nnamespace  shop\ncommand\n  true\n  date`],
  ],
  [
    'what goes with it',
    {
      env: [
        { name: 'A', value: 'secret' },
        { name: 'B', value: '' },
        // Secrets in base64 may look like this.
        { name: 'c2VjcmV0', value: '' },
        { name: 'c2VjcmV0cw', value: '=' },
      ],
      collect: ['report'],
    },
    [
      `group Sending to prod
cluster    ${PATH}
files      1 file, 200 B, zip 900 B
       200 B  k8s/web.yaml
variables  A, B (empty), a variable (empty), a variable
command
  true
  date`,
    ],
    FILES,
  ],
  ['a dry run', { dryRun: true }, [DRY, CHECKED]],
  [
    'a dry run that collects',
    { dryRun: true, collect: ['a', 'b*'] },
    [DRY, 'show Would collect: a, b*', CHECKED],
  ],
])('before it is sent: %s', (_name, more, lines, files = NO_FILES) => {
  const { log, transcript } = ports();
  announce({ ...LEAST, ...more }, packedTask(files), log);
  expect(transcript).toEqual(lines);
});

test('before an earlier command is waited for', () => {
  const { log, transcript } = ports();
  announceWait(ID, CLUSTER, 90, log);
  expect(transcript).toEqual([`info Waiting for command ${ID} on prod, for up to 1m 30s.`]);
});
