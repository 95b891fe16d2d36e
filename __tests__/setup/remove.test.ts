import { describe, expect, test } from '@jest/globals';
import { needing } from '../support/tools.ts';
import { shells } from './run.ts';
import {
  afterSetUp,
  changesOf,
  crlf,
  first,
  NEW,
  PLACE,
  run,
  runUntilItWorks,
  variablesOf,
} from './set-up.ts';
import { application, CLUSTER_ID, type World } from './world.ts';

// remove.sh, in a world that setup.sh has made, and in which others have something, too.

const other = application('other', 7);
const THEIRS = {
  principalId: other.principalId,
  roleDefinitionId: 'role',
  scope: '/subscriptions/1',
};

async function worldInUse(args: readonly string[]): Promise<World> {
  const { world } = await afterSetUp(args);
  world.applications.push(structuredClone(other));
  world.assignments.push(THEIRS);
  variablesOf(world)['OTHER'] = 'x';
  return world;
}

const remove = (world: World, args: readonly string[]) =>
  run(world, ['bash', 'remove.sh', ...PLACE, ...args]);

/** What others may use is as it was, and nothing holds a role on the cluster. */
function expectOthersKept(world: World): void {
  expect(world).toMatchObject({
    assignments: [THEIRS],
    roles: [{ roleName: 'AKS Run Command' }],
    environments: { production: { variables: { OTHER: 'x' }, reviewers: ['alice'] } },
  });
  expect(world.applications.at(-1)).toEqual(other);
  expect(Object.keys(world.environments['production']?.variables ?? {})).toEqual(['OTHER']);
}

needing(['bash', 'jq'], () => {
  describe.each(shells)('%s', (shell) => {
    describe.each(['before', 'after'] as const)(
      'even if each call fails once, %s it works',
      (when) => {
        test('an application goes', async () => {
          const world = await worldInUse(NEW);
          await runUntilItWorks(world, [shell, 'remove.sh', ...PLACE], when);
          expectOthersKept(world);
          expect(world.applications).toEqual([other]);
        });

        test('a user-assigned identity can do nothing', async () => {
          const given = ['--user-assigned', 'github-shop'];
          const world = await worldInUse([...NEW, ...given]);
          await runUntilItWorks(world, [shell, 'remove.sh', ...PLACE, ...given], when);
          expectOthersKept(world);
          expect(world.identities).toMatchObject([{ name: 'github-shop', credentials: [] }]);
        });
      },
    );
  });

  test.each(shells)('%s finds a subject with numeric IDs, without asking GitHub', async (shell) => {
    const world = await worldInUse(NEW);
    const ours = first(world.applications);
    const subject = 'repo:acme@1/shop@22:environment:production';
    ours.credentials = ours.credentials.map((one) => ({ ...one, subject }));
    ours.name = subject;
    expect(await run(world, [shell, 'remove.sh', ...PLACE])).toMatchObject({ exitCode: 0 });
    expect(world.applications).toEqual([other]);
  });

  test('the variables go first, and then the roles, in any letter case', async () => {
    const names = ['--repository', 'Acme/Shop', '--environment', 'Production'];
    const id = 'A0000001-0000-4000-8000-000000000000';
    const world = await worldInUse([...NEW, '--allow-stop']);
    const { calls } = await remove(world, [...names, '--client-id', id]);
    const changes = calls
      .map((call) => call.slice(0, 4).join(' '))
      .filter((call) => call.includes('delete'));
    expect(changes).toEqual([
      'gh variable delete AKS_CLUSTER_ID',
      'gh variable delete AZURE_TENANT_ID',
      'gh variable delete AZURE_CLIENT_ID',
      'az role assignment delete',
      'az role assignment delete',
      'az role assignment delete',
      'az ad app delete',
    ]);
  });

  test('a dry run changes nothing', async () => {
    const world = await worldInUse(NEW);
    const before = structuredClone(world);
    const ran = await remove(world, ['--dry-run']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('  az ad app delete --id a0000001-0000-4000-8000-000000000000');
    expect(world).toEqual(before);
  });

  test.each<[string, (ours: World['applications'][number], world: World) => void]>([
    ['a secret', ({ secrets }) => secrets.push('f0000009-0000-4000-8000-000000000000')],
    [
      'a certificate',
      ({ certificates }) => certificates.push('f0000009-0000-4000-8000-000000000000'),
    ],
    [
      'a role on another cluster',
      ({ principalId }, { assignments }) =>
        assignments.push({ ...first(assignments), principalId, scope: `${CLUSTER_ID}-2` }),
    ],
    [
      'another name',
      (ours) => {
        ours.name = 'deployments';
      },
    ],
  ])('an application with %s stays, and can do nothing here', async (_name, change) => {
    const world = await worldInUse(NEW);
    const ours = first(world.applications);
    const before = { held: world.assignments.length, trusts: ours.credentials.length };
    change(ours, world);
    const added = world.assignments.length - before.held;
    const { exitCode, stdout } = await remove(world, []);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`The identity stays, since others may use it.`);
    expect(stdout).toContain(`  az ad app delete --id ${ours.clientId}`);
    expect(world.applications).toHaveLength(2);
    expect(ours.credentials.map(({ name }) => name)).not.toContain('github');
    expect(world.assignments).toHaveLength(1 + added);
    expect(
      world.assignments.filter(({ scope }) => `${scope}/`.startsWith(`${CLUSTER_ID}/`)),
    ).toEqual([]);
    expect(Object.keys(variablesOf(world))).toEqual(['OTHER']);
    // There is nothing left to do.
    expect(await remove(world, ['--client-id', ours.clientId])).toMatchObject({ exitCode: 0 });
  });

  test.each<[string, (world: World) => void]>([
    [
      'environment',
      (world) => {
        world.environments = {};
      },
    ],
    [
      'repository',
      (world) => {
        world.repository = 'acme/shop-2';
      },
    ],
  ])('the %s may be gone', async (_name, change) => {
    const world = await worldInUse(NEW);
    const { clientId } = first(world.applications);
    change(world);
    expect(await remove(world, [])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('The client ID is missing'),
    });
    const { exitCode, stdout } = await remove(world, ['--client-id', clientId]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('GitHub shows you no environment production in acme/shop, so');
    expect(world.applications).toEqual([other]);
    expect(world.assignments).toEqual([THEIRS]);
  });

  test.each([
    ['an application', NEW, []],
    [
      'a user-assigned identity',
      [...NEW, '--user-assigned', 'github-shop'],
      ['--user-assigned', 'github-shop'],
    ],
  ])('%s may be gone', async (_name, made, args) => {
    const world = await worldInUse(made);
    world.applications = [other];
    world.identities = [];
    const { exitCode, stdout } = await remove(world, args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/The identity .* does not exist\. Roles it had may be left\./);
    // The names of all identities begin with this.
    expect(stdout).not.toContain('github-*');
    expect(Object.keys(variablesOf(world))).toEqual(['OTHER']);
  });

  test.each<[string, readonly string[]]>([
    ['no cluster', ['--cluster', '']],
    ['no resource group', ['--resource-group', '']],
    ['a path', ['--cluster', 'weu/']],
  ])('%s is a mistake', async (_name, args) => {
    const world = await worldInUse(NEW);
    const before = structuredClone(world);
    expect(await remove(world, args)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Nothing was changed.'),
    });
    expect(world).toEqual(before);
  });

  test('the az of Windows, whose lines end in CR LF, stops it', async () => {
    const world = await worldInUse(NEW);
    const before = structuredClone(world);
    const ran = await run(world, ['bash', 'remove.sh', ...PLACE], ([tool]) =>
      tool === 'az' ? crlf : undefined,
    );
    expect(ran.stderr).toContain('The cluster is missing or invalid: "/subscriptions/');
    expect(ran.stderr).toContain('Nothing was changed.');
    expect(world).toEqual(before);
  });

  test('a resource group may have any name that Azure allows', async () => {
    const world = await worldInUse(NEW);
    const move = (id: string) => id.replace('rg-weu', 'rg.(weu)_1');
    world.assignments = world.assignments.map((one) => ({ ...one, scope: move(one.scope) }));
    const variables = variablesOf(world);
    variables['AKS_CLUSTER_ID'] = move(variables['AKS_CLUSTER_ID'] ?? '');
    const { exitCode } = await remove(world, ['--resource-group', 'rg.(weu)_1']);
    expect(exitCode).toBe(0);
    expectOthersKept(world);
    expect(world.applications).toEqual([other]);
  });

  test('no credential for the environment stays, even if there are two', async () => {
    const given = ['--user-assigned', 'github-shop'];
    const world = await worldInUse([...NEW, ...given]);
    const { credentials } = first(world.identities);
    const subject = 'repo:acme@1/shop@22:environment:production';
    credentials.push({ ...first(credentials), name: 'github-2', subject });
    expect(await remove(world, given)).toMatchObject({ exitCode: 0 });
    expect(first(world.identities).credentials).toEqual([]);
  });

  test.each([
    ['for another environment', 'repo:acme/shop:environment:staging'],
    ['that is an expression', null],
  ])('what a credential %s may need stays', async (_name, subject) => {
    for (const [made, given] of [
      [NEW, []],
      [
        [...NEW, '--user-assigned', 'github-shop'],
        ['--user-assigned', 'github-shop'],
      ],
    ] as const) {
      const world = await worldInUse(made);
      const ours = first(given.length > 0 ? world.identities : world.applications);
      const theirs = { ...first(ours.credentials), name: 'more', subject };
      ours.credentials.push(theirs);
      const { assignments } = structuredClone(world);
      const { exitCode, stdout } = await remove(world, given);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Its roles stay, because jobs with its other credentials may');
      expect(stdout).not.toContain('also delete what is named');
      expect(ours.credentials).toEqual([theirs]);
      expect(world.assignments).toEqual(assignments);
      expect(Object.keys(variablesOf(world))).toEqual(['OTHER']);
      // There is nothing left to do.
      const again = await remove(world, [...given, '--client-id', ours.clientId]);
      expect(again).toMatchObject({ exitCode: 0 });
      expect(changesOf(again)).toEqual([]);
    }
  });

  test.each([[[]], [['--dry-run']]])(
    'what it does not look for is said before the first call, with %j',
    async (args) => {
      const { stdout } = await remove(await worldInUse(NEW), args);
      const [before] = stdout.split('What this run does:');
      expect(before).toContain('This does not look for roles in other subscriptions, or for');
      expect(before).toContain('named github-b0000001-0000-4000-8000-000000000000*.');
    },
  );

  test.each<[string, (world: World) => string[], RegExp]>([
    [
      'works for another cluster',
      (world) => {
        variablesOf(world)['AKS_CLUSTER_ID'] = `${CLUSTER_ID}-2`;
        return [];
      },
      /uses another cluster: .*\nIf .* gone, delete the variable AKS_CLUSTER_ID/,
    ],
    [
      'is another one, which has the role on the cluster',
      (world) => {
        world.assignments.push({ ...first(world.assignments), principalId: other.principalId });
        return ['--client-id', other.clientId];
      },
      /It does not trust this environment, so its roles stay/,
    ],
    [
      'is not known',
      (world) => {
        first(Object.values(world.environments)).variables = {};
        return [];
      },
      /The client ID is missing or invalid/,
    ],
    [
      'is not the one of that name',
      (world) => {
        const { credentials } = first(world.applications);
        world.identities.push({ ...application('github-shop', 8), credentials });
        return ['--user-assigned', 'github-shop'];
      },
      /The ID of github-shop is a0000008-/,
    ],
  ])('nothing goes if the identity %s', async (_name, change, words) => {
    const world = await worldInUse(NEW);
    const args = change(world);
    const before = structuredClone(world);
    const ran = await remove(world, args);
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).toContain('Nothing was changed.');
    expect(world).toEqual(before);
    expect(changesOf(ran)).toEqual([]);
  });

  test('what others put into a variable is no command for a terminal', async () => {
    const world = await worldInUse(NEW);
    variablesOf(world)['AKS_CLUSTER_ID'] = '\u001b[2J';
    const { stderr } = await remove(world, []);
    expect(stderr).toContain('The environment uses another cluster: ?[2J\n');
  });

  test('GitHub’s failures are no proof that the environment is gone', async () => {
    const world = await worldInUse(NEW);
    const args = [
      'remove.sh',
      ...PLACE,
      '--client-id',
      first(world.applications).clientId,
    ] as const;
    const ran = await run(world, ['bash', ...args], ([tool]) =>
      tool === 'gh' ? 'before' : undefined,
    );
    expect(ran.exitCode).toBe(1);
    expect(changesOf(ran)).toEqual([]);
  });

  test('the variables of a newer identity stay', async () => {
    const world = await worldInUse(NEW);
    const variables = variablesOf(world);
    const old = variables['AZURE_CLIENT_ID'] ?? '';
    variables['AZURE_CLIENT_ID'] = other.clientId;
    const before = { ...variables };
    expect(await remove(world, ['--client-id', old])).toMatchObject({ exitCode: 0 });
    expect(world.environments['production']?.variables).toEqual(before);
    expect(world.applications).toEqual([other]);
  });
});
