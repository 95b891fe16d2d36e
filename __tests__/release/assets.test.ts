import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { readDocument, root } from '../docs/markdown.ts';
import { scratch } from '../scratch.ts';

const temp = scratch('assets');
const { version } = JSON.parse(readDocument('package.json')) as { version: string };

/** Packs a clone that was checked out under this umask: the digest, the notes, and package.json. */
function packed(umask: string): string {
  const clone = mkdtempSync(path.join(temp, 'clone-'));
  const script = `
    umask ${umask} && git clone --quiet --no-local '${root}' .
    cp -R '${root}/dist' '${root}/CHANGELOG.md' '${root}/package.json' .
    chmod -R go-rwx dist && node '${root}/scripts/release/assets.ts' ${version} out
    sha256sum out/*.tgz && cat out/notes.md && tar -xOzf out/*.tgz package/package.json`;
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], {
    cwd: clone,
    env: {
      ...process.env,
      GITHUB_REPOSITORY: 'octo-org/aks-run-command',
      GITHUB_SERVER_URL: 'https://github.com',
    },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

const usual = packed('022');

test('the package and the notes are the same under every umask', () => {
  expect(packed('077')).toBe(usual);
});

test('the notes have the command that rebuilds the tag', () => {
  expect(usual).toContain(
    `git clone --depth 1 --branch v${version} https://github.com/octo-org/aks-run-command ` +
      '&& cd aks-run-command\n',
  );
});

test('the package names its repository, and installs nothing else', () => {
  const manifest: unknown = JSON.parse(usual.slice(usual.lastIndexOf('\n{\n')));
  expect(manifest).toMatchObject({
    version,
    repository: { type: 'git', url: 'git+https://github.com/octo-org/aks-run-command.git' },
  });
  const development = [
    'dependencies',
    'devDependencies',
    'optionalDependencies',
    'scripts',
    'workspaces',
  ];
  for (const name of development) expect(manifest).not.toHaveProperty(name);
});
