import { lines, GRANT, LOOK, PICK_UP, SMALLER } from './moves.ts';
import type { Details, Entries, Row, Text } from './row.ts';
import type { Answer } from '../../azure/answer.ts';
import type { ManagedCluster } from '../../azure/managed-cluster.ts';
import { NETWORK } from './network.ts';
import { COMMAND_RESULTS, READ_CLUSTER, RUN_COMMAND, type Context } from './context.ts';
import type { Values } from './paste.ts';
import { signsOf, wordsOf } from './service-words.ts';

const STOPPED: Text = {
  section: 'cluster-stopped',
  sentence: 'The cluster is stopped.',
  move: lines('Start it:', '$ az aks start --subscription {subscription} -g {group} -n {cluster}'),
};

const DISABLED: Text = {
  section: 'run-command-disabled',
  sentence: 'Run command is disabled on this cluster.',
  move: lines(
    'Someone disabled it on purpose. If they agree, enable it (Azure CLI 2.76 or later):',
    '$ az aks update --subscription {subscription} -g {group} -n {cluster} --enable-run-command',
  ),
};

export const FLEET_HUB: Text = {
  section: 'fleet-hub',
  sentence: 'The cluster is the hub of a Fleet Manager, and hubs have run command disabled.',
  move: 'Set {input:cluster} to a member cluster of the fleet.',
};

/** Fleet Manager names the group of its hub so. */
function isFleetHub(cluster: ManagedCluster | undefined): boolean {
  return cluster?.resourceGroup.startsWith('FL_') === true;
}

/** Permissions, names and limits in Azure Resource Manager. The first row that fits counts. */
export const ARM: readonly Row[] = [
  {
    section: 'authorization-failed',
    match: { service: 'arm', codes: ['AuthorizationFailed'] },
    sentence: 'The identity lacks the permission {action} on the cluster.',
    move: lines(
      'Azure says the same about a cluster that does not exist: check {input:cluster}, {input:resource-group}, and {input:subscription-id}.',
      GRANT,
    ),
  },
  {
    section: 'subscription-not-found',
    match: { service: 'arm', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
    sentence: 'The subscription {subscription} does not exist in this tenant, or the identity has no role in it.',
    move: lines(
      'Check {input:subscription-id} or the subscription in the resource ID, and {input:tenant-id}. Signed in as someone who can see the cluster:',
      '$ az account list --query {subscriptionsQuery} --output table',
      'If they are right, the identity needs a role:',
      GRANT,
    ),
  },
  {
    section: 'resource-group-not-found',
    match: { service: 'arm', codes: ['ResourceGroupNotFound'] },
    sentence: 'The subscription has no resource group {group}.',
    move: lines(
      'Check {input:resource-group} or the group in the resource ID. It is the group of the cluster, not of its nodes (MC_…). All clusters of the subscription and their groups:',
      '$ az aks list --subscription {subscription} --query {clustersQuery} --output table',
    ),
  },
  {
    section: 'cluster-not-found',
    match: { service: 'arm', codes: ['ResourceNotFound'], words: /managedClusters\/[^/']{1,100}'/i },
    sentence: 'The resource group {group} has no cluster {cluster}.',
    move: lines(
      'Check {input:cluster}, {input:resource-group}, and {input:subscription-id}. All clusters of the subscription and their groups:',
      '$ az aks list --subscription {subscription} --query {clustersQuery} --output table',
    ),
  },
  {
    section: 'wrong-tenant',
    match: { service: 'arm', codes: ['InvalidAuthenticationTokenTenant'] },
    sentence: "The identity and the cluster's subscription are in different tenants.",
    move: lines(
      'Check {input:tenant-id} or the tenant of {noun:login}. The tenant of the subscription:',
      '$ az account show --subscription {subscription} --query {tenantQuery}',
    ),
  },
  {
    section: 'token-rejected',
    match: { service: 'arm', status: 401 },
    sentence: 'Azure rejected the access token and a new one.',
    move: "Check {input:environment} (here {environmentName}) and {input:tenant-id}: they must be those of the cluster's subscription.",
  },
  {
    section: 'api-version-unknown',
    match: { service: 'arm', codes: ['NoRegisteredProviderFound'] },
    sentence: 'The cloud does not support version 2024-05-01 of the AKS API.',
    move: lines(
      'Check that {input:environment} (here {environmentName}) is the cloud of the cluster. The versions that a cloud serves:',
      `$ az provider show --namespace Microsoft.ContainerService --query "resourceTypes[?resourceType=='managedClusters'].apiVersions[]" --output tsv`,
      'If 2024-05-01 is not among them, please report it.',
    ),
  },
  {
    section: 'cluster-token-missing',
    match: { service: 'arm', codes: ['MissingAADClusterToken'] },
    sentence: "The cluster uses Entra and did not accept the identity's token.",
    move: lines(
      'Check that the identity belongs to the tenant that the cluster trusts:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query aadProfile',
    ),
  },
  {
    section: 'subscription-disabled',
    match: { service: 'arm', codes: ['ReadOnlyDisabledSubscription'] },
    sentence: 'The subscription {subscription} is disabled.',
    move: lines(
      'Its owner has to enable it again, often after a missed payment or a reached spending limit. To see its state:',
      '$ az account show --subscription {subscription} --query state',
    ),
  },
  {
    section: 'not-registered',
    match: { service: 'arm', codes: ['MissingSubscriptionRegistration'] },
    sentence: 'The subscription is not registered for Microsoft.ContainerService.',
    move: lines(
      'Check that it is the subscription of the cluster. To register it:',
      '$ az provider register --namespace Microsoft.ContainerService --subscription {subscription}',
    ),
  },
  {
    section: 'request-disallowed',
    match: { service: 'arm', codes: ['RequestDisallowedByPolicy'] },
    sentence: 'An Azure Policy does not allow the request.',
    move: 'The error above names the policy. Ask the owners of its assignment for an exemption of the cluster.',
  },
  {
    section: 'linked-authorization',
    match: { service: 'arm', codes: ['LinkedAuthorizationFailed'] },
    sentence: 'The identity lacks a permission on a resource that the cluster is linked to.',
    move: 'The error above names the permission and the linked resource. Grant it there.',
  },
  {
    section: 'no-control-plane',
    match: { service: 'arm', codes: ['ControlPlaneNotFound'] },
    sentence: 'The cluster has no control plane.',
    move: lines(
      'It is being created or deleted, or its creation failed. To see its state:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query provisioningState',
    ),
  },
  {
    section: 'locked',
    match: { service: 'arm', codes: ['ScopeLocked'] },
    sentence: 'A lock on the cluster, its resource group, or its subscription blocks run command.',
    move: lines(
      'A read-only lock blocks every request that is not a read. A delete lock does not. To list the locks:',
      '$ az lock list --subscription {subscription} --resource-group {group} --output table',
    ),
  },
  { ...DISABLED, match: { service: 'arm', words: /run.?command[^.]{0,40}\bdisabled\b/i } },
  { ...STOPPED, match: { service: 'arm', words: /\bcluster\b[^.]{0,80}\bstopped\b|PowerState=Stopped/i } },
  {
    section: 'cluster-failed',
    match: { service: 'arm', words: /\bfailed (?:provisioning )?state\b|provisioning ?state[^.]{0,60}\bfailed\b/i },
    sentence: 'The cluster is in a failed state.',
    move: lines(
      'Its last change failed. The activity log says why. This tries the last change again:',
      '$ az resource update --ids {clusterId}',
    ),
  },
  {
    section: 'aks-command-terminating',
    match: { service: 'arm', words: /because it is being terminated/i },
    sentence: 'The namespace aks-command is being deleted.',
    move: lines(
      'AKS creates it again once it is gone. To see what blocks it:',
      '$ kubectl get namespace aks-command --output yaml',
    ),
  },
  {
    section: 'limit-range',
    match: { service: 'arm', words: /(?:maximum|minimum) \w{1,40} usage per (?:Container|Pod) is/i },
    sentence: "A LimitRange of the namespace aks-command does not allow the command's pod.",
    move: lines(
      'The pod requests 200m CPU and 500Mi memory, with limits of 500m and 1Gi. Change the LimitRange, or remove it:',
      '$ kubectl get limitrange --namespace aks-command --output yaml',
    ),
  },
  {
    section: 'quota-exceeded',
    match: { service: 'arm', words: /exceeded quota/i },
    sentence: 'The quota of the namespace aks-command leaves no room for the pod.',
    move: lines(
      'The pod requests 200m CPU and 500Mi memory, with limits of 500m and 1Gi. Raise the quota or remove it:',
      '$ kubectl get resourcequota --namespace aks-command',
    ),
  },
  {
    section: 'policy-denied',
    match: { service: 'arm', words: /admission webhook .{0,300}denied the request/is },
    sentence: "A policy of the cluster blocked the command's pod.",
    move: lines(
      'Exempt the namespace aks-command. With Azure Policy, add it to the parameter excludedNamespaces of the assignment:',
      '$ az policy assignment list --scope {clusterId} --output table',
    ),
  },
  {
    section: 'pod-forbidden',
    match: { service: 'arm', words: /\bis forbidden\b/i },
    sentence: "The cluster does not allow the command's pod.",
    move: lines(
      'The error above names the rule, often a pod security level. Pods in the namespace aks-command must be allowed:',
      '$ kubectl get namespace aks-command --show-labels',
    ),
  },
  {
    section: 'conflict',
    match: { service: 'arm', status: 409 },
    sentence: 'Another operation is in progress on the cluster.',
    move: lines(
      'The cluster is being upgraded or changed. {Noun:rerun} when it is done. To see the state:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query provisioningState',
    ),
  },
  {
    section: 'request-too-large',
    match: { service: 'arm', status: 413 },
    sentence: 'The request is larger than Azure accepts.',
    move: lines('The files took {requestSize?} of it, compressed and in base64.', SMALLER, '{biggest?}'),
  },
  {
    section: 'throttled',
    match: { service: 'arm', status: 429 },
    sentence: 'Azure throttled the requests for longer than {noun:action} waits.',
    move: lines(
      'A subscription has 60 AKS requests per region, refilled at one per second, and everything in it shares them.',
      '[workflow] Run fewer jobs at once:',
      '[prompt] Run fewer commands at once.',
      '[workflow] | strategy:',
      '[workflow] |   max-parallel: 10',
    ),
  },
  ...NETWORK.filter(({ match }) => match.service === 'arm'),
  {
    section: 'arm-unreachable',
    match: { service: 'arm', status: 0 },
    sentence: 'Azure Resource Manager did not answer.',
    move: 'Check that {noun:runner} can reach the ARM endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
  },
];

/** What an answer says that leaves open whether the command runs. */
export const SUBMISSION: readonly Row[] = [
  {
    section: 'submission-torn',
    match: { service: 'submission', status: 0 },
    sentence: 'The connection broke before Azure answered.',
    move: LOOK,
  },
  {
    section: 'submission-webhook',
    match: { service: 'submission', words: /failed calling webhook "?(?<webhook>[\w.-]{1,253})/ },
    sentence: "The webhook {webhook} did not answer when Azure created the command's pod.",
    move: lines('Exempt the namespace aks-command from the webhook, with its namespaceSelector.', LOOK),
  },
  {
    section: 'submission-api-server',
    match: {
      service: 'submission',
      words: /etcdserver: request timed out|context deadline exceeded|i\/o timeout|handshake timeout|Client\.Timeout/,
    },
    sentence: "The cluster's API server did not answer Azure in time.",
    move: LOOK,
  },
];

export const ARM_FAILURES: Entries<
  | 'cluster-stopped'
  | 'run-command-disabled'
  | 'cluster-unreadable'
  | 'submission-refused'
  | 'submission-unclear'
  | 'result-missing'
  | 'result-forbidden'
> = {
  'cluster-stopped': STOPPED,
  'run-command-disabled': {
    ...DISABLED,
    read: (_failure, { cluster }) => (isFleetHub(cluster) ? { text: FLEET_HUB } : {}),
  },
  'cluster-unreadable': {
    section: 'cluster-unreadable',
    sentence: 'The cluster could not be read.',
    move: lines(
      '{Noun:rerun}. If it keeps failing, see what Azure says elsewhere:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster}',
    ),
    read: ({ answer }, context) => fromArm(answer, READ_CLUSTER, context),
  },
  'submission-refused': {
    section: 'submission-refused',
    sentence: 'Azure refused the command.',
    move: 'The error above is from Azure. Azure support will ask for the request IDs.',
    read: ({ answer }, context) => fromArm(answer, RUN_COMMAND, context),
  },
  'submission-unclear': {
    section: 'submission-unclear',
    sentence: 'Azure did not say whether it accepted the command.',
    move: LOOK,
    read: ({ answer }) => ({
      words: wordsOf(answer),
      signs: { service: 'submission', ...signsOf(answer) },
    }),
  },
  'result-missing': {
    section: 'result-missing',
    sentence: 'Azure has no result for the command.',
    move: lines(
      'Results are kept for a limited time. If {input:command-id} is set, check that {input:cluster} names the cluster where the command was submitted. A pod that never reached Running has no result either.',
      LOOK,
    ),
    read: ({ answer }, context) => fromArm(answer, COMMAND_RESULTS, context),
  },
  'result-forbidden': {
    section: 'result-forbidden',
    sentence: 'The identity can submit commands but not read their results: it lacks the permission {action}.',
    title: 'the identity can submit commands but not read their results',
    move: lines(GRANT, PICK_UP),
    read: ({ answer }, context) => withoutSigns(answer, COMMAND_RESULTS, context),
  },
};

/** An answer of ARM to a request that needs the permission `action`. */
function fromArm(answer: Answer, action: string, context: Context): Details {
  return { signs: { service: 'arm', ...signsOf(answer) }, ...withoutSigns(answer, action, context) };
}

function withoutSigns(answer: Answer, action: string, context: Context): Details {
  return { values: permissionValues(answer, action, context), words: wordsOf(answer) };
}

/** A right is offered to the identity that signed in: ARM's word for it counts only where nothing else names it. */
function permissionValues(answer: Answer, action: string, { signIn }: Context): Values {
  const { text } = signsOf(answer);
  const denied = /perform action '([\w./]{1,200})'/.exec(text)?.[1] ?? action;
  const objectId = /with object id '([0-9a-f-]{36})'/i.exec(text)?.[1];
  return { action: denied, ...(signIn?.kind !== 'oidc' && objectId !== undefined && { principal: objectId }) };
}
