import { findIn, listOf, type Cluster } from '../cluster.ts';
import { at, listAt, objectAt, textAt, withAt, type Json, type JsonObject } from '../json.ts';
import { now } from '../store.ts';
import { quantityOf } from '../validation/formats.ts';
import { condition, nameOf, namespaceOf, putStatus, uidOf } from './objects.ts';

/**
 * Stands in for scheduler and kubelet. No container runs: a pod that could run is ready, or, where it runs to its end,
 * has succeeded, once its time is over. One whose image's tag begins with `broken` never is.
 */
export function runPods(cluster: Cluster): void {
  for (const pod of listOf(cluster, 'pods')) {
    if (textAt(pod, 'status', 'phase') !== 'Pending') continue;
    const nodeName = textAt(pod, 'spec', 'nodeName') || nodeFor(cluster, pod);
    if (nodeName === undefined) {
      const why = condition(pod, 'PodScheduled', false, 'Unschedulable', '0/1 nodes are available');
      putStatus(cluster, 'pods', pod, { phase: 'Pending', conditions: [why] });
    } else if (isSettled(pod, cluster.settleMs)) {
      const obstacle = obstacleOf(cluster, pod);
      putStatus(cluster, 'pods', withAt(pod, ['spec', 'nodeName'], nodeName), statusOf(pod, obstacle));
    }
  }
}

/** `creationTimestamp` has whole seconds; the time of the first sight is more exact. */
const firstSeen = new Map<string, number>();

function isSettled(pod: JsonObject, settleMs: number): boolean {
  const time = firstSeen.get(uidOf(pod)) ?? Date.now();
  firstSeen.set(uidOf(pod), time);
  return Date.now() - time >= settleMs;
}

/** Where a container names another object, and by which field of it. */
const references: readonly (readonly [list: string, path: readonly string[], resource: string])[] = [
  ['envFrom', ['configMapRef'], 'configmaps'],
  ['envFrom', ['secretRef'], 'secrets'],
  ['env', ['valueFrom', 'configMapKeyRef'], 'configmaps'],
  ['env', ['valueFrom', 'secretKeyRef'], 'secrets'],
];

/** Why a pod on a node does not start, as its containers say it. */
function obstacleOf(cluster: Cluster, pod: JsonObject): string | undefined {
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
  const isThere = (resource: string, name: string, key = ''): boolean => {
    const found = findIn(cluster, resource, namespaceOf(pod), name);
    if (resource === 'persistentvolumeclaims') return textAt(found, 'status', 'phase') === 'Bound';
    return (
      found !== undefined && (key === '' || key in { ...objectAt(found, 'data'), ...objectAt(found, 'binaryData') })
    );
  };
  const isMissing = (resource: string, source: Json | undefined, name: string): boolean =>
    source !== undefined &&
    at(source, 'optional') !== true &&
    !isThere(resource, textAt(source, name), textAt(source, 'key'));
  if (containers.some((one) => /:broken[^/]*$/.test(textAt(one, 'image')))) return 'ImagePullBackOff';
  const isUnset = containers.some((one) =>
    references.some(([list, path, resource]) =>
      listAt(one, list).some((item) => isMissing(resource, at(item, ...path), 'name')),
    ),
  );
  if (isUnset) return 'CreateContainerConfigError';
  const volumes = listAt(pod, 'spec', 'volumes');
  const isUnmounted = [...volumes, ...volumes.flatMap((one) => listAt(one, 'projected', 'sources'))].some(
    (one) =>
      isMissing('configmaps', at(one, 'configMap'), 'name') ||
      isMissing('secrets', at(one, 'secret'), at(one, 'secret', 'secretName') === undefined ? 'name' : 'secretName') ||
      isMissing('persistentvolumeclaims', at(one, 'persistentVolumeClaim'), 'claimName'),
  );
  return isUnmounted ? 'ContainerCreating' : undefined;
}

function nodeFor(cluster: Cluster, pod: JsonObject): string | undefined {
  const tolerations = listAt(pod, 'spec', 'tolerations');
  const requests = (what: string) =>
    listAt(pod, 'spec', 'containers')
      .map((one) => quantityOf(textAt(one, 'resources', 'requests', what)) || 0)
      .reduce((sum, one) => sum + one, 0);
  const isTolerated = (taint: Json) =>
    tolerations.some(
      (one) =>
        [undefined, at(taint, 'key')].includes(at(one, 'key')) &&
        [undefined, at(taint, 'effect')].includes(at(one, 'effect')) &&
        (at(one, 'operator') === 'Exists' || textAt(one, 'value') === textAt(taint, 'value')),
    );
  const fits = listOf(cluster, 'nodes').find((node) => {
    const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
    const taints = [...listAt(node, 'spec', 'taints'), ...(at(node, 'spec', 'unschedulable') === true ? [cordon] : [])];
    return (
      taints.every((taint) => at(taint, 'effect') === 'PreferNoSchedule' || isTolerated(taint)) &&
      Object.entries(objectAt(pod, 'spec', 'nodeSelector')).every(
        ([key, value]) => at(node, 'metadata', 'labels', key) === value,
      ) &&
      ['cpu', 'memory'].every((what) => requests(what) <= quantityOf(textAt(node, 'status', 'allocatable', what)))
    );
  });
  return fits && nameOf(fits);
}

/** Of a pod on a node: it runs, has run, or does not start for a reason. */
function statusOf(pod: JsonObject, obstacle: string | undefined): JsonObject {
  const ends = textAt(pod, 'spec', 'restartPolicy') !== 'Always';
  const ready = obstacle === undefined && !ends;
  const startTime = textAt(pod, 'metadata', 'creationTimestamp');
  const ended = { exitCode: 0, reason: 'Completed', startedAt: startTime, finishedAt: now() };
  const running = ends ? { terminated: ended } : { running: { startedAt: startTime } };
  const state = obstacle === undefined ? running : { waiting: { reason: obstacle } };
  const number = Number.parseInt(uidOf(pod).slice(0, 4), 16);
  const why = obstacle === undefined ? (ends ? 'PodCompleted' : '') : 'ContainersNotReady';
  return {
    phase: obstacle === undefined ? (ends ? 'Succeeded' : 'Running') : 'Pending',
    startTime,
    podIP: `10.244.${number >> 8}.${number & 255}`,
    conditions: [
      condition(pod, 'PodScheduled', true, ''),
      ...['ContainersReady', 'Ready'].map((type) => condition(pod, type, ready, why)),
    ],
    containerStatuses: listAt(pod, 'spec', 'containers').map((one) => ({
      ...{ name: textAt(one, 'name'), image: textAt(one, 'image'), imageID: '' },
      ...{ ready, started: ready, restartCount: 0, state },
    })),
  };
}
