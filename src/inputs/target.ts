import { CLOUD_NAMES, defaultAudience, parseEnvironment, type Environment } from '../azure/cloud.ts';
import { CLUSTER_NAME, GUID, parseResourceId, resourceId, RESOURCE_GROUP } from '../azure/managed-cluster.ts';
import type { SignIn, Target } from '../azure/port.ts';
import { meantCluster, meantEnvironment } from './meant.ts';
import type { InputReader } from './reader.ts';

/**
 * Reads which cluster is meant, in which cloud, and how to sign in.
 *
 * @returns undefined if the cloud is unknown; the reader then has that problem.
 */
export function readTarget(reader: InputReader): Target | undefined {
  const cluster = readCluster(reader);
  const environment = readEnvironment(reader);
  const signIn = readSignIn(reader, environment);
  return environment && { cluster, environment, signIn };
}

const NAME_RULE = '1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends';
const ID_FORM = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
const GROUP_RULE = "a resource group's name: letters, digits and - _ . ( )";

function readCluster(reader: InputReader): Target['cluster'] {
  const text = reader.text('cluster');
  const isName = text !== '' && !text.includes('/');
  const own = parseResourceId(text);
  if (text === '') {
    reader.missing('cluster', "is required: the cluster's name or its full ARM resource ID");
  } else if (isName ? !CLUSTER_NAME.test(text) : !own) {
    const allowed = isName ? NAME_RULE : `the cluster's name, or its full ARM resource ID: ${ID_FORM}`;
    reader.invalid('cluster', text, allowed, meantCluster(text));
  }

  const resourceGroup = reader.matching('resource-group', RESOURCE_GROUP, GROUP_RULE);
  const subscriptionId = reader.matching('subscription-id', GUID, "a subscription's GUID");
  const name = reader.called('cluster');
  for (const [part, given, ofId] of [
    ['resource-group', resourceGroup, own?.resourceGroup],
    ['subscription-id', subscriptionId, own?.subscriptionId],
  ] as const) {
    if (given === '' && isName) {
      reader.missing(part, `is required with a cluster name. Or set ${name} to the full ARM resource ID instead`);
    } else if (given !== '' && ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
      const [one, other] = [given, ofId].map((value) => JSON.stringify(value));
      reader.problem(part, `${one} contradicts the resource ID in ${name}, which has ${other}. Leave it out.`);
    }
  }
  return own ?? { subscriptionId, resourceGroup, name: text };
}

function readEnvironment(reader: InputReader): Environment | undefined {
  const given = reader.text('environment') || 'azurecloud';
  const environment = parseEnvironment(given);
  if (!environment) {
    const allowed = `${CLOUD_NAMES.join(', ')}, or the https:// URL of an ARM endpoint`;
    reader.invalid('environment', given, allowed, meantEnvironment(given));
  }
  return environment;
}

function readSignIn(reader: InputReader, environment: Environment | undefined): SignIn {
  const client = 'the GUID of an Entra application or user-assigned identity';
  const clientId = reader.matching('client-id', GUID, client);
  const tenantId = reader.matching('tenant-id', GUID, "the GUID of the identity's Entra tenant");
  const audience = reader.text('audience');
  if (clientId !== '' && tenantId === '') reader.missing('tenant-id', `is required with ${reader.called('client-id')}`);
  if (tenantId !== '' && clientId === '') reader.missing('client-id', `is required with ${reader.called('tenant-id')}`);
  if (clientId === '') return { kind: 'ambient' };
  return { kind: 'oidc', clientId, tenantId, audience: audience || (environment ? defaultAudience(environment) : '') };
}
