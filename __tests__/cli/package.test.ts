import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('the package: one bin, which is the bundle of the action; nothing else is installed with it', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(manifest).toMatchObject({
    bin: { 'aks-run-command': 'dist/index.js' },
    files: ['dist', 'docs/COMMAND_LINE.md'],
    engines: { node: '>=22.21' },
  });
  for (const name of ['private', 'dependencies', 'peerDependencies', 'bundleDependencies']) {
    expect(manifest).not.toHaveProperty(name);
  }
});

test('the repository does not say who owns it', () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  expect(manifest).not.toMatch(/OWNER|"repository"/);
});
