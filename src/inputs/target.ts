import { CLOUD_NAMES, parseCloud, type Cloud } from '../azure/cloud.ts';
import {
  API_SERVER,
  CLUSTER_NAME,
  parseResourceId,
  resourceId,
  type ManagedCluster,
} from '../azure/managed-cluster.ts';
import type { Application } from '../azure/port.ts';
import { didYouMean, nearestName } from '../text/nearest.ts';
import { list, say, type Text } from '../text/say.ts';
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
    reader.invalid('cluster', text, allowed, clusterAdvice(text));
  } else if (!text.includes('/') && !CLUSTER_NAME.test(text)) {
    reader.invalid('cluster', text, NAME_RULE, clusterAdvice(text));
  }
  return text;
}

const ID_IN_TEXT =
  /\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/?#&\s"']+/i;

/** For the address of a cluster's page in the portal, an API server's address, or an Arc cluster. */
function clusterAdvice(given: string): Text | undefined {
  const text = given.replaceAll(/%2f/gi, '/');
  const cluster = parseResourceId(ID_IN_TEXT.exec(text)?.[0] ?? '');
  if (cluster !== undefined) return didYouMean(resourceId(cluster));
  if (/\/connectedClusters\//i.test(text)) {
    return say`Clusters of Azure Arc are not supported: run command is part of AKS.`;
  }
  if (API_SERVER.test(text) || /^https?:/i.test(text)) {
    return say`
      An address is not the name of a cluster. ${'az aks list --output table'} shows the names.
    `;
  }
  return undefined;
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
  reader.invalid('environment', given, allowed, cloudAdvice(given, reader));
  return { name: '', resourceManager: '', audience: '' };
}

/** For a misspelled name, or the deployment environment of a job. */
function cloudAdvice(given: string, reader: InputReader): Text | undefined {
  const near = nearestName(given, CLOUD_NAMES);
  const isOther = reader.host.words.isStep && /^(?!azure)[\w .-]+$/i.test(given);
  if (near !== undefined || !isOther) return didYouMean(near);
  return say`
    To set the job's environment, write ${'environment:'} next to ${'runs-on:'}, not under
    ${'with:'}.
  `;
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
