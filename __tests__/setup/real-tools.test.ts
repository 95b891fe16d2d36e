import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { problemsOf } from '../docs/commands.ts';
import { scratch } from '../support/scratch.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { remove, setUp } from './set-up.ts';
import { newWorld } from './world.ts';

// Do az and gh have every call of the scripts? The real ones parse it if they are on this machine,
// without signing in. CI has no az, which is slow to install: there, a list of its options decides.

const folder = scratch('real-tools');

/** One call for each command and its options, from a setup, a second one, and a removal. */
async function callsOfScripts(): Promise<Map<string, readonly string[]>> {
  const world = newWorld();
  const runs = [await setUp(world), await setUp(world), await remove(world)];
  return new Map(
    runs
      .flatMap(({ calls }) => calls)
      .map((call) => [
        call.filter((word, index) => index < 5 || word.startsWith('--')).join(' '),
        call,
      ]),
  );
}

const withTool = (tool: string) => (toolOnPath(tool) === undefined ? test.skip : test);

needing(['bash', 'jq'], () => {
  test('the options are known', async () => {
    const calls = await callsOfScripts();
    expect(calls.size).toBeGreaterThan(20);
    for (const [tool = '', ...args] of calls.values()) {
      const end = args.findIndex((arg) => !/^[a-z][a-z-]*$/.test(arg));
      const options = args.filter((arg) => arg.startsWith('--'));
      expect(await problemsOf({ tool, words: args.slice(0, end), options })).toEqual([]);
    }
  });

  describe('the real ones', () => {
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      AZURE_CONFIG_DIR: folder,
      AZURE_CORE_COLLECT_TELEMETRY: 'false',
      GH_TOKEN: 'none',
      // Nothing leaves this machine.
      HTTPS_PROXY: 'http://127.0.0.1:9',
    };

    // Each start of az takes seconds.
    withTool('az')(
      'az parses every call',
      async () => {
        for (const [tool, ...args] of (await callsOfScripts()).values()) {
          if (tool !== 'az') continue;
          const { status, stderr } = spawnSync('az', args, { env, encoding: 'utf8' });
          expect({ args, status, stderr }).toEqual({
            args,
            status: 1,
            stderr: expect.stringContaining('az login'),
          });
        }
      },
      600_000,
    );

    withTool('gh')('gh parses every call', async () => {
      for (const [tool, ...args] of (await callsOfScripts()).values()) {
        if (tool !== 'gh') continue;
        const { status, stderr } = spawnSync('gh', args, { env, encoding: 'utf8' });
        expect({ args, status, stderr }).toEqual({
          args,
          status: 1,
          stderr: expect.stringMatching(/connect/),
        });
      }
    });
  });
});
