import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('the package: one bin, which is the bundle of the action; nothing else is installed with it', () => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const manifest: unknown = JSON.parse(text);
  expect(manifest).toMatchObject({
    bin: { 'aks-run-command': 'dist/index.js' },
    files: ['dist', 'docs/COMMAND_LINE.md'],
    engines: { node: '>=22.21' },
  });
  expect(text).not.toContain('OWNER');
  for (const name of [
    'private',
    'repository',
    'dependencies',
    'peerDependencies',
    'bundleDependencies',
  ]) {
    expect(manifest).not.toHaveProperty(name);
  }
});
