import type { Cluster } from '../cluster.ts';
import { at, listAt, numberAt, objectAt, textAt, withAt, type JsonObject } from '../json.ts';
import { condition, hashOf, nameOf, namespaceOf, ownerOf, replicasOf } from '../objects.ts';

const annotation = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';
const hasHash = (hash: string) => (set: JsonObject) => textAt(set, 'metadata', 'labels', hashLabel) === hash;
const revisionOf = (set: JsonObject) => Number(textAt(set, 'metadata', 'annotations', annotation));

/** A replica set for the template; the old ones go once its pods are ready, or before where the deployment recreates. */
export function runDeployments(cluster: Cluster): void {
  for (const deployment of cluster.list('deployments.apps')) {
    const hash = hashOf(objectAt(deployment, 'spec', 'template'));
    const sets = cluster.ownedBy('replicasets.apps', deployment);
    const current = sets.find(hasHash(hash));
    const old = sets.filter((set) => set !== current && replicasOf(set) > 0);
    const isPaused = at(deployment, 'spec', 'paused') === true;
    const recreates = textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
    const isFree = !recreates || old.every((set) => cluster.ownedBy('pods', set).length === 0);
    const isKept = isPaused ? current !== undefined : isFree;
    const fresh = isKept ? keepSet(cluster, deployment, hash, sets) : current;
    if (!isPaused && (recreates || numberAt(0, fresh, 'status', 'readyReplicas') >= replicasOf(deployment)))
      for (const set of old) cluster.put('replicasets.apps', withAt(set, ['spec', 'replicas'], 0));
    const path = ['metadata', 'annotations', annotation];
    const numbered = fresh ? withAt(deployment, path, String(revisionOf(fresh))) : deployment;
    cluster.put('deployments.apps', { ...numbered, status: statusOf(cluster, deployment, fresh ?? {}, old) });
  }
}

/** Keeps the replica set of the template with the size of its deployment, and with the number of the last revision. */
function keepSet(cluster: Cluster, deployment: JsonObject, hash: string, sets: readonly JsonObject[]): JsonObject {
  const current = sets.find(hasHash(hash));
  const last = Math.max(0, ...sets.map(revisionOf));
  const revision = String(current && revisionOf(current) === last ? last : last + 1);
  const template = objectAt(deployment, 'spec', 'template');
  const labels = { ...objectAt(template, 'metadata', 'labels'), [hashLabel]: hash };
  const annotations = { ...objectAt(deployment, 'metadata', 'annotations'), [annotation]: revision };
  const [name, namespace] = [`${nameOf(deployment)}-${hash}`, namespaceOf(deployment)];
  const own = { name, namespace, labels, annotations, ownerReferences: [ownerOf(deployment)] };
  return cluster.put('replicasets.apps', {
    ...current,
    metadata: { ...objectAt(current, 'metadata'), ...own },
    spec: {
      replicas: replicasOf(deployment),
      selector: withAt(objectAt(deployment, 'spec', 'selector'), ['matchLabels', hashLabel], hash),
      template: withAt(template, ['metadata', 'labels'], labels),
    },
  });
}

function statusOf(cluster: Cluster, deployment: JsonObject, fresh: JsonObject, old: readonly JsonObject[]): JsonObject {
  const wanted = replicasOf(deployment);
  const count = (field: string, sets = [fresh, ...old]) =>
    sets.reduce((sum, set) => sum + numberAt(0, set, 'status', field), 0);
  const ready = count('readyReplicas');
  // What cannot become ready exceeds its progress deadline at once.
  const statuses = cluster.ownedBy('pods', fresh).flatMap((pod) => listAt(pod, 'status', 'containerStatuses'));
  const isFailing = statuses.some((one) => textAt(one, 'state', 'waiting', 'reason') === 'ImagePullBackOff');
  // helm waits for this reason.
  const done = old.length === 0 && ready >= wanted ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  return {
    observedGeneration: numberAt(1, deployment, 'metadata', 'generation'),
    ...{ replicas: count('replicas'), updatedReplicas: count('replicas', [fresh]), readyReplicas: ready },
    ...{ availableReplicas: ready, unavailableReplicas: Math.max(0, wanted - ready) },
    conditions: [
      condition(deployment, 'Available', ready >= wanted, 'MinimumReplicas'),
      condition(deployment, 'Progressing', !isFailing, isFailing ? 'ProgressDeadlineExceeded' : done),
    ],
  };
}
