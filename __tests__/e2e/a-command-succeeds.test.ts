import { expect, test } from '@jest/globals';
import { expectGolden, scene } from './support.ts';

const { run } = scene();

test.each(['plain', 'entra'])('on the %s cluster', async (cluster) => {
  const result = await run({ cluster, command: 'echo "hello from the cluster"' });

  expect(result.exitCode).toBe(0);
  expect(result.stderr).toBe('');
  expect(result.outputs).toMatchObject({
    state: 'succeeded',
    'exit-code': '0',
    output: 'hello from the cluster\n',
    'output-truncated': 'false',
    reason: '',
  });
  await expectGolden(`succeeds-${cluster}.log`, result.log.shown);
  await expectGolden(`succeeds-${cluster}.md`, result.summary);
});
