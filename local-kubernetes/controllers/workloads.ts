import { randomBytes } from 'node:crypto';
import { isTrue, type Cluster } from '../cluster.ts';
import { at, listAt, numberAt, objectAt, textAt, type Json, type JsonObject } from '../json.ts';
import { nameOf, namespaceOf, now } from '../store.ts';
import { condition, generationOf, hashOf, make, ownedBy, ownerOf, replicasOf } from './objects.ts';

const revisionLabel = 'controller-revision-hash';
const isAlive = (pod: JsonObject) => !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'));

/** Of the pods of an owner: how many have succeeded, and of the others that stay how many there are of each sort. */
type Counts = Readonly<{ wanted: number; succeeded: number; alive: number; ready: number; updated: number }>;

/** What differs between the kinds that own pods. */
type Workload = Readonly<{
  /** How many pods should be alive; undefined where nothing is to be done. */
  wanted: (owner: JsonObject, succeeded: number, cluster: Cluster) => number | undefined;
  status: (counts: Counts, owner: JsonObject, revision: string) => JsonObject;
  /** Whether pods are replaced when the template changes; its revisions are kept for `rollout undo`. */
  rolls?: true;
  /** Whether pods have ordinals for names, and come and change one after the other. */
  isOrdered?: true;
}>;

const workloads: Readonly<Record<string, Workload>> = {
  'replicasets.apps': {
    wanted: replicasOf,
    status: ({ alive, ready }) => ({ replicas: alive, readyReplicas: ready, availableReplicas: ready }),
  },
  'statefulsets.apps': {
    rolls: true,
    isOrdered: true,
    wanted: replicasOf,
    status({ wanted, alive, ready, updated }, owner, updateRevision) {
      const isDone = updated === wanted && ready === wanted;
      return {
        ...{ replicas: alive, readyReplicas: ready, availableReplicas: ready, updatedReplicas: updated },
        currentReplicas: isDone ? updated : alive - updated,
        currentRevision: isDone ? updateRevision : textAt(owner, 'status', 'currentRevision') || updateRevision,
        updateRevision,
      };
    },
  },
  'daemonsets.apps': {
    rolls: true,
    wanted: (_owner, _succeeded, cluster) => cluster.list('nodes').length,
    status: ({ wanted, alive, ready, updated }) => ({
      ...{ desiredNumberScheduled: wanted, currentNumberScheduled: alive, numberMisscheduled: 0 },
      ...{ numberReady: ready, numberAvailable: ready, updatedNumberScheduled: updated },
    }),
  },
  'jobs.batch': {
    wanted(job, succeeded) {
      if (isTrue(job, 'Complete') || at(job, 'spec', 'suspend') === true) return undefined;
      return Math.min(numberAt(1, job, 'spec', 'parallelism'), completionsOf(job) - succeeded);
    },
    status({ alive, succeeded }, job) {
      const types = succeeded >= completionsOf(job) ? ['SuccessCriteriaMet', 'Complete'] : [];
      return {
        ...{ active: alive, succeeded, ready: 0, terminating: 0 },
        startTime: textAt(job, 'status', 'startTime') || now(),
        ...(types.length > 0 ? { completionTime: now() } : {}),
        conditions: types.map((type) => condition(job, type, true, 'CompletionsReached')),
      };
    },
  },
};

const completionsOf = (job: JsonObject) => numberAt(1, job, 'spec', 'completions');

/** Makes the pods that are missing, removes those that are too many or of an older template, and counts them. */
export function runWorkloads(cluster: Cluster): void {
  for (const [resource, workload] of Object.entries(workloads))
    for (const owner of cluster.list(resource)) runWorkload(cluster, resource, workload, owner);
}

function runWorkload(cluster: Cluster, resource: string, workload: Workload, owner: JsonObject): void {
  const pods = ownedBy(cluster, 'pods', owner);
  const alive = pods.filter(isAlive);
  const succeeded = pods.length - alive.length;
  const wanted = workload.wanted(owner, succeeded, cluster);
  if (wanted === undefined) return;
  const names = workload.isOrdered
    ? Array.from({ length: wanted }, (_, ordinal) => `${nameOf(owner)}-${ordinal}`)
    : [...alive.map(nameOf), ...Array.from({ length: wanted }, () => freshName(owner))].slice(0, wanted);
  const byName = new Map(alive.map((pod) => [nameOf(pod), pod]));
  const kept = names.map((name) => byName.get(name)).filter((pod) => pod !== undefined);
  const ready = kept.filter((pod) => isTrue(pod, 'Ready')).map(nameOf);
  const revision = workload.rolls ? keepRevision(cluster, owner) : '';
  const next = names.find((name) => !ready.includes(name));
  for (const name of names)
    if (!byName.has(name) && (!workload.isOrdered || name === next)) makePod(cluster, owner, name, workload, revision);

  const isOutdated = (pod: JsonObject) => textAt(pod, 'metadata', 'labels', revisionLabel) !== revision;
  const partition = numberAt(0, owner, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  const replaced = workload.isOrdered && next !== undefined ? [] : kept.slice(partition).filter(isOutdated).slice(-1);
  for (const pod of [...alive.filter((one) => !kept.includes(one)), ...replaced]) cluster.remove('pods', pod);
  const updated = kept.length - kept.filter(isOutdated).length;
  const counts = { wanted, succeeded, alive: kept.length, ready: ready.length, updated };
  const status = { ...workload.status(counts, owner, revision), observedGeneration: generationOf(owner) };
  cluster.putStatus(resource, owner, status);
}

const freshName = (owner: JsonObject) => `${nameOf(owner).slice(0, 57)}-${randomBytes(3).toString('hex').slice(0, 5)}`;

/** A pod of an owner's template, and the claims that it has to itself. */
function makePod(cluster: Cluster, owner: JsonObject, name: string, workload: Workload, revision: string): void {
  const template = objectAt(owner, 'spec', 'template');
  const metadata = objectAt(template, 'metadata');
  const claims = listAt(owner, 'spec', 'volumeClaimTemplates').map((claim): Json => {
    const claimName = `${nameOf(claim)}-${name}`;
    if (!cluster.find('persistentvolumeclaims', namespaceOf(owner), claimName))
      make(cluster, owner, 'persistentvolumeclaims', { metadata: { name: claimName }, spec: objectAt(claim, 'spec') });
    return { name: nameOf(claim), persistentVolumeClaim: { claimName } };
  });
  const labels = {
    ...objectAt(metadata, 'labels'),
    ...(workload.rolls ? { [revisionLabel]: revision } : {}),
    ...(workload.isOrdered ? { 'statefulset.kubernetes.io/pod-name': name } : {}),
  };
  make(cluster, owner, 'pods', {
    metadata: { ...metadata, name, labels, ownerReferences: [ownerOf(owner)] },
    spec: { ...objectAt(template, 'spec'), volumes: [...listAt(template, 'spec', 'volumes'), ...claims] },
  });
}

/** The revision that a template has: kept, so that `rollout history` and `undo` know it. */
function keepRevision(cluster: Cluster, owner: JsonObject): string {
  const template = objectAt(owner, 'spec', 'template');
  const name = `${nameOf(owner)}-${hashOf(template)}`;
  const all = ownedBy(cluster, 'controllerrevisions.apps', owner);
  const last = Math.max(0, ...all.map((one) => numberAt(0, one, 'revision')));
  const isLast = all.some((one) => nameOf(one) === name && numberAt(0, one, 'revision') === last);
  cluster.put('controllerrevisions.apps', namespaceOf(owner), {
    metadata: { name, ownerReferences: [ownerOf(owner)], labels: objectAt(template, 'metadata', 'labels') },
    data: { spec: { template: { ...template, $patch: 'replace' } } },
    revision: isLast ? last : last + 1,
  });
  return name;
}
