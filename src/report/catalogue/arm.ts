import { describeAnswer, requestIds, serviceError, type Answer } from '../../azure/answer.ts';
import { COMMAND_RESULTS, READ_CLUSTER, RUN_COMMAND, type Context } from './context.ts';
import {
  GRANT,
  LOOK,
  PICK_UP,
  SMALLER,
  lines,
  rowsOf,
  text,
  type Entries,
  type Row,
  type Signs,
} from './row.ts';

const STOPPED = text('cluster-stopped', [
  'The cluster is stopped.',
  'Start it:',
  '$ az aks start --subscription {subscription} -g {group} -n {cluster}',
]);

const DISABLED = text('run-command-disabled', [
  'Run command is disabled on this cluster.',
  'It was probably turned off on purpose. If its owners agree, enable it (Azure CLI 2.76 or later):',
  '$ az aks update --subscription {subscription} -g {group} -n {cluster} --enable-run-command',
]);

/** A Fleet Manager puts its hub into a resource group whose name begins with `FL_`. */
export const FLEET_HUB = text('fleet-hub', [
  'The cluster is the hub of a Fleet Manager, and hubs have run command disabled.',
  'Set {input:cluster} to a member cluster of the fleet.',
]);

const SHOW_STATE =
  '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query provisioningState';
const LIST_CLUSTERS =
  "$ az aks list --subscription {subscription} --query '[].{cluster:name, resourceGroup:resourceGroup}' --output table";

const arm = rowsOf('arm');

/** Permissions, names, and limits in Azure Resource Manager. The first row that fits wins. */
export const ARM: readonly Row[] = [
  arm('authorization-failed', { codes: ['AuthorizationFailed'] }, [
    'The identity lacks the permission {action} on the cluster.',
    'Azure says the same about a cluster that does not exist: check {input:cluster}, {input:resource-group}, and {input:subscription-id}.',
    GRANT,
  ]),
  arm('subscription-not-found', { codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] }, [
    'The subscription {subscription} does not exist in this tenant, or the identity has no role in it.',
    'Check {input:subscription-id} or the subscription in the resource ID, and {input:tenant-id}. Signed in as someone who can see the cluster:',
    "$ az account list --query '[].{name:name, subscriptionId:id, tenantId:tenantId}' --output table",
    'If they are right, the identity needs a role.',
    GRANT,
  ]),
  arm('resource-group-not-found', { codes: ['ResourceGroupNotFound'] }, [
    'The subscription has no resource group {group}.',
    'Check {input:resource-group} or the group in the resource ID. It is the group of the cluster, not of its nodes (MC_…). All clusters of the subscription and their groups:',
    LIST_CLUSTERS,
  ]),
  arm(
    'cluster-not-found',
    { codes: ['ResourceNotFound'], words: /managedClusters\/[^/']{1,100}'/i },
    [
      'The resource group {group} has no cluster {cluster}.',
      'Check {input:cluster}, {input:resource-group}, and {input:subscription-id}. All clusters of the subscription and their groups:',
      LIST_CLUSTERS,
    ],
  ),
  arm('token-rejected', { status: 401 }, [
    'Azure rejected the access token and a new one.',
    "Check {input:environment} (here {environmentName}) and {input:tenant-id}, or the tenant of {noun:login}: they must be those of the cluster's subscription. Its tenant:",
    '$ az account show --subscription {subscription} --query tenantId',
  ]),
  arm('cluster-token-missing', { codes: ['MissingAADClusterToken'] }, [
    "The cluster uses Entra and did not accept the identity's token.",
    'Check that the identity belongs to the tenant that the cluster trusts:',
    '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query aadProfile',
  ]),
  arm('subscription-disabled', { codes: ['ReadOnlyDisabledSubscription'] }, [
    'The subscription {subscription} is disabled.',
    'Its owner has to enable it again, often after a missed payment or a reached spending limit. To see its state:',
    '$ az account show --subscription {subscription} --query state',
  ]),
  arm('not-registered', { codes: ['MissingSubscriptionRegistration'] }, [
    'The subscription is not registered for Microsoft.ContainerService.',
    'Check that it is the subscription of the cluster. To register it:',
    '$ az provider register --namespace Microsoft.ContainerService --subscription {subscription}',
  ]),
  arm('request-disallowed', { codes: ['RequestDisallowedByPolicy'] }, [
    'An Azure Policy does not allow the request.',
    'The error above names the policy. Ask the owners of its assignment for an exemption of the cluster.',
  ]),
  arm('linked-authorization', { codes: ['LinkedAuthorizationFailed'] }, [
    'The identity lacks a permission on a resource that the cluster is linked to.',
    'The error above names the permission and the linked resource. Grant it there.',
  ]),
  arm('no-control-plane', { codes: ['ControlPlaneNotFound'] }, [
    'The cluster has no control plane.',
    'It is being created or deleted, or its creation failed. To see its state:',
    SHOW_STATE,
  ]),
  arm('locked', { codes: ['ScopeLocked'] }, [
    'A lock on the cluster, its resource group, or its subscription blocks run command.',
    'A read-only lock blocks every request that is not a read. A delete lock does not. To list the locks:',
    '$ az lock list --subscription {subscription} --resource-group {group} --output table',
  ]),
  { ...DISABLED, service: 'arm', words: /run.?command[^.]{0,40}\bdisabled\b/i },
  {
    ...STOPPED,
    service: 'arm',
    words: /\bPowerState\W{1,3}Stopped\b|\bcluster\b[^.]{0,80}\bstopped\b/i,
  },
  arm(
    'cluster-failed',
    { words: /\bfailed (?:provisioning )?state\b|provisioning ?state[^.]{0,60}\bfailed\b/i },
    [
      'The cluster is in a failed state.',
      'Its last change failed. The activity log says why. This tries the last change again:',
      '$ az resource update --ids {clusterId}',
    ],
  ),
  arm('aks-command-terminating', { words: /because it is being terminated/i }, [
    'The namespace aks-command is being deleted.',
    'AKS creates it again once it is gone. To see what blocks it:',
    '$ kubectl get namespace aks-command --output yaml',
  ]),
  arm('policy-denied', { words: /admission webhook .{0,300}denied the request/is }, [
    "A policy of the cluster blocked the command's pod.",
    'Exempt the namespace aks-command. With Azure Policy, add it to the parameter excludedNamespaces of the assignment:',
    '$ az policy assignment list --scope {clusterId} --output table',
  ]),
  arm('pod-forbidden', { words: /\bis forbidden\b|exceeded quota/i }, [
    "The cluster does not allow the command's pod.",
    'The error above names the rule: a quota, a LimitRange, or a pod security level of the namespace aks-command. The pod requests 200m CPU and 500Mi memory, with limits of 500m and 1Gi. To see the rules:',
    '$ kubectl get resourcequota,limitrange --namespace aks-command',
    '$ kubectl get namespace aks-command --show-labels',
  ]),
  arm('conflict', { status: 409 }, [
    'Another operation is in progress on the cluster.',
    'The cluster is being upgraded or changed. {Noun:rerun} when it is done. To see the state:',
    SHOW_STATE,
  ]),
  arm('request-too-large', { status: 413 }, [
    'The request is larger than Azure accepts.',
    'The files took {requestSize?} of it, compressed and in base64.',
    SMALLER,
  ]),
  arm('throttled', { status: 429 }, [
    'Azure throttled the requests for longer than {noun:action} waits.',
    'Most AKS requests have a limit of 60 for each subscription and region, refilled at one per second. Microsoft does not say whether run command is among them. Everything in the subscription shares the limit.',
    '[workflow] Run fewer jobs at once, for example with max-parallel: 10 below strategy.',
    '[prompt] Run fewer commands at once.',
  ]),
  arm('arm-unreachable', { status: 0 }, [
    'Azure Resource Manager did not answer.',
    'Check that {noun:runner} can reach the ARM endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then {noun:rerun}.',
  ]),
];

const onTheWay = rowsOf();

/** What can come between the runner and a service that did not answer. The first row that fits wins. */
export const NETWORK: readonly Row[] = [
  onTheWay('untrusted-certificate', { status: 0, words: /\bcertificate\b|altnames/i }, [
    '{Noun:runner} does not trust the TLS certificate of the service.',
    'Something between {noun:runner} and Azure, such as a corporate proxy, may replace certificates. Set NODE_EXTRA_CA_CERTS to a file with its CA certificate, in PEM, on {noun:runner}.',
  ]),
  onTheWay('proxy-sign-in', { status: 0, words: /the proxy (?<proxy>\S{1,300}) answered 407/ }, [
    'The proxy {proxy} requires a sign-in.',
    'Put the user name and the password in HTTPS_PROXY on {noun:runner}: http://USER:PASSWORD@HOST:PORT.',
  ]),
  onTheWay(
    'proxy-refused',
    { status: 0, words: /the proxy (?<proxy>\S{1,300}) (?:answered|refused)/ },
    [
      'The proxy {proxy} refused the connection.',
      'Check HTTPS_PROXY and NO_PROXY on {noun:runner}, and that the proxy is running and allows the sign-in and ARM endpoints of the cloud.',
    ],
  ),
];

const submission = rowsOf('submission');

/** Answers that leave open whether the command runs. */
export const SUBMISSION: readonly Row[] = [
  submission('submission-torn', { status: 0 }, [
    'The connection broke before Azure answered.',
    LOOK,
  ]),
  submission(
    'submission-webhook',
    { words: /failed calling webhook "?(?<webhook>[\w.-]{1,253})/ },
    [
      "The webhook {webhook} did not answer when Azure created the command's pod.",
      'Exempt the namespace aks-command from the webhook, with its namespaceSelector.',
      LOOK,
    ],
  ),
];

export const ARM_FAILURES = {
  'cluster-stopped': STOPPED,
  'run-command-disabled': {
    ...DISABLED,
    read: (_failure, { cluster }) => (cluster?.resourceGroup.startsWith('FL_') ? FLEET_HUB : {}),
  },
  'cluster-unreadable': {
    sentence: 'The cluster could not be read.',
    move: lines(
      '{Noun:rerun}. If it keeps failing, see what Azure says elsewhere:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster}',
    ),
    read: ({ answer }, context) => fromArm(answer, READ_CLUSTER, context),
  },
  'submission-refused': {
    sentence: 'Azure refused the command.',
    move: 'The error above is from Azure. Azure support will ask for the request IDs.',
    read: ({ answer }, context) => fromArm(answer, RUN_COMMAND, context),
  },
  'submission-unclear': {
    sentence: 'Azure did not say whether it accepted the command.',
    move: LOOK,
    read: ({ answer }) => ({
      words: wordsOf(answer),
      signs: { service: 'submission', ...signsOf(answer) },
    }),
  },
  'result-missing': {
    sentence: 'Azure has no result for the command.',
    move: lines(
      'Results are kept for a limited time. If {input:command-id} is set, check that {input:cluster} names the cluster where the command was submitted. A pod that never reached Running has no result either.',
      LOOK,
    ),
    read: ({ answer }, context) => fromArm(answer, COMMAND_RESULTS, context),
  },
  'result-forbidden': {
    sentence:
      'The identity can submit commands but not read their results: it lacks the permission {action}.',
    title: 'the identity can submit commands but not read their results',
    move: lines(GRANT, PICK_UP),
    read: ({ answer }, context) => ({ ...fromArm(answer, COMMAND_RESULTS, context), signs: {} }),
  },
} satisfies Partial<Entries>;

/**
 * ARM's answer to a request that needs the permission `action`. The role is for the identity that signed in. The one
 * that ARM names is used only if that is unknown.
 */
function fromArm(answer: Answer, action: string, { signIn }: Context) {
  const signs = signsOf(answer);
  const denied = /perform action '([\w./]{1,200})'/.exec(signs.text)?.[1] ?? action;
  const named =
    signIn?.kind === 'oidc' ? undefined : /with object id '([0-9a-f-]{36})'/i.exec(signs.text)?.[1];
  return {
    signs: { service: 'arm' as const, ...signs },
    values: { action: denied, ...(named && { principal: named }) },
    words: wordsOf(answer),
  };
}

/** What an answer says, for a report: status, code, message, and the IDs that Azure support asks for. Foreign text. */
export function wordsOf(answer: Answer | undefined): string {
  if (answer?.kind !== 'answered') return answer ? `Connection error: ${answer.cause}` : '';
  return [describeAnswer(answer), requestIds(answer)].filter((part) => part !== '').join('\n');
}

export function signsOf(answer: Answer): Signs & { readonly text: string } {
  if (answer.kind === 'unanswered') return { status: 0, text: answer.cause };
  const { code, message } = serviceError(answer.body);
  return { code, status: answer.status, text: answer.echoes ? '' : message };
}
