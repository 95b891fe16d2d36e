import { PUBLIC_CLOUD } from '../../azure/cloud.ts';
import { resourceId, type ManagedCluster } from '../../azure/managed-cluster.ts';
import type { FileSize } from '../../failure.ts';
import { formatBytes } from '../../text/bytes.ts';
import { say, type Text } from '../../text/say.ts';
import type { Block, Remedy } from '../message.ts';
import { listing, sh, type Paste, type PastedValue } from '../paste.ts';
import type { Known } from './known.ts';

// Remedies that messages about several stages share.

/** The identity that needs a permission: the client ID, or the object ID that ARM names. */
export function principalOf({ application, objectId }: Known): string {
  return application?.clientId ?? objectId ?? 'CLIENT_ID';
}

/** The options of `az aks` that name the cluster. */
export function onCluster({ subscriptionId, resourceGroup, name }: ManagedCluster): Paste {
  return sh`--subscription ${subscriptionId} -g ${resourceGroup} -n ${name}`;
}

/** Runs a command in the cluster, for people who cannot reach its API server. */
function inCluster(known: Known, command: string): Paste {
  const { cluster, inputs, isStep } = known;
  return isStep
    ? sh`az aks command invoke ${onCluster(cluster)} --command ${command}`
    : inputs({ ...signIn(known), command });
}

const LIST_PODS = 'kubectl get pods --namespace aks-command';

/** How to find out whether the command ran. */
export function checkWhetherItRan(known: Known): Remedy {
  const { cluster, commandId } = known;
  return [
    say`
      Before you run it again, check whether it ran, in the pods of run command and in the activity
      log of the cluster:
    `,
    inCluster(known, LIST_PODS),
    sh`az monitor activity-log list --resource-id ${resourceId(cluster)} --offset 1h --output table`,
    commandId !== undefined && say`To see the result of command ${commandId}, if there is one:`,
    commandId !== undefined && showResult(known),
  ];
}

/** How to end a command that may be running. */
export function stopCommand(known: Known): Remedy {
  const { commandId } = known;
  const search = commandId === undefined ? podSearch(known) : undefined;
  if (commandId === undefined && search === undefined) return [];

  const pod = commandId === undefined ? 'POD' : `command-${commandId}`;
  return [
    search && say`To find the pod of this command, if there is one:`,
    search,
    say`To stop the command, delete its pod:`,
    inCluster(known, `kubectl delete pod ${pod} --namespace aks-command`),
    say`
      On a cluster with Entra, this needs the permission to delete pods in ${'aks-command'}. AKS
      Automatic refuses it to everyone.
    `,
  ];
}

/**
 * Shows the pod of a command without an ID. The command line in its specification has the ID of the
 * workflow run, which the jobs of a matrix share, and the hash of the submission's boundary.
 */
function podSearch(known: Known): Paste | undefined {
  const run = known.runId && `GITHUB_RUN_ID=${known.runId}`;
  const signs = [run, known.hash].filter((sign) => sign !== undefined);
  if (signs.length === 0) return undefined;

  // The brackets keep the search from finding its own pod.
  const tests = signs.map((sign) => `test("[${sign.charAt(0)}]${sign.slice(1)}")`).join(' and ');
  const filter = `.items[] | select(tostring | ${tests}) | .metadata.name`;
  return inCluster(known, `${LIST_PODS} --output json | jq -r '${filter}'`);
}

/** How to read the result later. */
export function seeResult(known: Known): Remedy {
  return [say`To see its result once it has ended:`, showResult(known)];
}

function showResult({ cluster, commandId }: Known): Paste {
  const id = commandId ?? 'COMMAND_ID';
  return sh`az aks command result ${onCluster(cluster)} --command-id ${id}`;
}

/** How to read the result later, and how to wait for the command with this action. */
export function waitForItLater(known: Known): Remedy {
  const { input, isStep } = known;
  return [
    ...seeResult(known),
    isStep
      ? say`
          To wait for it in another run, set these inputs instead of ${input('command')},
          ${input('files')}, and ${input('env')}:
        `
      : say`To wait for it again:`,
    inputsToWait(known),
  ];
}

/** The inputs that wait for the command. */
export function inputsToWait(
  known: Known,
  id: PastedValue = known.commandId ?? 'COMMAND_ID',
): Paste {
  return known.inputs({ ...signIn(known), 'command-id': id });
}

/** The same sign-in to the same cluster, without inputs that have their defaults. */
function signIn({ application, cloud, cluster }: Known) {
  return {
    cluster: cluster.name,
    'resource-group': cluster.resourceGroup,
    'subscription-id': cluster.subscriptionId,
    'client-id': application?.clientId,
    'tenant-id': application?.tenantId,
    audience: application?.audience === cloud.audience ? undefined : application?.audience,
    environment: cloud.name === PUBLIC_CLOUD.name ? undefined : cloud.name,
  };
}

/** How to exclude files: the middle of a sentence. */
export function exclusion({ input, isStep }: Known): Text {
  return isStep
    ? say`a line of ${input('files')} that begins with ${'!'}`
    : say`${"--files '!PATTERN'"}`;
}

/** How to send less. */
export function sendLess(known: Known, files: readonly FileSize[]): Remedy {
  return [
    say`
      Send less. Exclude files that the command does not need, each with ${exclusion(known)}, such
      as ${'!manifests/**/*.tgz'}.
    `,
    say`
      Or split the work into several commands, render the manifests first (${'helm template'},
      ${'kubectl kustomize'}), push charts to an OCI registry that the cluster reaches, or have a
      Kubernetes Job fetch large files.
    `,
    ...listBiggest(files),
  ];
}

/** The biggest files, which are the ones to look at first. */
function listBiggest(files: readonly FileSize[]): readonly Block[] {
  if (files.length === 0) return [];
  const lines = files.map(({ path, bytes }) => `${formatBytes(bytes).padStart(8)}  ${path}`);
  return [say`The biggest files:`, listing(lines)];
}
