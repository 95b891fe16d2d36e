import { createHash } from 'node:crypto';
import { at, canonical, isObject, listAt, objectAt, same, textAt, type JsonObject } from './json.ts';
import { kinds, type Kind } from './kinds.ts';
import { isOwnedBy, type Store } from './store.ts';

/**
 * What the cluster does by itself: a deployment gets a replica set for its template, that gets pods, and after a moment
 * they are ready. An image whose tag begins with `broken` never is: its rollout exceeds the progress deadline.
 */

const kindNamed = (name: string): Kind => {
  const found = kinds.find(({ kind }) => kind === name);
  if (!found) throw new TypeError(`There is no kind ${name}`);
  return found;
};
export const deployments = kindNamed('Deployment');
export const services = kindNamed('Service');
export const namespaces = kindNamed('Namespace');
const replicaSets = kindNamed('ReplicaSet');
const pods = kindNamed('Pod');
const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Rolls a deployment out. Call it for each new generation. */
export function beginRollout(store: Store, deployment: JsonObject): void {
  const { replicas, template, uid, namespace, name } = parts(deployment);
  const hash = createHash('sha256').update(canonical(template)).digest('hex').slice(0, 10);
  const labels = { ...objectAt(template, 'metadata', 'labels'), 'pod-template-hash': hash };
  const metadata = { ...objectAt(template, 'metadata'), labels };
  const owned = store.list(replicaSets, namespace).filter((set) => isOwnedBy(set, uid));
  const revisionOf = (set: JsonObject) => Number(textAt(set, 'metadata', 'annotations', revisionAnnotation));
  const revision = Math.max(0, ...owned.map(revisionOf)) + 1;
  const current = `${name}-${hash}`;

  for (const set of owned) {
    if (textAt(set, 'metadata', 'name') === current) continue;
    store.put(replicaSets, namespace, {
      ...set,
      spec: { ...objectAt(set, 'spec'), replicas: 0 },
      status: { replicas: 0 },
    });
    for (const pod of store.list(pods, namespace)) {
      if (isOwnedBy(pod, textAt(set, 'metadata', 'uid')))
        store.remove(pods, namespace, textAt(pod, 'metadata', 'name'));
    }
  }
  const set = store.put(replicaSets, namespace, {
    metadata: {
      name: current,
      labels,
      annotations: { [revisionAnnotation]: String(revision) },
      ownerReferences: [owner('apps/v1', 'Deployment', name, uid)],
    },
    spec: { replicas, selector: { matchLabels: labels }, template: { ...template, metadata } },
    status: { replicas, readyReplicas: 0 },
  });
  for (let index = 0; index < replicas; index++) {
    store.put(pods, namespace, {
      metadata: {
        name: `${current}-${index}`,
        labels,
        ownerReferences: [owner('apps/v1', 'ReplicaSet', current, textAt(set, 'metadata', 'uid'))],
      },
      spec: objectAt(template, 'spec'),
      status: { phase: 'Pending' },
    });
  }
  store.put(deployments, namespace, {
    ...deployment,
    metadata: {
      ...objectAt(deployment, 'metadata'),
      annotations: { ...objectAt(deployment, 'metadata', 'annotations'), [revisionAnnotation]: String(revision) },
    },
    status: {
      observedGeneration: Number(at(deployment, 'metadata', 'generation')),
      replicas,
      updatedReplicas: replicas,
      unavailableReplicas: replicas,
      conditions: [
        condition('Progressing', true, 'ReplicaSetUpdated'),
        condition('Available', false, 'MinimumReplicasUnavailable'),
      ],
    },
  });
}

/** Ends a rollout, where the deployment still asks for what it asked for at its beginning. */
export function endRollout(store: Store, begun: JsonObject): void {
  const { namespace, name, replicas, template, uid } = parts(begun);
  const deployment = store.find(deployments, namespace, name);
  if (textAt(deployment, 'metadata', 'uid') !== uid || !same(at(deployment, 'spec'), at(begun, 'spec'))) return;
  const broken = listAt(template, 'spec', 'containers').some((one) => /:broken[^/]*$/.test(textAt(one, 'image')));
  for (const set of store.list(replicaSets, namespace)) {
    if (!isOwnedBy(set, uid) || at(set, 'spec', 'replicas') !== replicas) continue;
    const ready = broken ? 0 : replicas;
    store.put(replicaSets, namespace, { ...set, status: { replicas, readyReplicas: ready, availableReplicas: ready } });
    for (const pod of store.list(pods, namespace)) {
      if (!isOwnedBy(pod, textAt(set, 'metadata', 'uid'))) continue;
      const waiting = { containerStatuses: [{ name: 'web', state: { waiting: { reason: 'ImagePullBackOff' } } }] };
      const running = { phase: 'Running', conditions: [condition('Ready', true, '')] };
      store.put(pods, namespace, { ...pod, status: broken ? { phase: 'Pending', ...waiting } : running });
    }
  }
  const counts = broken ? { unavailableReplicas: replicas } : { readyReplicas: replicas, availableReplicas: replicas };
  store.put(deployments, namespace, {
    ...deployment,
    status: {
      observedGeneration: Number(at(deployment, 'metadata', 'generation')),
      replicas,
      updatedReplicas: replicas,
      ...counts,
      conditions: [
        condition('Progressing', !broken, broken ? 'ProgressDeadlineExceeded' : 'NewReplicaSetAvailable'),
        condition('Available', !broken, broken ? 'MinimumReplicasUnavailable' : 'MinimumReplicasAvailable'),
      ],
    },
  });
}

/** Whether a ready deployment stands behind a service. */
export function hasEndpoints(store: Store, service: JsonObject): boolean {
  const selector = Object.entries(objectAt(service, 'spec', 'selector'));
  return store
    .list(deployments, textAt(service, 'metadata', 'namespace'))
    .filter((deployment) => Number(at(deployment, 'status', 'readyReplicas') ?? 0) > 0)
    .some((deployment) => {
      const labels = objectAt(deployment, 'spec', 'template', 'metadata', 'labels');
      return selector.length > 0 && selector.every(([name, value]) => labels[name] === value);
    });
}

function parts(deployment: JsonObject) {
  const template = at(deployment, 'spec', 'template');
  return {
    namespace: textAt(deployment, 'metadata', 'namespace'),
    name: textAt(deployment, 'metadata', 'name'),
    uid: textAt(deployment, 'metadata', 'uid'),
    replicas: Number(at(deployment, 'spec', 'replicas') ?? 1),
    template: isObject(template) ? template : {},
  };
}

function owner(apiVersion: string, kind: string, name: string, uid: string): JsonObject {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

function condition(type: string, status: boolean, reason: string): JsonObject {
  return { type, status: status ? 'True' : 'False', reason };
}
