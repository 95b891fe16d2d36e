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
import { meantCluster, meantEnvironment, meantGuid, meantResourceGroup } from './meant.ts';
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
    reader.missing('cluster', "is required: the cluster's name or its full ARM resource ID");
  } else if (isName && !CLUSTER_NAME.test(text)) {
    reader.invalid(
      'cluster',
      text,
      '1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends',
      meantCluster(text),
    );
  } else if (!isName && !own) {
    const form = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
    reader.invalid('cluster', text, `the cluster's name, or its full ARM resource ID: ${form}`, meantCluster(text));
  }

  const resourceGroup = readPart(reader, RESOURCE_GROUP_PART, isName, own?.resourceGroup);
  const subscriptionId = readPart(reader, SUBSCRIPTION_PART, isName, own?.subscriptionId);
  return own ?? { subscriptionId, resourceGroup, name: text };
}

/** A part of the resource ID that has an input of its own. */
type Part = {
  readonly name: string;
  readonly pattern: RegExp;
  readonly allowed: string;
  readonly meant: (given: string) => string | undefined;
};

const RESOURCE_GROUP_PART: Part = {
  name: 'resource-group',
  pattern: RESOURCE_GROUP,
  allowed: "a resource group's name: letters, digits and - _ . ( )",
  meant: meantResourceGroup,
};
const SUBSCRIPTION_PART: Part = {
  name: 'subscription-id',
  pattern: GUID,
  allowed: "a subscription's GUID",
  meant: meantGuid,
};

/** Required with a cluster's name, and never against its ID. */
function readPart(reader: InputReader, part: Part, required: boolean, ofId: string | undefined): string {
  const { name, pattern, allowed, meant } = part;
  const given = reader.matching(name, pattern, allowed, meant);
  const cluster = reader.called('cluster');
  if (given === '') {
    if (required) {
      const otherwise = `Or set ${cluster} to the full ARM resource ID instead`;
      reader.missing(name, `is required with a cluster name. ${otherwise}`);
    }
  } else if (pattern.test(given) && ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
    const [one, other] = [given, ofId].map((text) => JSON.stringify(text));
    reader.problem(name, `${one} contradicts the resource ID in ${cluster}, which has ${other}. Leave it out.`);
  }
  return given;
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
  const clientId = reader.matching('client-id', GUID, client, meantGuid);
  const tenantId = reader.matching('tenant-id', GUID, "the GUID of the identity's Entra tenant", meantGuid);
  const audience = reader.text('audience');
  if (clientId !== '' && tenantId === '') reader.missing('tenant-id', `is required with ${reader.called('client-id')}`);
  if (tenantId !== '' && clientId === '') reader.missing('client-id', `is required with ${reader.called('tenant-id')}`);
  if (clientId === '') return { kind: 'ambient' };
  return { kind: 'oidc', clientId, tenantId, audience: audience || (environment ? defaultAudience(environment) : '') };
}
