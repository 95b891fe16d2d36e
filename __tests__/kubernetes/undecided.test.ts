import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { bench } from './run.ts';

const folder = path.join(import.meta.dirname, 'recorded-answers');

let cluster: Awaited<ReturnType<typeof bench>>;
beforeAll(async () => {
  cluster = await bench();
  const commands = [
    'kubectl run p --image=x',
    'kubectl apply -f crd.yaml',
    'kubectl apply -f widget.yaml',
  ];
  for (const command of commands) await cluster.run(command, folder);
  expect(cluster.undecided).toEqual([]);
});
afterEach(() => {
  cluster.undecided.length = 0;
});
afterAll(() => cluster.stop());

// What a stand-in doesn't decide is refused by name, even where the client hides the answer.
test.each([
  ['kubectl logs p', 'kubectl logs'],
  ['kubectl exec p -- ls', 'kubectl exec'],
  ['kubectl top pods', 'kubectl top pod'],
  ['kubectl auth can-i get pods', 'kubectl auth can-i'],
  ['kubectl drain n', 'kubectl drain'],
  ['kubectl create token default', 'serviceaccounts/token'],
  ['kubectl run q --image=x -i </dev/null', 'pods/attach'],
  ['kubectl get pods --as=somebody', '--as'],
  ['kubectl delete pod p --cascade=orphan', '--cascade=orphan'],
  ['kubectl get --raw /apis/autoscaling/v1/horizontalpodautoscalers', 'autoscaling/v1'],
  [
    'kubectl get pods --field-selector=spec.hostNetwork=true',
    'the field selector spec.hostNetwork',
  ],
  ['kubectl get --raw /metrics', 'GET /metrics'],
  ['kubectl get --raw /api/v1/namespaces/default/pods/p/log', 'kubectl logs of a pod that runs'],
  ['kubectl wait --for=condition=Ready wd/w -n shop --timeout=2s', 'kubectl wait for widgets'],
])('%s', async (command, what) => {
  const { code, output } = await cluster.run(command, folder);

  expect({ failed: code !== 0, output }).toEqual({ failed: true, output });
  expect(cluster.undecided).toContainEqual(expect.stringContaining(what));
});
