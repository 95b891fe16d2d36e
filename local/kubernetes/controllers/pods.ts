import type { Cluster } from '../cluster.ts';
import { at, listAt, objectAt, shown, textAt, withAt, type Json, type JsonObject } from '../json.ts';
import { condition, nameOf, namespaceOf, uidOf } from '../objects.ts';
import { matchesSelector } from '../selector.ts';
import { quantityOf } from '../validation/formats.ts';
import type { HasPassed } from './index.ts';

/**
 * Stands in for scheduler and kubelet. No container runs: a pod that could run is ready, or, where it runs to its end,
 * has succeeded, once its time is over. One whose image's tag begins with `broken` never is.
 */
export function runPods(cluster: Cluster, hasPassed: HasPassed): void {
  for (const pod of cluster.list('pods')) {
    if (textAt(pod, 'status', 'phase') !== 'Pending' || !hasPassed(1, uidOf(pod))) continue;
    const nodeName = textAt(pod, 'spec', 'nodeName') || nodeFor(cluster, pod);
    const obstacle = nodeName === undefined ? 'Unschedulable' : obstacleOf(cluster, pod);
    cluster.put('pods', { ...withAt(pod, ['spec', 'nodeName'], nodeName), status: statusOf(pod, obstacle) });
  }
}

/** The node that has the labels which a pod asks for, and is big enough for its containers together. */
function nodeFor(cluster: Cluster, pod: JsonObject): string | undefined {
  const selector = { matchLabels: objectAt(pod, 'spec', 'nodeSelector') };
  const requests = listAt(pod, 'spec', 'containers').map((one) => objectAt(one, 'resources', 'requests'));
  const asked = (what: string) => requests.reduce((sum, one) => sum + quantityOf(shown(one[what] ?? '0')), 0);
  const found = cluster
    .list('nodes')
    .find(
      (node) =>
        matchesSelector(selector, objectAt(node, 'metadata', 'labels')) &&
        requests
          .flatMap(Object.keys)
          .every((what) => asked(what) <= (quantityOf(textAt(node, 'status', 'allocatable', what)) || 0)),
    );
  return found && nameOf(found);
}

/** What a container or a volume may need, as the field that names it begins. */
const needed = ['configMap', 'secret', 'persistentVolumeClaim'];

/** Why a pod on a node does not start, as its containers say it. */
function obstacleOf(cluster: Cluster, pod: JsonObject): string | undefined {
  const isMissing = (source: Json | undefined): boolean =>
    Object.entries(objectAt(source)).some(([field, reference]) => {
      const kind = field.replace(/(?:Key)?Ref$/, '');
      if (!needed.includes(kind) || at(reference, 'optional') === true) return false;
      const name = ['name', 'secretName', 'claimName'].map((one) => textAt(reference, one)).join('');
      const found = cluster.find(`${kind.toLowerCase()}s`, namespaceOf(pod), name);
      const held = { ...objectAt(found, 'data'), ...objectAt(found, 'binaryData') };
      const keys = [reference, ...listAt(reference, 'items')].flatMap((one) => textAt(one, 'key') || []);
      if (field === 'persistentVolumeClaim') return textAt(found, 'status', 'phase') !== 'Bound';
      return !found || keys.some((key) => !(key in held));
    });
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
  if (containers.some((one) => /:broken[^/]*$/.test(textAt(one, 'image')))) return 'ImagePullBackOff';
  const variables = containers.flatMap((one) => listAt(one, 'env').map((variable) => at(variable, 'valueFrom')));
  if ([...variables, ...containers.flatMap((one) => listAt(one, 'envFrom'))].some(isMissing))
    return 'CreateContainerConfigError';
  return listAt(pod, 'spec', 'volumes').some(isMissing) ? 'ContainerCreating' : undefined;
}

/** Of a pod: it runs, has run, or does not start for a reason. */
function statusOf(pod: JsonObject, obstacle: string | undefined): JsonObject {
  const ends = textAt(pod, 'spec', 'restartPolicy') !== 'Always';
  const started = ends ? { terminated: { exitCode: 0, reason: 'Completed' } } : { running: {} };
  const state = obstacle === undefined ? started : { waiting: { reason: obstacle } };
  const ready = 'running' in state;
  const number = Number.parseInt(uidOf(pod).slice(0, 4), 16);
  const own = { ready, restartCount: 0, state };
  return {
    phase: ready ? 'Running' : obstacle === undefined ? 'Succeeded' : 'Pending',
    podIP: `10.244.${number >> 8}.${number & 255}`,
    conditions: [condition(pod, 'Ready', ready)],
    containerStatuses: listAt(pod, 'spec', 'containers').map((one) => ({ name: textAt(one, 'name'), ...own })),
  };
}
