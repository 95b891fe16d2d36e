import { expect, test } from '@jest/globals';
import { expectGolden, scene } from './support.ts';

const { run } = scene();

test('with 0', async () => {
  const result = await run({ command: 'echo "hello from the cluster"' });

  expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode: 0, stderr: '' });
  const ended = { state: 'succeeded', 'exit-code': '0', 'output-truncated': 'false', reason: '' };
  expect(result.outputs).toMatchObject({ ...ended, output: 'hello from the cluster\n' });
  await expectGolden('succeeds.log', result.log.shown);
  await expectGolden('succeeds.md', result.summary);
});

test('with 3', async () => {
  const result = await run({ command: 'echo before\nfalse || exit 3\necho after' });

  expect(result.exitCode).toBe(1);
  expect(result.outputs).toMatchObject({ state: 'failed', 'exit-code': '3', output: 'before\n' });
  const errors = result.log.commands.filter(({ name }) => name === 'error');
  expect(errors).toMatchObject([{ properties: { title: 'plain: failed' } }]);
  expect(errors[0]?.data).toContain('before');
  await expectGolden('exits-3.log', result.log.shown);
  await expectGolden('exits-3.md', result.summary);
});
