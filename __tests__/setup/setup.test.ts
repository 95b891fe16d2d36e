import { describe, expect, test } from '@jest/globals';
import { needing, onLinux, toolOnPath } from '../support/tools.ts';
import { shells, type Ran } from './run.ts';
import {
  afterSetUp,
  changesOf,
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

/** The calls that a dry run has printed, without what it says before and after them. */
const printedCalls = ({ stdout }: Ran) =>
  stdout.slice(stdout.indexOf('\n  '), stdout.lastIndexOf('\nN') + 1);

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
        expect(ran.stdout).toContain('client-id: ${{ vars.AZURE_CLIENT_ID }}');
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
    ['a reviewer', ['--reviewer', 'alicia'], /"User alicia"/],
    ['a branch', ['--branch', 'mian'], /"branch mian"/],
    ['two branches', ['--branch', 'main next'], /--branch is missing or invalid: "main next"/],
    ['a namespace', ['--namespace', 'Shop'], /--namespace is missing or invalid: "Shop"/],
    ['a client ID', ['--client-id', 'a0000001'], /The client ID is missing or invalid/],
    [
      'another client ID',
      ['--client-id', 'a0000009-0000-4000-8000-000000000000'],
      /Resource 'a0000009-0000-4000-8000-000000000000' does not exist/,
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
    // The program "script" of Linux gives it a terminal.
    onLinux(() => {
      needing(['script'], () => {
        test.each([
          ['yes', ['production']],
          ['no', []],
        ])('on a terminal, one is created if the answer is %s', async (said, made) => {
          const world = newWorld();
          const command = ['bash setup.sh', ...PLACE, ...RULES].join(' ');
          const terminal = `script --quiet --return --command '${command}' /dev/null`;
          const { stdout } = await run(world, ['bash', '-c', `echo ${said} | ${terminal}`]);
          expect(stdout).toContain('Create the environment production?');
          expect(Object.keys(world.environments)).toEqual(made);
        });
      });
    });

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

    test('a wait timer alone is no protection', async () => {
      const rules = newEnvironment({ waitTimer: 30 });
      const world = newWorld({ environments: { production: rules } });
      await stops(world, PLACE, /--unprotected/);
      await succeeds(world, [...PLACE, '--unprotected']);
      expect(world.environments['production']?.waitTimer).toBe(30);
    });

    test('one without rules gets those that were asked for', async () => {
      const world = newWorld({ environments: { production: newEnvironment() } });
      await succeeds(world, [...PLACE, ...RULES]);
      expect(summary(world).rules).toEqual([['alice'], ['main']]);
    });

    const policy = PROTECTED.branchPolicy;
    test.each<[string, Partial<typeof PROTECTED>, RegExp]>([
      [
        'another reviewer',
        { reviewers: ['bob'], teams: ['alice'], waitTimer: 30 },
        /lacks the rule "User alice"/,
      ],
      [
        'another branch',
        { reviewers: ['alice'], branchPolicy: policy, branches: ['release'], tags: ['main'] },
        /lacks the rule "branch main"/,
      ],
      [
        'protected branches',
        {
          reviewers: ['alice'],
          branchPolicy: { protected_branches: true, custom_branch_policies: false },
        },
        /lacks the rule "branch main"/,
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
      expect(ran.stderr).toContain('lacks the rule "User alice"');
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
      const theirs = application(SUBJECT, 5, ['mal\u001b[31mlory']);
      const world = newWorld({ applications: [theirs] });
      const { stderr } = await stops(world, NEW, /If it is yours, add --client-id/);
      expect(stderr).toContain(`The application ${theirs.clientId} has the name`);
      // Nothing of a name is a command for a terminal.
      expect(stderr).toContain('mal\\u001b[31mlory@example.com');
      expect(stderr).not.toContain('\u001b');
      await succeeds(world, [...NEW, '--client-id', theirs.clientId]);
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

    test.each<[string, Partial<World['applications'][number]['credentials'][number]>]>([
      ['other jobs', { subject: 'repo:acme@1/shop@2:environment:production' }],
      ['another GitHub', { issuer: 'https://github.acme.example/_services/token' }],
      ['another cloud', { audiences: ['api://AzureADTokenExchangeUSGov'] }],
    ])('a credential for %s is not replaced', async (_name, change) => {
      const { world } = await afterSetUp();
      const [identity] = world.applications;
      if (identity)
        identity.credentials = identity.credentials.map((one) => ({ ...one, ...change }));
      await stops(world, NEW, /The credential "github" of this identity is for other jobs/);
    });

    test('one that someone with write access put into the variable gets nothing', async () => {
      const theirs = application('mine', 5, ['mallory']);
      const environment = { ...PROTECTED, variables: { AZURE_CLIENT_ID: theirs.clientId } };
      const world = newWorld({
        applications: [theirs],
        environments: { production: structuredClone(environment) },
      });
      await stops(world, NEW, /has no role on this cluster yet/);
    });

    test('a second cluster gets the role, for the same identity', async () => {
      const { world } = await afterSetUp();
      world.assignments[0] = { ...first(world.assignments), scope: `${CLUSTER_ID}-2` };
      const { clientId } = first(world.applications);
      await stops(world, NEW, `If it is yours, add --client-id ${clientId}`);
      await succeeds(world, [...NEW, '--client-id', clientId]);
      expect(world.applications).toHaveLength(1);
      expect(world.assignments).toHaveLength(3);
    });
  });

  test.each<[string, World['subjects'], string]>([
    ['names', { use_default: true }, SUBJECT],
    [
      'numeric IDs',
      { use_default: true, sub_claim_prefix: 'repo:acme@1/shop@2' },
      'repo:acme@1/shop@2:environment:production',
    ],
  ])('the subject has %s, as GitHub says', async (_name, subjects, subject) => {
    const world = newWorld({ subjects });
    // GitHub answers in any letter case.
    await succeeds(world, [...NEW, '--repository', 'Acme/Shop']);
    expect(world.applications[0]?.credentials).toEqual([
      {
        name: 'github',
        issuer: 'https://token.actions.githubusercontent.com',
        subject,
        audiences: ['api://AzureADTokenExchange'],
      },
    ]);
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
    const role = (roleName: string, actions: string[], subscription = SUBSCRIPTION) => ({
      name: 'f0000001-0000-4000-8000-000000000000',
      roleName,
      assignableScopes: [`/subscriptions/${subscription}`],
      permissions: [{ actions, notActions: [], dataActions: [] }],
    });

    test.each([
      ['has another name', role('Deploy to AKS', three)],
      ['was extended', role('AKS Run Command', [...three, 'Microsoft.Resources/*/read'])],
    ])('one that %s is used', async (_name, existing) => {
      const world = newWorld({ roles: [existing] });
      await succeeds(world, NEW);
      expect(world.roles).toHaveLength(1);
      expect(world.assignments[0]?.roleDefinitionId).toContain(existing.name);
    });

    test.each([
      ['more actions', role('Operate AKS', [...three, `${ours}/write`])],
      [
        'data actions',
        {
          ...role('Operate AKS', three),
          permissions: [{ actions: three, dataActions: [`${ours}/pods/read`] }],
        },
      ],
    ])('another one that has %s is not used', async (_name, existing) => {
      const world = newWorld({ roles: [existing] });
      await succeeds(world, NEW);
      expect(world.roles.map(({ roleName }) => roleName)).toEqual([
        'Operate AKS',
        'AKS Run Command',
      ]);
    });

    test.each([
      ['this subscription', role('AKS Run Command', three, 'other')],
      ['an action', role('AKS Run Command', three.slice(1))],
      ['both', role('AKS Run Command', ["it's another/read"], 'other')],
    ])('if it lacks %s, the commands that add it are printed', async (_name, existing) => {
      const world = newWorld({ roles: [structuredClone(existing)] });
      const { stderr } = await stops(world, NEW, /lacks this subscription or actions/);
      const [printed = ''] = /^ {2}az role definition list[^]* @role\.json$/m.exec(stderr) ?? [];

      const pasted = printed.replace('>role.json', '>"$HOME/role.json"');
      await run(world, ['bash', '-c', pasted.replace('@role.json', '"$(cat "$HOME/role.json")"')]);
      const { assignableScopes, permissions } = existing;
      const scopes = [...assignableScopes, `/subscriptions/${SUBSCRIPTION}`];
      const actions = [...(permissions[0]?.actions ?? []), ...three];
      expect(new Set(world.roles[0]?.assignableScopes)).toEqual(new Set(scopes));
      expect(new Set(world.roles[0]?.permissions[0]?.['actions'])).toEqual(new Set(actions));
      await succeeds(world, NEW);
      expect(world.roles).toHaveLength(1);
    });
  });

  test.each<[string, World['aadProfile'], string[], number, string]>([
    ['no managed Entra', null, ['--namespace', 'shop'], 1, 'Done.'],
    [
      'Azure RBAC, without a namespace',
      { managed: true, enableAzureRbac: true },
      [],
      1,
      'Add --namespace.',
    ],
    [
      'Kubernetes RBAC',
      { managed: true, enableAzureRbac: false },
      ['--namespace', 'shop'],
      1,
      'kubectl create rolebinding github-b0000001-0000-4000-8000-000000000000 --clusterrole=edit',
    ],
    [
      'Kubernetes RBAC, as older versions say it',
      { managed: true, enableAzureRbac: null },
      [],
      1,
      'Add --namespace.',
    ],
  ])('%s', async (_name, aadProfile, namespace, grants, words) => {
    const world = newWorld({ aadProfile });
    const { stdout } = await succeeds(world, [
      ...PLACE,
      ...RULES,
      '--create-environment',
      ...namespace,
    ]);
    expect(world.assignments).toHaveLength(grants);
    expect(stdout).toContain(words);
  });

  test('the name of a branch arrives as it is', async () => {
    const branches = ["it's", '$(id)', '`id`', '*', 'feature/ä', '"'];
    const args = [...PLACE, '--create-environment'];
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
