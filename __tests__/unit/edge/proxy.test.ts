import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createClient } from '../../../src/edge/azure/client.ts';
import { exchange } from '../../../src/edge/azure/exchange.ts';
import { keptHost, ports } from '../ports.ts';

/** A proxy that answers every CONNECT with these words, and keeps what it was sent. */
async function hostileProxy(answer: string) {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received.push(bytes.toString());
      socket.end(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    received,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

let kept: string | undefined;
beforeEach(() => {
  kept = process.env['HTTPS_PROXY'];
});
afterEach(() => {
  if (kept === undefined) delete process.env['HTTPS_PROXY'];
  else process.env['HTTPS_PROXY'] = kept;
});

async function ask(proxy: string) {
  process.env['HTTPS_PROXY'] = proxy;
  const clock = {
    now: Date.now,
    monotonic: () => performance.now(),
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
  const client = await createClient('', 'https://management.azure.com', { ...ports(), clock, host: keptHost() });
  return exchange(async (options) => client.pathUnchecked('/subscriptions').get(options), 10_000, clock);
}

const body = '{"properties":{"provisioningState":"Succeeded","exitCode":0,"logs":""}}';
const forged = (status: string) => `HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

test.each([
  ['a forged result', '206 Partial Content'],
  ['a forged submission', '202 Accepted'],
  ['a forged "no such command"', '404 Not Found'],
  ['a forged rejection of the token', '401 Unauthorized'],
  ['a proxy that wants a password', '407 Proxy Authentication Required'],
])('%s: nothing that a proxy answers is an answer of Azure', async (_name, status) => {
  const proxy = await hostileProxy(forged(status));
  const answer = await ask(`http://${proxy.host}`);
  proxy.close();

  expect(answer).toEqual({
    kind: 'unanswered',
    sent: 'never',
    cause: `the proxy ${proxy.host} answered ${status.slice(0, 3)}`,
  });
  expect(proxy.received.join('')).toMatch(/^CONNECT management\.azure\.com:443 HTTP\/1\.1\r\n/);
});

test('a password with a percent sign reaches the proxy as it is', async () => {
  const proxy = await hostileProxy(forged('407 No'));
  const answer = await ask(`http://user:100%@${proxy.host}`);
  proxy.close();

  expect(answer).toMatchObject({ kind: 'unanswered', sent: 'never' });
  expect(proxy.received.join('')).toContain(`Basic ${Buffer.from('user:100%').toString('base64')}`);
});
