import { lines } from './moves.ts';
import type { Row } from './row.ts';

/** What the output of a failed command says, line by line. The first row that fits counts. */
export const POD_OUTPUT: readonly Row[] = [
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
