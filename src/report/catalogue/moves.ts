/** Parts of next moves that several rows share. They are templates for `fill`. */

/** A template of several lines. */
export const lines = (...parts: readonly string[]) => parts.join('\n');

export const FEDERATE = lines(
  'If that is the subject you expect, create a credential for it. Anyone who can get a token with this subject can then act as the identity. For an application:',
  '$ az ad app federated-credential create --id {clientId} --parameters {credential}',
  'For a user-assigned identity, with the name and resource group that the first command shows:',
  '$ az identity list --query {identityQuery} --output table',
  '$ az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name {credentialName} --issuer {issuer} --subject={subject} --audiences {audience}',
  'A new credential takes a few minutes to work.',
);

/** What Entra compared. This comes first. */
export const PRESENTED = lines(
  '[workflow] This job presented the subject {subject}',
  '[prompt] The ID token presents the subject {subject}',
  'Entra compares it character by character, and case matters.',
);

export const GRANT = lines(
  'No built-in role grants only run command. Create a role with the three permissions that it needs, and assign it on this cluster:',
  '$ az role definition create --role-definition {role}',
  '$ az role assignment create --assignee {principal} --role {roleName} --scope {clusterId}',
  'If the role was granted a moment ago, wait ten minutes and {noun:rerun}. A role from PIM must be active, not just eligible.',
);

export const LOOK = lines(
  'Before you run it again, check whether it ran, in the pods of run command and in the activity log of the cluster:',
  "$ az aks command invoke --subscription {subscription} -g {group} -n {cluster} --command 'kubectl get pods --namespace aks-command'",
  '$ az monitor activity-log list --resource-id {clusterId} --offset 1h --output table',
  'To see the result of command {commandId?}, if there is one:',
  '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId?}',
);

const RESULT = lines(
  'To see its result once it has ended:',
  '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId}',
);

const SIGN_IN = lines(
  '@ client-id: {clientId?}',
  '@ tenant-id: {tenantId?}',
  '@ audience: {ownAudience?}',
  '@ environment: {environment?}',
);

export const PICK_UP = lines(
  RESULT,
  '[workflow] To wait for it in another run, set these inputs instead of command, files, and env:',
  '[prompt] To wait for it again:',
  '@ cluster: {clusterId}',
  '@ command-id: {commandId}',
  SIGN_IN,
);

/** The lines that pick up a command in a later job of the same workflow. */
export const PASS_ON = lines(
  RESULT,
  '[workflow] To wait for it in a later job, pass its ID on.',
  '[workflow] {noStepId?}Give the step an id, and use it instead of STEP_ID.',
  '[workflow] In the job {job}:',
  '[workflow] | outputs:',
  '[workflow] |   command-id: {stepOutput}',
  '[workflow] In the job that waits:',
  '[prompt] To wait for it:',
  '[workflow] | needs: {job}',
  '[workflow] ',
  '@ cluster: {clusterId}',
  '[workflow] @ command-id: {jobOutput}',
  '[prompt] @ command-id: {commandId}',
  SIGN_IN,
);

/** Ends a command in the cluster. */
export const STOP = lines(
  'To stop {pod?}, on a machine that reaches the cluster (AKS Automatic refuses this):',
  '$ kubectl delete pod {pod?} --namespace aks-command',
);

export const OTHER_LOGIN = lines(
  '[workflow] | permissions:',
  '[workflow] |   id-token: write',
  '[workflow] |   contents: read',
  '[workflow] ',
  '[workflow] | with:',
  '[workflow] |   client-id: ${{ vars.AZURE_CLIENT_ID }}',
  '[workflow] |   tenant-id: ${{ vars.AZURE_TENANT_ID }}',
  '[prompt] $ az login',
);

export const SMALLER = lines(
  'Send less. Exclude files that the command does not need:',
  '[workflow] | with:',
  '[workflow] |   files: |',
  '[workflow] |     manifests/',
  '[workflow] |     !manifests/**/*.tgz',
  "[prompt] $ aks-run-command --files manifests --files '!manifests/**/*.tgz'",
  'Or split the work into several commands, render the manifests first (helm template, kubectl kustomize), push charts to an OCI registry that the cluster reaches, or have a Kubernetes Job fetch large files.',
);

export const ROOM = lines(
  'The pod requests 200m CPU and 500Mi memory, tolerates no taints, and pulls its image from mcr.microsoft.com. Check whether a node has that much free capacity and no taints, and read the events:',
  '$ az aks nodepool list --subscription {subscription} -g {group} --cluster-name {cluster} --output table',
  '$ kubectl get pods,events --namespace aks-command',
  'To give the autoscaler more time:',
  '@ start-timeout: 3m',
  '@ start-retries: 5',
);

export const SHOW_TENANT = '$ az account show --query {tenantQuery}';
