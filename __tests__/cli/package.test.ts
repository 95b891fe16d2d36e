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

test('the package names the repository that releases it, and the sources name none', () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const release = readFileSync(new URL('../../.github/workflows/release.yml', import.meta.url), 'utf8');
  expect(manifest).not.toMatch(/OWNER|"repository"/);
  expect(release).toMatch(/npm pkg set repository\.type=git "repository\.url=.*\$GITHUB_REPOSITORY\.git"\n +tarball=/);
});
