import type { Cluster } from './cluster.ts';
import { at, listAt, numberAt, objectAt, textAt, withAt, type JsonObject } from './json.ts';
import {
  condition,
  hashOf,
  isTrue,
  nameOf,
  namespaceOf,
  now,
  ownerOf,
  replicasOf,
  suffix,
} from './objects.ts';

/** Makes the pods of workloads, and counts those that are ready. */

const isReady = (pod: JsonObject) => isTrue(pod, 'Ready');
const generationOf = (object: JsonObject) => numberAt(1, object, 'metadata', 'generation');

const REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HASH = 'controller-revision-hash';
const TEMPLATE_HASH = 'pod-template-hash';

/** A pod from its owner's template. */
function makePod(cluster: Cluster, owner: JsonObject, name: string, more: JsonObject = {}): void {
  const { metadata, spec = {} } = objectAt(owner, 'spec', 'template');
  cluster.put('pods', {
    metadata: {
      ...objectAt(metadata),
      name,
      namespace: namespaceOf(owner),
      labels: { ...objectAt(metadata, 'labels'), ...more },
      ownerReferences: [ownerOf(owner)],
    },
    spec,
  });
}

/** Makes a replica set for the template. Old ones shrink when its pods are ready. */
export function runDeployment(cluster: Cluster, deployment: JsonObject): void {
  const hash = hashOf(objectAt(deployment, 'spec', 'template'));
  const sets = cluster.ownedBy('replicasets.apps', deployment);
  const current = sets.find((set) => textAt(set, 'metadata', 'labels', TEMPLATE_HASH) === hash);
  const isPaused = at(deployment, 'spec', 'paused') === true;
  const revisionOf = (set: JsonObject) => Number(textAt(set, 'metadata', 'annotations', REVISION));
  const last = Math.max(0, ...sets.map(revisionOf));
  const isLast = current !== undefined && revisionOf(current) === last;
  const revision = isLast ? last : last + 1;

  const isMade = current !== undefined || !isPaused;
  const set = setOf(deployment, hash, revision, current);
  const fresh = isMade ? cluster.put('replicasets.apps', set) : {};
  const isDone = numberAt(0, fresh, 'status', 'readyReplicas') >= replicasOf(deployment);
  const old = sets.filter((one) => one !== current && replicasOf(one) > 0);
  if (isDone && !isPaused)
    for (const one of old) cluster.put('replicasets.apps', withAt(one, ['spec', 'replicas'], 0));

  const annotated = isMade
    ? withAt(deployment, ['metadata', 'annotations', REVISION], String(revision))
    : deployment;
  const isStuck = cluster.ownedBy('pods', fresh).some(hasObstacle);
  const status = deploymentStatus(deployment, fresh, old, isStuck);
  cluster.put('deployments.apps', { ...annotated, status });
}

const hasObstacle = (pod: JsonObject) =>
  textAt(listAt(pod, 'status', 'containerStatuses')[0], 'state', 'waiting', 'message') !== '';

/** The replica set for the template, with the size of its deployment. */
function setOf(
  deployment: JsonObject,
  hash: string,
  revision: number,
  current: JsonObject = {},
): JsonObject {
  const { template, selector } = objectAt(deployment, 'spec');
  const marked = withAt(objectAt(template), ['metadata', 'labels', TEMPLATE_HASH], hash);
  return {
    ...current,
    metadata: {
      ...objectAt(current, 'metadata'),
      name: `${nameOf(deployment)}-${hash}`,
      namespace: namespaceOf(deployment),
      annotations: {
        ...objectAt(deployment, 'metadata', 'annotations'),
        [REVISION]: String(revision),
      },
      ownerReferences: [ownerOf(deployment)],
      labels: objectAt(marked, 'metadata', 'labels'),
    },
    spec: {
      replicas: replicasOf(deployment),
      selector: withAt(objectAt(selector), ['matchLabels', TEMPLATE_HASH], hash),
      template: marked,
    },
  };
}

function deploymentStatus(
  deployment: JsonObject,
  fresh: JsonObject,
  old: readonly JsonObject[],
  isStuck: boolean,
): JsonObject {
  const wanted = replicasOf(deployment);
  const count = (field: string) =>
    [fresh, ...old].reduce((sum, set) => sum + numberAt(0, set, 'status', field), 0);
  const ready = count('readyReplicas');
  // helm waits for this reason. What can't start has exceeded its progress deadline at once, so
  // that nobody waits ten minutes for that.
  const done = old.length === 0 && ready >= wanted ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  const reason = isStuck ? 'ProgressDeadlineExceeded' : done;
  return {
    observedGeneration: generationOf(deployment),
    replicas: count('replicas'),
    readyReplicas: ready,
    availableReplicas: ready,
    updatedReplicas: numberAt(0, fresh, 'status', 'replicas'),
    conditions: [
      condition(deployment, 'Available', ready >= wanted, 'MinimumReplicas'),
      condition(deployment, 'Progressing', !isStuck, reason),
    ],
  };
}

export function runReplicaSet(cluster: Cluster, set: JsonObject): void {
  const pods = cluster.ownedBy('pods', set);
  const wanted = replicasOf(set);
  for (const pod of pods.slice(wanted)) cluster.remove('pods', pod);
  for (let count = pods.length; count < wanted; count += 1)
    makePod(cluster, set, `${nameOf(set)}-${suffix()}`);

  const kept = cluster.ownedBy('pods', set);
  const ready = kept.filter(isReady).length;
  cluster.put('replicasets.apps', {
    ...set,
    status: {
      replicas: kept.length,
      readyReplicas: ready,
      availableReplicas: ready,
      observedGeneration: generationOf(set),
    },
  });
}

/** Runs a stateful set or a daemon set: a pod of an older template is replaced at once. */
export function runRolling(
  cluster: Cluster,
  resource: string,
  owner: JsonObject,
  wanted: number,
): void {
  const revision = keepRevision(cluster, owner);
  const names = Array.from({ length: wanted }, (_, ordinal) => `${nameOf(owner)}-${ordinal}`);
  const isCurrent = (pod: JsonObject) =>
    names.includes(nameOf(pod)) && textAt(pod, 'metadata', 'labels', REVISION_HASH) === revision;
  for (const pod of cluster.ownedBy('pods', owner))
    if (!isCurrent(pod)) cluster.remove('pods', pod);
  for (const name of names) {
    if (cluster.find('pods', namespaceOf(owner), name)) continue;
    makePod(cluster, owner, name, { [REVISION_HASH]: revision });
  }

  const ready = cluster.ownedBy('pods', owner).filter(isReady).length;
  const counts =
    resource === 'daemonsets.apps'
      ? {
          desiredNumberScheduled: wanted,
          currentNumberScheduled: wanted,
          updatedNumberScheduled: wanted,
          numberReady: ready,
          numberAvailable: ready,
          numberMisscheduled: 0,
        }
      : {
          replicas: wanted,
          currentReplicas: wanted,
          updatedReplicas: wanted,
          readyReplicas: ready,
          availableReplicas: ready,
          currentRevision: revision,
          updateRevision: revision,
        };
  const status = { ...counts, observedGeneration: generationOf(owner) };
  cluster.put(resource, { ...owner, status });
}

/**
 * Records the template of a stateful set or a daemon set, from which `kubectl rollout` reads its
 * history. What `rollout undo` brings back becomes the newest revision.
 *
 * @returns the name of the revision
 */
function keepRevision(cluster: Cluster, owner: JsonObject): string {
  const template = objectAt(owner, 'spec', 'template');
  const name = `${nameOf(owner)}-${hashOf(template)}`;
  const known = cluster.ownedBy('controllerrevisions.apps', owner);
  const last = Math.max(0, ...known.map((one) => numberAt(0, one, 'revision')));
  const current = known.find((one) => nameOf(one) === name);
  const isLast = current !== undefined && numberAt(0, current, 'revision') === last;
  cluster.put('controllerrevisions.apps', {
    metadata: {
      name,
      namespace: namespaceOf(owner),
      labels: objectAt(template, 'metadata', 'labels'),
      annotations: objectAt(owner, 'metadata', 'annotations'),
      ownerReferences: [ownerOf(owner)],
    },
    data: { spec: { template: { $patch: 'replace', ...template } } },
    revision: isLast ? last : last + 1,
  });
  return name;
}

/**
 * Makes all pods of a job at once. They succeed, unless they can't start. Then the job has exceeded
 * its deadline at once, if it has one; otherwise, it is active forever, as in a real cluster. A real
 * cluster deletes the pods at the deadline. Here they stay, so that one sees why they didn't start.
 */
export function runJob(cluster: Cluster, job: JsonObject): void {
  const hasEnded = isTrue(job, 'Complete') || isTrue(job, 'Failed');
  if (hasEnded || at(job, 'spec', 'suspend') === true) return;

  const name = nameOf(job);
  const wanted = numberAt(1, job, 'spec', 'completions');
  const labels = { 'job-name': name, 'batch.kubernetes.io/job-name': name };
  for (let count = cluster.ownedBy('pods', job).length; count < wanted; count += 1)
    makePod(cluster, job, `${name.slice(0, 57)}-${suffix()}`, labels);

  const pods = cluster.ownedBy('pods', job);
  const succeeded = pods.filter(isReady).length;
  const startTime = textAt(job, 'metadata', 'creationTimestamp');
  const hasDeadline = at(job, 'spec', 'activeDeadlineSeconds') !== undefined;
  let ending: JsonObject = { active: wanted - succeeded };
  if (succeeded >= wanted) {
    const conditions = ['SuccessCriteriaMet', 'Complete'].map((type) =>
      condition(job, type, true, 'CompletionsReached'),
    );
    ending = { completionTime: now(), conditions };
  } else if (hasDeadline && pods.some(hasObstacle)) {
    const conditions = ['FailureTarget', 'Failed'].map((type) =>
      condition(job, type, true, 'DeadlineExceeded'),
    );
    ending = { failed: wanted - succeeded, conditions };
  }
  cluster.put('jobs.batch', { ...job, status: { startTime, ready: 0, succeeded, ...ending } });
}
