import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { workspaceIn } from '../../../src/edge/disk.ts';
import { StepError, type FilesProblem } from '../../../src/failure.ts';
import type { FilesRequest } from '../../../src/files/request.ts';
import { plant, type Tree } from '../../plant.ts';
import { onLinux } from '../../tools.ts';

/** Patterns on a real disk. On made-up ones they are in `__tests__/unit/files`. */

const scratch: string[] = [];
afterAll(() => Promise.all(scratch.map((folder) => rm(folder, { recursive: true, force: true }))));

async function planted(tree: Tree): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patterns-'));
  scratch.push(folder);
  await plant(folder, tree);
  return folder;
}

async function taken(workspace: string, files: string, more: Partial<FilesRequest> = {}): Promise<string[]> {
  const request: FilesRequest = {
    patterns: files.split('\n'),
    workingDirectory: '',
    includeHidden: false,
    ifNoFilesFound: 'ignore',
    ...more,
  };
  const { files: found } = await workspaceIn({ workspace, temp: undefined }).select(request);
  return found.map((file) => file.path).sort();
}

async function problem(workspace: string, files: string, more: Partial<FilesRequest>): Promise<FilesProblem> {
  const error = await taken(workspace, files, more).then(
    (found) => new Error(`Nothing is wrong with ${found.join(' ')}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof StepError && error.failure.code === 'files') return error.failure.problem;
  throw error;
}

const TREE: Tree = {
  'k8s/a.yaml': 'a: 1\n',
  'k8s/b.yml': 'b: 1\n',
  'k8s/deep/c.yaml': 'c: 1\n',
  'k8s/deep/secret.yaml': 's: 1\n',
  'notes.md': '# notes\n',
  '.env': 'X=1\n',
  '.github/workflows/deploy.yml': 'on: push\n',
  '.git/config': '[core]\n',
  'chart/Chart.yaml': 'name: c\n',
  'chart/.helmignore': '*.bak\n',
  'chart/templates/x.yaml': 'x: 1\n',
};
const CHART = ['chart/.helmignore', 'chart/Chart.yaml'];
const K8S = ['k8s/a.yaml', 'k8s/b.yml', 'k8s/deep/c.yaml', 'k8s/deep/secret.yaml'];

describe('which files travel', () => {
  test.each<[string, string, string[], Partial<FilesRequest>?]>([
    ['a folder takes everything below it', 'k8s', K8S],
    ['a glob keeps paths', 'k8s/**/*.yaml', ['k8s/a.yaml', 'k8s/deep/c.yaml', 'k8s/deep/secret.yaml']],
    ['an exclusion', 'k8s/**/*.yaml\n!k8s/deep/secret.yaml', ['k8s/a.yaml', 'k8s/deep/c.yaml']],
    ['dotfiles stay unless spelled out', '*', [...CHART, 'chart/templates/x.yaml', ...K8S, 'notes.md']],
    ['a dotfile that is spelled out', '.env', ['.env']],
    ['a dot-folder that is spelled out', '.github/**', ['.github/workflows/deploy.yml']],
    ["a chart's .helmignore travels with its Chart.yaml", 'chart/Chart.yaml', CHART],
    ['.git when spelled out', '.git/config', ['.git/config']],
    ['working-directory is the root', '**/*.yaml', ['c.yaml', 'secret.yaml'], { workingDirectory: 'k8s/deep' }],
  ])('%s', async (_name, files, expected, more = {}) => {
    expect(await taken(await planted(TREE), files, more)).toEqual(expected);
  });

  onLinux(() => {
    test('a root with glob characters in its path', async () => {
      const folder = await planted({ 'a[b]c*?/x.yaml': 'x', 'abc/y.yaml': 'y' });
      expect(await taken(folder, '*.yaml', { workingDirectory: 'a[b]c*?' })).toEqual(['x.yaml']);
    });
  });
});

// Windows makes links for some users only, and has no modes.
onLinux(() => {
  describe('links', () => {
    test('inside the workspace, packed as what they point to', async () => {
      const folder = await planted({
        'releases/v2/app.yaml': 'v2',
        'releases/v2/deep/x.yaml': 'x',
        'shared.yaml': 's',
      });
      await symlink('releases/v2', path.join(folder, 'current'));
      await symlink('shared.yaml', path.join(folder, 'linked.yaml'));
      for (const [files, ...expected] of [
        ['current', 'current/app.yaml', 'current/deep/x.yaml'],
        ['current/*.yaml', 'current/app.yaml'],
        ['current/**\n!current/deep/**', 'current/app.yaml'],
        ['linked.yaml', 'linked.yaml'],
        ['**/x.yaml', 'current/deep/x.yaml', 'releases/v2/deep/x.yaml'],
      ])
        expect([files, ...(await taken(folder, files ?? ''))]).toEqual([files, ...expected]);
    });

    test('to .git, under another name, are passed over', async () => {
      const folder = await planted({ 'a.yaml': 'a', '.git/config': 'token' });
      await symlink('.git', path.join(folder, 'g'));
      await symlink('.git/config', path.join(folder, 'c'));
      for (const files of ['*', '**', 'a.yaml\ng/*\nc'])
        expect([files, ...(await taken(folder, files))]).toEqual([files, 'a.yaml']);
    });

    test('to the workspace itself: an absolute pattern by either name', async () => {
      const folder = await planted({ 'real/a.yaml': 'a' });
      await symlink('real', path.join(folder, 'alias'));
      for (const name of ['real', 'alias'])
        expect(await taken(path.join(folder, 'alias'), path.join(folder, name, '*.yaml'))).toEqual(['a.yaml']);
    });

    test('out of the workspace, where only the way of a pattern crosses it, are passed over', async () => {
      const folder = await planted({ 'a.yaml': 'a' });
      await symlink('/', path.join(folder, 'x'));
      expect(await taken(folder, '**/*.yaml')).toEqual(['a.yaml']);
    });
  });

  describe('what is refused', () => {
    const outside = async () => {
      const folder = await planted({ 'a.yaml': 'a', '.aks-run-command/readme': 'r' });
      const links = { host: '/etc/hostname', etc: '/etc', broken: 'nowhere', loop: '.' };
      for (const [name, target] of Object.entries(links)) await symlink(target, path.join(folder, name));
      await symlink('../a.yaml', path.join(folder, '.aks-run-command', 'command.sh'));
      return folder;
    };

    test.each<[string, string, FilesProblem['kind'], string, Partial<FilesRequest>?]>([
      ['a link to a file outside', 'host', 'outside', 'host'],
      ['a link to a folder outside', 'etc', 'outside', 'etc'],
      ['a pattern through a link outside', 'etc/host*', 'outside', 'etc'],
      ['a file behind a link outside', 'etc/hostname', 'outside', 'etc'],
      ['a file behind a link cycle', 'loop/a.yaml', 'link-cycle', 'loop'],
      ['a broken link', 'broken', 'broken-link', 'broken'],
      ['a link cycle', 'loop', 'link-cycle', 'loop'],
      ['a pattern with ..', '../*', 'invalid-pattern', '../*'],
      ['an absolute pattern outside', '/etc/passwd', 'invalid-pattern', '/etc/passwd'],
      ["the action's own folder", '.aks-run-command/**', 'own-folder', '.aks-run-command/'],
      ['a working-directory outside', '*', 'working-directory-outside', '..', { workingDirectory: '..' }],
      ['a working-directory that is missing', '*', 'working-directory-missing', 'nope', { workingDirectory: 'nope' }],
    ])('%s', async (_name, files, kind, named, more = {}) => {
      const found = await problem(await outside(), files, more);
      expect(found).toMatchObject({ kind, path: expect.stringContaining(named) });
    });

    test('a file that cannot be read', async () => {
      const folder = await planted({ 'a.yaml': 'a' });
      await chmod(path.join(folder, 'a.yaml'), 0);
      // Root reads everything.
      if (process.getuid?.() === 0) expect(await taken(folder, 'a.yaml')).toEqual(['a.yaml']);
      else expect(await problem(folder, 'a.yaml', {})).toMatchObject({ kind: 'unreadable', path: 'a.yaml' });
    });

    test('a folder that cannot be listed', async () => {
      const folder = await planted({ 'a.yaml': 'a' });
      await mkdir(path.join(folder, 'closed'), { mode: 0 });
      if (process.getuid?.() === 0) expect(await taken(folder, 'closed\na.yaml')).toEqual(['a.yaml']);
      else expect(await problem(folder, 'closed', {})).toMatchObject({ kind: 'unreadable' });
    });
  });
});
