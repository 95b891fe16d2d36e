import { describe, expect, test } from '@jest/globals';
import { blocksOf, readDocument } from '../docs/markdown.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { shells } from './run.ts';
import {
  afterSetUp,
  ALL,
  changesOf,
  IDENTITY,
  PLACE,
  PROTECTED,
  RULES,
  run,
  runUntilItWorks,
  setUp,
  shortly,
  SUBJECT,
  succeeds,
} from './set-up.ts';
import {
  CLUSTER_ID,
  newEnvironment,
  newIdentity,
  newWorld,
  type Environment,
  type Identity,
  type Role,
  SUBSCRIPTION,
  TENANT,
  type World,
} from './world.ts';

// What exists before setup.sh runs, and what becomes of it: refused, or completed.

const OURS: Identity['credentials'][number] = {
  name: 'github',
  issuer: 'https://token.actions.githubusercontent.com',
  subject: SUBJECT,
  audiences: ['api://AzureADTokenExchange'],
};

const ENVIRONMENT = ['PUT production', 'POST main'];
const TRUST = [`identity ${IDENTITY}`, `trust ${SUBJECT}`];
const ROLES = ['role AKS Run Command', 'assign weu', 'assign namespaces/shop'];
const STOP = ['role AKS Run Command Stop', 'assign namespaces/aks-command'];
const VARIABLES = ['set AKS_CLUSTER_ID', 'set AZURE_CLIENT_ID', 'set AZURE_TENANT_ID'];
const ALL_OF_IT = [...ENVIRONMENT, ...TRUST, ...ROLES, ...STOP, ...VARIABLES];
const exceptFor = (...gone: string[]) => ALL_OF_IT.filter((one) => !gone.includes(one));

const aks = 'Microsoft.ContainerService/managedClusters';
const three = [`${aks}/commandResults/read`, `${aks}/read`, `${aks}/runCommand/action`];
const exact = { actions: three, notActions: [], dataActions: [], notDataActions: [] };
const role = (change: Partial<Role> = {}): Role => ({
  name: 'f0000001-0000-4000-8000-000000000000',
  roleName: 'AKS Run Command',
  assignableScopes: [`/subscriptions/${SUBSCRIPTION}`],
  permissions: [exact],
  ...change,
});

const identities = (...credentials: Partial<typeof OURS>[]) => ({
  identities: [
    newIdentity(
      IDENTITY,
      5,
      credentials.map((change) => ({ ...OURS, ...change })),
    ),
  ],
});
const production = (change: Partial<Environment>): Partial<World> => ({
  environments: { production: newEnvironment(change) },
});
const selected = (branches: string[], tags: string[] = []) => ({
  branchPolicy: { protected_branches: false, custom_branch_policies: true },
  branches,
  tags,
});
const onlyProtected = {
  branchPolicy: { protected_branches: true, custom_branch_policies: false },
};
const kubernetesRbac = { aadProfile: { managed: true, enableAzureRbac: null } };

needing(['bash', 'jq'], () => {
  test.each<[string, Partial<World>, string[], string[]]>([
    ['nothing', {}, ALL, ALL_OF_IT],
    [
      'nothing, and two reviewers',
      {},
      [...ALL, '--reviewer', 'Alice', '--reviewer', 'bob'],
      ALL_OF_IT,
    ],
    ['nothing, in another spelling', {}, [...ALL, '--repository', 'Acme/Shop'], ALL_OF_IT],
    ['an identity of no use to anyone', identities(), ALL, exceptFor(`identity ${IDENTITY}`)],
    ['an identity for exactly these jobs', identities({}), ALL, exceptFor(...TRUST)],
    [
      'an identity of another name',
      identities({ subject: 'repo:acme/pay:environment:production' }),
      [...ALL, '--identity', 'other'],
      ALL_OF_IT.map((one) => one.replace(IDENTITY, 'other')),
    ],

    ['an environment with these rules', production(PROTECTED), ALL, exceptFor(...ENVIRONMENT)],
    [
      'an environment in another spelling, with rules of its own',
      { environments: { Production: newEnvironment({ teams: ['platform'], waitTimer: 5 }) } },
      PLACE,
      [
        TRUST[0] ?? '',
        'trust repo:acme/shop:environment:Production',
        ...ROLES.slice(0, 2),
        ...VARIABLES,
      ],
    ],
    [
      'an environment that only protected branches can use',
      production(onlyProtected),
      PLACE,
      [...TRUST, ...ROLES.slice(0, 2), ...VARIABLES],
    ],
    [
      'an environment that only selected branches can use, all of them protected',
      { ...production(selected(['next', 'main'])), protectedBranches: ['main', 'next'] },
      PLACE,
      [...TRUST, ...ROLES.slice(0, 2), ...VARIABLES],
    ],
    [
      'an environment without rules, if that is accepted',
      production({}),
      [...PLACE, '--unprotected'],
      [...TRUST, ...ROLES.slice(0, 2), ...VARIABLES],
    ],
    [
      'an environment that nobody can use yet',
      production({ ...PROTECTED, branches: [] }),
      ALL,
      exceptFor('PUT production'),
    ],

    ['the role', { roles: [role()] }, ALL, exceptFor('role AKS Run Command')],
    [
      'the role, in other words',
      {
        roles: [
          role({
            permissions: [{ actions: [...three].reverse(), notActions: null, dataActions: null }],
          }),
        ],
      },
      ALL,
      exceptFor('role AKS Run Command'),
    ],
    [
      'the role, for this resource group',
      {
        roles: [
          role({ assignableScopes: [`/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-weu`] }),
        ],
      },
      ALL,
      exceptFor('role AKS Run Command'),
    ],
    ['a role of another name', { roles: [role({ roleName: 'Operate AKS' })] }, ALL, ALL_OF_IT],

    [
      'a cluster without managed Entra',
      { aadProfile: null },
      [...PLACE, ...RULES, '--allow-stop'],
      [...ENVIRONMENT, ...TRUST, ...ROLES.slice(0, 2), ...VARIABLES],
    ],
    [
      'a cluster with Kubernetes RBAC',
      kubernetesRbac,
      ALL,
      [...ENVIRONMENT, ...TRUST, ...ROLES.slice(0, 2), ...VARIABLES],
    ],
    [
      'numeric IDs in subjects',
      { subjects: { use_default: null, sub_claim_prefix: 'repo:acme@1/shop@2' } },
      ALL,
      ALL_OF_IT.map((one) => one.replace('trust repo:acme/shop', 'trust repo:acme@1/shop@2')),
    ],
  ])('with %s, it makes what is missing, and the next run nothing', async (...row) => {
    const [, before, args, expected] = row;
    const world = newWorld(structuredClone(before));
    const ran = await succeeds(setUp(world, args));
    expect(changesOf(ran).map(shortly)).toEqual(expected);
    const after = structuredClone(world);
    const again = await succeeds(setUp(world, args));
    expect(changesOf(again)).toEqual([]);
    expect(again.stdout).toContain('Nothing. All of this is there already.');
    expect(world).toEqual(after);
  });

  test.each<[string, Partial<World>, string[], RegExp]>([
    [
      'an identity for others',
      identities({ subject: 'repo:acme/pay:environment:production' }),
      ALL,
      /The identity github-acme__shop__production is not, or not only, for these jobs\. Add --id/,
    ],
    ['an identity with two credentials', identities({}, { name: 'more' }), ALL, /not only, for/],
    [
      'an identity of another GitHub',
      identities({ issuer: 'https://github.acme.example/_services/token' }),
      ALL,
      /not only, for/,
    ],
    ['an identity of another cloud', identities({ audiences: ['api://a'] }), ALL, /not only, for/],
    [
      'an identity for whatever an expression matches',
      identities({ subject: null, claimsMatchingExpression: { value: "claims['sub']" } }),
      ALL,
      /not only, for/,
    ],
    [
      'an identity without a credential, and with a role',
      {
        ...identities(),
        assignments: [
          { principalId: newIdentity('', 5).principalId, role: 'x', scope: `/subscriptions/1` },
        ],
      },
      ALL,
      /not only, for/,
    ],

    ['an environment without rules', production({}), PLACE, /Everyone .*: any branch\n.*--unprot/],
    ['no environment, and no rules', {}, PLACE, /Everyone with write access could run commands/],
    ['only a wait timer', production({ waitTimer: 30 }), PLACE, /could run commands: any branch/],
    ['every branch', production(selected(['*'])), PLACE, /could run commands: branch \*/],
    ['some pattern', production(selected(['release/*'])), PLACE, /commands: branch release\/\*/],
    ['tags', production(selected(['main'], ['v*'])), PLACE, /commands: tag v\*/],
    [
      'a branch that is not protected',
      production(selected(['main', 'next'])),
      PLACE,
      /commands: branch next\n/,
    ],
    [
      'protected branches, of which there are none',
      { ...production(onlyProtected), protectedBranches: [] },
      PLACE,
      /could run commands: any branch/,
    ],
    ['a branch to be selected', {}, [...PLACE, '--branch', 'next'], /commands: branch next\n/],

    ...['AKS_CLUSTER_ID', 'AZURE_CLIENT_ID', 'AZURE_TENANT_ID'].map(
      (name): [string, Partial<World>, string[], RegExp] => [
        `an environment with another ${name}`,
        {
          ...identities({}),
          ...production({ ...PROTECTED, variables: { [name]: `${CLUSTER_ID}-2\u001b[2J` } }),
        },
        ALL,
        new RegExp(`uses another ${name}: .*-2\\?\\[2J\n[^]*\n {2}gh variable delete ${name} --`),
      ],
    ),
    [
      'an environment that was emptied in an emergency',
      production({ ...PROTECTED, branches: [], variables: { AZURE_TENANT_ID: TENANT } }),
      ALL,
      /Make them, or leave out these options/,
    ],

    ...(
      [
        ['more actions', [{ ...exact, actions: [...three, `${aks}/write`] }]],
        ['fewer actions', [{ ...exact, actions: three.slice(1) }]],
        ['data actions', [{ ...exact, dataActions: [`${aks}/pods/read`] }]],
        ['actions that it denies', [{ ...exact, notActions: [`${aks}/read`] }]],
        ['two lists of permissions', [exact, { ...exact, actions: ['*'] }]],
        ['no permissions', []],
      ] as const
    ).map(([name, permissions]): [string, Partial<World>, string[], RegExp] => [
      `a role with ${name}`,
      { roles: [role({ permissions })] },
      ALL,
      /The role "AKS Run Command" exists, but differs:[^]*It has to allow exactly \[\[/,
    ]),
    [
      'a stop role with other actions',
      { roles: [role({ roleName: 'AKS Run Command Stop' })] },
      ALL,
      /The role "AKS Run Command Stop" exists, but differs/,
    ],
    [
      'a role of another subscription',
      { roles: [role({ assignableScopes: ['/subscriptions/other'] })] },
      ALL,
      /elsewhere\t\["\/subscriptions\/other"\]\n.*, and to be for \/subscriptions\/5b0a0002/,
    ],

    ['no managed Entra, and a namespace', { aadProfile: null }, ALL, /would limit nothing/],
    ['another GitHub', { github: 'https://ghe.example' }, ALL, /is not on https:\/\/github\.com/],
    [
      'subjects of a format of their own',
      { subjects: { use_default: false } },
      ALL,
      / {2}gh api --method PUT repos\/acme\/shop\/actions\/oidc\//,
    ],
    ...(
      [
        ['the repository', ['--repository', 'acme/shpo'], /Not Found/],
        ['the cluster', ['--cluster', 'wue'], /ResourceNotFound/],
        ['a reviewer', ['--reviewer', 'alicia'], /Not Found/],
        ['a namespace', ['--namespace', 'Shop'], /--namespace is missing or invalid: "Shop"/],
        ['two branches', ['--branch', 'main next'], /--branch is missing or invalid: "main n/],
        ['an identity', ['--identity', 'a/b'], /--identity is missing or invalid: "a\/b"/],
        ['a long name', ['--environment', 'e'.repeat(120)], /--identity is missing or invalid/],
        ['an option', ['--client-id', 'x'], /There is no option --client-id/],
        ['a forgotten value', ['--branch', '--namespace', 'shop'], /--branch is missing or inv/],
        ['a value at the end', ['--namespace'], /--namespace is missing or invalid: ""/],
        ['the owner', ['--repository', 'shop'], /--repository is missing or invalid: "shop"/],
      ] as const
    ).map(([name, mistake, words]): [string, Partial<World>, string[], RegExp] => [
      `a mistake in ${name}`,
      {},
      [...ALL, ...mistake],
      words,
    ]),
  ])('with %s, it changes nothing and says why', async (_name, before, args, words) => {
    const world = newWorld(structuredClone(before));
    const untouched = structuredClone(world);
    const ran = await setUp(world, args);
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).toContain('Stopped. Nothing was changed.');
    expect(world).toEqual(untouched);
    expect(changesOf(ran)).toEqual([]);
  });

  test.each<[string, Partial<Environment>, Partial<Environment>]>([
    ['a branch', { ...PROTECTED, branches: ['release'] }, { branches: ['release', 'main'] }],
    ['a reviewer', { ...PROTECTED, reviewers: ['bob'] }, { reviewers: ['alice', 'bob'] }],
    ['a review by others', { ...PROTECTED, preventSelfReview: false }, { preventSelfReview: true }],
    [
      'all of it, beside a team and a wait timer',
      { teams: ['platform'], waitTimer: 30 },
      { ...PROTECTED, teams: ['platform'], waitTimer: 30 },
    ],
    ['branches by name', { ...PROTECTED, ...onlyProtected, branches: [] }, PROTECTED],
  ])('an environment that lacks %s is told the calls that add it', async (...row) => {
    const [, before, after] = row;
    const world = newWorld(production(structuredClone(before)));
    const untouched = structuredClone(world);
    const ran = await setUp(world);
    expect(ran.stderr).toContain('Stopped. Nothing was changed.');
    expect(world).toEqual(untouched);
    const calls = ran.stdout.slice(ran.stdout.indexOf('has:\n') + 5);
    await succeeds(run(world, ['bash', '-c', calls]));
    expect(world.environments['production']).toEqual({ ...newEnvironment(before), ...after });
    await succeeds(setUp(world));
  });

  test.each<[string, Partial<World>]>([
    ['a reviewer without access', { collaborators: ['bob'] }],
    ['a plan without reviewers', { hasReviewers: false }],
  ])('with %s, nobody gets any right', async (_name, change) => {
    const world = newWorld(change);
    const ran = await setUp(world);
    expect(ran.exitCode).not.toBe(0);
    expect(world).toMatchObject({ identities: [], assignments: [], roles: [] });
    expect((await setUp(world)).stderr).toContain('Nothing was changed.');
  });

  describe.each(shells)('%s', (shell) => {
    test('the calls that a dry run prints make the same as a run, also in other hands', async () => {
      const branches = ["it's", '$(id)', '`id`', '*', 'feature/ä', '"'];
      const odd = [...ALL, '--unprotected', ...branches.flatMap((one) => ['--branch', one])];
      for (const args of [ALL, odd]) {
        const world = newWorld();
        const dry = await succeeds(run(world, [shell, 'setup.sh', ...args, '--dry-run']));
        expect(world).toEqual(newWorld());
        const calls = dry.stdout
          .slice(dry.stdout.indexOf('does:\n') + 6)
          .replace(/Nothing.*$/s, '');
        await succeeds(run(world, [shell, '-c', calls]));
        const made = newWorld();
        await succeeds(run(made, [shell, 'setup.sh', ...args]));
        expect(world).toEqual(made);
      }
    });
  });

  test.each(['before', 'after'] as const)(
    'if each call fails once, %s it does anything, the next runs complete it',
    async (when) => {
      const world = newWorld();
      const count = await runUntilItWorks(world, ['bash', 'setup.sh', ...ALL], when);
      expect(count).toBeGreaterThan(10);
      expect(world).toEqual(await afterSetUp());
    },
  );

  test.each([[''], ['<html>502</html>\n'], ['None\n']])(
    'nothing is made with an answer such as %j',
    async (stdout) => {
      for (const words of ['az account show', 'az aks show', 'az identity create']) {
        const world = newWorld();
        const ran = await setUp(world, ALL, (call) =>
          call.join(' ').startsWith(words) ? () => stdout : undefined,
        );
        expect(ran.exitCode).toBe(1);
        expect(world.assignments).toEqual([]);
      }
    },
  );

  test('the az of Windows, whose lines end in CR LF, stops it', async () => {
    const world = newWorld();
    const { stderr } = await setUp(world, ALL, ([tool]) =>
      tool === 'az' ? (stdout) => stdout.replaceAll('\n', '\r\n') : undefined,
    );
    expect(stderr).toMatch(/az printed no valid IDs: [^]*Nothing was changed\./);
    expect(world).toEqual(newWorld());
  });

  test('two environments never share an identity, whatever their names', async () => {
    const world = newWorld();
    const places = [
      ['a-b/c', 'production'],
      ['a/b-c', 'production'],
      ['acme/shop', 'a_b'],
      ['acme/shop', 'a.b'],
      ['acme/shop', 'a__b'],
      ['acme/shop', 'a_5fb'],
    ];
    for (const [repository = '', environment = ''] of places)
      await succeeds(
        setUp(world, [...ALL, '--repository', repository, '--environment', environment]),
      );
    expect(world.identities.map(({ name }) => name)).toEqual([
      'github-a-b__c__production',
      'github-a__b-c__production',
      'github-acme__shop__a_5fb',
      'github-acme__shop__a_2eb',
      'github-acme__shop__a_5f_5fb',
      'github-acme__shop__a_5f5fb',
    ]);
    for (const { credentials } of world.identities) expect(credentials).toHaveLength(1);
  });

  test('what --allow-stop grants is to list pods and enter them', async () => {
    const { roles } = await afterSetUp();
    expect(roles[1]?.permissions).toEqual([
      {
        actions: [],
        notActions: [],
        dataActions: [`${aks}/pods/exec/action`, `${aks}/pods/read`],
        notDataActions: [],
      },
    ]);
  });

  test('the README’s command works for an environment that does not exist yet', async () => {
    const command = blocksOf(readDocument('README.md'), 'sh')
      .map(({ text }) => text)
      .find((text) => text.includes('bash setup.sh'));
    const call = (command ?? '')
      .replace(/^[^]*?(?=bash setup\.sh)/, '')
      .replace('YOU/REPO', 'acme/shop')
      .replace('GROUP', 'rg-weu')
      .replace('NAME', 'weu')
      .replace('USER', 'alice');
    const world = newWorld();
    await succeeds(run(world, ['bash', '-c', call]));
    expect(world).toEqual(newWorld());
    await succeeds(run(world, ['bash', '-c', call.replace(' --dry-run', '')]));
    expect(world).toEqual(await afterSetUp([...PLACE, ...RULES]));
  });
});

describe.each(['sh', 'dash', 'zsh'])('%s', (shell) => {
  test.each(['setup.sh', 'remove.sh'])('%s', async (script) => {
    if (toolOnPath(shell) === undefined) return;
    const { stderr, stdout, exitCode } = await run(newWorld(), [shell, script, '--help']);
    // The sh of some systems is bash.
    if (stdout.includes('Usage')) return;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `Run this with bash: bash ${script} --help\n`,
    });
  });
});
