import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { azCommand, azToken } from '../../../../src/edge/sign-in/az.ts';
import { needing } from '../../../support/tools.ts';
import { isAlive } from '../../../support/is-alive.ts';
import { until } from '../../../support/until.ts';
import { scratch } from '../../../support/scratch.ts';

const RESOURCE = 'https://management.azure.com';
const NEVER = new AbortController().signal;
const folder = scratch('fake-az');

/**
 * A program `az` on a PATH of its own, a script of sh; what it writes to `$SEEN` is for the test.
 */
function fakeAz(script: string) {
  const bin = mkdtempSync(path.join(folder, 'bin-'));
  const seen = path.join(bin, 'seen');
  writeFileSync(path.join(bin, 'az'), `#!/bin/sh\nSEEN='${seen}'\n${script}\n`);
  chmodSync(path.join(bin, 'az'), 0o755);
  return {
    bin,
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: folder },
    seen: () => (existsSync(seen) ? readFileSync(seen, 'utf8') : undefined),
  };
}

const answer = (json: object) => `cat <<'END'\n${JSON.stringify(json)}\nEND`;
/** Its local time is that of another place than the one that reads it. */
const TOKEN = {
  accessToken: 'a.b.c',
  expires_on: 1_900_000_000,
  expiresOn: '2030-03-17 19:46:40.000000',
};

needing(['sh'], () => {
  describe('a token', () => {
    test.each([
      ['with seconds', TOKEN, 1_900_000_000_000],
      [
        'of an old CLI, with a local time',
        { ...TOKEN, expires_on: undefined },
        Date.parse(TOKEN.expiresOn),
      ],
    ])('%s', async (_name, json, expiresOnTimestamp) => {
      const { env, seen } = fakeAz(`echo "$@" >"$SEEN"; ${answer(json)}`);
      expect(await azToken(RESOURCE, env, NEVER)).toEqual({ token: 'a.b.c', expiresOnTimestamp });
      expect(seen()).toBe(
        'account get-access-token --output json --resource https://management.azure.com\n',
      );
    });

    // Outside the workspace, a relative folder in PATH leads to no file of the checkout.
    test('is asked for with a clean environment, no stdin, and outside the workspace', async () => {
      const { env, seen } = fakeAz(`{ pwd; env; cat; } >"$SEEN"; ${answer(TOKEN)}`);
      const names = [
        'INPUT_COMMAND',
        'Input_Env',
        'ACTIONS_RUNTIME_TOKEN',
        'GITHUB_TOKEN',
        'RUNNER_X',
        'AZURE_LOG_LEVEL',
      ];
      const given = Object.fromEntries(names.map((name) => [name, 'private']));
      const kept = { AZURE_CONFIG_DIR: '/its/own', RUNNER_TRACKING_ID: 'github_1' };
      await azToken(RESOURCE, { ...env, ...given, ...kept }, NEVER);
      expect(seen()).toMatch(
        /^\/\n(?=[^]*AZURE_CONFIG_DIR=\/its\/own\n)[^]*RUNNER_TRACKING_ID=github_1\n/,
      );
      expect(seen()).not.toContain('private');
    });

    test('is not asked for a resource that a shell would read', async () => {
      const { env, seen } = fakeAz(`echo ran >"$SEEN"`);
      await expect(azToken('https://x/$(id)', env, NEVER)).rejects.toThrow('az cannot request');
      expect(seen()).toBe(undefined);
    });
  });

  test.each([
    [
      'it fails',
      'echo "ERROR: AADSTS700024: expired" >&2; exit 1',
      'exit code 1: ERROR: AADSTS700024',
    ],
    ['it fails after a token', `${answer(TOKEN)}\nexit 3`, 'az ended with exit code 3'],
    ['it gives an empty one', answer({ ...TOKEN, accessToken: '' }), 'az returned no token'],
    ['it gives no time', answer({ accessToken: 'a' }), 'az returned no token'],
    ['it never stops', 'exec cat /dev/zero', 'stdout maxBuffer length exceeded'],
    [
      'it says much',
      'yes x | head -c 5000 >&2; echo "run az login" >&2; exit 1',
      /^.{1400,1450}run az login$/s,
    ],
  ])('no token, because %s', async (_name, script, message) => {
    await expect(azToken(RESOURCE, fakeAz(script).env, NEVER)).rejects.toThrow(message);
  });

  test('no token, because it cannot be started', async () => {
    const { bin } = fakeAz('');
    chmodSync(path.join(bin, 'az'), 0o644);
    await expect(azToken(RESOURCE, { PATH: bin }, NEVER)).rejects.toThrow('spawn az EACCES');
    const none = azToken(RESOURCE, { PATH: '/nonexistent' }, NEVER);
    await expect(none).rejects.toThrow('the Azure CLI (az) is not on PATH');
  });

  test('a step that was cancelled before does not wait for it, installed or not', async () => {
    for (const env of [fakeAz('exec sleep 100').env, { PATH: '/nonexistent' }]) {
      await expect(azToken(RESOURCE, env, AbortSignal.abort())).rejects.toThrow('az was stopped');
    }
  });

  test('a cancel ends it, and waits for no child that it leaves behind', async () => {
    // The child holds its output. Both ids are in the file all at once.
    const { env, seen } = fakeAz(
      'sleep 100 & echo $! $$ >"$SEEN.new"; mv "$SEEN.new" "$SEEN"; exec sleep 100',
    );
    const cancel = new AbortController();
    const pipes = () =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'PipeWrap').length;
    const before = pipes();
    const asked = azToken(RESOURCE, env, cancel.signal);
    await until(() => seen() !== undefined);
    cancel.abort();
    await expect(asked).rejects.toThrow('az was stopped');
    await until(() => pipes() <= before);
    const [child, az] = (seen() ?? '').split(' ').map(Number) as [number, number];
    await until(() => !isAlive(az));
    process.kill(child, 'SIGKILL');
  });
});

const ARGS = ['account', 'get-access-token', '--output', 'json', '--resource', 'R'];
const IN_A_SHELL = { file: `az ${ARGS.join(' ')}`, args: [], shell: true };

test.each([
  ['win32', { SystemRoot: 'D:\\Win' }, { ...IN_A_SHELL, cwd: 'D:\\Win' }],
  ['win32', {}, { ...IN_A_SHELL, cwd: 'C:\\Windows' }],
  ['darwin', {}, { file: 'az', args: ARGS, shell: false, cwd: '/' }],
])('on %s it is started outside of the workspace: %j', (platform, env, command) => {
  expect(azCommand(platform, env, 'R')).toEqual(command);
});
