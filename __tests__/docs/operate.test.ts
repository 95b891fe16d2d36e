import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { scratch } from '../support/scratch.ts';
import { installAzAndGh, linesOf, newTenant, paste, type Tenant } from './az-and-gh.ts';
import { blocksOf, readDocument } from './markdown.ts';

// The commands of docs/OPERATE.md, with stand-ins for az and gh, in a tenant that has a second
// identity, which they must spare.

const temp = scratch('operate');
const bin = path.join(temp, 'bin');
mkdirSync(bin);
installAzAndGh(bin);

const CLUSTER_ID = '/subscriptions/1/managedClusters/weu';
const document = readDocument('docs/OPERATE.md');

function tenantInUse(): Tenant {
  const tenant = newTenant(temp);
  const write = (file: string, ...lines: readonly string[]) => {
    writeFileSync(path.join(tenant, file), lines.map((line) => `${line}\n`).join(''));
  };
  for (const app of ['CLIENT_ID', 'other', 'client-of-NAME']) {
    write(`applications/${app}`, app);
    write(`principals/${app}`, 'enabled');
    write(`credentials/${app}.github`, '{}');
  }
  write(
    'assignments',
    `principal-of-CLIENT_ID: AKS Run Command on ${CLUSTER_ID}`,
    `principal-of-other: AKS Run Command on ${CLUSTER_ID}`,
    `principal-of-CLIENT_ID: Writer on ${CLUSTER_ID}/namespaces/shop`,
  );
  write(
    'variables',
    ...['AKS_CLUSTER_ID=x', 'AZURE_CLIENT_ID=CLIENT_ID', 'AZURE_TENANT_ID=x', 'OTHER=x'].map(
      (variable) => `OWNER/REPO production ${variable}`,
    ),
  );
  return tenant;
}

function run(tenant: Tenant, commands: string) {
  return paste('from a file', commands.replaceAll(/(?<=--\S+ )CLUSTER_ID\b/g, CLUSTER_ID), {
    PATH: `${bin}:${process.env['PATH']}`,
    PREFIX: '',
    SUBSCRIPTION: '1',
    TENANT: tenant,
  });
}

function block(words: string): string {
  const found = blocksOf(document, 'sh').find(({ text }) => text.includes(words));
  if (found === undefined) throw new Error(`No commands with ${words}`);
  return found.text;
}

/** Everything in the tenant. */
function stateOf(tenant: Tenant) {
  const names = (kind: string) => readdirSync(path.join(tenant, kind)).sort();
  return {
    applications: names('applications'),
    disabled: names('principals').filter(
      (id) => readFileSync(path.join(tenant, 'principals', id), 'utf8') === 'disabled\n',
    ),
    credentials: names('credentials'),
    assignments: linesOf(tenant, 'assignments'),
    variables: linesOf(tenant, 'variables').map((line) => line.split(' ')[2]),
  };
}

const BEFORE = stateOf(tenantInUse());
const others = BEFORE.assignments.filter((line) => line.includes('other'));

test('what is removed is one identity, its assignments, and its variables', async () => {
  const tenant = tenantInUse();
  expect(await run(tenant, block('az ad app delete'))).toMatchObject({ exitCode: 0, errors: [] });
  expect(stateOf(tenant)).toEqual({
    ...BEFORE,
    applications: ['client-of-NAME', 'other'],
    credentials: ['client-of-NAME.github', 'other.github'],
    assignments: others,
    variables: ['OTHER=x'],
  });
});

test('after a move, the variables of the new identity stay', async () => {
  const tenant = tenantInUse();
  const variables = readFileSync(path.join(tenant, 'variables'), 'utf8');
  writeFileSync(
    path.join(tenant, 'variables'),
    variables.replace('AZURE_CLIENT_ID=CLIENT_ID', 'AZURE_CLIENT_ID=new'),
  );
  expect(await run(tenant, block('az ad app delete'))).toMatchObject({ exitCode: 0, errors: [] });
  expect(stateOf(tenant).applications).toEqual(['client-of-NAME', 'other']);
  expect(stateOf(tenant).variables).toEqual([
    'AKS_CLUSTER_ID=x',
    'AZURE_CLIENT_ID=new',
    'AZURE_TENANT_ID=x',
    'OTHER=x',
  ]);
});

const emergency = ['accountEnabled=false', '--disable-run-command'].flatMap((words) =>
  block(words).split('\n'),
);
test.each([
  [
    'the assignment on one cluster',
    'az role assignment delete',
    { assignments: BEFORE.assignments.slice(1) },
  ],
  ['the application', 'az ad sp update', { disabled: ['CLIENT_ID'] }],
  [
    'the user-assigned identity',
    'az identity',
    { credentials: BEFORE.credentials.filter((name) => !name.startsWith('client-of')) },
  ],
  ['run command', 'az aks update', {}],
])('in an emergency, %s is taken away, and nothing else', async (_name, words, change) => {
  const tenant = tenantInUse();
  const command = emergency.find((line) => line.startsWith(words)) ?? '';
  expect(await run(tenant, command)).toMatchObject({ exitCode: 0, errors: [] });
  expect(stateOf(tenant)).toEqual({ ...BEFORE, ...change });
});

const shown = [...document.matchAll(/`((?:az|gh) [^`]*)`/g)].map(([, command = '']) => command);
test.each([
  ...shown.filter((command) => command.includes(' list ')),
  ...blocksOf(document, 'sh').flatMap(({ text }) =>
    /^az (?:monitor|aks command)/.test(text) ? [text] : [],
  ),
])('what shows something changes nothing: %s', async (command) => {
  const tenant = tenantInUse();
  expect(await run(tenant, command)).toMatchObject({ exitCode: 0, errors: [] });
  expect(stateOf(tenant)).toEqual(BEFORE);
});
