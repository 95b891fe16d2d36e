import {
  aksServerApplication,
  createAzure,
  createSimulatedClock,
  demo,
  type Azure,
  type AzureOptions,
  type HttpRequest,
  type HttpResponse,
  type Outcome,
  type PodRunner,
  type SimulatedClock,
} from '../../local/azure/index.ts';
import { isObject, parseObject } from '../../local/azure/json.ts';

/** A client of the stand-in in simulated time, that sends what a correct client sends unless told otherwise. */

export const url = 'https://localhost:4433';
export const group = `/subscriptions/${demo.subscriptionId}/resourceGroups/${demo.resourceGroup}`;
const apiVersion = '2025-03-01';

/** The path of a cluster of the demonstration's group, or of what is below it. */
export function clusterPath(name: string, below = ''): string {
  return `${group}/providers/Microsoft.ContainerService/managedClusters/${name}${below}?api-version=${apiVersion}`;
}

/** A pod that starts at once, runs for a second, says what it was given and exits 0. */
function echoPod(clock: SimulatedClock): PodRunner {
  return async ({ command }, { started }) => {
    started();
    await clock.sleep(1000);
    return { exitCode: 0, logs: Buffer.from(`${command}\n`) };
  };
}

export type World = Readonly<{
  azure: Azure;
  clock: SimulatedClock;
  /** Sends a request and lets time pass until the outcome is there. */
  send(request: Partial<HttpRequest>): Promise<Outcome>;
  /** Like send; throws where there is no answer. */
  ask(request: Partial<HttpRequest>): Promise<Answer>;
  idToken(audience?: string): Promise<string>;
  /** A token request with these form fields changed or, where undefined, left out. */
  token(fields?: Record<string, string | undefined>, tenant?: string): Promise<Answer>;
  /** An access token. */
  signIn(scope?: string): Promise<string>;
  /** A request to ARM with a fresh access token. */
  arm(request: Partial<HttpRequest>): Promise<Answer>;
  run(cluster: string, body?: Record<string, unknown>): Promise<Answer>;
  result(cluster: string, id: string): Promise<Answer>;
}>;

export type Answer = HttpResponse & Readonly<{ json: Record<string, unknown> }>;

export function createWorld(options: Partial<AzureOptions> = {}): World {
  const clock = createSimulatedClock();
  const azure = createAzure({ clock, pod: echoPod(clock), url, ...options });

  const send: World['send'] = (request) =>
    clock.drive(azure.handle({ method: 'GET', url: '/', headers: {}, body: '', ...request }));

  const ask: World['ask'] = async (request) => {
    const outcome = await send(request);
    if (outcome.kind !== 'answer') throw new Error(`No answer but ${outcome.kind}`);
    return { ...outcome.response, json: parseObject(outcome.response.body) ?? {} };
  };

  const idToken: World['idToken'] = async (audience = 'api://AzureADTokenExchange') => {
    const { json } = await ask({
      url: `/github/id-token?api-version=2.0&audience=${encodeURIComponent(audience)}`,
      headers: { authorization: `Bearer ${azure.requestToken}` },
    });
    return text(json['value']);
  };

  const token: World['token'] = async (fields = {}, tenant = demo.tenantId) => {
    const form = new URLSearchParams();
    const all: Record<string, string | undefined> = {
      grant_type: 'client_credentials',
      client_id: demo.clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'client_assertion' in fields ? '' : await idToken(),
      scope: `${url}/.default`,
      ...fields,
    };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) form.set(name, value);
    return await ask({
      method: 'POST',
      url: `/${tenant}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
  };

  const signIn: World['signIn'] = async (scope = `${url}/.default`) => {
    const { json } = await token({ scope });
    return text(json['access_token']);
  };

  const arm: World['arm'] = async (request) =>
    await ask({
      ...request,
      headers: {
        authorization: `Bearer ${await signIn()}`,
        ...(request.method === 'POST' ? { 'content-type': 'application/json' } : {}),
        ...request.headers,
      },
    });

  return {
    azure,
    clock,
    send,
    ask,
    idToken,
    token,
    signIn,
    arm,
    run: async (cluster, body = {}) => {
      const needsToken = azure.clusters.some(({ name, entra }) => name === cluster && entra);
      const clusterToken = needsToken ? { clusterToken: await signIn(`${aksServerApplication}/.default`) } : {};
      return await arm({
        method: 'POST',
        url: clusterPath(cluster, '/runCommand'),
        body: JSON.stringify({ command: 'echo hello', context: '', ...clusterToken, ...body }),
      });
    },
    result: async (cluster, id) => await arm({ url: clusterPath(cluster, `/commandResults/${id}`) }),
  };
}

/** The id that a `location` names. */
export function commandId(answer: HttpResponse): string {
  return /\/commandResults\/([0-9a-f]{32})\?/.exec(answer.headers['location'] ?? '')?.[1] ?? '';
}

/** ARM's error code. */
export function code(answer: Answer): unknown {
  const { error } = answer.json;
  return isObject(error) ? error['code'] : undefined;
}

/** ARM's error message. */
export function message(answer: Answer): unknown {
  const { error } = answer.json;
  return isObject(error) ? error['message'] : undefined;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('Not a text');
  return value;
}
