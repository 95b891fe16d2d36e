import { describe, expect, test } from '@jest/globals';
import { needing } from '../support/tools.ts';
import { shells } from './run.ts';
import {
  afterSetUp,
  ALL,
  asItIs,
  changesOf,
  IDENTITY,
  PLACE,
  remove,
  run,
  runUntilItWorks,
  setUp,
  succeeds,
} from './set-up.ts';
import { CLUSTER_ID, newIdentity, type Identity, type World } from './world.ts';

// remove.sh, in a world that setup.sh has made for two environments of one cluster.

const STAGING = [...ALL, '--environment', 'staging'];

async function twoEnvironments(): Promise<World> {
  const world = await afterSetUp();
  await succeeds(setUp(world, STAGING));
  for (const { variables } of Object.values(world.environments)) variables['OTHER'] = 'x';
  return world;
}

function ours(world: World): Identity {
  const found = world.identities.find(({ name }) => name === IDENTITY);
  if (!found) throw new Error('It is gone');
  return found;
}

const variablesOf = (world: World): Record<string, string> =>
  world.environments['production']?.variables ?? {};

/** What is left when production is removed: all of staging, and what both may use. */
async function withoutProduction(): Promise<World> {
  const world = await twoEnvironments();
  const { principalId } = ours(world);
  const production = world.environments['production'];
  return {
    ...world,
    identities: world.identities.filter(({ name }) => name !== IDENTITY),
    assignments: world.assignments.filter((one) => one.principalId !== principalId),
    environments: {
      ...world.environments,
      ...(production && { production: { ...production, variables: { OTHER: 'x' } } }),
    },
  };
}

needing(['bash', 'jq'], () => {
  describe.each(shells)('%s', (shell) => {
    test('of two environments, one is removed, and the other works on', async () => {
      const world = await twoEnvironments();
      const before = structuredClone(world);
      const dry = await succeeds(run(world, [shell, 'remove.sh', ...PLACE, '--dry-run']));
      expect(world).toEqual(before);
      const ran = await succeeds(run(world, [shell, 'remove.sh', ...PLACE]));
      expect(world).toEqual(await withoutProduction());
      expect(changesOf(await succeeds(setUp(world, STAGING)))).toEqual([]);

      // A dry run says the same, and its calls do the same.
      expect(dry.stdout.replace('Nothing was changed.', 'Done.')).toBe(ran.stdout);
      const [said = '', calls = ''] = dry.stdout.split('What this run does:\n');
      expect(said).toContain('This does not look for:\n  roles in other subscriptions, and');
      expect(said).toContain('so they stay:\n  the environment with its rules\n');
      await succeeds(run(before, [shell, '-c', calls.replace(/Nothing.*/, '')]));
      expect(before).toEqual(world);

      const again = await succeeds(remove(world));
      expect(again.stdout).toContain('Nothing. None of this is there.');
      expect(changesOf(again)).toEqual([]);
    });
  });

  test('what setup.sh makes afterwards is the same again', async () => {
    const world = await afterSetUp();
    await succeeds(remove(world));
    await succeeds(setUp(world));
    expect(world).toEqual(await afterSetUp());
  });

  test.each(['before', 'after'] as const)(
    'if each call fails once, %s it does anything, the next runs complete it',
    async (when) => {
      const world = await twoEnvironments();
      const count = await runUntilItWorks(world, ['bash', 'remove.sh', ...PLACE], when);
      expect(count).toBeGreaterThan(6);
      expect(world).toEqual(await withoutProduction());
    },
  );

  test.each<[string, string[], (world: World) => void]>([
    ['in another spelling', ['--repository', 'Acme/Shop', '--environment', 'PRODUCTION'], asItIs],
    [
      'whose subject has numeric IDs',
      [],
      (world) => {
        const { credentials } = ours(world);
        const subject = 'repo:acme@1/shop@22:environment:production';
        credentials[0] = { ...structuredClone(credentials[0]), subject } as (typeof credentials)[0];
      },
    ],
    [
      'that an emergency has left without roles and credential',
      [],
      (world) => {
        const { principalId, credentials } = ours(world);
        credentials.length = 0;
        world.assignments = world.assignments.filter((one) => one.principalId !== principalId);
      },
    ],
    [
      'that is gone',
      [],
      (world) => {
        const { principalId } = ours(world);
        world.identities = world.identities.filter(({ name }) => name !== IDENTITY);
        world.assignments = world.assignments.filter((one) => one.principalId !== principalId);
      },
    ],
  ])('an identity %s is removed', async (_name, args, change) => {
    const world = await twoEnvironments();
    change(world);
    await succeeds(remove(world, [...PLACE, ...args]));
    expect(world).toEqual(await withoutProduction());
  });

  test.each<[string, (world: World) => void]>([
    ['the environment', ({ environments }) => Reflect.deleteProperty(environments, 'production')],
    [
      'the repository',
      (world) => {
        world.repositories = [];
      },
    ],
  ])('%s may be gone', async (_name, change) => {
    const world = await twoEnvironments();
    change(world);
    const expected = await withoutProduction();
    await succeeds(remove(world));
    expect(world.identities).toEqual(expected.identities);
    expect(world.assignments).toEqual(expected.assignments);
  });

  test.each<[string, Record<string, string>]>([
    ['another identity', { AZURE_CLIENT_ID: newIdentity('', 9).clientId }],
    ['another cluster', { AKS_CLUSTER_ID: `${CLUSTER_ID}-2` }],
  ])('variables for %s stay', async (_name, others) => {
    const world = await twoEnvironments();
    Object.assign(variablesOf(world), others);
    const before = { ...variablesOf(world) };
    await succeeds(remove(world));
    expect(variablesOf(world)).toEqual(before);
    expect(world.identities).toHaveLength(1);
  });

  test.each<[string, string[], (world: World) => void, RegExp]>([
    [
      'that trusts others, too',
      [],
      (world) => {
        const { credentials } = ours(world);
        for (const one of [...credentials])
          credentials.push({ ...one, name: 'more', subject: 'repo:acme/shop:pull_request' });
      },
      /is not, or not only, for these jobs, so nothing is removed/,
    ],
    [
      'that trusts whatever an expression matches',
      [],
      (world) => {
        ours(world).credentials.push({ name: 'x', issuer: 'x', subject: null, audiences: [] });
      },
      /is not, or not only, for these jobs/,
    ],
    [
      'that trusts nobody, and has roles',
      [],
      (world) => {
        ours(world).credentials.length = 0;
      },
      /is not, or not only, for these jobs/,
    ],
    ['of another environment', ['--identity', 'github-acme__shop__staging'], asItIs, /not only/],
    [
      'that has roles elsewhere',
      [],
      (world) => {
        const { principalId } = ours(world);
        world.assignments.push({ principalId, role: 'x', scope: `${CLUSTER_ID}-2` });
      },
      /roles elsewhere\. If nothing needs these, first run\n.*\n\/subscriptions.*\/weu-2\//,
    ],
    [
      'of another name, which the environment uses',
      [],
      (world) => {
        ours(world).name = 'other';
      },
      /uses another identity of this resource group\. Add --identity with its name/,
    ],
    ['without a cluster', ['--cluster', ''], asItIs, /--cluster is missing or invalid: ""/],
    ['of a path', ['--cluster', 'weu/'], asItIs, /The cluster is missing or invalid/],
  ])('an identity %s stays, and so does all else', async (_name, args, change, words) => {
    const world = await twoEnvironments();
    change(world);
    const before = structuredClone(world);
    const ran = await remove(world, [...PLACE, ...args]);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).toContain('Stopped. Nothing was changed.');
    expect(world).toEqual(before);
  });

  test('GitHub’s failures are no proof that the environment is gone', async () => {
    const world = await twoEnvironments();
    const ran = await run(world, ['bash', 'remove.sh', ...PLACE], ([tool]) =>
      tool === 'gh' ? 'before' : undefined,
    );
    expect(ran.exitCode).toBe(1);
    expect(changesOf(ran)).toEqual([]);
  });
});
