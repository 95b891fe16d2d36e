import { expect, test } from '@jest/globals';
import { namesNamespace, namespaceIn } from '../../../src/report/command-text.ts';

test.each<[name: string, script: string, names: boolean, namespace: string | undefined]>([
  ['by its short option', 'kubectl -n shop get pods', true, 'shop'],
  ['by its long option', 'helm list --namespace shop', true, 'shop'],
  ['with an equals sign', 'kubectl get pods --namespace=shop && helm list -n=shop', true, 'shop'],
  ['in quotes', `kubectl get pods -n 'shop'; helm list --namespace="shop"`, true, 'shop'],
  ['before another command', 'x=$(kubectl get pods -n shop); helm list -n shop|cat', true, 'shop'],
  ['on a continued line', 'helm upgrade web ./chart \\\n  --namespace shop', true, 'shop'],
  ['in one word, which is too rare to read', 'kubectl get pods -nshop', true, undefined],
  ['but two', 'kubectl -n shop get pods; kubectl -n web get pods', true, undefined],
  ['beside what may be another', '[ -n "$X" ] && kubectl -n shop get pods', true, undefined],
  ['as a variable', 'kubectl -n "$NS" get pods', true, undefined],
  ['without a value', 'kubectl get pods -n', true, undefined],
  ['all of them', 'kubectl get pods -A; helm list --all-namespaces', true, undefined],
  ['not, but another program may', 'sed -n 5p a; kubectl get pods', true, undefined],
  ['not at all', 'kubectl get pods', false, undefined],
  ['not, but another option of that name', 'kubectl logs web --names', false, undefined],
  ['not, in no command', '', false, undefined],
])('the namespace that a command names: %s', (_name, script, names, namespace) => {
  expect([namesNamespace(script), namespaceIn(script)]).toEqual([names, namespace]);
});
