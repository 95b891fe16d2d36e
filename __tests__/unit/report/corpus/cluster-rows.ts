import type { CorpusRow } from './row.ts';

const USER = 'e1111111-2222-3333-4444-555555555555';

/** What only a real API server says: other users, admission, evictions, and a store that does not answer. */
export const CLUSTER_ROWS: readonly CorpusRow[] = [
  {
    name: 'a user who may not list pods',
    script: `kubectl --as ${USER} get pods --namespace shop`,
    hint: 'kubernetes-forbidden',
  },
  { name: 'a user who may not list nodes', script: 'kubectl --as a@b.example get nodes', hint: 'kubernetes-forbidden' },
  {
    name: 'a service account that may not list secrets',
    script: 'kubectl --as system:serviceaccount:aks-command:sa-476c get secrets --namespace shop',
    hint: 'service-account-forbidden',
  },
  {
    name: 'a role with more than its author has',
    script: `kubectl create role author --verb create,get --resource roles --namespace shop >/dev/null
kubectl create rolebinding author --role author --user ${USER} --namespace shop >/dev/null
kubectl create role r --verb get --resource secrets --namespace shop --dry-run=client --output yaml > rbac.yaml
code=0; kubectl --as ${USER} --as-group system:authenticated create --filename rbac.yaml || code=$?
kubectl delete role/author rolebinding/author --namespace shop >/dev/null
exit $code`,
    hint: 'rbac-escalation',
  },
  { name: 'a token that is not valid', script: 'kubectl --token nope get pods', hint: 'kubernetes-unauthorized' },
  {
    name: 'a policy that blocks',
    script: `cat > policy.yaml <<'END'
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-latest }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
  validations: [{ expression: 'false', message: image tag latest }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-latest }
spec: { policyName: no-latest, validationActions: [Deny] }
END
kubectl apply --filename policy.yaml >/dev/null
while kubectl apply --filename web.yaml --dry-run=server >/dev/null 2>&1; do sleep 1; done
code=0; kubectl apply --filename web.yaml || code=$?
kubectl delete --filename policy.yaml >/dev/null
exit $code`,
    hint: 'admission-policy',
  },
  {
    name: 'a webhook without endpoints',
    script: `cat > webhook.yaml <<'END'
apiVersion: v1
kind: Service
metadata: { name: ingress, namespace: shop }
spec: { selector: { app: ingress }, ports: [{ port: 443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: ingress }
webhooks:
  - name: validate.nginx.ingress.kubernetes.io
    clientConfig: { service: { name: ingress, namespace: shop } }
    rules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
    sideEffects: None
    admissionReviewVersions: [v1]
END
kubectl apply --filename webhook.yaml >/dev/null
while kubectl apply --filename web.yaml --dry-run=server >/dev/null 2>&1; do sleep 1; done
code=0; kubectl apply --filename web.yaml || code=$?
kubectl delete --filename webhook.yaml >/dev/null
exit $code`,
    hint: 'webhook-unavailable',
  },
  {
    name: 'a webhook that denies',
    script: `openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 2>/dev/null
node -e 'require("https").createServer({ key: fs.readFileSync("k.pem"), cert: fs.readFileSync("c.pem") }, (request, answer) => { let body = ""; request.on("data", (part) => (body += part)); request.on("end", () => answer.end(JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: { uid: JSON.parse(body).request.uid, allowed: false, status: { code: 403, message: "[no-latest] image tag latest" } } }))); }).listen(18938, "127.0.0.1")' &
cat > webhook.yaml <<END
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: gatekeeper }
webhooks:
  - name: validation.gatekeeper.sh
    clientConfig: { url: 'https://127.0.0.1:18938/', caBundle: $(base64 -w0 c.pem) }
    rules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }]
    sideEffects: None
    admissionReviewVersions: [v1]
END
kubectl apply --filename webhook.yaml >/dev/null
while kubectl apply --filename web.yaml --dry-run=server >/dev/null 2>&1; do sleep 1; done
code=0; kubectl create --filename web.yaml || code=$?
kubectl delete --filename webhook.yaml >/dev/null
kill %1
exit $code`,
    hint: 'admission-denied',
  },
  {
    name: 'a pod with two containers, and none named',
    script: `kubectl create --filename - >/dev/null <<'END'
apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop }
spec: { containers: [{ name: web, image: nginx }, { name: proxy, image: nginx }] }
END
code=0; kubectl get --raw /api/v1/namespaces/shop/pods/web-1/log || code=$?
kubectl delete pod web-1 --namespace shop --force --grace-period 0 >/dev/null 2>&1
exit $code`,
    hint: 'container-name',
  },
  {
    name: 'a budget that allows no eviction',
    script: `kubectl create --filename - >/dev/null <<'END'
apiVersion: v1
kind: Node
metadata: { name: aks-1 }
---
apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop, labels: { app: web } }
spec: { nodeName: aks-1, containers: [{ name: web, image: nginx }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
END
kubectl patch pod web-1 --namespace shop --subresource status --patch '{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}' >/dev/null
until [ "$(kubectl get poddisruptionbudget web --namespace shop --output jsonpath={.status.currentHealthy})" = 1 ]; do sleep 1; done
code=0; kubectl drain aks-1 --force --timeout 7s || code=$?
kubectl delete pod/web-1 poddisruptionbudget/web --namespace shop --force --grace-period 0 >/dev/null 2>&1
kubectl delete node aks-1 >/dev/null
exit $code`,
    hint: 'disruption-budget',
  },
  {
    name: 'a container that crashes, of helm',
    script: `rm charts/shop/templates/*
cat > charts/shop/templates/pod.yaml <<'END'
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: nginx }] }
END
(until kubectl get pod web --namespace shop >/dev/null 2>&1; do sleep 1; done
kubectl patch pod web --namespace shop --subresource status --patch '{"status":{"phase":"Running","conditions":[{"type":"PodScheduled","status":"True"}],"containerStatuses":[{"name":"web","image":"nginx","imageID":"","ready":false,"restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}' >/dev/null) &
code=0; helm install web charts/shop --namespace shop --wait --timeout 20s || code=$?
helm uninstall web --namespace shop --wait=false >/dev/null
kubectl delete pod web --namespace shop --force --grace-period 0 --ignore-not-found >/dev/null 2>&1
exit $code`,
    hint: 'crash-loop',
  },
  {
    name: 'a store that does not answer',
    script: `etcd=$(cat "$(dirname "$KUBECONFIG")/etcd.pid")
kill -STOP $etcd
code=0; kubectl create configmap a --namespace shop || code=$?
kill -CONT $etcd
exit $code`,
    hint: 'api-server-busy',
  },
];
