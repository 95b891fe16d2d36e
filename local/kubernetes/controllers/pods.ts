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
    const nodeName = typeof place === 'string' ? place : undefined;
    const obstacle = typeof place === 'string' ? obstacleOf(cluster, pod) : place;
    if (obstacle) cluster.put('events', warningOf(pod, obstacle.event, obstacle.message));
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

/** What a source of a pod's variables or volumes names, but the cluster does not have. */
function missing(cluster: Cluster, namespace: string, source: Json | undefined): string[] {
  return Object.entries(objectAt(source)).flatMap(([field, reference]) => {
    const kind = field.replace(/(?:Key)?Ref$/, '');
    if (!needed.includes(kind) || at(reference, 'optional') === true) return [];

    const name = ['name', 'secretName', 'claimName'].map((one) => textAt(reference, one)).join('');
    const found = cluster.find(`${kind.toLowerCase()}s`, namespace, name);
    if (kind === 'persistentVolumeClaim') {
      const isBound = textAt(found, 'status', 'phase') === 'Bound';
      return isBound ? [] : [`persistentvolumeclaim "${name}" is not bound`];
    }
    if (!found) return [`${kind.toLowerCase()} "${name}" not found`];

    const contents = { ...objectAt(found, 'data'), ...objectAt(found, 'binaryData') };
    const keys = [reference, ...listAt(reference, 'items')].map((one) => textAt(one, 'key'));
    return keys
      .filter((key) => key !== '' && !(key in contents))
      .map((key) => `couldn't find key ${key} in ${kind} "${name}"`);
  });
}

/** Why a pod on a node does not start. */
function obstacleOf(cluster: Cluster, pod: JsonObject): Obstacle | undefined {
  const containers = [
    ...listAt(pod, 'spec', 'initContainers'),
    ...listAt(pod, 'spec', 'containers'),
  ];
  const missingIn = (source: Json | undefined) => missing(cluster, namespaceOf(pod), source);

  const image = imageObstacle(containers.map((one) => textAt(one, 'image')));
  if (image) return image;

  const sources = [
    ...containers.flatMap((one) => listAt(one, 'env')).map((one) => at(one, 'valueFrom')),
    ...containers.flatMap((one) => listAt(one, 'envFrom')),
  ];
  const [config] = sources.flatMap(missingIn);
  if (config !== undefined) {
    return { state: 'CreateContainerConfigError', event: 'Failed', message: `Error: ${config}` };
  }

  for (const volume of listAt(pod, 'spec', 'volumes')) {
    const [lost] = missingIn(volume);
    if (lost === undefined) continue;

    const message = `MountVolume.SetUp failed for volume "${textAt(volume, 'name')}" : ${lost}`;
    return { state: 'ContainerCreating', event: 'FailedMount', message };
  }
  return undefined;
}

function imageObstacle(images: readonly string[]): Obstacle | undefined {
  const unreadable = images.find((image) => !isImageName(image));
  if (unreadable !== undefined) {
    return {
      state: 'InvalidImageName',
      event: 'InspectFailed',
      message:
        `Failed to apply default image tag "${unreadable}": couldn't parse image name ` +
        `"${unreadable}": invalid reference format`,
    };
  }

  const broken = images.find((image) => /:broken[^/]*$/.test(image));
  if (broken === undefined) return undefined;
  return {
    state: 'ImagePullBackOff',
    event: 'Failed',
    message: `Failed to pull image "${broken}": not found`,
  };
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

  const { phase, state } = runStateOf(pod, obstacle);
  const ready = phase === 'Running';
  const isPastInit = obstacle === undefined || listAt(pod, 'spec', 'initContainers').length === 0;
  const hasAddress = obstacle?.state !== 'ContainerCreating';
  const number = Number.parseInt(uidOf(pod).slice(0, 4), 16);
  const podIP = `10.244.${number >> 8}.${number & 255}`;
  return {
    phase,
    ...(hasAddress ? { podIP } : {}),
    conditions: [
      condition(pod, 'PodReadyToStartContainers', hasAddress),
      condition(pod, 'Initialized', isPastInit),
      condition(pod, 'Ready', ready),
      condition(pod, 'ContainersReady', ready),
      condition(pod, 'PodScheduled', true),
    ],
    containerStatuses: listAt(pod, 'spec', 'containers').map((one) => ({
      name: textAt(one, 'name'),
      ready,
      restartCount: 0,
      state,
    })),
  };
}

/** The phase of a pod on a node, and the state of its containers. */
function runStateOf(
  pod: JsonObject,
  obstacle: Obstacle | undefined,
): { phase: string; state: JsonObject } {
  if (obstacle) {
    const waiting = { reason: obstacle.state ?? '', message: obstacle.message };
    return { phase: 'Pending', state: { waiting } };
  }
  if (textAt(pod, 'spec', 'restartPolicy') === 'Always') {
    return { phase: 'Running', state: { running: {} } };
  }
  return {
    phase: 'Succeeded',
    state: { terminated: { exitCode: 0, reason: 'Completed' } },
  };
}
