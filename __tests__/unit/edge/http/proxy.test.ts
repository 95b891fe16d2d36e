import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { throwAwayCertificate } from '../../../../local/azure/certificate.ts';
import { Secrets } from '../../../../src/text/secrets.ts';
import { createClient, exchange } from '../../../../src/edge/http/client.ts';
import { isCertificateError, proxyAgent } from '../../../../src/edge/http/proxy.ts';
import { failureOf } from '../../../../src/failure.ts';
import { until } from '../../../support/until.ts';
import { keptHost, ports } from '../../ports.ts';
import { openingTunnels, patientClock, portOf, trust } from '../loopback.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

function listening(server: Server): Promise<number> {
  servers.push(server);
  return portOf(server);
}

/**
 * A proxy that answers every CONNECT with these words, and keeps what it was sent. Then it ends,
 * unless it is given something to continue with.
 */
async function hostileProxy(answer: string, next?: string) {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received.push(bytes.toString());
      if (next !== undefined) socket.write(received.length === 1 ? answer : next);
      else if (!socket.writableEnded) socket.end(answer);
    });
  });
  return {
    host: `127.0.0.1:${await listening(server)}`,
    received: () => received.join(''),
    /** Resolves once every client has left. */
    left: async () => {
      for (const socket of sockets) if (!socket.destroyed) await once(socket, 'close');
    },
  };
}

type Variables = Readonly<Record<string, string>>;
const agentOf = (variables: Variables, ...more: [timeoutMs?: number, isIgnored?: boolean]) =>
  proxyAgent((name) => variables[name], ...more);

/** No test waits for that long. */
const HOUR_MS = 3_600_000;

/** Sends requests by one client, again and again. */
function asking(proxy: string, endpoint = 'https://management.azure.com', more: Variables = {}) {
  const agent = agentOf({ HTTPS_PROXY: proxy, ...more }, HOUR_MS);
  const secrets = new Secrets();
  const given = { ...ports(), clock: patientClock(), secrets, host: keptHost(), agent };
  const client = createClient('', endpoint, given);
  return () =>
    exchange(
      async (options) => client.pathUnchecked('/subscriptions').get(options),
      HOUR_MS,
      given,
    );
}

async function ask(...given: Parameters<typeof asking>) {
  return asking(...given)();
}

/** The body of an answer through a proxy. */
function fetchBy(
  agent: ReturnType<typeof proxyAgent>,
  url: string,
  onRequest: (request: http.ClientRequest) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { agent }, (response) => {
      text(response).then(resolve, reject);
    });
    request.on('error', reject);
    onRequest(request);
  });
}

/** Timers that keep the process from its end, those of the test's own process among them. */
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

/** Jest's own timers end soon. One of ours would last until the test times out. */
const noMoreTimersThan = (before: number) => until(() => timers() <= before);

const body = '{"properties":{"provisioningState":"Succeeded","exitCode":0,"logs":""}}';
const forged = (status: string) =>
  `HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

test.each<[status: string, again: boolean]>([
  ['202 Accepted', true],
  ['407 Proxy Authentication Required', false],
  ['429 Too Many Requests', true],
])(
  'CONNECT is answered with %s and a forged result: no answer of Azure, asked again %s',
  async (status, again) => {
    const before = timers();
    const proxy = await hostileProxy(forged(status), '');
    const answer = await ask(`http://${proxy.host}`);
    await noMoreTimersThan(before);
    await proxy.left();

    expect(answer).toEqual({
      kind: 'unanswered',
      sent: again ? 'never' : 'blocked',
      cause: `the proxy ${proxy.host} answered ${status.slice(0, 3)}, so nothing was sent`,
    });
    expect(proxy.received()).toMatch(/^CONNECT management\.azure\.com:443 HTTP\/1\.1\r\n/);
  },
);

test.each([
  ['nobody listens', 'user:SECRET@127.0.0.1:9', /^the proxy 127\.0\.0\.1:9 refused the connection/],
  [
    'there is no such host',
    'user:SECRET@proxy.invalid:8080',
    /^the proxy proxy\.invalid:8080 opened no tunnel \((?:ENOTFOUND|EAI_AGAIN)\)/,
  ],
])(
  'where %s, the proxy is named, its password is not, and nobody waits for it',
  async (_name, address, cause) => {
    const before = timers();
    const answer = await ask(address);
    await noMoreTimersThan(before);
    expect(answer).toMatchObject({
      kind: 'unanswered',
      sent: 'never',
      cause: expect.stringMatching(cause) as unknown,
    });
    expect(JSON.stringify(answer)).not.toContain('SECRET');
  },
);

const OPEN = 'HTTP/1.1 200 Connection established\r\n\r\n';

test('a proxy that says nothing is named in time', async () => {
  const proxy = await hostileProxy('', '');
  await expect(
    fetchBy(agentOf({ HTTPS_PROXY: `u:SECRET@${proxy.host}` }, 200), 'https://arm.example'),
  ).rejects.toThrow(`the proxy ${proxy.host} opened no tunnel (ERR_PROXY_TUNNEL)`);
  await proxy.left();
});

test.each<[name: string, words: string, next: string | undefined, told: string]>([
  ['ends without a word', '', undefined, 'opened no tunnel (ERR_PROXY_TUNNEL)'],
  [
    'opens a tunnel and answers for Azure',
    OPEN,
    forged('200 OK'),
    'opened no tunnel (ERR_SSL_WRONG_VERSION_NUMBER)',
  ],
  ['opens a tunnel and ends it', OPEN, undefined, 'opened no tunnel (ECONNRESET)'],
])(
  'a proxy that %s is named and left, nothing was sent, and nobody waits for it',
  async (_name, words, next, told) => {
    const before = timers();
    const proxy = await hostileProxy(words, next);
    const cause = `the proxy ${proxy.host} ${told}, so nothing was sent`;
    expect(await ask(proxy.host)).toMatchObject({ kind: 'unanswered', sent: 'never', cause });
    await noMoreTimersThan(before);
    await proxy.left();
    expect(proxy.received()).not.toContain('GET ');
  },
);

describe('a proxy that does its work', () => {
  /** The names that the server behind the proxy was asked for in each handshake. */
  const names: unknown[] = [];
  let certificate: { key: string; cert: string };
  let endpoint = '';
  /** Runs when a request has come through the tunnel, before it is answered. */
  let onceAsked: () => unknown;
  let distrust: () => void;

  beforeAll(async () => {
    certificate = await throwAwayCertificate('arm.example');
    const server = https.createServer(certificate, (_request, response) => {
      onceAsked();
      response.end('from Azure');
    });
    server.on('secureConnection', ({ servername }: TLSSocket) => names.push(servername));
    endpoint = `https://arm.example:${await listening(server)}`;
    distrust = trust(certificate.cert);
  });
  beforeEach(() => {
    names.length = 0;
    onceAsked = () => undefined;
  });
  afterAll(() => {
    distrust();
  });

  async function honestProxy(server = http.createServer()) {
    const asked: string[] = [];
    openingTunnels(server, ({ url = '' }) => asked.push(url));
    return { host: `127.0.0.1:${await listening(server)}`, asked };
  }

  test('hands over what is asked and answered, each time by a tunnel of its own', async () => {
    const proxy = await honestProxy();
    const answerWithRetries = asking(proxy.host, endpoint);
    const before = timers();
    for (const time of [1, 2]) {
      expect(await answerWithRetries()).toMatchObject({
        kind: 'answered',
        status: 200,
        body: 'from Azure',
      });
      expect(proxy.asked).toHaveLength(time);
    }
    await noMoreTimersThan(before);
    expect(proxy.asked[0]).toBe(endpoint.replace('https://', ''));
    expect(names).toEqual(['arm.example', 'arm.example']);
  });

  test('may take as long as it likes for the answer, once the tunnel is open', async () => {
    const proxy = await honestProxy();
    const answer = fetchBy(agentOf({ HTTPS_PROXY: proxy.host }), endpoint, (request) => {
      // The socket has been silent for as long as opening a tunnel may take.
      onceAsked = () => request.socket?.emit('timeout');
    });
    expect(await answer).toBe('from Azure');
  });

  test('may itself be spoken to over TLS', async () => {
    const proxy = await honestProxy(https.createServer(certificate));
    expect(await ask(`https://${proxy.host}`, endpoint)).toMatchObject({
      kind: 'answered',
      body: 'from Azure',
    });
  });

  test('is not used where its own certificate is not trusted, nor blamed for another', async () => {
    const refused = { kind: 'unanswered', sent: 'blocked' };
    const distrusted = await honestProxy(
      https.createServer(await throwAwayCertificate('localhost')),
    );
    expect(await ask(`https://${distrusted.host}`, endpoint)).toMatchObject({
      ...refused,
      cause: expect.stringContaining('certificate'),
    });
    expect(distrusted.asked).toEqual([]);
    const { host } = await honestProxy();
    expect(await ask(host, endpoint.replace('arm.example', 'elsewhere.example'))).toMatchObject({
      ...refused,
      cause: expect.stringContaining("elsewhere.example. is not in the cert's altnames"),
    });
  });
});

describe('which hosts a proxy is for', () => {
  test.each<[name: string, variables: Variables, endpoint: string]>([
    ['NO_PROXY names the host', { NO_PROXY: 'example.com, INVALID, arm.invalid' }, 'arm.invalid'],
    ['no_proxy wins over NO_PROXY', { no_proxy: '*', NO_PROXY: 'example.com' }, 'arm.invalid'],
    ['the host is this machine', {}, 'localhost:9'],
    ['the host is this machine, by its address', {}, '127.0.0.1:9'],
    ['the host is this machine, by its IPv6 address', {}, '[::1]:9'],
  ])('%s: the request goes around the proxy', async (_name, variables, host) => {
    const proxy = await hostileProxy(forged('200 OK'));
    const answer = await ask(proxy.host, `https://${host}`, variables);
    expect(proxy.received()).toBe('');
    expect(answer).toMatchObject({ kind: 'unanswered', sent: 'never' });
    expect(answer).not.toHaveProperty('cause', expect.stringContaining('the proxy'));
  });

  test('https_proxy wins over HTTPS_PROXY, unless it is empty', async () => {
    const proxy = await hostileProxy(forged('407 No'));
    const cause = expect.stringContaining(`the proxy ${proxy.host} answered 407`) as unknown;
    for (const variables of [{ https_proxy: ` ${proxy.host} `, HTTPS_PROXY: 'other:1' }, {}]) {
      const answer = await ask(proxy.host, 'https://arm.invalid', {
        https_proxy: '',
        ...variables,
      });
      expect(answer).toMatchObject({ cause });
    }
  });
});

test('without HTTPS_PROXY there is no agent', () => {
  expect(agentOf({ HTTP_PROXY: 'http://proxy:8080', NO_PROXY: '*', https_proxy: ' ' })).toBe(
    undefined,
  );
});

describe('a proxy that Node would ignore is an error that does not quote it', () => {
  /** The one sentence that the failure consists of. */
  function problemWith(...given: Parameters<typeof agentOf>): unknown {
    try {
      return agentOf(...given);
    } catch (error) {
      const failure = failureOf(error);
      return failure.code === 'invalid-inputs' && failure.problems.length === 1
        ? failure.problems[0]?.plain
        : failure;
    }
  }

  test.each([
    'socks5://u:SECRET@proxy:1080',
    'http://u:SECRET%@proxy:8080',
    'http://[::1:SECRET',
    'SECRET@:8080',
  ])('%s', (address) => {
    expect(problemWith({ HTTPS_PROXY: address })).toMatch(/^HTTPS_PROXY is not the (?!.*SECRET)/);
  });

  test.each(['proxy:8080', 'HTTP://proxy', 'https://u:p%25@[2001:db8::1]:8443/'])(
    '%s is one that it uses',
    (address) => {
      expect(agentOf({ HTTPS_PROXY: address })).toBeInstanceOf(https.Agent);
    },
  );

  test('any proxy, in a version of Node that knows none', () => {
    expect(problemWith({ https_proxy: 'http://proxy:8080' }, undefined, true)).toMatch(
      /^Node\.js \d+\.\d+\.\d+ ignores the proxy in HTTPS_PROXY/,
    );
    expect(agentOf({}, undefined, true)).toBe(undefined);
  });
});

test.each<[code: string, expected: boolean]>([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['CERT_HAS_EXPIRED', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', false],
  ['ECONNRESET', false],
])('%s is about a certificate: %s', (code, expected) => {
  expect(isCertificateError(code)).toBe(expected);
});
