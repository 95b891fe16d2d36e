import { expect, test } from '@jest/globals';
import { needing } from '../support/tools.ts';
import { shells } from './run.ts';
import { afterSetUp, KINDS, runUntilItWorks, summary } from './set-up.ts';
import { newWorld } from './world.ts';

needing(['bash', 'jq'], () => {
  const rows = shells.flatMap((shell) => {
    const all = KINDS.flatMap(([kind, args]) =>
      (['before', 'after'] as const).map((when) => ({ shell, kind, args, when })),
    );
    // Of an old bash, only its own way to stop is in question.
    return shell === 'bash' ? all : all.slice(0, 1);
  });

  test.each(rows)(
    '$shell: each call of setup.sh fails once, $when it does anything: $kind',
    async ({ shell, args, when }) => {
      const world = newWorld();
      await runUntilItWorks(world, [shell, 'setup.sh', ...args], when);
      expect(summary(world)).toEqual(summary((await afterSetUp(args)).world));
    },
  );
});
