import { describe, expect, test } from '@jest/globals';
import { needing } from '../support/tools.ts';
import { shells, type Failure, type Ran } from './run.ts';
import { changesOf, isRead, KINDS, setUp, succeeds, summary } from './set-up.ts';
import { newWorld, type World } from './world.ts';

// Each call of setup.sh fails once: before it does anything, or after, with its answer lost.

/** Runs again, as the messages say, until it works. */
async function goesOn(world: World, args: readonly string[], stopped: Ran, shell: string) {
  let last = stopped;
  for (let again = 0; again < 2 && last.exitCode !== 0; again += 1) {
    const [, given] = /(?:--client-id |application |is )([0-9a-f-]{36})/.exec(last.stderr) ?? [];
    const more = given === undefined ? [] : ['--client-id', given];
    last = await setUp(world, [...args, ...more], undefined, shell);
  }
  expect({ exitCode: last.exitCode, stderr: last.stderr }).toEqual({ exitCode: 0, stderr: '' });
}

needing(['bash', 'jq'], () => {
  describe.each(shells)('%s', (shell) => {
    // An old bash takes longer, and only its own way to stop is in question.
    const whens: Failure['when'][] = shell === 'bash' ? ['before', 'after'] : ['before'];
    const kinds = shell === 'bash' ? KINDS : KINDS.slice(0, 1);
    test.each(kinds.flatMap(([kind, args]) => whens.map((when) => ({ kind, args, when }))))(
      '$kind, $when',
      async ({ args, when }) => {
        const whole = newWorld();
        const { calls } = await succeeds(whole, args, shell);
        expect(calls.length).toBeGreaterThan(15);
        for (const [index, call] of calls.entries()) {
          // The lost answer to a question is like a question that was not asked.
          if (when === 'after' && isRead(call)) continue;
          const world = newWorld();
          const ran = await setUp(world, args, { call: index + 1, when }, shell);
          expect({ calls: ran.calls.length, hasFailed: ran.exitCode !== 0 }).toEqual({
            calls: index + 1,
            hasFailed: true,
          });
          expect(ran.stderr).toMatch(
            changesOf(ran).length > 0 ? /The calls above were made/ : /Nothing was changed/,
          );
          await goesOn(world, args, ran, shell);
          expect(summary(world)).toEqual(summary(whole));
        }
      },
    );
  });
});
