import { field, parseJson } from '../text/json.ts';
import { say, unquoted, type Text } from '../text/say.ts';

/** What identifies a managed cluster in ARM. */
export type ManagedCluster = {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
};

export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * ARM's rule for managed clusters: 1 to 63 letters, digits, `-`, `_`, alphanumeric at both ends.
 */
export const CLUSTER_NAME = /^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/i;

/**
 * ARM's rule for resource groups: 1 to 90 letters, digits, `-`, `_`, `.`, `(`, `)`, not ending in a
 * period.
 */
export const RESOURCE_GROUP = /^[\p{L}\p{Nd}_.()-]{0,89}[\p{L}\p{Nd}_()-]$/u;

/** A part of an API server's address, in every cloud (AKS's "Outbound network and FQDN rules"). */
export const API_SERVER = /\.(?:hcp|privatelink)\./;

const RESOURCE_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)\/?$/i;

/**
 * Reads a managed cluster's full ARM resource ID in any letter case; undefined if the text is not
 * one.
 */
export function parseResourceId(text: string): ManagedCluster | undefined {
  const [, subscriptionId = '', resourceGroup = '', name = ''] = RESOURCE_ID.exec(text) ?? [];
  const valid =
    GUID.test(subscriptionId) && RESOURCE_GROUP.test(resourceGroup) && CLUSTER_NAME.test(name);
  return valid ? { subscriptionId, resourceGroup, name } : undefined;
}

/** The cluster's name, safe to print. A name that breaks ARM's rule is not shown. */
export function clusterName({ name }: ManagedCluster): Text {
  return CLUSTER_NAME.test(name) ? unquoted(name) : say`the cluster`;
}

export function resourceId({ subscriptionId, resourceGroup, name }: ManagedCluster): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${name}`;
}

/**
 * What the body of `GET managedClusters/NAME` says about running commands on the cluster; false if
 * it doesn't say. With managed Entra, the caller's own token is required, and the command runs as
 * the caller.
 */
export function readClusterFacts(body: string) {
  const properties = field(parseJson(body), 'properties');
  return {
    managedEntra: field(field(properties, 'aadProfile'), 'managed') === true,
    stopped: field(field(properties, 'powerState'), 'code') === 'Stopped',
    runCommandDisabled:
      field(field(properties, 'apiServerAccessProfile'), 'disableRunCommand') === true,
  };
}
