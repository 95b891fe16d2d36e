import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scratch } from '../scratch.ts';
import { blocksOf, readDocument } from './markdown.ts';

// The README's commands that set up an identity, with stand-ins for az and gh.

const temp = scratch('setup');
const bin = path.join(temp, 'bin');
mkdirSync(bin);
const CLUSTER =
  '/subscriptions/1/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/prod';

function stand(name: string, script: string): void {
  writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, name), 0o755);
}

stand(
  'az',
  `case $* in
    *'aks show'*) echo ${CLUSTER} ;;
    *'app create'*) echo app ;;
    *'sp create'*) echo principal ;;
    *'account show'*) echo tenant ;;
    *'role assignment'*) echo "$*" >>assignments ;;
  esac`,
);
stand(
  'gh',
  `case $* in
    *customization/sub*)
      if [ "$PREFIX" = 404 ]; then echo '{"status":"404"}'; exit 1; fi
      echo "$PREFIX" ;;
    *'variable set'*) echo "$*" >>variables ;;
  esac`,
);

const [, section = ''] = readDocument('README.md').split('\n## Set up\n');
const [commands, inKubernetes] = blocksOf(section, 'sh');

function setUp(prefix: string) {
  const folder = mkdtempSync(path.join(temp, 'run-'));
  const script = `${commands?.text ?? ''}${inKubernetes?.text ?? ''}`;
  const env = { PATH: `${bin}:${process.env['PATH']}`, PREFIX: prefix };
  const { status } = spawnSync('sh', ['-ec', script], { cwd: folder, env });
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  return { status, read };
}

test.each([
  ['numeric IDs', 'repo:acme@1/shop@2', 'repo:acme@1/shop@2:environment:production'],
  ['names', '', 'repo:OWNER/REPO:environment:production'],
  ['names, on a server that has no such question', '404', 'repo:OWNER/REPO:environment:production'],
])('the subject has %s, as GitHub says', (_name, prefix, subject) => {
  const { status, read } = setUp(prefix);
  expect(status).toBe(0);
  expect(JSON.parse(read('credential.json'))).toMatchObject({ subject });
});

test('the role can be assigned in the resource group, and is assigned on the cluster alone', () => {
  const { read } = setUp('');
  expect(JSON.parse(read('role.json'))).toMatchObject({
    AssignableScopes: ['/subscriptions/1/resourceGroups/shop'],
  });
  const scopes = read('assignments').match(/--scope \S+/g);
  expect(scopes).toEqual([`--scope ${CLUSTER}`, `--scope ${CLUSTER}/namespaces/shop`]);
  expect(read('variables')).toContain(
    `AKS_CLUSTER_ID --repo OWNER/REPO --env production --body ${CLUSTER}`,
  );
});
