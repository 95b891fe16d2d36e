import { findIn, listOf, putIn, type Cluster } from '../cluster.ts';
import { at, listAt, objectAt, textAt, type Json, type JsonObject } from '../json.ts';
import { now } from '../store.ts';
import { quantityOf } from '../validation/formats.ts';
import { condition } from './index.ts';

/**
 * Stands in for scheduler and kubelet. No container runs: a pod that could run is ready, or, where it runs to its end,
 * has succeeded, once its time is over. One whose image's tag begins with `broken` never is.
 */
export function runPods(cluster: Cluster): void {
  for (const pod of listOf(cluster, 'pods')) {
    if (textAt(pod, 'status', 'phase') !== 'Pending') continue;
    const namespace = textAt(pod, 'metadata', 'namespace');
    const node = textAt(pod, 'spec', 'nodeName') || nodeFor(cluster, pod);
    const why = node === '' ? 'Unschedulable' : obstacle(cluster, pod);
    const status = why === undefined ? settled(cluster, pod) : stuck(pod, why);
    if (status)
      putIn(cluster, 'pods', namespace, {
        ...pod,
        spec: { ...objectAt(pod, 'spec'), ...(node === '' ? {} : { nodeName: node }) },
        status: { ...objectAt(pod, 'status'), ...status },
      });
  }
}

/** Why a pod on a node does not start, as its containers say it. */
function obstacle(cluster: Cluster, pod: JsonObject): string | undefined {
  const namespace = textAt(pod, 'metadata', 'namespace');
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
  const volumes = listAt(pod, 'spec', 'volumes');
  if (containers.some((one) => /:broken[^/]*$/.test(textAt(one, 'image')))) return 'ImagePullBackOff';
  const missing = (resource: string, source: Json | undefined, name: string, key = ''): boolean => {
    if (source === undefined || at(source, 'optional') === true || name === '') return false;
    const found = findIn(cluster, resource, namespace, name);
    return !found || (key !== '' && at(found, 'data', key) === undefined && at(found, 'binaryData', key) === undefined);
  };
  const references = containers.flatMap((one) => [
    ...listAt(one, 'envFrom').flatMap(
      (from) =>
        [
          ['configmaps', at(from, 'configMapRef'), 'name'],
          ['secrets', at(from, 'secretRef'), 'name'],
        ] as const,
    ),
    ...listAt(one, 'env').flatMap(
      (env) =>
        [
          ['configmaps', at(env, 'valueFrom', 'configMapKeyRef'), 'name'],
          ['secrets', at(env, 'valueFrom', 'secretKeyRef'), 'name'],
        ] as const,
    ),
  ]);
  if (
    references.some(([resource, source, field]) =>
      missing(resource, source, textAt(source, field), textAt(source, 'key')),
    )
  )
    return 'CreateContainerConfigError';
  const mounted = volumes.flatMap((volume) => [volume, ...listAt(volume, 'projected', 'sources')]);
  const absent = mounted.some(
    (volume) =>
      missing('configmaps', at(volume, 'configMap'), textAt(volume, 'configMap', 'name')) ||
      missing(
        'secrets',
        at(volume, 'secret'),
        textAt(volume, 'secret', 'secretName') || textAt(volume, 'secret', 'name'),
      ) ||
      (at(volume, 'persistentVolumeClaim') !== undefined &&
        textAt(
          findIn(cluster, 'persistentvolumeclaims', namespace, textAt(volume, 'persistentVolumeClaim', 'claimName')),
          'status',
          'phase',
        ) !== 'Bound'),
  );
  return absent ? 'ContainerCreating' : undefined;
}

function nodeFor(cluster: Cluster, pod: JsonObject): string {
  const tolerations = listAt(pod, 'spec', 'tolerations');
  const requests = (what: string) =>
    listAt(pod, 'spec', 'containers').reduce<number>(
      (sum, one) => sum + (quantityOf(textAt(one, 'resources', 'requests', what) || '0') || 0),
      0,
    );
  const fits = listOf(cluster, 'nodes').find((node) => {
    const labels = objectAt(node, 'metadata', 'labels');
    const taints = [
      ...listAt(node, 'spec', 'taints'),
      ...(at(node, 'spec', 'unschedulable') === true
        ? [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }]
        : []),
    ];
    const tolerated = (taint: Json) =>
      tolerations.some(
        (one) =>
          (at(one, 'key') === undefined || at(one, 'key') === at(taint, 'key')) &&
          (at(one, 'effect') === undefined || at(one, 'effect') === at(taint, 'effect')) &&
          (at(one, 'operator') === 'Exists' || (at(one, 'value') ?? '') === (at(taint, 'value') ?? '')),
      );
    const required = listAt(
      pod,
      'spec',
      'affinity',
      'nodeAffinity',
      'requiredDuringSchedulingIgnoredDuringExecution',
      'nodeSelectorTerms',
    );
    const holds = (term: Json) =>
      listAt(term, 'matchExpressions').every((one) => {
        const among = listAt(one, 'values').includes(labels[textAt(one, 'key')] ?? null);
        const operator = textAt(one, 'operator');
        return operator === 'Exists'
          ? textAt(one, 'key') in labels
          : operator === 'DoesNotExist'
            ? !(textAt(one, 'key') in labels)
            : operator === 'NotIn'
              ? !among
              : among;
      });
    return (
      taints.every((taint) => at(taint, 'effect') === 'PreferNoSchedule' || tolerated(taint)) &&
      Object.entries(objectAt(pod, 'spec', 'nodeSelector')).every(([key, value]) => labels[key] === value) &&
      (required.length === 0 || required.some(holds)) &&
      ['cpu', 'memory'].every((what) => requests(what) <= quantityOf(textAt(node, 'status', 'allocatable', what)))
    );
  });
  return textAt(fits, 'metadata', 'name');
}

function stuck(pod: JsonObject, why: string): JsonObject | undefined {
  if (why === 'Unschedulable')
    return { conditions: [condition(pod, 'PodScheduled', false, why, '0/1 nodes are available')] };
  const containerStatuses = listAt(pod, 'spec', 'containers').map((one): Json => ({
    name: textAt(one, 'name'),
    image: textAt(one, 'image'),
    imageID: '',
    ready: false,
    restartCount: 0,
    started: false,
    state: { waiting: { reason: why } },
  }));
  return {
    conditions: [condition(pod, 'PodScheduled', true, ''), condition(pod, 'Ready', false, 'ContainersNotReady')],
    containerStatuses,
  };
}

function settled(cluster: Cluster, pod: JsonObject): JsonObject | undefined {
  if (Date.now() - startedAt(pod) < cluster.settleMs)
    return textAt(pod, 'spec', 'nodeName') === '' ? stuck(pod, 'ContainerCreating') : undefined;
  const ends = textAt(pod, 'spec', 'restartPolicy') !== 'Always';
  const startTime = textAt(pod, 'metadata', 'creationTimestamp');
  const containerStatuses = listAt(pod, 'spec', 'containers').map((one): Json => ({
    ...{
      name: textAt(one, 'name'),
      image: textAt(one, 'image'),
      imageID: '',
      ready: !ends,
      restartCount: 0,
      started: !ends,
    },
    state: ends
      ? { terminated: { exitCode: 0, reason: 'Completed', startedAt: startTime, finishedAt: now() } }
      : { running: { startedAt: startTime } },
  }));
  const number = Number.parseInt(textAt(pod, 'metadata', 'uid').slice(0, 4), 16);
  const reason = ends ? 'PodCompleted' : '';
  return {
    phase: ends ? 'Succeeded' : 'Running',
    podIP: `10.244.${number >> 8}.${number & 255}`,
    startTime,
    containerStatuses,
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) =>
      condition(pod, type, type === 'PodScheduled' || type === 'Initialized' || !ends, reason),
    ),
  };
}

/** `creationTimestamp` has whole seconds; the time of the first sight is more exact. */
const firstSeen = new Map<string, number>();

function startedAt(pod: JsonObject): number {
  const uid = textAt(pod, 'metadata', 'uid');
  const time = firstSeen.get(uid) ?? Date.now();
  firstSeen.set(uid, time);
  return time;
}
