import { expect, test } from '@jest/globals';
import { scene } from './support.ts';

const { run, azure } = scene();

test('the debug log included', async () => {
  const secret = 'correct-horse-battery-staple';
  const fileContent = 'content-of-a-file-that-nobody-prints';
  const result = await run(
    { cluster: 'entra', command: 'test -n "$PASSWORD"', files: 'a.txt', env: `PASSWORD=${secret}` },
    { tree: { 'a.txt': fileContent } },
  );
  expect(result.outputs['state']).toBe('succeeded');
  expect(result.stdout).toMatch(/::debug::POST .* 202/);
  const everything = [
    result.stdout,
    result.stderr,
    result.summary,
    JSON.stringify(result.outputs),
  ].join('\n');
  for (const hidden of [secret, fileContent]) expect(everything).not.toContain(hidden);
  expect(azure().issuedTokens().length).toBeGreaterThan(0);
});
