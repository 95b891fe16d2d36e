import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

// __tests__/release tests what a release leaves out of it, so that nothing else is installed.
test('the package has one program, which is the bundle of the action', () => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const manifest: unknown = JSON.parse(text);
  expect(manifest).toMatchObject({
    bin: { 'aks-run-command': 'dist/index.js' },
    files: ['dist', 'docs/COMMAND_LINE.md'],
    engines: { node: '>=22.21' },
  });
  expect(text).not.toContain('OWNER');
  for (const name of ['private', 'repository', 'peerDependencies', 'bundleDependencies']) {
    expect(manifest).not.toHaveProperty(name);
  }
});
