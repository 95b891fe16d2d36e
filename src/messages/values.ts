import { CLOUD_NAMES, PUBLIC_CLOUD, METADATA_PATH, type Cloud } from '../azure/cloud.ts';
import type { CommandId } from '../azure/command-result.ts';
import { resourceId, type ManagedCluster } from '../azure/managed-cluster.ts';
import type { Application } from '../azure/port.ts';
import { WORKFLOW, type Words } from '../hosts/words.ts';
import type { PackedTask } from '../pod/submission.ts';
import { formatBytes, type FileSize } from '../text/bytes.ts';
import { formatDuration } from '../text/duration.ts';
import { list, say, type Text } from '../text/say.ts';
import { mayRun, type State, type Verdict } from '../verdict.ts';
import type { Block } from './message.ts';
import { json, listing, pasteInputs, sh } from './paste.ts';
import type { Values } from './writer.ts';

/** What is known about a run when a failure is explained. Names in capitals stand for what is not. */
export type Situation = {
  /** Absent if the step waited for an earlier command. */
  readonly command?: string | undefined;
  /** The input `namespace`. */
  readonly namespace?: string | undefined;
  /** The names of the variables in the input `env`. */
  readonly variables?: readonly string[] | undefined;
  /** The input `timeout`, in seconds. */
  readonly timeout?: number | undefined;
  readonly packed?: Pick<PackedTask, 'files' | 'zipBytes'> | undefined;
  readonly words: Words;
  readonly cluster: ManagedCluster;
  readonly cloud: Cloud;
  /** Absent if an existing session is used. */
  readonly application?: Application | undefined;
  /** Who started the workflow, if GitHub grants their runs less. */
  readonly startedBy?: 'fork' | 'dependabot' | undefined;
  readonly jobId?: string | undefined;
  /** The address at which to report a bug in the action. */
  readonly issues?: string | undefined;
  readonly commandId?: CommandId | undefined;
  /** What happened to the command. */
  readonly state?: State | undefined;
  /** As in the verdict. */
  readonly started?: Verdict['started'];
  readonly exitCode?: number | undefined;
  /** Whether the step has saved what is to be stopped. */
  readonly isStateSaved?: boolean | undefined;
  /** Whether nothing in the output looks like an error. */
  readonly showsNoError?: boolean | undefined;
  /** What the command wrote, if its errors are looked up. Untrusted text. */
  readonly output?: string | undefined;
  /** Whether the command may have waited for something to be deleted. */
  readonly deletes?: boolean | undefined;
};

/** What is known before the inputs are read. */
export const NOTHING_KNOWN: Situation = {
  words: WORKFLOW,
  cluster: { subscriptionId: 'SUBSCRIPTION', resourceGroup: 'GROUP', name: 'CLUSTER' },
  cloud: PUBLIC_CLOUD,
};

/** The permissions that run command needs, as ARM names them. */
export const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
export const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
/** Optional: it only tells earlier what is wrong with the cluster. */
export const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';

/** The pods of a cluster, in permissions inside it. */
const PODS = 'Microsoft.ContainerService/managedClusters/pods';

/** Whole seconds, as the inputs that are durations take them. */
export function durationInput(seconds: number): string {
  return formatDuration(seconds).plain.replaceAll(' ', '');
}

/** The biggest files, which are the ones to look at first. */
export function biggestFiles(files: readonly FileSize[]): readonly Block[] | undefined {
  if (files.length === 0) return undefined;
  return [
    listing(files.map(({ path, bytes }) => `${formatBytes(bytes).plain.padStart(8)}  ${path}`)),
  ];
}

/** What placeholders and conditions mean, whatever the message. */
export function valuesOf(situation: Situation): Values {
  const { words, state, commandId, exitCode, packed, timeout } = situation;
  return {
    workflow: words.isStep,
    prompt: !words.isStep,
    step: words.step,
    action: words.action,
    runner: words.runner,
    workspace: words.workspace,
    rerun: words.rerun,
    debug: words.debug,
    job: words.job,
    issues: situation.issues,
    login: words.login,
    inputs: words.isStep ? say`inputs` : say`options`,
    wholeOutput: words.isStep ? 'output-file' : 'stdout',
    exclusion: exclusion(words),

    ...clusterValues(situation),
    ...signInValues(situation),

    commandId,
    commandIdHere: commandId,
    earlier: situation.command === undefined,
    timeout: timeout === undefined ? undefined : durationInput(timeout),
    exitCode,
    exitedWithZero: exitCode === 0,
    started: situation.started === 'command',
    running: state === 'running',
    notStarted: state === 'not-started',
    unclear: state === 'unknown',
    submitted: mayRun(state),
    ...podValues(situation),
    namespace: situation.namespace ?? 'NAMESPACE',
    nothingSent: packed?.files.length === 0,
  };
}

/** How to exclude files: the middle of a sentence. */
function exclusion({ input, isStep }: Words): Text {
  return isStep
    ? say`a line in ${input('files')} that begins with ${'!'}`
    : say`${"--files '!PATTERN'"}`;
}

function clusterValues({ cluster, cloud }: Situation): Values {
  const { subscriptionId, resourceGroup, name } = cluster;
  return {
    subscription: subscriptionId,
    resourceGroup,
    cluster: name,
    clusterId: resourceId(cluster),
    onCluster: sh`--subscription ${subscriptionId} -g ${resourceGroup} -n ${name}`,
    cloud: cloud.name,
    cloudAudience: cloud.audience,
    clouds: list(CLOUD_NAMES),
    metadataUrl: cloud.resourceManager + METADATA_PATH,
  };
}

function signInValues({ application, cloud, cluster, words }: Situation): Values {
  const clientId = application?.clientId ?? 'CLIENT_ID';
  // The same sign-in to the same cluster, without inputs that have their defaults.
  const own = {
    ownClientId: application?.clientId,
    ownTenantId: application?.tenantId,
    ownAudience: application?.audience === cloud.audience ? undefined : application?.audience,
    ownCloud: cloud.name === PUBLIC_CLOUD.name ? undefined : cloud.name,
  };
  const inputs = {
    cluster: cluster.name,
    'resource-group': cluster.resourceGroup,
    'subscription-id': cluster.subscriptionId,
    'client-id': own.ownClientId,
    'tenant-id': own.ownTenantId,
    audience: own.ownAudience,
    environment: own.ownCloud,
  };
  return {
    ...own,
    runHere: { ...pasteInputs(inputs, words), kind: 'sh' },
    clientId,
    tenantId: application?.tenantId ?? 'TENANT_ID',
    principal: clientId,
    identityQuery: `[?clientId=='${clientId}'].{name:name, resourceGroup:resourceGroup}`,
    role: json({
      Name: 'AKS Run Command',
      Description: 'Run commands in AKS clusters and read their results',
      Actions: [READ_CLUSTER, RUN_COMMAND, COMMAND_RESULTS],
      AssignableScopes: [`/subscriptions/${cluster.subscriptionId}`],
    }),
    stopRole: json({
      Name: 'AKS Run Command Stop',
      Description: 'Enter the pods of commands in AKS clusters, and stop the commands',
      DataActions: [`${PODS}/read`, `${PODS}/exec/action`],
      AssignableScopes: [`/subscriptions/${cluster.subscriptionId}`],
    }),
  };
}

const IN_AKS_COMMAND = '--namespace aks-command';

function podValues({ commandId }: Situation): Values {
  const pod = podOf(commandId);
  return {
    pod,
    findPod: findPod(commandId),
    deletePod: `kubectl delete pod ${pod} ${IN_AKS_COMMAND}`,
  };
}

function podOf(commandId: CommandId | undefined): string {
  return commandId === undefined ? 'POD' : `command-${commandId}`;
}

/**
 * How to find the pod of a command. Without an ID, only the hash of its submission's boundary
 * identifies it, which is in the pod's specification.
 */
export function findPod(commandId: CommandId | undefined, hash = 'HASH'): string {
  if (commandId !== undefined) return `kubectl get pod ${podOf(commandId)} ${IN_AKS_COMMAND}`;

  // The brackets keep the search from finding its own pod.
  const isIt = `tostring | test("[${hash.charAt(0)}]${hash.slice(1)}")`;
  const filter = `.items[] | select(${isIt}) | .metadata.name, .status.phase`;
  return `kubectl get pods ${IN_AKS_COMMAND} --output json | jq -r '${filter}'`;
}
