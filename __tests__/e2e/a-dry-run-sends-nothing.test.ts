import { expect, test } from '@jest/globals';
import { expectGolden, scene } from './support.ts';

const { run, azure } = scene();

test('it packs, signs in, and shows what it would send', async () => {
  const before = azure().commands().length;
  const result = await run(
    { command: 'echo no', files: '*.yaml', 'dry-run': 'true' },
    { tree: { 'a.yaml': 'a: 1\n' } },
  );

  expect(result.exitCode).toBe(0);
  expect(result.outputs).toMatchObject({ state: 'dry-run', 'exit-code': '', 'command-id': '', output: '' });
  expect(azure().commands()).toHaveLength(before);
  await expectGolden('dry-run.log', result.log.shown);
});
