/** The parts of next moves that several rows share. Templates for `fill`. */

/** A template of several lines. */
export const lines = (...parts: readonly string[]) => parts.join('\n');

export const FEDERATE = lines(
  'The subject of the ID token is {subject}',
  'If it is the one you expect, let it in: whoever can get a token with this subject then acts as the identity.',
  'For an application:',
  '$ az ad app federated-credential create --id {clientId} --parameters {credential}',
  'For a user-assigned identity, with the name and the resource group that the first line shows:',
  '$ az identity list --query {identityQuery} --output table',
  '$ az identity federated-credential create --identity-name IDENTITY_NAME --resource-group IDENTITY_GROUP --name {credentialName} --issuer {issuer} --subject={subject} --audiences {audience}',
  'Entra takes some minutes to know a new credential.',
);

export const GRANT = lines(
  'No built-in role grants run command alone. Make one with the three rights it needs, and assign it on this cluster:',
  '$ az role definition create --role-definition {role}',
  '$ az role assignment create --assignee {principal} --role {roleName} --scope {clusterId}',
  'Azure takes up to ten minutes to know a new assignment.',
);

export const LOOK = lines(
  'To see whether it ran, look at the pods of run command, and at the activity log of the cluster:',
  "$ az aks command invoke --subscription {subscription} -g {group} -n {cluster} --command 'kubectl get pods -n aks-command'",
  '$ az monitor activity-log list --resource-id {clusterId} --offset 1h --output table',
  'The result of command {commandId?}, if it has one:',
  '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId?}',
);

export const PICK_UP = lines(
  'To see its result, once it has ended:',
  '$ az aks command result --subscription {subscription} -g {group} -n {cluster} --command-id {commandId}',
  '[workflow] To wait for it in a later step or job, in place of command, files and env:',
  '[prompt] To wait for it again:',
  '@ cluster: {clusterId}',
  '@ command-id: {commandId}',
  '@ client-id: {clientId?}',
  '@ tenant-id: {tenantId?}',
  '@ audience: {ownAudience?}',
  '@ environment: {environment?}',
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
  'Send less. Exclude what the command does not need:',
  '[workflow] | with:',
  '[workflow] |   files: |',
  '[workflow] |     manifests/',
  '[workflow] |     !manifests/**/*.tgz',
  "[prompt] $ aks-run-command --files manifests --files '!manifests/**/*.tgz'",
  'Or split the work over several commands, render the manifests before (helm template, kustomize build), or let the command fetch large files itself.',
);

export const ROOM = lines(
  'Its pod asks for 200m CPU and 500Mi memory, tolerates no taint, and its image comes from mcr.microsoft.com. Look for a node with that much room and without taints, an autoscaler at work, and the pod itself:',
  '$ az aks nodepool list --subscription {subscription} -g {group} --cluster-name {cluster} --output table',
  '$ kubectl get pods,events -n aks-command',
  'To give an autoscaler more time:',
  '@ start-timeout: 3m',
  '@ start-retries: 5',
);

export const SHOW_TENANT = '$ az account show --query {tenantQuery}';
