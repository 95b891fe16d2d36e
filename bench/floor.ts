/**
 * The floor: the requests that no step can do without, made with plain `fetch`, one after the
 * other, with a request body that is ready. It polls ten times a second.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { inputVariable } from '../local/github/environment.ts';
import { API_VERSION } from '../src/azure/cloud.ts';

const input = (name: string) => process.env[inputVariable(name)] ?? '';
const arm = input('environment');
const subscription = `${arm}/subscriptions/${input('subscription-id')}`;
const resourceGroup = `${subscription}/resourceGroups/${input('resource-group')}`;
const provider = `${resourceGroup}/providers/Microsoft.ContainerService`;
const cluster = `${provider}/managedClusters/${input('cluster')}`;
const version = `api-version=${API_VERSION}`;

async function get(url: string, token: string): Promise<Response> {
  return fetch(url, { headers: { authorization: `Bearer ${token}` } });
}

const requestUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
const idTokenUrl = `${requestUrl}&audience=api%3A%2F%2FAzureADTokenExchange`;
const idToken = await get(idTokenUrl, process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '');
const { value } = (await idToken.json()) as { value: string };
const signedIn = await fetch(`${arm}/${input('tenant-id')}/oauth2/v2.0/token`, {
  method: 'POST',
  body: new URLSearchParams({
    client_id: input('client-id'),
    scope: `${arm}/.default`,
    grant_type: 'client_credentials',
    client_assertion: value,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }),
});
const { access_token: token } = (await signedIn.json()) as { access_token: string };
const context =
  process.argv[2] === undefined ? '' : (await readFile(process.argv[2])).toString('base64');
const posted = await fetch(`${cluster}/runCommand?${version}`, {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ command: input('command'), context }),
});
const result = posted.headers.get('location');
if (result === null)
  throw new Error(`The submission was answered ${posted.status}: ${await posted.text()}`);
for (;;) {
  await sleep(100);
  const answer = await get(result, token);
  if (answer.status !== 200) continue;
  const { properties } = (await answer.json()) as {
    properties: { exitCode: number; logs: string };
  };
  console.log(properties.logs);
  process.exitCode = properties.exitCode;
  break;
}
