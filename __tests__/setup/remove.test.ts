import { describe, expect, test } from '@jest/globals';
import { needing } from '../support/tools.ts';
import { shells } from './run.ts';
import {
  afterSetUp,
  changesOf,
  first,
  KINDS,
  NEW,
  PLACE,
  run,
  runUntilItWorks,
  variablesOf,
} from './set-up.ts';
import { application, type World } from './world.ts';

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

/** Everything that setup.sh made is gone, but for what others may use. */
function expectRemoved(world: World): void {
  expect(world).toMatchObject({
    applications: [other],
    identities: [],
    assignments: [THEIRS],
    roles: [{ roleName: 'AKS Run Command' }],
    environments: { production: { variables: { OTHER: 'x' }, reviewers: ['alice'] } },
  });
  expect(Object.keys(world.environments['production']?.variables ?? {})).toEqual(['OTHER']);
}

needing(['bash', 'jq'], () => {
  describe.each(shells)('%s', (shell) => {
    test.each(KINDS)('%s goes, even if each call fails once', async (_kind, args) => {
      const world = await worldInUse(args);
      const given = args.includes('--user-assigned') ? args.slice(-2) : [];
      await runUntilItWorks(world, [shell, 'remove.sh', ...PLACE, ...given], 'before');
      expectRemoved(world);
    });
  });

  test('the variables go first, and then the roles, in any letter case', async () => {
    const names = ['--repository', 'Acme/Shop', '--environment', 'Production'];
    const id = 'A0000001-0000-4000-8000-000000000000';
    const { calls } = await remove(await worldInUse(NEW), [...names, '--client-id', id]);
    const changes = calls
      .map((call) => call.slice(0, 4).join(' '))
      .filter((call) => call.includes('delete'));
    expect(changes).toEqual([
      'gh variable delete AKS_CLUSTER_ID',
      'gh variable delete AZURE_TENANT_ID',
      'gh variable delete AZURE_CLIENT_ID',
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

  test.each<[string, (world: World) => string[], RegExp]>([
    [
      'has other roles',
      (world) => {
        const ours = first(world.assignments);
        world.assignments.push({ ...ours, scope: `${ours.scope}-2` });
        return [];
      },
      /It has other roles, too/,
    ],
    ['is another one', () => ['--client-id', other.clientId], /It is not for repo:acme/],
    [
      'trusts other jobs, too',
      (world) => {
        const { credentials } = first(world.applications);
        credentials.push({
          ...first(credentials),
          name: 'more',
          subject: 'repo:acme/web:pull_request',
        });
        return [];
      },
      /It is not for repo:acme\/shop:environment:production alone/,
    ],
    [
      'trusts no jobs',
      (world) => {
        first(world.applications).credentials = [];
        return [];
      },
      /It is not for repo:acme\/shop:environment:production alone/,
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
      /The client ID of github-shop is a0000008-/,
    ],
    [
      'has another environment',
      () => ['--environment', 'prodution'],
      /variables of the environment prodution/,
    ],
  ])('nothing goes if the identity %s', async (_name, change, words) => {
    const world = await worldInUse(NEW);
    world.applications.at(-1)?.credentials.push({
      name: 'github',
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:acme/web:environment:production',
      audiences: ['api://AzureADTokenExchange'],
    });
    const args = change(world);
    const before = structuredClone(world);
    const ran = await remove(world, args);
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).toContain('Nothing was changed.');
    expect(world).toEqual(before);
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
