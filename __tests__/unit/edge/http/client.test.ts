import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { throwAwayCertificate } from '../../../../local/azure/certificate.ts';
import { Secrets } from '../../../../src/text/secrets.ts';
import { createClient, exchange } from '../../../../src/edge/http/client.ts';
import { StepError, type Failure } from '../../../../src/failure.ts';
import { http, keptHost, ports } from '../../ports.ts';
import { until } from '../../../support/until.ts';
import { patientClock, portOf, trust } from '../loopback.ts';

const HELD = 'Held.token-of_the+step';
const secrets = new Secrets();
secrets.add(HELD);
const CLAIMS = { issuer: '', subject: '', audience: '', jobWorkflowRef: '' };

/** A server that answers as a test says, and keeps what it was asked. */
let server: Server;
let url = '';
let distrust: () => void;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const asked: IncomingMessage[] = [];
beforeAll(async () => {
  const { key, cert } = await throwAwayCertificate('localhost');
  distrust = trust(cert);
  server = createServer({ key, cert }, (request, response) => {
    asked.push(request);
    answer(request, response);
  });
  // On a slow machine, the client would send a request on a connection that is just being closed.
  server.keepAliveTimeout = 0;
  url = `https://localhost:${await portOf(server)}`;
});
afterAll(() => {
  distrust();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

const answering = (
  status: number,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
) => {
  answer = (_request, response) => response.writeHead(status, headers).end(body);
};

const world = () => ({ ...ports(), clock: patientClock(), secrets, host: keptHost() });

function ask(
  watch?: (response: NodeJS.ReadableStream) => void,
  endpoint = url,
  method: 'get' | 'post' = 'get',
) {
  const given = world();
  const client = createClient('', endpoint, given, () => Promise.resolve('TOKEN'));
  client.pipeline.addPolicy(
    {
      name: 'watch',
      async sendRequest(request, next) {
        const response = await next(request);
        if (response.readableStreamBody) watch?.(response.readableStreamBody);
        return response;
      },
    },
    { afterPolicies: ['aksRunCommandRequest'] },
  );
  const answered = exchange(
    async (options) => client.pathUnchecked('/path')[method](options),
    30_000,
    given,
  );
  return { answered, clock: given.clock, transcript: given.transcript };
}

describe('one request, and what came back', () => {
  test.each<[number, Record<string, string>, string]>([
    [200, { 'x-ms-request-id': 'abc' }, '{"a":1}'],
    [200, {}, '}{'],
    [202, { location: '/elsewhere' }, ''],
    [307, { location: '/elsewhere' }, ''],
    [401, { 'www-authenticate': 'Bearer authorization="https://login.example/x"' }, ''],
    [429, { 'retry-after': '0' }, '<html>'],
    [503, { 'retry-after': '0' }, ''],
  ])('%s', async (status, headers, body) => {
    answering(status, headers, body);
    const { answered } = ask();
    expect(await answered).toMatchObject({ kind: 'answered', status, body, headers });
    const [request, ...more] = asked;
    expect(request).toMatchObject({ url: '/path', headers: { authorization: 'Bearer TOKEN' } });
    expect(request?.headers['user-agent']).toMatch(/^aks-run-command /);
    expect(more).toEqual([]);
  });

  test('a submission has a connection of its own, where no answer is left of another request', async () => {
    answer = ({ socket }, response) => {
      response.end('{}', () => {
        socket.write('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      });
    };
    await ask().answered;
    answering(202);

    for (let submission = 0; submission < 2; submission += 1) {
      expect(await ask(undefined, url, 'post').answered).toMatchObject({ status: 202 });
    }
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
    expect(new Set(asked.map(({ socket }) => socket)).size).toBe(3);
  });

  test('no more of an endless body is read than an answer may have', async () => {
    const more = Buffer.alloc(1024 * 1024, ' ');
    answer = (_request, response) => {
      response.writeHead(200, { location: '/elsewhere' });
      // A connection that the client closed fails the write, and from Node 24.22 on at once.
      const write = (error?: Error | null) => {
        if (!error && !response.destroyed) response.write(more, write);
      };
      write();
    };
    const answered = await ask().answered;
    expect(answered).toMatchObject({ kind: 'answered', status: 200 });
    expect('body' in answered && answered.body.length).toBeLessThan(18 * 1024 * 1024);
  });

  test.each<[name: string, isTorn: boolean]>([
    ['ends too early', true],
    ['stays away', false],
  ])('a body that %s: what arrived is the answer', async (_name, isTorn) => {
    let arrived = false;
    answer = (_request, response) => {
      response.writeHead(202, { location: '/elsewhere', 'content-length': '100' });
      response.write('{"id":');
    };
    const client = ask((response) => {
      response.once('data', () => {
        arrived = true;
        if (isTorn) server.closeAllConnections();
      });
    });
    await until(() => arrived);
    if (!isTorn) client.clock.endWaits();
    expect(await client.answered).toMatchObject({ kind: 'answered', status: 202, body: '{"id":' });
    expect(client.clock.waits()).toBe(0);
  });

  test('a body is read as it is, without a byte order mark, and no compression is asked for', async () => {
    answering(503, { 'content-encoding': 'gzip' }, '\uFEFFas it is');
    expect(await ask().answered).toMatchObject({ status: 503, body: 'as it is' });
    expect(asked[0]?.headers).toHaveProperty('accept-encoding', 'identity');
  });

  test('the address of an IPv6 endpoint is no name to look up', async () => {
    expect(await ask(undefined, 'https://[::1]:1').answered).toMatchObject({
      cause: expect.stringMatching(/ ::1:1/),
    });
  });
});

test.each<
  [name: string, status: number, headers: Record<string, string>, body: string, shown: string]
>([
  ['in its message', 400, {}, `{"code":"X","message":"no ${HELD}"}`, 'no ***'],
  ['in a request id', 500, { 'x-ms-request-id': HELD }, '', '***'],
  ["in a result's reason", 200, {}, `{"properties":{"reason":"x ${HELD}"}}`, 'x ***'],
  ['in its output, which is shown', 200, {}, `{"properties":{"logs":"${HELD}"}}`, HELD],
  ['as what was asked for', 200, {}, `{"value":"${HELD}"}`, HELD],
])('a token that the step holds, %s', async (_name, status, headers, body, shown) => {
  answering(status, headers, body);
  const { answered, transcript } = ask();
  const got = await answered;
  expect(got).toMatchObject({ kind: 'answered', status });
  expect(JSON.stringify(got)).toContain(shown);
  if (shown !== HELD) expect(JSON.stringify(got).toLowerCase()).not.toContain(HELD.toLowerCase());
  if (shown !== HELD) expect(transcript.join('\n')).not.toContain(HELD);
});

describe('no answer', () => {
  test('in time: the request is given up', async () => {
    let closed: Promise<unknown> | undefined;
    answer = (request) => {
      closed = once(request.socket, 'close');
    };
    const { answered, clock } = ask();
    await until(() => asked.length === 1);
    clock.endWaits();
    expect(await answered).toEqual({
      kind: 'unanswered',
      sent: 'perhaps',
      cause: 'no answer within 30 s',
    });
    await closed;
  });

  test('where the connection is torn', async () => {
    answer = (request) => request.socket.destroy();
    const { answered } = ask();
    expect(await answered).toMatchObject({ kind: 'unanswered', sent: 'perhaps' });
    expect(asked).toHaveLength(1);
  });

  test('of a server that nobody trusts: nothing was sent', async () => {
    const distrusting = trust((await throwAwayCertificate('localhost')).cert);
    const { answered } = ask();
    expect(await answered).toMatchObject({ kind: 'unanswered', sent: 'blocked' });
    distrusting();
    expect(asked).toEqual([]);
  });
});

/** An error with Node's code, under others as the SDK has them. */
function failure(code: unknown, depth = 0): Error {
  return depth === 0
    ? Object.assign(new Error('words'), { code })
    : new Error('words', { cause: failure(code, depth - 1) });
}

test.each([
  ['a name that is not known', failure('ENOTFOUND'), 'never'],
  ['a name server that is busy', failure('EAI_AGAIN'), 'never'],
  ['nobody listening', failure('ECONNREFUSED', 1), 'never'],
  ['a torn connection', failure('ECONNRESET'), 'perhaps'],
  ['a network that is gone', failure('ENETUNREACH'), 'perhaps'],
  ['a certificate that is not trusted', failure('CERT_HAS_EXPIRED', 2), 'blocked'],
  ['a code that is no text', failure(404), 'perhaps'],
])('%s', async (_name, error, sent) => {
  const answered = exchange(() => Promise.reject(error), 30_000, world());
  expect(await answered).toEqual({ kind: 'unanswered', sent, cause: 'words' });
});

test('the words of an error are cut after a token in them is hidden', async () => {
  const error = new Error(HELD + '/'.repeat(100));
  expect(await exchange(() => Promise.reject(error), 30_000, world())).toMatchObject({
    cause: '… (103 characters)',
  });
});

test.each<[string, Failure, string]>([
  [
    'Entra refuses',
    {
      code: 'entra',
      answer: http(400, { error: 'invalid_client', error_description: 'AADSTS700024: expired' }),
      resource: 's',
      claims: CLAIMS,
    },
    'signing in failed: HTTP 400 invalid_client: AADSTS700024: expired',
  ],
  ['there is no ID token anymore', { code: 'no-id-token' }, 'signing in failed: no-id-token'],
])('a sign-in that fails while a command runs: %s', async (_name, failure, cause) => {
  const answered = exchange(() => Promise.reject(new StepError(failure)), 30_000, world());
  expect(await answered).toEqual({ kind: 'unanswered', sent: 'unsigned', cause });
});

test.each([
  ['with the ids that support asks for', { 'x-ms-request-id': 'abc' }, '200 x-ms-request-id abc'],
  ['that was not answered', undefined, 'socket hang up'],
])('the debug log has a line for a request %s', async (_name, headers, told) => {
  if (headers) answering(200, headers, 'BODY');
  else answer = (request) => request.socket.destroy();
  const { answered, transcript } = ask();
  await answered;
  expect(transcript).toEqual([
    expect.stringMatching(new RegExp(`^debug GET ${url}/path ${told}, \\d{1,5} ms$`)),
  ]);
});
