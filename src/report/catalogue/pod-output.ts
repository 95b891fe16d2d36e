import { lines } from './moves.ts';
import type { Row, Text } from './row.ts';

/** A row for a line that is an error; its named groups are values of the templates. */
function onLine(words: RegExp, text: Text): Row {
  return { ...text, match: { service: 'output', words } };
}

/** A row for an exit code, where the output says nothing better. */
function onExit(exitCode: number, text: Text): Row {
  return { ...text, match: { service: 'exit', exitCode } };
}

const SERVER = String.raw`^(?:[Ee]rror: )*(?:INSTALLATION FAILED: |UPGRADE FAILED: )?.*?`;
/** Kubernetes' words behind whatever kubectl or helm puts before them. */
const said = (words: string) => new RegExp(SERVER + words);

const SEND_IT = lines(
  '{nothingSent?}No files were sent.',
  'Did you mean {near?}? The command refers to files by their path below {input:working-directory}.',
  '{sent?}It was sent. The command finds it by its path below {input:working-directory}, unless it changes the folder with cd.',
  '{kept?}az aks command invoke puts all files into one folder. Here each file keeps its path.',
  '{missing?}To send it, add it to {input:files}. The command refers to it by its path below {input:working-directory}:',
  '@ files: {unsent?}',
);

const NO_EGRESS = lines(
  'Pods in a private cluster often cannot reach the internet. Download it on {noun:runner} first, and send it with {input:files}:',
  '$ helm pull CHART --untar',
  '$ kubectl kustomize URL > rendered.yaml',
);

const CREATE_IT = lines(
  'To create it in the command, where it may be missing:',
  '$ kubectl create namespace {namespace} --dry-run=client --output yaml | kubectl apply --filename -',
  '$ helm upgrade --install RELEASE CHART --namespace {namespace} --create-namespace',
);

const NAMESPACE = lines(
  'Always pass a namespace, and create it if it may be missing:',
  '$ kubectl create namespace NAMESPACE --dry-run=client --output yaml | kubectl apply --filename -',
  '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE --create-namespace',
);

const LINE_ENDINGS = lines(
  'Its first line may end in a carriage return, as on Windows, or name an interpreter that the pod does not have. To fix the line endings:',
  "$ echo '*.sh text eol=lf' >> .gitattributes",
);

const NOT_EXECUTABLE: Text = {
  section: 'permission-denied',
  sentence: 'The file {path} is not executable.',
  move: lines(
    'Set its executable bit in Git, or run it with a shell:',
    '$ git update-index --chmod=+x {path}',
    '$ bash {path}',
  ),
};

const WHY_NOT_READY = lines(
  'To see why, add this to the command:',
  '$ kubectl get pods,events --namespace {namespace}',
  '$ kubectl logs POD --namespace {namespace} --all-containers --previous',
);

const BIND = lines(
  '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --serviceaccount={serviceAccount?}',
);

const CRASHES: Text = {
  section: 'crash-loop',
  sentence: 'A container crashes again and again.',
  move: lines('To see what it printed before it crashed:', '$ kubectl logs POD --namespace NAMESPACE --previous'),
};

const NO_RELEASE: Text = {
  section: 'helm-release-not-found',
  sentence: 'helm found no such release in this namespace.',
  move: lines(
    'Without --namespace, helm looks in the namespace aks-command. To find it:',
    '$ helm list --all-namespaces',
  ),
};

/** What the output of a failed command says, a line that is an error at a time. The first row that fits counts. */
export const POD_OUTPUT: readonly Row[] = [
  // Permissions in the cluster
  onLine(
    /is forbidden: User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?.*does not have access to the resource in Azure/,
    {
      section: 'azure-rbac-forbidden',
      sentence: 'The identity cannot {verb} {kind} in the cluster: Azure RBAC for Kubernetes denied it.',
      move: lines(
        'Grant a role that has this permission: Reader, Writer, or Admin for a namespace, Cluster Admin for kinds without one.',
        '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}',
      ),
    },
  ),
  onLine(
    /is forbidden: User "(?<user>system:serviceaccount:aks-command:[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?/,
    {
      section: 'service-account-forbidden',
      sentence: "The pod's service account cannot {verb} {kind}.",
      move: lines(
        'Bind a role to it:',
        BIND,
        'For kinds without a namespace, bind a cluster role:',
        '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --serviceaccount={serviceAccount?}',
      ),
    },
  ),
  onLine(
    /is forbidden: User "(?!system:serviceaccount:)(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?/,
    {
      section: 'kubernetes-forbidden',
      sentence: 'The identity cannot {verb} {kind} in the cluster.',
      move: lines(
        'If the cluster uses Azure RBAC for Kubernetes, grant a role that has this permission: Reader, Writer, or Admin for a namespace, Cluster Admin for kinds without one.',
        '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}',
        'If it uses Kubernetes RBAC, have a cluster admin bind a role. The first command shows the OBJECT_ID:',
        '$ az ad sp show --id {principal} --query id --output tsv',
        '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --user=OBJECT_ID',
        '$ kubectl create clusterrolebinding {clusterBinding?} --clusterrole=CLUSTER_ROLE --user=OBJECT_ID',
      ),
    },
  ),
  onLine(/attempting to grant RBAC permissions not currently held/, {
    section: 'rbac-escalation',
    sentence: 'The identity tried to grant permissions that it does not have.',
    move: 'Kubernetes lets no one grant more than they have. Give the identity the role itself, or have a cluster admin bind it.',
  }),
  onLine(
    /^(?:[Ee]rror: )*(?:error: )?You must be logged in to the server \(|^Error from server \(Unauthorized\)|Unauthorized$/,
    {
      section: 'kubernetes-unauthorized',
      sentence: 'The API server did not accept the credentials of the pod.',
      move: 'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig and --token. A command that runs for hours may outlive its token.',
    },
  ),

  // What rejects a change
  onLine(said('is forbidden: exceeded quota: (?<quota>[a-z0-9.-]{1,253}), requested: '), {
    section: 'namespace-quota',
    sentence: 'The resource quota {quota} of the namespace is exceeded.',
    move: lines(
      'Request less, or raise the quota. To see its limits and what is used:',
      '$ kubectl describe resourcequota {quota} --namespace NAMESPACE',
    ),
  }),
  onLine(said('is forbidden: violates PodSecurity "(?<level>[^"]{1,100})"'), {
    section: 'pod-security',
    sentence: 'The namespace forbids this pod: PodSecurity {level}.',
    move: 'The error lists the fields to set, such as runAsNonRoot and seccompProfile. Set them, or use a namespace with another level.',
  }),
  onLine(said("ValidatingAdmissionPolicy '(?<policy>[^']{1,253})'"), {
    section: 'admission-policy',
    sentence: 'The ValidatingAdmissionPolicy {policy} blocked the change.',
    move: lines(
      'Change the manifest as the policy requires, or ask its owners for an exemption:',
      '$ kubectl get validatingadmissionpolicy {policy} --output yaml',
    ),
  }),
  onLine(said('Internal error occurred: failed calling webhook "(?<webhook>[^"]{1,253})"'), {
    section: 'webhook-unavailable',
    sentence: 'The webhook {webhook} did not answer.',
    move: lines(
      'Kubernetes asks it before every change, and its pods may be down. To find its service:',
      '$ kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
    ),
  }),
  onLine(said('admission webhook "(?<webhook>[^"]{1,253})" denied the request'), {
    section: 'admission-denied',
    sentence: 'The policy {webhook} blocked the change.',
    move: 'The error names the rule and what it requires. Change the manifest, or ask the owners of the policy for an exemption.',
  }),
  onLine(
    said('unable to create new content in namespace (?<namespace>[a-z0-9-]{1,63}) because it is being terminated'),
    {
      section: 'namespace-terminating',
      sentence: 'The namespace is being deleted.',
      move: lines(
        'Nothing can be created in it until it is gone. To see what blocks it:',
        '$ kubectl get namespace {namespace} --output yaml',
      ),
    },
  ),

  // What is not there
  onLine(/namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/, {
    section: 'namespace-not-found',
    sentence: 'The cluster has no namespace {namespace}.',
    move: CREATE_IT,
  }),
  onLine(/not found in namespace "aks-command"|in the namespace "aks-command"|not found in aks-command namespace/, {
    section: 'default-namespace',
    sentence: 'The command looked in the namespace aks-command, where its own pod runs.',
    move: NAMESPACE,
  }),
  onLine(/no matches for kind "(?<kind>[^"]{1,100})" in version "(?<version>[^"]{1,100})"/, {
    section: 'no-matches-for-kind',
    sentence: 'The cluster has no kind {kind} in {version}.',
    move: lines(
      'Install the CRD first, or correct the apiVersion. To see what the cluster has:',
      '$ kubectl api-resources',
      '$ kubectl wait --for=condition=established crd/NAME --timeout=60s',
    ),
  }),
  onLine(/the server doesn't have a resource type "(?<kind>[^"]{1,100})"/, {
    section: 'no-resource-type',
    sentence: 'The cluster has no resource type {kind}.',
    move: lines(
      'Check the spelling, or install the CRD first. To see what the cluster has:',
      '$ kubectl api-resources',
    ),
  }),
  onLine(
    /^(?:error: )?[Ee]rror from server \(NotFound\): (?:error when \w{1,40} "[^"]{1,300}": )?(?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/,
    {
      section: 'resource-not-found',
      sentence: 'kubectl found no {kind} {name}.',
      move: lines(
        'Without --namespace, kubectl looks in the namespace aks-command. To find it:',
        '$ kubectl get {kind} --all-namespaces',
      ),
    },
  ),

  // What kubectl was asked
  onLine(/^error: error reading \[(?<path>[^\]\s]{1,300})\]: recognized file extensions are/, {
    section: 'kubectl-no-manifests',
    sentence: 'kubectl found no manifests in {path}.',
    move: lines(
      '{nothingSent?}No files were sent.',
      'az aks command invoke puts all files into one folder. Here each file keeps its path, so name the folder, or add --recursive:',
      '$ kubectl apply --filename k8s/ --recursive',
    ),
  }),
  onLine(
    /^error: unable to find one of 'kustomization\.yaml'.* in directory '(?:[^']{0,300}\/)?(?<path>[^'/]{1,300})'/,
    {
      section: 'kustomize-none',
      sentence: 'There is no kustomization.yaml in {path}.',
      move: lines(
        '{nothingSent?}No files were sent.',
        'Send it, or apply the manifests without --kustomize:',
        '$ kubectl apply --filename {path}',
      ),
    },
  ),
  onLine(/^[Ee]rror: .*(?:apiVersion not set|kind not set|Object 'Kind' is missing in)/, {
    section: 'no-manifest',
    sentence: 'A file is not a Kubernetes manifest: it has no apiVersion or kind.',
    move: 'The error names the file. It may be a values.yaml, a kustomization.yaml, or a template. Move it out of the folder, or name the manifests one by one.',
  }),
  onLine(/^[Ee]rror: unknown (?:shorthand )?flag: (?:'.' in )?(?<flag>-{1,2}[\w-]{1,100})/, {
    section: 'unknown-flag',
    sentence: 'There is no option {flag}.',
    move: 'Options of az, such as --query and --resource-group, are not options of kubectl or helm. To select fields, use kubectl get --output jsonpath=… or jq. helm 4 removed some options.',
  }),
  onLine(/^error: unknown command "(?<name>[\w-]{1,100})" for "kubectl"/, {
    section: 'unknown-command',
    sentence: 'kubectl has no command {name}.',
    move: 'Check the spelling. The image has no kubectl plugins: run what needs one on {noun:runner}.',
  }),
  onLine(/^error: no matching resources found$/, {
    section: 'no-matching-resources',
    sentence: 'kubectl found nothing that matches.',
    move: lines(
      'kubectl wait does not wait for objects to be created. Check the selector and the namespace:',
      '$ kubectl get pods --show-labels --namespace NAMESPACE',
    ),
  }),
  onLine(/^error: no objects passed to (?<verb>\w{1,40})$/, {
    section: 'no-objects',
    sentence: 'kubectl had no objects to {verb}.',
    move: 'The file or the pipe was empty. With set -o pipefail, the command ends at the program that failed to write it.',
  }),
  onLine(
    /^error: unable to parse ".{0,1000}": yaml: |^Error from server \(BadRequest\): (?:invalid character |the body of the request is neither JSON nor YAML)/,
    {
      section: 'invalid-patch',
      sentence: 'The patch is not valid JSON or YAML.',
      move: lines(
        'Quotes are the usual cause. Put the patch in a file:',
        '$ kubectl patch KIND NAME --patch-file patch.yaml --namespace NAMESPACE',
      ),
    },
  ),
  onLine(/^error: resource\(s\) were provided, but no name was specified/, {
    section: 'no-name',
    sentence: 'kubectl needs a name.',
    move: 'A variable in the command may be empty. Add its name to {input:env}, or give a name, --selector, or --all.',
  }),
  onLine(/^error: unable to find container named "?(?<name>[\w.-]{1,253})/, {
    section: 'no-such-container',
    sentence: 'The pod has no container {name}.',
    move: lines(
      'To see its containers:',
      "$ kubectl get KIND NAME --namespace NAMESPACE --output 'jsonpath={.spec.template.spec.containers[*].name}'",
    ),
  }),
  onLine(
    /^(?:error|Error from server \(BadRequest\)): a container name must be specified for pod (?<name>[a-z0-9.-]{1,253})/,
    {
      section: 'container-name',
      sentence: 'The pod {name} has several containers, and the command names none.',
      move: lines('Name one, or use all:', '$ kubectl logs {name} --all-containers --namespace NAMESPACE'),
    },
  ),
  onLine(
    /^Error from server \(BadRequest\): container "(?<name>[a-z0-9-]{1,63})" in pod "(?<pod>[a-z0-9.-]{1,253})" is waiting to start: (?:ContainerCreating|PodInitializing)/,
    {
      section: 'container-not-started',
      sentence: 'The container {name} has not started yet.',
      move: lines(
        'Wait for it first:',
        '$ kubectl wait --for=condition=Ready pod/{pod} --timeout=120s --namespace NAMESPACE',
      ),
    },
  ),
  onLine(/cannot exec into a container in a completed pod/, {
    section: 'pod-completed',
    sentence: 'The pod has ended, and nothing can run in it.',
    move: lines('To see what it printed:', '$ kubectl logs POD --namespace NAMESPACE'),
  }),
  onLine(/^error when evicting .*violate the pod's disruption budget|Cannot evict pod as it would violate/, {
    section: 'disruption-budget',
    sentence: 'A PodDisruptionBudget does not allow the eviction.',
    move: lines(
      'Add a replica, or wait until the other pods are ready. To see the budgets:',
      '$ kubectl get poddisruptionbudget --all-namespaces',
    ),
  }),
  onLine(/^[Ee]rror: .*cannot delete (?:DaemonSet-managed Pods|Pods with local storage|Pods declare no controller)/, {
    section: 'drain-refused',
    sentence: 'kubectl drain found pods that it does not delete by default.',
    move: lines('If they can be deleted:', '$ kubectl drain NODE --ignore-daemonsets --delete-emptydir-data'),
  }),
  onLine(/^error: Metrics API not available/, {
    section: 'no-metrics',
    sentence: 'The cluster has no metrics yet.',
    move: lines(
      'metrics-server needs a minute after a pod starts. To see whether it runs:',
      '$ kubectl get pods --namespace kube-system --selector k8s-app=metrics-server',
    ),
  }),
  onLine(/provided port is already allocated/, {
    section: 'node-port-taken',
    sentence: 'Another service uses this node port.',
    move: 'Leave out nodePort, and Kubernetes picks a free one.',
  }),
  onLine(/(?:updates to statefulset spec for fields other than|spec is immutable after creation)/, {
    section: 'spec-immutable',
    sentence: 'This part of the object cannot be changed.',
    move: lines(
      'Delete the object and create it again. To keep the pods of a StatefulSet running:',
      '$ kubectl delete statefulset NAME --cascade=orphan --namespace NAMESPACE',
    ),
  }),
  onLine(
    /^Error from server(?: \((?:Timeout|ServiceUnavailable|TooManyRequests|InternalError)\))?: .*(?:etcdserver: |Timeout: request did not complete|the server is currently unable to handle the request|Too many requests)|^Error from server: etcdserver: |^(?:error: failed to \w{1,20} [\w.]{1,60}|Error from server): rpc error: code = Unavailable /,
    {
      section: 'api-server-busy',
      sentence: 'The API server is overloaded or restarting.',
      move: 'Run it again in a minute. If it keeps failing, look at the load of the API server in Azure Monitor.',
    },
  ),

  // What is there already, or cannot change
  onLine(/field is immutable/, {
    section: 'immutable-field',
    sentence: 'A field of the object cannot be changed.',
    move: lines(
      'Delete the object and create it again, which interrupts the workload:',
      '$ kubectl replace --force --filename FILE',
    ),
  }),
  onLine(
    /^error: Apply failed with \d+ conflicts?: conflicts? with "(?<manager>[^"]{1,253})".*?(?:: (?<field>\.\S{1,300}))?$/,
    {
      section: 'apply-conflict',
      sentence: 'The field manager {manager} owns what server-side apply would change.',
      move: lines(
        'The field is {field?}',
        'Remove the field from the manifest, or take it over:',
        '$ kubectl apply --server-side --force-conflicts --filename FILE',
      ),
    },
  ),
  onLine(/the object has been modified; please apply your changes to the latest version/, {
    section: 'object-modified',
    sentence: 'Something else changed the object at the same time.',
    move: 'Run it again. kubectl apply and kubectl patch avoid this, kubectl replace does not.',
  }),
  onLine(/metadata\.annotations: Too long/, {
    section: 'annotations-too-long',
    sentence: 'The object is too large for a client-side kubectl apply.',
    move: lines(
      'kubectl keeps a copy in an annotation of at most 256 KiB. Server-side apply needs none:',
      '$ kubectl apply --server-side --filename FILE',
    ),
  }),
  onLine(/^Error from server \(AlreadyExists\)/, {
    section: 'already-exists',
    sentence: 'The object already exists.',
    move: lines('kubectl create works once. To create or update:', '$ kubectl apply --filename FILE'),
  }),
  onLine(/strict decoding error: unknown field "(?<field>[^"]{1,253})"/, {
    section: 'unknown-field',
    sentence: 'The manifest has an unknown field: {field}.',
    move: lines('Check spelling and indentation:', '$ kubectl explain KIND.spec --recursive'),
  }),
  onLine(/^The (?<kind>\w{1,100}) "(?<name>[^"]{0,253})" is invalid: (?<field>[^:\s]{1,300}):/, {
    section: 'invalid-object',
    sentence: 'The {kind} {name} is invalid at {field}.',
    move: 'The error says which value is wrong and what is allowed.',
  }),
  onLine(
    /cannot be handled as an? (?<kind>\w{1,100}): json: cannot unmarshal (?<got>\w{1,40}) into .* of type (?<wanted>\S{1,100})$/,
    {
      section: 'wrong-type',
      sentence: 'A field of the {kind} has the wrong type: {got} instead of {wanted}.',
      move: 'Put quotes around a number or a boolean that should be text, such as value: "8080".',
    },
  ),
  onLine(/error converting YAML to JSON|YAML parse error on (?<path>\S{1,300}):/, {
    section: 'invalid-yaml',
    sentence: 'A file is not valid YAML.',
    move: 'The error names the line. The usual causes are tabs, indentation, and colons without quotes.',
  }),

  // Waiting
  onLine(/deployment "(?<deployment>[a-z0-9.-]{1,253})" exceeded its progress deadline/, {
    section: 'progress-deadline',
    sentence: 'The deployment {deployment} made no progress before its deadline.',
    move: lines(
      'Its new pods did not become ready. To see why, add this to the command:',
      '$ kubectl describe deployment/{deployment} --namespace NAMESPACE',
      '$ kubectl logs deployment/{deployment} --namespace NAMESPACE --all-containers --previous',
    ),
  }),
  onLine(
    /(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed: resource Job\/(?<namespace>[a-z0-9-]{1,63})\/(?<job>[a-z0-9.-]{1,253}) /,
    {
      section: 'helm-hook',
      sentence: 'A hook of the helm chart failed.',
      move: lines('To see what it printed:', '$ kubectl logs job/{job} --namespace {namespace}'),
    },
  ),
  onLine(
    /(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed|failed (?:pre|post)-(?:install|upgrade|rollback|delete)/,
    {
      section: 'helm-hook',
      sentence: 'A hook of the helm chart failed.',
      move: lines('A hook is usually a Job. To see what it printed:', '$ kubectl logs job/NAME --namespace NAMESPACE'),
    },
  ),
  onLine(
    /^[Ee]rror\b.*\bPod\/(?<namespace>[a-z0-9-]{1,63})\/(?<name>[a-z0-9.-]{1,253}) .*(?:CrashLoopBackOff|in CrashLoop state)/,
    {
      ...CRASHES,
      move: lines(
        'To see what it printed before it crashed:',
        '$ kubectl logs {name} --namespace {namespace} --previous',
      ),
    },
  ),
  onLine(/^[Ee]rror\b.*(?:CrashLoopBackOff|in CrashLoop state)/, CRASHES),
  onLine(
    /resource (?<resource>\w{1,100}\/(?<namespace>[a-z0-9-]{0,63})\/\S{1,253}) not ready\. status: Failed, message: Progress deadline exceeded/,
    {
      section: 'helm-progress-deadline',
      sentence: '{resource} made no progress before its deadline.',
      move: WHY_NOT_READY,
    },
  ),
  onLine(
    /(?:INSTALLATION|UPGRADE) FAILED: .*resource (?<resource>\w{1,100}\/(?<namespace>[a-z0-9-]{0,63})\/\S{1,253}) not ready\. status: /,
    {
      section: 'helm-not-ready',
      sentence: 'helm waited for {resource}, but it did not become ready.',
      move: WHY_NOT_READY,
    },
  ),
  onLine(/^[Ee]rror: timed out waiting for the condition/, {
    section: 'timed-out-waiting',
    sentence: 'kubectl or helm timed out waiting.',
    move: lines('The pods did not become ready, or need more time than --timeout.', WHY_NOT_READY),
  }),
  onLine(/^[Ee]rror: .*(?:context deadline exceeded|would exceed context deadline)$/, {
    section: 'context-deadline',
    sentence: 'helm or kubectl ran out of time.',
    move: WHY_NOT_READY,
  }),
  onLine(/^[Ee]rror\b.*(?:ImagePullBackOff|ErrImagePull|image can't be pulled|failing to pull image)/, {
    section: 'image-pull',
    sentence: 'A pod cannot pull its image.',
    move: lines(
      "Check the image's name and tag, and that the cluster can pull from its registry. For an Azure container registry:",
      '$ az aks check-acr --subscription {subscription} -g {group} -n {cluster} --acr REGISTRY.azurecr.io',
      '$ az aks update --subscription {subscription} -g {group} -n {cluster} --attach-acr REGISTRY',
    ),
  }),

  // helm
  onLine(/another operation \(install\/upgrade\/rollback\) is in progress|UPGRADE FAILED: release: already exists/, {
    section: 'helm-in-progress',
    sentence: 'Another helm operation on this release is in progress.',
    move: lines(
      '[workflow] Another job is deploying it, or an earlier one was interrupted. To deploy it from one job at a time:',
      '[prompt] Something else is deploying it, or an earlier deployment was interrupted.',
      '[workflow] | concurrency:',
      '[workflow] |   group: deploy',
      'If nothing is deploying it, go back to the last deployed revision:',
      '$ helm history RELEASE --namespace NAMESPACE',
      '$ helm rollback RELEASE --namespace NAMESPACE',
    ),
  }),
  onLine(/cannot re-?use a name that is still in use|INSTALLATION FAILED: release: already exists/, {
    section: 'helm-name-in-use',
    sentence: 'The helm release already exists.',
    move: lines('To install or upgrade:', '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE'),
  }),
  onLine(/"(?<release>[^"]{1,100})" has no deployed releases/, {
    section: 'helm-no-deployed-release',
    sentence: 'The helm release {release} was never deployed successfully.',
    move: lines(
      'Remove what the failed installation left, and install again:',
      '$ helm uninstall {release} --namespace NAMESPACE',
      '$ helm upgrade --install {release} CHART --namespace NAMESPACE',
    ),
  }),
  onLine(/invalid ownership metadata|cannot be imported into the current release/, {
    section: 'helm-ownership',
    sentence: 'The object already exists and does not belong to the helm release.',
    move: lines(
      'If the release can take it over:',
      '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE --take-ownership',
    ),
  }),
  onLine(/helm dependency build|missing in charts\/ directory: (?<dependency>[\w.-]{1,100})/, {
    section: 'helm-dependencies',
    sentence: 'The helm chart lacks its dependencies.',
    move: lines(
      'Download them on {noun:runner} first, and send the folder charts/:',
      '$ helm dependency build CHART',
      '@ files: CHART/',
    ),
  }),
  onLine(
    /^Error: (?:[A-Z]{1,20} FAILED: )?repo (?<repo>[\w.-]{1,100}) not found|is not a valid chart repository or cannot be reached|^Error: (?:[A-Z]{1,20} FAILED: )?no cached repo/,
    {
      section: 'helm-repository',
      sentence: 'helm cannot use the chart repository from the pod.',
      move: NO_EGRESS,
    },
  ),
  onLine(
    /^Error: .*(?:401|unauthorized|denied).*(?:oci:|\/v2\/|registry)|^Error: .*\/v2\/.*(?:401|unauthorized|denied|basic credential not found)/,
    {
      section: 'registry-unauthorized',
      sentence: 'The registry of the chart requires a sign-in.',
      move: lines('Sign in first, on {noun:runner} or in the command:', '$ helm registry login REGISTRY', NO_EGRESS),
    },
  ),
  onLine(
    /^Error: (?:[A-Z]{1,20} FAILED: |failed parsing --set-file data: )?(?:open |path ")(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" not found)/,
    {
      section: 'helm-path',
      sentence: 'helm found no file {path}.',
      move: SEND_IT,
    },
  ),
  onLine(
    /^Error: (?:[A-Z]{1,20} FAILED: )?non-absolute URLs should be in form of repo_name\/path_to_chart, got: (?<path>\S{1,300})/,
    {
      section: 'helm-chart-path',
      sentence: 'helm found no chart {path}.',
      move: SEND_IT,
    },
  ),
  onLine(
    /[Kk]ubernetes cluster unreachable|^The connection to the server \S{1,300} was refused|^Unable to connect to the server: (?!.*no such host)/,
    {
      section: 'api-server-unreachable',
      sentence: 'The command did not reach the API server.',
      move: 'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig, --server, and --context. If the cluster is being upgraded, run it again.',
    },
  ),
  onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?(?:Chart\.yaml file is missing|unable to detect chart at )/, {
    section: 'helm-no-chart',
    sentence: 'The folder is not a helm chart: it has no Chart.yaml.',
    move: lines(
      '{nothingSent?}No files were sent.',
      'Name the folder that contains Chart.yaml, and send the whole folder:',
      '@ files: CHART/',
    ),
  }),
  onLine(/^Error: (?:uninstall: )?(?:Release not loaded: )?(?<release>[a-z0-9.-]{1,100}): release: not found$/, {
    ...NO_RELEASE,
    title: 'helm found no release {release} in this namespace',
  }),
  onLine(/^Error: (?:uninstall: )?(?:Release not loaded: )?release: not found$/, NO_RELEASE),
  onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?values don't meet the specifications of the schema/, {
    section: 'helm-schema',
    sentence: "The values do not match the chart's schema.",
    move: 'The lines below the error name each value. A name in the wrong place, or a number in quotes, is the usual cause.',
  }),
  onLine(
    /chart requires kubeVersion: (?<wanted>.{1,100}?) which is incompatible with Kubernetes (?<version>\S{1,40})/,
    {
      section: 'helm-kube-version',
      sentence: 'The chart does not support Kubernetes {version}.',
      move: 'Use a version of the chart that does, or upgrade the cluster.',
    },
  ),
  onLine(
    /^Error: (?:[A-Z]{1,20} FAILED: )?(?:execution error at \(|template: |parse error at \(|\S{1,300}\/templates\/\S{1,300}:\d{1,9}:\d{1,9}$)/,
    {
      section: 'helm-template',
      sentence: 'A template of the helm chart failed.',
      move: lines(
        'The error names the template and the value. Often, the value is missing. To see it without the cluster:',
        '$ helm template RELEASE CHART --values values.yaml --debug',
      ),
    },
  ),
  onLine(/unknown command "(?<plugin>[\w-]{1,100})" for "helm"/, {
    section: 'helm-plugin',
    sentence: 'helm in the pod has no command {plugin}.',
    move: 'The image has no helm plugins. Run what needs one on {noun:runner}, and send the result with {input:files}.',
  }),
  onLine(
    /(?:no context exists with the name: "|context was not found for specified context: |context ")(?<context>[^"\s]{1,253})(?:"$|$|" does not exist)/,
    {
      section: 'no-context',
      sentence: 'The pod has no kubectl context {context}.',
      move: 'The pod is already connected to the cluster. Leave out --context, kubectl config use-context, and az aks get-credentials.',
    },
  ),

  // Files
  onLine(/^error: the path "(?<path>[^"]{1,300})" does not exist/, {
    section: 'kubectl-path',
    sentence: 'kubectl could not find {path}.',
    move: SEND_IT,
  }),
  onLine(/evalsymlink failure on '(?:[^']{0,300}\/)?(?<path>[^'/]{1,300})'/, {
    section: 'kustomize-path',
    sentence: 'kustomize could not find {path}.',
    move: lines(
      '{nothingSent?}No files were sent.',
      'An overlay needs its bases and components. Send the folder that contains all of them:',
      '@ files: k8s/',
    ),
  }),
  onLine(
    /(?:dial tcp: lookup |Could not resolve host: |unable to resolve host address ['‘]|wget: bad address ')(?<host>[^\s:'’]{1,253})/,
    {
      section: 'no-egress',
      sentence: 'The pod cannot resolve the host {host}.',
      move: NO_EGRESS,
    },
  ),
  onLine(
    /^(?:.*: )?(?:line )?(?:\d{1,9}: )?(?:cd: )(?:line \d{1,9}: )?(?:can't cd to )?(?<path>[^\s:]{1,300})(?:: No such file or directory)?$/,
    {
      section: 'no-such-folder',
      sentence: 'The shell found no folder {path}.',
      move: SEND_IT,
    },
  ),
  onLine(/cannot execute binary file: Exec format error$|: Exec format error$|^exec \S{1,300}: exec format error/, {
    section: 'exec-format',
    sentence: 'A program is for another system.',
    move: 'Send a static build for Linux, for the architecture of the nodes (x64 or arm64). A script needs a first line such as #!/bin/sh.',
  }),
  onLine(/No space left on device/, {
    section: 'disk-full',
    sentence: 'The disk of the pod is full.',
    move: 'Write less, or delete files that are no longer needed during the command.',
  }),
  onLine(/[Rr]ead-only file ?system$/, {
    section: 'read-only',
    sentence: 'The command tried to write to a folder that is read-only.',
    move: 'Write below the working folder, $HOME, or /tmp.',
  }),
  onLine(/Argument list too long$/, {
    section: 'argument-list',
    sentence: 'A command line is too long.',
    move: 'Pass the data in a file or through a pipe, or split the list with xargs.',
  }),
  onLine(/^curl: \(7\)|^(?:wget|curl): .*[Cc]onnection refused|connect: connection refused$/, {
    section: 'connection-refused',
    sentence: 'The connection was refused.',
    move: 'Nothing listens at that address and port, or a network policy rejects it. In the cluster, a service is SERVICE.NAMESPACE.svc.',
  }),
  onLine(/x509: certificate signed by unknown authority|SSL certificate problem/, {
    section: 'pod-certificate',
    sentence: 'The pod does not trust a TLS certificate.',
    move: 'Send the CA certificate with {input:files}, and pass it on, for example with helm --ca-file or SSL_CERT_FILE.',
  }),
  onLine(/dial tcp [\d.:[\]a-f]{3,50}: i\/o timeout|net\/http: TLS handshake timeout|^curl: \(28\)/, {
    section: 'connection-timeout',
    sentence: 'A connection from the pod timed out.',
    move: lines('A firewall may drop it.', NO_EGRESS),
  }),
  onLine(/^fatal: (?:not a git repository|detected dubious ownership)/, {
    section: 'git-repository',
    sentence: 'The files in the pod are not a Git repository.',
    move: 'The action sends files without .git. Run git on {noun:runner}, and pass the result on with {input:env}.',
  }),
  onLine(/^jq: error: syntax error|^jq: error: .*syntax error|^jq: \d+ compile errors?/, {
    section: 'jq-syntax',
    sentence: 'The jq program has a syntax error.',
    move: 'Put the program in single quotes, so that the shell leaves $ and " alone.',
  }),
  onLine(/^jq: parse error: /, {
    section: 'jq-parse',
    sentence: 'jq read something that is not JSON.',
    move: 'The program before the pipe may have printed an error or plain text. Use set -o pipefail to catch its failure, and --output json with kubectl.',
  }),
  onLine(/^jq: error \(at \S{1,300}\): (?:Cannot (?:iterate over|index) .{1,200}|.{1,200}cannot be .{1,100})$/, {
    section: 'jq-null',
    sentence: 'jq did not find what the program expects.',
    move: 'The JSON has a different structure, or the field is missing. To accept that, use .field? or (.field // empty).',
  }),
  onLine(
    /: syntax error(?: near unexpected token|: unexpected end of file)|unexpected EOF while looking for matching|Syntax error: (?:Unterminated quoted string|end of file unexpected|"\w{1,20}" unexpected)|: syntax error: unterminated quoted string/,
    {
      section: 'shell-syntax',
      sentence: 'The shell could not read the command: it has a syntax error.',
      move: 'A quote or a block (if, for, {) may not be closed. In YAML, command: | keeps the lines as they are. That line and the lines after it did not run.',
    },
  ),
  {
    ...NOT_EXECUTABLE,
    match: { service: 'output', exitCode: 126, words: /: (?<path>\S{1,300}): Permission denied$/ },
  },
  onLine(/: (?:(?:cannot|can't) [a-z ]{1,40} )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: Permission denied$/, {
    section: 'access-denied',
    sentence: 'The command has no permission for {path}.',
    move: 'The command does not run as root. Write below the working folder, $HOME, or /tmp.',
  }),
  onLine(
    /: (?<path>\S{1,300}): cannot execute: required file not found$|: \S{1,300}: bad interpreter|\$'\\r': command not found|: invalid option name$|illegal option (?:-o )?pipefail\r?$/,
    {
      section: 'line-endings',
      sentence: 'The script cannot run: its line endings or its interpreter are wrong.',
      move: LINE_ENDINGS,
    },
  ),
  onLine(/(?:^|: )(?<path>\.{0,2}\/[^\s:]{1,300}): (?:No such file or directory|not found)$/, {
    section: 'no-such-script',
    sentence: 'The shell found no file {path}.',
    move: lines(SEND_IT, 'If it is there, the script cannot start.', LINE_ENDINGS),
  }),
  onLine(
    /^(?:(?:awk|base64|cat|chmod|cp|cut|diff|find|grep|head|jq|ls|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|bash|(?:da|a)?sh(?:: \d{1,9})?): (?:error: )?|(?:.*: )?(?:line )?\d{1,9}: )(?:can't open |can't read |cannot access |cannot open |cannot read:? |cannot stat |Could not open file )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Cannot open: )?No such file(?: or directory)?$/,
    {
      section: 'no-such-file',
      sentence: 'The command found no file {path}.',
      move: SEND_IT,
    },
  ),

  // The shell
  onLine(/: (?<program>az|kubelogin|azd): (?:command )?not found$/, {
    section: 'no-azure-cli',
    sentence: 'The pod has no {program}.',
    move: 'The command is already in the cluster and signed in to it: leave out {program} login, az aks get-credentials, and kubelogin. Run other az commands on {noun:runner}.',
  }),
  onLine(
    /(?:^|: )(?<name>GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/,
    {
      section: 'file-command',
      sentence: 'The command wrote to a file of {noun:runner} that the pod does not have.',
      move: lines(
        'The pod has $GITHUB_OUTPUT and $GITHUB_STEP_SUMMARY, but not $GITHUB_ENV or $GITHUB_PATH.',
        '[workflow] Write a step output to $GITHUB_OUTPUT, and use it in a later step.',
        '[prompt] Write to $GITHUB_OUTPUT: the file of --result has it.',
      ),
    },
  ),
  onLine(
    /(?:^|: )(?<name>[A-Za-z_]\w{0,100}): (?:(?:unbound variable|parameter (?:null or )?not set)$|(?<=(?:^|: )(?:line )?\d{1,9}: [A-Z_][A-Z0-9_]{0,100}: ).*\b(?:empty|missing|needed|required|set|unset)\b)/,
    {
      section: 'unbound-variable',
      sentence: 'The variable {name} is not set in the pod.',
      move: lines('Variables of {noun:job} are not passed to the pod unless you list them:', '@ env: {name}'),
    },
  ),
  onLine(
    /(?:^|: )(?:\[\[|declare|let|mapfile|popd|pushd|readarray|shopt|source|typeset): not found$|[Ss]yntax error: (?:"\(" unexpected|unexpected "\(")|: 1?\(\(: not found$|Bad substitution$|bad substitution$|Illegal option -o pipefail$/,
    {
      section: 'bash-needed',
      sentence: 'The command uses bash syntax, and sh ran it.',
      move: lines('Use bash:', '@ shell: bash'),
    },
  ),
  onLine(
    /(?:^|: )(?:line \d{1,9}|\d{1,9}): (?<name>\w{1,100}): (?:command )?not found$(?<=: [A-Z_][A-Z0-9_]*: (?:command )?not found)/,
    {
      section: 'blank-around-equals',
      sentence: 'The shell tried to run {name} as a program.',
      move: 'If it is a variable, leave no spaces around the equals sign: NAME=value.',
    },
  ),
  onLine(
    /(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env)): '?‘?(?<program>[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|(?<=^(?:xargs|env): .{1,110})No such file or directory)$/,
    {
      section: 'command-not-found',
      sentence: 'The pod has no program {program}.',
      move: lines(
        'The image has kubectl, helm, jq, xargs, grep, and awk, but no git, az, or curl. Run the program on {noun:runner}, or send a static Linux build:',
        '@ files: bin/tool',
        '@ command: ./bin/tool',
      ),
    },
  ),
  onLine(/^Unable to use a TTY/, {
    section: 'no-terminal',
    sentence: 'kubectl exec asked for a terminal, and there is none.',
    move: 'Leave out -t and -it.',
  }),

  // Exit codes of a command that says nothing better
  onExit(137, {
    section: 'exit-code-137',
    sentence: 'A process was killed (exit code 137, SIGKILL), probably out of memory.',
    title: 'killed, probably out of memory (exit code 137)',
    move: 'The pod has 1 GiB of memory, and files in /dev/shm count as memory. Do less at once: fewer charts or manifests, less in parallel, results in files instead of variables.',
  }),
  onExit(143, {
    section: 'exit-code-143',
    sentence: 'A process was terminated (exit code 143, SIGTERM).',
    title: 'terminated (exit code 143)',
    move: 'The pod was deleted, its node was drained, or the command ended a process itself.',
  }),
  onExit(130, {
    section: 'exit-code-130',
    sentence: 'A process was interrupted (exit code 130, SIGINT).',
    title: 'interrupted (exit code 130)',
    move: 'Something in the command sent SIGINT. Nobody can press Ctrl+C in the pod.',
  }),
  onExit(139, {
    section: 'exit-code-139',
    sentence: 'A program crashed (exit code 139, SIGSEGV).',
    title: 'a program crashed (exit code 139)',
    move: 'It is often a binary for another system. Send a static build for Linux, for the architecture of the nodes.',
  }),
  onExit(126, {
    section: 'exit-code-126',
    sentence: 'A program could not be run (exit code 126).',
    title: 'a program could not be run (exit code 126)',
    move: 'The program was found, but it is not executable, or it is for another system.',
  }),
  onExit(127, {
    section: 'exit-code-127',
    sentence: 'A program was not found (exit code 127).',
    title: 'a program was not found (exit code 127)',
    move: 'The image has kubectl, helm, jq, xargs, grep, and awk, but no git, az, or curl.',
  }),
  onExit(134, {
    section: 'exit-code-134',
    sentence: 'A program aborted (exit code 134, SIGABRT).',
    title: 'a program aborted (exit code 134)',
    move: 'It found an internal error or ran out of memory. The last lines of its output say more.',
  }),
  onExit(141, {
    section: 'exit-code-141',
    sentence: 'A program wrote to a pipe that was already closed (exit code 141, SIGPIPE).',
    title: 'a pipe was closed early (exit code 141)',
    move: 'With set -o pipefail, COMMAND | head fails when head has read enough. Write to a file first, or use sed -n 1,10p instead of head.',
  }),
  onExit(1, {
    section: 'silent-exit-1',
    sentence: 'The command exited with code 1 and wrote nothing.',
    title: 'exit code 1',
    move: lines(
      'grep exits with 1 if it finds nothing. test and [ exit with 1 if the condition is false. To see which line it was, start the command with set -x.',
      '[workflow] If 1 is a normal answer:',
      '[workflow] | with:',
      '[workflow] |   allowed-exit-codes: "0, 1"',
    ),
  }),
];
