/**
 * What the corpus is made of: scripts that really run. `hint` is the section that the output is right to get; none where
 * it must get none, whatever words it holds.
 */
export type CorpusRow = {
  readonly name: string;
  readonly script: string;
  readonly hint?: string;
  readonly shell?: string;
};

/** What each script finds in its folder, beside the chart and the manifests of `examples/`. */
export const FILES: Readonly<Record<string, string>> = {
  'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'nginx:1.29' }] }
`,
  'broken.yaml': 'kind: [\n  - a: b\n : c\n',
  'tabs.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: a\n',
  'values.json': '{"replicas": 2, "image": {"tag": "1.29"}, "error": "timed out waiting for the condition"}\n',
  'not.json': 'replicas: 2\n',
  'app.log': `2026-11-25T09:00:00Z INFO starting
2026-11-25T09:00:01Z ERROR user "bob" is forbidden: cannot list resource "pods"
2026-11-25T09:00:02Z WARN error: timed out waiting for the condition, retrying
2026-11-25T09:00:03Z INFO deployments.apps "web" not found, creating it
Error: exceeded quota: small
`,
  'notes.md': '# Errors\n\nIf you see `error: the path "x" does not exist`, add it to files.\n',
  'run.sh': '#!/bin/sh\necho ran\n',
  'crlf.sh': '#!/bin/sh\r\necho ran\r\n',
  'strange.py': '#!/usr/bin/python9\nprint("x")\n',
  elf: '\u007fELF\u0002\u0001\u0001',
};

const web = 'kubectl apply --filename web.yaml';

export const ROWS: readonly CorpusRow[] = [
  // Listings, searches and logs that hold the words of errors
  { name: 'kubectl get, all namespaces', script: 'kubectl get pods,deployments --all-namespaces; exit 3' },
  {
    name: 'kubectl get an image that never starts',
    script: `${web}\nkubectl set image deployment/web web=nginx:broken --namespace shop\nsleep 1\nkubectl get pods --namespace shop; exit 3`,
  },
  { name: 'kubectl describe', script: `${web}\nkubectl describe deployment web --namespace shop; exit 3` },
  { name: 'kubectl get as YAML', script: `${web}\nkubectl get deployment web --namespace shop --output yaml; exit 3` },
  { name: 'kubectl get as JSON', script: `${web}\nkubectl get deployment web --namespace shop --output json; exit 3` },
  { name: 'kubectl get events', script: 'kubectl get events --all-namespaces; exit 3' },
  { name: 'kubectl explain', script: 'kubectl explain deployment.spec; exit 3' },
  { name: 'kubectl explain, of errors', script: 'kubectl explain pod.status; exit 3' },
  { name: 'kubectl api-resources', script: 'kubectl api-resources; exit 3' },
  { name: 'kubectl api-versions', script: 'kubectl api-versions; exit 3' },
  { name: 'kubectl version', script: 'kubectl version; exit 3' },
  { name: 'kubectl cluster-info', script: 'kubectl cluster-info; exit 3' },
  { name: 'kubectl config view', script: 'kubectl config view; exit 3' },
  {
    name: 'kubectl diff with changes',
    script: `${web}\nsed 's/replicas: 2/replicas: 3/' web.yaml | kubectl diff --filename -`,
  },
  { name: 'kubectl apply', script: `${web}; exit 3` },
  { name: 'kubectl apply, dry run', script: `${web} --dry-run=server; exit 3` },
  {
    name: 'kubectl create namespace, dry run',
    script: 'kubectl create namespace dev --dry-run=client --output yaml; exit 3',
  },
  { name: 'kubectl rollout status', script: `${web}\nkubectl rollout status deployment/web --namespace shop; exit 3` },
  {
    name: 'kubectl rollout history',
    script: `${web}\nkubectl rollout history deployment/web --namespace shop; exit 3`,
  },
  { name: 'kubectl kustomize', script: 'kubectl kustomize k8s/overlays/production; exit 3' },
  { name: 'kubectl help', script: 'kubectl apply --help; exit 3' },
  { name: 'kubectl options', script: 'kubectl options; exit 3' },
  { name: 'kubectl auth can-i', script: 'kubectl auth can-i create deployments; exit 3' },
  { name: 'kubectl get nothing', script: 'kubectl get pods --namespace nope; exit 3' },
  { name: 'kubectl get, ignoring what is not found', script: 'kubectl get deployment nope --ignore-not-found; exit 3' },
  {
    name: 'kubectl delete, ignoring what is not found',
    script: 'kubectl delete deployment nope --ignore-not-found --namespace shop; exit 3',
  },
  { name: 'kubectl scale', script: `${web}\nkubectl scale deployment/web --replicas 1 --namespace shop; exit 3` },
  {
    name: 'kubectl wait',
    script: `${web}\nkubectl wait --for=condition=Available deployment/web --namespace shop --timeout 10s; exit 3`,
  },
  { name: 'kubectl top, as help', script: 'kubectl top --help; exit 3' },
  { name: 'helm template', script: 'helm template shop charts/shop; exit 3' },
  { name: 'helm lint', script: 'helm lint charts/shop; exit 3' },
  { name: 'helm install', script: 'helm install shop charts/shop --namespace shop; exit 3' },
  { name: 'helm upgrade --install', script: 'helm upgrade --install shop charts/shop --namespace shop; exit 3' },
  {
    name: 'helm list',
    script: 'helm install shop charts/shop --namespace shop >/dev/null\nhelm list --all-namespaces; exit 3',
  },
  {
    name: 'helm history',
    script: 'helm install shop charts/shop --namespace shop >/dev/null\nhelm history shop --namespace shop; exit 3',
  },
  {
    name: 'helm status',
    script: 'helm install shop charts/shop --namespace shop >/dev/null\nhelm status shop --namespace shop; exit 3',
  },
  {
    name: 'helm get all',
    script: 'helm install shop charts/shop --namespace shop >/dev/null\nhelm get all shop --namespace shop; exit 3',
  },
  { name: 'helm show values', script: 'helm show values charts/shop; exit 3' },
  { name: 'helm help', script: 'helm upgrade --help; exit 3' },
  { name: 'helm version', script: 'helm version; exit 3' },
  { name: 'helm env', script: 'helm env; exit 3' },
  { name: 'helm repo list of none', script: 'helm repo list; exit 3' },
  { name: 'helm package', script: 'helm package charts/shop; exit 3' },
  { name: 'a log that holds errors', script: 'cat app.log; exit 3' },
  { name: 'grep for forbidden', script: 'grep -n forbidden app.log; exit 3' },
  { name: 'grep for errors, with names of files', script: 'grep -rn -i error app.log notes.md; exit 3' },
  { name: 'grep for not found', script: 'grep -h "not found" app.log; exit 3' },
  { name: 'grep with a count', script: 'grep -c ERROR app.log; exit 3' },
  { name: 'tail of a log', script: 'tail -n 3 app.log; exit 3' },
  { name: 'head of two files', script: 'head -n 2 app.log notes.md; exit 3' },
  { name: 'awk over a log', script: "awk '/ERROR/ { print $1, $3, $4 }' app.log; exit 3" },
  { name: 'sed over a log', script: "sed -n '/timed out/p' app.log; exit 3" },
  { name: 'sort and uniq', script: "cut -d' ' -f2 app.log | sort | uniq -c; exit 3" },
  { name: 'jq over values', script: 'jq . values.json; exit 3' },
  { name: 'jq, the field error', script: "jq -r '.error' values.json; exit 3" },
  { name: 'jq over kubectl', script: "kubectl get namespaces --output json | jq -r '.items[].metadata.name'; exit 3" },
  { name: 'a document about errors', script: 'cat notes.md; exit 3' },
  { name: 'ls', script: 'ls -la; exit 3' },
  { name: 'find', script: "find . -name '*.yaml'; exit 3" },
  { name: 'env', script: 'env | grep -v -e PATH -e HOME -e KUBECONFIG | sort | head -5 | cut -c1-20; exit 3' },
  { name: 'diff', script: 'diff web.yaml values.json | head -20; exit 3' },
  { name: 'set -x', script: 'set -x\ntest -f nope.yaml || echo "nope.yaml: not found"\nexit 3' },
  { name: 'echo of an error', script: 'echo "not an error: the path \\"k8s\\" does not exist"; exit 3' },
  {
    name: 'a script that tells of its own failures',
    script: 'echo "deploy: step 1 failed: timed out waiting for the condition"; exit 3',
  },
  { name: 'a table of checks', script: "printf '%s\\t%s\\n' git 'not found' jq ok; exit 3" },
  { name: 'a version check', script: 'jq --version; bash --version | head -1; exit 3' },
  { name: 'tar', script: 'tar czf x.tgz k8s && tar tzvf x.tgz | cut -c1-10,48-; exit 3' },
  { name: 'wc', script: 'wc -l app.log web.yaml; exit 3' },
  { name: 'xargs', script: 'ls | xargs -n 3 echo; exit 3' },
  { name: 'base64', script: 'base64 app.log; exit 3' },
  { name: 'seq', script: 'seq 1 300; exit 3' },
  { name: 'openssl version', script: 'openssl version | cut -d" " -f1; exit 3' },
  { name: 'curl --help', script: 'curl --help; exit 3' },
  { name: 'git help', script: 'git --help; exit 3' },
  { name: 'yq', script: 'yq . web.yaml; exit 3' },

  // Errors of kubectl
  { name: 'a path that is not there', script: 'kubectl apply --filename k8s/app.yaml', hint: 'kubectl-path' },
  {
    name: '--filename . with no manifest in it',
    script: 'mkdir empty && cd empty && kubectl apply --filename .',
    hint: 'kubectl-no-manifests',
  },
  { name: 'no kustomization', script: 'kubectl apply --kustomize charts', hint: 'kustomize-none' },
  {
    name: 'an overlay without its base',
    script: 'rm -r k8s/base; kubectl apply --kustomize k8s/overlays/production',
    hint: 'kustomize-path',
  },
  { name: 'YAML that is none', script: 'kubectl apply --filename broken.yaml', hint: 'invalid-yaml' },
  { name: 'YAML with tabs', script: 'kubectl apply --filename tabs.yaml', hint: 'invalid-yaml' },
  { name: 'JSON that is no manifest', script: 'kubectl apply --filename values.json', hint: 'no-manifest' },
  {
    name: 'values.yaml among the manifests',
    script: 'kubectl apply --filename charts/shop/values.yaml',
    hint: 'no-manifest',
  },
  { name: "az's --query", script: "kubectl get pods --query '[].name'", hint: 'unknown-flag' },
  { name: "az's --resource-group", script: 'kubectl get pods --resource-group rg', hint: 'unknown-flag' },
  { name: 'an unknown command', script: 'kubectl deploy web', hint: 'unknown-command' },
  {
    name: 'a namespace that is not there',
    script: `kubectl create deployment x --image nginx --namespace nope`,
    hint: 'namespace-not-found',
  },
  {
    name: 'a deployment that is not there',
    script: 'kubectl get deployment nope --namespace shop',
    hint: 'resource-not-found',
  },
  {
    name: 'a rollout of what is not there',
    script: 'kubectl rollout status deployment/nope --namespace shop',
    hint: 'resource-not-found',
  },
  { name: 'a kind that is not there', script: 'kubectl get unicorns', hint: 'no-resource-type' },
  {
    name: 'an old apiVersion',
    script: 'sed s,apps/v1,extensions/v1beta1, web.yaml | kubectl apply --validate=false --filename -',
    hint: 'no-matches-for-kind',
  },
  { name: 'what exists already', script: 'kubectl create namespace shop', hint: 'already-exists' },
  {
    name: 'an unknown field',
    script: "sed 's/replicas:/replica:/' web.yaml | kubectl apply --filename -",
    hint: 'unknown-field',
  },
  {
    name: 'a wrong type',
    script: "sed 's/replicas: 2/replicas: two/' web.yaml | kubectl apply --filename -",
    hint: 'wrong-type',
  },
  {
    name: 'an invalid name',
    script: "sed 's/name: web, n/name: Web_1, n/' web.yaml | kubectl apply --filename -",
    hint: 'invalid-object',
  },
  {
    name: 'an immutable field',
    script: `${web}\nsed 's/app: web/app: other/' web.yaml | kubectl apply --filename -`,
    hint: 'immutable-field',
  },
  {
    name: 'a conflict of server-side apply',
    script: `kubectl apply --server-side --field-manager helm --filename web.yaml\nsed 's/replicas: 2/replicas: 5/' web.yaml | kubectl apply --server-side --filename -`,
    hint: 'apply-conflict',
  },
  {
    name: 'a quota',
    script: `kubectl create quota small --hard=pods=1 --namespace shop\nfor i in 1 2; do kubectl run p$i --image nginx --namespace shop; done`,
    hint: 'namespace-quota',
  },
  {
    name: 'pod security',
    script: `kubectl label namespace shop pod-security.kubernetes.io/enforce=restricted\nkubectl run p --image nginx --namespace shop`,
    hint: 'pod-security',
  },
  { name: 'a context that is not there', script: 'kubectl --context prod get pods', hint: 'no-context' },
  {
    name: 'a server that refuses',
    script: 'kubectl --server http://127.0.0.1:1 get pods',
    hint: 'api-server-unreachable',
  },
  {
    name: 'a wait that finds nothing',
    script: 'kubectl wait --for=condition=Ready pod --selector app=nope --namespace shop --timeout 1s',
    hint: 'no-matching-resources',
  },
  {
    name: 'a wait that times out',
    script: `sed 's/nginx:1.29/nginx:broken/' web.yaml | kubectl apply --filename -\nkubectl wait --for=condition=Available deployment/web --namespace shop --timeout 1s`,
    hint: 'timed-out-waiting',
  },
  {
    name: 'a rollout that fails',
    script: `sed 's/nginx:1.29/nginx:broken/' web.yaml | kubectl apply --filename -\nkubectl rollout status deployment/web --namespace shop --timeout 5s`,
    hint: 'progress-deadline',
  },
  { name: 'no objects', script: 'kubectl apply --filename - < /dev/null', hint: 'no-objects' },
  { name: 'replace of what is not there', script: 'kubectl replace --filename web.yaml', hint: 'resource-not-found' },
  {
    name: 'patch that is no JSON',
    script: `${web}\nkubectl patch deployment web --namespace shop --patch '{replicas'`,
    hint: 'invalid-patch',
  },
  {
    name: 'patch that is no YAML',
    script: `${web}\nkubectl patch deployment web --namespace shop --patch 'a: b: c'`,
    hint: 'invalid-patch',
  },
  { name: 'a name without a kind', script: 'kubectl delete web --namespace shop', hint: 'no-resource-type' },
  { name: 'a kind without a name', script: 'kubectl delete deployment --namespace shop', hint: 'no-name' },
  {
    name: 'an unknown image of set image',
    script: `${web}\nkubectl set image deployment/web app=nginx:2 --namespace shop`,
    hint: 'no-such-container',
  },

  // Errors of helm
  {
    name: 'helm: values that are not there',
    script: 'helm upgrade --install shop charts/shop --values prod.yaml --namespace shop',
    hint: 'helm-path',
  },
  {
    name: 'helm: no chart in the folder',
    script: 'helm upgrade --install shop k8s --namespace shop',
    hint: 'helm-no-chart',
  },
  { name: 'helm: a chart that is not there', script: 'helm install shop ./nope --namespace shop', hint: 'helm-path' },
  { name: 'helm: a chart by a bare name', script: 'helm install shop shop --namespace shop', hint: 'helm-chart-path' },
  { name: 'helm: a repository that is not there', script: 'helm install x bitnami/redis', hint: 'helm-repository' },
  {
    name: 'helm: a repository without egress',
    script: 'helm repo add x https://charts.invalid',
    hint: 'helm-repository',
  },
  {
    name: 'helm: a name in use',
    script: 'helm install shop charts/shop --namespace shop >/dev/null\nhelm install shop charts/shop --namespace shop',
    hint: 'helm-name-in-use',
  },
  {
    name: 'helm: a release that is not there',
    script: 'helm uninstall nope --namespace shop',
    hint: 'helm-release-not-found',
  },
  { name: 'helm: rollback of nothing', script: 'helm rollback nope --namespace shop', hint: 'helm-release-not-found' },
  {
    name: 'helm: upgrade of nothing',
    script: 'helm upgrade nope charts/shop --namespace shop',
    hint: 'helm-no-deployed-release',
  },
  {
    name: 'helm: a namespace that is not there',
    script: 'helm install shop charts/shop --namespace nope',
    hint: 'namespace-not-found',
  },
  {
    name: 'helm: no dependencies',
    script:
      "printf 'dependencies:\\n- name: redis\\n  version: 1.0.0\\n  repository: https://charts.invalid\\n' >> charts/shop/Chart.yaml\nhelm install shop charts/shop --namespace shop",
    hint: 'helm-dependencies',
  },
  {
    name: 'helm: a template that fails',
    script: "echo '{{ .Values.a.b.c }}' > charts/shop/templates/x.yaml\nhelm template shop charts/shop",
    hint: 'helm-template',
  },
  {
    name: 'helm: a required value',
    script: `echo '{{ required "tag is required" .Values.nope }}' > charts/shop/templates/x.yaml\nhelm template shop charts/shop`,
    hint: 'helm-template',
  },
  {
    name: 'helm: a schema',
    script: `echo '{"type":"object","required":["region"]}' > charts/shop/values.schema.json\nhelm template shop charts/shop`,
    hint: 'helm-schema',
  },
  {
    name: 'helm: a version of Kubernetes',
    script: 'echo \'kubeVersion: ">=9.0.0"\' >> charts/shop/Chart.yaml\nhelm install shop charts/shop --namespace shop',
    hint: 'helm-kube-version',
  },
  { name: 'helm: a plugin', script: 'helm diff upgrade shop charts/shop', hint: 'helm-plugin' },
  {
    name: 'helm: an unknown flag',
    script: 'helm upgrade --install shop charts/shop --recreate-pods',
    hint: 'unknown-flag',
  },
  {
    name: 'helm: what belongs to nobody',
    script:
      'helm template shop charts/shop | kubectl apply --namespace shop --filename - >/dev/null\nhelm install shop charts/shop --namespace shop',
    hint: 'helm-ownership',
  },
  {
    name: 'helm: not ready in time',
    script: 'helm install shop charts/shop --namespace shop --set image.tag=broken --wait --timeout 2s',
    hint: 'helm-not-ready',
  },
  { name: 'helm: no server', script: 'KUBECONFIG=/dev/null helm list', hint: 'api-server-unreachable' },
  {
    name: 'helm: invalid YAML in the values',
    script: 'helm template shop charts/shop --values broken.yaml',
    hint: 'invalid-yaml',
  },

  // Errors of shells and tools
  {
    name: 'no such program',
    script: 'kubectl version --client\nenvsubst < web.yaml\n'.replace('envsubst', 'envsubst2'),
    hint: 'command-not-found',
  },
  { name: 'no such program, in dash', script: 'envsubst2 < web.yaml', hint: 'command-not-found', shell: 'dash' },
  {
    name: 'no such program, in busybox',
    script: 'envsubst2 < web.yaml',
    hint: 'command-not-found',
    shell: 'busybox sh',
  },
  { name: 'the Azure CLI', script: 'PATH=/nowhere\naz login', hint: 'no-azure-cli' },
  { name: 'a script without its bit', script: './run.sh', hint: 'permission-denied' },
  { name: 'a script with Windows line endings', script: 'chmod +x crlf.sh\n./crlf.sh', hint: 'line-endings' },
  { name: 'an interpreter that is not there', script: 'chmod +x strange.py\n./strange.py', hint: 'line-endings' },
  { name: 'a binary for another system', script: 'chmod +x elf\n./elf', hint: 'exec-format' },
  { name: 'a script that was not sent', script: './deploy.sh', hint: 'no-such-script' },
  { name: 'a folder that was not sent', script: 'cd manifests', hint: 'no-such-folder' },
  { name: 'a file that was not sent', script: 'cat manifests/a.yaml', hint: 'no-such-file' },
  { name: 'jq of a file that was not sent', script: 'jq . nope.json', hint: 'no-such-file' },
  { name: 'jq of what is no JSON', script: 'jq . not.json', hint: 'jq-parse' },
  { name: 'jq over null', script: "jq '.items[]' values.json", hint: 'jq-null' },
  { name: 'jq with a mistake', script: "jq '.a[' values.json", hint: 'jq-syntax' },
  { name: 'an unset variable', script: 'set -u\necho "$IMAGE"', hint: 'unbound-variable' },
  { name: 'an unset variable, in dash', script: 'set -u\necho "$IMAGE"', hint: 'unbound-variable', shell: 'dash' },
  { name: 'GITHUB_ENV', script: 'set -u\necho A=1 >> "$GITHUB_ENV"', hint: 'file-command' },
  { name: 'GITHUB_ENV, without set -u', script: 'echo A=1 >> "$GITHUB_ENV"', hint: 'file-command' },
  { name: 'a blank around =', script: 'IMAGE = nginx', hint: 'blank-around-equals' },
  { name: 'bash syntax in dash', script: '[[ 1 == 1 ]]', hint: 'bash-needed', shell: 'dash' },
  { name: 'an array in dash', script: 'a=(1 2)', hint: 'bash-needed', shell: 'dash' },
  { name: 'pipefail in a new dash', script: 'set -o pipefail\nexit 3', shell: 'dash' },
  { name: 'bad substitution in dash', script: 'a=x\necho ${a^^}', hint: 'bash-needed', shell: 'dash' },
  { name: 'a quote that does not end', script: 'echo "abc\nkubectl get pods', hint: 'shell-syntax' },
  { name: 'fi without if', script: 'fi', hint: 'shell-syntax' },
  { name: 'an unexpected end', script: 'if true; then\n  echo a', hint: 'shell-syntax' },
  { name: 'nothing found', script: 'grep nope web.yaml', hint: 'silent-exit-1' },
  { name: 'killed', script: 'kill -9 $$', hint: 'exit-code-137' },
  { name: 'terminated', script: 'kill -15 $$', hint: 'exit-code-143' },
  { name: 'crashed', script: 'kill -11 $$', hint: 'exit-code-139' },
  { name: 'a broken pipe', script: 'set -o pipefail\nyes | head -1', hint: 'exit-code-141' },
  { name: 'no room', script: 'echo x > /dev/full', hint: 'disk-full' },
  { name: 'a host without a name', script: 'curl -sS https://nope.invalid', hint: 'no-egress' },
  { name: 'a port that refuses', script: 'curl -sS http://127.0.0.1:1', hint: 'connection-refused' },
  { name: 'openssl of a file that was not sent', script: 'openssl x509 -in nope.pem -noout' },
  {
    name: 'git outside a repository',
    script: 'cd / && git -C /var/empty status 2>&1 || git -C / status',
    hint: 'git-repository',
  },
  { name: 'tar of a file that was not sent', script: 'tar xzf nope.tgz', hint: 'no-such-file' },
  { name: 'an argument that is too long', script: '/bin/echo $(seq 1 1000000) > /dev/null', hint: 'argument-list' },
  { name: 'base64 that is none', script: "echo '!!' | base64 -d" },
  { name: 'test', script: 'test -f nope', hint: 'silent-exit-1' },
  { name: 'exit 4 of nobody', script: 'echo working\nexit 4' },
  { name: 'false', script: 'false', hint: 'silent-exit-1' },

  // As situations.ts has them
  { name: './deploy.sh, in dash', script: './deploy.sh', hint: 'no-such-script', shell: 'dash' },
  { name: 'cd k8z', script: 'cd k8z', hint: 'no-such-folder' },
  { name: 'cd k8z, in dash', script: 'cd k8z', hint: 'no-such-folder', shell: 'dash' },
  { name: 'cd k8z, in busybox', script: 'cd k8z', hint: 'no-such-folder', shell: 'busybox sh' },
  { name: 'cat nope.txt', script: 'cat nope.txt', hint: 'no-such-file' },
  { name: './deploy.sh without its bit', script: 'echo echo > deploy.sh; ./deploy.sh', hint: 'permission-denied' },
  { name: './crlf.sh', script: 'chmod +x crlf.sh; ./crlf.sh', hint: 'line-endings' },
  { name: 'a carriage return', script: 'true\n\r', hint: 'line-endings' },
  { name: 'IMAGE unset', script: 'set -u; echo "$IMAGE"', hint: 'unbound-variable' },
  { name: 'IMAGE unset, in dash', script: 'set -u; echo "$IMAGE"', hint: 'unbound-variable', shell: 'dash' },
  { name: 'GITHUB_ENV unset, on line 1', script: 'set -u; echo A=1 >> "$GITHUB_ENV"', hint: 'file-command' },
  { name: 'GITHUB_ENV without quotes', script: 'echo A=1 >> $GITHUB_ENV', hint: 'file-command' },
  { name: 'FOO = 1', script: 'FOO = 1', hint: 'blank-around-equals' },
  { name: 'no git', script: 'PATH=/nope\ntrue\ngit status', hint: 'command-not-found' },
  { name: 'no git, in dash', script: 'PATH=/nope\ntrue\ngit status', hint: 'command-not-found', shell: 'dash' },
  { name: 'killed while it worked', script: 'echo installing; kill -9 $$', hint: 'exit-code-137' },
  { name: 'terminated while it worked', script: 'echo installing; kill -15 $$', hint: 'exit-code-143' },
  { name: 'exit 126', script: 'echo starting; exit 126', hint: 'exit-code-126' },
  { name: 'exit 127', script: 'echo starting; exit 127', hint: 'exit-code-127' },
  { name: 'aborted', script: 'echo starting; kill -6 $$', hint: 'exit-code-134' },
  {
    name: 'kubectl create in no namespace',
    script: 'mkdir v; sed s/shop/nope/ web.yaml > v/nons.yaml; kubectl create --filename v/nons.yaml',
    hint: 'namespace-not-found',
  },
  {
    name: 'helm upgrade --install into no namespace',
    script: 'helm upgrade --install z charts/shop --namespace nope',
    hint: 'namespace-not-found',
  },
  {
    name: 'kubectl create namespace, twice',
    script: 'kubectl create namespace dev; kubectl create namespace dev',
    hint: 'already-exists',
  },
  {
    name: 'spec.replica',
    script: 'sed s/replicas/replica/ web.yaml > unknown.yaml; kubectl create --filename unknown.yaml',
    hint: 'unknown-field',
  },
  {
    name: 'broken YAML in k8s',
    script: "echo 'a: [b' > k8s/bad.yaml; kubectl apply --filename k8s/bad.yaml",
    hint: 'invalid-yaml',
  },
  {
    name: 'helm values-prod.yaml',
    script: 'helm upgrade --install x charts/shop --values values-prod.yaml --namespace shop',
    hint: 'helm-path',
  },
  { name: 'no context prod', script: 'kubectl config use-context prod', hint: 'no-context' },
  { name: 'kubectl neat', script: 'kubectl neat', hint: 'unknown-command' },
  { name: 'curl of nope.example', script: 'curl -sS https://nope.example', hint: 'no-egress' },
  {
    name: 'a value that is a number',
    script:
      "mkdir v; printf '\\n' | cat web.yaml - > v/envint.yaml; sed -i \"s/image: 'nginx:1.29'/image: nginx, env: [{ name: A, value: 1 }]/\" v/envint.yaml; kubectl create --filename v/envint.yaml",
    hint: 'wrong-type',
  },
];
