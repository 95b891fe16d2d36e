import { admitted } from '../admission.ts';
import type { Cluster, HasPassed } from '../cluster.ts';
import { ApiError } from '../errors.ts';
import {
  at,
  listAt,
  numberAt,
  objectAt,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from '../json.ts';
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
  uidOf,
  warningOf,
} from '../objects.ts';
import { waitReason } from './pods.ts';

const revisionLabel = 'controller-revision-hash';
const completionsOf = (job: JsonObject) => numberAt(1, job, 'spec', 'completions');

/**
 * How many pods of an owner should exist, exist, are ready, have the newest template, and have
 * succeeded.
 */
type Counts = Readonly<{
  wanted: number;
  alive: number;
  ready: number;
  updated: number;
  succeeded: number;
}>;

/** How the kinds that own pods differ. */
type Workload = Readonly<{
  /** How many pods should run; undefined if there is nothing to do. */
  wanted: (owner: JsonObject, succeeded: number, cluster: Cluster) => number | undefined;
  status: (counts: Counts, revision: string, owner: JsonObject) => JsonObject;
  /** Whether pods are replaced, one after the other, when the template changes. */
  rolls?: true;
  /** Whether pod names are ordinals, and pods change only while all are ready. */
  isOrdered?: true;
}>;

const workloads: Readonly<Record<string, Workload>> = {
  'replicasets.apps': {
    wanted: replicasOf,
    status: ({ alive, ready }) => ({
      replicas: alive,
      readyReplicas: ready,
      availableReplicas: ready,
    }),
  },
  'statefulsets.apps': {
    rolls: true,
    isOrdered: true,
    wanted: replicasOf,
    status: ({ wanted, alive, ready, updated }, updateRevision) => ({
      replicas: alive,
      readyReplicas: ready,
      availableReplicas: ready,
      updatedReplicas: updated,
      updateRevision,
      currentRevision: updated === wanted && ready === wanted ? updateRevision : '',
    }),
  },
  'daemonsets.apps': {
    rolls: true,
    wanted: (_owner, _succeeded, cluster) => cluster.list('nodes').length,
    status: ({ wanted, alive, ready, updated }) => ({
      desiredNumberScheduled: wanted,
      currentNumberScheduled: alive,
      numberMisscheduled: 0,
      numberReady: ready,
      numberAvailable: ready,
      updatedNumberScheduled: updated,
    }),
  },
  'jobs.batch': {
    wanted(job, succeeded) {
      if (isTrue(job, 'Complete') || at(job, 'spec', 'suspend') === true) return undefined;
      return Math.min(numberAt(1, job, 'spec', 'parallelism'), completionsOf(job) - succeeded);
    },
    status({ alive, succeeded }, _revision, job) {
      const running = {
        active: alive,
        succeeded,
        startTime: textAt(job, 'metadata', 'creationTimestamp'),
      };
      if (succeeded < completionsOf(job)) return running;
      return { ...running, completionTime: now(), conditions: [condition(job, 'Complete', true)] };
    },
  },
};

/**
 * Creates missing pods, removes surplus ones and those of an older template, and counts the rest.
 */
export function runWorkloads(cluster: Cluster): void {
  for (const [resource, workload] of Object.entries(workloads))
    for (const owner of cluster.list(resource)) runWorkload(cluster, resource, workload, owner);
}

function runWorkload(
  cluster: Cluster,
  resource: string,
  workload: Workload,
  owner: JsonObject,
): void {
  const pods = cluster.ownedBy('pods', owner);
  const alive = pods.filter((pod) => textAt(pod, 'status', 'phase') !== 'Succeeded');
  const succeeded = pods.length - alive.length;
  const wanted = workload.wanted(owner, succeeded, cluster);
  if (wanted === undefined) return;
  const marks = Array.from({ length: wanted }, (_, ordinal) =>
    workload.isOrdered ? String(ordinal) : suffix(),
  );
  const made = marks.map((mark) => `${nameOf(owner).slice(0, 57)}-${mark}`);
  const names = workload.isOrdered ? made : [...alive.map(nameOf), ...made].slice(0, wanted);
  const byName = new Map(alive.map((pod) => [nameOf(pod), pod]));
  const kept = names.map((name) => byName.get(name)).filter((pod) => pod !== undefined);
  const ready = kept.filter((pod) => isTrue(pod, 'Ready')).length;
  const revision = workload.rolls ? hashOf(objectAt(owner, 'spec', 'template')) : '';
  for (const name of names) if (!byName.has(name)) makePod(cluster, owner, name, revision);

  const isOutdated = (pod: JsonObject) =>
    textAt(pod, 'metadata', 'labels', revisionLabel) !== revision;
  const partition = numberAt(0, owner, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  const replaced =
    workload.isOrdered && ready < wanted ? [] : kept.slice(partition).filter(isOutdated).slice(-1);
  for (const pod of [...alive.filter((one) => !kept.includes(one)), ...replaced])
    cluster.remove('pods', pod);
  const updated = kept.length - kept.filter(isOutdated).length;
  const counts = { wanted, succeeded, alive: kept.length, ready, updated };
  const status = workload.status(counts, revision, owner);
  // The status of a job has no such field.
  const observed =
    resource === 'jobs.batch'
      ? {}
      : { observedGeneration: numberAt(1, owner, 'metadata', 'generation') };
  cluster.put(resource, { ...owner, status: { ...status, ...observed } });
}

/** A pod from an owner's template, and the claims that only it uses. */
function makePod(cluster: Cluster, owner: JsonObject, name: string, revision: string): void {
  const { metadata = {}, spec = {} } = objectAt(owner, 'spec', 'template');
  const claims = listAt(owner, 'spec', 'volumeClaimTemplates').map((claim): Json => {
    const claimName = `${nameOf(claim)}-${name}`;
    if (!cluster.find('persistentvolumeclaims', namespaceOf(owner), claimName))
      make(cluster, owner, 'persistentvolumeclaims', {
        metadata: { name: claimName },
        spec: objectAt(claim, 'spec'),
      });
    return { name: nameOf(claim), persistentVolumeClaim: { claimName } };
  });
  const labels = {
    ...objectAt(metadata, 'labels'),
    ...(revision === '' ? {} : { [revisionLabel]: revision }),
  };
  make(cluster, owner, 'pods', {
    metadata: { ...objectAt(metadata), name, labels, ownerReferences: [ownerOf(owner)] },
    spec: { ...objectAt(spec), volumes: [...listAt(spec, 'volumes'), ...claims] },
  });
}

/**
 * Makes an object for an owner as the API would. If the API refuses, there is an event instead of
 * an object.
 */
function make(cluster: Cluster, owner: JsonObject, name: string, given: JsonObject): void {
  const [resource, namespace] = [cluster.resource(name), namespaceOf(owner)];
  try {
    const object = withAt(given, ['metadata', 'namespace'], namespace);
    cluster.put(resource, admitted({ cluster, resource, namespace }, object));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const event = warningOf(owner, 'FailedCreate', `Error creating: ${error.message}`);
    if (!cluster.find('events', namespace, nameOf(event))) cluster.put('events', event);
  }
}

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';
const revisionOf = (set: JsonObject) =>
  Number(textAt(set, 'metadata', 'annotations', revisionAnnotation));

/**
 * Makes a replica set for the template. Old ones go when its pods are ready, or first if the
 * strategy is Recreate.
 */
export function runDeployments(cluster: Cluster, hasPassed: HasPassed): void {
  for (const deployment of cluster.list('deployments.apps')) {
    const hash = hashOf(objectAt(deployment, 'spec', 'template'));
    const sets = cluster.ownedBy('replicasets.apps', deployment);
    const current = sets.find((set) => textAt(set, 'metadata', 'labels', hashLabel) === hash);
    const old = sets.filter((set) => set !== current && replicasOf(set) > 0);
    const isPaused = at(deployment, 'spec', 'paused') === true;
    const recreates = textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
    const last = Math.max(0, ...sets.map(revisionOf));
    const revision = current && revisionOf(current) === last ? last : last + 1;
    const set = setOf(deployment, hash, revision, current);
    const fresh =
      current !== undefined || !isPaused ? cluster.put('replicasets.apps', set) : undefined;
    if (
      !isPaused &&
      (recreates || numberAt(0, fresh, 'status', 'readyReplicas') >= replicasOf(deployment))
    )
      for (const set of old) cluster.put('replicasets.apps', withAt(set, ['spec', 'replicas'], 0));
    const path = ['metadata', 'annotations', revisionAnnotation];
    const numbered = fresh ? withAt(deployment, path, String(revisionOf(fresh))) : deployment;
    cluster.put('deployments.apps', {
      ...numbered,
      status: deploymentStatus(cluster, hasPassed, deployment, fresh ?? {}, old),
    });
  }
}

/** The replica set for the template, with the size of its deployment. */
function setOf(
  deployment: JsonObject,
  hash: string,
  revision: number,
  current: JsonObject = {},
): JsonObject {
  const template = withAt(
    objectAt(deployment, 'spec', 'template'),
    ['metadata', 'labels', hashLabel],
    hash,
  );
  const selector = withAt(
    objectAt(deployment, 'spec', 'selector'),
    ['matchLabels', hashLabel],
    hash,
  );
  const annotations = {
    ...objectAt(deployment, 'metadata', 'annotations'),
    [revisionAnnotation]: String(revision),
  };
  const [name, namespace] = [`${nameOf(deployment)}-${hash}`, namespaceOf(deployment)];
  const own = { name, namespace, annotations, ownerReferences: [ownerOf(deployment)] };
  return {
    ...current,
    metadata: {
      ...objectAt(current, 'metadata'),
      ...own,
      labels: objectAt(template, 'metadata', 'labels'),
    },
    spec: { replicas: replicasOf(deployment), selector, template },
  };
}

/** What pods wait for may still come: a command may create a secret after the deployment. */
const patience = 10;

/** What a node never gets over. */
const hopeless = ['ImagePullBackOff', 'InvalidImageName'];

/**
 * Whether the pods of a replica set cannot be made, or cannot start. Then the progress deadline of
 * its deployment is exceeded soon, so that nobody waits for ten minutes in vain.
 */
function isStuck(cluster: Cluster, hasPassed: HasPassed, set: JsonObject): boolean {
  if (numberAt(0, set, 'spec', 'replicas') === 0) return false;

  const pods = cluster.ownedBy('pods', set);
  const generation = numberAt(0, set, 'metadata', 'generation');
  if (pods.length === 0) return hasPassed(patience, `pods of ${uidOf(set)}, ${generation}`);

  return pods.some((pod) => {
    if (waitReason(pod) === undefined) return false;
    const containers = listAt(pod, 'status', 'containerStatuses');
    const reasons = containers.map((one) => textAt(one, 'state', 'waiting', 'reason'));
    return (
      reasons.some((one) => hopeless.includes(one)) ||
      hasPassed(patience, `the wait of ${uidOf(pod)}`)
    );
  });
}

function deploymentStatus(
  cluster: Cluster,
  hasPassed: HasPassed,
  deployment: JsonObject,
  fresh: JsonObject,
  old: JsonObject[],
): JsonObject {
  const wanted = replicasOf(deployment);
  const count = (field: string) =>
    [fresh, ...old].reduce((sum, set) => sum + numberAt(0, set, 'status', field), 0);
  const ready = count('readyReplicas');
  const isFailing = isStuck(cluster, hasPassed, fresh);
  // helm waits for this reason.
  const done = old.length === 0 && ready >= wanted ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  return {
    observedGeneration: numberAt(1, deployment, 'metadata', 'generation'),
    replicas: count('replicas'),
    readyReplicas: ready,
    availableReplicas: ready,
    updatedReplicas: numberAt(0, fresh, 'status', 'replicas'),
    conditions: [
      condition(deployment, 'Available', ready >= wanted, 'MinimumReplicas'),
      condition(
        deployment,
        'Progressing',
        !isFailing,
        isFailing ? 'ProgressDeadlineExceeded' : done,
      ),
    ],
  };
}
