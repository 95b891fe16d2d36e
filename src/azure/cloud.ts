import { field } from './json.ts';

/** One Azure cloud: https URLs without a trailing slash, and the scope of tokens for ARM. */
export type Cloud = {
  readonly authority: string;
  readonly resourceManager: string;
  readonly scope: string;
};

/** What the `environment` input names: a known cloud, or an ARM endpoint whose metadata describes one. */
export type Environment =
  | { readonly kind: 'named'; readonly name: keyof typeof NAMED; readonly cloud: Cloud }
  | { readonly kind: 'endpoint'; readonly resourceManager: string };

/** The scope of `clusterToken`: the AKS server application, the same in every cloud. */
export const AKS_SERVER_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

export const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';

/** The clouds that `azure/login` knows by name and whose identities can be federated. */
const NAMED = {
  azurecloud: { authority: 'login.microsoftonline.com', arm: 'management.azure.com', suffix: '' },
  azureusgovernment: {
    authority: 'login.microsoftonline.us',
    arm: 'management.usgovcloudapi.net',
    suffix: 'USGov',
  },
  azurechinacloud: {
    authority: 'login.chinacloudapi.cn',
    arm: 'management.chinacloudapi.cn',
    suffix: 'China',
  },
};

export const CLOUD_NAMES = Object.keys(NAMED) as (keyof typeof NAMED)[];

/** Reads the `environment` input: a known name in any letter case, or an https origin; undefined for anything else. */
export function parseEnvironment(text: string): Environment | undefined {
  const name = CLOUD_NAMES.find((known) => known === text.toLowerCase());
  if (name !== undefined) {
    const authority = `https://${NAMED[name].authority}`;
    const resourceManager = `https://${NAMED[name].arm}`;
    return {
      kind: 'named',
      name,
      cloud: { authority, resourceManager, scope: `${resourceManager}/.default` },
    };
  }
  const url = httpsUrl(text);
  return url !== undefined && url === new URL(url).origin
    ? { kind: 'endpoint', resourceManager: url }
    : undefined;
}

/** The audience that Entra expects in an ID token for this cloud. A custom endpoint uses that of the public cloud. */
export function defaultAudience(environment: Environment): string {
  return `api://AzureADTokenExchange${environment.kind === 'named' ? NAMED[environment.name].suffix : ''}`;
}

/** `https://management.TENANT.onmicrosoft.com/GUID`: the application that stands for one Azure Stack Hub. */
const STACK_AUDIENCE =
  /^https:\/\/management\.[a-z0-9.-]{1,253}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads an ARM endpoint's metadata: one cloud, or a list of clouds. Undefined if it has no https login endpoint. Tokens
 * are for the endpoint itself if it lists itself, and otherwise for the first audience that it lists. From an `az`
 * session, that must look like Azure Stack Hub's: otherwise, an endpoint could name a Key Vault, and get a token for
 * that. An ID token goes wherever the endpoint says anyway.
 */
export function cloudFromMetadata(
  metadata: unknown,
  resourceManager: string,
  by: 'oidc' | 'ambient',
): Cloud | undefined {
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

/** An https URL without credentials, query, fragment, or trailing slash; undefined for anything else. */
function httpsUrl(text: unknown): string | undefined {
  if (typeof text !== 'string' || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain =
    url.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
  return isPlain ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '') : undefined;
}
