import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openingTunnels, portOf } from '../unit/edge/loopback.ts';
import { scene } from './support.ts';

// No name of the loopback, where no proxy is asked: only a tunnel leads there.
const NAME = 'azure.test';
const { run, azure } = scene({ name: NAME });

const tunnels: { target: string; credentials: string }[] = [];
const proxy = openingTunnels(createServer(), ({ url: target = '', headers }) => {
  const [, encoded = ''] = (headers['proxy-authorization'] ?? '').split(' ');
  tunnels.push({ target, credentials: Buffer.from(encoded, 'base64').toString() });
});
let address: string;

beforeAll(async () => {
  address = `127.0.0.1:${await portOf(proxy)}`;
});
afterAll(() => {
  proxy.close();
});

test('metadata, ID token, Entra, and ARM are reached through the proxy of the runner', async () => {
  const { exitCode, outputs } = await run(
    { command: 'echo through' },
    { env: { https_proxy: `corp%5Cuser:100%25@${address}`, NO_PROXY: 'example.com, 10.0.0.1' } },
  );

  expect([exitCode, outputs['output']]).toEqual([0, 'through\n']);
  for (const operation of [
    'metadata',
    'id-token',
    'token',
    'run-command',
    'command-result',
  ] as const) {
    expect(azure().requests(operation).length).toBeGreaterThan(0);
  }
  const port = new URL(azure().url).port;
  expect(new Set(tunnels.map((tunnel) => JSON.stringify(tunnel)))).toEqual(
    new Set([JSON.stringify({ target: `${NAME}:${port}`, credentials: 'corp\\user:100%' })]),
  );
});

test('a proxy that cannot be used ends the step before any request, and is not quoted', async () => {
  const asked = azure().requests().length;
  const { exitCode, outputs, log } = await run(
    { command: 'echo never' },
    { env: { HTTPS_PROXY: `socks5://user:SECRET@${address}` } },
  );

  expect([exitCode, outputs['state']]).toEqual([1, 'not-started']);
  expect(log.shown).toContain('`HTTPS_PROXY` is not the address of an HTTP proxy.');
  expect(log.shown).not.toContain('SECRET');
  expect(azure().requests().length).toBe(asked);
});
