import type { Cluster } from '../cluster.ts';
import { at, listAt, objectAt, textAt, withAt, type Json, type JsonObject } from '../json.ts';
import { nameOf, namespaceOf, now, uidOf } from '../store.ts';
import { quantityOf } from '../validation/formats.ts';
import type { HasPassed } from './index.ts';
import { condition } from './objects.ts';

/**
 * Stands in for scheduler and kubelet. No container runs: a pod that could run is ready, or, where it runs to its end,
 * has succeeded, once its time is over. One whose image's tag begins with `broken` never is.
 */
export function runPods(cluster: Cluster, hasPassed: HasPassed): void {
  for (const pod of cluster.list('pods')) {
    if (textAt(pod, 'status', 'phase') !== 'Pending') continue;
    const nodeName = textAt(pod, 'spec', 'nodeName') || nodeFor(cluster, pod);
    if (nodeName === undefined) {
      const conditions = [condition(pod, 'PodScheduled', false, 'Unschedulable')];
      cluster.putStatus('pods', pod, { phase: 'Pending', conditions });
    } else if (hasPassed(1, uidOf(pod)))
      cluster.putStatus('pods', withAt(pod, ['spec', 'nodeName'], nodeName), statusOf(pod, obstacleOf(cluster, pod)));
  }
}

/** The node that has the labels which a pod asks for, and is big enough for each of its containers. */
function nodeFor(cluster: Cluster, pod: JsonObject): string | undefined {
  const labels = Object.entries(objectAt(pod, 'spec', 'nodeSelector'));
  const node = cluster.list('nodes').find((one) => {
    const fits = (container: Json) =>
      ['cpu', 'memory'].every((what) => {
        const asked = textAt(container, 'resources', 'requests', what);
        return asked === '' || quantityOf(asked) <= quantityOf(textAt(one, 'status', 'allocatable', what));
      });
    const isAsked = labels.every(([key, value]) => at(one, 'metadata', 'labels', key) === value);
    return isAsked && listAt(pod, 'spec', 'containers').every(fits);
  });
  return node && nameOf(node);
}

/** Why a pod on a node does not start, as its containers say it. */
function obstacleOf(cluster: Cluster, pod: JsonObject): string | undefined {
  const isMissing = (resource: string, source: Json | undefined, name = 'name'): boolean => {
    if (source === undefined || at(source, 'optional') === true) return false;
    const found = cluster.find(resource, namespaceOf(pod), textAt(source, name));
    if (resource === 'persistentvolumeclaims') return textAt(found, 'status', 'phase') !== 'Bound';
    const keys = Object.keys({ ...objectAt(found, 'data'), ...objectAt(found, 'binaryData') });
    return !found || ![...keys, ''].includes(textAt(source, 'key'));
  };
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
  if (containers.some((one) => /:broken[^/]*$/.test(textAt(one, 'image')))) return 'ImagePullBackOff';
  const sources = containers.flatMap((one) => [
    ...listAt(one, 'envFrom').map((from) => [at(from, 'configMapRef'), at(from, 'secretRef')]),
    ...listAt(one, 'env').map((env) => [at(env, 'valueFrom', 'configMapKeyRef'), at(env, 'valueFrom', 'secretKeyRef')]),
  ]);
  if (sources.some(([configMap, secret]) => isMissing('configmaps', configMap) || isMissing('secrets', secret)))
    return 'CreateContainerConfigError';
  const volumes = listAt(pod, 'spec', 'volumes');
  const isUnmounted = [...volumes, ...volumes.flatMap((one) => listAt(one, 'projected', 'sources'))].some(
    (one) =>
      isMissing('configmaps', at(one, 'configMap')) ||
      isMissing('secrets', at(one, 'secret'), at(one, 'secret', 'name') === undefined ? 'secretName' : 'name') ||
      isMissing('persistentvolumeclaims', at(one, 'persistentVolumeClaim'), 'claimName'),
  );
  return isUnmounted ? 'ContainerCreating' : undefined;
}

/** Of a pod on a node: it runs, has run, or does not start for a reason. */
function statusOf(pod: JsonObject, obstacle: string | undefined): JsonObject {
  const startTime = textAt(pod, 'metadata', 'creationTimestamp');
  const ends = textAt(pod, 'spec', 'restartPolicy') !== 'Always';
  const ready = obstacle === undefined && !ends;
  const ended = { exitCode: 0, reason: 'Completed', startedAt: startTime, finishedAt: now() };
  const running = ends ? { terminated: ended } : { running: { startedAt: startTime } };
  const why = obstacle === undefined ? (ends ? 'PodCompleted' : '') : 'ContainersNotReady';
  const number = Number.parseInt(uidOf(pod).slice(0, 4), 16);
  return {
    phase: obstacle === undefined ? (ends ? 'Succeeded' : 'Running') : 'Pending',
    startTime,
    podIP: `10.244.${number >> 8}.${number & 255}`,
    conditions: [
      condition(pod, 'PodScheduled', true, ''),
      ...['ContainersReady', 'Ready'].map((type) => condition(pod, type, ready, why)),
    ],
    containerStatuses: listAt(pod, 'spec', 'containers').map((one) => ({
      ...{ name: textAt(one, 'name'), image: textAt(one, 'image'), imageID: '', ready, started: ready },
      ...{ restartCount: 0, state: obstacle === undefined ? running : { waiting: { reason: obstacle } } },
    })),
  };
}
