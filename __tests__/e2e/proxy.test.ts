import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scene } from './support.ts';

// No name of the loopback, where no proxy is asked: only a tunnel leads there.
const NAME = 'azure.test';
const { run, azure } = scene({ name: NAME });

/** A proxy that opens tunnels to whoever is asked for, on this machine. */
const tunnels: { target: string; credentials: string }[] = [];
const sockets = new Set<Socket>();
const proxy = createServer();
proxy.on('connect', (request, socket: Socket) => {
  const [, encoded = ''] = (request.headers['proxy-authorization'] ?? '').split(' ');
  const target = request.url ?? '';
  tunnels.push({ target, credentials: Buffer.from(encoded, 'base64').toString() });
  const there = connect(Number(target.split(':')[1]), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(there).pipe(socket);
  });
  for (const one of [socket, there]) {
    sockets.add(one);
    one.on('error', () => socket.destroy());
  }
});
const address = () => `127.0.0.1:${(proxy.address() as AddressInfo).port}`;

beforeAll(async () => {
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  proxy.close();
});

test('metadata, ID token, Entra and ARM all go through the proxy, as the runner reads its address', async () => {
  const { exitCode, outputs } = await run(
    { command: 'echo through' },
    { env: { https_proxy: `corp%5Cuser:100%25@${address()}`, NO_PROXY: 'example.com, 10.0.0.1' } },
  );

  expect([exitCode, outputs['output']]).toEqual([0, 'through\n']);
  for (const operation of ['metadata', 'id-token', 'token', 'run-command', 'command-result'] as const) {
    expect(azure().requests(operation).length).toBeGreaterThan(0);
  }
  const port = new URL(azure().url).port;
  expect(new Set(tunnels.map((tunnel) => JSON.stringify(tunnel)))).toEqual(
    new Set([JSON.stringify({ target: `${NAME}:${port}`, credentials: 'corp\\user:100%' })]),
  );
});
