import { lines } from './moves.ts';
import type { Match, Row, Text } from './row.ts';

/** A row for a line that is an error; its named groups are values of the templates. */
function onLine(words: RegExp, text: Text): Row {
  return { ...text, match: { service: 'output', words } };
}

/** A row for an exit code, where the output says nothing better. */
function onExit(exitCode: number, text: Text): Row {
  const match: Match = { service: 'output', exitCode };
  return { ...text, match };
}

const SERVER = String.raw`^(?:[Ee]rror: )*(?:INSTALLATION FAILED: |UPGRADE FAILED: )?.*?`;
/** Kubernetes' words behind whatever kubectl or helm puts before them. */
const said = (words: string) => new RegExp(SERVER + words);

const SEND_IT = lines(
  '{nothingSent?}',
  'Among the files sent, the closest is {near?}.',
  'Add it to {input:files}, and call it by its path below {input:working-directory}:',
  '@ files: {path}',
);

const NO_EGRESS = lines(
  'The pod often has no way out of the cluster. Fetch it on {noun:runner} before, and send it along:',
  '$ helm pull CHART --untar',
  '$ kubectl kustomize URL > rendered.yaml',
);

const NAMESPACE = lines(
  'Name the namespace in each call, and create it where it may be missing:',
  '$ kubectl create namespace NAMESPACE --dry-run=client --output yaml | kubectl apply --filename -',
  '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE --create-namespace',
);

const LINE_ENDINGS = lines(
  'Its first line may end in a carriage return, as on Windows, or name an interpreter that the pod does not have (it has sh and bash). For the line endings:',
  "$ echo '*.sh text eol=lf' >> .gitattributes",
);

const WHY_NOT_READY = lines(
  'Add this to the command to see why:',
  '$ kubectl get pods,events --namespace NAMESPACE',
  '$ kubectl logs POD --namespace NAMESPACE --all-containers --previous',
);

const BIND = lines(
  '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --serviceaccount={serviceAccount?}',
);

/** What the output of a failed command says, a line that is an error at a time. The first row that fits counts. */
export const POD_OUTPUT: readonly Row[] = [
  // Permissions in the cluster
  onLine(
    /is forbidden: User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<kind>[^"]*)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?.*does not have access to the resource in Azure/,
    {
      section: 'azure-rbac-forbidden',
      sentence: 'The identity cannot {verb} {kind} in the cluster: Azure RBAC for Kubernetes denies it.',
      move: lines(
        'Grant a role with that permission: Reader, Writer, or Admin in a namespace, Cluster Admin for kinds without one.',
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
        'If the cluster uses Azure RBAC for Kubernetes, grant a role with that permission: Reader, Writer, or Admin in a namespace, Cluster Admin for kinds without one.',
        '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}',
        'If it uses Kubernetes RBAC, bind a role, as a cluster admin. OBJECT_ID is what the first line shows:',
        '$ az ad sp show --id {principal} --query id --output tsv',
        '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --user=OBJECT_ID',
        '$ kubectl create clusterrolebinding {clusterBinding?} --clusterrole=CLUSTER_ROLE --user=OBJECT_ID',
      ),
    },
  ),
  onLine(/attempting to grant RBAC permissions not currently held/, {
    section: 'rbac-escalation',
    sentence: 'The identity tried to grant permissions that it does not have.',
    move: 'Kubernetes lets nobody grant more than they hold. Let the identity hold the role itself, or bind it as a cluster admin.',
  }),
  onLine(
    /^(?:[Ee]rror: )*(?:error: )?You must be logged in to the server \(|^Error from server \(Unauthorized\)|Unauthorized$/,
    {
      section: 'kubernetes-unauthorized',
      sentence: 'The API server did not accept the credentials of the pod.',
      move: 'A kubeconfig that the command brings along replaces the one of the pod: unset KUBECONFIG and leave out --token. A command that runs for hours may outlive its token.',
    },
  ),

  // What rejects a change
  onLine(said('exceeded quota: (?<quota>[a-z0-9.-]{1,253})'), {
    section: 'namespace-quota',
    sentence: 'The resource quota {quota} of the namespace is exceeded.',
    move: lines(
      'Ask for less, or raise the quota. What it allows and what is used:',
      '$ kubectl describe resourcequota {quota} --namespace NAMESPACE',
    ),
  }),
  onLine(said('violates PodSecurity "(?<level>[^"]{1,100})"'), {
    section: 'pod-security',
    sentence: 'The namespace forbids this pod: PodSecurity {level}.',
    move: 'The line lists the fields to set, runAsNonRoot and seccompProfile for example. Set them, or use a namespace with another level.',
  }),
  onLine(said("ValidatingAdmissionPolicy '(?<policy>[^']{1,253})'"), {
    section: 'admission-policy',
    sentence: 'The ValidatingAdmissionPolicy {policy} blocked the change.',
    move: lines(
      'Change what it asks for, or ask its owners for an exemption:',
      '$ kubectl get validatingadmissionpolicy {policy} --output yaml',
    ),
  }),
  onLine(said('failed calling webhook "(?<webhook>[^"]{1,253})"'), {
    section: 'webhook-unavailable',
    sentence: 'The webhook {webhook} did not answer.',
    move: lines(
      'It has to allow each change, and its pods may be down. Which webhooks there are, and who owns them:',
      '$ kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
    ),
  }),
  onLine(said('admission webhook "(?<webhook>[^"]{1,253})" denied the request'), {
    section: 'admission-denied',
    sentence: 'The policy {webhook} blocked the change.',
    move: 'The line names the rule and what it asks for. Change the manifest, or ask the owners of the policy for an exemption.',
  }),
  onLine(said('because it is being terminated'), {
    section: 'namespace-terminating',
    sentence: 'The namespace is being deleted.',
    move: lines(
      'Nothing can be created in it until it is gone. What holds it up:',
      '$ kubectl get namespace NAMESPACE --output yaml',
    ),
  }),

  // What is not there
  onLine(/namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/, {
    section: 'namespace-not-found',
    sentence: 'The cluster has no namespace {namespace}.',
    move: NAMESPACE,
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
      'Install the CRD before, or correct the apiVersion. What the cluster has:',
      '$ kubectl api-resources',
      '$ kubectl wait --for=condition=established crd/NAME --timeout=60s',
    ),
  }),
  onLine(/the server doesn't have a resource type "(?<kind>[^"]{1,100})"/, {
    section: 'no-resource-type',
    sentence: 'The cluster has no resource type {kind}.',
    move: lines('Check the spelling, or install the CRD before. What the cluster has:', '$ kubectl api-resources'),
  }),
  onLine(/^Error from server \(NotFound\): (?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/, {
    section: 'resource-not-found',
    sentence: 'kubectl found no {kind} {name}.',
    move: lines(
      'Without {flag}, kubectl looks in the namespace aks-command. Where it is:'.replace('{flag}', '--namespace'),
      '$ kubectl get {kind} --all-namespaces',
    ),
  }),

  // What is there already, or cannot change
  onLine(/field is immutable/, {
    section: 'immutable-field',
    sentence: 'A field of the object cannot be changed.',
    move: lines(
      'Delete the object and create it again, which interrupts what it runs:',
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
        'Leave the field out of the manifest, or take it over:',
        '$ kubectl apply --server-side --force-conflicts --filename FILE',
      ),
    },
  ),
  onLine(/the object has been modified; please apply your changes to the latest version/, {
    section: 'object-modified',
    sentence: 'Something else changed the object at the same time.',
    move: 'Run it again. Use kubectl apply or kubectl patch instead of replace.',
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
    sentence: 'The object exists already.',
    move: lines('kubectl create works once. To create or update:', '$ kubectl apply --filename FILE'),
  }),
  onLine(/strict decoding error: unknown field "(?<field>[^"]{1,253})"/, {
    section: 'unknown-field',
    sentence: 'The manifest has a field that its kind does not know: {field}.',
    move: lines('Check spelling and indentation:', '$ kubectl explain KIND.spec --recursive'),
  }),
  onLine(/^The (?<kind>\w{1,100}) "(?<name>[^"]{0,253})" is invalid: (?<field>[^:\s]{1,300}):/, {
    section: 'invalid-object',
    sentence: 'The {kind} {name} is invalid at {field}.',
    move: 'The line says which value is wrong, and what is allowed.',
  }),
  onLine(
    /cannot be handled as an? (?<kind>\w{1,100}): json: cannot unmarshal (?<got>\w{1,40}) into .* of type (?<wanted>\S{1,100})$/,
    {
      section: 'wrong-type',
      sentence: 'A field of the {kind} has the wrong type: {got} instead of {wanted}.',
      move: 'Quote a number or a boolean that is meant as text, as in value: "8080".',
    },
  ),
  onLine(/error converting YAML to JSON|YAML parse error on (?<path>\S{1,300}):/, {
    section: 'invalid-yaml',
    sentence: 'A file is not valid YAML.',
    move: 'The line names the file and the line in it. Tabs, indentation, and unquoted colons are the usual causes.',
  }),

  // Waiting
  onLine(/deployment "(?<deployment>[a-z0-9.-]{1,253})" exceeded its progress deadline/, {
    section: 'progress-deadline',
    sentence: 'The deployment {deployment} made no progress before its deadline.',
    move: lines(
      'Its new pods do not become ready. Add this to the command to see why:',
      '$ kubectl describe deployment/{deployment} --namespace NAMESPACE',
      '$ kubectl logs deployment/{deployment} --namespace NAMESPACE --all-containers --previous',
    ),
  }),
  onLine(/(?:INSTALLATION|UPGRADE) FAILED: .*resource (?<resource>\S{1,300}) not ready\. status: /, {
    section: 'helm-not-ready',
    sentence: 'helm waited for {resource}, and it did not become ready.',
    move: WHY_NOT_READY,
  }),
  onLine(/Progress deadline exceeded/, {
    section: 'helm-progress-deadline',
    sentence: 'A deployment made no progress before its deadline.',
    move: WHY_NOT_READY,
  }),
  onLine(/^[Ee]rror: timed out waiting for the condition/, {
    section: 'timed-out-waiting',
    sentence: 'kubectl or helm timed out waiting.',
    move: lines('The pods do not become ready, or need longer than --timeout.', WHY_NOT_READY),
  }),
  onLine(
    /(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed|failed (?:pre|post)-(?:install|upgrade|rollback|delete)/,
    {
      section: 'helm-hook',
      sentence: 'A hook of the helm chart failed.',
      move: lines('A hook is usually a Job. What it printed:', '$ kubectl logs job/NAME --namespace NAMESPACE'),
    },
  ),
  onLine(/^[Ee]rror: .*context deadline exceeded$/, {
    section: 'context-deadline',
    sentence: 'helm or kubectl ran out of time.',
    move: WHY_NOT_READY,
  }),
  onLine(/^[Ee]rror\b.*(?:CrashLoopBackOff|in CrashLoop state)/, {
    section: 'crash-loop',
    sentence: 'A container crashes again and again.',
    move: lines('What it printed before it crashed:', '$ kubectl logs POD --namespace NAMESPACE --previous'),
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
      '[workflow] Another job deploys it now, or an earlier one was interrupted. Let only one job at a time deploy it:',
      '[prompt] Something else deploys it now, or an earlier try was interrupted.',
      '[workflow] | concurrency:',
      '[workflow] |   group: deploy',
      'If nothing is running, go back to the last deployed revision:',
      '$ helm history RELEASE --namespace NAMESPACE',
      '$ helm rollback RELEASE --namespace NAMESPACE',
    ),
  }),
  onLine(/cannot re-use a name that is still in use|INSTALLATION FAILED: release: already exists/, {
    section: 'helm-name-in-use',
    sentence: 'The helm release exists already.',
    move: lines('To install or upgrade:', '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE'),
  }),
  onLine(/"(?<release>[^"]{1,100})" has no deployed releases/, {
    section: 'helm-no-deployed-release',
    sentence: 'The helm release {release} was never deployed successfully.',
    move: lines(
      'Remove what the failed first try left, and install again:',
      '$ helm uninstall {release} --namespace NAMESPACE',
      '$ helm upgrade --install {release} CHART --namespace NAMESPACE',
    ),
  }),
  onLine(/invalid ownership metadata|cannot be imported into the current release/, {
    section: 'helm-ownership',
    sentence: 'The object exists already and does not belong to the helm release.',
    move: lines(
      'If the release may take it over:',
      '$ helm upgrade --install RELEASE CHART --namespace NAMESPACE --take-ownership',
    ),
  }),
  onLine(/helm dependency build|missing in charts\/ directory: (?<dependency>[\w.-]{1,100})/, {
    section: 'helm-dependencies',
    sentence: 'The helm chart lacks its dependencies.',
    move: lines(
      'Fetch them on {noun:runner} before, and send the folder charts/ along:',
      '$ helm dependency build CHART',
      '@ files: CHART/',
    ),
  }),
  onLine(
    /^Error: repo (?<repo>[\w.-]{1,100}) not found|is not a valid chart repository or cannot be reached|^Error: no cached repo/,
    {
      section: 'helm-repository',
      sentence: 'helm cannot use the chart repository from the pod.',
      move: NO_EGRESS,
    },
  ),
  onLine(
    /^Error: .*(?:401|unauthorized|denied).*(?:oci:|\/v2\/|registry)|^Error: .*\/v2\/.*(?:401|unauthorized|denied)/,
    {
      section: 'registry-unauthorized',
      sentence: 'The registry of the chart asks for a sign-in.',
      move: lines('Sign in before, on {noun:runner} or in the command:', '$ helm registry login REGISTRY', NO_EGRESS),
    },
  ),
  onLine(/^Error: (?:open (?<path>\S{1,300}): no such file or directory|path "(?:[^"]{1,300})" not found)/, {
    section: 'helm-path',
    sentence: 'helm found no file {path}.',
    move: SEND_IT,
  }),
  onLine(/^Error: non-absolute URLs should be in form of repo_name\/path_to_chart, got: (?<path>\S{1,300})/, {
    section: 'helm-chart-path',
    sentence: 'helm found no chart {path}.',
    move: SEND_IT,
  }),
  onLine(
    /[Kk]ubernetes cluster unreachable|^The connection to the server \S{1,300} was refused|^Unable to connect to the server: (?!.*no such host)/,
    {
      section: 'api-server-unreachable',
      sentence: 'The command did not reach the API server.',
      move: 'The pod has a kubeconfig of its own: unset KUBECONFIG, and leave out --kubeconfig and --context. If the cluster is being upgraded, run it again.',
    },
  ),
  onLine(/unknown command "(?<plugin>[\w-]{1,100})" for "helm"/, {
    section: 'helm-plugin',
    sentence: 'helm in the pod has no command {plugin}.',
    move: 'Plugins are not in the image. Run what needs them on {noun:runner}, and send the result along.',
  }),
  onLine(/no context exists with the name: "(?<context>[^"]{1,253})"|context "(?:[^"]{1,253})" does not exist/, {
    section: 'no-context',
    sentence: 'The pod has no kubectl context {context}.',
    move: 'The pod is already connected to the cluster. Leave out --context, kubectl config use-context, and az aks get-credentials.',
  }),

  // Files
  onLine(/^error: the path "(?<path>[^"]{1,300})" does not exist/, {
    section: 'kubectl-path',
    sentence: 'kubectl could not find {path}.',
    move: SEND_IT,
  }),
  onLine(/evalsymlink failure on '(?:[^']{0,300}\/)?(?<path>[^'/]{1,300})'/, {
    section: 'kustomize-path',
    sentence: 'kustomize could not find {path}.',
    move: lines('{nothingSent?}', 'An overlay needs its bases sent along:', '@ files: k8s/'),
  }),
  onLine(/(?:dial tcp: lookup |Could not resolve host: )(?<host>[^\s:]{1,253})/, {
    section: 'no-egress',
    sentence: 'The pod cannot resolve the host {host}.',
    move: NO_EGRESS,
  }),
  onLine(
    /^(?:.*: )?(?:line )?(?:\d{1,9}: )?(?:cd: )(?:line \d{1,9}: )?(?:can't cd to )?(?<path>[^\s:]{1,300})(?:: No such file or directory)?$/,
    {
      section: 'no-such-folder',
      sentence: 'The shell found no folder {path}.',
      move: SEND_IT,
    },
  ),
  onLine(/: (?<path>\S{1,300}): Permission denied$/, {
    section: 'permission-denied',
    sentence: 'The file {path} is not executable.',
    move: lines(
      'Set its executable bit in Git, or name the shell:',
      '$ git update-index --chmod=+x {path}',
      '$ bash {path}',
    ),
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
    move: lines(SEND_IT, LINE_ENDINGS),
  }),
  onLine(
    /^(?:awk|base64|cat|cp|grep|head|jq|ls|mv|rm|sed|tail|tar|tee|bash|sh): (?:error: )?(?:can't open |cannot access |cannot stat |can't read |Could not open file )?'?(?<path>[^\s:']{1,300})'?: No such file or directory$/,
    {
      section: 'no-such-file',
      sentence: 'The command found no file {path}.',
      move: SEND_IT,
    },
  ),

  // The shell
  onLine(
    /(?:^|: )(?<name>GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/,
    {
      section: 'file-command',
      sentence: 'The command wrote to a file of {noun:runner} that the pod does not have.',
      move: lines(
        'In the pod there are $GITHUB_OUTPUT and $GITHUB_STEP_SUMMARY, and not $GITHUB_ENV or $GITHUB_PATH.',
        '[workflow] Write a step output, and use it in a later step.',
        '[prompt] Write to $GITHUB_OUTPUT: the file of --result has it.',
      ),
    },
  ),
  onLine(/(?:^|: )(?<name>[A-Za-z_]\w{0,100}): (?:unbound variable|parameter not set)$/, {
    section: 'unbound-variable',
    sentence: 'The variable {name} is not set in the pod.',
    move: lines('Variables of {noun:job} do not reach the pod by themselves. Pass it on:', '@ env: {name}'),
  }),
  onLine(/(?:^|: )\[\[: not found$|[Ss]yntax error: (?:"\(" unexpected|unexpected "\(")|: 1?\(\(: not found$/, {
    section: 'bash-needed',
    sentence: 'The command uses bash syntax, and sh ran it.',
    move: lines('Ask for bash:', '@ shell: bash'),
  }),
  onLine(
    /(?:^|: )(?:line \d{1,9}|\d{1,9}): (?<name>\w{1,100}): (?:command )?not found$(?<=: [A-Z_][A-Z0-9_]*: (?:command )?not found)/,
    {
      section: 'blank-around-equals',
      sentence: 'The shell took {name} for a program.',
      move: 'An assignment has no blanks around the equals sign: NAME=value.',
    },
  ),
  onLine(
    /(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env)): '?‘?(?<program>[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|No such file or directory)$/,
    {
      section: 'command-not-found',
      sentence: 'The pod has no program {program}.',
      move: lines(
        'The image has kubectl, helm, jq, xargs, grep, and awk, and no git, az, or curl. Run the program on {noun:runner} before, or send a static Linux build along:',
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
    move: 'The pod has 1 GiB of memory, and files below /dev/shm count as memory. Do less at once: fewer charts or manifests, less in parallel, results in files instead of variables.',
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
    move: 'Often a binary for another system: send one for Linux x64 that is linked statically.',
  }),
  onExit(1, {
    section: 'silent-exit-1',
    sentence: 'The command exited with code 1 and wrote nothing.',
    title: 'exit code 1',
    move: lines(
      'grep, test, and [ exit with 1 and say nothing. To see which line it was, begin the command with set -x.',
      '[workflow] Where 1 is a normal answer:',
      '[workflow] | with:',
      '[workflow] |   allowed-exit-codes: "0, 1"',
    ),
  }),
];
