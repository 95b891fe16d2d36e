import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startLocalAzure } from '../../local/azure/index.ts';

// That the server answers over https, breaks connections, and runs pods is proven by the end-to-end
// suites.

test('only a client with its certificate trusts it, and stopping it removes every file', async () => {
  const azure = await startLocalAzure();
  const refused = new Promise((resolve, reject) => {
    request(azure.url, { agent: false }, resolve).on('error', reject).end();
  });
  await expect(refused).rejects.toThrow(/self-signed certificate/);
  await azure.stop();
  expect(existsSync(dirname(azure.caFile))).toBe(false);
});

/** `npm run local-azure` with these arguments. */
function start(...args: string[]) {
  const main = join(import.meta.dirname, '../../local/azure/main.ts');
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, ...output }));
  return { child, output, ended };
}

describe('the program', () => {
  test('says how to reach it, and ends by a signal with nothing left', async () => {
    const { child, output, ended } = start('--cluster', 'extra:entra', '--shell', 'sh');
    const last = '# Clusters: plain, entra, stopped, disabled, extra\n';
    while (!output.stdout.includes(last)) await once(child.stdout, 'data');
    const caFile = /^export NODE_EXTRA_CA_CERTS='(.*)'$/m.exec(output.stdout)?.[1] ?? '';
    expect(readFileSync(caFile, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(output.stdout).toMatch(/^#\s+environment: https:\/\/localhost:\d+$/m);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(caFile)).toBe(false);
  });

  test.each([
    [['--port', 'http'], "local-azure: --port is a number up to 65535, not 'http'\n"],
    [['--cluster', 'x:big'], "the kind must be plain, entra, stopped, or disabled, not 'big'"],
  ])('refuses %j', async (args, says) => {
    const { code, stderr } = await start(...args).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(says);
  });
});
