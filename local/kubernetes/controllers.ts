import { DEFINITIONS, type Change, type Cluster } from './cluster.ts';
import { obstacleOf } from './images.ts';
import {
  at,
  listAt,
  numberAt,
  objectAt,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { condition, nameOf, namespaceOf, ownersOf, resourceName, uidOf } from './objects.ts';
import { runDeployment, runJob, runReplicaSet, runRolling } from './workloads.ts';

/** What the cluster does on its own: workloads are ready at once. */

type Controller = (cluster: Cluster, object: JsonObject) => void;

const DAEMONS = 1;

/**
 * Runs the controllers: each change leads to others, until there is nothing left to do.
 *
 * @param canStart whether pods become ready; otherwise, they are pending forever
 * @returns a function that works off the changes since it was last called
 */
export function startControllers(cluster: Cluster, canStart: boolean): () => void {
  const controllers: Readonly<Record<string, Controller>> = {
    [DEFINITIONS]: runDefinition,
    'daemonsets.apps': (_cluster, owner) => {
      runRolling(cluster, 'daemonsets.apps', owner, DAEMONS);
    },
    'deployments.apps': runDeployment,
    'jobs.batch': runJob,
    namespaces: runNamespace,
    persistentvolumeclaims: runClaim,
    pods: (_cluster, pod) => {
      runPod(cluster, pod, canStart);
    },
    'replicasets.apps': runReplicaSet,
    services: runService,
    'statefulsets.apps': (_cluster, owner) => {
      runRolling(cluster, 'statefulsets.apps', owner, numberAt(1, owner, 'spec', 'replicas'));
    },
  };

  const run = (name: string, object: JsonObject) => {
    const current = cluster.find(name, namespaceOf(object), nameOf(object));
    // What is being deleted makes nothing new.
    if (current && at(current, 'metadata', 'deletionTimestamp') === undefined)
      controllers[name]?.(cluster, current);
  };
  const react = ({ type, resource, object }: Change) => {
    if (type === 'DELETED') collect(cluster, resourceName(resource), object);
    else run(resourceName(resource), object);
    for (const owner of ownersOf(object)) {
      const kind = cluster.ofKind(textAt(owner, 'apiVersion'), textAt(owner, 'kind'));
      const metadata = { name: textAt(owner, 'name'), namespace: namespaceOf(object) };
      if (kind) run(resourceName(kind), { metadata });
    }
  };

  const waiting: Change[] = [];
  cluster.onChange((change) => waiting.push(change));
  return () => {
    for (let change = waiting.shift(); change; change = waiting.shift()) react(change);
  };
}

/** Removes what belonged to an object that is gone: what it owned, and what it defined. */
function collect(cluster: Cluster, name: string, gone: JsonObject): void {
  const uid = uidOf(gone);
  const isLost = (object: JsonObject) =>
    ownersOf(object).some((owner) => textAt(owner, 'uid') === uid);
  for (const { resource, object } of cluster.all()) {
    const isUndefined =
      name === DEFINITIONS && `${resource.plural}.${resource.group}` === nameOf(gone);
    if (isUndefined || isLost(object)) cluster.remove(resource, object);
  }
}

function runDefinition(cluster: Cluster, definition: JsonObject): void {
  const conditions = ['NamesAccepted', 'Established'].map((type) => ({
    ...objectAt(condition(definition, type, true)),
  }));
  const acceptedNames = objectAt(definition, 'spec', 'names');
  cluster.put(DEFINITIONS, { ...definition, status: { conditions, acceptedNames } });
}

function runNamespace(cluster: Cluster, namespace: JsonObject): void {
  cluster.put('namespaces', { ...namespace, status: { phase: 'Active' } });
  cluster.put('serviceaccounts', { metadata: { name: 'default', namespace: nameOf(namespace) } });
}

function runClaim(cluster: Cluster, claim: JsonObject): void {
  const capacity = objectAt(claim, 'spec', 'resources', 'requests');
  const accessModes = listAt(claim, 'spec', 'accessModes');
  cluster.put('persistentvolumeclaims', {
    ...withAt(claim, ['spec', 'volumeName'], `pvc-${uidOf(claim)}`),
    status: { phase: 'Bound', accessModes, capacity },
  });
}

function runService(cluster: Cluster, service: JsonObject): void {
  if (textAt(service, 'spec', 'type') !== 'LoadBalancer') return;
  const status = { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } };
  cluster.put('services', { ...service, status });
}

/**
 * Replaces the scheduler and the kubelet. No container runs: a pod is ready, or has succeeded if it
 * should run to completion. Then it is ready, too, since it was for a moment.
 */
function runPod(cluster: Cluster, pod: JsonObject, canStart: boolean): void {
  const spec = objectAt(pod, 'spec');
  const containers = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')];
  const obstacle = obstacleOf(containers.map((one) => textAt(one, 'image')));
  const isReady = canStart && obstacle === undefined;
  const hasEnded = isReady && spec['restartPolicy'] !== 'Always';

  let phase = 'Pending';
  let state: Json = { waiting: { ...(obstacle ?? { reason: 'ContainerCreating' }) } };
  if (isReady) {
    phase = hasEnded ? 'Succeeded' : 'Running';
    state = hasEnded ? { terminated: { exitCode: 0, reason: 'Completed' } } : { running: {} };
  }
  const conditions = ['Initialized', 'Ready', 'ContainersReady'].map((type) =>
    condition(pod, type, isReady),
  );
  cluster.put('pods', {
    ...pod,
    status: {
      phase,
      conditions: [...conditions, condition(pod, 'PodScheduled', true)],
      containerStatuses: listAt(spec, 'containers').map((one) => ({
        name: textAt(one, 'name'),
        image: textAt(one, 'image'),
        ready: isReady && !hasEnded,
        restartCount: 0,
        state,
      })),
    },
  });
}
