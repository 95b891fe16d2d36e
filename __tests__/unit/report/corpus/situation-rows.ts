import type { CorpusRow } from './row.ts';

const web = 'kubectl apply --filename web.yaml';

/** What situations.ts quotes. */
export const SITUATION_ROWS: readonly CorpusRow[] = [
  { name: 'interrupted', script: 'kill -2 $$', hint: 'exit-code-130' },
  { name: 'no yq, in busybox', script: "PATH=/nowhere\n/bin/busybox sh -c 'yq --version'", hint: 'command-not-found' },
  {
    name: 'no yq, of xargs',
    script: 'mkdir bin; ln -s /usr/bin/xargs bin\nPATH=$PWD/bin\necho web.yaml | xargs yq',
    hint: 'command-not-found',
  },
  { name: 'no az, on line 1', script: 'PATH=/nowhere az login', hint: 'no-azure-cli' },
  {
    name: 'kubectl exec with a terminal',
    script:
      'kubectl run p --image nginx --namespace shop >/dev/null\nsleep 1\nkubectl exec -it p --namespace shop -- sh </dev/null',
    hint: 'no-terminal',
  },
  {
    name: 'helm not ready in time, of an upgrade',
    script:
      'helm install shop charts/shop --namespace shop >/dev/null\nhelm upgrade shop charts/shop --namespace shop --set resources.requests.cpu=1000 --wait --timeout 3s',
    hint: 'helm-not-ready',
  },
  {
    name: 'helm, until the progress deadline',
    script:
      'helm install shop charts/shop --namespace shop >/dev/null\nhelm upgrade shop charts/shop --namespace shop --set image.tag=broken --wait --timeout 20s',
    hint: 'helm-progress-deadline',
  },
  {
    name: 'two helm operations at once',
    script:
      'helm install shop charts/shop --namespace shop --set resources.requests.cpu=1000 --wait --timeout 9s >/dev/null 2>&1 &\nsleep 3\nhelm upgrade shop charts/shop --namespace shop',
    hint: 'helm-in-progress',
  },
  {
    name: 'two helm upgrades that start at once',
    script:
      'helm install shop charts/shop --namespace shop >/dev/null\nfor i in 1 2 3 4 5 6; do helm upgrade shop charts/shop --namespace shop > out.$i 2>&1 & done\nwait\nif grep -h "already exists" out.*; then exit 1; fi',
    hint: 'helm-in-progress',
  },
  {
    name: 'kubectl without a name service',
    script: 'kubectl --server https://nope.example --token x get pods',
    hint: 'no-egress',
  },
  {
    name: 'a pod that has ended',
    script:
      'kubectl run p --image nginx --restart Never --namespace shop -- true >/dev/null\nkubectl wait --for=jsonpath={.status.phase}=Succeeded pod/p --namespace shop --timeout 20s >/dev/null\nkubectl exec p --namespace shop -- ls',
    hint: 'pod-completed',
  },
  {
    name: 'kubectl drain with a daemon set',
    script: `sed -e s/Deployment/DaemonSet/ -e /replicas/d web.yaml | kubectl apply --filename -\nkubectl rollout status daemonset/web --namespace shop >/dev/null\nkubectl drain $(kubectl get nodes --output name)`,
    hint: 'drain-refused',
  },
  { name: 'kubectl top', script: 'kubectl top pods --namespace shop', hint: 'no-metrics' },
  {
    name: 'a node port that is taken',
    script: 'for i in a b; do kubectl create service nodeport $i --tcp 80 --node-port 30080 --namespace shop; done',
    hint: 'node-port-taken',
  },
  {
    name: 'a stateful set that changes',
    script: `sed -e s/Deployment/StatefulSet/ -e 's/replicas: 2/serviceName: a/' web.yaml > s.yaml\nkubectl apply --filename s.yaml\nsed 's/serviceName: a/serviceName: b/' s.yaml | kubectl apply --filename -`,
    hint: 'spec-immutable',
  },
  { name: 'a line for kubectl that is too long', script: '/usr/bin/kubectl $(seq 1 1000000)', hint: 'argument-list' },
  {
    name: 'a namespace that is being deleted',
    script: `kubectl create namespace old >/dev/null\nkubectl create configmap keep --namespace old >/dev/null\nkubectl patch configmap keep --namespace old --type merge --patch '{"metadata":{"finalizers":["example.com/keep"]}}' >/dev/null\nkubectl delete namespace old --wait=false\nsleep 1\nsed s/shop/old/ web.yaml > w.yaml\nkubectl create --filename w.yaml`,
    hint: 'namespace-terminating',
  },
  {
    name: 'a kind of an old version',
    script:
      "printf 'apiVersion: extensions/v1beta1\\nkind: Ingress\\nmetadata: { name: old, namespace: shop }\\n' > oldapi.yaml\nkubectl apply --validate=false --filename oldapi.yaml",
    hint: 'no-matches-for-kind',
  },
  {
    name: 'server-side apply of what kubectl has applied',
    script: `${web} >/dev/null\nkubectl set image deployment/web web=nginx:1.28 --namespace shop >/dev/null\nsed s/1.29/1.30/ web.yaml | kubectl apply --server-side --filename -`,
    hint: 'apply-conflict',
  },
  {
    name: 'kubectl replace of an old state',
    script: `${web}\nkubectl get deployment web --namespace shop --output yaml > old.yaml\nkubectl scale deployment web --replicas 3 --namespace shop\nkubectl replace --filename old.yaml`,
    hint: 'object-modified',
  },
  {
    name: 'a config map that is too big to apply',
    script:
      'head -c 300000 /dev/zero | tr "\\0" a > big.txt\nkubectl create configmap big --from-file big.txt --namespace shop --dry-run=client --output yaml | kubectl apply --filename -',
    hint: 'annotations-too-long',
  },
  {
    name: 'a value that is not supported',
    script: `sed "s/image: 'nginx:1.29'/image: nginx, imagePullPolicy: Sometimes/" web.yaml | kubectl apply --filename -`,
    hint: 'invalid-object',
  },
  { name: 'a file that only root may write', script: 'echo hello > /etc/motd', hint: 'access-denied', user: 'nobody' },
  {
    name: 'a file that only root may write, in dash',
    script: 'echo hello > /etc/motd',
    hint: 'access-denied',
    shell: 'dash',
    user: 'nobody',
  },
  {
    name: 'a file that only root may write, in busybox',
    script: 'echo hello > /etc/motd',
    hint: 'access-denied',
    shell: 'busybox sh',
    user: 'nobody',
  },
  { name: 'a folder that only root may make', script: 'mkdir /data', hint: 'access-denied', user: 'nobody' },
  {
    name: 'a folder that only root may make, of busybox',
    script: 'busybox mkdir /data',
    hint: 'access-denied',
    user: 'nobody',
  },
  {
    name: 'touch, cp, rm, and tee where only root may',
    script: 'touch /etc/a || cp web.yaml /etc/a || rm /etc/hostname || echo a | tee /etc/a',
    hint: 'access-denied',
    user: 'nobody',
  },
  { name: 'a file that only root may read', script: 'cat /etc/shadow', hint: 'access-denied', user: 'nobody' },
  { name: 'a package that only root may install', script: 'apt-get install --yes jq', user: 'nobody' },
  {
    name: 'a folder that is read-only',
    script: 'unshare --user --map-root-user --mount sh -c "mount -t tmpfs -o ro none /mnt && touch /mnt/a"',
    hint: 'read-only',
  },
  {
    name: 'a registry that wants a sign-in',
    script: `node -e 'require("http").createServer((_, answer) => answer.writeHead(401, { "WWW-Authenticate": "Basic" }).end()).listen(18934, "127.0.0.1")' & sleep 1; code=0; helm pull oci://127.0.0.1:18934/charts/x --plain-http || code=$?; kill %1; exit $code`,
    hint: 'registry-unauthorized',
  },
  {
    name: 'a registry that wants a token',
    script: `node -e 'require("http").createServer(({ url }, answer) => url.startsWith("/v2/") ? answer.writeHead(401, { "WWW-Authenticate": "Bearer realm=\\"http://127.0.0.1:18937/oauth2/token\\",service=\\"127.0.0.1\\",scope=\\"repository:charts/x:pull\\"" }).end() : answer.writeHead(401).end(JSON.stringify({ errors: [{ code: "UNAUTHORIZED", message: "authentication required" }] }))).listen(18937, "127.0.0.1")' & sleep 1; code=0; helm pull oci://127.0.0.1:18937/charts/x --plain-http || code=$?; kill %1; exit $code`,
    hint: 'registry-unauthorized',
  },
  {
    name: 'a registry with an unknown certificate',
    script: `openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 2>/dev/null\nnode -e 'require("https").createServer({ key: fs.readFileSync("k.pem"), cert: fs.readFileSync("c.pem") }, (_, answer) => answer.end()).listen(18935, "127.0.0.1")' & sleep 1; code=0; helm pull oci://127.0.0.1:18935/charts/x || code=$?; curl -sS https://127.0.0.1:18935 || true; kill %1; exit $code`,
    hint: 'pod-certificate',
  },
  {
    name: 'a registry that does not answer',
    script: `node -e 'require("net").createServer(() => {}).listen(18936, "127.0.0.1")' & sleep 1; code=0; helm pull oci://127.0.0.1:18936/charts/x || code=$?; kill %1; exit $code`,
    hint: 'connection-timeout',
  },
  { name: 'a command that needs a service', script: 'curl -sS http://127.0.0.1:1/', hint: 'connection-refused' },
  {
    name: 'a hook that does not end',
    script: `cat > charts/shop/templates/migrate.yaml <<'END'
apiVersion: batch/v1
kind: Job
metadata: { name: shop-migrate, annotations: { helm.sh/hook: pre-upgrade } }
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: migrate, image: 'nginx:broken' }] }
END
helm install shop charts/shop --namespace shop >/dev/null
helm upgrade shop charts/shop --namespace shop --timeout 3s`,
    hint: 'helm-hook',
  },
  {
    name: 'helm, until its time is up',
    script: 'helm install shop charts/shop --namespace shop --set resources.requests.cpu=1000 --wait --timeout 3s',
    hint: 'context-deadline',
  },
  { name: 'helm history of nothing', script: 'helm history nope --namespace shop', hint: 'helm-release-not-found' },
  {
    name: 'several problems of an object',
    script:
      "printf 'apiVersion: v1\\nkind: Service\\nmetadata: { name: s, namespace: shop }\\nspec: { ports: [{ port: 99999 }] }\\n' | kubectl apply --filename -",
    hint: 'invalid-object',
  },
  { name: 'sort of a file that was not sent', script: 'sort nope.txt', hint: 'no-such-file' },
];
