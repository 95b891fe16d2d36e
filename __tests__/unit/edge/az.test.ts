import { execFileSync } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { chmodSync, closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { azOptions, azToken } from '../../../src/edge/azure/az.ts';
import { needing } from '../../tools.ts';

const SCOPE = 'https://management.azure.com/.default';
const NEVER = new AbortController().signal;
const folder = mkdtempSync(path.join(tmpdir(), 'fake-az-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program `az` on a PATH of its own, a script of sh; what it writes to `$SEEN` is for the test. */
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
const TOKEN = { accessToken: 'a.b.c', expires_on: 1_900_000_000, expiresOn: '2030-03-17 19:46:40.000000' };

needing(['sh'], () => {
  describe('a token', () => {
    test.each([
      ['with seconds', TOKEN, 1_900_000_000_000],
      ['of an old CLI, with a local time', { ...TOKEN, expires_on: undefined }, Date.parse(TOKEN.expiresOn)],
    ])('%s', async (_name, json, expiresOnTimestamp) => {
      const { env, seen } = fakeAz(`echo "$@" >"$SEEN"; ${answer(json)}`);
      expect(await azToken(SCOPE, env, NEVER)).toEqual({ token: 'a.b.c', expiresOnTimestamp });
      expect(seen()).toBe('account get-access-token --output json --resource https://management.azure.com\n');
    });

    test('is asked for with a clean environment, outside of the workspace', async () => {
      const { env, seen } = fakeAz(`{ pwd; env; } >"$SEEN"; ${answer(TOKEN)}`);
      const names = [
        'INPUT_COMMAND',
        'Input_Env',
        'ACTIONS_RUNTIME_TOKEN',
        'GITHUB_TOKEN',
        'RUNNER_X',
        'AZURE_LOG_LEVEL',
      ];
      const given = Object.fromEntries(names.map((name) => [name, 'private']));
      await azToken(SCOPE, { ...env, ...given, AZURE_CONFIG_DIR: '/its/own' }, NEVER);
      expect(seen()).toMatch(/^\/\n[^]*AZURE_CONFIG_DIR=\/its\/own\n/);
      expect(seen()).not.toContain('private');
    });

    test('is not asked for a scope that a shell would read', async () => {
      const { env, seen } = fakeAz(`echo ran >"$SEEN"`);
      await expect(azToken('https://x/$(id)/.default', env, NEVER)).rejects.toThrow('az cannot request');
      expect(seen()).toBe(undefined);
    });
  });

  test.each([
    ['it fails', 'echo "ERROR: AADSTS700024: expired" >&2; exit 1', 'exit code 1: ERROR: AADSTS700024'],
    ['it is killed', 'kill -9 $$', 'az ended with SIGKILL'],
    ['it says nothing', 'exit 0', 'az returned no token'],
    ['it gives an empty one', answer({ ...TOKEN, accessToken: '' }), 'az returned no token'],
    ['it gives no time', answer({ accessToken: 'a' }), 'az returned no token'],
    ['it never stops', 'exec cat /dev/zero', 'az ended with SIGKILL'],
    ['it says much', 'yes x | head -c 5000 >&2; echo "run az login" >&2; exit 1', /^.{1400,1450}run az login$/s],
  ])('no token, because %s', async (_name, script, message) => {
    await expect(azToken(SCOPE, fakeAz(script).env, NEVER)).rejects.toThrow(message);
  });

  test('no token, because it cannot be started', async () => {
    const { bin } = fakeAz('');
    chmodSync(path.join(bin, 'az'), 0o644);
    await expect(azToken(SCOPE, { PATH: bin }, NEVER)).rejects.toThrow('spawn az EACCES');
    const none = azToken(SCOPE, { PATH: '/nonexistent' }, NEVER);
    await expect(none).rejects.toThrow('the Azure CLI (az) is not on PATH');
  });

  needing(['mkfifo'], () => {
    /**
     * A child of a program, which holds the writing end of a pipe as long as it lives, and would live for minutes.
     *
     * @returns `start`, lines for the program; `begun`, once the child lives; `end`, how the pipe ends: with what the child
     *   wrote, or not within seconds.
     */
    function child() {
      const pipe = path.join(mkdtempSync(path.join(folder, 'pipe-')), 'pipe');
      execFileSync('mkfifo', [pipe]);
      const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
      // Without a writer it would be at its end from the beginning.
      const writer = openSync(pipe, constants.O_WRONLY);
      const stream = new Socket({ fd: reader, readable: true, writable: false });
      const ended = text(stream);
      return {
        start: `(echo lived; : >"$SEEN"; exec sleep 100) 3>&1 >'${pipe}' & until [ -e "$SEEN" ]; do :; done;`,
        begun: once(stream, 'data'),
        end: () => {
          closeSync(writer);
          const late = delay(5000, 'it lives', { ref: false }).finally(() => stream.destroy());
          return Promise.race([ended, late]);
        },
      };
    }

    describe('what it started ends with it', () => {
      test('where the step is cancelled', async () => {
        const { start, begun, end } = child();
        const cancel = new AbortController();
        const asked = azToken(SCOPE, fakeAz(`${start} exec sleep 100`).env, cancel.signal);
        void begun.then(() => {
          cancel.abort();
        });
        await expect(asked).rejects.toThrow(/^az (?:was stopped|ended with SIGKILL)/);
        expect(await end()).toBe('lived\n');
      });

      test('where it answers and leaves a child behind that holds its output', async () => {
        const { start, end } = child();
        await expect(azToken(SCOPE, fakeAz(`${start} ${answer(TOKEN)}`).env, NEVER)).resolves.toHaveProperty(
          'token',
          'a.b.c',
        );
        expect(await end()).toBe('lived\n');
      });

      test('where this program exits', async () => {
        const before = process.listeners('exit');
        const { start, begun, end } = child();
        const asked = azToken(SCOPE, fakeAz(`${start} exec sleep 100`).env, NEVER);
        await begun;
        for (const listen of process.listeners('exit')) if (!before.includes(listen)) listen(0);
        await expect(asked).rejects.toThrow(/^az (?:was stopped|ended with SIGKILL)/);
        expect(await end()).toBe('lived\n');
      });
    });
  });

  test('it is not waited for where the step was cancelled before, be it there or not', async () => {
    for (const env of [fakeAz('exec sleep 100').env, { PATH: '/nonexistent' }]) {
      await expect(azToken(SCOPE, env, AbortSignal.abort())).rejects.toThrow('az was stopped');
    }
  });

  needing(['setsid'], () => {
    test('what got away from it keeps nobody waiting', async () => {
      const { env, seen } = fakeAz(`setsid sh -c ': >"$0"; exec sleep 5' "$SEEN" & exec sleep 100`);
      const cancel = new AbortController();
      const pipes = () => process.getActiveResourcesInfo().filter((kind) => kind === 'PipeWrap').length;
      const before = pipes();
      const asked = azToken(SCOPE, env, cancel.signal);
      while (seen() === undefined) await delay(5);
      cancel.abort();
      await expect(asked).rejects.toThrow('az was stopped');
      for (let looks = 0; pipes() > before && looks < 200; looks++) await delay(5);
      expect(pipes()).toBeLessThanOrEqual(before);
    });
  });

  test('nothing listens to this program once it has answered', async () => {
    const cancel = new AbortController();
    const before = process.listenerCount('exit');
    await azToken(SCOPE, fakeAz(answer(TOKEN)).env, cancel.signal);
    expect(process.listenerCount('exit')).toBe(before);
    expect(getEventListeners(cancel.signal, 'abort')).toEqual([]);
  });
});

test.each([
  ['win32', { SystemRoot: 'D:\\Win' }, { cwd: 'D:\\Win', shell: true, windowsHide: true, detached: false }],
  ['win32', {}, { cwd: 'C:\\Windows', shell: true, windowsHide: true, detached: false }],
  ['darwin', {}, { cwd: '/', shell: false, detached: true }],
])('on %s it is started outside of the workspace, without a window: %j', (platform, env, options) => {
  expect(azOptions(platform, env)).toEqual(options);
});
