import { randomBytes } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { describe, expect, test } from '@jest/globals';
import type { Tree } from '../plant.ts';
import { scene } from './support.ts';

/** Files that a real step sends. Which ones a pattern takes is in `__tests__/unit/edge/workspace.test.ts` and `__tests__/unit/files`. */

const { run, azure, workspace } = scene();

/** What the pod finds in its working folder, the action's own folder aside. */
const LIST = 'find . -type f ! -path "./.aks-run-command/*" | LC_ALL=C sort';

const TREE: Tree = {
  '.env': 'X=1\n',
  '.git/config': '[core]\n',
  'chart/.helmignore': '*.bak\n',
  'chart/Chart.yaml': 'name: c\n',
  'chart/templates/x.yaml': 'x: 1\n',
  'k8s/a.yaml': 'a: 1\n',
  'k8s/b.yml': 'b: 1\n',
  'k8s/deep/c.yaml': 'c: 1\n',
  'k8s/deep/secret.yaml': 's: 1\n',
};

describe('which files travel', () => {
  test('an exclusion, a pattern that takes a file back, a dotfile that is spelled out, and what comes with a chart', async () => {
    const files = '# manifests\nk8s/**\n!k8s/deep\nk8s/deep/c.yaml\n.env\n\nchart/Chart.yaml';
    const result = await run({ command: LIST, files }, { tree: TREE });
    expect(result.outputs['output']?.split('\n')).toEqual([
      './.env',
      './chart/.helmignore',
      './chart/Chart.yaml',
      './k8s/a.yaml',
      './k8s/b.yml',
      './k8s/deep/c.yaml',
      '',
    ]);
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

test('links inside the workspace, packed as what they point to', async () => {
  const folder = await workspace({ 'releases/v2/app.yaml': 'v2\n', 'shared.yaml': 's\n' });
  await symlink('releases/v2', path.join(folder, 'current'));
  await symlink('shared.yaml', path.join(folder, 'linked.yaml'));
  const result = await run({ command: `${LIST}; cat linked.yaml`, files: 'current\n*.yaml' }, { workspace: folder });
  expect(result.outputs['output']).toBe('./current/app.yaml\n./linked.yaml\n./shared.yaml\ns\n');
});

describe('what is refused, before anything is submitted', () => {
  test.each([
    ['a pattern without a match', { files: 'a.yaml\nnone/*.yaml' }, 'none/*.yaml'],
    ['a file behind a link outside', { files: 'etc/hostname' }, 'etc'],
  ])('%s', async (_name, inputs, named) => {
    const submitted = azure().commands().length;
    const folder = await workspace({ 'a.yaml': 'a\n' });
    await symlink('/etc', path.join(folder, 'etc'));
    const result = await run({ command: 'echo no', ...inputs }, { workspace: folder });

    expect(result.exitCode).toBe(1);
    expect(result.outputs['state']).toBe('not-started');
    expect(result.outputs['reason']).toContain(named);
    expect(result.summary).toContain(named);
    expect(azure().commands()).toHaveLength(submitted);
  });

  test('a payload over 4 MB: the total, the limit, the biggest files', async () => {
    const tree = Object.fromEntries([3, 2, 1].map((size) => [`big-${size}.bin`, randomBytes(size * 1024 * 1024)]));
    const result = await run({ command: 'echo no', files: '*' }, { tree });

    expect(result.outputs['state']).toBe('not-started');
    expect(result.log.shown).toMatch(/4\.0 MB[^]*3\.0 MB +big-3\.bin[^]*2\.0 MB +big-2\.bin/);
  });

  test('if-no-files-found: warn goes on', async () => {
    const inputs = { command: LIST, files: 'a.yaml\nnone', 'if-no-files-found': 'warn' };
    const result = await run(inputs, { tree: { 'a.yaml': 'a' } });
    expect(result.outputs).toMatchObject({ state: 'succeeded', output: './a.yaml\n' });
    expect(result.log.commands.filter(({ name }) => name === 'warning')).toHaveLength(1);
  });
});
