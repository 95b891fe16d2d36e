import { describe, expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import { aksServerApplication, demo, maxBodyBytes, maxLogBytes } from '../../local/azure/index.ts';
import type { HttpRequest } from '../../local/azure/index.ts';
import { clusterPath, code, commandId, createClient, group, url } from './client.ts';

test('the pod gets what the client sent, even in base64 with line breaks as from az', async () => {
  const zip = new AdmZip();
  zip.addFile('note.txt', Buffer.from('hello'), '', 0o644);
  const client = createClient();
  await client.run('plain', {
    context: zip.toBuffer().toString('base64').replaceAll(/.{76}/g, '$&\n'),
  });
  expect(client.azure.commands()).toMatchObject([
    { context: zip.toBuffer(), cluster: { name: 'plain' } },
  ]);
});

test('the first 512 KiB of the output are kept, and what is not UTF-8 is replaced', async () => {
  const middle = Buffer.alloc(maxLogBytes - 2, 'x');
  const logs = Buffer.concat([Buffer.from([0xff]), middle, Buffer.from('é, and the end')]);
  const client = createClient({ pod: () => Promise.resolve({ exitCode: 0, logs }) });
  const { json } = await client.result('plain', commandId(await client.run('plain')));
  expect(json['properties']).toMatchObject({ logs: `\uFFFD${middle.toString()}\uFFFD` });
});

describe('a request is refused', () => {
  const post = (body: unknown, name = 'plain'): Partial<HttpRequest> => ({
    method: 'POST',
    url: clusterPath(name, '/runCommand'),
    body: JSON.stringify(body),
  });
  const get = (name: string, below = '') => ({ url: clusterPath(name, below) });
  const run = { command: 'true' };
  const noVersion = clusterPath('plain').replace(/\?.*/, '');

  test.each<[name: string, request: Partial<HttpRequest>, status: number, code: string]>([
    ['no api-version', { url: noVersion }, 400, 'MissingApiVersionParameter'],
    [
      'an unknown token',
      { ...get('plain'), headers: { authorization: 'Bearer a' } },
      401,
      'InvalidAuthenticationToken',
    ],
    [
      'a body over 4 MB',
      post({ ...run, context: 'A'.repeat(maxBodyBytes) }),
      413,
      'RequestContentTooLarge',
    ],
    ['a context that is not base64', post({ ...run, context: 'UEs=!' }), 400, 'InvalidParameter'],
    ['a context that is not a zip', post({ ...run, context: 'aGVsbG8=' }), 400, 'InvalidParameter'],
    [
      'an unknown cluster token',
      post({ ...run, clusterToken: 'a.b.c' }, 'entra'),
      400,
      'InvalidAADClusterToken',
    ],
  ])('%s', async (_name, request, status, expected) => {
    const client = createClient();
    const answer = await client.arm(request);
    expect({ status: answer.status, code: code(answer) }).toEqual({ status, code: expected });
    expect(client.azure.commands()).toEqual([]);
  });

  test('no token, and the answer says where to get one', async () => {
    const answer = await createClient().ask(get('plain'));
    expect({ status: answer.status, code: code(answer) }).toEqual({
      status: 401,
      code: 'AuthenticationFailed',
    });
    expect(answer.headers['www-authenticate']).toContain(`Bearer authorization_uri="${url}/"`);
  });

  test('a token for AKS instead of ARM, and one for ARM instead of AKS', async () => {
    const client = createClient();
    const authorization = `Bearer ${await client.signIn(`${aksServerApplication}/.default`)}`;
    expect(code(await client.arm({ ...get('plain'), headers: { authorization } }))).toBe(
      'InvalidAuthenticationTokenAudience',
    );
    expect(code(await client.run('entra', { clusterToken: await client.signIn() }))).toBe(
      'InvalidAADClusterToken',
    );
  });
});

test('the Azure CLI finds what it reads', async () => {
  const client = createClient();
  const { json } = await client.ask({ url: '/metadata/endpoints?api-version=2022-09-01' });
  expect(json).toMatchObject({
    authentication: { loginEndpoint: url },
    resourceManager: `${url}/`,
  });
  const find = async (path: string) =>
    (await client.arm({ url: `${path}?api-version=2022-12-01` })).json;
  const { subscriptionId, tenantId } = demo;
  expect(await find('/tenants')).toMatchObject({ value: [{ tenantId }] });
  expect(await find('/subscriptions')).toMatchObject({
    value: [{ subscriptionId, state: 'Enabled' }],
  });
  expect(await find(`/subscriptions/${subscriptionId}`)).toMatchObject({ subscriptionId });
  expect(await find(group)).toMatchObject({ name: 'demo' });
});
