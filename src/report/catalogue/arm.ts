import { lines, GRANT, LOOK, PICK_UP, SMALLER } from './moves.ts';
import type { Details, Entries, Row, Text } from './row.ts';
import type { Answer } from '../../azure/answer.ts';
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
    'Enable it, if those who disabled it agree (with Azure CLI 2.76 or later):',
    '$ az aks update --subscription {subscription} -g {group} -n {cluster} --enable-run-command',
  ),
};

/** Permissions, names and limits in Azure Resource Manager. The first row that fits counts. */
export const ARM: readonly Row[] = [
  {
    section: 'authorization-failed',
    match: { service: 'arm', codes: ['AuthorizationFailed'] },
    sentence: 'The login lacks the right {action} on the cluster.',
    move: lines(
      'ARM says so of a cluster that does not exist, too: check {input:cluster}, {input:resource-group} and {input:subscription-id}.',
      GRANT,
    ),
  },
  {
    section: 'subscription-not-found',
    match: { service: 'arm', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
    sentence: 'The subscription {subscription} does not exist in this tenant, or the login has no role in it.',
    move: lines(
      'Check {input:subscription-id}, or the subscription in the resource ID, and {input:tenant-id}. As somebody who sees the cluster:',
      '$ az account list --query {subscriptionsQuery} --output table',
      'If they are right, the login needs a role:',
      GRANT,
    ),
  },
  {
    section: 'resource-group-not-found',
    match: { service: 'arm', codes: ['ResourceGroupNotFound'] },
    sentence: 'The subscription has no resource group {group}.',
    move: lines(
      'Check {input:resource-group}, or the group in the resource ID; it is the group of the cluster, not that of its nodes (MC_…). Where each cluster of the subscription stands:',
      '$ az aks list --subscription {subscription} --query {clustersQuery} --output table',
    ),
  },
  {
    section: 'cluster-not-found',
    match: { service: 'arm', codes: ['ResourceNotFound'], words: /managedClusters\/[^/']{1,100}'/i },
    sentence: 'The resource group {group} has no cluster {cluster}.',
    move: lines(
      'Check {input:cluster}, {input:resource-group} and {input:subscription-id}. Where each cluster of the subscription stands:',
      '$ az aks list --subscription {subscription} --query {clustersQuery} --output table',
    ),
  },
  {
    section: 'wrong-tenant',
    match: { service: 'arm', codes: ['InvalidAuthenticationTokenTenant'] },
    sentence: "The login is of another tenant than the cluster's subscription.",
    move: lines(
      'Check {input:tenant-id}, or the tenant of {noun:login}. The tenant of the subscription:',
      '$ az account show --subscription {subscription} --query {tenantQuery}',
    ),
  },
  {
    section: 'token-rejected',
    match: { service: 'arm', status: 401 },
    sentence: 'ARM does not accept the access token, nor a fresh one.',
    move: 'Check that {input:environment} (here {environmentName}) and {input:tenant-id} belong to the subscription of the cluster.',
  },
  {
    section: 'api-version-unknown',
    match: { service: 'arm', codes: ['NoRegisteredProviderFound'] },
    sentence: 'The cloud does not support the API version 2024-05-01 of AKS.',
    move: lines(
      'Check that {input:environment} (here {environmentName}) is the cloud of the cluster. The versions that a cloud serves:',
      `$ az provider show --namespace Microsoft.ContainerService --query "resourceTypes[?resourceType=='managedClusters'].apiVersions[]" --output tsv`,
      'If 2024-05-01 is not among them, please report it.',
    ),
  },
  {
    section: 'cluster-token-missing',
    match: { service: 'arm', codes: ['MissingAADClusterToken'] },
    sentence: 'The cluster has Entra enabled and did not take the cluster token of the login.',
    move: lines(
      'Check that the login is of the tenant that the cluster trusts:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query aadProfile',
    ),
  },
  {
    section: 'locked',
    match: { service: 'arm', codes: ['ScopeLocked'] },
    sentence: 'A lock on the cluster, its resource group or its subscription forbids run command.',
    move: lines(
      'A read-only lock forbids every request but reading. Which locks there are:',
      '$ az lock list --subscription {subscription} --resource-group {group} --output table',
    ),
  },
  { ...DISABLED, match: { service: 'arm', words: /run.?command[^.]{0,40}\bdisabled\b/i } },
  { ...STOPPED, match: { service: 'arm', words: /\bcluster\b[^.]{0,80}\bstopped\b/i } },
  {
    section: 'quota-exceeded',
    match: { service: 'arm', words: /exceeded quota/i },
    sentence: 'A quota of the namespace aks-command leaves no room for the pod.',
    move: lines(
      'The pod asks for 200m CPU and 500Mi memory, and may use 500m and 1Gi. Raise the quota, or remove it:',
      '$ kubectl get resourcequota -n aks-command',
    ),
  },
  {
    section: 'policy-denied',
    match: { service: 'arm', words: /admission webhook/i },
    sentence: 'A policy of the cluster denied the pod that was to run the command.',
    move: lines(
      'Exempt the namespace aks-command from it. With Azure Policy it belongs in the parameter excludedNamespaces of the assignment:',
      '$ az policy assignment list --scope {clusterId} --output table',
    ),
  },
  {
    section: 'pod-forbidden',
    match: { service: 'arm', words: /\bis forbidden\b/i },
    sentence: 'The cluster forbids the pod that was to run the command.',
    move: lines(
      "The words above name the rule: a pod security level, or a right that run command's own account lacks. Pods in the namespace aks-command must be allowed:",
      '$ kubectl get namespace aks-command --show-labels',
    ),
  },
  {
    section: 'conflict',
    match: { service: 'arm', status: 409 },
    sentence: 'Another operation holds the cluster.',
    move: lines(
      'An upgrade or a change of the cluster is at work. {Noun:rerun} when it is over:',
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
      'AKS shares 60 requests, and one more a second, among all that the subscription runs in a region.',
      '[workflow] Run fewer jobs at once:',
      '[prompt] Run fewer commands at once.',
      '[workflow] | strategy:',
      '[workflow] |   max-parallel: 10',
    ),
  },
  {
    section: 'arm-unreachable',
    match: { service: 'arm', status: 0 },
    sentence: 'ARM did not answer.',
    move: 'Check that {noun:runner} reaches the ARM endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
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
  'run-command-disabled': DISABLED,
  'cluster-unreadable': {
    section: 'cluster-unreadable',
    sentence: 'The cluster could not be read.',
    move: lines(
      '{Noun:rerun}. If it stays so, compare with what Azure says elsewhere:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster}',
    ),
    read: ({ answer }, context) => fromArm(answer, READ_CLUSTER, context),
  },
  'submission-refused': {
    section: 'submission-refused',
    sentence: 'ARM refused the command.',
    move: 'The words above are those of the service; its support asks for the request ids.',
    read: ({ answer }, context) => fromArm(answer, RUN_COMMAND, context),
  },
  'submission-unclear': {
    section: 'submission-unclear',
    sentence: 'The answer to the submission does not tell whether Azure took the command.',
    move: LOOK,
    read: ({ answer }) => ({ words: wordsOf(answer) }),
  },
  'result-missing': {
    section: 'result-missing',
    sentence: 'Azure does not know the result of the command.',
    move: lines(
      'Results are kept for a limited time, and belong to one cluster: with {input:command-id}, check that {input:cluster} is the one it was submitted to. A pod that never reached Running has no result either.',
      LOOK,
    ),
    read: ({ answer }, context) => fromArm(answer, COMMAND_RESULTS, context),
  },
  'result-forbidden': {
    section: 'result-forbidden',
    sentence: 'The login may submit commands and not read their results: it lacks the right {action} on the cluster.',
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
