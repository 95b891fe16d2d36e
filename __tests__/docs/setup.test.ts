import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { scratch } from '../support/scratch.ts';
import { needing } from '../support/tools.ts';
import {
  installAzAndGh,
  linesOf,
  newTenant,
  paste,
  trustOf,
  type Reader,
  type Tenant,
} from './az-and-gh.ts';
import { blocksOf, readDocument } from './markdown.ts';

// The commands that set up an identity, pasted as a reader would, with stand-ins for az and gh.

const temp = scratch('setup');
const bin = path.join(temp, 'bin');
mkdirSync(bin);
installAzAndGh(bin);
const start = () => newTenant(temp);

/** The block of a document that has these words. */
function block(document: string, words: string): string {
  const found = blocksOf(readDocument(document), 'sh').find(({ text }) => text.includes(words));
  if (found === undefined) throw new Error(`${document} has no commands with ${words}`);
  return found.text;
}

const WITH_APPLICATION = block('README.md', 'az ad app create');
const WITH_IDENTITY = block('docs/SETUP.md', 'az identity create');
const FOR_NAMESPACE = block('README.md', 'RBAC Writer');
const RULES = block('README.md', 'reviewers');
const BY_ISSUER = block('docs/OTHER_CI.md', 'issuer=');
const BY_CONNECTION = block('docs/OTHER_CI.md', 'app=CLIENT_ID');
const MORE_SCOPES = block('docs/SETUP.md', 'assignableScopes');

/** Values of the variables at the top, and what GitHub and `az` know. */
type Values = Readonly<Record<string, string>>;

function withValues(commands: string, values: Values): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`),
    commands,
  );
}

type Given = { readonly prefix?: string; readonly subscription?: string; readonly fails?: number };

/** Pastes commands with other values at the top. */
function run(
  tenant: Tenant,
  commands: string,
  values: Values = {},
  { prefix = '', subscription = '1', fails = 0 }: Given = {},
  reader: Reader = 'from a file',
) {
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    PREFIX: prefix,
    SUBSCRIPTION: subscription,
    TENANT: tenant,
  };
  return paste(reader, withValues(commands, values), env, fails);
}

async function succeeds(...given: Parameters<typeof run>): Promise<void> {
  expect(await run(...given)).toMatchObject({ exitCode: 0, errors: [] });
}

const BOTH_WAYS = [
  ['an application', WITH_APPLICATION],
  ['a user-assigned identity', WITH_IDENTITY],
] as const;
const WEU = { group: 'rg-weu', name: 'weu' };
const NEU = { group: 'rg-neu', name: 'neu' };
const SHOP = { repository: 'acme/shop', ...WEU };

/** The ID of a cluster, as AKS writes it. */
const idOf = ({ group, name }: typeof WEU) =>
  `/subscriptions/1/resourcegroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;

const RULES_FILE = 'environments/acme.shop.production';
const IN_USE = 'acme/shop production AKS_CLUSTER_ID=the one in use';

/** A tenant in which an environment has rules and a cluster, but no identity. */
function startWithEnvironment(): Tenant {
  const tenant = start();
  writeFileSync(path.join(tenant, RULES_FILE), 'required reviewers\n');
  writeFileSync(path.join(tenant, 'variables'), `${IN_USE}\n`);
  return tenant;
}

/** The variables of the environment `production`. */
const IN_PRODUCTION = [
  `acme/shop production AKS_CLUSTER_ID=${idOf(WEU)}`,
  expect.stringMatching(/^acme\/shop production AZURE_CLIENT_ID=(?:app|client)-/),
  'acme/shop production AZURE_TENANT_ID=tenant',
];

needing(['bash', 'zsh'], () => {
  describe.each<Reader>(['pasted into bash', 'pasted into zsh'])('%s', (reader) => {
    test.each([
      ['the identity', WITH_APPLICATION],
      ['the permission for a namespace', FOR_NAMESPACE],
      ['the rules of the environment', RULES],
    ])('the commands run, and one that fails is the last: %s', async (_name, commands) => {
      const tenant = start();
      await succeeds(tenant, WITH_APPLICATION, SHOP, {}, reader);
      expect(linesOf(tenant, 'variables')).toEqual(IN_PRODUCTION);
      await succeeds(tenant, commands, SHOP, {}, reader);

      const { calls, exitCode } = await run(tenant, commands, SHOP, { fails: 2 }, reader);
      expect({ calls: calls.length, hasFailed: exitCode > 0 }).toEqual({
        calls: 2,
        hasFailed: true,
      });
    });
  });
});

test.each([
  ['the permission for a namespace', FOR_NAMESPACE],
  ['the rules of the environment', RULES],
])('%s: whichever call fails, it is noticed', async (_name, commands) => {
  const tenant = start();
  await succeeds(tenant, WITH_APPLICATION, SHOP);
  const { calls } = await run(tenant, commands, SHOP);
  expect(calls.length).toBeGreaterThan(2);
  for (const [index] of calls.entries()) {
    const { exitCode } = await run(tenant, commands, SHOP, { fails: index + 1 });
    expect(exitCode).toBeGreaterThan(0);
  }
});

describe.each(BOTH_WAYS)('with %s', (_way, commands) => {
  test('whichever call fails, nothing is overwritten', async () => {
    const { calls } = await run(startWithEnvironment(), commands, SHOP);
    expect(calls.length).toBeGreaterThan(10);
    for (const index of calls.keys()) {
      const tenant = startWithEnvironment();
      const after = await run(tenant, commands, SHOP, { fails: index + 1 });
      expect({
        calls: after.calls,
        hasFailed: after.exitCode > 0,
        variables: linesOf(tenant, 'variables'),
        rules: linesOf(tenant, RULES_FILE),
      }).toEqual({
        calls: calls.slice(0, index + 1),
        hasFailed: true,
        variables: [IN_USE],
        rules: ['required reviewers'],
      });
    }
  });

  test.each([
    ['the cluster', { name: 'missing' }],
    ['the repository', { repository: 'acme/missing' }],
  ])('a mistake in %s creates nothing', async (_name, mistake) => {
    const tenant = start();
    const { exitCode, errors } = await run(tenant, commands, { ...SHOP, ...mistake });
    expect({ hasFailed: exitCode > 0, errors: errors.length }).toEqual({
      hasFailed: true,
      errors: 1,
    });
    for (const kind of ['applications', 'roles', 'environments'])
      expect(readdirSync(path.join(tenant, kind))).toEqual([]);
  });

  test.each(['az', 'gh'])('without %s, nothing is created', async (tool) => {
    const tenant = start();
    const without = withValues(commands, SHOP).replace(
      "<<'SETUP'\n{\n",
      `<<'SETUP'\n{\n${tool}() { echo "${tool}: command not found" >&2; return 127; }\n`,
    );
    expect(await run(tenant, without)).toMatchObject({ exitCode: 127 });
    expect(readdirSync(path.join(tenant, 'applications'))).toEqual([]);
  });

  test.each([
    ['numeric IDs', 'repo:acme@1/shop@2', 'repo:acme@1/shop@2:environment:production'],
    ['names', '', 'repo:acme/shop:environment:production'],
  ])(
    'it can run commands, and the subject has %s, as GitHub says',
    async (_name, prefix, subject) => {
      const tenant = start();
      // GitHub answers to any letter case. A subject is compared letter by letter.
      await succeeds(tenant, commands, { ...SHOP, repository: 'Acme/shop' }, { prefix });
      expect(Object.values(trustOf(tenant))).toEqual([subject]);
      expect(linesOf(tenant, 'variables')).toEqual(IN_PRODUCTION);
    },
  );

  test('the second time, nothing changes, and an environment keeps its rules', async () => {
    const tenant = start();
    await succeeds(tenant, commands, SHOP);
    await succeeds(tenant, RULES, SHOP);
    const rules = linesOf(tenant, RULES_FILE);
    expect(rules.join(' ')).toMatch(/reviewers.*id\]=7.*branch name=main/);
    const before = ['assignments', 'variables'].map((list) => linesOf(tenant, list));

    await succeeds(tenant, commands, SHOP);
    expect(linesOf(tenant, RULES_FILE)).toEqual(rules);
    expect(['assignments', 'variables'].map((list) => linesOf(tenant, list))).toEqual(before);
    expect(Object.keys(trustOf(tenant))).toHaveLength(1);
  });
});

test('all of them create the same role', () => {
  const roles = [WITH_APPLICATION, WITH_IDENTITY, BY_ISSUER, BY_CONNECTION].map(
    (commands) =>
      /^role='AKS Run Command'\n[^]*? --output none\n(?!elif|fi|JSON)/m.exec(commands)?.[0],
  );
  expect(roles[0]).toContain('az role assignment create');
  expect(new Set(roles).size).toBe(1);
});

test('a role with fewer actions gets the others, and keeps what it has', async () => {
  const tenant = start();
  const ours = 'Microsoft.ContainerService/managedClusters/';
  const lacking = [`${ours}read`, 'Microsoft.Insights/alertRules/read', '/subscriptions/1'];
  const role = 'roles/AKS Run Command';
  writeFileSync(path.join(tenant, role), `${lacking.join('\n')}\n`);
  await succeeds(tenant, WITH_APPLICATION, SHOP);
  expect(linesOf(tenant, role).toSorted()).toEqual(
    [...lacking, `${ours}runCommand/action`, `${ours}commandResults/read`].toSorted(),
  );
});

test('a cluster in another subscription needs the role to be assignable there, too', async () => {
  const tenant = start();
  await succeeds(tenant, WITH_APPLICATION, SHOP);
  const there = { subscription: '2' };
  expect(await run(tenant, WITH_APPLICATION, SHOP, there)).toMatchObject({
    exitCode: 1,
    errors: ['ERROR: (RoleDefinitionWithSameNameExists)'],
  });

  await succeeds(tenant, MORE_SCOPES, { subscription: '2' });
  await succeeds(tenant, WITH_APPLICATION, SHOP, there);
  await succeeds(tenant, WITH_APPLICATION, SHOP);
  expect(linesOf(tenant, 'assignments')).toHaveLength(2);
});

test('repositories, environments, and clusters have one role and no common identity', async () => {
  const tenant = start();
  for (const place of [
    { repository: 'acme/shop', environment: 'production', ...WEU },
    { repository: 'acme/shop', environment: 'production', ...NEU },
    { repository: 'acme/shop', environment: 'staging', ...WEU },
    { repository: 'acme/web', environment: 'staging', ...NEU },
  ]) {
    await succeeds(tenant, WITH_APPLICATION, place);
    await succeeds(tenant, FOR_NAMESPACE, place);
  }

  const subjects = [
    'repo:acme/shop:environment:production',
    'repo:acme/shop:environment:staging',
    'repo:acme/web:environment:staging',
  ];
  expect(trustOf(tenant)).toEqual(Object.fromEntries(subjects.map((one) => [one, one])));
  expect(readdirSync(path.join(tenant, 'roles'))).toEqual(['AKS Run Command']);
  const both = (app: string, cluster: typeof WEU) => [
    `principal-of-${app}: AKS Run Command on ${idOf(cluster)}`,
    `principal-of-${app}: Azure Kubernetes Service RBAC Writer on ${idOf(cluster)}/namespaces/shop`,
  ];
  expect(linesOf(tenant, 'assignments')).toEqual([
    ...both('app-0', WEU),
    ...both('app-0', NEU),
    ...both('app-1', WEU),
    ...both('app-2', NEU),
  ]);
  expect(linesOf(tenant, 'variables')).toEqual(
    expect.arrayContaining([
      `acme/web staging AKS_CLUSTER_ID=${idOf(NEU)}`,
      'acme/web staging AZURE_CLIENT_ID=app-2',
    ]),
  );
});

test('another CI system gets an application, and three variables to set', async () => {
  const tenant = start();
  await succeeds(tenant, BY_ISSUER, WEU);
  const again = await run(tenant, BY_ISSUER, WEU);
  expect(again).toMatchObject({ exitCode: 0, errors: [] });
  expect(again.stdout.match(/^[A-Z_]+=.*$/gm)).toEqual([
    `CLUSTER_ID=${idOf(WEU)}`,
    'AZURE_CLIENT_ID=app-0',
    'AZURE_TENANT_ID=tenant',
  ]);
  expect(JSON.parse(linesOf(tenant, 'credentials/app-0.ci').join('\n'))).toEqual({
    name: 'ci',
    issuer: 'https://gitlab.com',
    subject: 'project_path:GROUP/PROJECT:ref_type:branch:ref:main',
    audiences: ['api://AzureADTokenExchange'],
  });
  expect(linesOf(tenant, 'assignments')).toHaveLength(1);
});

test('a service connection that is not known gets no role', async () => {
  const tenant = start();
  expect(await run(tenant, BY_CONNECTION, WEU)).toMatchObject({ exitCode: 1 });
  expect(readdirSync(path.join(tenant, 'roles'))).toEqual([]);
});

test("a service connection's identity gets the role", async () => {
  const tenant = start();
  writeFileSync(path.join(tenant, 'principals/connection'), 'enabled\n');
  await succeeds(tenant, BY_CONNECTION, { ...WEU, app: 'connection' });
  expect(linesOf(tenant, 'assignments')).toEqual([
    `principal-of-connection: AKS Run Command on ${idOf(WEU)}`,
  ]);
});
