import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scene } from './support.ts';

/**
 * Files that a real step sends. `__tests__/unit/files` proves which ones a pattern takes, and what
 * is refused.
 */

const { run, workspace } = scene();

/** What the pod finds in its working folder, except the action's own folder. */
const LIST = 'find . -type f ! -path "./.aks-run-command/*" | LC_ALL=C sort';

test('what patterns match, the files of a chart, and links inside the workspace', async () => {
  const names = [
    '.env',
    '.git/config',
    'chart/.helmignore',
    'chart/Chart.yaml',
    'k8s/a.yaml',
    'k8s/deep/b.yaml',
  ];
  const tree = Object.fromEntries(
    [...names, 'releases/v2/app.yaml', 'shared.yaml'].map((name) => [name, `${name}\n`]),
  );
  const folder = workspace(tree);
  await symlink('releases/v2', path.join(folder, 'current'));
  await symlink('shared.yaml', path.join(folder, 'linked.yaml'));
  const files = '# manifests\nk8s/**\n!k8s/deep\n.env\n\nchart/Chart.yaml\ncurrent\nlinked.yaml';
  const result = await run({ command: `${LIST}; cat linked.yaml`, files }, { workspace: folder });
  const sent = [
    '.env',
    'chart/.helmignore',
    'chart/Chart.yaml',
    'current/app.yaml',
    'k8s/a.yaml',
    'linked.yaml',
  ];
  expect(result.outputs['output']).toBe(
    [...sent.map((name) => `./${name}\n`), 'shared.yaml\n'].join(''),
  );
});

test('odd names arrive as they are, and so do executable bits', async () => {
  const names = [
    "it's.yaml",
    'sp ace.yaml',
    'ünï-文.yaml',
    '$(id).yaml',
    '[x].yaml',
    '-rf.yaml',
    '::error::x.yaml',
  ];
  const tree = {
    ...Object.fromEntries(names.map((name) => [name, name])),
    'run.sh': `#!/bin/sh\n${LIST}\n`,
  };
  const result = await run(
    { command: './run.sh; ls -l -- -rf.yaml | cut -c1-10', files: '*' },
    { tree },
  );
  const lines = [...names, 'run.sh'].map((name) => `./${name}`);
  expect(result.outputs['output']?.split('\n').filter(Boolean).sort()).toEqual(
    [...lines, '-rw-r-----'].sort(),
  );
});
