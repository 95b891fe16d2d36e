import { expect, test } from '@jest/globals';
import { expectGolden, scene } from './support.ts';

const { run } = scene();

test.each(['plain', 'entra'])('on the %s cluster', async (cluster) => {
  const result = await run({ cluster, command: 'echo before\nfalse || exit 3\necho after' });

  expect(result.exitCode).toBe(1);
  expect(result.outputs).toMatchObject({ state: 'failed', 'exit-code': '3', output: 'before\n' });
  const errors = result.log.commands.filter(({ name }) => name === 'error');
  expect(errors.map(({ properties }) => properties)).toEqual([{ title: `${cluster}: exit code 3` }]);
  expect(errors[0]?.data).toContain('before');
  await expectGolden(`exits-3-${cluster}.log`, result.log.shown);
  await expectGolden(`exits-3-${cluster}.md`, result.summary);
});
