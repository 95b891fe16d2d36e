import { CLOUD_NAMES, defaultAudience, parseEnvironment, type Environment } from '../azure/cloud.ts';
import {
  CLUSTER_NAME,
  GUID,
  parseResourceId,
  resourceId,
  RESOURCE_GROUP,
  type ManagedCluster,
} from '../azure/managed-cluster.ts';
import type { SignIn, Target } from '../azure/port.ts';
import type { InputReader } from './reader.ts';

/**
 * Reads which cluster is meant, in which cloud, and who asks.
 *
 * @returns undefined where the cloud is unknown, which is then among the reader's problems.
 */
export function readTarget(reader: InputReader): Target | undefined {
  const cluster = readCluster(reader);
  const environment = readEnvironment(reader);
  const signIn = readSignIn(reader, environment);
  return environment && { cluster, environment, signIn };
}

function readCluster(reader: InputReader): ManagedCluster {
  const text = reader.text('cluster');
  const isName = text !== '' && !text.includes('/');
  const own = parseResourceId(text);
  if (text === '') {
    reader.problem('cluster', "is required: the cluster's name or its full ARM resource ID");
  } else if (isName && !CLUSTER_NAME.test(text)) {
    reader.invalid(
      'cluster',
      text,
      '1 to 63 letters, digits, hyphens and underscores, with a letter or digit at both ends',
    );
  } else if (!isName && !own) {
    const form = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
    reader.invalid('cluster', text, `the cluster's name, or its full ARM resource ID: ${form}`);
  }

  const group = "a resource group's name: letters, digits and - _ . ( )";
  const resourceGroup = readPart(reader, 'resource-group', RESOURCE_GROUP, group, isName, own?.resourceGroup);
  const subscription = "a subscription's GUID";
  const subscriptionId = readPart(reader, 'subscription-id', GUID, subscription, isName, own?.subscriptionId);
  return own ?? { subscriptionId, resourceGroup, name: text };
}

/** A part of the resource ID that has an input of its own: required with a name, and never against the ID. */
function readPart(
  reader: InputReader,
  name: string,
  pattern: RegExp,
  allowed: string,
  required: boolean,
  ofId: string | undefined,
): string {
  const given = reader.matching(name, pattern, allowed);
  if (given === '') {
    if (required)
      reader.problem(
        name,
        `is required with a cluster name. Or set ${reader.called('cluster')} to the full ARM resource ID instead.`,
      );
  } else if (pattern.test(given) && ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
    const [one, other] = [given, ofId].map((text) => JSON.stringify(text));
    reader.problem(
      name,
      `${one} contradicts the resource ID in ${reader.called('cluster')}, which has ${other}. Leave it out.`,
    );
  }
  return given;
}

function readEnvironment(reader: InputReader): Environment | undefined {
  const given = reader.text('environment') || 'azurecloud';
  const environment = parseEnvironment(given);
  if (!environment) {
    reader.invalid('environment', given, `${CLOUD_NAMES.join(', ')}, or the https:// URL of an ARM endpoint`);
  }
  return environment;
}

function readSignIn(reader: InputReader, environment: Environment | undefined): SignIn {
  const clientId = reader.matching('client-id', GUID, 'the GUID of an Entra application or user-assigned identity');
  const tenantId = reader.matching('tenant-id', GUID, "the GUID of the identity's Entra tenant");
  const audience = reader.text('audience');
  if (clientId !== '' && tenantId === '') reader.problem('tenant-id', `is required with ${reader.called('client-id')}`);
  if (tenantId !== '' && clientId === '') reader.problem('client-id', `is required with ${reader.called('tenant-id')}`);
  if (clientId === '') return { kind: 'ambient' };
  return { kind: 'oidc', clientId, tenantId, audience: audience || (environment ? defaultAudience(environment) : '') };
}
