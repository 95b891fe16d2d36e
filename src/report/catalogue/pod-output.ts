import { lines, rowsOf, type Match, type Row } from './row.ts';

/** The resource must be a Kubernetes name. Anything else in its place may be a sentence that a pod made up. */
const DENIED = String.raw`cannot (?<verb>[a-z]{1,20}) resource "(?<kind>[a-z][a-z0-9.-]{0,252}(?:/[a-z]{1,63})?)"(?:.*in the namespace "(?<namespace>[a-z0-9-]{1,63})")?`;

const SEND_IT = lines(
  '{nothingSent?}No files were sent.',
  'Did you mean {near?}? The command refers to files by their path below {input:working-directory}.',
  '{kept?}az aks command invoke puts all files into one folder. Here each file keeps its path.',
  '{sent?}It was sent. The command finds it by its path below {input:working-directory}, unless it changes the folder with cd.',
  '{written?}The command writes to it. Create its folder first, with mkdir -p.',
  '{missing?}Add it to {input:files}, and use its path below {input:working-directory} in the command:',
  '@ files: {unsent?}',
);

const NO_EGRESS = lines(
  'Pods in a private cluster often cannot reach the internet. Download it on {noun:runner} first and send it with {input:files}, or push the chart to an OCI registry that the cluster reaches:',
  '$ helm pull CHART --untar',
  '$ kubectl kustomize URL > rendered.yaml',
);

const CREATE_NAMESPACE = lines(
  '$ kubectl create namespace {namespace} --dry-run=client --output yaml | kubectl apply --filename -',
  '$ helm upgrade --install RELEASE CHART --namespace {namespace} --create-namespace',
);

const LINE_ENDINGS = lines(
  'Its first line may end in a carriage return, as on Windows, or name an interpreter that the pod does not have. To fix the line endings:',
  "$ echo '*.sh text eol=lf' >> .gitattributes",
);

/** For a permission in all namespaces. Kubernetes' own roles don't include kinds without a namespace. */
const NEW_ROLE = '$ kubectl create clusterrole {newRole?} --verb={verb} --resource={kind}';

const DOCUMENTED_PROGRAMS =
  "Of the programs in AKS's image, Microsoft documents only kubectl, helm, jq, xargs, grep, and awk.";

/**
 * Errors that a line of output can show: what the line is recognized by, the sentence, and the lines of the next move.
 * Named groups are values for the templates.
 */
const OUTPUT: Readonly<Record<string, readonly [RegExp | Match, string, ...string[]]>> = {
  'service-account-forbidden': [
    new RegExp(
      `is forbidden: User "system:serviceaccount:aks-command:[a-z0-9.-]{1,253}" ${DENIED}`,
    ),
    "The pod's service account cannot {verb} {kind}.",
    'Each command has a service account of its own. Bind a role to all of them:',
    '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --group=system:serviceaccounts:aks-command',
    NEW_ROLE,
    '$ kubectl create clusterrolebinding {newRole?} --clusterrole={newRole?} --group=system:serviceaccounts:aks-command',
  ],
  'kubernetes-forbidden': [
    new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`),
    'The identity cannot {verb} {kind} in the cluster.',
    'Grant a role of Azure RBAC for Kubernetes that has this permission: Reader, Writer, or Admin for a namespace, Cluster Admin for kinds without one.',
    '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}',
    'If the cluster uses Kubernetes RBAC instead, have a cluster admin bind a role. The first command shows the OBJECT_ID:',
    '$ az ad sp show --id {principal} --query id --output tsv',
    '$ kubectl create rolebinding aks-run-command --namespace={namespace?} --clusterrole={clusterRole} --user=OBJECT_ID',
    NEW_ROLE,
    '$ kubectl create clusterrolebinding {newRole?} --clusterrole={newRole?} --user=OBJECT_ID',
  ],
  'rbac-escalation': [
    /attempting to grant RBAC permissions not currently held/,
    'The identity tried to grant permissions that it does not have.',
    'Kubernetes lets no one grant more than they have. Give the identity the role itself, or have a cluster admin bind it.',
  ],
  'kubernetes-unauthorized': [
    /^(?:[Ee]rror: )*You must be logged in to the server \(|^Error from server \(Unauthorized\)|Unauthorized$/,
    'The API server did not accept the credentials of the pod.',
    'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig and --token. A command that runs for hours may outlive its token.',
  ],
  'namespace-quota': [
    /is forbidden: exceeded quota: (?<quota>[a-z0-9.-]{1,253}), requested: /,
    'The resource quota {quota} of the namespace is exceeded.',
    'Request less, or have the quota raised. To see its limits and what is used:',
    '$ kubectl describe resourcequota {quota} --namespace {namespace}',
  ],
  'pod-security': [
    /is forbidden: violates PodSecurity "(?<level>[^"]{1,100})"/,
    'The namespace forbids this pod: PodSecurity {level}.',
    'Set the fields that the error lists, such as runAsNonRoot, or use a namespace with another level.',
  ],
  'webhook-unavailable': [
    /Internal error occurred: failed calling webhook "(?<webhook>[^"]{1,253})"/,
    'The webhook {webhook} did not answer.',
    'Kubernetes asks it before every change, and its pods may be down. To find its service:',
    '$ kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
  ],
  'admission-denied': [
    /(?:ValidatingAdmissionPolicy|admission webhook) ['"](?<policy>[^'"]{1,253})['"].*denied (?:the )?request/,
    'The policy {policy} blocked the change.',
    'The error names the rule and what it requires. Change the manifest, or ask the owners of the policy for an exemption.',
  ],
  'namespace-not-found': [
    /namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/,
    'The cluster has no namespace {namespace}.',
    'To create it in the command, if it may be missing:',
    CREATE_NAMESPACE,
  ],
  'default-namespace': [
    {
      words:
        /not found in namespace "aks-command"|in the namespace "aks-command"|not found in aks-command namespace/,
      unlessNamespace: 'always',
    },
    'The command looked in the namespace aks-command, where its own pod runs.',
    'Always pass a namespace, and create it if it may be missing:',
    CREATE_NAMESPACE,
  ],
  'resource-not-found': [
    {
      words:
        /^(?:error: )?[Ee]rror from server \(NotFound\): (?:error when \w{1,40} "[^"]{1,300}": )?(?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/,
      unlessNamespace: 'ever',
    },
    'kubectl found no {kind} {name}.',
    'Without --namespace, kubectl looks in the namespace aks-command. To find it:',
    '$ kubectl get {kind} --all-namespaces',
  ],
  'helm-release-not-found': [
    {
      words:
        /^Error: (?:uninstall: )?(?:Release not loaded: )?(?:(?<release>[a-z0-9.-]{1,100}): )?release: not found$/,
      unlessNamespace: 'ever',
    },
    'helm found no such release in this namespace.',
    'Without --namespace, helm looks in the namespace aks-command. To find it:',
    '$ helm list --all-namespaces',
  ],
  'no-matches-for-kind': [
    /no matches for kind "(?<kind>[^"]{1,100})" in version "(?<version>[^"]{1,100})"/,
    'The cluster has no kind {kind} in {version}.',
    'Install the CRD first, or correct the apiVersion. To see what the cluster has:',
    '$ kubectl api-resources',
  ],
  'no-name': [
    /^error: resource\(s\) were provided, but no name was specified/,
    'kubectl needs a name.',
    'A variable in the command may be empty. Add its name to {input:env}, or give a name, --selector, or --all.',
  ],
  'immutable-field': [
    /field is immutable|updates to statefulset spec for fields other than|spec is immutable after creation/,
    'A field of the object cannot be changed.',
    'Delete the object and create it again, which interrupts the workload:',
    '$ kubectl replace --force --filename FILE',
  ],
  'apply-conflict': [
    /^error: Apply failed with \d+ conflicts?: conflicts? with "(?<manager>[^"]{1,253})".*?(?:: (?<field>\.\S{1,300}))?$/,
    'The field manager {manager} owns what server-side apply would change.',
    'The field is {field?}',
    'Remove the field from the manifest, or take it over:',
    '$ kubectl apply --server-side --force-conflicts --filename FILE',
  ],
  'annotations-too-long': [
    /metadata\.annotations: Too long/,
    'The object is too large for a client-side kubectl apply.',
    'kubectl keeps a copy in an annotation of at most 256 KiB. Server-side apply needs none:',
    '$ kubectl apply --server-side --filename FILE',
  ],
  'helm-hook': [
    /^Error: .*(?:(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed(?:: resource Job\/(?<namespace>[a-z0-9-]{1,63})\/(?<job>[a-z0-9.-]{1,253}) )?|failed (?:pre|post)-(?:install|upgrade|rollback|delete))/,
    'A hook of the helm chart failed.',
    'A hook is usually a Job. To see what it printed:',
    '$ kubectl logs job/{job} --namespace {namespace}',
  ],
  'timed-out-waiting': [
    /^[Ee]rror: (?:timed out waiting for the condition|deployment "[^"]{1,253}" exceeded its progress deadline|.*resource \w{1,100}\/(?<namespace>[a-z0-9-]{0,63})\/\S{1,253} not ready\. status: |[A-Z]{1,20} FAILED: .*(?:context deadline exceeded|would exceed context deadline)$)/,
    'kubectl or helm timed out waiting.',
    'The pods did not become ready, or need more time than --timeout. To see why:',
    '$ kubectl get pods,events --namespace {namespace}',
    '$ kubectl logs POD --namespace {namespace} --all-containers --previous',
    '[workflow] Run this in a later step with if: failure(), because a command ends where it fails.',
  ],
  'image-pull': [
    /^[Ee]rror\b.*(?:ImagePullBackOff|ErrImagePull|image can't be pulled|failing to pull image)/,
    'A pod cannot pull its image.',
    "Check the image's name and tag, and that the cluster can pull from its registry. For an Azure container registry:",
    '$ az aks check-acr --subscription {subscription} -g {group} -n {cluster} --acr REGISTRY.azurecr.io',
    '$ az aks update --subscription {subscription} -g {group} -n {cluster} --attach-acr REGISTRY',
  ],
  'helm-in-progress': [
    /another operation \(install\/upgrade\/rollback\) is in progress|UPGRADE FAILED: release: already exists/,
    'Another helm operation on this release is in progress.',
    '[workflow] Another job is deploying it, or an earlier one was interrupted. To deploy it from one job at a time:',
    '[prompt] Something else is deploying it, or an earlier deployment was interrupted.',
    '[workflow] | concurrency:',
    '[workflow] |   group: deploy',
    'If nothing is deploying it, go back to the last revision that the first command shows as deployed. If there is none, uninstall the release:',
    '$ helm history RELEASE --namespace {namespace}',
    '$ helm rollback RELEASE REVISION --namespace {namespace}',
  ],
  'helm-no-deployed-release': [
    /"(?<release>[^"]{1,100})" has no deployed releases/,
    'The helm release {release} was never deployed successfully.',
    'Remove what the failed installation left, and install again:',
    '$ helm uninstall {release} --namespace {namespace} --ignore-not-found',
    '$ helm upgrade --install {release} CHART --namespace {namespace}',
  ],
  'helm-ownership': [
    /invalid ownership metadata|cannot be imported into the current release/,
    'The object already exists and does not belong to the helm release.',
    'If the release can take it over:',
    '$ helm upgrade --install RELEASE CHART --namespace {namespace} --take-ownership',
  ],
  'helm-dependencies': [
    /helm dependency build|missing in charts\/ directory: |no repository definition for |no cached repo.{0,10} helm-manager-/,
    'The helm chart lacks its dependencies.',
    'Download them on {noun:runner} first:',
    '$ helm dependency build CHART',
    'Then send the chart, with its folder charts/:',
    '@ files: CHART/',
  ],
  'helm-repository': [
    /^Error: (?:[A-Z]{1,20} FAILED: )?(?:repo [\w.-]{1,100} not found|no cached repo)/,
    'helm found no such repository or chart folder.',
    'If the chart is a folder, check its path, and send it with {input:files}. Repositories that were added on {noun:runner} are not in the pod.',
    NO_EGRESS,
  ],
  'registry-unauthorized': [
    /^Error: .*"(?:oci|https?):\/\/[^"]{0,300}\/v2\/.*(?:401|unauthorized|denied|basic credential not found)/,
    'The registry of the chart requires a sign-in.',
    'Sign in first, on {noun:runner} or in the command:',
    '$ helm registry login REGISTRY',
    NO_EGRESS,
  ],
  'helm-path': [
    /^Error: (?:[A-Z]{1,20} FAILED: |failed parsing --set-file data: )?(?:unable to detect chart at \S{1,300}: )?(?:open |path "|non-absolute URLs should be in form of repo_name\/path_to_chart, got: )(?:\/command-files\/)?(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" not found|$)/,
    'helm found no file or chart {path}.',
    SEND_IT,
  ],
  'api-server-unreachable': [
    /[Kk]ubernetes cluster unreachable|^The connection to the server \S{1,300} was refused|^Unable to connect to the server: (?!.*no such host)/,
    'The command did not reach the API server.',
    'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig, --server, and --context. If the cluster is being upgraded, run it again.',
  ],
  'no-context': [
    /(?:no context exists with the name: "|context was not found for specified context: |context ")(?<context>[^"\s]{1,253})(?:"$|$|" does not exist)/,
    'The pod has no kubectl context {context}.',
    'The pod is already connected to the cluster. Leave out --context, kubectl config use-context, and az aks get-credentials.',
  ],
  'no-egress': [
    /(?:dial tcp: lookup |Could not resolve host: |unable to resolve host address ['‘]|wget: bad address ')(?<host>[^\s:'’]{1,253})/,
    'The pod cannot resolve the host {host}.',
    NO_EGRESS,
  ],
  'connection-timeout': [
    /dial tcp [\d.:[\]a-f]{3,50}: i\/o timeout|net\/http: TLS handshake timeout|^curl: \(28\)/,
    'A connection from the pod timed out.',
    'A firewall may drop it.',
    NO_EGRESS,
  ],
  'kubectl-path': [
    /^error: the path "(?<path>[^"]{1,300})" does not exist$/,
    'kubectl could not find {path}.',
    SEND_IT,
  ],
  'kubectl-no-manifests': [
    /^error: error reading \[(?<path>[^\]\s]{1,300})\]: recognized file extensions are/,
    'kubectl found no manifests in {path}.',
    '{nothingSent?}No files were sent.',
    'az aks command invoke puts all files into one folder. Here each file keeps its path, so name the folder, or add --recursive:',
    '$ kubectl apply --filename k8s/ --recursive',
  ],
  'kustomize-path': [
    /evalsymlink failure on '(?:[^']{0,300}\/command-files\/)?(?<path>[^']{1,300})'/,
    'kustomize could not find {path}.',
    '{nothingSent?}No files were sent.',
    'Check the path. An overlay also needs its bases and components, so send the folder that contains all of them:',
    '@ files: k8s/',
  ],
  'no-such-folder': [
    /^(?:.*: )?(?:line )?(?:\d{1,9}: )?(?:cd: )(?:line \d{1,9}: )?(?:can't cd to )?(?<path>[^\s:]{1,300})(?:: No such file or directory)?$/,
    'The shell found no folder {path}.',
    SEND_IT,
  ],
  'git-repository': [
    /^fatal: (?:not a git repository|detected dubious ownership)/,
    'The files in the pod are not a Git repository.',
    'The action sends files without .git. Run git on {noun:runner}, and pass the result on with {input:env}.',
  ],
  'permission-denied': [
    { words: /: (?<path>\S{1,300}): Permission denied$/, exitCode: 126 },
    'The file {path} is not executable.',
    'Run it with bash {path}, or set its executable bit in Git:',
    '$ git update-index --chmod=+x {path}',
  ],
  'access-denied': [
    /: (?:(?:cannot|can't) [a-z ]{1,40} )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Permission denied|Read-only file system)$/,
    'The command has no permission for {path}.',
    'The command does not run as root. Write below the working folder, $HOME, or /tmp.',
  ],
  'line-endings': [
    /: \S{1,300}: cannot execute: required file not found$|: \S{1,300}: bad interpreter|\$'\\r': command not found|pipefail\r?: invalid option name$|illegal option (?:-o )?pipefail\r?$|^env: ['‘]\S{1,100}\\r['’]: No such file/,
    'The script cannot run: its line endings or its interpreter are wrong.',
    LINE_ENDINGS,
  ],
  'no-such-script': [
    /(?:^|: )(?<path>\.{0,2}\/[^\s:]{1,300}): (?:No such file or directory|not found)$/,
    'The shell found no file {path}.',
    SEND_IT,
    'If it is there, the script cannot start.',
    LINE_ENDINGS,
  ],
  'no-such-file': [
    /^(?:(?:awk|base64|cat|chmod|cp|cut|diff|find|grep|head|jq|ls|mv|rm|sed|sort|tail|tar(?: \(child\))?|tee|touch|wc|bash|(?:da|a)?sh(?:: \d{1,9})?): (?:error: )?|(?:.*: )?(?:line )?\d{1,9}: )(?:can't open |can't read |cannot access |cannot open |cannot read:? |cannot stat |Could not open file )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Cannot open: )?No such file(?: or directory)?$/,
    'The command found no file {path}.',
    SEND_IT,
  ],
  'shell-syntax': [
    /: syntax error(?: near unexpected token|: unexpected end of file)|unexpected EOF while looking for matching|Syntax error: (?:Unterminated quoted string|end of file unexpected|"\w{1,20}" unexpected)|: syntax error: unterminated quoted string/,
    'The shell could not read the command: it has a syntax error.',
    'A quote or a block (if, for, {) may not be closed. In YAML, command: | keeps the line breaks, and command: > joins the lines.',
  ],
  'no-azure-cli': [
    /: (?<program>az|kubelogin|azd): (?:command )?not found$/,
    'The pod has no {program}.',
    'The command is already in the cluster and signed in to it: leave out az login, az aks get-credentials, and kubelogin. Run other az commands on {noun:runner}.',
  ],
  'file-command': [
    /(?:^|: )(?:GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|\$\{?GITHUB_(?:ENV|PATH|STATE)\}?: ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/,
    'The command wrote to a file, but the variable with its name is not set in the pod.',
    'The pod has no $GITHUB_ENV, $GITHUB_PATH, or $GITHUB_STATE: write NAME=value to $GITHUB_OUTPUT instead. For any other variable, add its name to {input:env}.',
  ],
  'unbound-variable': [
    /(?:^|: )(?<name>[A-Za-z_]\w{0,100}): (?:(?:unbound variable|parameter (?:null or )?not set)$|(?<=(?:^|: )(?:line )?\d{1,9}: [A-Z_][A-Z0-9_]{0,100}: ).*\b(?:empty|missing|needed|required|set|unset)\b)/,
    'The variable {name} is not set in the pod.',
    'Variables of {noun:job} are not passed to the pod unless you list them:',
    '@ env: {name}',
  ],
  'bash-needed': [
    /(?:^|: )(?:\[\[|declare|let|mapfile|popd|pushd|readarray|shopt|source|typeset): not found$|[Ss]yntax error: (?:"\(" unexpected|unexpected "\(")|: 1?\(\(: not found$|Bad substitution$|bad substitution$|Illegal option -o pipefail$/,
    'The command uses bash syntax, and sh ran it.',
    'Use bash:',
    '@ shell: bash',
  ],
  'blank-around-equals': [
    /(?:^|: )(?:line )?\d{1,9}: (?<name>[A-Z_][A-Z0-9_]{0,100}): (?:command )?not found$/,
    'The shell tried to run {name} as a program.',
    'If it is a variable, leave no spaces around the equals sign: NAME=value.',
  ],
  'command-not-found': [
    /(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env|tar \((?:grand)?child\))): '?‘?(?<program>[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|Cannot exec: No such file or directory|(?<=^(?:xargs|env): .{1,110})No such file or directory)$/,
    'The pod has no program {program}.',
    `${DOCUMENTED_PROGRAMS} Run the program on {noun:runner}, or send a static Linux build:`,
    '@ files: bin/tool',
    '@ command: ./bin/tool',
  ],
};

const exit = (exitCode: number, said: readonly [string, ...string[]]) =>
  rowsOf('exit')(`exit-code-${exitCode}`, { exitCode }, said);

/** What the output of a failed command says or, if no line says more, its exit code. The first row that fits wins. */
export const POD_OUTPUT: readonly Row[] = [
  ...Object.entries(OUTPUT).map(([section, [known, ...said]]) =>
    rowsOf('output')(section, known instanceof RegExp ? { words: known } : known, said),
  ),
  exit(137, [
    'A process was killed (exit code 137, SIGKILL), probably out of memory.',
    'The pod has 1 GiB of memory, and files in /dev/shm count as memory. Do less at once: fewer charts or manifests, less in parallel, results in files instead of variables.',
  ]),
  exit(126, [
    'A program could not be run (exit code 126).',
    'The program was found, but it is not executable, it is for another system, or its arguments are too long. Send static builds for Linux, for the architecture of the nodes (x64 or arm64).',
  ]),
  exit(127, ['A program was not found (exit code 127).', DOCUMENTED_PROGRAMS]),
  exit(1, [
    'The command exited with code 1 and wrote nothing.',
    'grep exits with 1 if it finds nothing. test and [ exit with 1 if the condition is false. To see which line it was, start the command with set -x.',
    '[workflow] If 1 is a normal answer:',
    '[workflow] @ allowed-exit-codes: "0, 1"',
  ]),
];
