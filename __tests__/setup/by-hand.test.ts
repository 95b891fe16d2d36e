import { describe, expect, test } from '@jest/globals';
import { search } from 'jmespath';
import { blocksOf, readDocument } from '../docs/markdown.ts';
import { bench } from '../kubernetes/run.ts';
import { needing } from '../support/tools.ts';
import { shells } from './run.ts';
import { afterSetUp, IDENTITY, PLACE, RULES, run, setUp, SUBJECT, succeeds } from './set-up.ts';
import { newWorld, SUBSCRIPTION } from './world.ts';

// The blocks of docs/SETUP.md, as they stand there.

/** The block that has these words, with the names of the stand-ins. */
function block(words: string): string {
  const blocks = blocksOf(readDocument('docs/SETUP.md'), 'sh').map(({ text }) => text);
  const found = blocks.find((text) => text.includes(words));
  if (found === undefined) throw new Error(`No block has ${words}`);
  return found
    .replaceAll('OWNER/REPO', 'acme/shop')
    .replaceAll('OWNER__REPO', 'acme__shop')
    .replaceAll('SUBSCRIPTION_ID', SUBSCRIPTION)
    .replaceAll('PRINCIPAL_ID', 'd0000001-0000-4000-8000-000000000000')
    .replaceAll('IDENTITY', IDENTITY)
    .replaceAll('GROUP', 'rg-weu')
    .replaceAll('=NAME', '=weu')
    .replaceAll('USER', 'alice');
}

needing(['bash', 'jq'], () => {
  const script = [...PLACE, ...RULES, '--namespace', 'shop'];
  const byHand = block('az identity create');
  const application = block('az ad app create');

  describe.each(shells)('%s', (shell) => {
    test('the calls by hand make the same as the script', async () => {
      const world = newWorld();
      await succeeds(run(world, [shell, '-euc', byHand]));
      expect(world).toEqual(await afterSetUp(script));
      const before = structuredClone(world);
      await succeeds(setUp(world, script));
      expect(world).toEqual(before);
    });

    test('for an application, three of them differ', async () => {
      const calls = /^client_id=(?:.*\\\n)*.*\nprincipal_id=.*\naz identity (?:.*\\\n)*.*\n/m;
      expect(byHand).toMatch(calls);
      const world = newWorld();
      await succeeds(run(world, [shell, '-euc', byHand.replace(calls, () => application)]));
      const expected = await afterSetUp(script);
      const [made] = world.applications;
      const principalId = made?.principalId ?? '';
      expect(made?.name).toBe(SUBJECT);
      expect(made?.credentials).toEqual(expected.identities[0]?.credentials);
      expect(world.assignments).toEqual(
        expected.assignments.map((one) => ({ ...one, principalId })),
      );
      expect(world.environments['production']?.variables['AZURE_CLIENT_ID']).toBe(made?.clientId);
      expect(world.identities).toEqual([]);
    });
  });

  test('a role of another subscription becomes assignable in this one', async () => {
    const world = await afterSetUp(script);
    const [role] = world.roles;
    if (role) role.assignableScopes = ['/subscriptions/other'];
    expect((await setUp(world, script)).stderr).toContain('elsewhere');
    const pasted = block('az role definition list')
      .replace('SCOPE', '/subscriptions/other')
      .replace('>role.json', '>"$HOME/role.json"')
      .replace('@role.json', '"$(cat "$HOME/role.json")"');
    await succeeds(run(world, ['bash', '-c', pasted]));
    expect(role?.assignableScopes).toEqual([
      '/subscriptions/other',
      `/subscriptions/${SUBSCRIPTION}`,
    ]);
    await succeeds(setUp(world, script));
  });

  test('a cluster admin grants the same with kubectl', async () => {
    const cluster = await bench();
    try {
      const calls = [
        'kubectl create namespace aks-command',
        block('--clusterrole=edit'),
        block('run-command-exec'),
      ].join('\n');
      expect(await cluster.run(calls, '/')).toMatchObject({ code: 0 });
      const { output } = await cluster.run('kubectl get roles,rolebindings -A -o json', '/');
      const { items } = JSON.parse(output) as { items: unknown[] };
      const bindings = "[?kind=='RoleBinding'].[metadata.namespace, subjects[].name, roleRef.name]";
      const principal = 'd0000001-0000-4000-8000-000000000000';
      expect(search(items, bindings)).toEqual([
        ['aks-command', [principal], 'run-command-exec'],
        ['aks-command', [principal], 'run-command-list'],
        ['shop', [principal], 'edit'],
      ]);
      expect(search(items, "[?kind=='Role'].rules[].[resources, verbs]")).toEqual([
        [['pods/exec'], ['create']],
        [['pods'], ['get', 'list']],
      ]);
    } finally {
      await cluster.stop();
    }
  });
});
