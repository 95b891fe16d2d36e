import { describe, expect, test } from '@jest/globals';
import { needing } from '../support/tools.ts';
import { shells } from './run.ts';
import { afterSetUp, KINDS, NEW, runUntilItWorks, summary } from './set-up.ts';
import { newWorld } from './world.ts';

needing(['bash', 'jq'], () => {
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
