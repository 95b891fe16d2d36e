import { parseAllDocuments } from 'yaml';
import { listOf, putIn, type Cluster } from '../cluster.ts';
import { isJson, isObject, omit, textAt } from '../json.ts';
import { runClaims, runNamespaces, runOwners, runServices } from './cluster.ts';
import { runPods } from './pods.ts';
import { runDaemonSets, runDeployments, runJobs, runReplicaSets, runStatefulSets } from './workloads.ts';

/**
 * What the cluster does by itself. Each controller looks at how things are and makes one step towards how they should
 * be; they run after each change until there is nothing left to do.
 */
const controllers: readonly ((cluster: Cluster) => void)[] = [
  ...[runNamespaces, runDeployments, runReplicaSets, runStatefulSets, runDaemonSets, runJobs],
  ...[runPods, runServices, runClaims, runOwners],
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
  const age = (created: string) => Date.now() - Date.parse(created);
  return listOf(cluster, 'pods').some(
    (pod) =>
      textAt(pod, 'status', 'phase') === 'Pending' &&
      age(textAt(pod, 'metadata', 'creationTimestamp')) < cluster.settleMs + 2000,
  );
}

const node = 'aks-nodepool1-00000000-vmss000000';
const capacity = "{ cpu: '4', memory: 16Gi, pods: '110', ephemeral-storage: 128Gi }";
const disk = 'reclaimPolicy: Delete, allowVolumeExpansion: true';
const waits = `volumeBindingMode: WaitForFirstConsumer, provisioner: disk.csi.azure.com, ${disk}`;
const atOnce = `volumeBindingMode: Immediate, provisioner: file.csi.azure.com, ${disk}`;
const namespace = (name: string) =>
  `{ resource: namespaces, metadata: { name: ${name}, labels: { kubernetes.io/metadata.name: ${name} } }, spec: { finalizers: [kubernetes] }, status: { phase: Active } }`;
const role = (name: string, verbs: string) =>
  `{ resource: clusterroles.rbac.authorization.k8s.io, metadata: { name: ${name} }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ${verbs} }] }`;

/** What a new cluster has. */
const furniture = [
  ...['default', 'kube-system', 'kube-public', 'kube-node-lease', 'aks-command'].map(namespace),
  ...['cluster-admin', 'admin', 'edit'].map((name) => role(name, "['*']")),
  role('view', '[get, list, watch]'),
  `resource: nodes
metadata: { name: ${node}, labels: { kubernetes.io/os: linux, kubernetes.io/arch: amd64, kubernetes.io/hostname: ${node} } }
spec: {}
status:
  capacity: ${capacity}
  allocatable: ${capacity}
  conditions: [{ type: Ready, status: 'True', reason: KubeletReady }]
  addresses: [{ type: InternalIP, address: 10.224.0.4 }]
  nodeInfo: { kubeletVersion: v1.36.0, osImage: Ubuntu, operatingSystem: linux, architecture: amd64, kernelVersion: local, containerRuntimeVersion: containerd }`,
  `{ resource: storageclasses.storage.k8s.io, metadata: { name: default, annotations: { storageclass.kubernetes.io/is-default-class: 'true' } }, ${waits} }`,
  ...['managed-csi', 'managed-csi-premium'].map(
    (name) => `{ resource: storageclasses.storage.k8s.io, metadata: { name: ${name} }, ${waits} }`,
  ),
  ...['azurefile-csi', 'azurefile-csi-premium'].map(
    (name) => `{ resource: storageclasses.storage.k8s.io, metadata: { name: ${name} }, ${atOnce} }`,
  ),
  ...['system-node-critical', 'system-cluster-critical'].map(
    (name) => `{ resource: priorityclasses.scheduling.k8s.io, metadata: { name: ${name} }, value: 2000000000 }`,
  ),
];

function furnish(cluster: Cluster): void {
  for (const document of parseAllDocuments(furniture.join('\n---\n'))) {
    const value: unknown = document.toJS();
    if (isJson(value) && isObject(value)) putIn(cluster, textAt(value, 'resource'), '', omit(value, 'resource'));
  }
}
