import { expect, test } from '@jest/globals';
import { IDENTITY, run, setUp, succeeds, twoEnvironments } from '../setup/set-up.ts';
import type { World } from '../setup/world.ts';
import { needing } from '../support/tools.ts';
import { blocksOf, readDocument } from './markdown.ts';

// The commands of docs/OPERATE.md, in a world with two environments that setup.sh has made.

const document = readDocument('docs/OPERATE.md');
const commands = [
  ...[...document.matchAll(/`((?:az|gh) [^`]*)`/g)].map(([, command = '']) => command),
  ...blocksOf(document, 'sh').map(({ text }) => text.replaceAll(/^#.*\n/gm, '')),
];

/** The command that starts with these words, for the first identity of a world. */
function commandOf(words: string, { identities, assignments }: World): string {
  const command = commands
    .flatMap((text) => text.replaceAll('\\\n', '').split('\n'))
    .find((line) => line.startsWith(words));
  if (command === undefined) throw new Error(`No command starts with ${words}`);
  return command
    .replaceAll('CLUSTER_ID', assignments[0]?.scope ?? '')
    .replaceAll('CLIENT_ID', identities[0]?.clientId ?? '')
    .replaceAll('OWNER/REPO', 'acme/shop')
    .replaceAll('ENVIRONMENT', 'production')
    .replaceAll('IDENTITY', IDENTITY)
    .replaceAll('GROUP', 'rg-weu');
}

needing(['bash', 'jq'], () => {
  test('in an emergency, the identity loses its roles and its credential, and nothing else', async () => {
    const world = await twoEnvironments();
    const expected = structuredClone(world);
    const { principalId, credentials } = expected.identities[0] ?? { credentials: [] };
    credentials.length = 0;
    expected.assignments = expected.assignments.filter((one) => one.principalId !== principalId);

    const list = commandOf('az role assignment list --all --include-groups', world);
    const { stdout } = await succeeds(run(world, ['bash', '-c', list]));
    const ids = stdout.split('\n').flatMap((line) => /^\/\S+/.exec(line) ?? []);
    for (const id of ids) {
      const command = commandOf('az role assignment delete', world).replace(/ID$/, id);
      await succeeds(run(world, ['bash', '-c', command]));
    }
    const revoke = commandOf('az identity federated-credential delete', world);
    await succeeds(run(world, ['bash', '-c', revoke]));
    expect(world).toEqual(expected);

    // The roles come first, because a token works on.
    const places = ['az role assignment delete', 'az identity federated-cred', 'az aks update'];
    const found = places.map((words) => document.indexOf(`\n${words}`));
    expect(found).toEqual([...found].sort((one, next) => one - next));

    // And the setup undoes it.
    await succeeds(setUp(world));
    expect(world.assignments).toHaveLength(6);
  });

  test.each([
    'az aks update',
    'az identity list',
    'az identity federated-credential list',
    'az role definition list',
    'az role assignment list',
    'gh variable list',
    'gh run list',
    'az monitor activity-log list',
    'az aks command invoke',
  ])('what shows something changes nothing that the setup has made: %s', async (words) => {
    const world = await twoEnvironments();
    const before = structuredClone(world);
    await succeeds(run(world, ['bash', '-c', commandOf(words, world)]));
    expect(world).toEqual(before);
  });
});
