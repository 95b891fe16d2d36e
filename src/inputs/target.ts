import { CLOUD_NAMES, parseCloud, type Cloud } from '../azure/cloud.ts';
import {
  CLUSTER_NAME,
  parseResourceId,
  resourceId,
  type ManagedCluster,
} from '../azure/managed-cluster.ts';
import type { Application } from '../azure/port.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { list, say } from '../text/say.ts';
import type { InputReader } from './reader.ts';

const NAME_RULE = say`
  1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends
`;
const ID_FORM = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });

/** Reads the input `cluster`: a name, or a full ARM resource ID. */
export function readCluster(reader: InputReader): string {
  const text = reader.text('cluster');
  if (text === '') {
    reader.missing('cluster', say`is required: the cluster's name or its full ARM resource ID.`);
  } else if (text.includes('/') && parseResourceId(text) === undefined) {
    const allowed = say`the cluster's name, or its full ARM resource ID: ${ID_FORM}`;
    reader.invalid('cluster', text, allowed);
  } else if (!text.includes('/') && !CLUSTER_NAME.test(text)) {
    reader.invalid('cluster', text, NAME_RULE);
  }
  return text;
}

/**
 * The cluster that three inputs name together. A resource ID says everything. With a name, the
 * other two are required.
 */
export function clusterOf(
  cluster: string,
  resourceGroup: string,
  subscriptionId: string,
  reader: InputReader,
): ManagedCluster {
  const byId = parseResourceId(cluster);
  if (byId !== undefined) {
    refuseOther('resource-group', resourceGroup, byId.resourceGroup, reader);
    refuseOther('subscription-id', subscriptionId, byId.subscriptionId, reader);
    return byId;
  }

  if (cluster !== '' && !cluster.includes('/')) {
    const cluster = reader.label('cluster');
    const required = say`
      is required with a cluster name. Or set ${cluster} to the full ARM resource ID instead.
    `;
    if (resourceGroup === '') reader.missing('resource-group', required);
    if (subscriptionId === '') reader.missing('subscription-id', required);
  }
  return { subscriptionId, resourceGroup, name: cluster };
}

/** Refuses an input that differs from the same part of the resource ID. */
function refuseOther(name: string, given: string, inId: string, reader: InputReader): void {
  if (given === '' || given.toLowerCase() === inId.toLowerCase()) return;

  const cluster = reader.label('cluster');
  reader.problem(
    name,
    say`${given} contradicts the resource ID in ${cluster}, which has ${inId}. Leave it out.`,
  );
}

/** Reads the input `environment`: the cloud. */
export function readCloud(reader: InputReader): Cloud {
  const given = reader.text('environment');
  const cloud = parseCloud(given);
  if (cloud !== undefined) return cloud;

  const allowed = say`${list(CLOUD_NAMES)}, or the ${'https://'} URL of an ARM endpoint`;
  reader.invalid('environment', given, allowed, didYouMean(nearestName(given, CLOUD_NAMES)));
  return { name: '', resourceManager: '', audience: '' };
}

/** The application that signs in: both IDs, or neither. */
export function applicationOf(
  clientId: string,
  tenantId: string,
  audience: string,
  reader: InputReader,
): Application | undefined {
  if (clientId !== '' && tenantId === '') {
    reader.missing('tenant-id', say`is required with ${reader.label('client-id')}.`);
  }
  if (tenantId !== '' && clientId === '') {
    reader.missing('client-id', say`is required with ${reader.label('tenant-id')}.`);
  }
  return clientId === '' ? undefined : { clientId, tenantId, audience };
}
