import { expect, test } from '@jest/globals';
import { scriptsOn } from './run.ts';
import { newWorld } from './world.ts';

const run = scriptsOn();
const ARGS = ['--repository', 'Acme/shop', '--environment', 'production', '--resource-group', 'rg-weu', '--cluster', 'weu', '--reviewer', 'Alice', '--branch', 'main', '--branch', 'release/*', '--namespace', 'shop', '--create-environment'];

test.each(['bash', process.env['OLD_BASH'] ?? 'bash'])('%s', async (shell) => {
  const world = newWorld();
  for (const extra of [['--dry-run'], [], []]) {
    const ran = await run(world, shell, 'setup.sh', [...ARGS, ...extra]);
    console.log(ran.stdout, ran.stderr, ran.exitCode, ran.calls.length);
  }
  console.log(JSON.stringify(world, undefined, 1));
  expect(1).toBe(1);
});
