import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scratch } from '../support/scratch.ts';

const cwd = scratch('demo');
const root = path.resolve(import.meta.dirname, '../..');

test('npm run demo shows a deployment, a failure, and a lost answer, as the step reports them', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'scripts/demo.ts')],
    { cwd, encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

  const [, ends = ''] = stdout.split('── How they ended ');
  const states = Array.from(ends.matchAll(/^\d\. .*?: ([\w-]+)\./gm), ([, state]) => state);
  expect(states).toEqual(['succeeded', 'failed', 'unknown']);
  for (const shown of [
    'successfully rolled out',
    'image: registry.',
    'output: what the command printed',
    'deployed.yaml',
    'overlays/prod',
    'In the cluster, it ran once.',
  ])
    expect(stdout).toContain(shown);

  const page = readFileSync(path.join(cwd, '.demo/summary.html'), 'utf8');
  expect(page.match(/prod-weu/g)?.length).toBeGreaterThan(2);
});
