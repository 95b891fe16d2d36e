import { describe, expect, test } from '@jest/globals';
import { search } from 'jmespath';
import { blocksOf, readDocument } from '../docs/markdown.ts';
import { bench } from '../kubernetes/run.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { shells, type Ran } from './run.ts';
import {
  afterSetUp,
  changesOf,
  crlf,
  first,
  KINDS,
  NEW,
  PLACE,
  PROTECTED,
  RULES,
  run,
  setUp,
  stops,
  SUBJECT,
  succeeds,
  summary,
  variablesOf,
} from './set-up.ts';
import {
  application,
  CLUSTER_ID,
  newEnvironment,
  newWorld,
  SUBSCRIPTION,
  TENANT,
  type World,
} from './world.ts';

// setup.sh, with stand-ins for az and gh that keep what they are told and answer as the real ones.

const OURS: World['applications'][number]['credentials'][number] = {
  name: 'github',
  issuer: 'https://token.actions.githubusercontent.com',
  subject: SUBJECT,
  audiences: ['api://AzureADTokenExchange'],
};

/** The calls that a dry run has printed, without what it says before and after them. */
const printedCalls = ({ stdout }: Ran) =>
  stdout.slice(stdout.indexOf('does:\n') + 6, stdout.lastIndexOf('\nN') + 1);

needing(['bash', 'jq'], () => {
  describe.each(shells)('%s', (shell) => {
    describe.each(KINDS)('%s', (_kind, args) => {
      test('from nothing, the jobs of the environment can run commands', async () => {
        const { world, ran } = await afterSetUp(args, shell);
        expect(summary(world)).toEqual({
          others: [],
          trusts: [SUBJECT],
          roles: [['AKS Run Command', expect.arrayContaining([expect.any(String)])]],
          grants: [
            [true, CLUSTER_ID],
            [true, `${CLUSTER_ID}/namespaces/shop`],
          ],
          variables: {
            AKS_CLUSTER_ID: CLUSTER_ID,
            AZURE_CLIENT_ID: expect.any(String),
            AZURE_TENANT_ID: TENANT,
          },
          usesIt: true,
          rules: [['alice'], ['main']],
        });
        // Whom it trusts, what it holds, and what keeps people out, before the first call
        expect(ran.stdout.slice(0, ran.stdout.indexOf('What this run does')).split('\n')).toEqual([
          `The cluster, in the subscription ${SUBSCRIPTION} (Shop production):`,
          `  ${CLUSTER_ID} (Azure RBAC)`,
          'Whom the identity (a new one) trusts:',
          `  + github\thttps://token.actions.githubusercontent.com\t${SUBJECT}`,
          'What it holds in this subscription:',
          `  + AKS Run Command\t${CLUSTER_ID}`,
          `  + Azure Kubernetes Service RBAC Writer\t${CLUSTER_ID}/namespaces/shop`,
          'What keeps people out of the environment production:',
          '  + selected branches',
          '  + User alice',
          '  + branch main',
          '',
        ]);
      });

      test('a second run changes nothing', async () => {
        const { world } = await afterSetUp(args, shell);
        const before = structuredClone(world);
        expect(changesOf(await succeeds(world, args, shell))).toEqual([]);
        expect(world).toEqual(before);
      });

      test('a dry run makes no change, and prints the calls that a run makes', async () => {
        const world = newWorld();
        const dry = await succeeds(world, [...args, '--dry-run'], shell);
        expect(changesOf(dry)).toEqual([]);
        expect(world).toEqual(newWorld());

        const pasted = await run(newWorld(), [shell, '-c', printedCalls(dry)]);
        const known = (call: readonly string[]) =>
          call.map((word) =>
            word
              .replaceAll(/^[acA-Z_]{9}$|^[ac]0000001-0000-4000-8000-0{12}$/g, 'CLIENT_ID')
              .replaceAll(/^[bd]0000001-0000-4000-8000-0{12}$/g, 'PRINCIPAL_ID')
              .replaceAll(/^.*\/e0000001-0000-4000-8000-0{12}$/g, 'ROLE_ID'),
          );
        const { ran } = await afterSetUp(args, shell);
        expect(pasted.calls.map(known)).toEqual(changesOf(ran).map(known));
      });
    });
  });

  test.each<[string, string[], RegExp]>([
    ['the repository', ['--repository', 'acme/shpo'], /Not Found/],
    ['the environment', ['--environment', 'product'], /no environment product\./],
    ['the cluster', ['--cluster', 'wue'], /ResourceNotFound/],
    ['a reviewer', ['--reviewer', 'alicia'], /lacks: User alicia\./],
    ['a branch', ['--branch', 'mian'], /lacks: branch mian\./],
    ['two branches', ['--branch', 'main next'], /--branch is missing or invalid: "main next"/],
    ['a namespace', ['--namespace', 'Shop'], /--namespace is missing or invalid: "Shop"/],
    ['a client ID', ['--client-id', 'a0000001'], /The client ID is missing or invalid/],
    [
      'another client ID',
      ['--client-id', 'a0000009-0000-4000-8000-000000000000'],
      /There is no identity a0000009-[-0-9]*\. If it is gone, delete\nthe variable AZURE_CLIENT_ID/,
    ],
    [
      'the name of an identity',
      ['--user-assigned', 'a/b'],
      /--user-assigned is missing or invalid/,
    ],
    ['an option', ['--reviewers', 'alice'], /There is no option --reviewers/],
    ['a forgotten value', ['--branch', '--namespace', 'shop'], /--branch is missing or invalid/],
    ['a value at the end', ['--namespace'], /--namespace is missing or invalid: ""/],
    ['the owner', ['--repository', 'shop'], /--repository is missing or invalid: "shop"/],
  ])('a mistake in %s changes nothing', async (_name, mistake, words) => {
    const environments = { staging: newEnvironment(), production: structuredClone(PROTECTED) };
    await stops(newWorld({ environments }), [...PLACE, ...mistake], words);
  });

  test('a reviewer that GitHub does not know stops before the environment is created', async () => {
    await stops(newWorld(), [...NEW, '--reviewer', 'alicia'], /Not Found/);
  });

  describe('the environment', () => {
    test('without rules, nothing happens, on a second run either', async () => {
      const bare = [...PLACE, '--create-environment'];
      const world = newWorld();
      await stops(world, bare, /--unprotected/);
      const ran = await succeeds(world, [...bare, '--unprotected']);
      // Only what was asked for is sent: GitHub refuses even defaults for some repositories.
      expect(changesOf(ran)[0]).toEqual(
        'gh api --silent --method PUT repos/acme/shop/environments/production'.split(' '),
      );
      await stops(world, bare, /--unprotected/);
    });

    const onlySelected = { protected_branches: false, custom_branch_policies: true };
    const onlyProtected = { protected_branches: true, custom_branch_policies: false };
    const selected = (branches: string[], tags: string[] = []) => ({
      branchPolicy: onlySelected,
      branches,
      tags,
    });

    test.each<[string, Partial<typeof PROTECTED>, string]>([
      ['a wait timer', { waitTimer: 30 }, 'wait_timer'],
      ['every branch', selected(['*']), 'branch * (open to all with write access)'],
      ['every tag', selected(['main'], ['*']), 'tag * (open to all with write access)'],
      [
        'a branch that is not protected',
        selected(['main', 'next']),
        'branch next (open to all with write access)',
      ],
    ])('%s keeps nobody out', async (_name, rules, words) => {
      const world = newWorld({ environments: { production: newEnvironment(rules) } });
      const { stdout } = await stops(world, PLACE, /--unprotected/);
      expect(stdout).toContain(`  ${words}\n`);
      const before = structuredClone(world.environments['production']);
      await succeeds(world, [...PLACE, '--unprotected']);
      expect(world.environments['production']).toEqual({ ...before, variables: expect.anything() });
    });

    test.each<[string, Partial<World>, Partial<typeof PROTECTED>, string]>([
      ['reviewers', {}, { teams: ['platform'] }, 'Team platform'],
      ['reviewers of any branch', {}, { reviewers: ['bob'], ...selected(['*']) }, 'User bob'],
      ['protected branches', {}, { branchPolicy: onlyProtected }, 'protected branches'],
      [
        'branches that GitHub says nothing about',
        {},
        selected(['release/*']),
        'branch release/* (check whether all of these are protected)',
      ],
      [
        'tags that GitHub says nothing about',
        {},
        selected([], ['v*']),
        'tag v* (check whether all of these are protected)',
      ],
      ['a lock', {}, selected([]), 'selected branches'],
      [
        'a second protected branch',
        { protectedBranches: ['next', 'main'] },
        selected(['main']),
        'branch main',
      ],
    ])('%s keep people out', async (_name, change, rules, words) => {
      const production = newEnvironment(rules);
      const world = newWorld({ environments: { production }, ...change });
      const before = structuredClone(production);
      const { stdout } = await succeeds(world, PLACE);
      expect(stdout).toContain(`  ${words}\n`);
      expect(world.environments['production']).toEqual({ ...before, variables: expect.anything() });
    });

    test.each([['*'], ['next']])(
      'the branch %s keeps nobody out if GitHub does not say that it is one',
      async (branch) => {
        const production = newEnvironment(selected([branch]));
        await stops(
          newWorld({ environments: { production }, hasTypes: false }),
          PLACE,
          /Everyone with write access would get in/,
        );
      },
    );

    test('protected branches keep nobody out if there are none', async () => {
      const production = newEnvironment({ branchPolicy: onlyProtected });
      const world = newWorld({ environments: { production }, protectedBranches: [] });
      await stops(world, PLACE, /Everyone with write access would get in/);
    });

    test.each([
      ['of every name', ['--branch', '*'], /Everyone with write access would get in/],
      ['that is not protected', ['--branch', 'next'], /Everyone with write access would get in/],
      ['of every name, with a reviewer', ['--reviewer', 'alice', '--branch', '*'], /branch "\*"/],
    ])('no environment is made for a branch %s', async (_name, args, words) => {
      const world = newWorld();
      await stops(world, [...PLACE, '--create-environment', ...args], words);
      await succeeds(world, [...PLACE, '--create-environment', ...args, '--unprotected']);
    });

    test('one that is locked stays locked, whatever is asked for', async () => {
      const { world } = await afterSetUp();
      first(Object.values(world.environments)).branches = [];
      await stops(world, NEW, /lacks: branch main\. Existing rules are kept,/);
      expect(await stops(world, [...PLACE, '--branch', 'main'], '')).toMatchObject({
        stderr: expect.stringContaining(
          'or add a branch:\n  gh api --method POST repos/acme/shop/',
        ),
      });
    });

    test('what weakens the rules is shown, and who starts a job may not approve it', async () => {
      const production = newEnvironment({ reviewers: ['alice'] });
      const world = newWorld({ environments: { production } });
      const { stdout } = await succeeds(world, PLACE);
      expect(stdout).toContain('  self-review is allowed\n  admins can bypass the rules\n');
      const { world: made } = await afterSetUp();
      expect(made.environments['production']?.preventSelfReview).toBe(true);
    });

    test('one without rules gets those that were asked for', async () => {
      const world = newWorld({ environments: { production: newEnvironment() } });
      await succeeds(world, [...PLACE, ...RULES]);
      expect(summary(world).rules).toEqual([['alice'], ['main']]);
    });

    test.each<[string, Partial<typeof PROTECTED>, RegExp]>([
      [
        'another reviewer',
        { reviewers: ['bob'], teams: ['alice'], waitTimer: 30 },
        /lacks: selected branches, User alice, branch main\./,
      ],
      [
        'another branch',
        { reviewers: ['alice'], ...selected(['release'], ['main']) },
        /lacks: branch main\./,
      ],
      [
        'protected branches',
        { reviewers: ['alice'], branchPolicy: onlyProtected },
        /lacks: selected branches, branch main\./,
      ],
    ])('rules that exist are kept: %s', async (_name, rules, words) => {
      const world = newWorld({ environments: { production: newEnvironment(rules) } });
      const { stderr } = await stops(world, [...PLACE, ...RULES], words);
      expect(stderr).toContain('https://github.com/acme/shop/settings/environments');
    });

    test('rules that nobody asked for are enough', async () => {
      const world = newWorld({
        environments: { Production: newEnvironment({ teams: ['platform'] }) },
      });
      await succeeds(world, PLACE);
      expect(world.environments['Production']?.teams).toEqual(['platform']);
      // The subject is compared in the letter case that GitHub has.
      expect(world.applications[0]?.name).toBe('repo:acme/shop:environment:Production');
    });

    test('a reviewer without access is noticed, and nothing else is made', async () => {
      const world = newWorld({ collaborators: ['bob'] });
      const ran = await setUp(world, NEW);
      expect(ran.exitCode).toBe(1);
      expect(ran.stderr).toContain('lacks: User alice.');
      expect(world.applications).toEqual([]);
      expect(world.assignments).toEqual([]);
    });

    test('a plan without required reviewers stops it, and the next run as well', async () => {
      const world = newWorld({ hasReviewers: false });
      for (const args of [NEW, PLACE]) {
        const ran = await setUp(world, args);
        expect(ran.exitCode).not.toBe(0);
        expect(world.applications).toEqual([]);
      }
      await succeeds(world, [...PLACE, '--branch', 'main']);
    });
  });

  describe('the identity', () => {
    test('somebody else’s application of the same name stops it, and its owners are shown', async () => {
      const theirs = application(SUBJECT, 5, ['mal\u001b[31mlоry']);
      const world = newWorld({ applications: [theirs] });
      const { stdout, stderr } = await stops(world, NEW, /If it is yours,\nadd --client-id/);
      expect(stderr).toContain('An identity of this name exists already.');
      // No name is a command for a terminal, or looks like another one.
      expect(stdout).toContain('  owner\tmal?[31ml??ry\tmal?[31ml??ry@example.com\n');
      await succeeds(world, [...NEW, '--client-id', theirs.clientId.toUpperCase()]);
      expect(world.applications).toHaveLength(1);
    });

    test('a user-assigned identity of the same name, in any letter case, stops it', async () => {
      const theirs = application('GitHub-Shop', 5);
      const world = newWorld({ identities: [theirs] });
      const args = [...NEW, '--user-assigned', 'github-shop'];
      await stops(world, args, theirs.clientId);
      await succeeds(world, [...args, '--client-id', theirs.clientId]);
      expect(world.identities).toHaveLength(1);
    });

    test('the name of the application may change', async () => {
      const { world } = await afterSetUp();
      first(world.applications).name = "shop's deployments";
      expect(changesOf(await succeeds(world, NEW))).toEqual([]);
    });

    test.each<[string, (world: World) => void]>([
      [
        'was deleted',
        ({ applications }) => {
          applications.length = 0;
        },
      ],
      [
        'is a user-assigned one',
        ({ applications, identities }) => {
          identities.push(...applications.splice(0));
        },
      ],
    ])('one in the variable that %s is explained', async (_name, change) => {
      const { world } = await afterSetUp();
      change(world);
      const { stderr } = await stops(world, NEW, /There is no identity a0000001-/);
      expect(stderr).toContain('delete\nthe variable AZURE_CLIENT_ID');
      expect(stderr).toContain('add --user-assigned NAME');
      delete variablesOf(world)['AZURE_CLIENT_ID'];
    });

    // Whoever has write access to the repository can set the variable.
    test.each<[string, (theirs: World['applications'][number], world: World) => void]>([
      ['of their own', () => undefined],
      [
        'of their own, with our name',
        (theirs) => {
          theirs.name = SUBJECT;
        },
      ],
      [
        'of their own, with our subject',
        (theirs) => {
          theirs.credentials.push(OURS);
        },
      ],
      [
        'of another team, which has the role on this cluster',
        (theirs, { assignments }) => {
          theirs.credentials.push({ ...OURS, subject: 'repo:acme/pay:environment:production' });
          assignments.push({ ...first(assignments), principalId: theirs.principalId });
        },
      ],
    ])('one %s gets nothing by the variable', async (_name, change) => {
      const { world } = await afterSetUp();
      const theirs = application('mine', 5, ['mallory']);
      world.applications.push(theirs);
      change(theirs, world);
      variablesOf(world)['AZURE_CLIENT_ID'] = theirs.clientId;
      await stops(world, NEW, `If it is yours, add --client-id ${theirs.clientId}`);
    });

    test.each<[string, Partial<typeof OURS>, string]>([
      ['pull requests', { subject: 'repo:acme/shop:pull_request' }, 'repo:acme/shop:pull_request'],
      [
        'another repository',
        { subject: 'repo:acme@1/shop@2:environment:production' },
        'repo:acme@1/shop@2:environment:production',
      ],
      [
        'another GitHub',
        { issuer: 'https://github.acme.example/_services/token' },
        'https://github.acme.example/_services/token',
      ],
      ['another cloud', { audiences: ['api://AzureADTokenExchangeUSGov'] }, 'USGov'],
      [
        'whatever an expression matches',
        {
          subject: null,
          claimsMatchingExpression: { value: "claims['sub'] matches '*'", languageVersion: 1 },
        },
        "claims['sub'] matches '*'",
      ],
      ['whatever an expression matches that is not shown', { subject: null }, 'None'],
    ])('one that trusts %s, too, is not taken', async (_name, change, shown) => {
      for (const [, args] of KINDS) {
        const { world } = await afterSetUp(args);
        const [identity] = [...world.applications, ...world.identities];
        identity?.credentials.push({ ...OURS, name: 'more', ...change });
        const given = [...args, '--client-id', identity?.clientId ?? ''];
        for (const again of [args, given]) {
          const { stdout } = await stops(
            world,
            again,
            /Others can sign in as this identity, with more\./,
          );
          expect(stdout).toContain(shown);
        }
        await stops(world, [...args, '--also-trusts', 'mor'], /identity, with more\./);
        expect(changesOf(await succeeds(world, [...args, '--also-trusts', 'more']))).toEqual([]);
      }
    });

    test.each<[string, (identity: World['applications'][number], id: string) => void]>([
      ['a secret', ({ secrets }, id) => secrets.push(id)],
      ['a certificate of its principal', ({ certificates }, id) => certificates.push(id)],
    ])('one with %s is not taken', async (_name, add) => {
      const id = 'f0000002-0000-4000-8000-000000000000';
      const { world } = await afterSetUp();
      add(first(world.applications), id);
      const { stdout } = await stops(world, NEW, `Others can sign in as this identity, with ${id}`);
      expect(stdout).toContain(`  other\t${id}\tkey\n`);
      await succeeds(world, [...NEW, '--also-trusts', id]);
    });

    test.each<[string, (world: World) => string]>([
      ['itself', ({ applications }) => first(applications).principalId],
      [
        'as a member of a group',
        (world) => {
          const { principalId } = first(world.applications);
          world.groups = { 'f0000003-0000-4000-8000-000000000000': [principalId] };
          return 'f0000003-0000-4000-8000-000000000000';
        },
      ],
    ])('all that it holds %s is shown', async (_name, holderOf) => {
      const { world } = await afterSetUp();
      world.assignments.push({
        ...first(world.assignments),
        principalId: holderOf(world),
        scope: `/subscriptions/${SUBSCRIPTION}`,
      });
      const { stdout } = await succeeds(world, NEW);
      expect(stdout).toContain(`  AKS Run Command\t/subscriptions/${SUBSCRIPTION}\n`);
    });
  });

  describe('a second cluster', () => {
    const second = { AKS_CLUSTER_ID: `${CLUSTER_ID}-2` };

    test('is not put in the place of the first one', async () => {
      const { world } = await afterSetUp();
      Object.assign(variablesOf(world), second);
      await stops(world, NEW, `another cluster: ${CLUSTER_ID}-2`);
      await succeeds(world, [...NEW, '--replace-cluster']);
      expect(variablesOf(world)['AKS_CLUSTER_ID']).toBe(CLUSTER_ID);
    });

    test('gets the role for the same identity, if it is given', async () => {
      const { world } = await afterSetUp();
      world.assignments[0] = { ...first(world.assignments), scope: `${CLUSTER_ID}-2` };
      Object.assign(variablesOf(world), second);
      const { clientId } = first(world.applications);
      const args = [...NEW, '--replace-cluster'];
      await stops(world, args, `If it is yours, add --client-id ${clientId}`);
      await succeeds(world, [...args, '--client-id', clientId]);
      expect(world.applications).toHaveLength(1);
      expect(world.assignments).toHaveLength(3);
    });

    test('has a name that is no command for a terminal', async () => {
      const { world } = await afterSetUp();
      variablesOf(world)['AKS_CLUSTER_ID'] = '\u001b[2J';
      const { stderr } = await stops(world, NEW, 'another cluster: ?[2J\n');
      expect(stderr).not.toContain('\u001b');
    });

    test('is the same one in any letter case', async () => {
      const { world } = await afterSetUp();
      variablesOf(world)['AKS_CLUSTER_ID'] = CLUSTER_ID.toUpperCase();
      await succeeds(world, NEW);
    });
  });

  test.each<[string, World['subjects'], string]>([
    ['names', { use_default: true }, SUBJECT],
    [
      'numeric IDs',
      { use_default: true, sub_claim_prefix: 'repo:acme@1/shop@2' },
      'repo:acme@1/shop@2:environment:production',
    ],
    // GitHub's answer need not say whether the repository has a format of its own.
    [
      'numeric IDs, and no word on the default',
      { use_default: null, sub_claim_prefix: 'repo:acme@1/shop@2' },
      'repo:acme@1/shop@2:environment:production',
    ],
    [
      'numeric IDs alone',
      { sub_claim_prefix: 'repo:acme@1/shop@2' },
      'repo:acme@1/shop@2:environment:production',
    ],
    ['no prefix', {}, SUBJECT],
  ])('the subject has %s, as GitHub says', async (_name, subjects, subject) => {
    const world = newWorld({ subjects });
    // GitHub answers in any letter case.
    await succeeds(world, [...NEW, '--repository', 'Acme/Shop']);
    expect(world.applications[0]?.credentials).toEqual([{ ...OURS, subject }]);
  });

  test('the az of Windows, whose lines end in CR LF, stops it', async () => {
    for (const aadProfile of [null, newWorld().aadProfile]) {
      const world = newWorld({ aadProfile });
      const before = structuredClone(world);
      const ran = await run(world, ['bash', 'setup.sh', ...NEW], ([tool]) =>
        tool === 'az' ? crlf : undefined,
      );
      expect(ran.exitCode).toBe(1);
      expect(ran.stderr).toMatch(/az printed no valid IDs: [^]*Nothing was changed\./);
      expect(world).toEqual(before);
    }
  });

  test('another GitHub has another issuer, so it stops', async () => {
    const world = newWorld({ github: 'https://github.acme.example' });
    await stops(world, NEW, /github\.acme\.example\/acme\/shop is not on https:\/\/github\.com/);
  });

  test('subjects of a format of their own stop it', async () => {
    const world = newWorld({ subjects: { use_default: false } });
    await stops(world, NEW, /gh api --method PUT repos\/acme\/shop\/actions\/oidc/);
  });

  describe('the role', () => {
    const ours = 'Microsoft.ContainerService/managedClusters';
    const three = [`${ours}/commandResults/read`, `${ours}/read`, `${ours}/runCommand/action`];
    const exact = { actions: three, notActions: [], dataActions: [], notDataActions: [] };
    const role = (change: Partial<World['roles'][number]> = {}): World['roles'][number] => ({
      name: 'f0000001-0000-4000-8000-000000000000',
      roleName: 'AKS Run Command',
      assignableScopes: [`/subscriptions/${SUBSCRIPTION}`],
      permissions: [exact],
      ...change,
    });

    test.each<[string, Partial<World['roles'][number]>]>([
      ['has another name', { roleName: 'Deploy to AKS' }],
      [
        'lists its actions in another order',
        { permissions: [{ ...exact, actions: [...three].reverse() }] },
      ],
      [
        'has lists that Azure leaves out',
        { permissions: [{ actions: three, notActions: null, dataActions: null }] },
      ],
      [
        'is for the resource group only',
        { assignableScopes: [`/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-weu`] },
      ],
    ])('one that %s is used', async (_name, change) => {
      const world = newWorld({ roles: [role(change)] });
      await succeeds(world, NEW);
      expect(world.roles).toHaveLength(1);
      expect(world.assignments[0]?.roleDefinitionId).toContain(role().name);
    });

    test.each<[string, World['roles'][number]['permissions']]>([
      ['more actions', [{ ...exact, actions: [...three, `${ours}/write`] }]],
      ['fewer actions', [{ ...exact, actions: three.slice(1) }]],
      ['data actions', [{ ...exact, dataActions: [`${ours}/pods/read`] }]],
      ['actions that it denies', [{ ...exact, notActions: [`${ours}/read`] }]],
      ['two lists of permissions', [exact, { ...exact, actions: ['*'] }]],
      ['data actions alone', [{ actions: null, dataActions: [`${ours}/pods/read`] }]],
      ['no permissions', []],
    ])('one with %s is not used, and shown if it has the name', async (_name, permissions) => {
      const other = role({ roleName: 'Operate AKS', permissions });
      const world = newWorld({ roles: [other] });
      await succeeds(world, NEW);
      expect(world.roles.map(({ roleName }) => roleName)).toEqual([
        'Operate AKS',
        'AKS Run Command',
      ]);

      const { stderr } = await stops(
        newWorld({ roles: [role({ permissions })] }),
        NEW,
        /The role "AKS Run Command" is different, or not for \/subscriptions\//,
      );
      for (const one of permissions)
        for (const action of Object.values(one).flat()) expect(stderr).toContain(action ?? 'null');
    });

    test('docs/SETUP.md has the commands that make it assignable in this subscription', async () => {
      const world = newWorld({ roles: [role({ assignableScopes: ['/subscriptions/other'] })] });
      const { stderr } = await stops(world, NEW, /and \/subscriptions\/.* in assignableScopes/);
      expect(stderr).toContain('"/subscriptions/other"');
      const [block] = blocksOf(readDocument('docs/SETUP.md'), 'sh').filter(({ text }) =>
        text.startsWith('az role definition list'),
      );
      const pasted = (block?.text ?? '')
        .replace('SCOPE', '/subscriptions/other')
        .replace('SUBSCRIPTION_ID', SUBSCRIPTION)
        .replace('>role.json', '>"$HOME/role.json"')
        .replace('@role.json', '"$(cat "$HOME/role.json")"');
      await run(world, ['bash', '-c', pasted]);
      await succeeds(world, NEW);
      expect(world.roles).toHaveLength(1);
      expect(world.roles[0]?.assignableScopes).toContain('/subscriptions/other');
    });
  });

  describe('permissions in Kubernetes', () => {
    const modes = {
      'no managed Entra': null,
      'Azure RBAC': { managed: true, enableAzureRbac: true },
      'Kubernetes RBAC': { managed: true, enableAzureRbac: false },
      // As older versions say it
      'Kubernetes RBAC, by default': { managed: true, enableAzureRbac: null },
    };
    const bare = [...PLACE, ...RULES, '--create-environment'];
    const inNamespace = ['--namespace', 'shop'];
    const pods = 'Microsoft.ContainerService/managedClusters/pods';

    test.each<[keyof typeof modes, string[], string[], string]>([
      ['no managed Entra', [], [], 'every command is a cluster admin'],
      ['no managed Entra', ['--allow-stop'], [], 'every command is a cluster admin'],
      ['Azure RBAC', [], [], 'To let it change things, add --namespace.'],
      ['Azure RBAC', inNamespace, ['shop'], '/namespaces/shop'],
      ['Azure RBAC', ['--allow-stop'], ['aks-command'], 'change their results'],
      ['Azure RBAC', [...inNamespace, '--allow-stop'], ['shop', 'aks-command'], 'change their'],
      ['Kubernetes RBAC', [], [], 'To let it change things, add --namespace.'],
      ['Kubernetes RBAC', inNamespace, [], 'A cluster admin has to run this'],
      ['Kubernetes RBAC', ['--allow-stop'], [], 'change their results'],
      ['Kubernetes RBAC, by default', inNamespace, [], 'A cluster admin has to run this'],
    ])('on a cluster with %s, %p grants %p', async (mode, args, namespaces, words) => {
      const world = newWorld({ aadProfile: modes[mode] });
      const { stdout } = await succeeds(world, [...bare, ...args]);
      expect(stdout).toContain(words);
      expect(world.assignments.map(({ scope }) => scope)).toEqual([
        CLUSTER_ID,
        ...namespaces.map((namespace) => `${CLUSTER_ID}/namespaces/${namespace}`),
      ]);
      expect(changesOf(await succeeds(world, [...bare, ...args]))).toEqual([]);
    });

    test('without managed Entra, a namespace would limit nothing', async () => {
      const world = newWorld({ aadProfile: null });
      await stops(
        world,
        NEW,
        /every command is a cluster admin, so --namespace would limit nothing/,
      );
    });

    test('what --allow-stop grants is read and exec in aks-command, and shown before', async () => {
      const world = newWorld();
      const { stdout } = await succeeds(world, [...bare, '--allow-stop']);
      expect(world.roles[1]).toMatchObject({
        roleName: 'AKS Run Command Stop',
        permissions: [{ actions: [], dataActions: [`${pods}/exec/action`, `${pods}/read`] }],
      });
      const place = `${CLUSTER_ID}/namespaces/aks-command`;
      expect(stdout).toContain(`  + AKS Run Command Stop\t${place}\n`);
      expect(stdout.indexOf('can enter the pods of other commands')).toBeLessThan(
        stdout.indexOf('What this run does'),
      );
      expect(stdout).toContain(` --scope ${place} `);
    });

    test('a cluster admin grants the same with kubectl', async () => {
      const world = newWorld({ aadProfile: modes['Kubernetes RBAC'] });
      const args = [...bare, ...inNamespace, '--allow-stop'];
      const { stdout } = await succeeds(world, args);
      const [printed = ''] = /^ {2}az aks command invoke [^]*$/m.exec(stdout) ?? [];
      const { calls } = await run(world, ['bash', '-c', printed]);
      const cluster = await bench();
      try {
        const said = await cluster.run(
          ['kubectl create namespace aks-command', ...calls.map((call) => call.at(-1))].join('\n'),
          '/',
        );
        expect(said).toEqual({ code: 0, output: expect.stringContaining('github-b0000001') });
        const { output } = await cluster.run('kubectl get roles,rolebindings -A -o json', '/');
        const { items } = JSON.parse(output) as { items: unknown[] };
        const principal = 'b0000001-0000-4000-8000-000000000000';
        expect(
          search(
            items,
            "[?kind=='RoleBinding'].[metadata.namespace, subjects[].name, roleRef.name]",
          ),
        ).toEqual([
          ['aks-command', [principal], `github-${principal}-exec`],
          ['aks-command', [principal], `github-${principal}-list`],
          ['shop', [principal], 'edit'],
        ]);
        expect(search(items, "[?kind=='Role'].[metadata.namespace, metadata.name, rules]")).toEqual(
          [
            [
              'aks-command',
              `github-${principal}-exec`,
              [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }],
            ],
            [
              'aks-command',
              `github-${principal}-list`,
              [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
            ],
          ],
        );
      } finally {
        await cluster.stop();
      }
    });
  });

  test('the name of a branch arrives as it is', async () => {
    const branches = ["it's", '$(id)', '`id`', '*', 'feature/ä', '"'];
    const args = [...PLACE, '--create-environment', '--unprotected'];
    args.push(...branches.flatMap((branch) => ['--branch', branch]));
    const dry = await succeeds(newWorld(), [...args, '--dry-run']);
    for (const program of [
      ['setup.sh', ...args],
      ['-c', printedCalls(dry)],
    ]) {
      const world = newWorld();
      await run(world, ['bash', ...program]);
      expect(world.environments['production']?.branches).toEqual(branches);
    }
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
    const dry = await run(world, ['bash', '-c', call]);
    expect({ exitCode: dry.exitCode, stderr: dry.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(world).toEqual(newWorld());
    expect(await run(world, ['bash', '-c', call.replace(' --dry-run', '')])).toMatchObject({
      exitCode: 0,
    });
    expect(summary(world)).toMatchObject({ trusts: [SUBJECT], usesIt: true });
  });

  test('a user-assigned identity keeps its credential for another environment', async () => {
    const given = ['--user-assigned', 'github-shop'];
    const { world } = await afterSetUp([...NEW, ...given]);
    const { clientId } = first(world.identities);
    const staging = [...NEW, ...given, '--environment', 'staging', '--client-id', clientId];
    await stops(world, [...staging, '--also-trusts', 'github'], /is for other jobs, and stays/);
  });

  test('after a failure, it says which calls were made', async () => {
    const failed: string[] = [];
    for (const words of ['gh api --silent --method PUT', 'az ad app create', 'az ad sp create']) {
      const { stderr } = await run(newWorld(), ['bash', 'setup.sh', ...NEW], (call) =>
        call.join(' ').startsWith(words) ? 'before' : undefined,
      );
      failed.push(stderr.replace(/^[^]*Stopped\. /, '').replace(/ Run this again.*\n/, ''));
    }
    expect(failed).toEqual([
      'The last call above failed. No other call was made.',
      'The last call above failed. The calls before it were made.',
      'The last call above failed. The calls before it were made.',
    ]);
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
