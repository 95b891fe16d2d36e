import { randomBytes } from 'node:crypto';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { describe, expect, test } from '@jest/globals';
import { scene, type Tree } from './support.ts';

const { run, azure, workspace } = scene();

/** What the pod finds in its working folder, the action's own folder aside. */
const LIST = 'find . -type f ! -path "./.aks-run-command/*" | LC_ALL=C sort';

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

describe('which files travel', () => {
  test.each([
    [
      'a folder takes everything below it',
      'k8s',
      ['k8s/a.yaml', 'k8s/b.yml', 'k8s/deep/c.yaml', 'k8s/deep/secret.yaml'],
    ],
    ['a glob keeps paths', 'k8s/**/*.yaml', ['k8s/a.yaml', 'k8s/deep/c.yaml', 'k8s/deep/secret.yaml']],
    ['an exclusion', 'k8s/**/*.yaml\n!k8s/deep/secret.yaml', ['k8s/a.yaml', 'k8s/deep/c.yaml']],
    [
      'an exclusion, then a pattern that takes it back',
      'k8s/**\n!k8s/deep\nk8s/deep/c.yaml',
      ['k8s/a.yaml', 'k8s/b.yml', 'k8s/deep/c.yaml'],
    ],
    ['comments and blank lines', '# manifests\n\nk8s/*.yml\n', ['k8s/b.yml']],
    [
      'dotfiles stay unless spelled out',
      '*',
      [
        'chart/.helmignore',
        'chart/Chart.yaml',
        'chart/templates/x.yaml',
        'k8s/a.yaml',
        'k8s/b.yml',
        'k8s/deep/c.yaml',
        'k8s/deep/secret.yaml',
        'notes.md',
      ],
    ],
    ['a dotfile that is spelled out', '.env', ['.env']],
    ['a dot-folder that is spelled out', '.github/**', ['.github/workflows/deploy.yml']],
    [
      "a chart's .helmignore travels with its Chart.yaml",
      'chart/Chart.yaml',
      ['chart/.helmignore', 'chart/Chart.yaml'],
    ],
    ['.git when spelled out', '.git/config', ['.git/config']],
  ])('%s', async (_name, files, expected) => {
    const result = await run({ command: LIST, files }, { tree: TREE });
    expect(result.outputs['output']).toBe(expected.map((name) => `./${name}\n`).join(''));
  });

  test('include-hidden-files takes dotfiles, and still not .git', async () => {
    const result = await run({ command: LIST, files: '.', 'include-hidden-files': 'true' }, { tree: TREE });
    expect(result.outputs['output']).toContain('./.env\n');
    expect(result.outputs['output']).not.toContain('.git/');
  });

  test('working-directory is the root of patterns and paths', async () => {
    const result = await run({ command: LIST, files: '**/*.yaml', 'working-directory': 'k8s/deep' }, { tree: TREE });
    expect(result.outputs['output']).toBe('./c.yaml\n./secret.yaml\n');
  });

  test('a root with glob characters in its path', async () => {
    const result = await run(
      { command: LIST, files: '*.yaml', 'working-directory': 'a[b]c*?' },
      { tree: { 'a[b]c*?/x.yaml': 'x', 'abc/y.yaml': 'y' } },
    );
    expect(result.outputs['output']).toBe('./x.yaml\n');
  });

  test('odd names arrive as they are', async () => {
    const names = ["it's.yaml", 'sp ace.yaml', 'ünï-文.yaml', '$(id).yaml', '[x].yaml', '-rf.yaml', '::error::x.yaml'];
    const result = await run(
      { command: LIST, files: '*.yaml' },
      { tree: Object.fromEntries(names.map((name) => [name, name])) },
    );
    expect(result.outputs['output']?.split('\n').filter(Boolean).sort()).toEqual(
      names.map((name) => `./${name}`).sort(),
    );
  });
});

describe('how files arrive', () => {
  test('a 70 kB binary, byte for byte', async () => {
    const content = randomBytes(70_000);
    const result = await run(
      { command: "base64 <blob.bin | tr -d '\\n'", files: 'blob.bin' },
      { tree: { 'blob.bin': content } },
    );
    expect(result.outputs['output']).toBe(content.toString('base64').slice(-98_304));
  });

  test('executable bits', async () => {
    const tree = {
      'run.sh': { content: '#!/bin/sh\necho ran\n', mode: 0o755 },
      'data.txt': { content: 'x', mode: 0o640 },
    };
    const result = await run({ command: './run.sh; ls -l data.txt | cut -c1-10', files: '*' }, { tree });
    expect(result.outputs['output']).toBe('ran\n-rw-r-----\n');
  });

  test('the same inputs give the same zip', async () => {
    const folder = await workspace(TREE);
    const inputs = { command: 'echo same', files: 'k8s', env: 'A=1' };
    await run(inputs, { workspace: folder });
    await run(inputs, { workspace: folder, env: { GITHUB_RUN_ID: '77', GITHUB_REF: 'refs/heads/other' } });
    const contexts = azure()
      .requests()
      .filter(({ operation }) => operation === 'run-command')
      .slice(-2)
      .map(({ body }) => (JSON.parse(body) as { context: string }).context);
    // The boundary is random, and is all that differs.
    const [one, other] = contexts.map((context) =>
      new AdmZip(Buffer.from(context, 'base64'))
        .getEntries()
        .filter(({ entryName }) => entryName !== '.aks-run-command/boundary')
        .map((entry) => [entry.entryName, entry.header.attr, entry.header.time, entry.getData().toString('base64')]),
    );
    expect(one?.length).toBeGreaterThan(3);
    expect(one).toEqual(other);
  });
});

describe('links', () => {
  test('inside the workspace, packed as what they point to', async () => {
    const folder = await workspace({
      'releases/v2/app.yaml': 'v2\n',
      'releases/v2/deep/x.yaml': 'x\n',
      'shared.yaml': 's\n',
    });
    await symlink('releases/v2', path.join(folder, 'current'));
    await symlink('shared.yaml', path.join(folder, 'linked.yaml'));
    for (const [files, expected] of [
      ['current', './current/app.yaml\n./current/deep/x.yaml\n'],
      ['current/*.yaml', './current/app.yaml\n'],
      ['current/**\n!current/deep/**', './current/app.yaml\n'],
      ['linked.yaml', './linked.yaml\n'],
      ['**/x.yaml', './current/deep/x.yaml\n./releases/v2/deep/x.yaml\n'],
    ]) {
      const result = await run({ command: LIST, files: files ?? '' }, { workspace: folder });
      expect([files, result.outputs['output']]).toEqual([files, expected]);
    }
  });

  test('to .git, under another name, are passed over', async () => {
    const folder = await workspace({ 'a.yaml': 'a\n', '.git/config': 'token\n' });
    await symlink('.git', path.join(folder, 'g'));
    await symlink('.git/config', path.join(folder, 'c'));
    for (const files of ['*', '**', 'a.yaml\ng/*\nc']) {
      const result = await run({ command: LIST, files, 'if-no-files-found': 'ignore' }, { workspace: folder });
      expect([files, result.outputs['output']]).toEqual([files, './a.yaml\n']);
    }
  });

  test('to the workspace itself: an absolute pattern by either name', async () => {
    const folder = await workspace({ 'real/a.yaml': 'a\n' });
    await symlink('real', path.join(folder, 'alias'));
    for (const name of ['real', 'alias']) {
      const result = await run(
        { command: LIST, files: path.join(folder, name, '*.yaml') },
        { workspace: path.join(folder, 'alias') },
      );
      expect(result.outputs['output']).toBe('./a.yaml\n');
    }
  });

  test('out of the workspace, where only the way of a pattern crosses it, are passed over', async () => {
    const folder = await workspace({ 'a.yaml': 'a\n' });
    await symlink('/', path.join(folder, 'x'));
    const result = await run({ command: LIST, files: '**/*.yaml' }, { workspace: folder });
    expect(result.outputs['output']).toBe('./a.yaml\n');
  });
});

describe('what is refused, before anything is submitted', () => {
  const outside = async () => {
    const folder = await workspace({ 'a.yaml': 'a\n' });
    await symlink('/etc/hostname', path.join(folder, 'host'));
    await symlink('/etc', path.join(folder, 'etc'));
    await symlink('nowhere', path.join(folder, 'broken'));
    await symlink('.', path.join(folder, 'loop'));
    await mkdir(path.join(folder, '.aks-run-command'));
    await symlink('../a.yaml', path.join(folder, '.aks-run-command', 'command.sh'));
    return folder;
  };

  test.each([
    ['a pattern without a match', { files: 'a.yaml\nnone/*.yaml' }, 'none/*.yaml'],
    ['a link to a file outside', { files: 'host' }, 'host'],
    ['a link to a folder outside', { files: 'etc' }, 'etc'],
    ['a pattern through a link outside', { files: 'etc/host*' }, 'etc'],
    ['a file behind a link outside', { files: 'etc/hostname' }, 'etc'],
    ['a file behind a link cycle', { files: 'loop/a.yaml' }, 'loop'],
    ['a broken link', { files: 'broken' }, 'broken'],
    ['a link cycle', { files: 'loop' }, 'loop'],
    ['a pattern with ..', { files: '../*' }, '../*'],
    ['an absolute pattern outside', { files: '/etc/passwd' }, '/etc/passwd'],
    ["the action's own folder", { files: '.aks-run-command/**' }, '.aks-run-command/command.sh'],
    ['a working-directory outside', { files: '*', 'working-directory': '..' }, '..'],
    ['a working-directory that is missing', { files: '*', 'working-directory': 'nope' }, 'nope'],
  ])('%s', async (_name, inputs, named) => {
    const submitted = azure().commands().length;
    const result = await run({ command: 'echo no', ...inputs }, { workspace: await outside() });

    expect(result.exitCode).toBe(1);
    expect(result.outputs['state']).toBe('not-started');
    expect(result.outputs['reason']).toContain(named);
    expect(result.summary).toContain(named);
    expect(azure().commands()).toHaveLength(submitted);
  });

  test('an unreadable file', async () => {
    const folder = await workspace({ 'a.yaml': 'a\n', 'folder/b.yaml': 'b\n' });
    // Root reads everything: a folder in the place of a file name that cannot be opened is not to be had, a socket is.
    await chmod(path.join(folder, 'a.yaml'), 0);
    const asRoot = process.getuid?.() === 0;
    const result = await run({ command: 'echo no', files: 'a.yaml' }, { workspace: folder });
    if (!asRoot) expect(result.outputs['reason']).toContain('a.yaml');
    expect(result.outputs['state']).toBe(asRoot ? 'succeeded' : 'not-started');
  });

  test('a payload over 4 MB: the total, the limit, the biggest files', async () => {
    const tree = Object.fromEntries([3, 2, 1].map((size) => [`big-${size}.bin`, randomBytes(size * 1024 * 1024)]));
    const result = await run({ command: 'echo no', files: '*' }, { tree });

    expect(result.outputs['state']).toBe('not-started');
    expect(result.log.shown).toMatch(/4\.0 MB[^]*3\.0 MB +big-3\.bin[^]*2\.0 MB +big-2\.bin/);
  });

  test.each([
    ['warn', 1],
    ['ignore', 0],
  ])('if-no-files-found: %s goes on', async (mode, warnings) => {
    const result = await run(
      { command: LIST, files: 'a.yaml\nnone', 'if-no-files-found': mode },
      { tree: { 'a.yaml': 'a' } },
    );
    expect(result.outputs).toMatchObject({ state: 'succeeded', output: './a.yaml\n' });
    expect(result.log.commands.filter(({ name }) => name === 'warning')).toHaveLength(warnings);
  });
});
