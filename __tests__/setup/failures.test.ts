import { describe, expect, test } from '@jest/globals';
import { needing } from '../support/tools.ts';
import { shells } from './run.ts';
import {
  afterSetUp,
  changesOf,
  isRead,
  KINDS,
  NEW,
  run,
  runUntilItWorks,
  succeeds,
  summary,
} from './set-up.ts';
import { newWorld } from './world.ts';

needing(['bash', 'jq'], () => {
  describe.each(KINDS)('for %s', (_kind, args) => {
    test('an answer without the ID of what was made is not used', async () => {
      const { ran } = await afterSetUp(args);
      const creating = changesOf(ran).filter((call) => call.includes('--query'));
      expect(creating.length).toBeGreaterThan(1);
      for (const broken of creating) {
        const world = newWorld();
        const words = broken.slice(0, 4).join(' ');
        const { exitCode, calls } = await run(world, ['bash', 'setup.sh', ...args], (call) =>
          call.join(' ').startsWith(words) && !isRead(call) ? () => '' : undefined,
        );
        expect({ words, exitCode }).toEqual({ words, exitCode: 1 });
        // What a dry run prints in its place
        expect(calls.flat().filter((word) => /^[A-Z]+_ID$/.test(word))).toEqual([]);
        expect(world.assignments).toEqual([]);
        expect(world.environments['production']?.variables).toEqual({});
      }
    });
  });

  test.each([[''], ['<html>502</html>\n'], ['None\n']])(
    'nothing is changed if az answers with %j when it is asked for the tenant or the cluster',
    async (stdout) => {
      for (const words of ['az account show', 'az aks show']) {
        const { world } = await afterSetUp();
        const before = structuredClone(world);
        const { exitCode, stderr } = await run(world, ['bash', 'setup.sh', ...NEW], (call) =>
          call.join(' ').startsWith(words) ? () => stdout : undefined,
        );
        expect(exitCode).toBe(1);
        expect(stderr).toContain('Nothing was changed.');
        expect(world).toEqual(before);
      }
    },
  );

  test('a new application that is not found yet is used by the next run', async () => {
    const world = newWorld();
    const { stderr } = await run(world, ['bash', 'setup.sh', ...NEW], (call) =>
      call.join(' ').startsWith('az ad sp create') ? 'before' : undefined,
    );
    const [, id = ''] = /Run this again with --client-id ([-0-9a-f]+)\./.exec(stderr) ?? [];
    await succeeds(world, [...NEW, '--client-id', id]);
    expect(world.applications).toHaveLength(1);
  });

  describe.each(shells)('%s', (shell) => {
    test.each(['before', 'after'] as const)(
      'each call of setup.sh fails once, %s it does anything',
      async (when) => {
        // What has failed for one kind of identity works for the next one.
        const failed = new Set<string>();
        for (const args of [...KINDS.map(([, one]) => one), [...NEW, '--allow-stop']]) {
          const world = newWorld();
          await runUntilItWorks(world, [shell, 'setup.sh', ...args], when, failed);
          expect(summary(world)).toEqual(summary((await afterSetUp(args)).world));
        }
      },
    );
  });
});
