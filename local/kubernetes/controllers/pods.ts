import type { Cluster, HasPassed } from '../cluster.ts';
import {
  at,
  listAt,
  objectAt,
  shown,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from '../json.ts';
import { condition, nameOf, namespaceOf, uidOf, warningOf } from '../objects.ts';
import { matchesSelector } from '../selector.ts';
import { quantityOf } from '../validation/formats.ts';
import { isImageName } from '../validation/images.ts';

/** Why a pod does not run: what its containers report, and its event's name and message. */
type Obstacle = Readonly<{ state?: string; event: string; message: string }>;

/**
 * Replaces the scheduler and the kubelet. No container runs: once its time is over, a pod that
 * could run is ready or, if it runs to completion, has succeeded. It never is if no kubelet could
 * read the name of its image, or if the image's tag begins with `broken`.
 */
export function runPods(cluster: Cluster, hasPassed: HasPassed): void {
  for (const pod of cluster.list('pods')) {
    if (textAt(pod, 'status', 'phase') !== 'Pending' || !hasPassed(1, uidOf(pod))) continue;
    const place = textAt(pod, 'spec', 'nodeName') || nodeFor(cluster, pod);
    const obstacle = typeof place === 'string' ? obstacleOf(cluster, pod) : place;
    if (obstacle) cluster.put('events', warningOf(pod, obstacle.event, obstacle.message));
    const nodeName = typeof place === 'string' ? place : undefined;
    cluster.put('pods', {
      ...withAt(pod, ['spec', 'nodeName'], nodeName),
      status: statusOf(pod, obstacle),
    });
  }
}

/** The node that has the labels a pod asks for, and is big enough for all its containers. */
function nodeFor(cluster: Cluster, pod: JsonObject): string | Obstacle {
  const selector = { matchLabels: objectAt(pod, 'spec', 'nodeSelector') };
  const requests = listAt(pod, 'spec', 'containers').map((one) =>
    objectAt(one, 'resources', 'requests'),
  );
  const asked = (what: string) =>
    requests.reduce((sum, one) => sum + quantityOf(shown(one[what] ?? '0')), 0);
  const names = [...new Set(requests.flatMap(Object.keys))];
  const nodes = cluster.list('nodes').map((node) => {
    const has = (what: string) => quantityOf(textAt(node, 'status', 'allocatable', what)) || 0;
    const fits = matchesSelector(selector, objectAt(node, 'metadata', 'labels'));
    const short = names
      .filter((what) => asked(what) > has(what))
      .map((what) => `Insufficient ${what}`);
    return {
      name: nameOf(node),
      lacks: fits ? short : ["node(s) didn't match Pod's node affinity/selector"],
    };
  });
  const reasons = nodes.flatMap(({ lacks }) => lacks).map((reason) => `1 ${reason}`);
  const message = `0/${nodes.length} nodes are available: ${reasons.join(', ')}.`;
  return (
    nodes.find(({ lacks }) => lacks.length === 0)?.name ?? { event: 'FailedScheduling', message }
  );
}

/** What a container or a volume may need, by the beginning of the field that names it. */
const needed = ['configMap', 'secret', 'persistentVolumeClaim'];

/** Why a pod on a node does not start. */
function obstacleOf(cluster: Cluster, pod: JsonObject): Obstacle | undefined {
  const missing = (source: Json | undefined): string[] =>
    Object.entries(objectAt(source)).flatMap(([field, reference]) => {
      const kind = field.replace(/(?:Key)?Ref$/, '');
      if (!needed.includes(kind) || at(reference, 'optional') === true) return [];
      const name = ['name', 'secretName', 'claimName']
        .map((one) => textAt(reference, one))
        .join('');
      const found = cluster.find(`${kind.toLowerCase()}s`, namespaceOf(pod), name);
      if (field === 'persistentVolumeClaim')
        return textAt(found, 'status', 'phase') === 'Bound'
          ? []
          : [`persistentvolumeclaim "${name}" is not bound`];
      const held = { ...objectAt(found, 'data'), ...objectAt(found, 'binaryData') };
      const keys = [reference, ...listAt(reference, 'items')].flatMap(
        (one) => textAt(one, 'key') || [],
      );
      const lost = keys
        .filter((key) => !(key in held))
        .map((key) => `couldn't find key ${key} in ${kind} "${name}"`);
      return found ? lost : [`${kind.toLowerCase()} "${name}" not found`];
    });
  const containers = [
    ...listAt(pod, 'spec', 'initContainers'),
    ...listAt(pod, 'spec', 'containers'),
  ];
  const images = containers.map((one) => textAt(one, 'image'));
  const unreadable = images.find((image) => !isImageName(image));
  if (unreadable !== undefined)
    return {
      state: 'InvalidImageName',
      event: 'InspectFailed',
      message:
        `Failed to apply default image tag "${unreadable}": couldn't parse image name ` +
        `"${unreadable}": invalid reference format`,
    };
  const broken = images.find((image) => /:broken[^/]*$/.test(image));
  if (broken !== undefined)
    return {
      state: 'ImagePullBackOff',
      event: 'Failed',
      message: `Failed to pull image "${broken}": not found`,
    };
  const variables = containers.flatMap((one) =>
    listAt(one, 'env').map((variable) => at(variable, 'valueFrom')),
  );
  const [config] = [...variables, ...containers.flatMap((one) => listAt(one, 'envFrom'))].flatMap(
    missing,
  );
  if (config !== undefined)
    return { state: 'CreateContainerConfigError', event: 'Failed', message: `Error: ${config}` };
  for (const volume of listAt(pod, 'spec', 'volumes')) {
    const [lost] = missing(volume);
    const name = nameOf({ metadata: volume });
    const message = `MountVolume.SetUp failed for volume "${name}" : ${lost ?? ''}`;
    if (lost !== undefined) return { state: 'ContainerCreating', event: 'FailedMount', message };
  }
  return undefined;
}

/**
 * Why a pod doesn't run, as its node or the scheduler says; undefined if it does, or if that isn't
 * known yet.
 */
export function waitReason(pod: JsonObject): string | undefined {
  const containers = listAt(pod, 'status', 'containerStatuses');
  const waiting = containers.map((one) => textAt(one, 'state', 'waiting', 'message'));
  const conditions = listAt(pod, 'status', 'conditions');
  const unscheduled = conditions.map((one) => textAt(one, 'message'));
  return [...waiting, ...unscheduled].find((message) => message !== '');
}

/**
 * A pod's status: it runs, has run, or does not start for a reason. Only a pod that can start has
 * an address.
 */
function statusOf(pod: JsonObject, obstacle: Obstacle | undefined): JsonObject {
  if (obstacle && obstacle.state === undefined) {
    const unscheduled = {
      ...objectAt(condition(pod, 'PodScheduled', false, 'Unschedulable')),
      message: obstacle.message,
    };
    return { phase: 'Pending', conditions: [unscheduled] };
  }
  const ends = textAt(pod, 'spec', 'restartPolicy') !== 'Always';
  const started = ends ? { terminated: { exitCode: 0, reason: 'Completed' } } : { running: {} };
  const state = obstacle
    ? { waiting: { reason: obstacle.state ?? '', message: obstacle.message } }
    : started;
  const ready = 'running' in state;
  const isPastInit = obstacle === undefined || listAt(pod, 'spec', 'initContainers').length === 0;
  const number = Number.parseInt(uidOf(pod).slice(0, 4), 16);
  const hasAddress = obstacle?.state !== 'ContainerCreating';
  const own = { ready, restartCount: 0, state };
  return {
    phase: ready ? 'Running' : obstacle ? 'Pending' : 'Succeeded',
    ...(hasAddress ? { podIP: `10.244.${number >> 8}.${number & 255}` } : {}),
    conditions: [
      condition(pod, 'PodReadyToStartContainers', hasAddress),
      condition(pod, 'Initialized', isPastInit),
      condition(pod, 'Ready', ready),
      condition(pod, 'ContainersReady', ready),
      condition(pod, 'PodScheduled', true),
    ],
    containerStatuses: listAt(pod, 'spec', 'containers').map((one) => ({
      name: textAt(one, 'name'),
      ...own,
    })),
  };
}
