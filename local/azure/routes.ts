import type { HttpRequest } from './ports.ts';

/**
 * Which operation a request asks for. Paths are compared without regard to letter case, as in ARM.
 */

/**
 * Every operation of the stand-in, by the name that faults, throttles, and recorded requests use.
 */
export const operations = [
  'metadata',
  'id-token',
  'issuer-configuration',
  'issuer-keys',
  'openid-configuration',
  'instance-discovery',
  'entra-keys',
  'token',
  'tenants',
  'subscriptions',
  'subscription',
  'resource-group',
  'get-cluster',
  'run-command',
  'command-result',
  'unknown',
] as const;

export type Operation = (typeof operations)[number];

/** What a request points to in ARM, with names as the client spelled them. */
export type ClusterPath = Readonly<{ subscriptionId: string; resourceGroup: string; name: string }>;

export type Route =
  | Readonly<{
      operation:
        | 'metadata'
        | 'id-token'
        | 'issuer-configuration'
        | 'issuer-keys'
        | 'instance-discovery'
        | 'unknown';
    }>
  | Readonly<{ operation: 'openid-configuration' | 'entra-keys' | 'token'; tenant: string }>
  | ArmRoute;

export type ArmRoute =
  | Readonly<{ operation: 'tenants' | 'subscriptions' }>
  | Readonly<{ operation: 'subscription'; subscriptionId: string }>
  | Readonly<{ operation: 'resource-group'; subscriptionId: string; resourceGroup: string }>
  | Readonly<{ operation: 'get-cluster' | 'run-command'; path: ClusterPath }>
  | Readonly<{ operation: 'command-result'; path: ClusterPath; commandId: string }>;

const clusterPattern = new RegExp(
  [
    /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)/,
    /\/providers\/microsoft\.containerservice\/managedclusters\/([^/]+)/,
    /(?:\/(runcommand)|\/commandresults\/([^/]+))?$/,
  ]
    .map(({ source }) => source)
    .join(''),
  'i',
);

/** The route of a request; `unknown` if nothing answers at that path with that method. */
export function routeOf(request: HttpRequest): Route {
  const path = pathOf(request.url);
  const get = request.method === 'GET';
  const post = request.method === 'POST';

  if (get && /^\/metadata\/endpoints$/i.test(path)) return { operation: 'metadata' };
  if (get && path === '/github/id-token') return { operation: 'id-token' };
  if (get && path === '/github/.well-known/openid-configuration')
    return { operation: 'issuer-configuration' };
  if (get && path === '/github/.well-known/jwks') return { operation: 'issuer-keys' };
  if (get && /^\/common\/discovery\/instance$/i.test(path))
    return { operation: 'instance-discovery' };

  const [, tenant, endpoint = ''] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (tenant !== undefined) {
    if (get && /^v2\.0\/\.well-known\/openid-configuration$/i.test(endpoint))
      return { operation: 'openid-configuration', tenant };
    if (get && /^discovery\/v2\.0\/keys$/i.test(endpoint))
      return { operation: 'entra-keys', tenant };
    if (post && /^oauth2\/v2\.0\/token$/i.test(endpoint)) return { operation: 'token', tenant };
  }

  if (get && /^\/tenants$/i.test(path)) return { operation: 'tenants' };
  if (get && /^\/subscriptions$/i.test(path)) return { operation: 'subscriptions' };
  const [, subscriptionId, , resourceGroup] =
    /^\/subscriptions\/([^/]+)(\/resourcegroups\/([^/]+))?$/i.exec(path) ?? [];
  if (get && subscriptionId !== undefined) {
    return resourceGroup === undefined
      ? { operation: 'subscription', subscriptionId }
      : { operation: 'resource-group', subscriptionId, resourceGroup };
  }

  return clusterRoute(request.method, path) ?? { operation: 'unknown' };
}

function clusterRoute(method: string, path: string): ArmRoute | undefined {
  const [, subscriptionId, resourceGroup, name, runCommand, commandId] =
    clusterPattern.exec(path) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined)
    return undefined;
  const at = { subscriptionId, resourceGroup, name };
  if (runCommand !== undefined)
    return method === 'POST' ? { operation: 'run-command', path: at } : undefined;
  if (method !== 'GET') return undefined;
  return commandId === undefined
    ? { operation: 'get-cluster', path: at }
    : { operation: 'command-result', path: at, commandId };
}

/** Query parameters of a request, decoded. */
export function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}

/**
 * The path with each segment decoded; a path that cannot be decoded stays as it is and matches
 * nothing.
 */
function pathOf(url: string): string {
  const [path = ''] = url.split('?', 1);
  try {
    return path.split('/').map(decodeURIComponent).join('/');
  } catch {
    return path;
  }
}
