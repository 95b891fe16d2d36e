import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Tree } from '../plant.ts';
import { scene } from './support.ts';

/** Files that a real step sends. `__tests__/unit/files` proves which ones a pattern takes, and how they are packed. */

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

  test('odd names arrive as they are, and so do executable bits', async () => {
    const names = ["it's.yaml", 'sp ace.yaml', 'ünï-文.yaml', '$(id).yaml', '[x].yaml', '-rf.yaml', '::error::x.yaml'];
    const tree = {
      ...Object.fromEntries(names.map((name) => [name, { content: name, mode: 0o640 }])),
      'run.sh': { content: `#!/bin/sh\n${LIST}\n`, mode: 0o755 },
    };
    const result = await run({ command: './run.sh; ls -l -- -rf.yaml | cut -c1-10', files: '*' }, { tree });
    const lines = [...names, 'run.sh'].map((name) => `./${name}`);
    expect(result.outputs['output']?.split('\n').filter(Boolean).sort()).toEqual([...lines, '-rw-r-----'].sort());
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

  test('if-no-files-found: warn goes on', async () => {
    const inputs = { command: LIST, files: 'a.yaml\nnone', 'if-no-files-found': 'warn' };
    const result = await run(inputs, { tree: { 'a.yaml': 'a' } });
    expect(result.outputs).toMatchObject({ state: 'succeeded', output: './a.yaml\n' });
    expect(result.log.commands.filter(({ name }) => name === 'warning')).toHaveLength(1);
  });
});
