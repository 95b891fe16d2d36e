import { expect, test } from '@jest/globals';
import { expectGolden } from '../support/golden.ts';
import { needing } from '../support/tools.ts';
import {
  ALL,
  asItIs,
  changesOf,
  IDENTITY,
  PLACE,
  policy,
  PROTECTED,
  remove,
  RULES,
  setUp,
  shortly,
  SUBJECT,
  twoEnvironments,
} from './set-up.ts';
import {
  CLUSTER_ID,
  newEnvironment,
  newIdentity,
  newWorld,
  SUBSCRIPTION,
  type Environment,
  type Identity,
  type Role,
  type World,
} from './world.ts';

// What exists before a script runs, and what happens: worlds.txt has it for each row.

const aks = 'Microsoft.ContainerService/managedClusters';
const three = [`${aks}/commandResults/read`, `${aks}/read`, `${aks}/runCommand/action`];
const exact = { actions: three, notActions: [], dataActions: [], notDataActions: [] };

const trust = (change: Partial<Identity['credentials'][number]> = {}) => ({
  name: 'github',
  issuer: 'https://token.actions.githubusercontent.com',
  subject: SUBJECT,
  audiences: ['api://AzureADTokenExchange'],
  ...change,
});
const identity = (...credentials: Identity['credentials']): Partial<World> => ({
  identities: [newIdentity(IDENTITY, 5, credentials)],
});
const made = (subject: string): Partial<World> => ({
  identities: [{ ...newIdentity(IDENTITY, 5), tags: { github: subject } }],
});
const environment = (change: Partial<Environment> = {}): Partial<World> => ({
  environments: { production: newEnvironment(change) },
});
const role = (change: Partial<Role> = {}): Partial<World> => ({
  roles: [
    {
      name: 'f0000001-0000-4000-8000-000000000000',
      roleName: 'AKS Run Command',
      assignableScopes: [`/subscriptions/${SUBSCRIPTION}`],
      permissions: [exact],
      ...change,
    },
  ],
});
const allows = (...permissions: Role['permissions']) => role({ permissions });
const variable = (name: string, value: string): Partial<World> => ({
  ...identity(trust()),
  ...environment({ ...PROTECTED, variables: { [name]: value } }),
});

/** The options are ALL, with these besides, unless they are all that there are. */
type Row = readonly [name: string, before: Partial<World>, more?: string[], all?: string[]];
const SETUP: readonly Row[] = [
  ['nothing', {}],
  ['nothing, in another spelling', {}, ['--repository', 'Acme/Shop']],
  ['nothing, and the old name of the repository', {}, ['--repository', 'acme/store']],
  ['nothing, for two reviewers', {}, ['--reviewer', 'Bob', '--reviewer', 'bob']],
  ['nothing, for an environment without rules', {}, [], PLACE],
  ['nothing, for a branch that is not protected', {}, ['--branch', 'next'], PLACE],
  ['subjects with numeric IDs', { subjects: { sub_claim_prefix: 'repo:acme@1/shop@2' } }],
  ['subjects of a format of their own', { subjects: { use_default: false } }],
  ['another GitHub', { github: 'https://ghe.example' }],

  ['a cluster with Kubernetes RBAC', { aadProfile: { managed: true, enableAzureRbac: null } }],
  ['a cluster without managed Entra', { aadProfile: null }, ['--allow-stop', ...RULES], PLACE],
  ['a cluster without managed Entra, for a namespace', { aadProfile: null }],

  ['an identity of no use to anyone, which an earlier run made', made(SUBJECT)],
  [
    'an identity of no use to anyone, made for others',
    made('repo:acme/pay:environment:production'),
  ],
  ['an identity that only a virtual machine uses', identity()],
  ['an identity for these jobs', identity(trust())],
  ['an identity for others', identity(trust({ subject: 'repo:acme/pay:environment:production' }))],
  ['an identity for others, and another name', identity(trust({})), ['--identity', 'other']],
  ['an identity with two credentials', identity(trust(), trust({ name: 'more' }))],
  ['an identity of another GitHub', identity(trust({ issuer: 'https://ghe.example' }))],
  ['an identity of another cloud', identity(trust({ audiences: ['api://other'] }))],
  [
    'an identity for what an expression matches',
    identity(trust({ subject: null, claimsMatchingExpression: { value: '\u001b[2J' } })),
  ],
  [
    'an identity with a role, and without a credential',
    {
      ...made(SUBJECT),
      assignments: [{ principalId: newIdentity('', 5).principalId, role: 'x', scope: '/x' }],
    },
  ],

  ['an environment with these rules', environment(PROTECTED)],
  [
    'an environment that nobody can use, and that may have secrets',
    environment({ ...PROTECTED, branches: [] }),
  ],
  ['an environment with a team', environment({ teams: ['platform'], waitTimer: 5 }), [], PLACE],
  [
    'an environment in another spelling',
    { environments: { Production: newEnvironment(PROTECTED) } },
    ['--environment', 'PRODUCTION'],
  ],
  ['an environment without rules', environment(), [], PLACE],
  ['an environment without rules, accepted', environment(), ['--unprotected'], PLACE],
  ['an environment with a wait timer', environment({ waitTimer: 30 }), [], PLACE],
  ['an environment for protected branches', environment(policy(false)), [], PLACE],
  [
    'an environment for protected branches, of which there are none',
    { ...environment(policy(false)), protectedBranches: [] },
    [],
    PLACE,
  ],
  [
    'an environment for two branches, both protected',
    { ...environment(policy(true, ['next', 'main'])), protectedBranches: ['main', 'next'] },
    [],
    PLACE,
  ],
  ['an environment for two branches', environment(policy(true, ['next', 'main'])), [], PLACE],
  ['an environment for all branches', environment(policy(true, ['*'])), [], PLACE],
  ['an environment for a pattern', environment(policy(true, ['release/*'])), [], PLACE],
  ['an environment for tags', environment(policy(true, ['main'], ['v*'])), [], PLACE],
  ['an environment with another reviewer', environment({ ...PROTECTED, reviewers: ['bob'] })],
  ['an environment for another cluster', variable('AKS_CLUSTER_ID', `${CLUSTER_ID}-2`)],
  ['an environment for this cluster', variable('AKS_CLUSTER_ID', CLUSTER_ID.toUpperCase())],
  ['an environment for another identity', variable('AZURE_CLIENT_ID', '\u001b[2J')],
  ['an environment for another tenant', variable('AZURE_TENANT_ID', 'other')],
  [
    'an environment that was emptied in an emergency',
    environment({ ...PROTECTED, branches: [], variables: { AKS_CLUSTER_ID: CLUSTER_ID } }),
  ],

  ['the role', role()],
  [
    'the role, for the resource group',
    role({ assignableScopes: [CLUSTER_ID.replace(/\/providers.*/, '')] }),
  ],
  ['the role, in other words', allows({ actions: [...three].reverse(), dataActions: null })],
  ['the role of another subscription', role({ assignableScopes: ['/subscriptions/other'] })],
  ['the role with more actions', allows({ ...exact, actions: [...three, `${aks}/write`] })],
  ['the role with fewer actions', allows({ ...exact, actions: three.slice(1) })],
  ['the role with data actions', allows({ ...exact, dataActions: [`${aks}/pods/read`] })],
  ['the role with exceptions', allows({ ...exact, notActions: [`${aks}/read`] })],
  ['the role with two lists', allows(exact, { ...exact, actions: ['*'] })],
  ['the role with nothing', allows()],
  ['the stop role with other actions', role({ roleName: 'AKS Run Command Stop' })],
  ['the role under another name', role({ roleName: 'Operate AKS' })],

  ['a mistake in the repository', {}, ['--repository', 'acme/shpo']],
  ['a mistake in the cluster', {}, ['--cluster', 'wue']],
  ['a mistake in a reviewer', {}, ['--reviewer', 'alicia']],
  ['a mistake in a namespace', {}, ['--namespace', 'Shop']],
  ['a mistake in a branch', {}, ['--branch', 'main next']],
  ['a mistake in a name', {}, ['--identity', 'a/b']],
  ['a name that is too long', {}, ['--environment', 'e'.repeat(120)]],
  ['an option that is gone', {}, ['--client-id', 'x']],
  ['a forgotten value', {}, ['--branch', '--namespace', 'shop']],
  ['no value at the end', {}, ['--namespace']],
  ['no owner', {}, ['--repository', 'shop']],
];

const ours = ({ identities }: World): Identity => {
  const [first] = identities;
  if (!first) throw new Error('There is no identity');
  return first;
};
const holdsNothing = (world: World) => {
  const { principalId } = ours(world);
  world.assignments = world.assignments.filter((one) => one.principalId !== principalId);
};
const alsoTrusts = (subject: string | null) => (world: World) => {
  ours(world).credentials.push(trust({ name: 'more', subject }));
};
const setVariable = (name: string, value: string) => (world: World) => {
  const { variables } = world.environments['production'] ?? newEnvironment();
  variables[name] = value;
};

const REMOVE: readonly (readonly [string, (world: World) => void, string[]?])[] = [
  ['two environments', asItIs],
  [
    'two environments, in another spelling',
    asItIs,
    ['--repository', 'Acme/Shop', '--environment', 'PRODUCTION'],
  ],
  [
    'a subject with numeric IDs',
    (world) => {
      ours(world).credentials = [trust({ subject: 'repo:acme@1/shop@22:environment:production' })];
    },
  ],
  [
    'what an emergency has left',
    (world) => {
      holdsNothing(world);
      ours(world).credentials = [];
    },
  ],
  [
    'an identity that only a virtual machine uses',
    (world) => {
      holdsNothing(world);
      ours(world).credentials = [];
      ours(world).tags = {};
    },
  ],
  [
    'an identity that is gone',
    (world) => {
      holdsNothing(world);
      world.identities.shift();
    },
  ],
  [
    'an environment that is gone',
    ({ environments }) => {
      delete environments['production'];
    },
  ],
  [
    'a repository that is gone',
    (world) => {
      world.repositories = [];
    },
  ],
  ['variables for another identity', setVariable('AZURE_CLIENT_ID', 'other')],
  ['variables for another cluster', setVariable('AKS_CLUSTER_ID', `${CLUSTER_ID}-2`)],
  ['an identity that trusts others, too', alsoTrusts('repo:acme/shop:pull_request')],
  ['an identity that trusts what an expression matches', alsoTrusts(null)],
  [
    'an identity that trusts nobody, and has roles',
    (world) => {
      ours(world).credentials = [];
    },
  ],
  ['the identity of another environment', asItIs, ['--identity', 'github-acme__shop__staging']],
  [
    'an identity with roles elsewhere',
    (world) => {
      const { principalId } = ours(world);
      world.assignments.push({ principalId, role: 'x', scope: `${CLUSTER_ID}-2` });
    },
  ],
  [
    'an environment that uses an identity of another name',
    (world) => {
      ours(world).name = 'other';
    },
  ],
  ['no cluster', asItIs, ['--cluster', '']],
  ['a path for a cluster', asItIs, ['--cluster', 'weu/']],
];

const told: string[] = [];
let usual: readonly string[] = [];

/** The calls of the first world, and for others what is different there. */
function differences(calls: readonly string[]): string {
  if (told.length === 0 || calls.every((call) => call.includes('delete'))) usual = [];
  const lines = [
    ...usual.filter((call) => !calls.includes(call)).map((call) => `not ${call}`),
    ...calls.filter((call) => !usual.includes(call)),
  ];
  if (usual.length === 0) usual = calls;
  if (lines.length === 0) lines.push(calls.length > 0 ? 'the same' : 'nothing');
  return lines.map((line) => `    ${line}\n`).join('');
}

/** Runs a script twice, and tells what happened. */
async function tell(
  name: string,
  world: World,
  runScript: (world: World) => ReturnType<typeof setUp>,
) {
  const before = structuredClone(world);
  const ran = await runScript(world);
  if (ran.exitCode === 0) {
    told.push(`${name}, makes\n${differences(changesOf(ran).map(shortly))}`);
    expect(ran.stderr).toBe('');

    const after = structuredClone(world);
    const again = await runScript(world);
    expect(again.stdout).toMatch(/\n {2}Nothing\. .* of this is there/);
    expect(changesOf(again)).toEqual([]);
    expect(world).toEqual(after);
  } else {
    const [why = '', ...rest] = ran.stderr.split('Stopped. Nothing was changed.\n');
    told.push(`${name}, stops\n${why.replaceAll(/^(?=.)/gm, '    ')}`);
    expect(rest).toEqual(['']);
    expect(changesOf(ran)).toEqual([]);
    expect(world).toEqual(before);
  }
}

needing(['bash', 'jq'], () => {
  test.each(SETUP)('setup.sh, with %s', async (name, before, more = [], all = ALL) => {
    const world = newWorld(structuredClone(before));
    await tell(`setup.sh, with ${name}`, world, (one) => setUp(one, [...all, ...more]));
  });

  test.each(REMOVE)('remove.sh, with %s', async (name, change, more = []) => {
    const world = await twoEnvironments();
    change(world);
    await tell(`remove.sh, with ${name}`, world, (one) => remove(one, [...PLACE, ...more]));
  });

  test('the words are those of worlds.txt', async () => {
    await expectGolden(new URL('worlds.txt', import.meta.url), told.join('\n'));
  });
});
