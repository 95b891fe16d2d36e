import type { Failure, FilesProblem } from '../failure.ts';
import type { State } from '../verdict.ts';

/**
 * What is known of a failure, as data. `sentence` and `move` are templates for `fill`: what follows `$ ` is for a shell,
 * what follows `| ` is YAML.
 */
export type Text = {
  /** Anchor in docs/TROUBLESHOOTING.md, whose heading there is the sentence. */
  readonly section: string;
  readonly sentence: string;
  /** Empty where there is none. */
  readonly move: string;
};

/** Who said what a row is known by. */
export type Service = 'entra' | 'session' | 'arm' | 'aks' | 'action' | 'output';

/** What identifies a failure: everything that is given must hold. */
export type Match = {
  readonly service: Service;
  /** The service's own codes, any of them. */
  readonly codes?: readonly string[];
  /** The HTTP status; 0 where there was no answer. */
  readonly status?: number;
  /** Words in the service's message, or in one line of the output. */
  readonly words?: RegExp;
  readonly exitCode?: number;
  readonly state?: State;
};

export type Row = Text & { readonly match: Match };

/** What a failure shows of itself, to be looked up. */
export type Signs = {
  readonly service: Service;
  readonly code?: string;
  readonly status?: number;
  readonly text?: string;
  readonly exitCode?: number;
  readonly state?: State | undefined;
};

/** The first row that fits. */
export function lookUp(signs: Signs): Row | undefined {
  return KNOWN.find(({ match }) => fits(match, signs));
}

function fits({ service, codes, status, words, exitCode, state }: Match, signs: Signs): boolean {
  return (
    service === signs.service &&
    (codes === undefined || (signs.code !== undefined && codes.includes(signs.code))) &&
    (status === undefined || status === signs.status) &&
    (words === undefined || words.test(signs.text ?? '')) &&
    (exitCode === undefined || exitCode === signs.exitCode) &&
    (state === undefined || state === signs.state)
  );
}

const lines = (...parts: readonly string[]) => parts.join('\n');

const FEDERATE = lines(
  'The subject of the ID token is {subject}',
  'If it is the one you expect, let it in: whoever can start a job with this subject then acts as the identity.',
  'For an application:',
  '$ az ad app federated-credential create --id {clientId} --parameters {credential}',
  'For a user-assigned identity, with the name and the resource group that the first line shows:',
  '$ az identity list --query {identityQuery} --output table',
  '$ az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name {credentialName} --issuer {issuer} --subject={subject} --audiences {audience}',
  'Entra takes some minutes to know a new credential.',
);

const GRANT = lines(
  'No built-in role grants run command alone. Make one with the three rights it needs, and assign it on this cluster:',
  '$ az role definition create --role-definition {role}',
  '$ az role assignment create --assignee {principal} --role {roleName} --scope {clusterId}',
  'Azure takes up to ten minutes to know a new assignment.',
);

const LOOK = lines(
  'To see whether it ran, look at the pods of run command, and at the activity log of the cluster:',
  "$ az aks command invoke --subscription {subscription} -g {group} -n {cluster} --command 'kubectl get pods -n aks-command'",
  '$ az monitor activity-log list --resource-id {clusterId} --offset 1h --output table',
  'The result of command {commandId?}, if it has one:',
  '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId?}',
);

const PICK_UP = lines(
  'To see its result, once it has ended:',
  '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId}',
  'To wait for it in a later step or job, in place of command, files and env:',
  '| with:',
  '|   cluster: {clusterId}',
  '|   command-id: {commandId}',
  '|   client-id: {clientId?}',
  '|   tenant-id: {tenantId?}',
  '|   audience: {ownAudience?}',
  '|   environment: {environment?}',
);

const OTHER_LOGIN = lines(
  '| permissions:',
  '|   id-token: write',
  '|   contents: read',
  '',
  '| with:',
  '|   client-id: ${{ vars.AZURE_CLIENT_ID }}',
  '|   tenant-id: ${{ vars.AZURE_TENANT_ID }}',
);

const SMALLER = lines(
  'Send less. Exclude what the command does not need:',
  '| with:',
  '|   files: |',
  '|     manifests/',
  '|     !manifests/**/*.tgz',
  'Or split the work over several steps, render the manifests before (helm template, kustomize build), or let the command fetch large files itself.',
);

const ROOM = lines(
  'Its pod asks for 200m CPU and 500Mi memory, tolerates no taint, and its image comes from mcr.microsoft.com. Look for a node with that much room and without taints, an autoscaler at work, and the pod itself:',
  '$ az aks nodepool list --subscription {subscription} -g {group} --cluster-name {cluster} --output table',
  '$ kubectl get pods,events -n aks-command',
  'To give an autoscaler more time:',
  '| with:',
  '|   start-timeout: 3m',
  '|   start-retries: 5',
);

const SHOW_TENANT = '$ az account show --query {tenantQuery}';

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

const TOO_LARGE = lines(SMALLER, '{biggest?}');

const CANCELLED = { section: 'cancelled', sentence: 'The step was cancelled.' };

/** Failures of which more is known than that they happened. The first row that fits counts. */
const KNOWN: readonly Row[] = [
  // Sign-in
  {
    section: 'immutable-subject',
    match: {
      service: 'entra',
      codes: ['AADSTS700213', 'AADSTS70021'],
      words: /repo:[^/@\s]{1,100}@\d{1,20}\/[^/:@\s]{1,100}@\d{1,20}:/,
    },
    sentence: "Entra knows no federated credential for the ID token's immutable subject.",
    move: lines(
      'GitHub gives repositories that were created or renamed on or after 2026-07-15 a subject with the ids of owner and repository (repo:OWNER@OWNER_ID/REPO@REPO_ID:…). A credential made for the names alone does not match it.',
      FEDERATE,
    ),
  },
  {
    section: 'no-federated-credential',
    match: { service: 'entra', codes: ['AADSTS700213', 'AADSTS70021'] },
    sentence: "Entra knows no federated credential for the ID token's subject.",
    move: FEDERATE,
  },
  {
    section: 'wrong-issuer',
    match: { service: 'entra', codes: ['AADSTS700211'] },
    sentence: "Entra knows no federated credential for the ID token's issuer {issuer}.",
    move: lines('An enterprise, or a GitHub Enterprise Server, has an issuer of its own.', FEDERATE),
  },
  {
    section: 'wrong-audience',
    match: { service: 'entra', codes: ['AADSTS700212'] },
    sentence: 'Entra knows no federated credential for the audience {audience} of the ID token.',
    move: lines(
      'In this cloud ({environmentName}) the audience is usually {expectedAudience}. Leave the audience input out, or set:',
      '| with:',
      '|   audience: {expectedAudience}',
      'It must be the one that the federated credential names, which this shows:',
      '$ az ad app federated-credential list --id {clientId}',
    ),
  },
  {
    section: 'unknown-application',
    match: { service: 'entra', codes: ['AADSTS700016'] },
    sentence: 'The tenant {tenantId} has no application with the client ID {clientId}.',
    move: lines(
      "Check client-id, which is the application (client) ID of an app registration, or the client ID of a user-assigned identity, and not an object ID; and tenant-id, which is the identity's own tenant. Signed in to that tenant, these show both:",
      '$ az ad sp show --id {clientId} --query {principalQuery}',
      SHOW_TENANT,
    ),
  },
  {
    section: 'unknown-tenant',
    match: { service: 'entra', codes: ['AADSTS90002'] },
    sentence: 'Entra has no tenant {tenantId} in this cloud ({environmentName}).',
    move: lines(
      'Check tenant-id, which this shows, and environment, which is azureusgovernment or azurechinacloud for a tenant of those clouds:',
      SHOW_TENANT,
    ),
  },
  {
    section: 'id-token-expired',
    match: { service: 'entra', codes: ['AADSTS700024'] },
    sentence: 'For Entra the ID token is not valid at this time.',
    move: lines(
      "The action uses only fresh ID tokens, so the runner's clock may be off. On a self-hosted runner, compare it with the time:",
      '$ date -u',
    ),
  },
  {
    section: 'session-expired',
    match: { service: 'session', codes: ['AADSTS700024'] },
    sentence: 'The session on the runner cannot be renewed: its ID token has expired.',
    move: lines(
      'azure/login keeps one ID token, and it lives about five minutes. Let the step sign in by itself, with a fresh ID token whenever it needs one:',
      OTHER_LOGIN,
    ),
  },
  ...(['entra', 'session'] as const).map((service) => ({
    section: 'wrong-secret',
    match: { service, codes: ['AADSTS7000215'] },
    sentence: 'The client secret of the sign-in is not valid.',
    move: lines(
      "It may have expired, or be the secret's ID in place of its value. Without a secret, the step signs in by itself:",
      OTHER_LOGIN,
    ),
  })),
  {
    section: 'unknown-resource',
    match: { service: 'entra', codes: ['AADSTS500011'] },
    sentence: 'The tenant {tenantId} does not know the resource {resource}, for which a token is needed.',
    move: lines(
      "Check tenant-id, which must be the tenant of the cluster's subscription, and environment, which names its cloud (here {environmentName}):",
      '$ az account show --subscription {subscription} --query {tenantQuery}',
    ),
  },
  {
    section: 'wrong-scope',
    match: { service: 'entra', codes: ['AADSTS1002012'] },
    sentence: 'Entra does not take {resource} for a resource that tokens can be asked for.',
    move: lines(
      'It comes from the metadata of the ARM endpoint in environment (here {environmentName}). Check that input, and ask those who run the endpoint.',
    ),
  },
  {
    section: 'entra-unreachable',
    match: { service: 'entra', status: 0 },
    sentence: 'Entra did not answer.',
    move: 'Check that the runner reaches the sign-in endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then run the job again.',
  },

  // Rights, names and limits in ARM
  {
    section: 'authorization-failed',
    match: { service: 'arm', codes: ['AuthorizationFailed'] },
    sentence: 'The login lacks the right {action} on the cluster.',
    move: lines(
      'ARM says so of a cluster that does not exist, too: check cluster, resource-group and subscription-id.',
      GRANT,
    ),
  },
  {
    section: 'subscription-not-found',
    match: { service: 'arm', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
    sentence: 'The subscription {subscription} does not exist in this tenant, or the login has no role in it.',
    move: lines(
      'Check subscription-id, or the subscription in the resource ID, and tenant-id. As somebody who sees the cluster:',
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
      'Check resource-group, or the group in the resource ID; it is the group of the cluster, not that of its nodes (MC_…). Where each cluster of the subscription stands:',
      '$ az aks list --subscription {subscription} --query {clustersQuery} --output table',
    ),
  },
  {
    section: 'cluster-not-found',
    match: { service: 'arm', codes: ['ResourceNotFound'], words: /managedClusters\/[^/']{1,100}'/i },
    sentence: 'The resource group {group} has no cluster {cluster}.',
    move: lines(
      'Check cluster, resource-group and subscription-id. Where each cluster of the subscription stands:',
      '$ az aks list --subscription {subscription} --query {clustersQuery} --output table',
    ),
  },
  {
    section: 'wrong-tenant',
    match: { service: 'arm', codes: ['InvalidAuthenticationTokenTenant'] },
    sentence: "The login is of another tenant than the cluster's subscription.",
    move: lines(
      'Check tenant-id, or the tenant of azure/login. The tenant of the subscription:',
      '$ az account show --subscription {subscription} --query {tenantQuery}',
    ),
  },
  {
    section: 'token-rejected',
    match: { service: 'arm', status: 401 },
    sentence: 'ARM does not accept the access token, nor a fresh one.',
    move: 'Check that environment (here {environmentName}) and tenant-id belong to the subscription of the cluster.',
  },
  {
    section: 'api-version-unknown',
    match: { service: 'arm', codes: ['NoRegisteredProviderFound'] },
    sentence: 'The cloud does not support the API version 2024-05-01 of AKS.',
    move: lines(
      'Check that environment (here {environmentName}) is the cloud of the cluster. The versions that a cloud serves:',
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
      'An upgrade or a change of the cluster is at work. Run the job again when it is over:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster} --query provisioningState',
    ),
  },
  {
    section: 'request-too-large',
    match: { service: 'arm', status: 413 },
    sentence: 'The request is larger than Azure accepts.',
    move: SMALLER,
  },
  {
    section: 'throttled',
    match: { service: 'arm', status: 429 },
    sentence: 'Azure throttled the requests for longer than the action waits.',
    move: lines(
      'AKS shares 60 requests, and one more a second, among all that the subscription runs in a region. Run fewer jobs at once:',
      '| strategy:',
      '|   max-parallel: 10',
    ),
  },
  {
    section: 'arm-unreachable',
    match: { service: 'arm', status: 0 },
    sentence: 'ARM did not answer.',
    move: 'Check that the runner reaches the ARM endpoint of the cloud ({environmentName}): name resolution, firewall, proxy. Then run the job again.',
  },

  // What AKS says of a command that failed
  {
    section: 'command-image',
    match: { service: 'aks', words: /ImagePullBackOff|ErrImagePull/i },
    sentence: "The cluster could not pull the image of run command's pod.",
    move: 'The image comes from mcr.microsoft.com: let the nodes reach it and *.data.mcr.microsoft.com, through the firewall or a cache.',
  },

  // The action's own
  {
    section: 'files-too-large',
    match: { service: 'action', codes: ['files-too-large'] },
    sentence: 'The files take {size}, and the action packs at most {limit}.',
    move: TOO_LARGE,
  },
  { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'running' }, move: PICK_UP },
  { ...CANCELLED, match: { service: 'action', codes: ['cancelled'], state: 'unknown' }, move: LOOK },

  // Beside the output of a command that failed
  {
    section: 'azure-rbac-forbidden',
    match: {
      service: 'output',
      words: /is forbidden: User "[^"]*" cannot \w+ resource ".*does not have access to the resource in Azure/,
    },
    sentence: 'In the cluster the login may not {verb} {kind}: Azure RBAC for Kubernetes denies it.',
    move: lines(
      'Grant a role that holds the right: Reader, Writer or Admin in a namespace, Cluster Admin for kinds without one.',
      '$ az role assignment create --assignee={user} --role {kubernetesRole} --scope {kubernetesScope}',
    ),
  },
  {
    section: 'kubernetes-forbidden',
    match: { service: 'output', words: /is forbidden: User "[^"]*" cannot \w+ resource "/ },
    sentence: 'In the cluster the login may not {verb} {kind}.',
    move: lines(
      'Where the cluster uses Azure RBAC for Kubernetes, grant a role that holds the right: Reader, Writer or Admin in a namespace, Cluster Admin for kinds without one.',
      '$ az role assignment create --assignee={user} --role {kubernetesRole} --scope {kubernetesScope}',
      'Where it uses Kubernetes RBAC, bind one, as somebody who may:',
      '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole=edit --user={user}',
      '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --user={clusterUser?}',
    ),
  },
  {
    section: 'image-pull',
    match: { service: 'output', words: /ImagePullBackOff|ErrImagePull/ },
    sentence: 'A pod cannot pull its image.',
    move: lines(
      "Check the image's name and tag, and that the cluster may pull from its registry. For an Azure container registry:",
      '$ az aks check-acr --subscription {subscription} -g {group} -n {cluster} --acr REGISTRY.azurecr.io',
      '$ az aks update --subscription {subscription} -g {group} -n {cluster} --attach-acr REGISTRY',
    ),
  },
  {
    section: 'helm-in-progress',
    match: { service: 'output', words: /another operation \(install\/upgrade\/rollback\) is in progress/ },
    sentence: 'Helm found the release in the middle of another operation.',
    move: lines(
      'Either another job deploys it now, or an earlier one was interrupted. Let only one job at a time deploy it:',
      '| concurrency:',
      '|   group: deploy',
      'If none is at work, see what was interrupted, and go back to the last revision that was deployed:',
      '$ helm history RELEASE --namespace NAMESPACE',
      '$ helm rollback RELEASE --namespace NAMESPACE',
    ),
  },
  {
    section: 'progress-deadline',
    match: { service: 'output', words: /exceeded its progress deadline/ },
    sentence: 'A deployment made no progress within its deadline (progressDeadlineSeconds).',
    move: lines(
      'Its new pods do not become ready. Add this to the command, to see why:',
      '$ kubectl describe deployment/{deployment} --namespace NAMESPACE',
      '$ kubectl logs deployment/{deployment} --namespace NAMESPACE --all-containers',
    ),
  },
  {
    section: 'timed-out-waiting',
    match: { service: 'output', words: /timed out waiting for the condition/ },
    sentence: 'What the command waited for did not come about in time.',
    move: lines(
      'Its pods may not become ready, or need longer than the --timeout of kubectl or helm. Add this to the command, to see why:',
      '$ kubectl get pods,events --namespace NAMESPACE',
    ),
  },
  {
    section: 'admission-denied',
    match: { service: 'output', words: /admission webhook "[^"]*" denied the request/ },
    sentence: 'A policy of the cluster denied what the command wanted to change.',
    move: 'The output names the policy and what it asks for: change the manifest, or ask those who own the policy for an exemption.',
  },
  {
    section: 'command-not-found',
    match: {
      service: 'output',
      words: /(?:: line \d{1,9}|: \d{1,9}|\b(?:ba)?sh): [^\s:]{1,100}: (?:command )?not found$/,
    },
    sentence: 'The pod has no program {program}.',
    move: lines(
      'The image of AKS has kubectl, helm, jq, xargs, grep and awk, and no git. Run such a program in a step before, or send a static Linux build of it along and call it by its path:',
      '| with:',
      '|   files: bin/tool',
      '|   command: ./bin/tool',
    ),
  },
  {
    section: 'exit-code-137',
    match: { service: 'output', exitCode: 137 },
    sentence: 'Exit code 137: something was killed, most likely at the 1 GiB memory limit of the pod.',
    move: 'What the command writes below /dev/shm counts as memory, too. Let it do less at once: fewer charts or manifests, less parallelism, results written to files and not kept in variables.',
  },
];

/** The action's own failures, one text for each code, so that the compiler lets none be forgotten. */
export const OWN: Readonly<Record<Exclude<Failure['code'], 'files'>, Text>> = {
  'invalid-inputs': {
    section: 'invalid-inputs',
    sentence: 'Inputs of the step are missing or invalid.',
    move: '- {problems}',
  },
  'too-large': {
    section: 'too-large',
    sentence: 'The request would take {size}, and ARM accepts {limit}.',
    move: TOO_LARGE,
  },
  'no-id-token': {
    section: 'no-id-token',
    sentence: 'The job has no right to an ID token of GitHub.',
    move: lines(
      'Give it to the job, or to the workflow:',
      '| permissions:',
      '|   id-token: write',
      '|   contents: read',
      'A workflow that a pull request from a fork started cannot have it: skip the step there, or run it after the merge.',
    ),
  },
  'id-token': {
    section: 'id-token',
    sentence: "GitHub's token service gave no ID token.",
    move: 'Run the job again. If it stays so, look at https://www.githubstatus.com and, on a self-hosted runner, at firewall and proxy.',
  },
  entra: {
    section: 'entra',
    sentence: 'Entra gave no access token for {resource}.',
    move: 'Compare client-id, tenant-id, audience and environment with the sign-in that the log shows, and look the AADSTS number up at https://login.microsoftonline.com/error.',
  },
  'no-session': {
    section: 'no-session',
    sentence: 'The step has no client-id and tenant-id, and no Azure session on the runner gives a token.',
    move: lines(
      'Either let the step sign in by itself:',
      OTHER_LOGIN,
      'or sign in in a step before it:',
      '| - uses: azure/login@v3',
      '|   with:',
      '|     client-id: ${{ vars.AZURE_CLIENT_ID }}',
      '|     tenant-id: ${{ vars.AZURE_TENANT_ID }}',
      '|     subscription-id: {subscription?}',
    ),
  },
  'cloud-metadata': {
    section: 'cloud-metadata',
    sentence: 'The ARM endpoint {endpoint} does not say where to sign in.',
    move: lines(
      'Check environment, which takes azurecloud, azureusgovernment, azurechinacloud or the https:// address of an ARM endpoint. From the runner, this must show JSON with an https login endpoint:',
      '$ curl --fail {metadataUrl}',
    ),
  },
  'cluster-stopped': STOPPED,
  'run-command-disabled': DISABLED,
  'cluster-unreadable': {
    section: 'cluster-unreadable',
    sentence: 'The cluster could not be read.',
    move: lines(
      'Run the job again. If it stays so, compare with what Azure says elsewhere:',
      '$ az aks show --subscription {subscription} -g {group} -n {cluster}',
    ),
  },
  'submission-refused': {
    section: 'submission-refused',
    sentence: 'ARM refused the command.',
    move: 'The words above are those of the service; its support asks for the request ids.',
  },
  'submission-unclear': {
    section: 'submission-unclear',
    sentence: 'The answer to the submission does not tell whether Azure took the command.',
    move: LOOK,
  },
  'did-not-start': {
    section: 'did-not-start',
    sentence: 'The pod of the command did not start in time, in {submissions}.',
    move: ROOM,
  },
  'start-unclear': {
    section: 'start-unclear',
    sentence: 'AKS gave up waiting for the pod of the command, and nothing tells whether it started later.',
    move: lines(LOOK, ROOM),
  },
  'pod-refused': {
    section: 'pod-refused',
    sentence: 'The pod of the command started after the start-timeout and ran nothing.',
    move: ROOM,
  },
  'result-missing': {
    section: 'result-missing',
    sentence: 'Azure does not know the result of the command.',
    move: lines(
      'Results are kept for a limited time, and belong to one cluster: with command-id, check that cluster is the one it was submitted to. A pod that never reached Running has no result either.',
      LOOK,
    ),
  },
  'result-forbidden': {
    section: 'result-forbidden',
    sentence: 'The login may submit commands and not read their results: it lacks the right {action} on the cluster.',
    move: lines(GRANT, PICK_UP),
  },
  'no-answer-in-time': {
    section: 'no-answer-in-time',
    sentence: 'After {duration} there was no result yet.',
    move: PICK_UP,
  },
  cancelled: { ...CANCELLED, move: '' },
  'not-waited': {
    section: 'not-waited',
    sentence: 'The step was told not to wait for the command.',
    move: PICK_UP,
  },
  'aks-failed': {
    section: 'aks-failed',
    sentence: 'AKS says that the command failed.',
    move: LOOK,
  },
  'no-exit-code': {
    section: 'no-exit-code',
    sentence: 'AKS says that the command ended, but not with which exit code.',
    move: LOOK,
  },
  'no-boundary': {
    section: 'no-boundary',
    sentence:
      "The output lacks the first line of the action's own script, so nothing proves that the exit code is the command's.",
    move: LOOK,
  },
  'exit-code': {
    section: 'exit-code',
    sentence: 'Exit code {exitCode} is not among the allowed-exit-codes.',
    move: '',
  },
  'timed-out': {
    section: 'timed-out',
    sentence: 'The command timed out after {duration}.',
    move: lines('If it needs longer:', '| with:', '|   timeout: {longer}'),
  },
  'no-bash': {
    section: 'no-bash',
    sentence: 'The pod has no bash, which the input shell asks for.',
    move: lines('Leave shell out, which takes sh where there is no bash, or set:', '| with:', '|   shell: sh'),
  },
  'outputs-malformed': {
    section: 'outputs-malformed',
    sentence: 'What the command wrote to $GITHUB_OUTPUT cannot be read: line {line} {problem}.',
    move: 'A line is NAME=value, or a block: NAME<<DELIMITER, the lines of the value, DELIMITER on a line of its own.',
  },
  'outputs-too-large': {
    section: 'outputs-too-large',
    sentence: 'The command wrote more than 64 KiB to $GITHUB_OUTPUT.',
    move: 'Print large results instead: output-file has all that the command printed.',
  },
  'outputs-lost': {
    section: 'outputs-lost',
    sentence: 'The step outputs of the command did not come back.',
    move: 'The pod ended before it could hand them over, most likely at its memory limit of 1 GiB.',
  },
  unexpected: {
    section: 'unexpected',
    sentence: 'The action met an error that it did not expect.',
    move: 'That is a defect of the action: please report it with the words above. Re-run the job with debug logging enabled, and the log tells more.',
  },
};

/** What is wrong with a file or a pattern. */
export const FILES: Readonly<Record<FilesProblem['kind'], Text>> = {
  'no-match': {
    section: 'files-no-match',
    sentence: 'No files were found for {patterns}.',
    move: lines(
      'Check the path below working-directory, and that a step before it makes the files (actions/checkout). Dotfiles need include-hidden-files, or a pattern that spells the dot out. If the files may be missing:',
      '| with:',
      '|   if-no-files-found: warn',
    ),
  },
  'invalid-pattern': {
    section: 'files-invalid-pattern',
    sentence: 'The files pattern {path} cannot be used: {detail}.',
    move: 'Patterns start at working-directory and stay below it. To send files from elsewhere, set working-directory.',
  },
  'working-directory-outside': {
    section: 'working-directory-outside',
    sentence: 'The working-directory {path} lies outside the workspace and RUNNER_TEMP.',
    move: 'Only files of the workspace, or below RUNNER_TEMP, are ever sent. Copy the files there in a step before.',
  },
  'working-directory-missing': {
    section: 'working-directory-missing',
    sentence: 'The working-directory {path} does not exist, or is not a folder.',
    move: 'It is relative to the workspace. A step before must make it: actions/checkout, or the step that renders the manifests.',
  },
  outside: {
    section: 'files-outside',
    sentence: 'The file {path} leads outside the workspace, to {target}.',
    move: 'A symbolic link out of the workspace is not followed. Exclude it with a line that begins with !, or copy the file into the workspace before.',
  },
  'broken-link': {
    section: 'files-broken-link',
    sentence: 'The symbolic link {path} points to nothing.',
    move: 'Mend it, or exclude it with a line of files that begins with !.',
  },
  'link-cycle': {
    section: 'files-link-cycle',
    sentence: 'The symbolic link {path} leads back to a folder that holds it.',
    move: 'Exclude it with a line of files that begins with !.',
  },
  unreadable: {
    section: 'files-unreadable',
    sentence: 'The file {path} cannot be read.',
    move: 'Check its permissions; a container step before may have made it as root. Or exclude it with a line of files that begins with !.',
  },
  'not-a-file': {
    section: 'files-not-a-file',
    sentence: '{path} is neither a file nor a folder.',
    move: 'Sockets, pipes and devices cannot be sent. Exclude it with a line of files that begins with !.',
  },
  'own-folder': {
    section: 'files-own-folder',
    sentence: "The file {path} is in the folder that the action's own files take in the pod.",
    move: 'Rename .aks-run-command, or exclude it with a line of files that begins with !.',
  },
};

/** Everything that is known, in one list. */
export const CATALOGUE: readonly Row[] = [
  ...KNOWN,
  ...Object.entries(OWN).map(([code, text]) => ({ ...text, match: { service: 'action' as const, codes: [code] } })),
  ...Object.entries(FILES).map(([kind, text]) => ({ ...text, match: { service: 'action' as const, codes: [kind] } })),
];
