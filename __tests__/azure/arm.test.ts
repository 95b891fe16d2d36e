import { describe, expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import {
  aksServerApplication,
  aksThrottles,
  demo,
  maxBodyBytes,
  maxLogBytes,
  type AzureOptions,
  type HttpRequest,
} from '../../local/azure/index.ts';
import { clusterPath, code, commandId, createWorld, group, message, url } from './world.ts';

const running = { provisioningState: 'Running' };

describe('the normal flow', () => {
  test.each(['plain', 'entra'])('on the cluster %s looks as recorded', async (cluster) => {
    const world = createWorld();
    const posted = await world.run(cluster);
    const id = commandId(posted);
    expect(posted).toMatchObject({ status: 202, body: '' });
    expect(posted.headers).toMatchObject({
      'content-length': '0',
      location: `${url}/subscriptions/${demo.subscriptionId}/resourceGroups/demo/providers/Microsoft.ContainerService/managedclusters/${cluster}/commandResults/${id}?api-version=2025-03-01`,
      'x-ms-ratelimit-remaining-subscription-writes': '1199',
    });
    expect(posted.headers).not.toHaveProperty('azure-asyncoperation');

    expect(await world.result(cluster, id)).toMatchObject({
      status: 202,
      json: { id, properties: { ...running, startedAt: '2026-01-01T00:00:00Z' } },
    });
    await world.clock.advance(2000);
    expect(await world.result(cluster, id)).toMatchObject({
      status: 200,
      json: {
        id,
        properties: {
          provisioningState: 'Succeeded',
          exitCode: 0,
          startedAt: '2026-01-01T00:00:00Z',
          finishedAt: '2026-01-01T00:00:01Z',
          logs: 'echo hello\n',
        },
      },
    });
    expect(world.azure.commands()).toMatchObject([{ id, runs: 1, state: 'succeeded', exitCode: 0 }]);
  });

  test('a sovereign cloud refuses the versions that reach AzureCloud first, and runs nothing', async () => {
    const world = createWorld({ sovereign: true });
    const newest = (method: string, below = '') =>
      world.arm({ method, url: clusterPath('plain', below).replace(/api-version=.*/, 'api-version=2026-04-01') });
    for (const answer of [await newest('GET'), await newest('POST', '/runCommand')]) {
      expect(answer.status).toBe(400);
      expect(code(answer)).toBe('NoRegisteredProviderFound');
      expect(message(answer)).toContain("API version '2026-04-01' for type 'managedClusters'");
    }
    expect(world.azure.commands()).toEqual([]);
    expect((await world.arm({ url: clusterPath('plain') })).status).toBe(200);
  });

  test('answers the service’s clock in every Date', async () => {
    const world = createWorld({ clockOffset: -3_600_000 });
    const answers = [await world.ask({ url: '/nowhere' }), await world.arm({ url: clusterPath('plain') })];
    expect(answers.map(({ headers }) => headers['date'])).toEqual(answers.map(() => 'Wed, 31 Dec 2025 23:00:00 GMT'));
  });

  test('hands the pod what the client sent', async () => {
    const zip = new AdmZip();
    zip.addFile('note.txt', Buffer.from('hello'), '', 0o644);
    // As the Azure CLI sends it: with line breaks.
    const context = zip.toBuffer().toString('base64').replaceAll(/.{76}/g, '$&\n');
    const world = createWorld();
    await world.run('plain', { command: 'cat note.txt', context });
    expect(world.azure.commands()).toMatchObject([
      { command: 'cat note.txt', context: zip.toBuffer(), cluster: { name: 'plain' } },
    ]);
  });

  test('keeps the first 512 KiB of the output, and replaces what is not UTF-8', async () => {
    const logs = Buffer.concat([
      Buffer.from([0xff]),
      Buffer.alloc(maxLogBytes - 2, 'x'),
      Buffer.from('é, and the end'),
    ]);
    const world = createWorld({
      pod: (_, { started }) => {
        started();
        return Promise.resolve({ exitCode: 0, logs });
      },
    });
    const { json } = await world.result('plain', commandId(await world.run('plain')));
    expect(json['properties']).toMatchObject({ logs: `\uFFFD${'x'.repeat(maxLogBytes - 2)}\uFFFD` });
  });

  test('paths may be in any letter case', async () => {
    const world = createWorld();
    const { status } = await world.arm({
      url: clusterPath('plain').toUpperCase().replace('?API-VERSION', '?api-version'),
    });
    expect(status).toBe(200);
  });

  test('says what the cluster is', async () => {
    const world = createWorld();
    const properties = async (name: string): Promise<unknown> =>
      (await world.arm({ url: clusterPath(name) })).json['properties'];
    expect(await properties('plain')).toMatchObject({ powerState: { code: 'Running' } });
    expect(await properties('plain')).not.toHaveProperty('aadProfile');
    expect(await properties('entra')).toMatchObject({ aadProfile: { managed: true } });
    expect(await properties('stopped')).toMatchObject({ powerState: { code: 'Stopped' } });
    expect(await properties('disabled')).toMatchObject({ apiServerAccessProfile: { disableRunCommand: true } });
  });
});

describe('a request is refused', () => {
  const expired = { accessTokenLifetime: 0 };
  const denied = (action: string): Partial<AzureOptions> => ({
    deniedActions: [`Microsoft.ContainerService/managedClusters/${action}`],
  });
  const post = (body: unknown, name = 'plain'): Partial<HttpRequest> => ({
    method: 'POST',
    url: clusterPath(name, '/runCommand'),
    body: JSON.stringify(body),
  });
  const noVersion = clusterPath('plain').replace(/\?.*/, '');

  const cases: {
    name: string;
    request: Partial<HttpRequest>;
    options?: Partial<AzureOptions>;
    expected: { status: number; code: string; says?: string };
  }[] = [
    {
      name: 'no api-version',
      request: { url: noVersion },
      expected: { status: 400, code: 'MissingApiVersionParameter' },
    },
    {
      name: 'an api-version that is none',
      request: { url: `${noVersion}?api-version=latest` },
      expected: { status: 400, code: 'InvalidApiVersionParameter' },
    },
    {
      name: 'a token nobody issued',
      request: { url: clusterPath('plain'), headers: { authorization: 'Bearer a.b.c' } },
      expected: { status: 401, code: 'InvalidAuthenticationToken' },
    },
    {
      name: 'an expired token',
      request: { url: clusterPath('plain') },
      options: expired,
      expected: { status: 401, code: 'ExpiredAuthenticationToken', says: "UTC time '1/1/26 12:00:00" },
    },
    {
      name: 'an unknown subscription',
      request: { url: clusterPath('plain').replace(demo.subscriptionId, 'elsewhere') },
      expected: { status: 404, code: 'SubscriptionNotFound', says: "The subscription 'elsewhere' could not be found." },
    },
    {
      name: 'an unknown group',
      request: { url: clusterPath('plain').replace('/demo/', '/other/') },
      expected: { status: 404, code: 'ResourceGroupNotFound', says: "Resource group 'other' could not be found." },
    },
    {
      name: 'an unknown cluster',
      request: { url: clusterPath('other') },
      expected: {
        status: 404,
        code: 'ResourceNotFound',
        says: "The Resource 'Microsoft.ContainerService/managedClusters/other' under resource group 'demo' was not found.",
      },
    },
    {
      name: 'an unknown command',
      request: { url: clusterPath('plain', '/commandResults/0123456789abcdef0123456789abcdef') },
      expected: { status: 404, code: 'NotFound' },
    },
    {
      name: 'no right to read the cluster',
      request: { url: clusterPath('plain') },
      options: denied('read'),
      expected: {
        status: 403,
        code: 'AuthorizationFailed',
        says: `perform action 'Microsoft.ContainerService/managedClusters/read' over scope '${group}/providers/Microsoft.ContainerService/managedClusters/plain'`,
      },
    },
    {
      name: 'no right to run commands',
      request: post({ command: 'true' }),
      options: denied('runCommand/action'),
      expected: { status: 403, code: 'AuthorizationFailed', says: 'managedClusters/runCommand/action' },
    },
    {
      name: 'no right to read results',
      request: { url: clusterPath('plain', '/commandResults/0123456789abcdef0123456789abcdef') },
      options: denied('commandResults/read'),
      expected: { status: 403, code: 'AuthorizationFailed', says: 'managedClusters/commandResults/read' },
    },
    {
      name: 'a body over 4 MB',
      request: post({ command: 'true', context: 'A'.repeat(maxBodyBytes) }),
      expected: {
        status: 413,
        code: 'RequestContentTooLarge',
        says: 'The request content size exceeds the maximum size of 4 MB.',
      },
    },
    {
      name: 'a body that is not JSON',
      request: { ...post({}), body: 'command=true' },
      expected: { status: 400, code: 'InvalidRequestContent' },
    },
    {
      name: 'a body of another type',
      request: { ...post({ command: 'true' }), headers: { 'content-type': 'text/plain' } },
      expected: { status: 415, code: 'UnsupportedMediaType' },
    },
    { name: 'no command', request: post({}), expected: { status: 400, code: 'InvalidParameter', says: 'command' } },
    {
      name: 'a command that is no text',
      request: post({ command: 3 }),
      expected: { status: 400, code: 'InvalidParameter', says: 'command' },
    },
    {
      name: 'a context that is not base64',
      request: post({ command: 'true', context: 'UEs=!' }),
      expected: { status: 400, code: 'InvalidParameter', says: 'context' },
    },
    {
      name: 'a context that is no zip',
      request: post({ command: 'true', context: Buffer.from('hello').toString('base64') }),
      expected: { status: 400, code: 'InvalidParameter', says: 'context' },
    },
    {
      name: 'no cluster token',
      request: post({ command: 'true' }, 'entra'),
      expected: {
        status: 400,
        code: 'MissingAADClusterToken',
        says: 'This cluster have Azure Active Directory enabled, .clusterToken is required.',
      },
    },
    {
      name: 'a cluster token nobody issued',
      request: post({ command: 'true', clusterToken: 'a.b.c' }, 'entra'),
      expected: { status: 400, code: 'InvalidAADClusterToken' },
    },
    {
      name: 'a stopped cluster',
      request: post({ command: 'true' }, 'stopped'),
      expected: { status: 400, code: 'BadRequest', says: 'RunCommand feature: PowerState=Stopped' },
    },
    {
      name: 'the feature off',
      request: post({ command: 'true' }, 'disabled'),
      expected: { status: 400, code: 'BadRequest', says: 'disabled' },
    },
    {
      name: 'another path',
      request: { url: `/nowhere?api-version=2025-03-01` },
      expected: { status: 404, code: 'NotFound' },
    },
    {
      name: 'another method',
      request: { ...post({ command: 'true' }), method: 'PUT' },
      expected: { status: 404, code: 'NotFound' },
    },
  ];

  test.each(cases)('for $name', async ({ request, options, expected }) => {
    const world = createWorld(options);
    const answer = await world.arm(request);
    expect({ status: answer.status, code: code(answer) }).toEqual({ status: expected.status, code: expected.code });
    expect(message(answer)).toContain(expected.says ?? '');
    expect(world.azure.commands()).toEqual([]);
  });

  test('without a token, and is told where to get one', async () => {
    const answer = await createWorld().ask({ url: clusterPath('plain') });
    expect(answer.status).toBe(401);
    expect(code(answer)).toBe('AuthenticationFailed');
    expect(answer.headers['www-authenticate']).toContain(`Bearer authorization_uri="${url}/"`);
  });

  test('with a token for AKS in place of one for ARM', async () => {
    const world = createWorld();
    const token = await world.signIn(`${aksServerApplication}/.default`);
    const answer = await world.arm({ url: clusterPath('plain'), headers: { authorization: `Bearer ${token}` } });
    expect({ status: answer.status, code: code(answer) }).toEqual({
      status: 401,
      code: 'InvalidAuthenticationTokenAudience',
    });
  });

  test('with a token for ARM in place of one for the cluster', async () => {
    const world = createWorld();
    const answer = await world.run('entra', { clusterToken: await world.signIn() });
    expect(code(answer)).toBe('InvalidAADClusterToken');
  });

  test('for a command of another cluster', async () => {
    const world = createWorld();
    const id = commandId(await world.run('plain'));
    expect((await world.result('entra', id)).status).toBe(404);
  });
});

test('a token lives as long as told', async () => {
  const world = createWorld({ accessTokenLifetime: 60 });
  const headers = { authorization: `Bearer ${await world.signIn()}` };
  const statuses = [];
  for (const seconds of [59, 1]) {
    await world.clock.advance(seconds * 1000);
    statuses.push((await world.arm({ url: clusterPath('plain'), headers })).status);
  }
  expect(statuses).toEqual([200, 401]);
});

describe('throttling', () => {
  const get = { url: clusterPath('plain') };

  test('lets the bucket be emptied, then tells how long to wait, and refills', async () => {
    const world = createWorld({ throttles: aksThrottles });
    for (let asked = 0; asked < 60; asked += 1) expect((await world.arm(get)).status).toBe(200);
    const refused = await world.arm(get);
    expect({ status: refused.status, code: code(refused), after: refused.headers['retry-after'] }).toEqual({
      status: 429,
      code: 'SubscriptionRequestsThrottled',
      after: '1',
    });
    await world.clock.advance(1000);
    expect([(await world.arm(get)).status, (await world.arm(get)).status]).toEqual([200, 429]);
  });

  test('gives one who asks early a new wait', async () => {
    const world = createWorld({ throttles: [{ on: ['get-cluster'], per: 'cluster', size: 1, perSecond: 0.1 }] });
    await world.arm(get);
    const waits = [];
    for (const seconds of [0, 4, 5.5]) {
      await world.clock.advance(seconds * 1000);
      waits.push((await world.arm(get)).headers['retry-after']);
    }
    expect(waits).toEqual(['10', '6', '1']);
  });

  test('keeps reads of one cluster apart from everything else', async () => {
    const world = createWorld({
      throttles: [
        { on: ['get-cluster'], per: 'cluster', size: 1, perSecond: 1 },
        { on: ['run-command', 'command-result'], per: 'subscription', size: 1, perSecond: 1 },
      ],
    });
    const statuses = [
      await world.arm(get),
      await world.arm({ url: clusterPath('entra') }),
      await world.arm(get),
      await world.run('plain'),
      await world.run('entra'),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429, 202, 429]);
  });
});

test('requests are on record, with what became of them', async () => {
  const world = createWorld();
  await world.run('plain');
  expect(world.azure.requests().map(({ operation, method, status }) => ({ operation, method, status }))).toEqual([
    { operation: 'id-token', method: 'GET', status: 200 },
    { operation: 'token', method: 'POST', status: 200 },
    { operation: 'run-command', method: 'POST', status: 202 },
  ]);
  expect(world.azure.requests('run-command')).toMatchObject([
    { body: '{"command":"echo hello","context":""}', outcome: 'answer', at: Date.UTC(2026, 0, 1) },
  ]);
});

describe('what the Azure CLI reads', () => {
  test('is the metadata of this cloud', async () => {
    const { json } = await createWorld().ask({ url: '/metadata/endpoints?api-version=2022-09-01' });
    expect(json).toMatchObject({
      name: 'LocalAzure',
      authentication: { loginEndpoint: url, audiences: [`${url}/`] },
      resourceManager: `${url}/`,
    });
  });

  test('is refused in another version', async () => {
    expect((await createWorld().ask({ url: '/metadata/endpoints?api-version=2015-01-01' })).status).toBe(400);
  });

  test.each([
    { path: '/tenants', found: { value: [{ tenantId: demo.tenantId }] } },
    { path: '/subscriptions', found: { value: [{ subscriptionId: demo.subscriptionId, state: 'Enabled' }] } },
    { path: `/subscriptions/${demo.subscriptionId}`, found: { subscriptionId: demo.subscriptionId } },
    { path: group, found: { name: 'demo' } },
  ])('is $path', async ({ path, found }) => {
    expect((await createWorld().arm({ url: `${path}?api-version=2022-12-01` })).json).toMatchObject(found);
  });
});
