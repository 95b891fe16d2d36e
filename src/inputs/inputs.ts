import {
  CLOUD_NAMES,
  DEFAULT_CLOUD,
  defaultAudience,
  parseCloud,
  type Cloud,
} from '../azure/cloud.ts';
import {
  CLUSTER_NAME,
  GUID,
  parseResourceId,
  resourceId,
  RESOURCE_GROUP,
} from '../azure/managed-cluster.ts';
import type { Target, SignIn } from '../azure/port.ts';
import { proxyProblem } from '../azure/proxy.ts';
import { StepError } from '../failure.ts';
import { meantCluster, meantCloud } from './meant.ts';
import type { InputReader } from './reader.ts';
import { readTask, type Follow, type Run } from './task.ts';

/** Everything a user can set, read once and validated. */
export type Inputs = Target & {
  readonly task: Run | Follow;
  /** Seconds. */
  readonly timeout: number;
  readonly allowedExitCodes: 'any' | readonly number[];
  readonly maskOutputs: readonly string[];
  /** What to do about a pattern that matched no file. For an earlier command, the step that waits for it decides. */
  readonly ifNoFilesCollected: 'error' | 'warn' | 'ignore';
};

const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;

/** @throws StepError `invalid-inputs` with all problems that the reader found. */
export function readInputs(reader: InputReader): Inputs {
  const cluster = readCluster(reader);
  const cloud = readCloud(reader);
  const rest = {
    signIn: readSignIn(reader, cloud),
    task: readTask(reader),
    timeout: reader.duration('timeout', '30m', 120 * 3600),
    allowedExitCodes: readExitCodes(reader),
    maskOutputs: readMaskOutputs(reader),
    ifNoFilesCollected: reader.choice('if-no-files-collected', ['error', 'warn', 'ignore'], 'warn'),
  };
  reader.warnOfUnknown();
  const problems = [...reader.problems, ...problemsWithConnection(reader)];
  if (problems.length > 0 || cloud === undefined)
    throw new StepError({ code: 'invalid-inputs', problems });
  return { cluster, cloud, ...rest };
}

const CERTIFICATES =
  'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks. Remove it. To trust your own certificate authority, set NODE_EXTRA_CA_CERTS to the path of its certificate.';

/** Tokens and verdicts must not travel over a connection that proves nothing, or bypass the requested proxy. */
function problemsWithConnection({ host }: InputReader): string[] {
  const isUnchecked = host.variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0';
  return [isUnchecked ? CERTIFICATES : undefined, proxyProblem(host.variable)].filter(
    (one) => one !== undefined,
  );
}

function readExitCodes(reader: InputReader): 'any' | number[] {
  const items = reader.list('allowed-exit-codes');
  if (items.join().toLowerCase() === 'any') return 'any';
  const codes = items.length === 0 ? ['0'] : items;
  const bad = codes.filter((code) => !/^\d{1,3}$/.test(code) || Number(code) > 255);
  if (bad.length > 0) {
    reader.invalid(
      'allowed-exit-codes',
      bad.join(', '),
      'any, or comma-separated exit codes from 0 to 255',
    );
  }
  return codes.map(Number);
}

function readMaskOutputs(reader: InputReader): string[] {
  const names = reader.list('mask-outputs');
  for (const name of names) {
    if (!OUTPUT_NAME.test(name))
      reader.invalid('mask-outputs', name, 'names of step outputs, separated by commas');
  }
  return names;
}

const NAME_RULE =
  '1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends';
const ID_FORM = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });
const GROUP_RULE = "a resource group's name: letters, digits and - _ . ( )";

function readCluster(reader: InputReader): Target['cluster'] {
  const text = reader.text('cluster');
  const isName = text !== '' && !text.includes('/');
  const own = parseResourceId(text);
  if (text === '') {
    reader.missing('cluster', "is required: the cluster's name or its full ARM resource ID");
  } else if (isName ? !CLUSTER_NAME.test(text) : !own) {
    const allowed = isName
      ? NAME_RULE
      : `the cluster's name, or its full ARM resource ID: ${ID_FORM}`;
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
      reader.missing(
        part,
        `is required with a cluster name. Or set ${name} to the full ARM resource ID instead`,
      );
    } else if (given !== '' && ofId !== undefined && ofId.toLowerCase() !== given.toLowerCase()) {
      const [one, other] = [given, ofId].map((value) => JSON.stringify(value));
      reader.problem(
        part,
        `${one} contradicts the resource ID in ${name}, which has ${other}. Leave it out.`,
      );
    }
  }
  return own ?? { subscriptionId, resourceGroup, name: text };
}

/** @returns undefined if the cloud is unknown; the reader then has that problem. */
function readCloud(reader: InputReader): Cloud | undefined {
  const given = reader.text('environment') || DEFAULT_CLOUD;
  const cloud = parseCloud(given);
  if (!cloud) {
    const allowed = `${CLOUD_NAMES.join(', ')}, or the https:// URL of an ARM endpoint`;
    reader.invalid('environment', given, allowed, meantCloud(given));
  }
  return cloud;
}

function readSignIn(reader: InputReader, cloud: Cloud | undefined): SignIn {
  const client = 'the GUID of an Entra application or user-assigned identity';
  const clientId = reader.matching('client-id', GUID, client);
  const tenantId = reader.matching('tenant-id', GUID, "the GUID of the identity's Entra tenant");
  const audience = reader.text('audience');
  if (clientId !== '' && tenantId === '')
    reader.missing('tenant-id', `is required with ${reader.called('client-id')}`);
  if (tenantId !== '' && clientId === '')
    reader.missing('client-id', `is required with ${reader.called('tenant-id')}`);
  if (clientId === '') return { kind: 'ambient' };
  return {
    kind: 'oidc',
    clientId,
    tenantId,
    audience: audience || (cloud ? defaultAudience(cloud) : ''),
  };
}
