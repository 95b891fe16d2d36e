import { expect, test } from '@jest/globals';
import { afterSetUp, PLACE, run } from '../setup/set-up.ts';
import { application, type World } from '../setup/world.ts';
import { needing } from '../support/tools.ts';
import { blocksOf, readDocument } from './markdown.ts';

// The commands of docs/OPERATE.md, in a world that setup.sh has made, and in which others have
// something, too.

const document = readDocument('docs/OPERATE.md');
const commands = [
  ...[...document.matchAll(/`((?:az|gh) [^`]*)`/g)].map(([, command = '']) => command),
  ...blocksOf(document, 'sh').map(({ text }) => text.replaceAll(/^#.*\n/gm, '')),
];

/** The command that starts with these words, for the identity that the world has. */
function commandOf(words: string, { applications, assignments }: World): string {
  const command = commands
    .flatMap((text) => text.replaceAll('\\\n', '').split('\n'))
    .find((line) => line.startsWith(words));
  if (command === undefined) throw new Error(`No command starts with ${words}`);
  return command
    .replaceAll('CLUSTER_ID', assignments[0]?.scope ?? '')
    .replaceAll('CLIENT_ID', applications[0]?.clientId ?? '')
    .replaceAll('OWNER/REPO', 'acme/shop')
    .replaceAll('ENVIRONMENT', 'production')
    .replaceAll('GROUP', 'rg-weu')
    .replaceAll('NAME', 'github-shop');
}

async function worldInUse(): Promise<World> {
  const { world } = await afterSetUp();
  world.applications.push(application('other', 7));
  const [assignment] = world.assignments;
  if (assignment) world.assignments.push({ ...assignment, principalId: 'other' });
  world.identities.push({
    ...application('github-shop', 8),
    credentials: structuredClone(world.applications[0]?.credentials ?? []),
  });
  return world;
}

needing(['bash', 'jq'], () => {
  test.each<[string, string, (world: World) => void]>([
    [
      'the application',
      'az ad sp update',
      ({ applications: [first] }) => {
        if (first) first.isEnabled = false;
      },
    ],
    [
      'the user-assigned identity',
      'az identity federated-credential delete',
      ({ identities: [first] }) => first?.credentials.splice(0, 1),
    ],
    ['run command', 'az aks update', () => undefined],
  ])('in an emergency, %s is taken away, and nothing else', async (_name, words, change) => {
    const world = await worldInUse();
    const expected = structuredClone(world);
    change(expected);
    expect(await run(world, ['bash', '-c', commandOf(words, world)])).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(world).toEqual(expected);
  });

  test('in an emergency, the roles come first, by a list that has them under any name', async () => {
    const world = await worldInUse();
    const [role] = world.roles;
    if (role) role.roleName = 'Deploy to AKS';
    const expected = world.assignments.filter(({ principalId }) => principalId === 'other');
    const [assignment] = world.assignments;
    if (assignment) world.assignments.push({ ...assignment, principalId: 'group' });
    world.groups = { group: [assignment?.principalId ?? ''] };
    const list = commandOf('az role assignment list --all --include-groups', world);
    const { stdout } = await run(world, ['bash', '-c', list]);
    const ids = stdout.split('\n').flatMap((line) => /^\/\S+/.exec(line) ?? []);
    expect(ids).toHaveLength(3);
    expect(stdout.split('\n').filter((line) => line.includes('\tGroup\t'))).toHaveLength(1);
    for (const id of ids) {
      const command = commandOf('az role assignment delete', world).replace(/ID$/, id);
      expect(await run(world, ['bash', '-c', command])).toMatchObject({ exitCode: 0 });
    }
    expect(world.assignments).toEqual(expected);

    const places = ['az role assignment delete', 'az ad sp update', 'az aks update'];
    const found = places.map((words) => document.indexOf(`\n${words}`));
    expect(found).toEqual([...found].sort((one, next) => one - next));
  });

  test.each([
    'az ad app list',
    'az identity list',
    'az ad app federated-credential list',
    'az role definition list',
    'az role assignment list',
    'gh variable list',
    'gh run list',
    'az monitor activity-log list',
    'az aks command invoke',
  ])('what shows something changes nothing: %s', async (words) => {
    const world = await worldInUse();
    const before = structuredClone(world);
    expect(await run(world, ['bash', '-c', commandOf(words, world)])).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(world).toEqual(before);
  });

  test('remove.sh takes the arguments that name the place', async () => {
    const world = await worldInUse();
    const removed = await run(world, ['bash', 'remove.sh', ...PLACE]);
    expect(removed.exitCode).toBe(0);
    expect(world.applications.map(({ name }) => name)).toEqual(['other']);
  });
});
