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

  const revision = workload.rolls ? hashOf(objectAt(owner, 'spec', 'template')) : '';
  const isUpdated = (pod: JsonObject) =>
    textAt(pod, 'metadata', 'labels', revisionLabel) === revision;
  const names = podNames(owner, workload, alive, wanted);
  const kept = alive.filter((pod) => names.includes(nameOf(pod)));
  const surplus = alive.filter((pod) => !kept.includes(pod));
  const ready = kept.filter((pod) => isTrue(pod, 'Ready')).length;

  const existing = kept.map(nameOf);
  for (const name of names) {
    if (!existing.includes(name)) makePod(cluster, owner, name, revision);
  }
  for (const pod of surplus) cluster.remove('pods', pod);

  if (!workload.isOrdered || ready >= wanted) {
    const partition = numberAt(0, owner, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
    const inOrder = kept.toSorted((a, b) => names.indexOf(nameOf(a)) - names.indexOf(nameOf(b)));
    const outdated = inOrder.slice(partition).findLast((pod) => !isUpdated(pod));
    if (outdated) cluster.remove('pods', outdated);
  }

  const updated = kept.filter(isUpdated).length;
  const counts = { wanted, succeeded, alive: kept.length, ready, updated };
  const status = workload.status(counts, revision, owner);
  // The status of a job has no such field.
  const observed =
    resource === 'jobs.batch'
      ? {}
      : { observedGeneration: numberAt(1, owner, 'metadata', 'generation') };
  cluster.put(resource, { ...owner, status: { ...status, ...observed } });
}

/** The names of the pods that an owner should have: of those that exist, and of new ones. */
function podNames(
  owner: JsonObject,
  { isOrdered }: Workload,
  alive: readonly JsonObject[],
  wanted: number,
): string[] {
  const prefix = nameOf(owner).slice(0, 57);
  const nameWith = (mark: string) => `${prefix}-${mark}`;
  if (isOrdered) return Array.from({ length: wanted }, (_, ordinal) => nameWith(String(ordinal)));

  const names = alive.map(nameOf).slice(0, wanted);
  while (names.length < wanted) names.push(nameWith(suffix()));
  return names;
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
  const resource = cluster.resource(name);
  const namespace = namespaceOf(owner);
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
    const last = Math.max(0, ...sets.map(revisionOf));
    const isLast = current !== undefined && revisionOf(current) === last;
    const set = setOf(deployment, hash, isLast ? last : last + 1, current);
    const isKept = current !== undefined || !isPaused;
    const fresh = isKept ? cluster.put('replicasets.apps', set) : undefined;

    const recreates = textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
    const isReady = numberAt(0, fresh, 'status', 'readyReplicas') >= replicasOf(deployment);
    if (!isPaused && (recreates || isReady)) {
      for (const one of old) cluster.put('replicasets.apps', withAt(one, ['spec', 'replicas'], 0));
    }

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
  return {
    ...current,
    metadata: {
      ...objectAt(current, 'metadata'),
      name: `${nameOf(deployment)}-${hash}`,
      namespace: namespaceOf(deployment),
      annotations,
      ownerReferences: [ownerOf(deployment)],
      labels: objectAt(template, 'metadata', 'labels'),
    },
    spec: { replicas: replicasOf(deployment), selector, template },
  };
}

/**
 * How long pods may wait, as a multiple of the time that a pod takes to become ready: what they
 * wait for may still come, such as a secret that a command creates after the deployment.
 */
const waitLimit = 10;

/** What a node never recovers from. */
const hopeless = ['ImagePullBackOff', 'InvalidImageName'];

/**
 * Whether the pods of a replica set cannot be made, or cannot start. Then the progress deadline of
 * its deployment is exceeded soon, so that nobody waits for ten minutes in vain.
 */
function isStuck(cluster: Cluster, hasPassed: HasPassed, set: JsonObject): boolean {
  if (numberAt(0, set, 'spec', 'replicas') === 0) return false;

  const pods = cluster.ownedBy('pods', set);
  const generation = numberAt(0, set, 'metadata', 'generation');
  if (pods.length === 0) return hasPassed(waitLimit, `pods of ${uidOf(set)}, ${generation}`);

  return pods.some((pod) => {
    if (waitReason(pod) === undefined) return false;
    const containers = listAt(pod, 'status', 'containerStatuses');
    const reasons = containers.map((one) => textAt(one, 'state', 'waiting', 'reason'));
    return (
      reasons.some((one) => hopeless.includes(one)) ||
      hasPassed(waitLimit, `the wait of ${uidOf(pod)}`)
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
