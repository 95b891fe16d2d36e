import { describe, expect, test } from '@jest/globals';
import { createAzure, systemClock, type Operation } from '../../local/azure/index.ts';
import { defaultInputs } from '../../local/azure/runner.ts';
import { routeOf } from '../../local/azure/routes.ts';
import { readAction } from '../../local/runner/step.ts';
import { azureFor } from '../../src/edge/azure/index.ts';
import type { TokenPorts } from '../../src/edge/azure/ports.ts';
import { WORKFLOW } from '../../src/hosts/words.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import { InputReader } from '../../src/inputs/reader.ts';
import type { Log } from '../../src/hosts/log.ts';

const ARM = 'https://management.azure.com';
const nothing = () => undefined;
const log: Log = { progress: nothing, say: nothing, show: nothing, group: nothing, warn: nothing, debug: nothing };
const { defaults } = await readAction('.');

// Loaded beforehand: an answer does not wait while a module loads.
await Promise.all([
  import('@azure/identity'),
  import('@azure/arm-containerservice/api'),
  import('@azure/arm-containerservice/api/managedClusters'),
]);

/** Reads the cluster, as each step begins. Gives the requests in order, those that are asked for at once in one row. */
async function requestsFor(environment: string): Promise<Operation[][]> {
  const azure = createAzure({ url: ARM, clock: systemClock, pod: () => Promise.reject(new Error('No command here')) });
  const rows: Operation[][] = [];
  let open = 0;

  /** Answers only when there is nothing left that the client asks for beside it. */
  async function send(method: string, url: string, headers: Record<string, string>, body: string) {
    const { pathname, search } = new URL(url);
    const request = { method, url: pathname + search, headers, body };
    if (open++ === 0) rows.push([]);
    rows.at(-1)?.push(routeOf(request).operation);
    await systemClock.sleep(300);
    open--;
    const outcome = await azure.handle(request);
    if (outcome.kind !== 'answer') throw new Error('No faults here');
    return outcome.response;
  }

  const inputs: Record<string, string> = { ...defaultInputs(ARM), environment, command: 'true' };
  const variables: Record<string, string> = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${ARM}/github/id-token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: azure.requestToken,
  };
  const ports: TokenPorts = {
    log,
    clock: { ...systemClock, monotonic: () => performance.now() },
    cancelled: new AbortController().signal,
    random: () => 0.5,
    host: {
      words: WORKFLOW,
      failureStandsAlone: true,
      input: (name) => inputs[name] ?? defaults[`INPUT_${name.toUpperCase()}`] ?? '',
      variable: (name) => variables[name],
      log,
      mask: nothing,
      showOutput: () => Promise.resolve(),
      setOutput: nothing,
      error: nothing,
      writeSummary: () => Promise.resolve(),
      keepOutput: () => '',
    },
    transport: {
      async sendRequest(request) {
        const body = typeof request.body === 'string' ? request.body : '';
        const answer = await send(request.method, request.url, request.headers.toJSON(), body);
        const headers = request.headers;
        for (const [name] of headers) headers.delete(name);
        for (const [name, value] of Object.entries(answer.headers)) headers.set(name, value);
        return { request, status: answer.status, headers, bodyAsText: answer.body };
      },
    },
  };
  const client = azureFor(readInputs(new InputReader(ports.host)), ports);
  await client.signIn();
  const answer = await client.readCluster();
  expect(answer).toMatchObject({ kind: 'answered', status: 200 });
  return rows.map((row) => row.toSorted());
}

// The cluster's own token is asked for beside the cluster, which tells whether it is needed.
describe('round trips until the cluster is read', () => {
  test('four through an ARM endpoint: its metadata and the ID token are asked for at once', async () => {
    expect(await requestsFor(ARM)).toEqual([
      ['id-token', 'metadata'],
      ['openid-configuration'],
      ['token'],
      ['get-cluster', 'token'],
    ]);
  });

  test('three on a named cloud: its endpoints are known, to MSAL too', async () => {
    expect(await requestsFor('AzureCloud')).toEqual([['id-token'], ['token'], ['get-cluster', 'token']]);
  });
});
