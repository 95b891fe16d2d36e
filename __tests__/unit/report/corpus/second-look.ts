import type { CorpusRow } from './row.ts';

const web = 'kubectl apply --filename web.yaml';
const print = (text: string) => `cat <<'END'\n${text}\nEND`;
const nodeTest = (body: string) => `cat > a.test.mjs <<'END'
import { test } from 'node:test';
import assert from 'node:assert/strict';
${body}
END
node --test a.test.mjs`;
const goTest = (body: string) => `cat > go.mod <<'END'
module example.com/shop
go 1.24
END
cat > a_test.go <<'END'
package shop
import (
  "errors"
  "os"
  "testing"
)
var _ = errors.New
var _ = os.Open
${body}
END
GOCACHE=$HOME/cache go test ./...`;
const pytest = (body: string) => `cat > test_a.py <<'END'
import logging, os, subprocess, sys
${body}
END
python3 -m pytest -p no:cacheprovider --color=no test_a.py`;

/**
 * Outputs that look like failures that have a hint, but are not: tests, plans, logs, and listings. All rows of this file were
 * written before any pattern knew them. Then, 13 of the 68 look-alikes got a hint, and 33 of the 43 failures the right one.
 */
export const LOOK_ALIKE_ROWS: readonly CorpusRow[] = [
  // Tests that fail for reasons of their own
  {
    name: 'node --test: an assertion about a message of kubectl',
    script: nodeTest(
      `test('says which path', () => { assert.equal('error: the path "k8s/app.yaml" does not exist', 'no such path'); });`,
    ),
  },
  {
    name: 'node --test: an error that is thrown',
    script: nodeTest(`test('a', () => { throw new Error('timed out waiting for the condition'); });`),
  },
  {
    name: 'node --test: an error about immutability',
    script: nodeTest(`test('a', () => { throw new Error('spec.selector: field is immutable'); });`),
  },
  {
    name: 'node: an uncaught error',
    script: `node -e 'throw new Error("deployment \\"web\\" exceeded its progress deadline")'`,
  },
  { name: 'node: a rejected promise', script: `node -e 'Promise.reject(new Error("context deadline exceeded"))'` },
  { name: 'node: a file that is not there', script: `node -e 'fs.readFileSync("fixtures/a.json")'` },
  { name: 'node: a module that is not there', script: 'node missing.js' },
  { name: 'node: a database that is not there', script: `node -e 'net.connect(1, "127.0.0.1")'` },
  {
    name: 'console.error of a test run',
    script: `node -e 'console.error("Error: release: already exists"); console.log("1 failed"); process.exit(1)'`,
  },
  {
    name: 'npm test that fails',
    script: `echo '{"name":"shop","version":"1.0.0","scripts":{"test":"node -e \\"process.exit(1)\\""}}' > package.json\nnpm test --no-update-notifier`,
  },
  {
    name: 'npm run of a script that is not there',
    script: `echo '{"name":"shop","version":"1.0.0"}' > package.json\nnpm run deploy --no-update-notifier 2>&1 | grep -v -e 'log in' -e 'A complete log'; exit 1`,
  },
  {
    name: 'go test: a wrong message',
    script: goTest(
      `func TestPath(t *testing.T) { t.Errorf("got %q, want %q", "error: the path \\"a\\" does not exist", "") }`,
    ),
  },
  {
    name: 'go test: a log of errors',
    script: goTest(
      `func TestLog(t *testing.T) { println("Error: UPGRADE FAILED: context deadline exceeded"); t.Fatal("no") }`,
    ),
  },
  {
    name: 'go test: a file that is not there',
    script: goTest(
      `func TestOpen(t *testing.T) { _, err := os.Open("testdata/a.json"); if err != nil { t.Fatal(err) } }`,
    ),
  },
  {
    name: 'go test: a panic',
    script:
      goTest(`func TestPanic(t *testing.T) { panic(errors.New("pods is forbidden")) }`) +
      " 2>&1 | sed 's/0x[0-9a-f]*/0x0/g'; exit 1",
  },
  {
    name: 'go vet: code that does not compile',
    script: goTest('func TestA(t *testing.T) { undefined() }'),
  },
  {
    name: 'pytest: an assertion about a message',
    script: pytest(`def test_a():\n    assert 'Error from server (NotFound): pods "web" not found' == ''`),
  },
  {
    name: 'pytest: a log of errors',
    script: pytest(
      `def test_a():\n    logging.error('Error: INSTALLATION FAILED: cannot reuse a name that is still in use')\n    assert False`,
    ),
  },
  {
    name: 'pytest: what a test printed',
    script: pytest(
      `def test_a():\n    print('error: You must be logged in to the server (Unauthorized)')\n    assert 1 == 2`,
    ),
  },
  {
    name: 'pytest: a file that is not there',
    script: pytest(`def test_a():\n    open('fixtures/a.json')`),
  },
  {
    name: 'pytest: a missing module',
    script: pytest('import nope_nope'),
  },
  { name: 'python: a traceback', script: `python3 -c 'raise SystemExit("error: exceeded quota: small")'` },
  { name: 'python: argparse', script: `python3 -m json.tool --nope` },
  // Plans and logs of other tools
  {
    name: 'terraform plan with changes',
    script: `${print(`Terraform used the selected providers to generate the following execution plan.
Resource actions are indicated with the following symbols:
  ~ update in-place

Terraform will perform the following actions:

  # kubernetes_config_map.docs will be updated in-place
  ~ resource "kubernetes_config_map" "docs" {
      ~ data = {
          ~ "README" = <<-EOT
                When it says
              - error: timed out waiting for the condition
              + error: the path "k8s/app.yaml" does not exist
                call us.
            EOT
        }
    }

Plan: 0 to add, 1 to change, 0 to destroy.`)}\nexit 2`,
  },
  {
    name: 'terraform plan whose text has an error at the start of a line',
    script: `${print(`  # kubernetes_config_map.docs will be created
  + resource "kubernetes_config_map" "docs" {
      + data = {
          + "README" = <<-EOT
                error: deployment "web" exceeded its progress deadline
                means that the pods are not ready
            EOT
        }
    }

Plan: 1 to add, 0 to change, 0 to destroy.`)}\nexit 2`,
  },
  {
    name: 'terraform validate',
    script: `${print(`╷
│ Error: Unsupported argument
│
│   on main.tf line 3, in resource "helm_release" "shop":
│    3:   namespce = "shop"
│
│ An argument named "namespce" is not expected here. Did you mean "namespace"?
╵`)}\nexit 1`,
  },
  {
    name: 'terraform with a lock',
    script: `${print(`Error: Error acquiring the state lock

Error message: state blob is already locked
Lock Info:
  ID:        5d7e9c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6
  Operation: OperationTypePlan`)}\nexit 1`,
  },
  {
    name: 'the log of an application',
    script: `${print(`2026-11-25 09:00:00.101 ERROR 1 --- [main] o.s.boot : Application run failed
Error: Could not find or load main class shop.Main
Caused by: java.lang.ClassNotFoundException: shop.Main
ERROR: relation "orders" does not exist at character 15`)}\nexit 1`,
  },
  {
    name: 'the log of a Node.js application',
    script: `${print(`info: listening on 8080
error: request failed: connect ECONNREFUSED 10.0.3.4:5432
error: job 12 failed: the object has been modified
warn: shutting down`)}\nexit 1`,
  },
  {
    name: 'the log of an operator',
    script: `${print(`E1125 09:00:00.000000       1 reflector.go:166] "Unhandled Error" err="failed to list *v1.Pod: pods is forbidden: User \\"system:serviceaccount:shop:operator\\" cannot list resource \\"pods\\" in API group \\"\\" at the cluster scope"
2026-11-25T09:00:00Z	ERROR	Reconciler error	{"controller": "web", "error": "Operation cannot be fulfilled on deployments.apps \\"web\\": the object has been modified; please apply your changes to the latest version and try again"}`)}\nexit 1`,
  },
  {
    name: 'the log of nginx',
    script: `${print(`2026/11/25 09:00:00 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream
2026/11/25 09:00:00 [error] 7#7: *2 open() "/usr/share/nginx/html/favicon.ico" failed (2: No such file or directory)`)}\nexit 1`,
  },
  {
    name: 'the log of PostgreSQL',
    script: `${print(`ERROR:  relation "orders" does not exist
FATAL:  password authentication failed for user "shop"
ERROR:  duplicate key value violates unique constraint "orders_pkey"`)}\nexit 1`,
  },
  {
    name: 'a migration that fails',
    script: `${print(`Applying 0042_orders... FAIL
error: migration 0042_orders: column "status" already exists
error: context deadline exceeded while acquiring the lock`)}\nexit 1`,
  },
  {
    name: 'the log of Flux',
    script: `${print(`{"level":"error","msg":"Reconciler error","error":"Helm upgrade failed: context deadline exceeded"}
{"level":"info","msg":"release: already exists"}`)}\nexit 1`,
  },
  {
    name: 'docker build',
    script: `${print(`#8 [4/5] RUN npm ci
#8 0.412 npm error code ENOENT
#8 0.412 npm error enoent no such file or directory, open '/app/package.json'
#8 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 254`)}\nexit 1`,
  },
  {
    name: 'a linter of manifests',
    script: `${print(`k8s/app.yaml - Deployment web is invalid: problem validating schema. Check JSON formatting: additional properties 'replica' not allowed
Summary: 3 resources found - Valid: 2, Invalid: 1, Errors: 0, Skipped: 0`)}\nexit 1`,
  },
  {
    name: 'a scanner of images',
    script: `${print(`nginx:1.29 (debian 13)
Total: 1 (HIGH: 1)
│ libssl3 │ CVE-2026-0001 │ HIGH │ x509: certificate signed by unknown authority is accepted │`)}\nexit 1`,
  },
  // Listings and documents
  {
    name: 'kubectl get of a pod that is named error',
    script: `${print(`NAME    READY   STATUS             RESTARTS   AGE
error   0/1     ImagePullBackOff   0          3s
web     0/1     CrashLoopBackOff   4          3m`)}\nexit 3`,
  },
  {
    name: 'a config map whose text is an error, as YAML',
    script: `printf 'error: timed out waiting for the condition\\ncall us\\n' > help.txt\nkubectl create configmap help --from-file help.txt --namespace shop >/dev/null\nkubectl get configmap help --namespace shop --output yaml; exit 3`,
  },
  {
    name: 'a config map whose text is an error, described',
    script: `printf 'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress\\n' > help.txt\nkubectl create configmap help --from-file help.txt --namespace shop >/dev/null\nkubectl describe configmap help --namespace shop; exit 3`,
    // Nothing tells it from helm's own line: kubectl describe does not indent it.
    hint: 'helm-in-progress',
  },
  {
    name: 'helm get notes with an error in them',
    script: `echo 'Error: release: not found means that you need --namespace.' > charts/shop/templates/NOTES.txt\nhelm install shop charts/shop --namespace shop | tail -3\nexit 3`,
  },
  {
    name: 'helm template of a chart with a script',
    script: `cat > charts/shop/templates/x.yaml <<'END'
apiVersion: v1
kind: ConfigMap
metadata: { name: x }
data:
  wait.sh: |
    echo trying
    error: no matching resources found
END
helm template shop charts/shop; exit 3`,
  },
  {
    name: 'kubectl describe of a pod that cannot start',
    script: `${print(`Events:
  Type     Reason     Age                From               Message
  ----     ------     ----               ----               -------
  Warning  Failed     3s (x2 over 18s)   kubelet            Failed to pull image "nginx:broken": not found
  Warning  Failed     3s (x2 over 18s)   kubelet            Error: ErrImagePull
  Normal   BackOff    2s                 kubelet            Back-off pulling image "nginx:broken"
  Warning  Failed     2s                 kubelet            Error: ImagePullBackOff`)}\nexit 3`,
  },
  {
    name: 'events of a quota',
    script: `${web} >/dev/null\n${print(`LAST SEEN   TYPE      REASON         OBJECT               MESSAGE
12s         Warning   FailedCreate   replicaset/web-5d8   Error creating: pods "web-5d8-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1`)}\nexit 3`,
  },
  { name: 'kubectl auth can-i --list', script: 'kubectl api-resources --api-group apps; exit 3' },
  { name: 'kubectl get --raw', script: 'kubectl get --raw /apis/apps; exit 3' },
  {
    name: 'a diff of documents about errors',
    script: `cp notes.md new.md; echo 'error: no context exists with the name: "prod"' >> new.md\ndiff notes.md new.md`,
  },
  {
    name: 'a diff with context',
    script: `printf 'a\\nerror: timed out waiting for the condition\\nb\\n' > a.txt; sed s/b/c/ a.txt > b.txt\ndiff -u --label a --label b a.txt b.txt`,
  },
  {
    name: 'grep with context around an error',
    script: `grep -A1 -B1 'quota' app.log; exit 3`,
  },
  { name: 'cat -n of a log', script: 'cat -n app.log; exit 3' },
  { name: 'a log without times', script: `cut -d' ' -f2- app.log; exit 3` },
  // Programs that fail in ways that no hint is for
  {
    name: 'curl of a page that is not there',
    script: `kubectl proxy --port 18931 >/dev/null &\nuntil curl -s http://127.0.0.1:18931/ >/dev/null; do sleep 1; done\ncode=0; curl -sSf http://127.0.0.1:18931/nope || code=$?; kill %1; exit $code`,
  },
  { name: 'curl of a wrong URL', script: 'curl -sS nope://x' },
  { name: 'tar of a wrong format', script: 'tar xf app.log' },
  { name: 'sed with a mistake', script: "sed 's/a' app.log" },
  { name: 'awk with a mistake', script: "awk '{ print ' app.log" },
  { name: 'date with a mistake', script: 'date --date nope' },
  { name: 'bc of a wrong number', script: 'echo $((08))' },
  {
    name: 'a function that is not there is handled',
    script: 'command -v envsubst2 || { echo "envsubst2 is missing, using sed"; exit 4; }',
  },
  {
    name: 'a label that has a value',
    script: 'kubectl label namespace shop team=a\nkubectl label namespace shop team=b',
  },
  { name: 'kubectl create without an image', script: 'kubectl create deployment web --namespace shop' },
  {
    name: 'helm rollback to a revision that is not there',
    script: 'helm install shop charts/shop --namespace shop >/dev/null\nhelm rollback shop 99 --namespace shop',
  },
  { name: 'helm install with a wrong name', script: 'helm install Shop_1 charts/shop --namespace shop' },
  {
    name: 'a script that reports its own failure',
    script: 'fail() { echo "error: $*" >&2; exit 1; }\nfail "the tag $TAG is not a version"',
  },
  {
    name: 'a script that reports a forbidden branch',
    script: 'echo "ERROR: deploying from feature/x is forbidden" >&2; exit 1',
  },
  { name: 'a script that reports a missing approval', script: 'echo "Error: approval not found" >&2; exit 1' },
  {
    name: 'a health check that times out',
    script: 'echo "error: https://shop.example/health did not answer in time" >&2; exit 1',
  },
];

/** Failures that a hint is for, in forms that no pattern was written for. */
export const FRESH_FAILURE_ROWS: readonly CorpusRow[] = [
  {
    name: 'a pattern that the shell does not expand',
    script: 'kubectl apply --filename "manifests/*.yaml"',
    hint: 'kubectl-path',
  },
  {
    name: 'kubectl create of a folder that is not there',
    script: 'kubectl create --filename manifests/',
    hint: 'kubectl-path',
  },
  {
    name: 'kubectl delete of a path that is not there',
    script: 'kubectl delete --filename ./k8s/app.yaml --ignore-not-found',
    hint: 'kubectl-path',
  },
  {
    name: 'kubectl diff of a path that is not there',
    script: 'kubectl diff --filename k8s/app.yaml',
    hint: 'kubectl-path',
  },
  {
    name: '--kustomize of a folder that is not there',
    script: 'kubectl apply --kustomize overlays/prod',
    hint: 'kustomize-path',
  },
  {
    name: 'kubectl kustomize of a folder that is not there',
    script: 'kubectl kustomize overlays/prod',
    hint: 'kustomize-path',
  },
  { name: 'kubectl of a URL', script: 'kubectl apply --filename https://nope.invalid/a.yaml', hint: 'no-egress' },
  { name: 'kubectl get pod', script: 'kubectl get pod nope --namespace shop', hint: 'resource-not-found' },
  {
    name: 'kubectl logs of what is not there',
    script: 'kubectl logs deployment/nope --namespace shop',
    hint: 'resource-not-found',
  },
  {
    name: 'kubectl logs of a pod that is not there',
    script: 'kubectl logs nope --namespace shop',
    hint: 'resource-not-found',
  },
  { name: 'kubectl logs without a namespace', script: 'kubectl logs web-1', hint: 'default-namespace' },
  {
    name: 'kubectl scale of what is not there',
    script: 'kubectl scale deployment/nope --replicas 2 --namespace shop',
    hint: 'resource-not-found',
  },
  {
    name: 'kubectl rollout restart of what is not there',
    script: 'kubectl rollout restart deployment/nope --namespace shop',
    hint: 'resource-not-found',
  },
  {
    name: 'kubectl set image of what is not there',
    script: 'kubectl set image deployment/nope web=nginx:2 --namespace shop',
    hint: 'resource-not-found',
  },
  { name: 'kubectl with a short option of az', script: 'kubectl get pods -g rg', hint: 'unknown-flag' },
  { name: 'helm with -c', script: 'helm list --chart', hint: 'unknown-flag' },
  {
    name: 'helm of an OCI registry without egress',
    script: 'helm upgrade --install shop oci://registry.invalid/charts/shop --namespace shop',
    hint: 'no-egress',
  },
  {
    name: 'helm --repo without egress',
    script: 'helm upgrade --install shop shop --repo https://charts.invalid --namespace shop',
    hint: 'helm-repository',
  },
  {
    name: 'helm dependency build without egress',
    script:
      "printf 'dependencies:\\n- name: redis\\n  version: 1.0.0\\n  repository: https://charts.invalid\\n' >> charts/shop/Chart.yaml\nhelm dependency build charts/shop",
    hint: 'helm-repository',
  },
  {
    name: 'helm --set-file of a file that is not there',
    script: 'helm upgrade --install shop charts/shop --set-file config=app.conf --namespace shop',
    hint: 'helm-path',
  },
  { name: 'helm template of a chart that is not there', script: 'helm template shop ./chart', hint: 'helm-path' },
  { name: 'helm lint of a folder that is not there', script: 'helm lint ./chart' },
  {
    name: 'helm: a value that is missing in a function',
    script:
      "echo 'a: {{ .Values.nope | upper | b64enc | nope }}' > charts/shop/templates/x.yaml\nhelm upgrade --install shop charts/shop --namespace shop",
    hint: 'helm-template',
  },
  {
    name: 'helm: fail',
    script: `echo '{{ fail "set image.tag" }}' > charts/shop/templates/x.yaml\nhelm upgrade --install shop charts/shop --namespace shop`,
    hint: 'helm-template',
  },
  {
    name: 'helm: a template that makes no YAML',
    script: `printf 'a: b: c\\n' > charts/shop/templates/x.yaml\nhelm upgrade --install shop charts/shop --namespace shop`,
    hint: 'invalid-yaml',
  },
  { name: 'source of a file that was not sent', script: 'source ./env.sh', hint: 'no-such-script' },
  { name: 'bash of a file that was not sent', script: 'bash deploy.sh', hint: 'no-such-file' },
  { name: 'sh of a file that was not sent, in dash', script: 'dash deploy.sh', hint: 'no-such-file', shell: 'dash' },
  { name: 'sed of a file that was not sent', script: 'sed -i s/a/b/ k8s/app.yaml', hint: 'no-such-file' },
  { name: 'chmod of a file that was not sent', script: 'chmod +x deploy.sh', hint: 'no-such-file' },
  { name: 'input from a file that was not sent', script: 'jq . < values.prod.json', hint: 'no-such-file' },
  {
    name: 'python, which the pod does not have',
    script: 'PATH=/nowhere\npython3 deploy.py',
    hint: 'command-not-found',
  },
  { name: 'docker in a pipe', script: 'set -o pipefail\nPATH=/nowhere\ndocker ps | true', hint: 'command-not-found' },
  { name: 'env of a program that the pod does not have', script: '/usr/bin/env node18 -v', hint: 'command-not-found' },
  { name: 'source in dash', script: 'source ./env.sh', hint: 'bash-needed', shell: 'dash' },
  { name: 'a variable that must be set', script: ': "${IMAGE:?}"', hint: 'unbound-variable' },
  { name: 'a variable that must be set, with words', script: ': "${IMAGE:?is required}"', hint: 'unbound-variable' },
  { name: 'jq: a function that is not there', script: "jq 'nope(.a)' values.json", hint: 'jq-syntax' },
  { name: 'jq: a number that has no fields', script: "jq '.replicas.max' values.json", hint: 'jq-null' },
  { name: 'jq: two types', script: "jq '.replicas + .error' values.json", hint: 'jq-null' },
  {
    name: 'jq of an error in a pipe',
    script: 'kubectl get deployment nope --namespace shop --output json 2>&1 | jq .',
    hint: 'jq-parse',
  },
  {
    name: 'curl that times out',
    script:
      'node -e \'require("net").createServer(()=>{}).listen(18932,"127.0.0.1",()=>fs.writeFileSync("ready",""))\' & until test -e ready; do sleep 1; done; code=0; curl -sS --max-time 1 http://127.0.0.1:18932 || code=$?; kill %1; exit $code',
    hint: 'connection-timeout',
  },
  {
    name: 'wget without egress',
    script: 'wget -q -O - https://nope.invalid || wget -O - https://nope.invalid',
    hint: 'no-egress',
  },
  { name: 'a background process that is killed', script: 'sh -c "kill -9 \\$\\$"; exit $?', hint: 'exit-code-137' },
];
