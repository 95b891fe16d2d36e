import type { HttpRequest, HttpResponse } from './ports.ts';

/** Which operation a request asks for. */

const SUBSCRIPTION = '/subscriptions/:subscriptionId';
const GROUP = `${SUBSCRIPTION}/resourcegroups/:resourceGroup`;
const CLUSTER = `${GROUP}/providers/microsoft.containerservice/managedclusters/:name`;

/**
 * Every operation of the stand-in, by the name that faults, throttles, and recorded requests use:
 * its method and its path, in any letter case, as in ARM.
 */
const TABLE = {
  metadata: ['GET', '/metadata/endpoints'],
  'id-token': ['GET', '/github/id-token'],
  'issuer-configuration': ['GET', '/github/.well-known/openid-configuration'],
  'issuer-keys': ['GET', '/github/.well-known/jwks'],
  'instance-discovery': ['GET', '/common/discovery/instance'],
  'openid-configuration': ['GET', '/:tenant/v2.0/.well-known/openid-configuration'],
  'entra-keys': ['GET', '/:tenant/discovery/v2.0/keys'],
  token: ['POST', '/:tenant/oauth2/v2.0/token'],
  tenants: ['GET', '/tenants'],
  subscriptions: ['GET', '/subscriptions'],
  subscription: ['GET', SUBSCRIPTION],
  'resource-group': ['GET', GROUP],
  'get-cluster': ['GET', CLUSTER],
  'run-command': ['POST', `${CLUSTER}/runcommand`],
  'command-result': ['GET', `${CLUSTER}/commandresults/:commandId`],
} as const;

export type Operation = keyof typeof TABLE | 'unknown';

/** What a path names, as the client spelled it; empty if that is not in the path. */
export type Names = Readonly<
  Record<'tenant' | 'subscriptionId' | 'resourceGroup' | 'name' | 'commandId', string>
>;

export type Route = Readonly<{ operation: Operation; names: Names }>;

export type Handler = (names: Names, request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

const rows = Object.entries(TABLE).map(([operation, [method, pathname]]) => ({
  operation: operation as Operation,
  method,
  pattern: new URLPattern({ pathname }, { ignoreCase: true }),
}));

export const operations: readonly Operation[] = [...rows.map((row) => row.operation), 'unknown'];

const NO_NAMES: Names = {
  tenant: '',
  subscriptionId: '',
  resourceGroup: '',
  name: '',
  commandId: '',
};

/** The route of a request; `unknown` if nothing answers at that path with that method. */
export function routeOf({ method, url }: HttpRequest): Route {
  for (const row of rows) {
    const found = row.method === method ? row.pattern.exec(url, 'https://localhost') : null;
    if (found === null) continue;
    return { operation: row.operation, names: { ...NO_NAMES, ...decoded(found.pathname.groups) } };
  }
  return { operation: 'unknown', names: NO_NAMES };
}

function decoded(groups: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const pairs = Object.entries(groups);
  return Object.fromEntries(pairs.map(([key, value = '']) => [key, decodeURIComponent(value)]));
}

/** Query parameters of a request, decoded. */
export function queryOf(url: string): URLSearchParams {
  return new URL(url, 'https://localhost').searchParams;
}
