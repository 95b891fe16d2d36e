import { field } from './json.ts';

/** Where a cloud is: https URLs without a trailing slash, and the scope of tokens for ARM. */
export type CloudEndpoints = {
  readonly authority: string;
  readonly resourceManager: string;
  readonly scope: string;
};

/**
 * An Azure cloud, as the input `environment` gives it: a known name, or an ARM endpoint whose
 * metadata describes it.
 */
export type Cloud =
  | { readonly kind: 'named'; readonly name: CloudName; readonly endpoints: CloudEndpoints }
  | { readonly kind: 'endpoint'; readonly resourceManager: string };

/** The scope of `clusterToken`: the AKS server application, the same in every cloud. */
export const AKS_SERVER_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

export const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';

/**
 * The clouds that `azure/login` knows by name and whose identities can be federated, with the
 * audience that each expects in an ID token. Another one also belongs into what people read:
 * action.yml, docs/RUNNERS.md, docs/TROUBLESHOOTING.md, and examples/sovereign-cloud.yml.
 */
const CLOUDS = {
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
} as const;

export type CloudName = keyof typeof CLOUDS;

export const CLOUD_NAMES = Object.keys(CLOUDS) as CloudName[];

/** The cloud of whoever names none. */
export const DEFAULT_CLOUD: CloudName = 'azurecloud';

/**
 * Reads the input `environment`: a known name in any letter case, or an https origin; undefined for
 * anything else.
 */
export function parseCloud(text: string): Cloud | undefined {
  const name = CLOUD_NAMES.find((known) => known === text.toLowerCase());
  if (name !== undefined) {
    const { authority, resourceManager } = CLOUDS[name];
    return {
      kind: 'named',
      name,
      endpoints: { authority, resourceManager, scope: `${resourceManager}/.default` },
    };
  }
  const url = httpsUrl(text);
  return url !== undefined && url === new URL(url).origin
    ? { kind: 'endpoint', resourceManager: url }
    : undefined;
}

/**
 * The audience that Entra expects in an ID token for a cloud. An endpoint uses that of the public
 * cloud.
 */
export function defaultAudience(cloud: Cloud): string {
  const { audience } = CLOUDS[cloud.kind === 'named' ? cloud.name : DEFAULT_CLOUD];
  return audience;
}

/**
 * `https://management.TENANT.onmicrosoft.com/GUID`: the application that stands for one Azure Stack
 * Hub.
 */
const STACK_AUDIENCE =
  /^https:\/\/management\.[a-z0-9.-]{1,253}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads an ARM endpoint's metadata: one cloud, or a list of clouds. Undefined if it has no https
 * login endpoint. Tokens are for the endpoint itself if it lists itself, and otherwise for the
 * first audience that it lists. From an `az` session, that must look like Azure Stack Hub's:
 * otherwise, an endpoint could name a Key Vault, and get a token for that. An ID token goes
 * wherever the endpoint says anyway.
 */
export function endpointsFromMetadata(
  metadata: unknown,
  resourceManager: string,
  by: 'oidc' | 'ambient',
): CloudEndpoints | undefined {
  const entries: unknown[] = Array.isArray(metadata) ? metadata : [metadata];
  const entry =
    entries.find(
      (candidate) => httpsUrl(field(candidate, 'resourceManager')) === resourceManager,
    ) ?? (entries.length === 1 ? entries[0] : undefined);
  const authentication = field(entry, 'authentication');
  const authority = httpsUrl(field(authentication, 'loginEndpoint'));
  if (authority === undefined) return undefined;

  const listed = field(authentication, 'audiences');
  const audiences = Array.isArray(listed)
    ? listed.map(httpsUrl).filter((audience) => audience !== undefined)
    : [];
  const other = audiences.find((audience) => by === 'oidc' || STACK_AUDIENCE.test(audience));
  const audience = audiences.includes(resourceManager)
    ? resourceManager
    : (other ?? resourceManager);
  return { authority, resourceManager, scope: `${audience}/.default` };
}

/**
 * An https URL without credentials, query, fragment, or trailing slash; undefined for anything
 * else.
 */
function httpsUrl(text: unknown): string | undefined {
  if (typeof text !== 'string' || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain =
    url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
  return isPlain ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '') : undefined;
}
