import { field } from '../text/json.ts';

/**
 * An Azure cloud, as the input `environment` gives it. URLs are https, without a trailing slash.
 */
export type Cloud = {
  /** A name that `azure/login` knows, or the ARM endpoint. */
  readonly name: string;
  /** The ARM endpoint. */
  readonly resourceManager: string;
  /** Where to sign in. If absent, the metadata of the ARM endpoint says where. */
  readonly authority?: string;
  /** The audience that Entra expects in an ID token. */
  readonly audience: string;
};

/** What `clusterToken` is for: the AKS server application, the same in every cloud. */
export const AKS_SERVER = '6dae42f8-4368-4678-94ff-3960e28e3630';

/**
 * A version of AKS's API that every cloud serves. Sovereign clouds lack the SDK's newest for months
 * (azure-cli#23985). `RunCommandRequest` is the same from this version to 2026-06-01.
 */
export const API_VERSION = '2024-05-01';

export const METADATA_PATH = '/metadata/endpoints?api-version=2022-09-01';

/** The default. */
export const PUBLIC_CLOUD: Cloud = {
  name: 'azurecloud',
  authority: 'https://login.microsoftonline.com',
  resourceManager: 'https://management.azure.com',
  audience: 'api://AzureADTokenExchange',
};

/**
 * The clouds that `azure/login` knows by name and whose identities can be federated, with the
 * audience that each expects in an ID token. If you add one, add it to action.yml, docs/LIMITS.md,
 * docs/TROUBLESHOOTING.md, and examples/sovereign-cloud.yml, too. Tests check that. Messages take
 * the names from here, so update their golden files.
 */
const CLOUDS: readonly Cloud[] = [
  PUBLIC_CLOUD,
  {
    name: 'azureusgovernment',
    authority: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    audience: 'api://AzureADTokenExchangeUSGov',
  },
  {
    name: 'azurechinacloud',
    authority: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    audience: 'api://AzureADTokenExchangeChina',
  },
];

export const CLOUD_NAMES = CLOUDS.map(({ name }) => name);

/**
 * Reads the input `environment`: a known name in any letter case, or an https origin; undefined for
 * anything else. An endpoint expects the audience of the public cloud.
 */
export function parseCloud(text: string): Cloud | undefined {
  const named = CLOUDS.find(({ name }) => name === text.toLowerCase());
  if (named !== undefined) return named;

  const url = httpsUrl(text);
  if (url === undefined || url !== new URL(url).origin) return undefined;
  return { name: url, resourceManager: url, audience: PUBLIC_CLOUD.audience };
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
export function readMetadata(
  metadata: unknown,
  resourceManager: string,
  withIdToken: boolean,
): { readonly authority: string; readonly resource: string } | undefined {
  const clouds: unknown[] = Array.isArray(metadata) ? metadata : [metadata];
  const own = clouds.find((cloud) => httpsUrl(field(cloud, 'resourceManager')) === resourceManager);
  const only = clouds.length === 1 ? clouds[0] : undefined;
  const authentication = field(own ?? only, 'authentication');
  const authority = httpsUrl(field(authentication, 'loginEndpoint'));
  if (authority === undefined) return undefined;

  const listed = field(authentication, 'audiences');
  const audiences = Array.isArray(listed) ? listed.map(httpsUrl) : [];
  if (audiences.includes(resourceManager)) return { authority, resource: resourceManager };

  const usable = audiences
    .filter((audience) => audience !== undefined)
    .find((audience) => withIdToken || STACK_AUDIENCE.test(audience));
  return { authority, resource: usable ?? resourceManager };
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
  if (!isPlain) return undefined;

  // The lookbehind lets a run of slashes match only from its start, which keeps this linear.
  return `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '');
}
