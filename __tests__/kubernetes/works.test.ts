import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bench } from './run.ts';

const folder = path.join(import.meta.dirname, 'recorded-answers');

let cluster: Awaited<ReturnType<typeof bench>>;
beforeAll(async () => {
  cluster = await bench();
  const commands = [
    'kubectl apply -f all.yaml -f crd.yaml',
    'kubectl create deployment web -n team --image=web:1 --replicas=2',
    'kubectl create deployment bad -n team --image=registry.example.com/bad:broken',
  ];
  for (const command of commands) await cluster.run(command, folder);
});
afterAll(() => cluster.stop());

const KINDS = 'deployment/web statefulset/db daemonset/agent';
const WAIT = 'kubectl wait -n team';

type Row = readonly [command: string, succeeds: boolean, prints: string];

// What real kubectl and helm can do here, as far as the recorded answers don't hold it: each command
// of kubectl that works, and what it prints. Each stands on those above it.
const works: Readonly<Record<string, readonly Row[]>> = {
  'reads and discovery': [
    ['kubectl get all -n team', true, 'deployment.apps/web   2/2'],
    ['kubectl get unicorns', false, "doesn't have a resource type"],
    ['kubectl describe deployment web -n team', true, '2 available'],
    ['kubectl explain deployment.spec.strategy.rollingUpdate', true, 'maxSurge'],
    ['kubectl explain widget.spec', true, 'size'],
    ['kubectl version', true, 'Server Version: v1.36'],
    ['kubectl cluster-info', true, 'is running'],
    ['kubectl api-resources --api-group=example.com', true, 'widgets'],
    ['kubectl api-versions', true, 'example.com/v1'],
  ],
  apply: [
    ['kubectl apply -f web.yaml', true, 'deployment.apps/web created'],
    ['kubectl apply -f web.yaml', true, 'deployment.apps/web unchanged'],
    ['kubectl apply --dry-run=server -f v/ok.yaml', true, 'created (server dry run)'],
    ['kubectl diff -f v/ok.yaml', false, '+kind: Deployment'],
    ['kubectl diff -f web.yaml', true, ''],
    ['kubectl apply --server-side -f unknown.yaml', false, 'field not declared in schema'],
  ],
  changes: [
    ['kubectl scale deployment/web -n team --replicas=3', true, 'scaled'],
    ['kubectl set image deployment/web -n team web=web:2', true, 'image updated'],
    ['kubectl label deployment web -n team tier=front', true, 'labeled'],
    ['kubectl annotate deployment web -n team tier=front', true, 'annotated'],
  ],
  creates: [
    ['kubectl expose deployment web -n team --port=80', true, 'exposed'],
    ['kubectl get --raw /api/v1/namespaces/team/services/web:80/proxy/', true, 'ok'],
    ['kubectl autoscale deployment web -n team --max=3', true, 'autoscaled'],
    ['kubectl run once -n team --image=x --restart=Never', true, 'created'],
  ],
  'rollouts of all kinds': [
    [`kubectl rollout restart -n team ${KINDS}`, true, 'daemonset.apps/agent restarted'],
    [`kubectl rollout status -n team ${KINDS} --timeout=60s`, true, '"agent" successfully rolled'],
    [`kubectl rollout undo -n team ${KINDS}`, true, 'daemonset.apps/agent rolled back'],
    ['kubectl rollout history deployment/web -n team', true, '4 '],
    [
      'kubectl rollout status deployment/bad -n team --timeout=60s',
      false,
      'exceeded its progress deadline',
    ],
    ['kubectl set image -n team statefulset/db db=db:broken', true, 'image updated'],
    ['kubectl rollout status statefulset/db -n team --timeout=1s', false, 'timed out'],
  ],
  'waits of all kinds': [
    [`${WAIT} --for=condition=available deployment/web --timeout=60s`, true, 'condition met'],
    [`${WAIT} --for=condition=available deployment/bad --timeout=1s`, false, 'timed out'],
    [`${WAIT} --for=condition=Ready pod -l app=web --timeout=60s`, true, 'condition met'],
    [`${WAIT} --for=jsonpath='{.status.phase}'=Succeeded pod/once --timeout=60s`, true, 'met'],
    ['kubectl create job j -n team --image=x', true, 'created'],
    ['kubectl create job from -n team --from=cronjob/nightly', true, 'created'],
    [`${WAIT} --for=condition=complete job/j job/from --timeout=60s`, true, 'from condition met'],
    ['kubectl create job k -n team --image=x:broken', true, 'created'],
    [`${WAIT} --for=condition=complete job/k --timeout=1s`, false, 'timed out'],
    [`kubectl get job j -n team -o jsonpath={.status.succeeded}{.status.active}`, true, '1'],
    ['kubectl logs job/j -n team', true, 'no container ran'],
    ['kubectl logs job/k -n team', false, 'trying and failing to pull image'],
    ['kubectl apply -n team -f job-broken.yaml', true, 'created'],
    [`${WAIT} --for=condition=failed job/late --timeout=60s`, true, 'condition met'],
    ['kubectl describe job late -n team', true, '0 Active (0 Ready) / 0 Succeeded / 1 Failed'],
    [`${WAIT} --for=create service/web --timeout=60s`, true, 'condition met'],
    [`${WAIT} --for=jsonpath='{.status.phase}'=Bound pvc/data`, true, 'condition met'],
  ],
  'custom resources': [
    ['kubectl apply -f widget.yaml', true, 'created'],
    ['kubectl apply -f widget-bad.yaml', false, 'spec.colour'],
    [`kubectl patch wd w -n shop --type=merge -p '{"spec":{"size":7}}'`, true, 'patched'],
    ['kubectl apply --server-side --force-conflicts -f widget.yaml', true, 'serverside-applied'],
    ['kubectl delete -f widget.yaml', true, 'deleted'],
    ['kubectl wait --for=delete wd/w -n shop --timeout=60s', true, ''],
  ],
  helm: [
    ['helm install r chart -n shop --wait --timeout 60s', true, 'deployed'],
    [
      'helm upgrade r chart -n shop --set tag=broken --rollback-on-failure --wait --timeout 5s',
      false,
      '',
    ],
    ['helm history r -n shop', true, 'Rollback to 1'],
    ['kubectl get deployment r -n shop -o jsonpath={..image}', true, 'nginx:1'],
    ['helm test r -n shop --timeout 60s', true, 'Succeeded'],
    ['helm install r chart -n none', false, 'namespaces "none" not found'],
  ],
  deletes: [
    ['kubectl delete deployment web -n team', true, 'deleted'],
    ['kubectl get pods -n team -l app=web -o name | grep -c .', false, '0'],
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
    expect(cluster.undecided.splice(0)).toEqual([]);
  });
});
