import { afterEach, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { dirname } from 'node:path';
import {
  delays,
  demo,
  hangs,
  resetsAfter,
  resetsBefore,
  startLocalAzure,
  type LocalAzure,
  type LocalAzureOptions,
} from '../../local/azure/index.ts';
import { parseObject } from '../../local/azure/json.ts';
import { clusterPath, text } from './world.ts';

const started: LocalAzure[] = [];

async function start(options: Partial<LocalAzureOptions> = {}): Promise<LocalAzure> {
  const azure = await startLocalAzure(options);
  started.push(azure);
  return azure;
}

afterEach(async () => {
  for (const azure of started.splice(0)) await azure.stop();
});

type Reply = Readonly<{ status: number; headers: Record<string, unknown>; body: string }>;

/** A request that trusts nothing but the stand-in's certificate, over a connection of its own. */
async function send(
  azure: LocalAzure,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Reply> {
  const ca = readFileSync(azure.caFile);
  return await new Promise((resolve, reject) => {
    httpsRequest(`${azure.url}${path}`, { method, headers, ca, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    })
      .on('error', reject)
      .end(body);
  });
}

async function signIn(azure: LocalAzure): Promise<string> {
  const environment = azure.runnerEnv();
  const idUrl = new URL(environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
  const id = await send(azure, `${idUrl.pathname}${idUrl.search}&audience=api%3A%2F%2FAzureADTokenExchange`, {
    headers: { authorization: `Bearer ${environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` },
  });
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: demo.clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: text(parseObject(id.body)?.['value']),
    scope: `${azure.url}/.default`,
  });
  const token = await send(azure, `/${demo.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  return text(parseObject(token.body)?.['access_token']);
}

async function submit(azure: LocalAzure, command: string): Promise<{ location: string; authorization: string }> {
  const authorization = `Bearer ${await signIn(azure)}`;
  const { status, headers, body } = await send(azure, clusterPath('plain', '/runCommand'), {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ command, context: '' }),
  });
  expect({ status, body, length: headers['content-length'] }).toEqual({ status: 202, body: '', length: '0' });
  return { location: text(headers['location']), authorization };
}

test('a command runs from sign-in to result over https', async () => {
  const azure = await start();
  const { location, authorization } = await submit(azure, 'echo "hello from a shell"; exit 3');
  expect(location).toMatch(azure.url);
  let result = await send(azure, location.slice(azure.url.length), { headers: { authorization } });
  while (result.status === 202)
    result = await send(azure, location.slice(azure.url.length), { headers: { authorization } });
  expect(parseObject(result.body)).toMatchObject({
    properties: { provisioningState: 'Succeeded', exitCode: 3, logs: 'hello from a shell\n' },
  });
});

describe('the connection', () => {
  const path = '/metadata/endpoints?api-version=2022-09-01';

  test('breaks without an answer', async () => {
    const azure = await start({ faults: [resetsBefore('metadata'), resetsAfter('metadata')] });
    await expect(send(azure, path)).rejects.toThrow('socket hang up');
    await expect(send(azure, path)).rejects.toThrow('socket hang up');
    expect((await send(azure, path)).status).toBe(200);
  });

  test('stays silent until the stand-in stops', async () => {
    const azure = await start({ faults: [hangs('metadata')] });
    const silent = send(azure, path);
    const broken = expect(silent).rejects.toThrow('socket hang up');
    while (azure.requests('metadata')[0]?.outcome !== 'hang') await new Promise((resolve) => setTimeout(resolve, 5));
    await azure.stop();
    started.length = 0;
    await broken;
  });

  test('waits through a delay', async () => {
    const azure = await start({ faults: [delays('metadata', 20)] });
    expect((await send(azure, path)).status).toBe(200);
  });

  test('is not trusted by anybody who was not told to', async () => {
    const azure = await start();
    await expect(
      new Promise((resolve, reject) => {
        httpsRequest(azure.url, { agent: false }, resolve).on('error', reject).end();
      }),
    ).rejects.toThrow(/self-signed certificate/);
  });
});

test('stopping ends the pods and removes every file', async () => {
  const azure = await start();
  await submit(azure, 'sleep 600');
  await azure.stop();
  started.length = 0;
  expect(azure.commands()).toMatchObject([{ exitCode: 137 }]);
  expect(existsSync(dirname(azure.caFile))).toBe(false);
});

test('the environment is the one that GitHub’s runner gives a step', async () => {
  const azure = await start({ pod: () => Promise.resolve({ exitCode: 0, logs: Buffer.alloc(0) }) });
  expect(azure.runnerEnv({ cluster: 'entra', command: 'kubectl get pods', 'working directory': '.' })).toEqual({
    INPUT_CLUSTER: 'entra',
    'INPUT_RESOURCE-GROUP': 'demo',
    'INPUT_SUBSCRIPTION-ID': demo.subscriptionId,
    'INPUT_CLIENT-ID': demo.clientId,
    'INPUT_TENANT-ID': demo.tenantId,
    INPUT_ENVIRONMENT: azure.url,
    INPUT_COMMAND: 'kubectl get pods',
    INPUT_WORKING_DIRECTORY: '.',
    ACTIONS_ID_TOKEN_REQUEST_URL: `${azure.url}/github/id-token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: azure.requestToken,
    NODE_EXTRA_CA_CERTS: azure.caFile,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'octo-org/shop',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_SHA: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
    GITHUB_RUN_ID: '9012345678',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_ACTOR: 'octocat',
    GITHUB_WORKFLOW: 'deploy',
    GITHUB_JOB: 'deploy',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_SERVER_URL: 'https://github.com',
  });
});
