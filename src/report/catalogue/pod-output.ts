import { lines } from './moves.ts';
import type { Match, Row } from './row.ts';

/** A row for a line that is an error. The named groups of its words are values of the templates. */
function onLine(words: RegExp, text: Omit<Row, 'match'>, more: Partial<Match> = {}): Row {
  return { ...text, match: { ...more, service: 'output', words } };
}

/** A row for an exit code, if the output says nothing better. */
function onExit(exitCode: number, sentence: string, move: string): Row {
  return { section: `exit-code-${exitCode}`, sentence, move, match: { service: 'exit', exitCode } };
}

/** A resource is a name of Kubernetes: what else a line holds in its place may be a sentence that a pod made up. */
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

const AZURE_ROLE = lines(
  'Grant a role of Azure RBAC for Kubernetes that has this permission: Reader, Writer, or Admin for a namespace, Cluster Admin for kinds without one.',
  '$ az role assignment create --assignee {principal} --role {kubernetesRole} --scope {kubernetesScope}',
);

const DOCUMENTED_PROGRAMS =
  "Of the programs in AKS's image, Microsoft documents only kubectl, helm, jq, xargs, grep, and awk.";

/** What the output of a failed command says, a line that is an error at a time. The first row that fits counts. */
export const POD_OUTPUT: readonly Row[] = [
  // Permissions in the cluster
  onLine(new RegExp(`is forbidden: User "[^"]*" ${DENIED}.*does not have access to the resource in Azure`), {
    section: 'azure-rbac-forbidden',
    sentence: 'The identity cannot {verb} {kind} in the cluster: Azure RBAC for Kubernetes denied it.',
    move: AZURE_ROLE,
  }),
  onLine(
    new RegExp(`is forbidden: User "system:serviceaccount:(?<serviceAccount>aks-command:[a-z0-9.-]{1,253})" ${DENIED}`),
    {
      section: 'service-account-forbidden',
      sentence: "The pod's service account cannot {verb} {kind}.",
      move: lines(
        'Bind a role to it, for kinds in a namespace and for kinds without one:',
        '$ kubectl create rolebinding aks-run-command --namespace={namespace} --clusterrole={clusterRole} --serviceaccount={serviceAccount}',
        '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --serviceaccount={serviceAccount}',
      ),
    },
  ),
  onLine(new RegExp(`is forbidden: User "(?!system:serviceaccount:)[^"]*" ${DENIED}`), {
    section: 'kubernetes-forbidden',
    sentence: 'The identity cannot {verb} {kind} in the cluster.',
    move: lines(
      AZURE_ROLE,
      'If the cluster uses Kubernetes RBAC instead, have a cluster admin bind a role, for kinds in a namespace or for kinds without one. The first command shows the OBJECT_ID:',
      '$ az ad sp show --id {principal} --query id --output tsv',
      '$ kubectl create rolebinding aks-run-command --namespace={namespace} --clusterrole={clusterRole} --user=OBJECT_ID',
      '$ kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --user=OBJECT_ID',
    ),
  }),
  onLine(/attempting to grant RBAC permissions not currently held/, {
    section: 'rbac-escalation',
    sentence: 'The identity tried to grant permissions that it does not have.',
    move: 'Kubernetes lets no one grant more than they have. Give the identity the role itself, or have a cluster admin bind it.',
  }),
  onLine(/^(?:[Ee]rror: )*You must be logged in to the server \(|^Error from server \(Unauthorized\)|Unauthorized$/, {
    section: 'kubernetes-unauthorized',
    sentence: 'The API server did not accept the credentials of the pod.',
    move: 'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig and --token. A command that runs for hours may outlive its token.',
  }),

  // What rejects a change
  onLine(/is forbidden: exceeded quota: (?<quota>[a-z0-9.-]{1,253}), requested: /, {
    section: 'namespace-quota',
    sentence: 'The resource quota {quota} of the namespace is exceeded.',
    move: lines(
      'Request less, or have the quota raised. To see its limits and what is used:',
      '$ kubectl describe resourcequota {quota} --namespace {namespace}',
    ),
  }),
  onLine(/is forbidden: violates PodSecurity "(?<level>[^"]{1,100})"/, {
    section: 'pod-security',
    sentence: 'The namespace forbids this pod: PodSecurity {level}.',
    move: 'Set the fields that the error lists, such as runAsNonRoot, or use a namespace with another level.',
  }),
  onLine(/Internal error occurred: failed calling webhook "(?<webhook>[^"]{1,253})"/, {
    section: 'webhook-unavailable',
    sentence: 'The webhook {webhook} did not answer.',
    move: lines(
      'Kubernetes asks it before every change, and its pods may be down. To find its service:',
      '$ kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
    ),
  }),
  onLine(/(?:ValidatingAdmissionPolicy|admission webhook) ['"](?<policy>[^'"]{1,253})['"].*denied (?:the )?request/, {
    section: 'admission-denied',
    sentence: 'The policy {policy} blocked the change.',
    move: 'The error names the rule and what it requires. Change the manifest, or ask the owners of the policy for an exemption.',
  }),

  // What is not there, and what cannot change
  onLine(/namespaces? "(?<namespace>[a-z0-9.-]{1,253})" not found/, {
    section: 'namespace-not-found',
    sentence: 'The cluster has no namespace {namespace}.',
    move: lines('To create it in the command, if it may be missing:', CREATE_NAMESPACE),
  }),
  onLine(
    /not found in namespace "aks-command"|in the namespace "aks-command"|not found in aks-command namespace/,
    {
      section: 'default-namespace',
      sentence: 'The command looked in the namespace aks-command, where its own pod runs.',
      move: lines('Always pass a namespace, and create it if it may be missing:', CREATE_NAMESPACE),
    },
    { unlessNamespace: 'always' },
  ),
  onLine(
    /^(?:error: )?[Ee]rror from server \(NotFound\): (?:error when \w{1,40} "[^"]{1,300}": )?(?<kind>[\w.]{1,100}) "(?<name>[^"]{1,253})" not found/,
    {
      section: 'resource-not-found',
      follows: 'namespace-not-found',
      sentence: 'kubectl found no {kind} {name}.',
      move: lines(
        'Without --namespace, kubectl looks in the namespace aks-command. To find it:',
        '$ kubectl get {kind} --all-namespaces',
      ),
    },
    { unlessNamespace: 'ever' },
  ),
  onLine(
    /^Error: (?:uninstall: )?(?:Release not loaded: )?(?:(?<release>[a-z0-9.-]{1,100}): )?release: not found$/,
    {
      section: 'helm-release-not-found',
      follows: 'namespace-not-found',
      sentence: 'helm found no such release in this namespace.',
      move: lines(
        'Without --namespace, helm looks in the namespace aks-command. To find it:',
        '$ helm list --all-namespaces',
      ),
    },
    { unlessNamespace: 'ever' },
  ),
  onLine(/no matches for kind "(?<kind>[^"]{1,100})" in version "(?<version>[^"]{1,100})"/, {
    section: 'no-matches-for-kind',
    sentence: 'The cluster has no kind {kind} in {version}.',
    move: lines(
      'Install the CRD first, or correct the apiVersion. To see what the cluster has:',
      '$ kubectl api-resources',
    ),
  }),
  onLine(/^error: no objects passed to (?<verb>\w{1,40})$/, {
    section: 'no-objects',
    sentence: 'kubectl had no objects to {verb}.',
    move: lines('The file or the pipe was empty. To fail at the program that fills the pipe:', '@ shell: bash'),
  }),
  onLine(/^error: resource\(s\) were provided, but no name was specified/, {
    section: 'no-name',
    sentence: 'kubectl needs a name.',
    move: 'A variable in the command may be empty. Add its name to {input:env}, or give a name, --selector, or --all.',
  }),
  onLine(/field is immutable|updates to statefulset spec for fields other than|spec is immutable after creation/, {
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
  onLine(/metadata\.annotations: Too long/, {
    section: 'annotations-too-long',
    sentence: 'The object is too large for a client-side kubectl apply.',
    move: lines(
      'kubectl keeps a copy in an annotation of at most 256 KiB. Server-side apply needs none:',
      '$ kubectl apply --server-side --filename FILE',
    ),
  }),

  // Waiting
  onLine(
    /^Error: .*(?:(?:pre|post)-(?:install|upgrade|rollback|delete) hooks? failed(?:: resource Job\/(?<namespace>[a-z0-9-]{1,63})\/(?<job>[a-z0-9.-]{1,253}) )?|failed (?:pre|post)-(?:install|upgrade|rollback|delete))/,
    {
      section: 'helm-hook',
      sentence: 'A hook of the helm chart failed.',
      move: lines(
        'A hook is usually a Job. To see what it printed:',
        '$ kubectl logs job/{job} --namespace {namespace}',
      ),
    },
  ),
  onLine(
    /^[Ee]rror: (?:timed out waiting for the condition|deployment "[^"]{1,253}" exceeded its progress deadline|.*resource \w{1,100}\/(?<namespace>[a-z0-9-]{0,63})\/\S{1,253} not ready\. status: |[A-Z]{1,20} FAILED: .*(?:context deadline exceeded|would exceed context deadline)$)/,
    {
      section: 'timed-out-waiting',
      sentence: 'kubectl or helm timed out waiting.',
      move: lines(
        'The pods did not become ready, or need more time than --timeout. To see why, add this to the command:',
        '$ kubectl get pods,events --namespace {namespace}',
        '$ kubectl logs POD --namespace {namespace} --all-containers --previous',
      ),
    },
  ),
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
      'If nothing is deploying it, go back to the last revision that the first command shows as deployed. If there is none, uninstall the release:',
      '$ helm history RELEASE --namespace {namespace}',
      '$ helm rollback RELEASE --namespace {namespace}',
    ),
  }),
  onLine(/cannot re-?use a name that is still in use|INSTALLATION FAILED: release: already exists/, {
    section: 'helm-name-in-use',
    sentence: 'The helm release already exists.',
    move: lines('To install or upgrade:', '$ helm upgrade --install RELEASE CHART --namespace {namespace}'),
  }),
  onLine(/"(?<release>[^"]{1,100})" has no deployed releases/, {
    section: 'helm-no-deployed-release',
    sentence: 'The helm release {release} was never deployed successfully.',
    move: lines(
      'Remove what the failed installation left, and install again:',
      '$ helm uninstall {release} --namespace {namespace}',
      '$ helm upgrade --install {release} CHART --namespace {namespace}',
    ),
  }),
  onLine(/invalid ownership metadata|cannot be imported into the current release/, {
    section: 'helm-ownership',
    sentence: 'The object already exists and does not belong to the helm release.',
    move: lines(
      'If the release can take it over:',
      '$ helm upgrade --install RELEASE CHART --namespace {namespace} --take-ownership',
    ),
  }),
  onLine(/helm dependency build|missing in charts\/ directory: /, {
    section: 'helm-dependencies',
    sentence: 'The helm chart lacks its dependencies.',
    move: lines(
      'Download them on {noun:runner} first, and send the folder charts/:',
      '$ helm dependency build CHART',
      '@ files: CHART/',
    ),
  }),
  onLine(/^Error: (?:[A-Z]{1,20} FAILED: )?(?:repo [\w.-]{1,100} not found|no cached repo)/, {
    section: 'helm-repository',
    sentence: 'helm in the pod has no such repository.',
    move: lines('Repositories that were added on {noun:runner} are not in the pod.', NO_EGRESS),
  }),
  onLine(/^Error: .*"(?:oci|https?):\/\/[^"]{0,300}\/v2\/.*(?:401|unauthorized|denied|basic credential not found)/, {
    section: 'registry-unauthorized',
    sentence: 'The registry of the chart requires a sign-in.',
    move: lines('Sign in first, on {noun:runner} or in the command:', '$ helm registry login REGISTRY', NO_EGRESS),
  }),
  onLine(
    /^Error: unknown flag: (?<flag>--(?:atomic|force-replace|recreate-pods|rollback-on-failure|take-ownership))$/,
    {
      section: 'unknown-flag',
      sentence: 'This version of helm has no option {flag}.',
      move: lines('AKS chooses the version in the pod, which may be helm 3 or helm 4. To see it:', '$ helm version'),
    },
  ),
  onLine(/unknown command "(?<plugin>[\w-]{1,100})" for "(?<program>kubectl|helm)"/, {
    section: 'unknown-command',
    sentence: '{program} in the pod has no command {plugin}.',
    move: 'If it is a plugin, run it on {noun:runner}, and send the result with {input:files}.',
  }),
  onLine(
    /^Error: (?:[A-Z]{1,20} FAILED: |failed parsing --set-file data: )?(?:unable to detect chart at \S{1,300}: )?(?:open |path "|non-absolute URLs should be in form of repo_name\/path_to_chart, got: )(?:\/command-files\/)?(?<path>[^\s"]{1,300}?)(?:: no such file or directory|" not found|$)/,
    {
      section: 'helm-path',
      sentence: 'helm found no file or chart {path}.',
      move: SEND_IT,
    },
  ),

  // The way to the API server and to the internet
  onLine(
    /[Kk]ubernetes cluster unreachable|^The connection to the server \S{1,300} was refused|^Unable to connect to the server: (?!.*no such host)/,
    {
      section: 'api-server-unreachable',
      sentence: 'The command did not reach the API server.',
      move: 'The pod has a kubeconfig of its own. Unset KUBECONFIG, and leave out --kubeconfig, --server, and --context. If the cluster is being upgraded, run it again.',
    },
  ),
  onLine(
    /(?:no context exists with the name: "|context was not found for specified context: |context ")(?<context>[^"\s]{1,253})(?:"$|$|" does not exist)/,
    {
      section: 'no-context',
      sentence: 'The pod has no kubectl context {context}.',
      move: 'The pod is already connected to the cluster. Leave out --context, kubectl config use-context, and az aks get-credentials.',
    },
  ),
  onLine(
    /(?:dial tcp: lookup |Could not resolve host: |unable to resolve host address ['‘]|wget: bad address ')(?<host>[^\s:'’]{1,253})/,
    {
      section: 'no-egress',
      sentence: 'The pod cannot resolve the host {host}.',
      move: NO_EGRESS,
    },
  ),
  onLine(/dial tcp [\d.:[\]a-f]{3,50}: i\/o timeout|net\/http: TLS handshake timeout|^curl: \(28\)/, {
    section: 'connection-timeout',
    sentence: 'A connection from the pod timed out.',
    move: lines('A firewall may drop it.', NO_EGRESS),
  }),
  onLine(/x509: certificate signed by unknown authority|SSL certificate problem/, {
    section: 'pod-certificate',
    sentence: 'The pod does not trust a TLS certificate.',
    move: 'Send the CA certificate with {input:files}, and pass it on, for example with helm --ca-file or SSL_CERT_FILE.',
  }),

  // Files
  onLine(/^error: the path "(?<path>[^"]{1,300})" does not exist$/, {
    section: 'kubectl-path',
    sentence: 'kubectl could not find {path}.',
    move: SEND_IT,
  }),
  onLine(/^error: error reading \[(?<path>[^\]\s]{1,300})\]: recognized file extensions are/, {
    section: 'kubectl-no-manifests',
    sentence: 'kubectl found no manifests in {path}.',
    move: lines(
      '{nothingSent?}No files were sent.',
      'az aks command invoke puts all files into one folder. Here each file keeps its path, so name the folder, or add --recursive:',
      '$ kubectl apply --filename k8s/ --recursive',
    ),
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
    /^(?:.*: )?(?:line )?(?:\d{1,9}: )?(?:cd: )(?:line \d{1,9}: )?(?:can't cd to )?(?<path>[^\s:]{1,300})(?:: No such file or directory)?$/,
    {
      section: 'no-such-folder',
      sentence: 'The shell found no folder {path}.',
      move: SEND_IT,
    },
  ),
  onLine(/^fatal: (?:not a git repository|detected dubious ownership)/, {
    section: 'git-repository',
    sentence: 'The files in the pod are not a Git repository.',
    move: 'The action sends files without .git. Run git on {noun:runner}, and pass the result on with {input:env}.',
  }),
  onLine(
    /: (?<path>\S{1,300}): Permission denied$/,
    {
      section: 'permission-denied',
      sentence: 'The file {path} is not executable.',
      move: lines('Run it with bash {path}, or set its executable bit in Git:', '$ git update-index --chmod=+x {path}'),
    },
    { exitCode: 126 },
  ),
  onLine(
    /: (?:(?:cannot|can't) [a-z ]{1,40} )?['‘]?(?<path>[^\s:'‘’]{1,300})['’]?: (?:Permission denied|Read-only file system)$/,
    {
      section: 'access-denied',
      sentence: 'The command has no permission for {path}.',
      move: 'The command does not run as root. Write below the working folder, $HOME, or /tmp.',
    },
  ),
  onLine(
    /: \S{1,300}: cannot execute: required file not found$|: \S{1,300}: bad interpreter|\$'\\r': command not found|pipefail\r?: invalid option name$|illegal option (?:-o )?pipefail\r?$/,
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
  onLine(
    /: syntax error(?: near unexpected token|: unexpected end of file)|unexpected EOF while looking for matching|Syntax error: (?:Unterminated quoted string|end of file unexpected|"\w{1,20}" unexpected)|: syntax error: unterminated quoted string/,
    {
      section: 'shell-syntax',
      sentence: 'The shell could not read the command: it has a syntax error.',
      move: 'A quote or a block (if, for, {) may not be closed. In YAML, command: | keeps the line breaks, and command: > joins the lines.',
    },
  ),
  onLine(/: (?<program>az|kubelogin|azd): (?:command )?not found$/, {
    section: 'no-azure-cli',
    sentence: 'The pod has no {program}.',
    move: 'The command is already in the cluster and signed in to it: leave out {program} login, az aks get-credentials, and kubelogin. Run other az commands on {noun:runner}.',
  }),
  onLine(
    /(?:^|: )(?:GITHUB_ENV|GITHUB_PATH|GITHUB_STATE): (?:unbound variable|parameter not set)|\$\{?GITHUB_(?:ENV|PATH|STATE)\}?: ambiguous redirect$|cannot create : (?:Directory nonexistent|No such file)|^(?:line )?\d{1,9}: : No such file or directory/,
    {
      section: 'file-command',
      sentence: 'The command wrote to a file, but the variable with its name is not set in the pod.',
      move: 'The pod has no $GITHUB_ENV, $GITHUB_PATH, or $GITHUB_STATE: write NAME=value to $GITHUB_OUTPUT instead. For any other variable, add its name to {input:env}.',
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
  onLine(/(?:^|: )(?:line )?\d{1,9}: (?<name>[A-Z_][A-Z0-9_]{0,100}): (?:command )?not found$/, {
    section: 'blank-around-equals',
    sentence: 'The shell tried to run {name} as a program.',
    move: 'If it is a variable, leave no spaces around the equals sign: NAME=value.',
  }),
  onLine(
    /(?:(?:^|: )line \d{1,9}|^\d{1,9}|: \d{1,9}|\b(?:ba|da|a)?sh(?:: \d{1,9})?|^(?:xargs|env)): '?‘?(?<program>[^\s:/'’=[]{1,100})['’]?: (?:(?:command )?not found|(?<=^(?:xargs|env): .{1,110})No such file or directory)$/,
    {
      section: 'command-not-found',
      sentence: 'The pod has no program {program}.',
      move: lines(
        `${DOCUMENTED_PROGRAMS} Run the program on {noun:runner}, or send a static Linux build:`,
        '@ files: bin/tool',
        '@ command: ./bin/tool',
      ),
    },
  ),

  // Exit codes of a command that says nothing better
  onExit(
    137,
    'A process was killed (exit code 137, SIGKILL), probably out of memory.',
    'The pod has 1 GiB of memory, and files in /dev/shm count as memory. Do less at once: fewer charts or manifests, less in parallel, results in files instead of variables.',
  ),
  onExit(
    143,
    'A process was terminated (exit code 143, SIGTERM).',
    'The pod was deleted, its node was drained, or the command ended a process itself.',
  ),
  onExit(
    126,
    'A program could not be run (exit code 126).',
    'The program was found, but it is not executable, it is for another system, or its arguments are too long. Send static builds for Linux, for the architecture of the nodes (x64 or arm64).',
  ),
  onExit(127, 'A program was not found (exit code 127).', DOCUMENTED_PROGRAMS),
  onExit(
    141,
    'A program wrote to a pipe that was already closed (exit code 141, SIGPIPE).',
    'With set -o pipefail, COMMAND | head fails when head has read enough. Write to a file first, or use sed -n 1,10p instead of head.',
  ),
  onExit(
    1,
    'The command exited with code 1 and wrote nothing.',
    lines(
      'grep exits with 1 if it finds nothing. test and [ exit with 1 if the condition is false. To see which line it was, start the command with set -x.',
      '[workflow] If 1 is a normal answer:',
      '[workflow] @ allowed-exit-codes: "0, 1"',
    ),
  ),
];
