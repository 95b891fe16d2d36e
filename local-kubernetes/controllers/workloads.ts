import { createHash } from 'node:crypto';
import { admit, checkNamespace, complete } from '../admission.ts';
import { listOf, putIn, type Cluster } from '../cluster.ts';
import { withDefaults } from '../defaults.ts';
import { ApiError } from '../errors.ts';
import {
  at,
  canonical,
  listAt,
  numberAt,
  objectAt,
  same,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from '../json.ts';
import { isOwnedBy, now } from '../store.ts';
import { condition, isReady, ownerOf } from './index.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';
const hashOf = (value: Json | undefined) => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 10);
const nameOf = (object: JsonObject) => textAt(object, 'metadata', 'name');
const namespaceOf = (object: JsonObject) => textAt(object, 'metadata', 'namespace');
const uidOf = (object: JsonObject) => textAt(object, 'metadata', 'uid');
const replicasOf = (object: JsonObject) => numberAt(1, object, 'spec', 'replicas');
const ownedBy = (cluster: Cluster, resource: string, owner: JsonObject) =>
  listOf(cluster, resource, namespaceOf(owner)).filter((one) => isOwnedBy(one, uidOf(owner)));
const alive = (pod: JsonObject) => !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'));

function removePod(cluster: Cluster, pod: JsonObject): void {
  const pods = cluster.resource('pods');
  if (pods) cluster.store.remove(pods, namespaceOf(pod), nameOf(pod));
}

/** Makes a pod as the API would; an answer of no is an event, and no pod. */
function makePod(
  cluster: Cluster,
  owner: JsonObject,
  name: string,
  template: Json | undefined,
  labels: JsonObject = {},
): void {
  const resource = cluster.resource('pods');
  if (!resource) return;
  const namespace = namespaceOf(owner);
  const admission = { cluster, resource, namespace, before: undefined };
  const metadata = {
    ...objectAt(template, 'metadata'),
    name,
    namespace,
    labels: { ...objectAt(template, 'metadata', 'labels'), ...labels },
    ownerReferences: [ownerOf(owner)],
  };
  try {
    checkNamespace(admission, name);
    const pod = complete(admission, withDefaults(resource, { metadata, spec: objectAt(template, 'spec') }));
    admit(admission, pod);
    cluster.store.put(resource, namespace, pod);
    tell(cluster, owner, 'Normal', 'SuccessfulCreate', `Created pod: ${name}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell(cluster, owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
  }
}

function tell(cluster: Cluster, object: JsonObject, type: string, reason: string, message: string): void {
  const name = `${nameOf(object)}.${hashOf([uidOf(object), reason, message])}`;
  const { apiVersion = '', kind = '' } = object;
  if (listOf(cluster, 'events', namespaceOf(object)).some((one) => nameOf(one) === name)) return;
  const involvedObject = { apiVersion, kind, name: nameOf(object), namespace: namespaceOf(object), uid: uidOf(object) };
  putIn(cluster, 'events', namespaceOf(object), {
    metadata: { name },
    involvedObject,
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: now(),
    lastTimestamp: now(),
    source: { component: 'local-kubernetes' },
  });
}

/** A replica set for the template; the old ones go once its pods are ready. */
export function runDeployments(cluster: Cluster): void {
  for (const deployment of listOf(cluster, 'deployments.apps')) {
    const sets = ownedBy(cluster, 'replicasets.apps', deployment);
    const template = objectAt(deployment, 'spec', 'template');
    const current = sets.find((set) =>
      same(withAt(objectAt(set, 'spec', 'template'), ['metadata', 'labels', hashLabel], undefined), template),
    );
    const paused = at(deployment, 'spec', 'paused') === true;
    const revision = (set: JsonObject) => Number(textAt(set, 'metadata', 'annotations', revisionAnnotation));
    const last = Math.max(0, ...sets.map(revision));
    const recreate = textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
    const old = sets.filter((set) => set !== current && replicasOf(set) > 0);
    let fresh = current;
    if (!paused && (!recreate || old.every((set) => ownedBy(cluster, 'pods', set).length === 0))) {
      fresh = keepSet(cluster, deployment, current, current && revision(current) === last ? last : last + 1);
    } else if (paused && current) fresh = keepSet(cluster, deployment, current, revision(current));
    const status = fresh ? objectAt(fresh, 'status') : {};
    const wanted = replicasOf(deployment);
    const ready = fresh !== undefined && numberAt(0, status, 'readyReplicas') >= wanted && replicasOf(fresh) === wanted;
    if (!paused && (ready || recreate))
      for (const set of old) putIn(cluster, 'replicasets.apps', namespaceOf(set), withAt(set, ['spec', 'replicas'], 0));
    keepDeployment(cluster, deployment, {
      fresh,
      ready: ready && old.length === 0,
      old,
      revision: fresh ? revision(fresh) : last,
    });
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
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...objectAt(current, 'metadata'),
      name: `${nameOf(deployment)}-${hash}`,
      labels,
      annotations: { ...objectAt(deployment, 'metadata', 'annotations'), [revisionAnnotation]: String(revision) },
      ownerReferences: [ownerOf(deployment)],
    },
    spec: {
      replicas: replicasOf(deployment),
      selector: withAt(objectAt(deployment, 'spec', 'selector'), ['matchLabels', hashLabel], hash),
      template: withAt(template, ['metadata', 'labels'], labels),
    },
  });
}

type Rollout = Readonly<{
  fresh: JsonObject | undefined;
  ready: boolean;
  old: readonly JsonObject[];
  revision: number;
}>;

function keepDeployment(cluster: Cluster, deployment: JsonObject, { fresh, ready, old, revision }: Rollout): void {
  const count = (field: string, sets: readonly (JsonObject | undefined)[]) =>
    sets.reduce<number>((sum, set) => sum + numberAt(0, set, 'status', field), 0);
  const replicas = count('replicas', [fresh, ...old]);
  const available = count('readyReplicas', [fresh, ...old]);
  // What cannot become ready exceeds its progress deadline at once.
  const hopeless =
    fresh !== undefined &&
    ownedBy(cluster, 'pods', fresh).some((pod) =>
      listAt(pod, 'status', 'containerStatuses').some(
        (one) => textAt(one, 'state', 'waiting', 'reason') === 'ImagePullBackOff',
      ),
    );
  const progress = hopeless ? 'ProgressDeadlineExceeded' : ready ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  const enough = available >= replicasOf(deployment);
  const status: JsonObject = {
    observedGeneration: numberAt(1, deployment, 'metadata', 'generation'),
    replicas,
    updatedReplicas: count('replicas', [fresh]),
    readyReplicas: available,
    availableReplicas: available,
    ...(available < replicasOf(deployment) ? { unavailableReplicas: replicasOf(deployment) - available } : {}),
    conditions: [
      condition(deployment, 'Available', enough, enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable'),
      condition(deployment, 'Progressing', !hopeless, progress),
    ],
  };
  const annotations =
    revision === 0
      ? objectAt(deployment, 'metadata', 'annotations')
      : { ...objectAt(deployment, 'metadata', 'annotations'), [revisionAnnotation]: String(revision) };
  putIn(cluster, 'deployments.apps', namespaceOf(deployment), {
    ...withAt(deployment, ['metadata', 'annotations'], annotations),
    status,
  });
}

export function runReplicaSets(cluster: Cluster): void {
  for (const set of listOf(cluster, 'replicasets.apps')) {
    const pods = ownedBy(cluster, 'pods', set).filter(alive);
    const wanted = replicasOf(set);
    for (const pod of pods.slice(wanted)) removePod(cluster, pod);
    for (let index = pods.length; index < wanted; index++)
      makePod(
        cluster,
        set,
        `${nameOf(set)}-${hashOf([uidOf(set), index, cluster.store.version()]).slice(0, 5)}`,
        at(set, 'spec', 'template'),
      );
    const ready = pods.slice(0, wanted).filter(isReady).length;
    putIn(cluster, 'replicasets.apps', namespaceOf(set), {
      ...set,
      status: {
        replicas: Math.min(pods.length, wanted),
        readyReplicas: ready,
        availableReplicas: ready,
        observedGeneration: numberAt(1, set, 'metadata', 'generation'),
      },
    });
  }
}

/** The revision that a template has: kept, so that `rollout history` and `undo` know it. */
function keepRevision(cluster: Cluster, owner: JsonObject): string {
  const template = objectAt(owner, 'spec', 'template');
  const name = `${nameOf(owner)}-${hashOf(template)}`;
  const all = ownedBy(cluster, 'controllerrevisions.apps', owner);
  const last = Math.max(0, ...all.map((one) => numberAt(0, one, 'revision')));
  const found = all.find((one) => nameOf(one) === name);
  const revision = found && numberAt(0, found, 'revision') === last ? last : last + 1;
  const data = { spec: { template: { ...template, $patch: 'replace' } } };
  putIn(cluster, 'controllerrevisions.apps', namespaceOf(owner), {
    ...found,
    metadata: {
      ...objectAt(found, 'metadata'),
      name,
      ownerReferences: [ownerOf(owner)],
      labels: objectAt(template, 'metadata', 'labels'),
    },
    data,
    revision,
  });
  return name;
}

export function runStatefulSets(cluster: Cluster): void {
  for (const set of listOf(cluster, 'statefulsets.apps')) {
    const revision = keepRevision(cluster, set);
    const label = 'controller-revision-hash';
    const pods = ownedBy(cluster, 'pods', set);
    const wanted = replicasOf(set);
    const inOrder = textAt(set, 'spec', 'podManagementPolicy') !== 'Parallel';
    const manual = textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete';
    const partition = numberAt(0, set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
    const podAt = (index: number) => pods.find((pod) => nameOf(pod) === `${nameOf(set)}-${index}`);
    const isNew = (pod: JsonObject) => textAt(pod, 'metadata', 'labels', label) === revision;
    for (const pod of pods) if (Number(nameOf(pod).split('-').at(-1)) >= wanted) removePod(cluster, pod);
    for (let index = 0; index < wanted; index++) {
      const pod = podAt(index);
      if (!pod) {
        makeClaims(cluster, set, index);
        const name = `${nameOf(set)}-${index}`;
        const volumes = listAt(set, 'spec', 'volumeClaimTemplates').map((claim): Json => ({
          name: textAt(claim, 'metadata', 'name'),
          persistentVolumeClaim: { claimName: `${textAt(claim, 'metadata', 'name')}-${name}` },
        }));
        const template = objectAt(set, 'spec', 'template');
        const whole = withAt(template, ['spec', 'volumes'], [...listAt(template, 'spec', 'volumes'), ...volumes]);
        makePod(cluster, set, name, whole, {
          [label]: revision,
          'statefulset.kubernetes.io/pod-name': name,
          'apps.kubernetes.io/pod-index': String(index),
        });
      }
      if (inOrder && (!pod || !isReady(pod))) break;
    }
    const outdated = pods.filter((pod) => !isNew(pod) && Number(nameOf(pod).split('-').at(-1)) >= partition);
    if (!manual && pods.every(isReady)) for (const pod of outdated.slice(-1)) removePod(cluster, pod);
    const ready = pods.filter(isReady).length;
    const updated = pods.filter(isNew).length;
    const done = outdated.length === 0 && ready === wanted;
    const currentRevision = done ? revision : textAt(set, 'status', 'currentRevision') || revision;
    putIn(cluster, 'statefulsets.apps', namespaceOf(set), {
      ...set,
      status: {
        observedGeneration: numberAt(1, set, 'metadata', 'generation'),
        replicas: pods.length,
        readyReplicas: ready,
        availableReplicas: ready,
        updatedReplicas: updated,
        currentReplicas: done ? updated : pods.length - updated,
        currentRevision,
        updateRevision: revision,
      },
    });
  }
}

function makeClaims(cluster: Cluster, set: JsonObject, index: number): void {
  for (const claim of listAt(set, 'spec', 'volumeClaimTemplates')) {
    const name = `${textAt(claim, 'metadata', 'name')}-${nameOf(set)}-${index}`;
    const resource = cluster.resource('persistentvolumeclaims');
    if (!resource || cluster.store.find(resource, namespaceOf(set), name)) continue;
    const whole = complete(
      { cluster, resource, namespace: namespaceOf(set), before: undefined },
      withDefaults(resource, {
        metadata: { name, labels: objectAt(set, 'spec', 'selector', 'matchLabels') },
        spec: objectAt(claim, 'spec'),
      }),
    );
    cluster.store.put(resource, namespaceOf(set), whole);
  }
}

export function runDaemonSets(cluster: Cluster): void {
  for (const set of listOf(cluster, 'daemonsets.apps')) {
    const revision = keepRevision(cluster, set);
    const label = 'controller-revision-hash';
    const pods = ownedBy(cluster, 'pods', set);
    const nodes = listOf(cluster, 'nodes');
    const isNew = (pod: JsonObject) => textAt(pod, 'metadata', 'labels', label) === revision;
    for (const node of nodes) {
      if (pods.length === 0)
        makePod(
          cluster,
          set,
          `${nameOf(set)}-${hashOf([nameOf(node), cluster.store.version()]).slice(0, 5)}`,
          withAt(
            objectAt(set, 'spec', 'template'),
            ['spec', 'tolerations'],
            [
              ...listAt(set, 'spec', 'template', 'spec', 'tolerations'),
              { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
            ],
          ),
          { [label]: revision },
        );
    }
    const manual = textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete';
    if (!manual) for (const pod of pods.filter((one) => !isNew(one))) removePod(cluster, pod);
    const ready = pods.filter(isReady).length;
    putIn(cluster, 'daemonsets.apps', namespaceOf(set), {
      ...set,
      status: {
        observedGeneration: numberAt(1, set, 'metadata', 'generation'),
        desiredNumberScheduled: nodes.length,
        currentNumberScheduled: pods.length,
        numberMisscheduled: 0,
        numberReady: ready,
        numberAvailable: ready,
        updatedNumberScheduled: pods.filter(isNew).length,
      },
    });
  }
}

export function runJobs(cluster: Cluster): void {
  for (const job of listOf(cluster, 'jobs.batch')) {
    if (listAt(job, 'status', 'conditions').some((one) => textAt(one, 'type') === 'Complete')) continue;
    if (at(job, 'spec', 'suspend') === true) continue;
    const pods = ownedBy(cluster, 'pods', job);
    const wanted = numberAt(1, job, 'spec', 'completions');
    const succeeded = pods.filter((pod) => textAt(pod, 'status', 'phase') === 'Succeeded').length;
    const active = pods.filter(alive).length;
    const startTime = textAt(job, 'status', 'startTime') || now();
    for (let index = active; index < Math.min(numberAt(1, job, 'spec', 'parallelism'), wanted - succeeded); index++) {
      makePod(
        cluster,
        job,
        `${nameOf(job).slice(0, 57)}-${hashOf([uidOf(job), index, cluster.store.version()]).slice(0, 5)}`,
        at(job, 'spec', 'template'),
      );
    }
    const ended =
      succeeded >= wanted
        ? {
            completionTime: now(),
            conditions: [
              condition(job, 'SuccessCriteriaMet', true, 'CompletionsReached'),
              condition(job, 'Complete', true, 'CompletionsReached'),
            ],
          }
        : {};
    putIn(cluster, 'jobs.batch', namespaceOf(job), {
      ...job,
      status: { startTime, active, succeeded, ready: 0, terminating: 0, ...ended },
    });
  }
}
