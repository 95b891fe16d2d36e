import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { problemsOf } from '../docs/commands.ts';
import { scratch } from '../support/scratch.ts';
import { needing, toolOnPath } from '../support/tools.ts';
import { afterSetUp, first, KINDS, PLACE, run, succeeds } from './set-up.ts';

// Do az and gh have every call of the scripts? The real ones parse it if they are on this machine,
// without signing in. CI has no az, which is slow to install: there, a list of its options decides.

const folder = scratch('real-tools');

/** One call for each command and its options, from a setup, a second one, and a removal. */
async function callsOfScripts(): Promise<Map<string, readonly string[]>> {
  const calls: (readonly string[])[] = [];
  for (const [, args] of KINDS) {
    const { world, ran } = await afterSetUp([...args, '--allow-stop']);
    const given = args.includes('--user-assigned') ? args.slice(-2) : [];
    calls.push(...ran.calls);
    calls.push(...(await succeeds(world, args)).calls);
    calls.push(...(await run(world, ['bash', 'remove.sh', ...PLACE, ...given])).calls);
  }
  // An application that others use, too, so that it stays.
  const { world: shared } = await afterSetUp();
  first(shared.applications).secrets.push('f0000001-0000-4000-8000-000000000000');
  calls.push(...(await run(shared, ['bash', 'remove.sh', ...PLACE])).calls);
  return new Map(
    calls.map((call) => [
      call.filter((word, index) => index < 5 || word.startsWith('--')).join(' '),
      call,
    ]),
  );
}

const withTool = (tool: string) => (toolOnPath(tool) === undefined ? test.skip : test);

needing(['bash', 'jq'], () => {
  test('the options are known', async () => {
    const calls = await callsOfScripts();
    expect(calls.size).toBeGreaterThan(30);
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
