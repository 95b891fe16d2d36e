import { describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../local/azure/main.ts', import.meta.url));

type Program = Readonly<{
  child: ChildProcess;
  /** What it has written to stdout once the text is in it. */
  said(text: string): Promise<string>;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}>;

function start(...args: string[]): Program {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return {
    child,
    said: async (text) => {
      while (!output.stdout.includes(text)) await new Promise((resolve) => child.stdout.once('data', resolve));
      return output.stdout;
    },
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ code, ...output });
      });
    }),
  };
}

describe.each(['SIGINT', 'SIGTERM'] as const)('started from a terminal and ended by %s', (signal) => {
  test('says how to reach it, and leaves nothing behind', async () => {
    const { child, said, ended } = start('--cluster', 'extra:entra', '--shell', 'sh');
    const output = await said('# Clusters: plain, entra, stopped, disabled, extra\n');
    const caFile = /^export NODE_EXTRA_CA_CERTS='(.*)'$/m.exec(output)?.[1] ?? '';
    expect(readFileSync(caFile, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(output).toMatch(
      /^export ACTIONS_ID_TOKEN_REQUEST_URL='https:\/\/localhost:\d+\/github\/id-token\?api-version=2\.0'$/m,
    );
    expect(output).toMatch(/^#\s+environment: https:\/\/localhost:\d+$/m);
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(caFile)).toBe(false);
  });
});

describe('an option', () => {
  test.each([
    { args: ['--port', 'http'], says: "local-azure: --port is a number up to 65535, not 'http'\n" },
    { args: ['--cluster', 'x:big'], says: "the kind must be plain, entra, stopped, or disabled, not 'big'" },
    { args: ['--faults', '/nowhere.json'], says: 'ENOENT' },
    { args: ['--unheard'], says: "Unknown option '--unheard'" },
  ])('is refused: $args', async ({ args, says }) => {
    const { code, stderr } = await start(...args).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(says);
  });

  test('--faults is read and checked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'faults-'));
    writeFileSync(join(folder, 'faults.json'), '[{"on":"token","do":{"kind":"explode"}}]');
    const { code, stderr } = await start('--faults', join(folder, 'faults.json')).ended;
    rmSync(folder, { recursive: true });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'local-azure: Fault 1: "do.kind" is unknown\n' });
  });

  test('--help tells them all', async () => {
    const { code, stdout } = await start('--help').ended;
    expect(code).toBe(0);
    for (const option of ['--port', '--cluster', '--faults', '--throttled', '--shell'])
      expect(stdout).toContain(option);
  });
});
