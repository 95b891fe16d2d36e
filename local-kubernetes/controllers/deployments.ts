import type { Cluster } from '../cluster.ts';
import { at, listAt, numberAt, objectAt, textAt, withAt, type JsonObject } from '../json.ts';
import { nameOf, namespaceOf } from '../store.ts';
import { condition, generationOf, hashOf, ownedBy, ownerOf, replicasOf } from './objects.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';
const revisionOf = (set: JsonObject) => Number(textAt(set, 'metadata', 'annotations', revisionAnnotation));

/** A replica set for the template; the old ones go once its pods are ready, or before where the deployment recreates. */
export function runDeployments(cluster: Cluster): void {
  for (const deployment of cluster.list('deployments.apps')) {
    const hash = hashOf(objectAt(deployment, 'spec', 'template'));
    const sets = ownedBy(cluster, 'replicasets.apps', deployment);
    const current = sets.find((set) => textAt(set, 'metadata', 'labels', hashLabel) === hash);
    const old = sets.filter((set) => set !== current && replicasOf(set) > 0);
    const isPaused = at(deployment, 'spec', 'paused') === true;
    const recreates = textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
    const isFree = !recreates || old.every((set) => ownedBy(cluster, 'pods', set).length === 0);
    const last = Math.max(0, ...sets.map(revisionOf));
    const revision = current && (isPaused || revisionOf(current) === last) ? revisionOf(current) : last + 1;
    const isKept = isPaused ? current !== undefined : isFree;
    const fresh = isKept ? keepSet(cluster, deployment, current, hash, revision) : current;
    const isReady = fresh && numberAt(0, fresh, 'status', 'readyReplicas') >= replicasOf(deployment);
    if (!isPaused && (isReady === true || recreates))
      for (const set of old) cluster.put('replicasets.apps', namespaceOf(set), withAt(set, ['spec', 'replicas'], 0));
    const path = ['metadata', 'annotations', revisionAnnotation];
    const annotated = fresh ? withAt(deployment, path, String(revisionOf(fresh))) : deployment;
    cluster.putStatus('deployments.apps', annotated, statusOf(cluster, deployment, fresh, old));
  }
}

function keepSet(
  cluster: Cluster,
  deployment: JsonObject,
  current: JsonObject | undefined,
  hash: string,
  revision: number,
): JsonObject {
  const template = objectAt(deployment, 'spec', 'template');
  const labels = { ...objectAt(template, 'metadata', 'labels'), [hashLabel]: hash };
  const annotations = { ...objectAt(deployment, 'metadata', 'annotations'), [revisionAnnotation]: String(revision) };
  const own = { name: `${nameOf(deployment)}-${hash}`, labels, annotations, ownerReferences: [ownerOf(deployment)] };
  return cluster.put('replicasets.apps', namespaceOf(deployment), {
    ...current,
    metadata: { ...objectAt(current, 'metadata'), ...own },
    spec: {
      replicas: replicasOf(deployment),
      selector: withAt(objectAt(deployment, 'spec', 'selector'), ['matchLabels', hashLabel], hash),
      template: withAt(template, ['metadata', 'labels'], labels),
    },
  });
}

/** What cannot become ready exceeds its progress deadline at once. */
const isHopeless = (pod: JsonObject) =>
  listAt(pod, 'status', 'containerStatuses').some(
    (one) => textAt(one, 'state', 'waiting', 'reason') === 'ImagePullBackOff',
  );

function statusOf(
  cluster: Cluster,
  deployment: JsonObject,
  fresh: JsonObject | undefined,
  old: readonly JsonObject[],
): JsonObject {
  const wanted = replicasOf(deployment);
  const count = (field: string, sets: readonly (JsonObject | undefined)[]) =>
    sets.reduce<number>((sum, set) => sum + numberAt(0, set, 'status', field), 0);
  const ready = count('readyReplicas', [fresh, ...old]);
  const isFailing = fresh !== undefined && ownedBy(cluster, 'pods', fresh).some(isHopeless);
  const isDone = old.length === 0 && count('readyReplicas', [fresh]) >= wanted;
  const progress = isFailing ? 'ProgressDeadlineExceeded' : isDone ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated';
  const available = ready >= wanted ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable';
  return {
    observedGeneration: generationOf(deployment),
    ...{ replicas: count('replicas', [fresh, ...old]), updatedReplicas: count('replicas', [fresh]) },
    ...{ readyReplicas: ready, availableReplicas: ready, unavailableReplicas: Math.max(0, wanted - ready) },
    conditions: [
      condition(deployment, 'Available', ready >= wanted, available),
      condition(deployment, 'Progressing', !isFailing, progress),
    ],
  };
}
