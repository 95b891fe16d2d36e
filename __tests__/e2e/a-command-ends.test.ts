import { expect, test } from '@jest/globals';
import { expectGolden, scene } from './support.ts';

const { run } = scene();

test.each(['plain', 'entra'])('with 0 on the %s cluster', async (cluster) => {
  const result = await run({ cluster, command: 'echo "hello from the cluster"' });

  expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode: 0, stderr: '' });
  const ended = { state: 'succeeded', 'exit-code': '0', 'output-truncated': 'false', reason: '' };
  expect(result.outputs).toMatchObject({ ...ended, output: 'hello from the cluster\n' });
  await expectGolden(`succeeds-${cluster}.log`, result.log.shown);
  await expectGolden(`succeeds-${cluster}.md`, result.summary);
});

test.each(['plain', 'entra'])('with 3 on the %s cluster', async (cluster) => {
  const result = await run({ cluster, command: 'echo before\nfalse || exit 3\necho after' });

  expect(result.exitCode).toBe(1);
  expect(result.outputs).toMatchObject({ state: 'failed', 'exit-code': '3', output: 'before\n' });
  const errors = result.log.commands.filter(({ name }) => name === 'error');
  expect(errors).toMatchObject([{ properties: { title: `${cluster}: exit code 3` } }]);
  expect(errors[0]?.data).toContain('before');
  await expectGolden(`exits-3-${cluster}.log`, result.log.shown);
  await expectGolden(`exits-3-${cluster}.md`, result.summary);
});
