import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../docs/markdown.ts';
import { scratch } from '../scratch.ts';

// `npm run own` on a copy of the checkout, as if someone had just created the repository from it.

const copy = path.join(scratch('own'), 'copy');
const git = (cwd: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x', ...words], {
    cwd,
    encoding: 'utf8',
  });

for (const file of git(root, 'ls-files', '-z').split('\0').filter(Boolean)) {
  mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
  cpSync(path.join(root, file), path.join(copy, file), { force: true });
}
symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
git(copy, 'init', '--quiet');
writeFileSync(path.join(copy, '.git/info/exclude'), 'node_modules\n');
git(copy, 'add', '--all');
git(copy, 'commit', '--quiet', '--message', 'As it was created');

function own(...words: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/release/own.ts', ...words], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, stderr };
}

const before = own('--check');

// Once the owner is filled in, there is nothing left to fill in.
if (before.status === 0) {
  test('the owner is filled in', () => {
    expect(before).toEqual({ status: 0, stderr: '' });
  });
} else {
  fillingIn();
}

function fillingIn(): void {
  test('a placeholder that stands fails the check, with the files and the command', () => {
    expect(before.status).toBe(1);
    expect(before.stderr).toMatch(/^OWNER is not filled in: npm run own -- /);
    for (const file of ['README.md', 'SECURITY.md', '.github/CODEOWNERS', 'examples/fleet.yml'])
      expect(before.stderr).toContain(`\n${file}\n`);
  });

  test.each([
    ['nothing', []],
    ['no reviewer', ['acme/aks-run-command']],
    ['a reviewer without @', ['acme/aks-run-command', 'acme/platform']],
    ['another name for the repository, which the package has', ['acme/aks', '@acme/platform']],
    ['a URL', ['https://github.com/acme/aks-run-command', '@acme/platform']],
  ])('%s is refused, and changes nothing', (_name, words) => {
    expect(own(...words)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Usage: /) });
    expect(git(copy, 'status', '--porcelain')).toBe('');
  });

  test('the owner is filled in everywhere, documents pass, dist and src are unchanged', () => {
    expect(own('acme/aks-run-command', '@acme/platform')).toEqual({ status: 0, stderr: '' });
    expect(own('--check').status).toBe(0);
    expect(git(copy, 'show', ':.github/CODEOWNERS')).toContain('@OWNER');
    const left = git(
      copy,
      'grep',
      '--no-color',
      '--fixed-strings',
      'OWNER',
      '--',
      '*.md',
      '*.yml',
      '.github',
    )
      .split('\n')
      .filter(Boolean)
      // Those that stand for the repository of whoever uses the action, in commands that say so.
      .filter((line) => !/OWNER\/REPO|OWNER is not/.test(line));
    expect(left).toEqual([]);
    const changed = git(copy, 'diff', '--name-only').split('\n');
    expect(changed.filter((file) => /^(?:dist|src)\//.test(file))).toEqual([]);

    const documents = ['__tests__/docs', '__tests__/cli/package.test.ts'];
    const { status, stderr } = spawnSync('npm', ['test', '--', '--maxWorkers=2', ...documents], {
      cwd: copy,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });
}
