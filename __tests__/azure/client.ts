import { createAzure, createSimulatedClock, demo } from '../../local/azure/index.ts';
import type { AzureOptions, HttpRequest, HttpResponse } from '../../local/azure/index.ts';
import { field, isRecord, parseJson } from '../../src/text/json.ts';

export const url = 'https://localhost:4433';
export const group = `/subscriptions/${demo.subscriptionId}/resourceGroups/${demo.resourceGroup}`;

/** The path of a cluster of the demonstration's group, or of what is below it. */
export function clusterPath(name: string, below = ''): string {
  const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
  return `${cluster}${below}?api-version=2025-03-01`;
}

export type Client = ReturnType<typeof createClient>;
type Answer = HttpResponse & Readonly<{ json: Readonly<Record<string, unknown>> }>;

/**
 * A client of the stand-in in simulated time, which sends what a correct client sends, except what
 * a test changes. Its pods start at once, run for a second, say what they were given, and exit with
 * 0.
 */
export function createClient(options: Partial<AzureOptions> = {}) {
  const clock = createSimulatedClock();
  const pod: AzureOptions['pod'] = async ({ command }, { started }) => {
    started();
    await clock.sleep(1000);
    return { exitCode: 0, logs: Buffer.from(`${command}\n`) };
  };
  const azure = createAzure({ clock, pod, url, ...options });

  /** Sends a request and lets time pass until the answer is there. */
  const ask = async (request: Partial<HttpRequest>): Promise<Answer> => {
    const whole = { method: 'GET', url: '/', headers: {}, body: '', ...request };
    const outcome = await clock.drive(azure.handle(whole));
    if (outcome.kind !== 'answer') throw new Error(`No answer but ${outcome.kind}`);
    const json = parseJson(outcome.response.body);
    return { ...outcome.response, json: isRecord(json) ? json : {} };
  };

  const idToken = async () => {
    const { json } = await ask({
      url: '/github/id-token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange',
      headers: { authorization: `Bearer ${azure.requestToken}` },
    });
    return text(json['value']);
  };

  /** An access token. */
  const signIn = async (scope = `${url}/.default`) => {
    const fields = {
      grant_type: 'client_credentials',
      client_id: demo.clientId,
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await idToken(),
    };
    const { json } = await ask({
      method: 'POST',
      url: `/${demo.tenantId}/oauth2/v2.0/token`,
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    return text(json['access_token']);
  };

  /** A request to ARM with a fresh access token. */
  const arm = async (request: Partial<HttpRequest>) => {
    const type = request.method === 'POST' ? { 'content-type': 'application/json' } : {};
    const headers = { authorization: `Bearer ${await signIn()}`, ...type, ...request.headers };
    return await ask({ ...request, headers });
  };

  const run = async (cluster: string, body: Record<string, unknown> = {}) => {
    const whole = JSON.stringify({ command: 'echo hello', context: '', ...body });
    return await arm({ method: 'POST', url: clusterPath(cluster, '/runCommand'), body: whole });
  };

  const result = (cluster: string, id: string) =>
    arm({ url: clusterPath(cluster, `/commandResults/${id}`) });
  return { azure, clock, ask, signIn, arm, run, result };
}

/** The id that a `location` names. */
export function commandId(answer: HttpResponse): string {
  return /\/commandResults\/([0-9a-f]{32})\?/.exec(answer.headers['location'] ?? '')?.[1] ?? '';
}

/** ARM's error code. */
export const code = ({ json }: Answer) => field(field(json, 'error'), 'code');

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('Not a text');
  return value;
}
