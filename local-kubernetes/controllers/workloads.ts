import { admit, checkNamespace, complete } from '../admission.ts';
import { findIn, isTrue, listOf, putIn, type Cluster } from '../cluster.ts';
import { withDefaults } from '../defaults.ts';
import { ApiError } from '../errors.ts';
import { at, listAt, numberAt, objectAt, same, textAt, withAt, type Json, type JsonObject } from '../json.ts';
import { now } from '../store.ts';
import { condition, hashOf, nameOf, namespaceOf, ownedBy, ownerOf, putStatus, removeFrom, uidOf } from './objects.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';
const revisionLabel = 'controller-revision-hash';
const replicasOf = (object: JsonObject) => numberAt(1, object, 'spec', 'replicas');
const generationOf = (object: JsonObject) => numberAt(1, object, 'metadata', 'generation');
const isAlive = (pod: JsonObject) => !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'));
const isReady = (pod: JsonObject) => isTrue(pod, 'Ready');

/** Makes an object as the API would; an answer of no is an event, and no object. */
function make(cluster: Cluster, owner: JsonObject, name: string, object: JsonObject): void {
  const resource = cluster.resource(name);
  const namespace = namespaceOf(owner);
  if (!resource) return;
  const admission = { cluster, resource, namespace, before: undefined };
  try {
    checkNamespace(admission, nameOf(object));
    const full = complete(admission, withDefaults(resource, withAt(object, ['metadata', 'namespace'], namespace)));
    admit(admission, full);
    cluster.store.put(resource, namespace, full);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell(cluster, owner, `Error creating: ${error.message}`);
  }
}

function tell(cluster: Cluster, object: JsonObject, message: string): void {
  const { apiVersion = '', kind = '' } = object;
  const name = `${nameOf(object)}.${hashOf(uidOf(object), message)}`;
  if (findIn(cluster, 'events', namespaceOf(object), name)) return;
  putIn(cluster, 'events', namespaceOf(object), {
    metadata: { name },
    involvedObject: { apiVersion, kind, name: nameOf(object), namespace: namespaceOf(object), uid: uidOf(object) },
    ...{ type: 'Warning', reason: 'FailedCreate', message, count: 1, firstTimestamp: now(), lastTimestamp: now() },
    source: { component: 'local-kubernetes' },
  });
}

/** Makes a pod of an owner's template. Its name is that of the owner with a mark, or with one of its own making. */
function makePod(
  cluster: Cluster,
  owner: JsonObject,
  labels: JsonObject = {},
  spec: JsonObject = {},
  mark?: string,
): void {
  const template = objectAt(owner, 'spec', 'template');
  const own = mark ?? hashOf(uidOf(owner), cluster.store.version()).slice(0, 5);
  make(cluster, owner, 'pods', {
    metadata: {
      ...objectAt(template, 'metadata'),
      name: `${nameOf(owner).slice(0, 57)}-${own}`,
      labels: { ...objectAt(template, 'metadata', 'labels'), ...labels },
      ownerReferences: [ownerOf(owner)],
    },
    spec: { ...objectAt(template, 'spec'), ...spec },
  });
}

const revisionOf = (set: JsonObject) => Number(textAt(set, 'metadata', 'annotations', revisionAnnotation));

/** A replica set for the template; the old ones go once its pods are ready. */
export function runDeployments(cluster: Cluster): void {
  for (const deployment of listOf(cluster, 'deployments.apps')) {
    const sets = ownedBy(cluster, 'replicasets.apps', deployment);
    const template = objectAt(deployment, 'spec', 'template');
    const current = sets.find((set) =>
      same(withAt(objectAt(set, 'spec', 'template'), ['metadata', 'labels', hashLabel], undefined), template),
    );
    const last = Math.max(0, ...sets.map(revisionOf));
    const old = sets.filter((set) => set !== current && replicasOf(set) > 0);
    const isPaused = at(deployment, 'spec', 'paused') === true;
    const recreates = textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
    const isFree = !recreates || old.every((set) => ownedBy(cluster, 'pods', set).length === 0);
    const revision = current && (isPaused || revisionOf(current) === last) ? revisionOf(current) : last + 1;
    const fresh = (isPaused ? current : isFree) ? keepSet(cluster, deployment, current, revision) : current;
    const ready = fresh && numberAt(0, fresh, 'status', 'readyReplicas') >= replicasOf(deployment);
    if (!isPaused && (ready === true || recreates))
      for (const set of old) putIn(cluster, 'replicasets.apps', namespaceOf(set), withAt(set, ['spec', 'replicas'], 0));
    const annotated = fresh
      ? withAt(deployment, ['metadata', 'annotations', revisionAnnotation], String(revisionOf(fresh)))
      : deployment;
    putStatus(cluster, 'deployments.apps', annotated, deploymentStatus(cluster, deployment, fresh, old));
  }
}

function keepSet(
  cluster: Cluster,
  deployment: JsonObject,
  current: JsonObject | undefined,
  revision: number,
): JsonObject {
  const template = objectAt(deployment, 'spec', 'template');
  const hash = current ? textAt(current, 'metadata', 'labels', hashLabel) : hashOf(template);
  const labels = { ...objectAt(template, 'metadata', 'labels'), [hashLabel]: hash };
  return putIn(cluster, 'replicasets.apps', namespaceOf(deployment), {
    ...current,
    metadata: {
      ...objectAt(current, 'metadata'),
      ...{ name: `${nameOf(deployment)}-${hash}`, labels, ownerReferences: [ownerOf(deployment)] },
      annotations: { ...objectAt(deployment, 'metadata', 'annotations'), [revisionAnnotation]: String(revision) },
    },
    spec: {
      replicas: replicasOf(deployment),
      selector: withAt(objectAt(deployment, 'spec', 'selector'), ['matchLabels', hashLabel], hash),
      template: withAt(template, ['metadata', 'labels'], labels),
    },
  });
}

function deploymentStatus(
  cluster: Cluster,
  deployment: JsonObject,
  fresh: JsonObject | undefined,
  old: readonly JsonObject[],
): JsonObject {
  const wanted = replicasOf(deployment);
  const count = (field: string, sets: readonly (JsonObject | undefined)[]) =>
    sets.reduce<number>((sum, set) => sum + numberAt(0, set, 'status', field), 0);
  const updated = count('replicas', [fresh]);
  const available = count('readyReplicas', [fresh, ...old]);
  // What cannot become ready exceeds its progress deadline at once.
  const isHopeless = (pod: JsonObject) =>
    listAt(pod, 'status', 'containerStatuses').some(
      (one) => textAt(one, 'state', 'waiting', 'reason') === 'ImagePullBackOff',
    );
  const hopeless = fresh !== undefined && ownedBy(cluster, 'pods', fresh).some(isHopeless);
  const isDone = old.length === 0 && count('readyReplicas', [fresh]) >= wanted;
  const progress = hopeless ? 'ProgressDeadlineExceeded' : isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  const enough = available >= wanted;
  return {
    observedGeneration: generationOf(deployment),
    replicas: count('replicas', [fresh, ...old]),
    ...{ updatedReplicas: updated, readyReplicas: available, availableReplicas: available },
    ...(enough ? {} : { unavailableReplicas: wanted - available }),
    conditions: [
      condition(deployment, 'Available', enough, enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable'),
      condition(deployment, 'Progressing', !hopeless, progress),
    ],
  };
}

export function runReplicaSets(cluster: Cluster): void {
  for (const set of listOf(cluster, 'replicasets.apps')) {
    const pods = ownedBy(cluster, 'pods', set).filter(isAlive);
    const wanted = replicasOf(set);
    for (const pod of pods.slice(wanted)) removeFrom(cluster, 'pods', pod);
    for (let missing = wanted - pods.length; missing > 0; missing -= 1) makePod(cluster, set);
    const kept = pods.slice(0, wanted);
    const ready = kept.filter(isReady).length;
    const status = { replicas: kept.length, readyReplicas: ready, availableReplicas: ready };
    putStatus(cluster, 'replicasets.apps', set, { ...status, observedGeneration: generationOf(set) });
  }
}

/** The revision that a template has: kept, so that `rollout history` and `undo` know it. */
function keepRevision(cluster: Cluster, owner: JsonObject): string {
  const template = objectAt(owner, 'spec', 'template');
  const name = `${nameOf(owner)}-${hashOf(template)}`;
  const all = ownedBy(cluster, 'controllerrevisions.apps', owner);
  const last = Math.max(0, ...all.map((one) => numberAt(0, one, 'revision')));
  const found = all.find((one) => nameOf(one) === name);
  putIn(cluster, 'controllerrevisions.apps', namespaceOf(owner), {
    metadata: { name, ownerReferences: [ownerOf(owner)], labels: objectAt(template, 'metadata', 'labels') },
    data: { spec: { template: { ...template, $patch: 'replace' } } },
    revision: found && numberAt(0, found, 'revision') === last ? last : last + 1,
  });
  return name;
}

const isOf = (revision: string) => (pod: JsonObject) => textAt(pod, 'metadata', 'labels', revisionLabel) === revision;
const ordinalOf = (pod: JsonObject) => Number(nameOf(pod).split('-').at(-1));

export function runStatefulSets(cluster: Cluster): void {
  for (const set of listOf(cluster, 'statefulsets.apps')) {
    const revision = keepRevision(cluster, set);
    const pods = ownedBy(cluster, 'pods', set);
    const wanted = replicasOf(set);
    for (const pod of pods) if (ordinalOf(pod) >= wanted) removeFrom(cluster, 'pods', pod);
    const inOrder = textAt(set, 'spec', 'podManagementPolicy') === 'OrderedReady';
    for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
      const pod = pods.find((one) => ordinalOf(one) === ordinal);
      if (!pod) makeOrdinal(cluster, set, ordinal, revision);
      if (inOrder && (!pod || !isReady(pod))) break;
    }
    const partition = numberAt(0, set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
    const outdated = pods.filter((pod) => !isOf(revision)(pod) && ordinalOf(pod) >= partition);
    if (pods.every(isReady)) for (const pod of outdated.slice(-1)) removeFrom(cluster, 'pods', pod);
    putStatus(cluster, 'statefulsets.apps', set, statefulStatus(set, pods, outdated, revision));
  }
}

function statefulStatus(
  set: JsonObject,
  pods: readonly JsonObject[],
  outdated: readonly JsonObject[],
  updateRevision: string,
): JsonObject {
  const ready = pods.filter(isReady).length;
  const updated = pods.filter(isOf(updateRevision)).length;
  const isDone = outdated.length === 0 && ready === replicasOf(set);
  return {
    observedGeneration: generationOf(set),
    ...{ replicas: pods.length, readyReplicas: ready, availableReplicas: ready, updatedReplicas: updated },
    currentReplicas: isDone ? updated : pods.length - updated,
    currentRevision: isDone ? updateRevision : textAt(set, 'status', 'currentRevision') || updateRevision,
    updateRevision,
  };
}

/** A pod of a stateful set, and the claims that it has to itself. */
function makeOrdinal(cluster: Cluster, set: JsonObject, ordinal: number, revision: string): void {
  const name = `${nameOf(set)}-${ordinal}`;
  const volumes = listAt(set, 'spec', 'volumeClaimTemplates').map((claim): Json => {
    const claimName = `${textAt(claim, 'metadata', 'name')}-${name}`;
    const metadata = { name: claimName, labels: objectAt(set, 'spec', 'selector', 'matchLabels') };
    if (!findIn(cluster, 'persistentvolumeclaims', namespaceOf(set), claimName))
      make(cluster, set, 'persistentvolumeclaims', { metadata, spec: objectAt(claim, 'spec') });
    return { name: textAt(claim, 'metadata', 'name'), persistentVolumeClaim: { claimName } };
  });
  const labels = { [revisionLabel]: revision, 'statefulset.kubernetes.io/pod-name': name };
  const all = [...listAt(set, 'spec', 'template', 'spec', 'volumes'), ...volumes];
  makePod(cluster, set, labels, { volumes: all }, String(ordinal));
}

export function runDaemonSets(cluster: Cluster): void {
  for (const set of listOf(cluster, 'daemonsets.apps')) {
    const revision = keepRevision(cluster, set);
    const pods = ownedBy(cluster, 'pods', set);
    const desiredNumberScheduled = listOf(cluster, 'nodes').length;
    const tolerated = { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' };
    const tolerations = [...listAt(set, 'spec', 'template', 'spec', 'tolerations'), tolerated];
    if (pods.length < desiredNumberScheduled) makePod(cluster, set, { [revisionLabel]: revision }, { tolerations });
    for (const pod of pods) if (!isOf(revision)(pod)) removeFrom(cluster, 'pods', pod);
    const ready = pods.filter(isReady).length;
    putStatus(cluster, 'daemonsets.apps', set, {
      observedGeneration: generationOf(set),
      ...{ desiredNumberScheduled, currentNumberScheduled: pods.length, numberMisscheduled: 0 },
      ...{ numberReady: ready, numberAvailable: ready, updatedNumberScheduled: pods.filter(isOf(revision)).length },
    });
  }
}

export function runJobs(cluster: Cluster): void {
  for (const job of listOf(cluster, 'jobs.batch')) {
    if (isTrue(job, 'Complete') || at(job, 'spec', 'suspend') === true) continue;
    const pods = ownedBy(cluster, 'pods', job);
    const wanted = numberAt(1, job, 'spec', 'completions');
    const succeeded = pods.filter((pod) => textAt(pod, 'status', 'phase') === 'Succeeded').length;
    const active = pods.filter(isAlive).length;
    const most = Math.min(numberAt(1, job, 'spec', 'parallelism'), wanted - succeeded);
    for (let index = active; index < most; index += 1) makePod(cluster, job);
    const conditions = ['SuccessCriteriaMet', 'Complete'].map((type) =>
      condition(job, type, true, 'CompletionsReached'),
    );
    const startTime = textAt(job, 'status', 'startTime') || now();
    const ended = succeeded >= wanted ? { completionTime: now(), conditions } : {};
    putStatus(cluster, 'jobs.batch', job, { startTime, active, succeeded, ready: 0, terminating: 0, ...ended });
  }
}
