import { describe, expect, test } from '@jest/globals';
import { blocksOf, readDocument } from '../docs/markdown.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { shells } from './run.ts';
import {
  afterSetUp,
  ALL,
  callsToPaste,
  changesOf,
  PLACE,
  policy,
  PROTECTED,
  RULES,
  run,
  runUntilItWorks,
  setUp,
  succeeds,
  twoEnvironments,
} from './set-up.ts';
import { newEnvironment, newWorld, SUBSCRIPTION, type Environment, type World } from './world.ts';

// What setup.sh and remove.sh do in more than one run, or in more than one way.

const STAGING = [...ALL, '--environment', 'staging'];

/** What is left when production is removed: all of staging, and what both may use. */
async function onlyStaging(): Promise<World> {
  const world = await twoEnvironments();
  const [gone] = world.identities.splice(0, 1);
  world.assignments = world.assignments.filter((one) => one.principalId !== gone?.principalId);
  const { variables } = world.environments['production'] ?? newEnvironment();
  for (const name of Object.keys(variables))
    if (name !== 'OTHER') Reflect.deleteProperty(variables, name);
  return world;
}

needing(['bash', 'jq'], () => {
  test.each<[string, Partial<Environment>]>([
    ['a reviewer', { ...PROTECTED, reviewers: ['bob'] }],
    ['a review by others', { ...PROTECTED, preventSelfReview: false }],
    ['all of it, beside a team', { teams: ['platform'] }],
    ['branches by name', { ...PROTECTED, ...policy(false) }],
  ])('an environment that lacks %s is left to a person, without a call', async (_name, before) => {
    const world = newWorld({ environments: { production: newEnvironment(before) } });
    const ran = await setUp(world);
    expect(changesOf(ran)).toEqual([]);
    expect(ran.stderr).toContain('\n  https://github.com/acme/shop/settings/environments\n');
    expect(ran.stdout).not.toMatch(/gh api|What this run does/);
  });

  test('an environment that lacks a branch is told the call that only adds it', async () => {
    const before = newEnvironment({ ...PROTECTED, branches: ['release'] });
    const world = newWorld({ environments: { production: before } });
    const ran = await setUp(world);
    expect(changesOf(ran)).toEqual([]);
    expect(ran.stderr).toContain('Stopped. Nothing was changed.');
    await succeeds(run(world, ['bash', '-c', callsToPaste(ran)]));
    expect(world.environments['production']).toEqual({ ...before, branches: ['release', 'main'] });
    await succeeds(setUp(world));
  });

  test.each<[string, Partial<World>]>([
    ['a reviewer without access', { collaborators: ['bob'] }],
    ['a plan without reviewers', { hasReviewers: false }],
  ])('with %s, nobody gets any right', async (_name, change) => {
    const world = newWorld(change);
    const ran = await setUp(world);
    expect(ran.exitCode).not.toBe(0);
    expect(world).toMatchObject({ identities: [], assignments: [] });
    expect((await setUp(world)).stderr).toContain('Nothing was changed.');
  });

  test('who may not create roles makes nothing else, and what is missing can be made later', async () => {
    const world = newWorld({ mayCreateRoles: false });
    const before = structuredClone(world);
    expect((await setUp(world)).stderr).toContain('(AuthorizationFailed)');
    expect(world).toEqual(before);
    world.mayCreateRoles = true;
    await succeeds(setUp(world));
    expect(world).toEqual(await afterSetUp());
  });

  test('an environment that somebody makes meanwhile keeps its rules', async () => {
    const world = newWorld();
    const ran = await setUp(world, ALL, (call) => {
      if (call.includes('identity') && call.includes('list'))
        world.environments['Production'] = newEnvironment({ reviewers: ['bob'] });
      return undefined;
    });
    expect(ran.stderr).toContain('somebody else has made it');
    expect(world.environments).toEqual({ Production: newEnvironment({ reviewers: ['bob'] }) });
    expect(world.identities).toEqual([]);
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

  describe.each(shells)('%s', (shell) => {
    test('of two environments, one is removed, and the other works on', async () => {
      const world = await twoEnvironments();
      const pasted = structuredClone(world);
      const dry = await succeeds(run(world, [shell, 'remove.sh', ...PLACE, '--dry-run']));
      expect(world).toEqual(pasted);
      const ran = await succeeds(run(world, [shell, 'remove.sh', ...PLACE]));
      expect(world).toEqual(await onlyStaging());
      expect(changesOf(await succeeds(setUp(world, STAGING)))).toEqual([]);

      // A dry run says the same, and its calls do the same.
      expect(dry.stdout.replace('Nothing was changed.', 'Done.')).toBe(ran.stdout);
      const [said = '', calls = ''] = dry.stdout.split('What this run does:\n');
      expect(said).toContain('This does not look for:\n  roles in other subscriptions, and');
      expect(said).toContain('so they stay:\n  the environment with its rules\n');
      await succeeds(run(pasted, [shell, '-c', calls.replace(/Nothing.*/, '')]));
      expect(pasted).toEqual(world);

      // What setup.sh makes afterwards is the same again.
      await succeeds(setUp(world));
      expect(world.assignments).toHaveLength(6);
    });
  });

  test('az may not find an identity that an earlier run has just made', async () => {
    const world = newWorld();
    const isList = ([, ...call]: readonly string[]) =>
      call.join(' ').startsWith('role assignment list');
    const once = (call: readonly string[]) =>
      call.includes('federated-credential') ? 'before' : undefined;
    await setUp(world, ALL, once);
    const ran = await setUp(world, ALL, (call) => (isList(call) ? 'before' : undefined));
    expect(ran.stderr).toContain('after a minute. Then run this again.\nStopped. Nothing was');
    await succeeds(setUp(world));
  });

  test('for remove.sh, a failure of GitHub is no proof that the environment is gone', async () => {
    const world = await twoEnvironments();
    const ran = await run(world, ['bash', 'remove.sh', ...PLACE], ([tool]) =>
      tool === 'gh' ? 'before' : undefined,
    );
    expect(ran.exitCode).toBe(1);
    expect(changesOf(ran)).toEqual([]);
  });

  test.each(['before', 'after'] as const)(
    'if each call fails once, %s it does anything, the next runs complete it',
    async (when) => {
      const world = newWorld();
      expect(await runUntilItWorks(world, ['bash', 'setup.sh', ...ALL], when)).toBeGreaterThan(10);
      expect(world).toEqual(await afterSetUp());

      const two = await twoEnvironments();
      expect(await runUntilItWorks(two, ['bash', 'remove.sh', ...PLACE], when)).toBeGreaterThan(6);
      expect(two).toEqual(await onlyStaging());
    },
  );

  test.each([[''], ['<html>502</html>\n'], ['None\n']])(
    'nothing is made with an answer such as %j',
    async (stdout) => {
      for (const words of ['az account show', 'az aks show', 'az identity show']) {
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

  test('a subscription that another terminal selects meanwhile changes nothing', async () => {
    const world = newWorld();
    const runs = [
      await setUp(world),
      await setUp(world),
      await run(world, ['bash', 'remove.sh', ...PLACE]),
    ];
    const others = runs
      .flatMap(({ calls }) => calls.filter(([tool]) => tool === 'az').map((call) => call.join(' ')))
      .filter((call) => !call.includes(` --subscription ${SUBSCRIPTION}`))
      .map((call) => call.replace(/ --.*/, ''));
    // The first asks for it, the second is for all of the tenant, and the IDs of the third have it.
    expect(new Set(others)).toEqual(
      new Set(['az account show', 'az rest', 'az role assignment delete']),
    );
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
