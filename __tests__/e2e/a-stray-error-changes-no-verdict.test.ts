import { expect, test } from '@jest/globals';
import { scene } from './support.ts';

const { run } = scene();

test('an error and a rejection that nothing waits for', async () => {
  const stray = encodeURIComponent(
    'setTimeout(() => { throw new Error("stray") }, 150); setTimeout(() => Promise.reject("lost"), 150)',
  );
  const result = await run(
    { command: 'sleep 0.3; echo ok' },
    { env: { NODE_OPTIONS: `--import=data:text/javascript,${stray}` } },
  );

  expect(result.stderr).toBe('');
  expect(result.outputs).toMatchObject({ state: 'succeeded', output: 'ok\n' });
  expect(result.stdout).toContain('::debug::Unhandled error: stray');
  expect(result.stdout).toContain('::debug::Unhandled error: lost');
});
