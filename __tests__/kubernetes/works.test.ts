import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bench } from './run.ts';

const folder = path.join(import.meta.dirname, 'recorded-answers');

let cluster: Awaited<ReturnType<typeof bench>>;
beforeAll(async () => {
  cluster = await bench();
  const commands = [
    'kubectl create deployment web --image=web:1 --replicas=2',
    'kubectl apply -f all.yaml -f crd.yaml',
    'kubectl create cronjob cron --image=x --schedule="0 1 * * *"',
    'kubectl create deployment bad --image=registry.example.com/bad:broken',
  ];
  for (const command of commands) await cluster.run(command, folder);
});
afterAll(() => cluster.stop());

type Row = readonly [command: string, succeeds: boolean, prints: string];

// What real kubectl and helm can do here, with a success and a failure of most. Each command stands
// on those above it.
const works: Readonly<Record<string, readonly Row[]>> = {
  'reads and discovery': [
    ['kubectl get all', true, 'deployment.apps/web   2/2'],
    ['kubectl get deployment web -o jsonpath={.status.readyReplicas}', true, '2'],
    ['kubectl get widgets -n shop', true, 'No resources found'],
    ['kubectl get unicorns', false, "doesn't have a resource type"],
    ['kubectl describe deployment web', true, '2 available'],
    ['kubectl explain deployment.spec.strategy.rollingUpdate', true, 'maxSurge'],
    ['kubectl explain widget.spec', true, 'size'],
    ['kubectl explain pod.spec.nothing', false, 'does not exist'],
    ['kubectl version', true, 'Server Version: v1.36'],
    ['kubectl api-resources --api-group=example.com', true, 'widgets'],
    ['kubectl api-versions', true, 'example.com/v1'],
  ],
  apply: [
    ['kubectl apply -f web.yaml -n dev', true, 'deployment.apps/web created'],
    ['kubectl apply -f web.yaml -n dev', true, 'unchanged'],
    ['kubectl apply -f unknown.yaml', false, 'unknown field'],
    ['kubectl apply --dry-run=server -f v/ok.yaml', true, 'created (server dry run)'],
    ['kubectl get deployment ok -n shop', false, 'not found'],
    ['kubectl apply -k kz', true, 'configmap'],
    ['kubectl diff -f v/ok.yaml', false, '+kind: Deployment'],
    ['kubectl diff -f web.yaml', true, ''],
  ],
  'server-side apply': [
    ['kubectl apply --server-side -f v/ok.yaml', true, 'serverside-applied'],
    ['kubectl set image deployment/ok -n shop x=other:2', true, 'image updated'],
    ['kubectl apply --server-side -f v/ok.yaml', false, '.image'],
    ['kubectl apply --server-side --force-conflicts -f v/ok.yaml', true, 'serverside-applied'],
    ['kubectl apply --server-side -f unknown.yaml', false, 'field not declared in schema'],
  ],
  changes: [
    ['kubectl scale deployment/web --replicas=3', true, 'scaled'],
    ['kubectl set image deployment/web web=web:2', true, 'image updated'],
    ['kubectl set image deployment/web none=web:2', false, 'unable to find container'],
    ['kubectl set env deployment/web A=b', true, 'env updated'],
    [`kubectl patch deployment web -p '{"spec":{"paused":false}}'`, true, 'patched'],
    [`kubectl patch deployment web -p '{"spec":{"replicas":"x"}}'`, false, 'spec.replicas'],
    [`kubectl patch deployment web --type=merge -p '{"spec":{"replicas":2}}'`, true, 'patched'],
    [`kubectl patch deployment web --type=json -p '[{"op":"remove","path":"/x"}]'`, false, ''],
    [
      `kubectl patch deployment web --type=json -p '[{"op":"remove","path":"/metadata/labels"}]'`,
      true,
      'web patched',
    ],
    ['kubectl label deployment web tier=front', true, 'labeled'],
    ['kubectl replace -f web.yaml', true, 'replaced'],
    ['kubectl replace -f v/nons.yaml', false, 'not found'],
  ],
  creates: [
    ['kubectl create configmap c --from-literal=a=b', true, 'created'],
    ['kubectl create configmap c --from-literal=a=b', false, 'already exists'],
    [
      'kubectl create secret generic s --from-literal=a=b -n none',
      false,
      'namespaces "none" not found',
    ],
    ['kubectl create quota q --hard=pods=0', true, 'created'],
    ['kubectl expose deployment web --port=80', true, 'exposed'],
    ['kubectl get --raw /api/v1/namespaces/default/services/web:80/proxy/', true, 'ok'],
    ['kubectl autoscale deployment web --max=3', true, 'autoscaled'],
    ['kubectl run once --image=x --restart=Never', true, 'created'],
  ],
  'rollouts of all kinds': [
    ...['deployment/web', 'statefulset/db -n team', 'daemonset/agent -n team'].flatMap(
      (what): Row[] => [
        [`kubectl rollout restart ${what}`, true, 'restarted'],
        [`kubectl rollout status ${what} --timeout=60s`, true, 'roll'],
        [`kubectl rollout undo ${what}`, true, 'rolled back'],
      ],
    ),
    ['kubectl rollout history deployment/web', true, '5 '],
    ['kubectl rollout undo deployment/web --to-revision=99', false, 'unable to find'],
    ['kubectl rollout pause deployment/web', true, 'paused'],
    ['kubectl rollout restart deployment/web', false, 'paused'],
    ['kubectl rollout resume deployment/web', true, 'resumed'],
    [
      'kubectl rollout status deployment/bad --timeout=60s',
      false,
      'exceeded its progress deadline',
    ],
    ['kubectl set image -n team statefulset/db db=db:broken', true, 'image updated'],
    ['kubectl rollout status statefulset/db -n team --timeout=1s', false, 'timed out'],
  ],
  'waits of all kinds': [
    ['kubectl wait --for=condition=available deployment/web --timeout=60s', true, 'condition met'],
    ['kubectl wait --for=condition=available deployment/bad --timeout=1s', false, 'timed out'],
    ['kubectl wait --for=condition=Ready pod -l app=web --timeout=60s', true, 'condition met'],
    [`kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/once --timeout=60s`, true, 'met'],
    ['kubectl create job j --image=x', true, 'created'],
    ['kubectl wait --for=condition=complete job/j --timeout=60s', true, 'condition met'],
    ['kubectl create job from --from=cronjob/cron', true, 'created'],
    ['kubectl wait --for=condition=complete job/from --timeout=60s', true, 'condition met'],
    ['kubectl create job k --image=x:broken', true, 'created'],
    ['kubectl wait --for=condition=complete job/k --timeout=1s', false, 'timed out'],
    ['kubectl wait --for=create configmap/c --timeout=60s', true, 'condition met'],
    ['kubectl wait --for=create configmap/none --timeout=1s', false, 'timed out'],
    ['kubectl wait --for=delete configmap/none --timeout=60s', true, ''],
    ['kubectl wait --for=condition=established crd/widgets.example.com', true, 'condition met'],
    [`kubectl wait --for=jsonpath='{.status.phase}'=Bound pvc/data -n team`, true, 'condition met'],
  ],
  'custom resources': [
    ['kubectl apply -f widget.yaml', true, 'created'],
    ['kubectl get wd w -n shop -o jsonpath={.spec.color}', true, 'red'],
    ['kubectl apply -f widget-bad.yaml', false, 'spec.colour'],
    [`kubectl patch wd w -n shop --type=merge -p '{"spec":{"size":7}}'`, true, 'patched'],
    ['kubectl apply --server-side --force-conflicts -f widget.yaml', true, 'serverside-applied'],
    ['kubectl delete -f widget.yaml', true, 'deleted'],
    ['kubectl wait --for=delete wd/w -n shop --timeout=60s', true, ''],
  ],
  helm: [
    ['helm install r chart -n shop --wait --timeout 60s', true, 'deployed'],
    ['helm install r chart -n shop', false, 'still in use'],
    ['helm upgrade r chart -n shop --set tag=2 --wait --timeout 60s', true, 'upgraded'],
    [
      'helm upgrade r chart -n shop --set tag=broken --rollback-on-failure --wait --timeout 5s',
      false,
      '',
    ],
    ['helm history r -n shop', true, 'Rollback to 2'],
    ['kubectl get deployment r -n shop -o jsonpath={..image}', true, 'nginx:2'],
    ['helm rollback r 1 -n shop --wait --timeout 60s', true, 'Rollback was a success'],
    ['helm test r -n shop --timeout 60s', true, 'Succeeded'],
    ['helm uninstall r -n shop --wait', true, 'uninstalled'],
    ['helm install r chart -n none', false, 'namespaces "none" not found'],
  ],
  deletes: [
    ['kubectl delete deployment web', true, 'deleted'],
    ['kubectl get pods -l app=web -o name | grep -c .', false, '0'],
    ['kubectl delete deployment web', false, 'not found'],
    ['kubectl delete namespace dev', true, 'deleted'],
    ['kubectl get namespace dev', false, 'not found'],
    ['kubectl delete -f crd.yaml', true, 'deleted'],
    ['kubectl get widgets', false, 'could not find the requested resource'],
  ],
};

describe.each(Object.entries(works))('%s', (_name, rows) => {
  test.each(rows)('%s: %s', async (command, succeeds, prints) => {
    const { code, output } = await cluster.run(command, folder);
    expect({ succeeds: code === 0, output }).toEqual({
      succeeds,
      output: expect.stringContaining(prints),
    });
    expect(cluster.undecided).toEqual([]);
  });
});
