import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { azToken, cleanEnvironment } from '../../../src/edge/azure/az.ts';
import { needing } from '../../tools.ts';

const SCOPE = 'https://management.azure.com/.default';
const NEVER = new AbortController().signal;
const folder = mkdtempSync(path.join(tmpdir(), 'fake-az-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program `az` on a PATH of its own, a script of sh; what it writes to `$SEEN` is for the test. */
function fakeAz(script: string): { env: NodeJS.ProcessEnv; seen: () => string } {
  const bin = mkdtempSync(path.join(folder, 'bin-'));
  const seen = path.join(bin, 'seen');
  writeFileSync(path.join(bin, 'az'), `#!/bin/sh\nSEEN='${seen}'\n${script}\n`);
  chmodSync(path.join(bin, 'az'), 0o755);
  return {
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: folder },
    seen: () => (existsSync(seen) ? readFileSync(seen, 'utf8') : ''),
  };
}

const answer = (json: object) => `cat <<'END'\n${JSON.stringify(json)}\nEND`;
const TOKEN = { accessToken: 'a.b.c', expires_on: 1_900_000_000, expiresOn: '2030-03-17 17:46:40.000000' };

needing(['sh'], () => {
  describe('a token', () => {
    test.each([
      ['with seconds', TOKEN, 1_900_000_000_000],
      ['of an old CLI, with a local time', { ...TOKEN, expires_on: undefined }, Date.parse(TOKEN.expiresOn)],
    ])('%s', async (_name, json, expiresOnTimestamp) => {
      const { env, seen } = fakeAz(`echo "$@" >"$SEEN"; ${answer(json)}`);
      expect(await azToken(SCOPE, { env, cancelled: NEVER })).toEqual({ token: 'a.b.c', expiresOnTimestamp });
      expect(seen()).toBe('account get-access-token --output json --resource https://management.azure.com\n');
    });

    test('is asked for with a clean environment, outside of the workspace', async () => {
      const { env, seen } = fakeAz(`{ pwd; env; } >"$SEEN"; ${answer(TOKEN)}`);
      const given = {
        INPUT_COMMAND: 'private',
        INPUT_ENV: 'private',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'private',
        ACTIONS_ID_TOKEN_REQUEST_URL: 'private',
        ACTIONS_RUNTIME_TOKEN: 'private',
        GITHUB_TOKEN: 'private',
        GITHUB_ENV: 'private',
        AZURE_LOG_LEVEL: 'private',
        AZURE_CONFIG_DIR: '/its/own',
      };
      await azToken(SCOPE, { env: { ...env, ...given }, cancelled: NEVER });
      expect(seen()).toMatch(/^\/\n/);
      expect(seen()).toContain('AZURE_CONFIG_DIR=/its/own\n');
      expect(seen()).not.toContain('private');
    });

    test('is not asked for a scope that a shell would read', async () => {
      const { env, seen } = fakeAz(`echo ran >"$SEEN"`);
      await expect(azToken('https://x/$(id)/.default', { env, cancelled: NEVER })).rejects.toThrow('az cannot request');
      expect(seen()).toBe('');
    });
  });

  describe('no token', () => {
    test.each([
      ['it fails', 'echo "ERROR: AADSTS700024: expired" >&2; exit 1', 'az ended with exit code 1: ERROR: AADSTS700024'],
      ['it is killed', 'kill -9 $$', 'az ended with SIGKILL'],
      ['it says nothing', 'exit 0', 'az returned no token'],
      ['it says something else', 'echo "[]"', 'az returned no token'],
      ['it gives no time', answer({ accessToken: 'a' }), 'az returned no token'],
      ['it gives no text', answer({ accessToken: 1, expires_on: 1_900_000_000 }), 'az returned no token'],
      ['it never stops', 'exec cat /dev/zero', 'az ended with SIGKILL'],
    ])('where %s', async (_name, script, message) => {
      const { env } = fakeAz(script);
      await expect(azToken(SCOPE, { env, cancelled: NEVER })).rejects.toThrow(message);
    });

    test('where there is no az', async () => {
      await expect(azToken(SCOPE, { env: { PATH: '/nonexistent' }, cancelled: NEVER })).rejects.toThrow(
        'the Azure CLI (az) is not on PATH',
      );
    });
  });

  describe('what it started ends with it', () => {
    /** A child that would leave a trace, were it alive a moment later. */
    const CHILD = '(sleep 0.6; echo alive >"$SEEN") &';

    test('where it does not answer in time', async () => {
      const { env, seen } = fakeAz(`${CHILD} sleep 30`);
      await expect(azToken(SCOPE, { env, cancelled: NEVER }, 200)).rejects.toThrow('az returned no token within 0.2 s');
      await delay(700);
      expect(seen()).toBe('');
    });

    test('where the step is cancelled', async () => {
      const { env, seen } = fakeAz(`${CHILD} sleep 30`);
      const cancel = new AbortController();
      const asked = azToken(SCOPE, { env, cancelled: cancel.signal });
      setTimeout(() => {
        cancel.abort();
      }, 100);
      await expect(asked).rejects.toThrow('az was stopped');
      await expect(azToken(SCOPE, { env, cancelled: cancel.signal })).rejects.toThrow('az was stopped');
      await delay(700);
      expect(seen()).toBe('');
    });

    test('where it answers and leaves a child behind that holds its output', async () => {
      const { env, seen } = fakeAz(`${CHILD} ${answer(TOKEN)}`);
      await expect(azToken(SCOPE, { env, cancelled: NEVER })).resolves.toHaveProperty('token', 'a.b.c');
      await delay(700);
      expect(seen()).toBe('');
    });
  });
});

test('names are compared without letter case, as Windows does', () => {
  expect(cleanEnvironment({ Input_Command: 'x', Path: 'p' })).toEqual({ Path: 'p' });
});
