import { randomBytes } from 'node:crypto';

/**
 * The small world behind the endpoints: who may sign in, which clusters exist, and which tokens
 * were issued.
 */

/** IDs of the demonstration world. They are made up, and the same at each start. */
export const demo = {
  tenantId: '7e0a0001-0000-4000-8000-000000000001',
  subscriptionId: '5b0a0002-0000-4000-8000-000000000002',
  clientId: 'c10a0003-0000-4000-8000-000000000003',
  objectId: '0b0a0004-0000-4000-8000-000000000004',
  resourceGroup: 'demo',
} as const;

/** Application id of the AKS server application, the same in every cloud. */
export const aksServerApplication = '6dae42f8-4368-4678-94ff-3960e28e3630';

/** The `aud` that a federated credential expects by default in the public cloud. */
export const defaultAudience = 'api://AzureADTokenExchange';

export type Cluster = Readonly<{
  name: string;
  resourceGroup: string;
  subscriptionId: string;
  /** Managed Entra integration: `aadProfile.managed`. */
  entra: boolean;
  powerState: 'Running' | 'Stopped';
  /** `apiServerAccessProfile.disableRunCommand`. */
  disableRunCommand: boolean;
  tags: Readonly<Record<string, string>>;
}>;

/** A running cluster in the demonstration's resource group; `overrides` sets what differs. */
export function cluster(name: string, overrides: Partial<Cluster> = {}): Cluster {
  return {
    name,
    resourceGroup: demo.resourceGroup,
    subscriptionId: demo.subscriptionId,
    entra: false,
    powerState: 'Running',
    disableRunCommand: false,
    tags: {},
    ...overrides,
  };
}

/** One cluster of each kind. */
export const defaultClusters: readonly Cluster[] = [
  cluster('plain'),
  cluster('entra', { entra: true }),
  cluster('stopped', { powerState: 'Stopped' }),
  cluster('disabled', { disableRunCommand: true }),
];

/** ARM resource id of a cluster, in ARM's own letter case. */
export function clusterId({
  name,
  resourceGroup,
  subscriptionId,
}: Pick<Cluster, 'name' | 'resourceGroup' | 'subscriptionId'>): string {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  return `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

/** ARM ignores letter case when it compares names. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whose ID tokens an application accepts. Compared byte for byte, as Entra has done since 2025. */
export type FederatedCredential = Readonly<{ issuer: string; subject: string; audience: string }>;

export type Application = Readonly<{
  clientId: string;
  objectId: string;
  tenantId: string;
  credentials: readonly FederatedCredential[];
  /**
   * Azure actions that its roles do not grant, e.g.
   * `Microsoft.ContainerService/managedClusters/read`.
   */
  deniedActions: readonly string[];
}>;

/** What an access token is good for. */
export type Resource = 'arm' | 'aks';

type AccessToken = Readonly<{
  value: string;
  resource: Resource;
  application: Application;
  /** Milliseconds since the epoch, by the service's clock. */
  expiresAt: number;
}>;

/**
 * Access tokens by value. They are opaque to everything but this store, whatever they look like.
 */
export type TokenStore = Readonly<{
  issue(
    application: Application,
    resource: Resource,
    expiresAt: number,
    claims: Record<string, unknown>,
  ): AccessToken;
  find(value: string): AccessToken | undefined;
  /** Records a token that another part issued. */
  note(value: string): void;
  /** Every token issued, in order. None may ever show in a log. */
  all(): string[];
}>;

export function createTokenStore(): TokenStore {
  const access = new Map<string, AccessToken>();
  const issued: string[] = [];
  return {
    issue(application, resource, expiresAt, claims) {
      const value = [{ typ: 'JWT', alg: 'RS256' }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .concat(randomBytes(64).toString('base64url'))
        .join('.');
      const token = { value, resource, application, expiresAt };
      access.set(value, token);
      issued.push(value);
      return token;
    },
    find: (value) => access.get(value),
    note: (value) => {
      issued.push(value);
    },
    all: () => [...issued],
  };
}

/** Inputs that reach the stand-in's demonstration cluster. */
export function defaultInputs(url: string): Record<string, string> {
  return {
    cluster: 'plain',
    'resource-group': demo.resourceGroup,
    'subscription-id': demo.subscriptionId,
    'client-id': demo.clientId,
    'tenant-id': demo.tenantId,
    environment: url,
  };
}
