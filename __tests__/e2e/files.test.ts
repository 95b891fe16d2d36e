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

const ODD = [
  "it's.yaml",
  'sp ace.yaml',
  'ünï-文.yaml',
  '$(id).yaml',
  '[x].yaml',
  '-rf.yaml',
  '::error::x.yaml',
].map((name) => `odd/${name}`);

test('what patterns match, the files of a chart, links inside the workspace, and odd names', async () => {
  const names = [
    ...ODD,
    '.env',
    '.git/config',
    'chart/.helmignore',
    'chart/Chart.yaml',
    'k8s/a.yaml',
    'k8s/deep/b.yaml',
    'releases/v2/app.yaml',
    'shared.yaml',
  ];
  const tree = Object.fromEntries(names.map((name) => [name, `${name}\n`]));
  const folder = workspace({ ...tree, 'run.sh': `#!/bin/sh\n${LIST}\n` });
  await symlink('releases/v2', path.join(folder, 'current'));
  await symlink('shared.yaml', path.join(folder, 'linked.yaml'));
  const files =
    '# manifests\nk8s/**\n!k8s/deep\n.env\n\nchart/Chart.yaml\ncurrent\nlinked.yaml\nodd/*\n*.sh';
  const command = './run.sh; cat linked.yaml; ls -l odd/-rf.yaml | cut -c1-10';
  const result = await run({ command, files }, { workspace: folder });
  const sent = [
    ...ODD,
    '.env',
    'chart/.helmignore',
    'chart/Chart.yaml',
    'current/app.yaml',
    'k8s/a.yaml',
    'linked.yaml',
    'run.sh',
  ];
  const lines = [...sent.map((name) => `./${name}`), 'shared.yaml', '-rw-r-----'];
  expect(result.outputs['output']?.split('\n').filter(Boolean).sort()).toEqual(lines.sort());
});
