/**
 * The floor: the calls that the action makes, by bare `fetch`, with a body that is ready, and nothing around them. It
 * runs as plain JavaScript (see contenders.ts), so that stripping types costs it nothing.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the floor is told. */
export type FloorPlan = {
  /** As the action asked them. */
  readonly urls: Readonly<
    Record<'metadata' | 'id-token' | 'openid-configuration' | 'token' | 'get-cluster' | 'run-command', string>
  >;
  readonly clientId: string;
  readonly armScope: string;
  /** Where the cluster has managed Entra. */
  readonly clusterScope: string | undefined;
  /** JSON, without the cluster token. */
  readonly bodyFile: string;
  /** Milliseconds before each look at the result. */
  readonly polls: readonly number[];
};

const plan = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as FloorPlan;
const { urls } = plan;

async function get(url: string, token?: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.json() };
}

async function accessToken(assertion: string, scope: string): Promise<string> {
  const response = await fetch(urls.token, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: plan.clientId,
      scope,
      grant_type: 'client_credentials',
      client_assertion: assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

const [idToken] = await Promise.all([
  get(urls['id-token'], process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']),
  get(urls.metadata),
]);
const assertion = (idToken.body as { value: string }).value;
await get(urls['openid-configuration']);
const token = await accessToken(assertion, plan.armScope);
const [clusterToken] = await Promise.all([
  plan.clusterScope === undefined ? undefined : accessToken(assertion, plan.clusterScope),
  get(urls['get-cluster'], token),
]);

const ready = await readFile(plan.bodyFile, 'utf8');
const posted = await fetch(urls['run-command'], {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: clusterToken === undefined ? ready : `{"clusterToken":"${clusterToken}",${ready.slice(1)}`,
});
const result = posted.headers.get('location');
if (result === null) throw new Error(`The submission was answered ${posted.status}: ${await posted.text()}`);
for (const wait of plan.polls) {
  await sleep(wait);
  const { status, body } = await get(result, token);
  if (status !== 200) continue;
  const { id, properties } = body as { id: string; properties: { exitCode: number; logs: string } };
  console.log(JSON.stringify({ id, exitCode: properties.exitCode, logs: properties.logs }));
  break;
}
