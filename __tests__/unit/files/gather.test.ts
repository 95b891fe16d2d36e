import { expect, test } from '@jest/globals';
import { gather } from '../../../src/files/gather.ts';
import type { FilesRequest } from '../../../src/files/request.ts';
import { workspaceOn } from '../../../src/files/workspace.ts';
import { plainDisk, type Tree } from './plain-disk.ts';

const TREE: Tree = {
  ws: { k8s: { 'app.yaml': 'a' }, 'run.sh': '#!/bin/sh\r\n' },
  temp: {},
};

async function gathered(files: string, ifNoFilesFound: FilesRequest['ifNoFilesFound']) {
  const warnings: string[] = [];
  const request = { patterns: files.split('\n'), workingDirectory: '', includeHidden: false, ifNoFilesFound };
  const workspace = workspaceOn(plainDisk(TREE), { workspace: '/ws', temp: '/temp' });
  const found = await gather(request, workspace, (warning) => warnings.push(warning));
  return { paths: found.map(({ path }) => path), warnings };
}

test.each<[string, string, FilesRequest['ifNoFilesFound'], readonly string[], readonly string[]]>([
  ['all is well', 'k8s', 'error', ['k8s/app.yaml'], []],
  [
    'a pattern that takes nothing, with what was meant',
    'k8s/app.yml',
    'warn',
    [],
    ['No files were found for "k8s/app.yml".', 'Did you mean k8s/app.yaml?'],
  ],
  ['the same, where nobody wants to know', 'k8s/app.yml', 'ignore', [], []],
  [
    'only exclusions',
    '!k8s',
    'error',
    [],
    ['No files were sent: every pattern begins with ! and excludes files. First list what to send, such as k8s/.'],
  ],
  [
    'an exclusion of nothing',
    'k8s\n!k8s/b.yaml',
    'error',
    ['k8s/app.yaml'],
    ['The exclusion !k8s/b.yaml matches none of the files to send. An exclusion applies to the patterns above it.'],
  ],
  [
    'a script with line endings of Windows',
    'run.sh',
    'error',
    ['run.sh'],
    [
      `The script run.sh has Windows line endings (CRLF), so the pod cannot run it. Add "*.sh text eol=lf" to .gitattributes.`,
    ],
  ],
])('the warnings: %s', async (_name, files, ifNoFilesFound, paths, warnings) => {
  expect(await gathered(files, ifNoFilesFound)).toEqual({ paths, warnings });
});

test('a pattern that takes nothing is an error that names it, and what was meant', async () => {
  await expect(gathered('k8s\nk8s/app.yml', 'error')).rejects.toMatchObject({
    failure: {
      code: 'files',
      problem: { kind: 'no-match', patterns: ['k8s/app.yml'], advice: { hints: ['Did you mean k8s/app.yaml?'] } },
    },
  });
});
