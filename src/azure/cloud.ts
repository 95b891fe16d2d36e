import { field } from './json.ts';

/** The endpoints of one Azure cloud: who signs in, who answers, and what tokens are asked for. */
export type Cloud = {
  /** Entra's authority, an https URL without a trailing slash. */
  readonly authority: string;
  /** ARM's endpoint, an https URL without a trailing slash. */
  readonly resourceManager: string;
  /** The scope of tokens for ARM. */
  readonly scope: string;
};

/** What the `environment` input names: a known cloud, or an ARM endpoint whose metadata describes one. */
export type Environment =
  | { readonly kind: 'named'; readonly name: CloudName; readonly cloud: Cloud }
  | { readonly kind: 'endpoint'; readonly resourceManager: string };

/** The clouds that `azure/login` knows by name and whose identities can be federated. */
export type CloudName = 'azurecloud' | 'azureusgovernment' | 'azurechinacloud';

/** Scope of the token that a cluster with managed Entra takes: the AKS server application, the same in every cloud. */
export const AKS_SERVER_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

const NAMED: Record<CloudName, { authority: string; resourceManager: string; audience: string }> = {
  azurecloud: {
    authority: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    audience: 'api://AzureADTokenExchange',
  },
  azureusgovernment: {
    authority: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    audience: 'api://AzureADTokenExchangeUSGov',
  },
  azurechinacloud: {
    authority: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    audience: 'api://AzureADTokenExchangeChina',
  },
};

/** The names that `environment` takes, for messages. */
export const CLOUD_NAMES = Object.keys(NAMED);

function isCloudName(text: string): text is CloudName {
  return Object.hasOwn(NAMED, text);
}

/** Reads the `environment` input; undefined where it is neither a known name (in any case) nor an https origin. */
export function parseEnvironment(text: string): Environment | undefined {
  const name = text.toLowerCase();
  if (isCloudName(name)) {
    const { authority, resourceManager } = NAMED[name];
    return { kind: 'named', name, cloud: { authority, resourceManager, scope: `${resourceManager}/.default` } };
  }
  const resourceManager = httpsUrl(text);
  return resourceManager !== undefined && new URL(resourceManager).pathname === '/'
    ? { kind: 'endpoint', resourceManager }
    : undefined;
}

/** The audience that Entra expects of GitHub's ID token in this cloud; a custom endpoint keeps the public one. */
export function defaultAudience(environment: Environment): string {
  return NAMED[environment.kind === 'named' ? environment.name : 'azurecloud'].audience;
}

/** The metadata path of an ARM endpoint, as `az cloud register --endpoint-resource-manager` reads it. */
export const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';

/** `https://management.TENANT.onmicrosoft.com/GUID`: the application that stands for one Azure Stack Hub. */
const STACK_AUDIENCE = /^https:\/\/management\.[a-z0-9.-]{1,253}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads an ARM endpoint's metadata.
 *
 * The public endpoint lists every cloud, others describe only themselves. Tokens are asked for the endpoint itself, or for
 * an audience in the form that Azure Stack Hub gives its own. For no other: a session of `az` would fetch a token for
 * whatever an endpoint names, a Key Vault's or the public ARM's, and hand it over.
 *
 * @returns undefined where no https login endpoint can be read from it.
 */
export function cloudFromMetadata(metadata: unknown, resourceManager: string): Cloud | undefined {
  const entries: unknown[] = Array.isArray(metadata) ? metadata : [metadata];
  const entry =
    entries.find((candidate) => sameUrl(field(candidate, 'resourceManager'), resourceManager)) ??
    (entries.length === 1 ? entries[0] : undefined);
  const authentication = field(entry, 'authentication');
  const loginEndpoint = field(authentication, 'loginEndpoint');
  const authority = typeof loginEndpoint === 'string' ? httpsUrl(loginEndpoint) : undefined;
  if (authority === undefined) return undefined;

  const listed = field(authentication, 'audiences');
  const audiences = Array.isArray(listed) ? listed.filter((audience) => typeof audience === 'string') : [];
  const own = audiences.some((audience) => sameUrl(audience, resourceManager));
  const stack = own ? undefined : audiences.find((audience) => STACK_AUDIENCE.test(audience));
  return { authority, resourceManager, scope: `${stack ?? resourceManager}/.default` };
}

/** An https URL without credentials, query, fragment or trailing slash; undefined for anything else. */
function httpsUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
  return plain ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '') : undefined;
}

function sameUrl(left: unknown, right: string): boolean {
  return typeof left === 'string' && left.replace(/(?<!\/)\/+$/, '').toLowerCase() === right.toLowerCase();
}
