import { PUBLIC_CLOUD } from '../../azure/cloud.ts';
import { resourceId, type ManagedCluster } from '../../azure/managed-cluster.ts';
import type { FileSize } from '../../failure.ts';
import { formatBytes } from '../../text/bytes.ts';
import {
  code,
  json,
  listing,
  say,
  sh,
  type Paste,
  type PastedValue,
  type Prose,
  type Remedy,
} from '../message.ts';
import type { Known } from './known.ts';

// Remedies that messages about several services share.

/** The permissions that run command needs, as ARM names them. */
export const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
export const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
export const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';

/**
 * How to let the identity run commands and read their results. The command may be running, so this
 * does not suggest running it again.
 */
export function grant(known: Known): Remedy {
  const { cluster } = known;
  const role = json({
    Name: 'AKS Run Command',
    Description: 'Run commands in AKS clusters and read their results',
    Actions: [READ_CLUSTER, RUN_COMMAND, COMMAND_RESULTS],
    AssignableScopes: [`/subscriptions/${cluster.subscriptionId}`],
  });
  return [
    say`
      No built-in role grants only run command. Create a role with the three permissions that it
      needs, and assign it on this cluster:
    `,
    sh`az role definition create --role-definition ${role}`,
    sh`az role assignment create --assignee ${principalOf(known)} --role 'AKS Run Command' --scope ${resourceId(cluster)}`,
    say`
      A role that was granted a moment ago can take up to ten minutes to apply. A role from PIM must
      be active, not just eligible.
    `,
  ];
}

/** The identity that needs a permission: the client ID, or the object ID that ARM names. */
export function principalOf({ application, objectId }: Known): string {
  return application?.clientId ?? objectId ?? 'PRINCIPAL';
}

/** The options of `az aks` that name the cluster. */
export function onCluster({ subscriptionId, resourceGroup, name }: ManagedCluster): Paste {
  return sh`--subscription ${subscriptionId} -g ${resourceGroup} -n ${name}`;
}

/** How to find out whether the command ran. */
export function checkWhetherItRan(known: Known): Remedy {
  const { cluster, commandId } = known;
  return [
    say`
      Before you run it again, check whether it ran, in the pods of run command and in the activity
      log of the cluster:
    `,
    sh`az aks command invoke ${onCluster(cluster)} --command 'kubectl get pods --namespace aks-command'`,
    sh`az monitor activity-log list --resource-id ${resourceId(cluster)} --offset 1h --output table`,
    commandId !== undefined && say`To see the result of command ${commandId}, if there is one:`,
    commandId !== undefined && showResult(known),
  ];
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
  const { input, place } = known;
  return [
    ...seeResult(known),
    place === 'workflow'
      ? say`
          To wait for it in another run, set these inputs instead of ${input('command')},
          ${input('files')}, and ${input('env')}:
        `
      : say`To wait for it again:`,
    inputsToWait(known),
  ];
}

/**
 * The inputs that wait for the command, with the same sign-in to the same cluster, except those
 * that have their defaults.
 */
export function inputsToWait(
  { application, cloud, cluster, commandId, inputs }: Known,
  id: PastedValue = commandId ?? 'COMMAND_ID',
): Paste {
  return inputs({
    cluster: resourceId(cluster),
    'command-id': id,
    'client-id': application?.clientId,
    'tenant-id': application?.tenantId,
    audience: application?.audience === cloud.audience ? undefined : application?.audience,
    environment: cloud.name === PUBLIC_CLOUD.name ? undefined : cloud.name,
  });
}

/** How to exclude files: the middle of a sentence. */
export function exclusion({ input, place }: Known): Prose {
  return place === 'workflow'
    ? say`a line of ${input('files')} that begins with ${code('!')}`
    : say`${code("--files '!PATTERN'")}`;
}

/** How to send less. */
export function sendLess(known: Known, files: readonly FileSize[]): Remedy {
  return [
    say`
      Send less. Exclude files that the command does not need, each with ${exclusion(known)}, such
      as ${code('!manifests/**/*.tgz')}.
    `,
    say`
      Or split the work into several commands, render the manifests first (${code('helm template')},
      ${code('kubectl kustomize')}), push charts to an OCI registry that the cluster reaches, or
      have a Kubernetes Job fetch large files.
    `,
    ...listBiggest(files),
  ];
}

/** The biggest files, which are the ones to look at first. */
function listBiggest(files: readonly FileSize[]): Remedy {
  if (files.length === 0) return [];
  const lines = files.map(({ path, bytes }) => `${formatBytes(bytes).padStart(8)}  ${path}`);
  return [say`The biggest files:`, listing(lines)];
}
