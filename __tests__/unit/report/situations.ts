/**
 * What people meet in their first week: what a command wrote, and the headline it gets. The real programs wrote each line of
 * these outputs: corpus/corpus.txt and corpus/cluster.txt have them, with the scripts. Where that needs what a test does not
 * have, such as Azure or a kubelet, `documented` says where the line stands in the program's source.
 */
export type Situation = {
  readonly section: string;
  /** The headline, after the cluster's name. */
  readonly title: string;
  readonly output: string;
  /** Repository and file, or issue, that has the line. Unset: a real program wrote it, and the corpus has each line. */
  readonly documented?: string;
  /** 1 unless told. */
  readonly exitCode?: number;
  /** What the step sent; unknown unless told. */
  readonly files?: readonly string[];
  /** What the next move has to hold. */
  readonly move: string;
};

/**
 * Sections that the first list of situations asked for, in its words. What is not here was found since: by running kubectl,
 * helm, jq and shells, and reading what they say.
 */
export const ASKED_FOR: Readonly<Record<string, string>> = {
  'permission-denied': 'Permission denied on a script',
  'line-endings': 'required file not found, bad interpreter, \\r',
  'no-such-script': './x: No such file',
  'no-such-file': './x: No such file',
  'no-such-folder': 'cd',
  'kubectl-path': 'kubectl could not find k8s/app.yaml',
  'kubectl-no-manifests': '-f .',
  'helm-path': "helm's path or values",
  'helm-chart-path': "helm's path or values",
  'kustomize-path': "kustomize's base",
  'unbound-variable': 'unbound variable',
  'file-command': '$GITHUB_ENV or $GITHUB_PATH not set',
  'resource-not-found': 'NotFound',
  'namespace-not-found': 'NotFound',
  'default-namespace': 'in namespace aks-command',
  'immutable-field': 'immutable field',
  'apply-conflict': 'conflict of server-side apply',
  'no-matches-for-kind': 'no matches for kind',
  'annotations-too-long': 'annotations too long',
  'namespace-quota': 'quota',
  'pod-security': 'PodSecurity',
  'admission-policy': 'ValidatingAdmissionPolicy',
  'admission-denied': 'a policy of the cluster',
  'webhook-unavailable': 'webhook without endpoints',
  'namespace-terminating': 'terminating namespace',
  'rbac-escalation': 'RBAC escalation',
  'kubernetes-unauthorized': 'Unauthorized',
  'kubernetes-forbidden': 'forbidden',
  'azure-rbac-forbidden': 'forbidden',
  'service-account-forbidden': 'forbidden for a service account',
  'helm-repository': 'helm repo add',
  'no-egress': '-f URL, a remote base',
  'registry-unauthorized': '401 of a registry',
  'helm-dependencies': 'chart dependencies missing',
  'helm-ownership': 'ownership',
  'helm-no-deployed-release': 'no deployed releases',
  'helm-hook': 'hook failed',
  'context-deadline': 'bare context deadline exceeded',
  'helm-name-in-use': 'release already exists',
  'helm-in-progress': 'another upgrade is running',
  'helm-not-ready': 'not ready',
  'helm-progress-deadline': 'progress deadline',
  'progress-deadline': 'progress deadline',
  'timed-out-waiting': 'timed out waiting for the condition',
  'api-server-unreachable': 'unreachable API server',
  'command-not-found': 'a program that is not in the image',
  'crash-loop': 'CrashLoopBackOff',
  'image-pull': 'ImagePullBackOff',
  'no-terminal': '-it',
  'bash-needed': '[[',
  'blank-around-equals': '=',
  'unknown-flag': '--query',
  'exit-code-126': 'exit 126',
  'exit-code-127': 'exit 127',
  'exit-code-130': 'exit 130',
  'exit-code-137': 'exit 137',
  'exit-code-139': 'exit 139',
  'exit-code-143': 'exit 143',
  'silent-exit-1': '1 of grep without output',
};

const SCRIPT = '/command-files/.aks-run-command/command.sh';
const USER = 'e1111111-2222-3333-4444-555555555555';

export const SITUATIONS: readonly Situation[] = [
  // Files that are not in the pod
  {
    section: 'kubectl-path',
    title: 'kubectl could not find k8s/app.yaml',
    output: 'error: the path "k8s/app.yaml" does not exist',
    files: ['k8s/app.yml'],
    move: 'Did you mean k8s/app.yml? The command refers to files by their path below working-directory.',
  },
  {
    section: 'kubectl-path',
    title: 'kubectl could not find k8s/app.yaml',
    output: 'error: the path "k8s/app.yaml" does not exist',
    files: [],
    move: 'No files were sent.',
  },
  {
    section: 'kustomize-path',
    title: 'kustomize could not find base',
    output: `error: accumulating resources: accumulation err='accumulating resources from '../../base': evalsymlink failure on '/command-files/k8s/base' : lstat /command-files/k8s/base: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '/command-files/k8s/base' : lstat /command-files/k8s/base: no such file or directory`,
    move: 'An overlay needs its bases and components.',
  },
  {
    section: 'helm-path',
    title: 'helm found no file values-prod.yaml',
    output: 'Release "x" does not exist. Installing it now.\nError: open values-prod.yaml: no such file or directory',
    files: ['charts/shop/values-prod.yaml'],
    move: 'Here each file keeps its path.',
  },
  {
    section: 'helm-chart-path',
    title: 'helm found no chart shop',
    output: 'Error: INSTALLATION FAILED: non-absolute URLs should be in form of repo_name/path_to_chart, got: shop',
    move: 'with:\n    files: "shop"',
  },
  {
    section: 'no-such-script',
    title: 'the shell found no file ./deploy.sh',
    output: `${SCRIPT}: line 1: ./deploy.sh: No such file or directory`,
    exitCode: 127,
    files: ['scripts/deploy.sh'],
    move: 'Did you mean scripts/deploy.sh?',
  },
  {
    section: 'no-such-script',
    title: 'the shell found no file ./deploy.sh',
    output: `${SCRIPT}: 1: ./deploy.sh: not found`,
    exitCode: 127,
    move: '*.sh text eol=lf',
  },
  {
    section: 'no-such-folder',
    title: 'the shell found no folder k8z',
    output: `${SCRIPT}: line 1: cd: k8z: No such file or directory`,
    files: ['k8s/app.yaml'],
    move: '  with:\n    files: "k8z"',
  },
  {
    section: 'no-such-folder',
    title: 'the shell found no folder k8z',
    output: `${SCRIPT}: 1: cd: can't cd to k8z`,
    exitCode: 2,
    move: 'files',
  },
  {
    section: 'no-such-folder',
    title: 'the shell found no folder k8z',
    output: `${SCRIPT}: cd: line 1: can't cd to k8z: No such file or directory`,
    exitCode: 2,
    move: 'files',
  },
  {
    section: 'no-such-file',
    title: 'the command found no file nope.json',
    output: 'jq: error: Could not open file nope.json: No such file or directory',
    exitCode: 2,
    move: 'files',
  },
  {
    section: 'no-such-file',
    title: 'the command found no file nope.txt',
    output: 'cat: nope.txt: No such file or directory',
    move: 'files',
  },

  // Scripts and shells
  {
    section: 'permission-denied',
    title: 'the file ./deploy.sh is not executable',
    output: `${SCRIPT}: line 1: ./deploy.sh: Permission denied`,
    exitCode: 126,
    move: 'git update-index --chmod=+x ./deploy.sh',
  },
  {
    section: 'line-endings',
    title: 'the script cannot run: its line endings or its interpreter are wrong',
    output: `${SCRIPT}: line 1: ./crlf.sh: cannot execute: required file not found`,
    exitCode: 127,
    move: '*.sh text eol=lf',
  },
  {
    section: 'line-endings',
    title: 'the script cannot run: its line endings or its interpreter are wrong',
    output: `${SCRIPT}: line 2: $'\\r': command not found`,
    exitCode: 127,
    move: '*.sh text eol=lf',
  },
  {
    section: 'unbound-variable',
    title: 'the variable IMAGE is not set in the pod',
    output: `${SCRIPT}: line 1: IMAGE: unbound variable`,
    move: '  with:\n    env: "IMAGE"',
  },
  {
    section: 'unbound-variable',
    title: 'the variable IMAGE is not set in the pod',
    output: `${SCRIPT}: 1: IMAGE: parameter not set`,
    exitCode: 2,
    move: 'env: "IMAGE"',
  },
  {
    section: 'file-command',
    title: 'the command wrote to a file of the runner that the pod does not have',
    output: `${SCRIPT}: line 1: $GITHUB_ENV: ambiguous redirect`,
    move: '$GITHUB_OUTPUT',
  },
  {
    section: 'file-command',
    title: 'the command wrote to a file of the runner that the pod does not have',
    output: `${SCRIPT}: line 1: GITHUB_ENV: unbound variable`,
    move: '$GITHUB_OUTPUT',
  },
  {
    section: 'bash-needed',
    title: 'the command uses bash syntax, and sh ran it',
    output: `${SCRIPT}: 1: [[: not found`,
    exitCode: 127,
    move: 'shell: bash',
  },
  {
    section: 'bash-needed',
    title: 'the command uses bash syntax, and sh ran it',
    output: `${SCRIPT}: 1: Syntax error: "(" unexpected`,
    exitCode: 2,
    move: 'shell: bash',
  },
  {
    section: 'blank-around-equals',
    title: 'the shell tried to run FOO as a program',
    output: `${SCRIPT}: line 1: FOO: command not found`,
    exitCode: 127,
    move: 'NAME=value',
  },
  {
    section: 'command-not-found',
    title: 'the pod has no program git',
    output: `${SCRIPT}: line 3: git: command not found`,
    exitCode: 127,
    move: '  with:\n    files: bin/tool\n    command: ./bin/tool',
  },
  {
    section: 'command-not-found',
    title: 'the pod has no program git',
    output: `${SCRIPT}: 3: git: not found`,
    exitCode: 127,
    move: 'no git, az, or curl',
  },
  {
    section: 'command-not-found',
    title: 'the pod has no program yq',
    output: 'sh: yq: not found',
    exitCode: 127,
    move: 'yq'.replace('yq', 'static Linux build'),
  },
  {
    section: 'command-not-found',
    title: 'the pod has no program yq',
    output: 'xargs: yq: No such file or directory',
    exitCode: 127,
    move: 'static Linux build',
  },
  {
    section: 'no-terminal',
    title: 'kubectl exec asked for a terminal, and there is none',
    output: 'Unable to use a TTY - input is not a terminal or the right kind of file',
    move: 'Leave out -t and -it.',
  },
  {
    section: 'exit-code-137',
    title: 'killed, probably out of memory (exit code 137)',
    output: 'installing',
    exitCode: 137,
    move: '1 GiB',
  },
  {
    section: 'exit-code-143',
    title: 'terminated (exit code 143)',
    output: 'installing',
    exitCode: 143,
    move: 'drained',
  },
  { section: 'exit-code-130', title: 'interrupted (exit code 130)', output: '', exitCode: 130, move: 'SIGINT' },
  {
    section: 'exit-code-139',
    title: 'a program crashed (exit code 139)',
    output: 'Segmentation fault',
    exitCode: 139,
    move: 'static build for Linux',
  },
  { section: 'silent-exit-1', title: 'exit code 1', output: '', exitCode: 1, move: 'allowed-exit-codes: "0, 1"' },

  // Permissions in the cluster
  {
    section: 'azure-rbac-forbidden',
    title: 'the identity cannot create deployments in the cluster: Azure RBAC for Kubernetes denied it',
    output: `Error from server (Forbidden): deployments.apps is forbidden: User "${USER}" cannot create resource "deployments" in API group "apps" in the namespace "shop": User does not have access to the resource in Azure. Update role assignment to allow access.`,
    documented: 'kubeguard/guard authz/providers/azure/rbac/checkaccessreqhelper.go',
    move: "--role 'Azure Kubernetes Service RBAC Writer'",
  },
  {
    section: 'kubernetes-forbidden',
    title: 'the identity cannot list pods in the cluster',
    output: `Error from server (Forbidden): pods is forbidden: User "${USER}" cannot list resource "pods" in API group "" in the namespace "shop"`,
    move: 'kubectl create rolebinding aks-run-command --namespace=shop --clusterrole=view --user=OBJECT_ID',
  },
  {
    section: 'kubernetes-forbidden',
    title: 'the identity cannot list nodes in the cluster',
    output:
      'Error from server (Forbidden): nodes is forbidden: User "a@b.example" cannot list resource "nodes" in API group "" at the cluster scope',
    move: 'kubectl create clusterrolebinding aks-run-command --clusterrole=CLUSTER_ROLE --user=OBJECT_ID',
  },
  {
    section: 'service-account-forbidden',
    title: "the pod's service account cannot list secrets",
    output:
      'Error from server (Forbidden): secrets is forbidden: User "system:serviceaccount:aks-command:sa-476c" cannot list resource "secrets" in API group "" in the namespace "shop"',
    move: 'kubectl create rolebinding aks-run-command --namespace=shop --clusterrole=view --serviceaccount=aks-command:sa-476c',
  },
  {
    section: 'rbac-escalation',
    title: 'the identity tried to grant permissions that it does not have',
    output: `Error from server (Forbidden): error when creating "rbac.yaml": roles.rbac.authorization.k8s.io "r" is forbidden: user "${USER}" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:`,
    move: 'no one grant more than they have',
  },
  {
    section: 'kubernetes-unauthorized',
    title: 'the API server did not accept the credentials of the pod',
    output: 'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
    move: 'Unset KUBECONFIG',
  },

  // What rejects a change
  {
    section: 'namespace-quota',
    title: 'the resource quota small of the namespace is exceeded',
    output:
      'Error from server (Forbidden): pods "p2" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1',
    move: 'kubectl describe resourcequota small',
  },
  {
    section: 'pod-security',
    title: 'the namespace forbids this pod: PodSecurity restricted:latest',
    output:
      'Error from server (Forbidden): pods "p" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile',
    move: 'runAsNonRoot',
  },
  {
    section: 'admission-policy',
    title: 'the ValidatingAdmissionPolicy no-latest blocked the change',
    output: `The deployments "web" is invalid: : ValidatingAdmissionPolicy 'no-latest' with binding 'no-latest' denied request: image tag latest`,
    move: 'kubectl get validatingadmissionpolicy no-latest',
  },
  {
    section: 'webhook-unavailable',
    title: 'the webhook validate.nginx.ingress.kubernetes.io did not answer',
    output:
      'Error from server (InternalError): error when creating "web.yaml": Internal error occurred: failed calling webhook "validate.nginx.ingress.kubernetes.io": failed to call webhook: Post "https://ingress.shop.svc:443/?timeout=10s": no endpoints available for service "ingress"',
    move: 'validatingwebhookconfigurations',
  },
  {
    section: 'admission-denied',
    title: 'the policy validation.gatekeeper.sh blocked the change',
    output:
      'Error from server: error when creating "web.yaml": admission webhook "validation.gatekeeper.sh" denied the request: [no-latest] image tag latest',
    move: 'Change the manifest',
  },
  {
    section: 'namespace-terminating',
    title: 'the namespace is being deleted',
    output:
      'Error from server (Forbidden): error when creating "w.yaml": deployments.apps "web" is forbidden: unable to create new content in namespace old because it is being terminated',
    move: 'kubectl get namespace old',
  },

  // What is not there
  {
    section: 'namespace-not-found',
    title: 'the cluster has no namespace nope',
    output: 'Error from server (NotFound): error when creating "v/nons.yaml": namespaces "nope" not found',
    move: '--create-namespace',
  },
  {
    section: 'namespace-not-found',
    title: 'the cluster has no namespace nope',
    output:
      'Release "z" does not exist. Installing it now.\nError: create: failed to create: namespaces "nope" not found',
    move: '--create-namespace',
  },
  {
    section: 'default-namespace',
    title: 'the command looked in the namespace aks-command, where its own pod runs',
    output: 'error: error from server (NotFound): pods "web-1" not found in namespace "aks-command"',
    move: '--namespace NAMESPACE',
  },
  {
    section: 'resource-not-found',
    title: 'kubectl found no deployments.apps nope',
    output: 'Error from server (NotFound): deployments.apps "nope" not found',
    move: 'kubectl get deployments.apps --all-namespaces',
  },
  {
    section: 'no-matches-for-kind',
    title: 'the cluster has no kind Ingress in extensions/v1beta1',
    output:
      'error: resource mapping not found for name: "old" namespace: "shop" from "oldapi.yaml": no matches for kind "Ingress" in version "extensions/v1beta1"\nensure CRDs are installed first',
    move: 'apiVersion',
  },
  {
    section: 'no-resource-type',
    title: 'the cluster has no resource type unicorns',
    output: `error: the server doesn't have a resource type "unicorns"`,
    move: 'kubectl api-resources',
  },

  // What cannot change
  {
    section: 'immutable-field',
    title: 'a field of the object cannot be changed',
    output:
      'The Deployment "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable',
    move: 'kubectl replace --force',
  },
  {
    section: 'apply-conflict',
    title: 'the field manager kubectl-set owns what server-side apply would change',
    output:
      'error: Apply failed with 1 conflict: conflict with "kubectl-set" using apps/v1: .spec.template.spec.containers[name="web"].image\nPlease review the fields above--they currently have other managers. Here\nare the ways you can resolve this warning:',
    move: 'kubectl apply --server-side --force-conflicts',
  },
  {
    section: 'apply-conflict',
    title: 'the field manager helm owns what server-side apply would change',
    output: 'error: Apply failed with 1 conflict: conflict with "helm": .spec.replicas',
    move: '--force-conflicts',
  },
  {
    section: 'object-modified',
    title: 'something else changed the object at the same time',
    output:
      'Error from server (Conflict): error when replacing "old.yaml": Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    move: 'Run it again',
  },
  {
    section: 'annotations-too-long',
    title: 'the object is too large for a client-side kubectl apply',
    output: 'The ConfigMap "big" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    move: 'kubectl apply --server-side',
  },
  {
    section: 'already-exists',
    title: 'the object already exists',
    output: 'Error from server (AlreadyExists): namespaces "dev" already exists',
    move: 'kubectl apply',
  },
  {
    section: 'unknown-field',
    title: 'the manifest has an unknown field: spec.replica',
    output:
      'Error from server (BadRequest): error when creating "unknown.yaml": Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
    move: 'kubectl explain',
  },
  {
    section: 'invalid-object',
    title: 'the Deployment web is invalid at spec.template.spec.containers[0].imagePullPolicy',
    output:
      'The Deployment "web" is invalid: spec.template.spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    move: 'which value is wrong',
  },
  {
    section: 'wrong-type',
    title: 'a field of the Deployment has the wrong type: number instead of string',
    output:
      'Error from server (BadRequest): error when creating "v/envint.yaml": Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
    move: 'Put quotes around a number',
  },
  {
    section: 'invalid-yaml',
    title: 'a file is not valid YAML',
    output: `error: error parsing k8s/bad.yaml: error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'`,
    move: 'indentation',
  },

  // Waiting
  {
    section: 'progress-deadline',
    title: 'the deployment web made no progress before its deadline',
    output: 'deployment.apps/web created\nerror: deployment "web" exceeded its progress deadline',
    move: 'kubectl describe deployment/web',
  },
  {
    section: 'helm-not-ready',
    title: 'helm waited for Deployment/shop/shop, but it did not become ready',
    output:
      'Error: UPGRADE FAILED: resource Deployment/shop/shop not ready. status: InProgress, message: Pending termination: 2\ncontext deadline exceeded',
    move: 'kubectl get pods,events',
  },
  {
    section: 'helm-progress-deadline',
    title: 'Deployment/shop/shop made no progress before its deadline',
    output:
      'Error: UPGRADE FAILED: resource Deployment/shop/shop not ready. status: Failed, message: Progress deadline exceeded',
    move: 'kubectl get pods,events',
  },
  {
    section: 'timed-out-waiting',
    title: 'kubectl or helm timed out waiting',
    output: 'error: timed out waiting for the condition on deployments/web',
    move: 'kubectl get pods,events --namespace NAMESPACE',
  },
  {
    section: 'helm-hook',
    title: 'a hook of the helm chart failed',
    output:
      'Error: UPGRADE FAILED: pre-upgrade hooks failed: resource Job/shop/shop-migrate not ready. status: InProgress, message: Job in progress\ncontext deadline exceeded',
    move: 'kubectl logs job/shop-migrate --namespace shop',
  },
  {
    section: 'context-deadline',
    title: 'helm or kubectl ran out of time',
    output:
      'Error: INSTALLATION FAILED: failed to compute object status: shop_shop_apps_Deployment: client rate limiter Wait returned an error: rate: Wait(n=1) would exceed context deadline',
    move: 'kubectl get pods,events',
  },
  {
    section: 'crash-loop',
    title: 'a container crashes again and again',
    output:
      'Error: INSTALLATION FAILED: resource Pod/shop/web not ready. status: Failed, message: Containers in CrashLoop state: web',
    move: 'kubectl logs web --namespace shop --previous',
  },
  {
    section: 'image-pull',
    title: 'a pod cannot pull its image',
    output: `Error from server (BadRequest): container "web" in pod "web-1" is waiting to start: trying and failing to pull image`,
    documented: 'kubernetes/kubernetes pkg/kubelet/kubelet_pods.go',
    move: '--attach-acr REGISTRY',
  },

  // helm
  {
    section: 'helm-in-progress',
    title: 'another helm operation on this release is in progress',
    output: 'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
    move: 'concurrency:\n    group: deploy',
  },
  {
    section: 'helm-in-progress',
    title: 'another helm operation on this release is in progress',
    output: 'Error: UPGRADE FAILED: release: already exists',
    move: 'helm rollback RELEASE',
  },
  {
    section: 'helm-name-in-use',
    title: 'the helm release already exists',
    output: 'Error: INSTALLATION FAILED: release name check failed: cannot reuse a name that is still in use',
    move: 'helm upgrade --install',
  },
  {
    section: 'helm-no-deployed-release',
    title: 'the helm release nope was never deployed successfully',
    output: 'Error: UPGRADE FAILED: "nope" has no deployed releases',
    move: 'helm uninstall nope',
  },
  {
    section: 'helm-ownership',
    title: 'the object already exists and does not belong to the helm release',
    output:
      'Error: INSTALLATION FAILED: unable to continue with install: Service "shop" in namespace "shop" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"; annotation validation error: missing key "meta.helm.sh/release-name": must be set to "shop"; annotation validation error: missing key "meta.helm.sh/release-namespace": must be set to "shop"',
    move: '--take-ownership',
  },
  {
    section: 'helm-dependencies',
    title: 'the helm chart lacks its dependencies',
    output:
      'Error: INSTALLATION FAILED: an error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: redis',
    move: 'helm dependency build CHART',
  },
  {
    section: 'helm-repository',
    title: 'helm cannot use the chart repository from the pod',
    output:
      'Error: looks like "https://charts.invalid" is not a valid chart repository or cannot be reached: Get "https://charts.invalid/index.yaml": dial tcp: lookup charts.invalid on 10.0.0.10:53: no such host',
    move: 'helm pull CHART',
  },
  {
    section: 'helm-repository',
    title: 'helm cannot use the chart repository from the pod',
    output: 'Error: INSTALLATION FAILED: repo bitnami not found',
    move: 'helm pull CHART',
  },
  {
    section: 'registry-unauthorized',
    title: 'the registry of the chart requires a sign-in',
    output:
      'Error: GET "http://127.0.0.1:18937/v2/charts/x/tags/list": GET "http://127.0.0.1:18937/oauth2/token?scope=repository%3Acharts%2Fx%3Apull&service=127.0.0.1": response status code 401: unauthorized: authentication required',
    move: 'helm registry login REGISTRY',
  },
  {
    section: 'helm-plugin',
    title: 'helm in the pod has no command diff',
    output: 'Error: unknown command "diff" for "helm"\nRun \'helm --help\' for usage.',
    move: 'The image has no helm plugins.',
  },
  {
    section: 'api-server-unreachable',
    title: 'the command did not reach the API server',
    output:
      'Error: kubernetes cluster unreachable: Get "http://localhost:8080/version": dial tcp 127.0.0.1:8080: connect: connection refused',
    move: 'Unset KUBECONFIG',
  },
  {
    section: 'api-server-unreachable',
    title: 'the command did not reach the API server',
    output: 'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
    move: '--kubeconfig',
  },
  {
    section: 'no-context',
    title: 'the pod has no kubectl context prod',
    output: 'error: no context exists with the name: "prod"',
    move: 'kubectl config use-context',
  },
  {
    section: 'no-egress',
    title: 'the pod cannot resolve the host nope.example',
    output: 'Unable to connect to the server: dial tcp: lookup nope.example on 10.0.0.10:53: no such host',
    move: 'kubectl kustomize URL',
  },
  {
    section: 'no-egress',
    title: 'the pod cannot resolve the host nope.example',
    output: 'curl: (6) Could not resolve host: nope.example',
    exitCode: 6,
    move: 'on the runner first',
  },

  // Not in anybody's list, met all the same
  {
    section: 'kubectl-no-manifests',
    title: 'kubectl found no manifests in "."',
    output: 'error: error reading [.]: recognized file extensions are [.json .yaml .yml]',
    files: [],
    move: 'az aks command invoke puts all files into one folder.',
  },
  {
    section: 'kustomize-none',
    title: 'there is no kustomization.yaml in charts',
    output:
      "error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '/command-files/charts'",
    move: 'kubectl apply --filename charts',
  },
  {
    section: 'no-manifest',
    title: 'a file is not a Kubernetes manifest: it has no apiVersion or kind',
    output:
      'error: error validating "charts/shop/values.yaml": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false',
    move: 'values.yaml',
  },
  {
    section: 'unknown-flag',
    title: 'there is no option --query',
    output: "error: unknown flag: --query\nSee 'kubectl get --help' for usage.",
    move: 'kubectl get --output jsonpath',
  },
  {
    section: 'unknown-flag',
    title: 'there is no option --recreate-pods',
    output: 'Error: unknown flag: --recreate-pods',
    move: 'helm 4 removed some options',
  },
  {
    section: 'unknown-command',
    title: 'kubectl has no command neat',
    output: 'error: unknown command "neat" for "kubectl"',
    move: 'no kubectl plugins',
  },
  {
    section: 'no-matching-resources',
    title: 'kubectl found nothing that matches',
    output: 'error: no matching resources found',
    move: 'kubectl wait does not wait for objects to be created',
  },
  {
    section: 'no-objects',
    title: 'kubectl had no objects to apply',
    output: 'error: no objects passed to apply',
    move: 'pipefail',
  },
  {
    section: 'invalid-patch',
    title: 'the patch is not valid JSON or YAML',
    output: 'error: unable to parse "a: b: c": yaml: mapping values are not allowed in this context',
    move: '--patch-file',
  },
  {
    section: 'no-name',
    title: 'kubectl needs a name',
    output: 'error: resource(s) were provided, but no name was specified',
    move: 'A variable in the command may be empty.',
  },
  {
    section: 'no-such-container',
    title: 'the pod has no container app',
    output: 'deployment.apps/web created\nerror: unable to find container named "app"',
    move: 'containers[*].name',
  },
  {
    section: 'container-name',
    title: 'the pod web-1 has several containers, and the command names none',
    output:
      'Error from server (BadRequest): a container name must be specified for pod web-1, choose one of: [web proxy]',
    move: 'kubectl logs web-1 --all-containers',
  },
  {
    section: 'container-not-started',
    title: 'the container web has not started yet',
    output: 'Error from server (BadRequest): container "web" in pod "web-1" is waiting to start: ContainerCreating',
    documented: 'kubernetes/kubernetes pkg/kubelet/kubelet_pods.go',
    move: 'kubectl wait --for=condition=Ready pod/web-1',
  },
  {
    section: 'pod-completed',
    title: 'the pod has ended, and nothing can run in it',
    output: 'error: cannot exec into a container in a completed pod; current phase is Succeeded',
    move: 'kubectl logs POD',
  },
  {
    section: 'disruption-budget',
    title: 'a PodDisruptionBudget does not allow the eviction',
    output: `error when evicting pods/"web-1" -n "shop" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.`,
    move: 'kubectl get poddisruptionbudget',
  },
  {
    section: 'drain-refused',
    title: 'kubectl drain found pods that it does not delete by default',
    output:
      'error: unable to drain node "aks-nodepool1-00000000-vmss000000" due to error: cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): shop/web-1b933, continuing command...',
    move: '--ignore-daemonsets',
  },
  {
    section: 'no-metrics',
    title: 'the cluster has no metrics yet',
    output: 'error: Metrics API not available',
    move: 'metrics-server',
  },
  {
    section: 'node-port-taken',
    title: 'another service uses this node port',
    output:
      'error: failed to create NodePort service: Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    move: 'Leave out nodePort',
  },
  {
    section: 'spec-immutable',
    title: 'this part of the object cannot be changed',
    output: `The StatefulSet "web" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden`,
    move: '--cascade=orphan',
  },
  {
    section: 'api-server-busy',
    title: 'the API server is overloaded or restarting',
    output:
      'error: failed to create configmap: rpc error: code = Unavailable desc = keepalive ping failed to receive ACK within timeout',
    move: 'Run it again in a minute.',
  },
  {
    section: 'helm-no-chart',
    title: 'the folder is not a helm chart: it has no Chart.yaml',
    output:
      'Error: unable to detect chart at /command-files/k8s/Chart.yaml: open /command-files/k8s/Chart.yaml: no such file or directory',
    move: 'Name the folder that contains Chart.yaml',
  },
  {
    section: 'helm-release-not-found',
    title: 'helm found no release nope in this namespace',
    output: 'Error: uninstall: Release not loaded: nope: release: not found',
    move: 'helm list --all-namespaces',
  },
  {
    section: 'helm-schema',
    title: "the values do not match the chart's schema",
    output:
      "Error: values don't meet the specifications of the schema(s) in the following chart(s):\nshop:\n- at '': missing property 'region'",
    move: 'The lines below the error name each value.',
  },
  {
    section: 'helm-kube-version',
    title: 'the chart does not support Kubernetes v1.36.0',
    output:
      'Error: INSTALLATION FAILED: chart requires kubeVersion: >=9.0.0 which is incompatible with Kubernetes v1.36.0',
    move: 'upgrade the cluster',
  },
  {
    section: 'helm-template',
    title: 'a template of the helm chart failed',
    output:
      'Error: shop/templates/x.yaml:1:10\n  executing "shop/templates/x.yaml" at <.Values.a.b.c>:\n    nil pointer evaluating interface {}.b',
    move: 'helm template RELEASE CHART',
  },
  {
    section: 'helm-template',
    title: 'a template of the helm chart failed',
    output: 'Error: execution error at (shop/templates/x.yaml:1:3): tag is required',
    move: 'helm template RELEASE CHART',
  },
  {
    section: 'no-azure-cli',
    title: 'the pod has no az',
    output: `${SCRIPT}: line 1: az: command not found`,
    exitCode: 127,
    move: 'already in the cluster and signed in to it',
  },
  {
    section: 'access-denied',
    title: 'the command has no permission for /etc/motd',
    output: `${SCRIPT}: line 1: /etc/motd: Permission denied`,
    move: 'does not run as root',
  },
  {
    section: 'access-denied',
    title: 'the command has no permission for /data',
    output: "mkdir: cannot create directory '/data': Permission denied",
    move: '$HOME, or /tmp',
  },
  {
    section: 'read-only',
    title: 'the command tried to write to a folder that is read-only',
    output: "touch: cannot touch '/mnt/a': Read-only file system",
    move: '/tmp',
  },
  {
    section: 'exec-format',
    title: 'a program is for another system',
    output: `${SCRIPT}: line 2: ./elf: cannot execute binary file: Exec format error`,
    exitCode: 126,
    move: 'x64 or arm64',
  },
  {
    section: 'disk-full',
    title: 'the disk of the pod is full',
    output: `${SCRIPT}: line 1: echo: write error: No space left on device`,
    move: 'delete files',
  },
  {
    section: 'argument-list',
    title: 'a command line is too long',
    output: `${SCRIPT}: line 1: /usr/bin/kubectl: Argument list too long`,
    exitCode: 126,
    move: 'xargs',
  },
  {
    section: 'connection-refused',
    title: 'the connection was refused',
    output: 'curl: (7) Failed to connect to 127.0.0.1 port 1 after 0 ms: Could not connect to server',
    exitCode: 7,
    move: 'SERVICE.NAMESPACE.svc',
  },
  {
    section: 'connection-timeout',
    title: 'a connection from the pod timed out',
    output: 'Error: Get "https://127.0.0.1:18936/v2/charts/x/tags/list": net/http: TLS handshake timeout',
    move: 'A firewall may drop it.',
  },
  {
    section: 'pod-certificate',
    title: 'the pod does not trust a TLS certificate',
    output:
      'Error: Get "https://127.0.0.1:18935/v2/charts/x/tags/list": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    move: '--ca-file',
  },
  {
    section: 'git-repository',
    title: 'the files in the pod are not a Git repository',
    output: 'fatal: not a git repository (or any of the parent directories): .git',
    exitCode: 128,
    move: 'without .git',
  },
  {
    section: 'jq-parse',
    title: 'jq read something that is not JSON',
    output: 'jq: parse error: Invalid numeric literal at line 1, column 9',
    exitCode: 5,
    move: '--output json',
  },
  {
    section: 'jq-null',
    title: 'jq did not find what the program expects',
    output: 'jq: error (at values.json:1): Cannot iterate over null (null)',
    exitCode: 5,
    move: '.field // empty',
  },
  {
    section: 'jq-syntax',
    title: 'the jq program has a syntax error',
    output:
      'jq: error: syntax error, unexpected end of file (Unix shell quoting issues?) at <top-level>, line 1:\n.a[  ',
    exitCode: 3,
    move: 'single quotes',
  },
  {
    section: 'shell-syntax',
    title: 'the shell could not read the command: it has a syntax error',
    output: `${SCRIPT}: line 1: unexpected EOF while looking for matching \`"'`,
    exitCode: 2,
    move: 'command: |',
  },
  {
    section: 'exit-code-126',
    title: 'a program could not be run (exit code 126)',
    output: 'starting',
    exitCode: 126,
    move: 'not executable',
  },
  {
    section: 'exit-code-127',
    title: 'a program was not found (exit code 127)',
    output: 'starting',
    exitCode: 127,
    move: 'no git, az, or curl',
  },
  {
    section: 'exit-code-134',
    title: 'a program aborted (exit code 134)',
    output: 'starting',
    exitCode: 134,
    move: 'memory',
  },
  {
    section: 'exit-code-141',
    title: 'a pipe was closed early (exit code 141)',
    output: 'y',
    exitCode: 141,
    move: 'sed -n 1,10p',
  },
];

/** Outputs that look like one of the above and are not: a listing, a log, a search. None gets a hint. */
export const LOOK_ALIKES: readonly { readonly name: string; readonly output: string }[] = [
  {
    name: 'a listing',
    output:
      'NAME   READY  STATUS            RESTARTS\nweb-1  0/1    ImagePullBackOff  0\nweb-2  0/1  CrashLoopBackOff 7',
  },
  { name: 'grep for forbidden', output: 'audit.log:14: user bob is forbidden: cannot list resource pods' },
  {
    name: "a test's log",
    output: '--- PASS: TestUser (0.01s)\n    user_test.go:12: user "bob" not found\nok  app/users 0.4s',
  },
  { name: 'events', output: 'LAST SEEN TYPE REASON OBJECT MESSAGE\n2m Warning Failed pod/web Error: ErrImagePull' },
  { name: 'a diff', output: '-  image: web:1\n+  image: web:2\n diff -u LIVE MERGED' },
  { name: 'JSON', output: '{"error": "timed out waiting for the condition", "code": 1}' },
  { name: 'a pod log of another program', output: '2026-11-25T09:00:00Z WARN field is immutable, keeping the old one' },
  { name: 'a document', output: 'If you see "exceeded quota: small", raise the quota.' },
  {
    name: 'a dry run',
    output: 'would run: helm upgrade --install x ./chart --timeout 5m (context deadline exceeded is retried)',
  },
  { name: 'a table of commands', output: 'git     not found\njq      found' },
  { name: 'a comment', output: '# error: the path "k8s" does not exist' },
  { name: 'a YAML value', output: 'message: "namespaces \\"x\\" not found"' },
];
