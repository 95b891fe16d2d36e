import {
  CLOUD_NAMES,
  DEFAULT_CLOUD,
  defaultAudience,
  parseCloud,
  type Cloud,
} from '../azure/cloud.ts';
import { parseCommandId, type CommandId } from '../azure/command.ts';
import {
  CLUSTER_NAME,
  GUID,
  parseResourceId,
  resourceId,
  RESOURCE_GROUP,
  type ManagedCluster,
} from '../azure/managed-cluster.ts';
import type { SignIn, Target } from '../azure/port.ts';
import { proxyProblem } from '../azure/proxy.ts';
import { NAMESPACE } from '../pod/variables.ts';
import { readCollect } from './collect.ts';
import { checkCommand, readCommand } from './command.ts';
import { readEnv } from './env.ts';
import { meantCluster, meantCommandId, meantCloud, meantNamespace } from './misspellings.ts';
import { InputReader, type InputHost } from './reader.ts';

/**
 * What the user set, validated. Durations are in seconds. With a `commandId`, nothing is to run.
 */
export type Inputs = Readonly<ReturnType<typeof readEach>>;

/** Every input, in the order of `action.yml`: its name, how it is read, and what is checked. */
function readEach(reader: InputReader) {
  // Cluster and sign-in
  const target = targetOf(reader, {
    cluster: readCluster(reader),
    resourceGroup: reader.matching('resource-group', RESOURCE_GROUP, A_RESOURCE_GROUP),
    subscriptionId: reader.matching('subscription-id', GUID, "a subscription's GUID"),
    clientId: reader.matching('client-id', GUID, AN_IDENTITY),
    tenantId: reader.matching('tenant-id', GUID, "the GUID of the identity's Entra tenant"),
    audience: reader.text('audience'),
    cloud: readCloud(reader),
  });
  return {
    ...target,

    // What to run
    command: readCommand(reader),
    shell: reader.choice('shell', ['', 'bash', 'sh'], ''),
    namespace: reader.matching('namespace', NAMESPACE, A_NAMESPACE, meantNamespace),
    files: {
      patterns: reader.lines('files'),
      workingDirectory: reader.text('working-directory'),
      ifNoFilesFound: reader.choice('if-no-files-found', ['error', 'warn', 'ignore'], 'error'),
      includeHidden: reader.flag('include-hidden-files', false),
    },
    env: readEnv(reader),

    // How to run and judge
    timeout: reader.duration('timeout', '30m', 120),
    startTimeout: reader.duration('start-timeout', '90s', 1),
    startRetries: reader.count('start-retries', 2, 10),
    wait: reader.flag('wait', true),
    commandId: readCommandId(reader),
    allowedExitCodes: readExitCodes(reader),
    maskOutputs: reader.list('mask-outputs', OUTPUT_NAME, OUTPUT_NAMES),
    collect: readCollect(reader),
    ifNoFilesCollected: reader.choice('if-no-files-collected', ['error', 'warn', 'ignore'], 'warn'),
    summary: reader.flag('summary', true),
    dryRun: reader.flag('dry-run', false),
  };
}

// What is allowed, after "Use"
const A_RESOURCE_GROUP = "a resource group's name: letters, digits and - _ . ( )";
const AN_IDENTITY = 'the GUID of an Entra application or user-assigned identity';
const A_NAMESPACE =
  'the name of a namespace: 1 to 63 lowercase letters, digits, and hyphens, with a letter or digit at both ends';
const EXIT_CODES = 'any, or comma-separated exit codes from 0 to 255';
const OUTPUT_NAMES = 'names of step outputs, separated by commas';

const EXIT_CODE = /^(?:\d{1,2}|[01]\d\d|2[0-4]\d|25[0-5])$/;
const OUTPUT_NAME = /^[A-Za-z_][\w-]*$/;

/**
 * Reads all inputs.
 *
 * @param warn receives what deserves a warning; it shows no value that could be secret
 * @returns the problems with them: sentences, in the order of `action.yml`, and then those with the
 *   environment. If there is one, nothing must happen, and a value that is wrong is replaced by any
 *   other.
 */
export function readInputs(
  host: InputHost,
  warn: (message: string) => void = () => undefined,
): { inputs: Inputs; problems: readonly string[] } {
  const reader = new InputReader(host, warn);
  const inputs = readEach(reader);
  if (reader.text('command-id') === '') checkCommand(inputs, reader);
  else refuseNewCommand(inputs, reader);
  reader.warnOfUnknown();
  return { inputs, problems: [...reader.problems, ...problemsWithConnection(host)] };
}

const NAME_RULE =
  '1 to 63 letters, digits, hyphens, and underscores, with a letter or digit at both ends';
const ID_FORM = resourceId({ subscriptionId: 'GUID', resourceGroup: 'GROUP', name: 'NAME' });

function readCluster(reader: InputReader): string {
  const text = reader.text('cluster');
  if (text === '') {
    reader.missing('cluster', "is required: the cluster's name or its full ARM resource ID");
  } else if (text.includes('/') && parseResourceId(text) === undefined) {
    const allowed = `the cluster's name, or its full ARM resource ID: ${ID_FORM}`;
    reader.invalid('cluster', text, allowed, meantCluster(text));
  } else if (!text.includes('/') && !CLUSTER_NAME.test(text)) {
    reader.invalid('cluster', text, NAME_RULE, meantCluster(text));
  }
  return text;
}

function readCloud(reader: InputReader): Cloud {
  const given = reader.text('environment') || DEFAULT_CLOUD;
  const cloud = parseCloud(given);
  if (cloud !== undefined) return cloud;

  const allowed = `${CLOUD_NAMES.join(', ')}, or the https:// URL of an ARM endpoint`;
  reader.invalid('environment', given, allowed, meantCloud(given));
  return { kind: 'endpoint', resourceManager: '' };
}

/** @returns undefined if there is none, or if it is invalid */
function readCommandId(reader: InputReader): CommandId | undefined {
  const given = reader.text('command-id');
  const id = parseCommandId(given);
  if (id === undefined && given !== '') {
    reader.invalid('command-id', given, '32 hexadecimal digits', meantCommandId(given));
  }
  return id;
}

function readExitCodes(reader: InputReader): 'any' | readonly number[] {
  if (reader.text('allowed-exit-codes').toLowerCase() === 'any') return 'any';
  const codes = reader.list('allowed-exit-codes', EXIT_CODE, EXIT_CODES);
  return codes.length === 0 ? [0] : codes.map(Number);
}

/** The inputs that say together which cluster it is, and who signs in. */
type TargetInputs = {
  readonly cluster: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly clientId: string;
  readonly tenantId: string;
  readonly audience: string;
  readonly cloud: Cloud;
};

function targetOf(reader: InputReader, given: TargetInputs): Target {
  const { cloud } = given;
  return { cluster: clusterOf(reader, given), cloud, signIn: signInOf(reader, given) };
}

/** A resource ID says everything. With a name, the other two inputs are needed. */
function clusterOf(
  reader: InputReader,
  { cluster, resourceGroup, subscriptionId }: TargetInputs,
): ManagedCluster {
  const own = parseResourceId(cluster);
  if (own !== undefined) {
    refuseOther(reader, 'resource-group', resourceGroup, own.resourceGroup);
    refuseOther(reader, 'subscription-id', subscriptionId, own.subscriptionId);
    return own;
  }
  if (cluster !== '' && !cluster.includes('/')) {
    const name = reader.called('cluster');
    const required = `is required with a cluster name. Or set ${name} to the full ARM resource ID instead`;
    if (resourceGroup === '') reader.missing('resource-group', required);
    if (subscriptionId === '') reader.missing('subscription-id', required);
  }
  return { subscriptionId, resourceGroup, name: cluster };
}

/** Refuses a part of the cluster's ID that is given beside the ID, and differs from it. */
function refuseOther(reader: InputReader, name: string, given: string, own: string): void {
  if (given === '' || given.toLowerCase() === own.toLowerCase()) return;
  const [one, other] = [JSON.stringify(given), JSON.stringify(own)];
  const id = reader.called('cluster');
  reader.problem(
    name,
    `${one} contradicts the resource ID in ${id}, which has ${other}. Leave it out.`,
  );
}

function signInOf(
  reader: InputReader,
  { clientId, tenantId, audience, cloud }: TargetInputs,
): SignIn {
  if (clientId !== '' && tenantId === '') {
    reader.missing('tenant-id', `is required with ${reader.called('client-id')}`);
  }
  if (tenantId !== '' && clientId === '') {
    reader.missing('client-id', `is required with ${reader.called('tenant-id')}`);
  }
  if (clientId === '') return { kind: 'ambient' };
  return {
    kind: 'oidc',
    clientId,
    tenantId,
    audience: audience || defaultAudience(cloud),
  };
}

/** Inputs that describe a new command have no meaning for an earlier one. */
function refuseNewCommand(inputs: Inputs, reader: InputReader): void {
  const id = reader.called('command-id');
  const earlier = `cannot be used with ${id}, which waits for an earlier command`;
  if (inputs.command.trim() !== '') reader.misuse('command', earlier);
  if (inputs.namespace !== '') reader.misuse('namespace', earlier);
  if (inputs.files.patterns.length > 0) reader.misuse('files', earlier);
  if (inputs.env.length > 0) reader.misuse('env', earlier);
  if (!inputs.wait) {
    reader.misuse('wait', `cannot be false with ${id}, which waits for an earlier command`);
  }
  if (inputs.collect.length > 0) {
    const itself = 'the files of the earlier command come back by themselves';
    reader.misuse('collect', `cannot be used with ${id}: ${itself}`);
  }
  if (inputs.dryRun) reader.misuse('dry-run', `cannot be true with ${id}, which runs nothing`);
}

const CERTIFICATES =
  'NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate checks. Remove it. To trust your own certificate authority, set NODE_EXTRA_CA_CERTS to the path of its certificate.';

/**
 * Tokens and verdicts must not travel over a connection that proves nothing, or bypass the
 * requested proxy.
 */
function problemsWithConnection({ variable }: InputHost): string[] {
  const isUnchecked = variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0';
  const proxy = proxyProblem(variable);
  return [...(isUnchecked ? [CERTIFICATES] : []), ...(proxy === undefined ? [] : [proxy])];
}
