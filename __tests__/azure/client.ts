import {
  aksServerApplication,
  createAzure,
  createSimulatedClock,
  demo,
} from '../../local/azure/index.ts';
import type { AzureOptions, HttpRequest, HttpResponse, Outcome } from '../../local/azure/index.ts';
import { parseObject } from '../../local/azure/json.ts';
import { field } from '../../src/azure/json.ts';

export const url = 'https://localhost:4433';
export const group = `/subscriptions/${demo.subscriptionId}/resourceGroups/${demo.resourceGroup}`;

/** The path of a cluster of the demonstration's group, or of what is below it. */
export function clusterPath(name: string, below = ''): string {
  const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
  return `${cluster}${below}?api-version=2025-03-01`;
}

export type Client = ReturnType<typeof createClient>;
export type Answer = HttpResponse & Readonly<{ json: Record<string, unknown> }>;

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

  /** Sends a request and lets time pass until the outcome is there. */
  const send = (request: Partial<HttpRequest>): Promise<Outcome> =>
    clock.drive(azure.handle({ method: 'GET', url: '/', headers: {}, body: '', ...request }));

  const ask = async (request: Partial<HttpRequest>): Promise<Answer> => {
    const outcome = await send(request);
    if (outcome.kind !== 'answer') throw new Error(`No answer but ${outcome.kind}`);
    return { ...outcome.response, json: parseObject(outcome.response.body) ?? {} };
  };

  const idToken = async (audience = 'api://AzureADTokenExchange') => {
    const path = `/github/id-token?api-version=2.0&audience=${encodeURIComponent(audience)}`;
    const { json } = await ask({
      url: path,
      headers: { authorization: `Bearer ${azure.requestToken}` },
    });
    return text(json['value']);
  };

  /** A token request with these form fields changed or, if undefined, left out. */
  const token = async (
    fields: Record<string, string | undefined> = {},
    tenant: string = demo.tenantId,
  ) => {
    const all: Record<string, string | undefined> = {
      grant_type: 'client_credentials',
      client_id: demo.clientId,
      scope: `${url}/.default`,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'client_assertion' in fields ? '' : await idToken(),
      ...fields,
    };
    const given = Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    const body = new URLSearchParams(Object.fromEntries(given)).toString();
    return await ask({
      method: 'POST',
      url: `/${tenant}/oauth2/v2.0/token`,
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  };

  const signIn = async (scope = `${url}/.default`) =>
    text((await token({ scope })).json['access_token']);

  /** A request to ARM with a fresh access token. */
  const arm = async (request: Partial<HttpRequest>) => {
    const type = request.method === 'POST' ? { 'content-type': 'application/json' } : {};
    const headers = { authorization: `Bearer ${await signIn()}`, ...type, ...request.headers };
    return await ask({ ...request, headers });
  };

  const run = async (cluster: string, body: Record<string, unknown> = {}) => {
    const needsToken = azure.clusters.some(({ name, entra }) => name === cluster && entra);
    const clusterToken = needsToken
      ? { clusterToken: await signIn(`${aksServerApplication}/.default`) }
      : {};
    const whole = JSON.stringify({ command: 'echo hello', context: '', ...clusterToken, ...body });
    return await arm({ method: 'POST', url: clusterPath(cluster, '/runCommand'), body: whole });
  };

  const result = (cluster: string, id: string) =>
    arm({ url: clusterPath(cluster, `/commandResults/${id}`) });
  return { azure, clock, send, ask, idToken, token, signIn, arm, run, result };
}

/** The id that a `location` names. */
export function commandId(answer: HttpResponse): string {
  return /\/commandResults\/([0-9a-f]{32})\?/.exec(answer.headers['location'] ?? '')?.[1] ?? '';
}

/** ARM's error code. */
export const code = ({ json }: Answer) => field(field(json, 'error'), 'code');

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('Not a text');
  return value;
}
