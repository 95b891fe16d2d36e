import type { Cluster } from '../cluster.ts';
import { at, listAt, objectAt, shown, textAt, withAt, type Json, type JsonObject } from '../json.ts';
import { condition, nameOf, namespaceOf, uidOf } from '../objects.ts';
import { quantityOf } from '../validation/formats.ts';
import type { HasPassed } from './index.ts';

/**
 * Stands in for scheduler and kubelet. No container runs: a pod that could run is ready, or, where it runs to its end,
 * has succeeded, once its time is over. One whose image's tag begins with `broken` never is.
 */
export function runPods(cluster: Cluster, hasPassed: HasPassed): void {
  for (const pod of cluster.list('pods')) {
    const nodeName = textAt(pod, 'spec', 'nodeName') || nodeFor(cluster, pod);
    const isDue = nodeName === undefined || hasPassed(1, uidOf(pod));
    if (textAt(pod, 'status', 'phase') !== 'Pending' || !isDue) continue;
    const status = nodeName === undefined ? unscheduled(pod) : statusOf(pod, obstacleOf(cluster, pod));
    cluster.put('pods', { ...withAt(pod, ['spec', 'nodeName'], nodeName), status });
  }
}

const unscheduled = (pod: JsonObject): JsonObject => ({
  ...{ phase: 'Pending', conditions: [condition(pod, 'PodScheduled', false, 'Unschedulable')] },
});

/** The node that has the labels which a pod asks for, and is big enough for each of its containers. */
function nodeFor(cluster: Cluster, pod: JsonObject): string | undefined {
  const labels = Object.entries(objectAt(pod, 'spec', 'nodeSelector'));
  const requests = listAt(pod, 'spec', 'containers').flatMap((one) =>
    Object.entries(objectAt(one, 'resources', 'requests')),
  );
  const node = cluster
    .list('nodes')
    .find(
      (one) =>
        labels.every(([key, value]) => at(one, 'metadata', 'labels', key) === value) &&
        requests.every(
          ([what, asked]) => !(quantityOf(shown(asked)) > quantityOf(textAt(one, 'status', 'allocatable', what))),
        ),
    );
  return node && nameOf(node);
}

/** What a container or a volume may need, by the field that names it. */
const needed: Readonly<Record<string, string>> = {
  ...{ configMap: 'configmaps', configMapRef: 'configmaps', configMapKeyRef: 'configmaps' },
  ...{ secret: 'secrets', secretRef: 'secrets', secretKeyRef: 'secrets' },
  persistentVolumeClaim: 'persistentvolumeclaims',
};

/** Why a pod on a node does not start, as its containers say it. */
function obstacleOf(cluster: Cluster, pod: JsonObject): string | undefined {
  const isMissing = (source: Json | undefined): boolean =>
    Object.entries(objectAt(source)).some(([field, reference]) => {
      const resource = needed[field];
      if (resource === undefined || at(reference, 'optional') === true) return false;
      const name = ['name', 'secretName', 'claimName'].map((one) => textAt(reference, one)).join('');
      const found = cluster.find(resource, namespaceOf(pod), name);
      const held = { ...objectAt(found, 'data'), ...objectAt(found, 'binaryData') };
      const keys = [reference, ...listAt(reference, 'items')]
        .map((one) => textAt(one, 'key'))
        .filter((key) => key !== '');
      if (field === 'persistentVolumeClaim') return textAt(found, 'status', 'phase') !== 'Bound';
      return !found || keys.some((key) => !(key in held));
    });
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
  if (containers.some((one) => /:broken[^/]*$/.test(textAt(one, 'image')))) return 'ImagePullBackOff';
  const variables = containers.flatMap((one) => listAt(one, 'env').map((variable) => at(variable, 'valueFrom')));
  if ([...variables, ...containers.flatMap((one) => listAt(one, 'envFrom'))].some(isMissing))
    return 'CreateContainerConfigError';
  const volumes = listAt(pod, 'spec', 'volumes');
  const mounted = [...volumes, ...volumes.flatMap((one) => listAt(one, 'projected', 'sources'))];
  return mounted.some(isMissing) ? 'ContainerCreating' : undefined;
}

/** Of a pod on a node: it runs, has run, or does not start for a reason. */
function statusOf(pod: JsonObject, obstacle: string | undefined): JsonObject {
  const ends = textAt(pod, 'spec', 'restartPolicy') !== 'Always';
  const started = ends ? { terminated: { exitCode: 0, reason: 'Completed' } } : { running: {} };
  const state = obstacle === undefined ? started : { waiting: { reason: obstacle } };
  const ready = 'running' in state;
  const number = Number.parseInt(uidOf(pod).slice(0, 4), 16);
  const containerStatuses = listAt(pod, 'spec', 'containers').map((one) => ({
    ...{ name: textAt(one, 'name'), image: textAt(one, 'image'), imageID: '', ready, started: ready },
    ...{ restartCount: 0, state },
  }));
  return {
    phase: ready ? 'Running' : obstacle === undefined ? 'Succeeded' : 'Pending',
    podIP: `10.244.${number >> 8}.${number & 255}`,
    conditions: ['ContainersReady', 'Ready'].map((type) => condition(pod, type, ready)),
    containerStatuses,
  };
}
