import type { Answer } from '../../azure/answer.ts';
import { resourceId, type ManagedCluster } from '../../azure/managed-cluster.ts';
import { base64Length, biggestOf } from '../../files/pack.ts';
import { formatBytes } from '../../text/bytes.ts';
import { capitalized, plain, say } from '../../text/say.ts';
import type { Content, Remedy } from '../message.ts';
import { json, sh, type Paste } from '../paste.ts';
import type { Known } from './known.ts';
import { ARM_UNREACHABLE, NETWORK, signsOf } from './network.ts';
import {
  checkWhetherItRan,
  onCluster,
  principalOf,
  sendLess,
  stopCommand,
  waitForItLater,
} from './remedies.ts';
import { find, row, type Failures } from './row.ts';

/** The permissions that run command needs, as ARM names them. */
const RUN_COMMAND = 'Microsoft.ContainerService/managedClusters/runCommand/action';
const COMMAND_RESULTS = 'Microsoft.ContainerService/managedClusters/commandResults/read';
/** Optional: it only tells earlier what is wrong with the cluster. */
const READ_CLUSTER = 'Microsoft.ContainerService/managedClusters/read';

/**
 * How to let the identity run commands and read their results. The command may be running, so this
 * does not suggest running it again.
 */
function grant(known: Known): Remedy {
  const { cluster } = known;
  const role = json({
    Name: 'AKS Run Command',
    Description: 'Run commands in AKS clusters and read their results',
    Actions: [READ_CLUSTER, RUN_COMMAND, COMMAND_RESULTS],
    AssignableScopes: [`/subscriptions/${cluster.subscriptionId}`],
  });
  return [
    say`
      No built-in role grants only run command. Create a role with the two permissions that it needs
      and ${READ_CLUSTER}, which is optional, and assign it on this cluster:
    `,
    sh`az role definition create --role-definition ${role}`,
    sh`az role assignment create --assignee ${principalOf(known)} --role 'AKS Run Command' --scope ${resourceId(cluster)}`,
    say`
      A role that was granted a moment ago can take up to ten minutes to apply. A role from PIM must
      be active, not just eligible.
    `,
  ];
}

function showState(cluster: ManagedCluster): Paste {
  return sh`az aks show ${onCluster(cluster)} --query provisioningState`;
}

function listClusters({ subscriptionId }: ManagedCluster): Paste {
  return sh`az aks list --subscription ${subscriptionId} --query '[].{cluster:name, resourceGroup:resourceGroup}' --output table`;
}

const STOPPED = row(
  'cluster-stopped',
  { text: /\bPowerState\W{1,3}Stopped\b|\bcluster\b[^.]{0,80}\bstopped\b/i },
  ({ cluster }) => ({
    line: say`The cluster is stopped`,
    remedy: [say`Start it:`, sh`az aks start ${onCluster(cluster)}`],
  }),
);

const DISABLED = row(
  'run-command-disabled',
  { text: /run.?command[^.]{0,40}\bdisabled\b/i },
  ({ cluster }) => ({
    line: say`Run command is disabled on this cluster`,
    remedy: [
      say`
        It was probably turned off on purpose. If its owners agree, enable it (Azure CLI 2.76 or
        later):
      `,
      sh`az aks update ${onCluster(cluster)} --enable-run-command`,
    ],
  }),
);

/** Permissions, names, and limits in Azure Resource Manager. The first row that fits wins. */
export const ARM = [
  row('authorization-failed', { codes: ['AuthorizationFailed'] }, (known) => ({
    line: say`The identity lacks the permission ${known.permission} on the cluster`,
    section: 'authorization-failed',
    remedy: [
      say`
        Azure says the same about a cluster that does not exist: check ${known.input('cluster')},
        ${known.input('resource-group')}, and ${known.input('subscription-id')}.
      `,
      ...grant(known),
    ],
  })),
  row(
    'subscription-not-found',
    { codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
    (known) => ({
      line: say`
        The subscription ${known.cluster.subscriptionId} does not exist in this tenant, or the
        identity has no role in it
      `,
      section: 'authorization-failed',
      remedy: [
        say`
          Check ${known.input('subscription-id')} or the subscription in the resource ID, and
          ${known.input('tenant-id')}. Signed in as someone who can see the cluster:
        `,
        sh`az account list --query '[].{name:name, subscriptionId:id, tenantId:tenantId}' --output table`,
        say`If they are right, the identity needs a role.`,
        ...grant(known),
      ],
    }),
  ),
  row('resource-group-not-found', { codes: ['ResourceGroupNotFound'] }, ({ cluster, input }) => ({
    line: say`The subscription has no resource group ${cluster.resourceGroup}`,
    remedy: [
      say`
        Check ${input('resource-group')} or the group in the resource ID. It is the group of the
        cluster, not of its nodes (${'MC_…'}). All clusters of the subscription and their groups:
      `,
      listClusters(cluster),
    ],
  })),
  row(
    'cluster-not-found',
    { codes: ['ResourceNotFound'], text: /managedClusters\/[^/']{1,100}'/i },
    ({ cluster, input }) => ({
      line: say`The resource group ${cluster.resourceGroup} has no cluster ${cluster.name}`,
      remedy: [
        say`
          Check ${input('cluster')}, ${input('resource-group')}, and ${input('subscription-id')}.
          All clusters of the subscription and their groups:
        `,
        listClusters(cluster),
      ],
    }),
  ),
  row('token-rejected', { status: 401 }, ({ cluster, cloud, input, words }) => ({
    line: say`Azure rejected the access token and a new one`,
    remedy: [
      say`
        Check ${input('environment')} (here ${cloud.name}) and ${input('tenant-id')}, or the tenant
        of ${words.login}: they must be those of the cluster's subscription. Its tenant:
      `,
      sh`az account show --subscription ${cluster.subscriptionId} --query tenantId`,
    ],
  })),
  row('cluster-token-missing', { codes: ['MissingAADClusterToken'] }, ({ cluster }) => ({
    line: say`The cluster uses Entra and did not accept the identity's token`,
    remedy: [
      say`Check that the identity belongs to the tenant that the cluster trusts:`,
      sh`az aks show ${onCluster(cluster)} --query aadProfile`,
    ],
  })),
  row('subscription-disabled', { codes: ['ReadOnlyDisabledSubscription'] }, ({ cluster }) => ({
    line: say`The subscription ${cluster.subscriptionId} is disabled`,
    remedy: [
      say`
        The usual causes are a missed payment and a spending limit. Its owner has to enable it
        again. To see its state:
      `,
      sh`az account show --subscription ${cluster.subscriptionId} --query state`,
    ],
  })),
  row('not-registered', { codes: ['MissingSubscriptionRegistration'] }, ({ cluster }) => ({
    line: say`The subscription is not registered for ${'Microsoft.ContainerService'}`,
    remedy: [
      say`Check that it is the subscription of the cluster. To register it:`,
      sh`az provider register --namespace Microsoft.ContainerService --subscription ${cluster.subscriptionId}`,
    ],
  })),
  // Seen with versions that a cloud did not have yet, had retired, or had for some requests only
  // (azure-cli#23985, nebari#2374, azure-cli#28368).
  row(
    'no-api-version',
    { codes: ['NoRegisteredProviderFound'] },
    ({ cluster, cloud, input, words }) => ({
      line: say`Azure does not have the API version that ${words.action} uses`,
      remedy: [
        say`
          Check ${input('environment')} (here ${cloud.name}), and use the latest release of
          ${words.action}. To see which versions the cloud has:
        `,
        sh`az provider show --namespace Microsoft.ContainerService --subscription ${cluster.subscriptionId} --query "resourceTypes[?resourceType=='managedClusters'].apiVersions[]" --output tsv`,
        say`While Azure rolls out another version, it may say this for a short time.`,
      ],
    }),
  ),
  row(
    'blocked-by-policy',
    { codes: ['RunCommandBlockedByAzurePolicy'] },
    {
      line: say`An Azure Policy of the cluster blocks run command`,
      section: 'policy-denied',
      remedy: [
        say`
          It allows only certain container images. To see which, and its assignment, in the
          annotation ${'azure-policy-assignment-id'}:
        `,
        sh`kubectl get k8sazurecustomcontainerallowedimages --output yaml`,
        say`
          Ask the owners of the assignment to exclude the namespace ${'aks-command'} or to allow the
          image of run command. The change can take half an hour to apply.
        `,
      ],
    },
  ),
  row('no-control-plane', { codes: ['ControlPlaneNotFound'] }, ({ cluster }) => ({
    line: say`The cluster has no control plane`,
    remedy: [
      say`It is being created or deleted, or its creation failed. To see its state:`,
      showState(cluster),
    ],
  })),
  row('locked', { codes: ['ScopeLocked'] }, ({ cluster }) => ({
    line: say`A lock on the cluster, its resource group, or its subscription blocks run command`,
    remedy: [
      say`
        A read-only lock blocks every request that is not a read. A delete lock does not. To list
        the locks:
      `,
      sh`az lock list --subscription ${cluster.subscriptionId} --resource-group ${cluster.resourceGroup} --output table`,
    ],
  })),
  DISABLED,
  STOPPED,
  row(
    'cluster-failed',
    { text: /\bfailed (?:provisioning )?state\b|provisioning ?state[^.]{0,60}\bfailed\b/i },
    ({ cluster }) => ({
      line: say`The cluster is in a failed state`,
      remedy: [
        say`Its last change failed. The activity log says why. This tries the last change again:`,
        sh`az resource update --ids ${resourceId(cluster)}`,
      ],
    }),
  ),
  row(
    'policy-denied',
    { text: /admission webhook .{0,300}denied the request/is },
    ({ cluster }) => ({
      line: say`A policy of the cluster blocked the command's pod`,
      section: 'policy-denied',
      remedy: [
        say`
          Exempt the namespace ${'aks-command'}. With Azure Policy, add it to the parameter
          ${'excludedNamespaces'} of the assignment:
        `,
        sh`az policy assignment list --scope ${resourceId(cluster)} --output table`,
      ],
    }),
  ),
  row(
    'pod-forbidden',
    {
      text: /(?:exceeded|failed) quota|violates PodSecurity|\b(?:min|max)imum \S{1,100} usage per /i,
    },
    {
      line: say`The cluster does not allow the command's pod`,
      section: 'policy-denied',
      remedy: [
        say`
          The error above names the rule: a quota, a LimitRange, or a pod security level of the
          namespace ${'aks-command'}. The pod requests 200m CPU and 500Mi memory, with limits of
          500m and 1Gi. To see the rules:
        `,
        sh`kubectl get resourcequota,limitrange --namespace aks-command`,
        sh`kubectl get namespace aks-command --show-labels`,
      ],
    },
  ),
  row('conflict', { status: 409, text: /\bin[ -]progress\b/i }, ({ cluster, words }) => ({
    line: say`Another operation is in progress on the cluster`,
    remedy: [
      say`
        The cluster is being upgraded or changed. ${capitalized(words.rerun)} when it is done. To
        see the state:
      `,
      showState(cluster),
    ],
  })),
  row('request-too-large', { status: 413 }, (known) => {
    const { packed } = known;
    const size = packed && plain(formatBytes(base64Length(packed.zipBytes)));
    return {
      line: say`The request is larger than Azure accepts`,
      section: 'too-large',
      remedy: [
        size && say`The files took ${size} of it, compressed and in base64.`,
        ...sendLess(known, biggestOf(packed?.files ?? [])),
      ],
    };
  }),
  row('throttled', { status: 429 }, ({ isStep, words }) => ({
    line: say`Azure throttled the requests for longer than ${words.action} waits`,
    remedy: [
      say`
        Most AKS requests have a limit of 60 for each subscription and region, refilled at one per
        second. Microsoft does not say whether run command is among them. Everything in the
        subscription shares the limit.
      `,
      isStep
        ? say`Run fewer jobs at once, for example with ${'max-parallel: 10'} below ${'strategy'}.`
        : say`Run fewer commands at once.`,
    ],
  })),
  ARM_UNREACHABLE,
];

/** Answers that leave open whether the command runs. */
export const SUBMISSION = [
  row('submission-torn', { status: 0 }, (known) => ({
    line: say`The connection broke before Azure answered`,
    section: 'submission-unclear',
    remedy: [...checkWhetherItRan(known), ...stopCommand(known)],
  })),
  row(
    'submission-webhook',
    { text: /failed calling webhook "?(?<webhook>[\w.-]{1,253})/ },
    (known, { webhook }) => ({
      line: say`The webhook ${webhook} did not answer when Azure created the command's pod`,
      section: 'submission-unclear',
      remedy: [
        say`
          Exempt the namespace ${'aks-command'} from the webhook, with its ${'namespaceSelector'}.
        `,
        ...checkWhetherItRan(known),
        ...stopCommand(known),
      ],
    }),
  ),
  row('node-unreachable', { text: /SPDYExecutor[^]{0,300}error dialing backend/ }, (known) => ({
    line: say`The API server did not reach the node of the command's pod`,
    section: 'submission-unclear',
    remedy: [
      say`
        The pod exists, so the command may run. Check the tunnel from the API server to the nodes,
        network security groups, and whether the nodes are ready:
      `,
      sh`kubectl get pods --namespace kube-system --selector app=konnectivity-agent`,
      sh`kubectl get nodes`,
      ...checkWhetherItRan(known),
      ...stopCommand(known),
    ],
  })),
  row(
    'api-server-slow',
    { text: /\/pods\/command-[^]{0,300}net\/http: TLS handshake timeout/ },
    (known) => ({
      line: say`The API server did not answer AKS in time`,
      section: 'submission-unclear',
      remedy: [
        say`
          The pod exists, so the command may run. The API server may be overloaded, or its network
          may drop the connection. To see its state:
        `,
        showState(known.cluster),
        ...checkWhetherItRan(known),
        ...stopCommand(known),
      ],
    }),
  ),
];

/** A Fleet Manager puts its hub into a resource group whose name begins with `FL_`. */
const HUB_GROUP = 'FL_';

export const CLUSTER_FAILURES = {
  'cluster-stopped': (_failure, known) => STOPPED.explain(known, {}),
  'run-command-disabled': (_failure, known) =>
    known.cluster.resourceGroup.startsWith(HUB_GROUP)
      ? {
          line: say`The cluster is the hub of a Fleet Manager, and hubs have run command disabled`,
          remedy: [say`Set ${known.input('cluster')} to a member cluster of the fleet.`],
        }
      : DISABLED.explain(known, {}),
  'cluster-unreadable': ({ answer }, known) =>
    explainArmAnswer(answer, READ_CLUSTER, known) ?? {
      line: say`The cluster could not be read`,
      remedy: [
        say`${capitalized(known.words.rerun)}. If it keeps failing, see what Azure says elsewhere:`,
        sh`az aks show ${onCluster(known.cluster)}`,
      ],
    },
  'submission-refused': ({ answer }, known) =>
    explainArmAnswer(answer, RUN_COMMAND, known) ?? {
      line: say`Azure refused the command`,
      remedy: [say`Azure's error above says why. Azure support will ask for the request IDs.`],
    },
  'submission-unclear': ({ answer, hash }, known) => {
    const searchable = { ...known, hash };
    return (
      find(SUBMISSION, signsOf(answer), searchable) ?? {
        line: say`Azure did not say whether it accepted the command`,
        section: 'submission-unclear',
        remedy: [...checkWhetherItRan(searchable), ...stopCommand(searchable)],
      }
    );
  },
  'result-missing': ({ answer }, known) =>
    explainArmAnswer(answer, COMMAND_RESULTS, known) ?? {
      line: say`Azure has no result for the command`,
      remedy: [
        say`
          Results are kept for a limited time. If ${known.input('command-id')} is set, check that
          ${known.input('cluster')} names the cluster where the command was submitted. A pod that
          never reached Running has no result either.
        `,
        ...checkWhetherItRan(known),
      ],
    },
  'result-forbidden': ({ answer }, known) => {
    const denied = deniedIn(answer, COMMAND_RESULTS, known);
    return {
      line: say`The identity can submit commands but not read their results`,
      section: 'authorization-failed',
      remedy: [
        say`It lacks the permission ${denied.permission}.`,
        ...grant(denied),
        ...waitForItLater(denied),
      ],
    };
  },
} satisfies Partial<Failures>;

/** Explains ARM's answer to a request that needs a permission, if its cause is known. */
function explainArmAnswer(answer: Answer, permission: string, known: Known): Content | undefined {
  return find([...NETWORK, ...ARM], signsOf(answer), deniedIn(answer, permission, known));
}

/** What is known, with the permission and the identity that ARM names. */
function deniedIn(answer: Answer, permission: string, known: Known): Known {
  const { text } = signsOf(answer);
  const named = /perform action '([\w./]{1,200})'/.exec(text)?.[1];
  const objectId = /with object id '([0-9a-f-]{36})'/i.exec(text)?.[1];
  return { ...known, permission: named ?? permission, objectId };
}
