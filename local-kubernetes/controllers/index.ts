import { listOf, putIn, type Cluster } from '../cluster.ts';
import { at, isObject, listAt, objectAt, textAt, withAt, type Json, type JsonObject } from '../json.ts';
import { quotaUsed } from '../admission.ts';
import { now } from '../store.ts';
import { matchesSelector } from '../selector.ts';
import { runPods } from './pods.ts';
import { runDaemonSets, runDeployments, runJobs, runReplicaSets, runStatefulSets } from './workloads.ts';

/**
 * What the cluster does by itself. Each controller looks at how things are and makes one step towards how they should
 * be; they run after each change until there is nothing left to do.
 */
const controllers: readonly ((cluster: Cluster) => void)[] = [
  runNamespaces,
  runDeployments,
  runReplicaSets,
  runStatefulSets,
  runDaemonSets,
  runJobs,
  runPods,
  runServices,
  runClaims,
  runQuotas,
  runOwners,
];

/** Starts them on a cluster with one node, as AKS has it; returns what stops them. */
export function startControllers(cluster: Cluster): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = () => {
    timer = undefined;
    const before = cluster.store.version();
    for (const controller of controllers) controller(cluster);
    if (cluster.store.version() !== before || waiting(cluster)) soon(10);
  };
  const soon = (ms: number) => {
    if (!stopped) timer ??= setTimeout(run, ms);
  };
  cluster.store.onChange(() => {
    soon(5);
  });
  furnish(cluster);
  run();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** Whether a pod is on its way, which only the time brings further. */
function waiting(cluster: Cluster): boolean {
  return listOf(cluster, 'pods').some(
    (pod) =>
      textAt(pod, 'status', 'phase') === 'Pending' &&
      Date.now() - Date.parse(textAt(pod, 'metadata', 'creationTimestamp')) < cluster.settleMs + 2000,
  );
}

function furnish(cluster: Cluster): void {
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'aks-command']) {
    putIn(cluster, 'namespaces', '', {
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  }
  const node = 'aks-nodepool1-00000000-vmss000000';
  const capacity = { cpu: '4', memory: '16Gi', pods: '110', 'ephemeral-storage': '128Gi' };
  putIn(cluster, 'nodes', '', {
    metadata: {
      name: node,
      labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': node },
    },
    spec: {},
    status: {
      ...{
        capacity,
        allocatable: capacity,
        conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: '', lastTransitionTime: now() }],
      },
      addresses: [{ type: 'InternalIP', address: '10.224.0.4' }],
      nodeInfo: {
        kubeletVersion: 'v1.36.0',
        osImage: 'Ubuntu',
        kernelVersion: 'local',
        containerRuntimeVersion: 'containerd',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
    },
  });
  const disk = {
    provisioner: 'disk.csi.azure.com',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  };
  const standard = { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } };
  putIn(cluster, 'storageclasses.storage.k8s.io', '', { metadata: { name: 'default', ...standard }, ...disk });
  for (const name of ['managed-csi', 'managed-csi-premium'])
    putIn(cluster, 'storageclasses.storage.k8s.io', '', { metadata: { name }, ...disk });
  for (const name of ['azurefile-csi', 'azurefile-csi-premium']) {
    putIn(cluster, 'storageclasses.storage.k8s.io', '', {
      metadata: { name },
      ...disk,
      provisioner: 'file.csi.azure.com',
      volumeBindingMode: 'Immediate',
    });
  }
  for (const name of ['system-node-critical', 'system-cluster-critical'])
    putIn(cluster, 'priorityclasses.scheduling.k8s.io', '', { metadata: { name }, value: 2_000_000_000 });
  for (const name of ['cluster-admin', 'admin', 'edit', 'view']) {
    putIn(cluster, 'clusterroles.rbac.authorization.k8s.io', '', {
      metadata: { name },
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: name === 'view' ? ['get', 'list', 'watch'] : ['*'] }],
    });
  }
}

/** Gives a new namespace what each one has, and empties one that is going. */
function runNamespaces(cluster: Cluster): void {
  for (const namespace of listOf(cluster, 'namespaces')) {
    const name = textAt(namespace, 'metadata', 'name');
    if (textAt(namespace, 'metadata', 'deletionTimestamp') === '') {
      const has = (resource: string, object: string) =>
        listOf(cluster, resource, name).some((one) => textAt(one, 'metadata', 'name') === object);
      if (!has('serviceaccounts', 'default'))
        putIn(cluster, 'serviceaccounts', name, { metadata: { name: 'default' } });
      if (!has('configmaps', 'kube-root-ca.crt'))
        putIn(cluster, 'configmaps', name, { metadata: { name: 'kube-root-ca.crt' }, data: { 'ca.crt': '' } });
      continue;
    }
    const inside = cluster.store.all().filter(({ object }) => textAt(object, 'metadata', 'namespace') === name);
    for (const { resource, object } of inside) {
      if (listAt(object, 'metadata', 'finalizers').length === 0)
        cluster.store.remove(resource, name, textAt(object, 'metadata', 'name'));
      else
        cluster.store.put(
          resource,
          name,
          withAt(object, ['metadata', 'deletionTimestamp'], textAt(object, 'metadata', 'deletionTimestamp') || now()),
        );
    }
    const resource = cluster.resource('namespaces');
    if (inside.length === 0 && resource) cluster.store.remove(resource, '', name);
  }
}

/** Removes what belongs to owners that are gone. */
function runOwners(cluster: Cluster): void {
  const all = cluster.store.all();
  const uids = new Set(all.map(({ object }) => textAt(object, 'metadata', 'uid')));
  for (const { resource, object } of all) {
    const owners = listAt(object, 'metadata', 'ownerReferences');
    if (owners.length === 0 || owners.some((owner) => uids.has(textAt(owner, 'uid')))) continue;
    cluster.store.remove(resource, textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name'));
  }
  const definitions = new Set(
    listOf(cluster, 'customresourcedefinitions.apiextensions.k8s.io').map((one) => textAt(one, 'metadata', 'name')),
  );
  for (const { resource, object } of all) {
    if (resource.custom && !definitions.has(`${resource.plural}.${resource.group}`)) {
      cluster.store.remove(resource, textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name'));
    }
  }
}

/** Endpoints of services, and the address of a load balancer. */
function runServices(cluster: Cluster): void {
  for (const service of listOf(cluster, 'services')) {
    const namespace = textAt(service, 'metadata', 'namespace');
    const name = textAt(service, 'metadata', 'name');
    const selector = objectAt(service, 'spec', 'selector');
    if (
      textAt(service, 'spec', 'type') === 'LoadBalancer' &&
      listAt(service, 'status', 'loadBalancer', 'ingress').length === 0
    ) {
      putIn(cluster, 'services', namespace, {
        ...service,
        status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
      });
    }
    if (Object.keys(selector).length === 0) continue;
    const ready = listOf(cluster, 'pods', namespace).filter(
      (pod) => matchesSelector({ matchLabels: selector }, objectAt(pod, 'metadata', 'labels')) && isReady(pod),
    );
    const ports = listAt(service, 'spec', 'ports').map((port): Json => ({
      ...(at(port, 'name') === undefined ? {} : { name: at(port, 'name') ?? '' }),
      port: targetPort(ready[0], at(port, 'targetPort')),
      protocol: at(port, 'protocol') ?? 'TCP',
    }));
    const addresses = ready.map((pod): Json => ({
      ip: textAt(pod, 'status', 'podIP'),
      targetRef: { kind: 'Pod', namespace, name: textAt(pod, 'metadata', 'name') },
    }));
    const owned = { name, labels: objectAt(service, 'metadata', 'labels'), ownerReferences: [ownerOf(service)] };
    putIn(cluster, 'endpoints', namespace, {
      metadata: owned,
      ...(addresses.length > 0 ? { subsets: [{ addresses, ports }] } : {}),
    });
    putIn(cluster, 'endpointslices.discovery.k8s.io', namespace, {
      metadata: {
        ...owned,
        name: `${name}-local`,
        labels: { ...objectAt(service, 'metadata', 'labels'), 'kubernetes.io/service-name': name },
      },
      addressType: 'IPv4',
      endpoints: ready.map((pod) => ({ addresses: [textAt(pod, 'status', 'podIP')], conditions: { ready: true } })),
      ports,
    });
  }
}

function targetPort(pod: JsonObject | undefined, port: Json | undefined): Json {
  if (typeof port !== 'string') return port ?? 0;
  const ports = listAt(pod, 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
  return at(ports.find((one) => textAt(one, 'name') === port) ?? {}, 'containerPort') ?? 0;
}

/** Binds claims to volumes: at once, or when a pod uses them, as the storage class says. */
function runClaims(cluster: Cluster): void {
  for (const claim of listOf(cluster, 'persistentvolumeclaims')) {
    const namespace = textAt(claim, 'metadata', 'namespace');
    const name = textAt(claim, 'metadata', 'name');
    const storageClass = listOf(cluster, 'storageclasses.storage.k8s.io').find(
      (one) => textAt(one, 'metadata', 'name') === textAt(claim, 'spec', 'storageClassName'),
    );
    const used = listOf(cluster, 'pods', namespace).some((pod) =>
      listAt(pod, 'spec', 'volumes').some((volume) => textAt(volume, 'persistentVolumeClaim', 'claimName') === name),
    );
    const now = storageClass && (textAt(storageClass, 'volumeBindingMode') === 'Immediate' || used);
    if (!now || textAt(claim, 'status', 'phase') === 'Bound') continue;
    const volumeName = `pvc-${textAt(claim, 'metadata', 'uid')}`;
    const capacity = { storage: textAt(claim, 'spec', 'resources', 'requests', 'storage') };
    const accessModes = listAt(claim, 'spec', 'accessModes');
    putIn(cluster, 'persistentvolumes', '', {
      metadata: { name: volumeName },
      spec: {
        capacity,
        accessModes,
        persistentVolumeReclaimPolicy: textAt(storageClass, 'reclaimPolicy'),
        storageClassName: textAt(storageClass, 'metadata', 'name'),
        claimRef: { namespace, name, uid: textAt(claim, 'metadata', 'uid') },
        csi: { driver: textAt(storageClass, 'provisioner'), volumeHandle: volumeName },
      },
      status: { phase: 'Bound' },
    });
    putIn(cluster, 'persistentvolumeclaims', namespace, {
      ...claim,
      spec: { ...objectAt(claim, 'spec'), volumeName },
      status: { phase: 'Bound', capacity, accessModes },
    });
  }
}

function runQuotas(cluster: Cluster): void {
  for (const quota of listOf(cluster, 'resourcequotas')) {
    const namespace = textAt(quota, 'metadata', 'namespace');
    const hard = objectAt(quota, 'spec', 'hard');
    const used = Object.fromEntries(
      Object.keys(hard).map((key) => [key, String(quotaUsed(cluster, namespace, key) || 0)]),
    );
    putIn(cluster, 'resourcequotas', namespace, { ...quota, status: { hard, used } });
  }
}

/** Whether a pod serves. */
export function isReady(pod: JsonObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  );
}

/** The reference by which an object belongs to another. */
export function ownerOf(object: JsonObject): Json {
  const { metadata, apiVersion = '', kind = '' } = object;
  return {
    apiVersion,
    kind,
    name: textAt(metadata, 'name'),
    uid: textAt(metadata, 'uid'),
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** A condition of a status; its time changes with its status alone. */
export function condition(before: JsonObject, type: string, status: boolean, reason: string, message = ''): Json {
  const text = status ? 'True' : 'False';
  const found = listAt(before, 'status', 'conditions').find((one) => textAt(one, 'type') === type);
  const same = isObject(found) && textAt(found, 'status') === text && textAt(found, 'reason') === reason;
  const time = same ? textAt(found, 'lastTransitionTime') : now();
  return { type, status: text, reason, message, lastTransitionTime: time, lastUpdateTime: time };
}
