import { findIn, isTrue, listOf, putIn, type Cluster } from '../cluster.ts';
import { at, listAt, objectAt, textAt, withAt, type Json, type JsonObject } from '../json.ts';
import { matchesSelector } from '../selector.ts';
import { now } from '../store.ts';
import { nameOf, namespaceOf, ownerOf, putStatus, removeFrom, uidOf } from './objects.ts';

/** Gives a new namespace what each one has, and empties one that is going. */
export function runNamespaces(cluster: Cluster): void {
  for (const namespace of listOf(cluster, 'namespaces')) {
    const name = nameOf(namespace);
    if (textAt(namespace, 'metadata', 'deletionTimestamp') === '') {
      if (!findIn(cluster, 'serviceaccounts', name, 'default'))
        putIn(cluster, 'serviceaccounts', name, { metadata: { name: 'default' } });
      if (!findIn(cluster, 'configmaps', name, 'kube-root-ca.crt'))
        putIn(cluster, 'configmaps', name, { metadata: { name: 'kube-root-ca.crt' }, data: { 'ca.crt': '' } });
      continue;
    }
    const inside = cluster.store.all().filter(({ object }) => namespaceOf(object) === name);
    for (const { resource, object } of inside) {
      const time = textAt(object, 'metadata', 'deletionTimestamp') || now();
      if (listAt(object, 'metadata', 'finalizers').length === 0) cluster.store.remove(resource, name, nameOf(object));
      else cluster.store.put(resource, name, withAt(object, ['metadata', 'deletionTimestamp'], time));
    }
    if (inside.length === 0) removeFrom(cluster, 'namespaces', namespace);
  }
}

/** Removes what belongs to owners that are gone, and custom resources whose definition is. */
export function runOwners(cluster: Cluster): void {
  const all = cluster.store.all();
  const uids = new Set(all.map(({ object }) => uidOf(object)));
  for (const { resource, object } of all) {
    const owners = listAt(object, 'metadata', 'ownerReferences');
    const isLost = owners.length > 0 && !owners.some((owner) => uids.has(textAt(owner, 'uid')));
    const definition = `${resource.plural}.${resource.group}`;
    const isUndefined =
      resource.custom && !findIn(cluster, 'customresourcedefinitions.apiextensions.k8s.io', '', definition);
    if (isLost || isUndefined) cluster.store.remove(resource, namespaceOf(object), nameOf(object));
  }
}

/** Endpoints of services, and the address of a load balancer. */
export function runServices(cluster: Cluster): void {
  for (const service of listOf(cluster, 'services')) {
    if (textAt(service, 'spec', 'type') === 'LoadBalancer')
      putStatus(cluster, 'services', service, { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } });
    const matchLabels = objectAt(service, 'spec', 'selector');
    if (Object.keys(matchLabels).length > 0) keepEndpoints(cluster, service, matchLabels);
  }
}

function keepEndpoints(cluster: Cluster, service: JsonObject, matchLabels: JsonObject): void {
  const [namespace, name, labels] = [namespaceOf(service), nameOf(service), objectAt(service, 'metadata', 'labels')];
  const ready = listOf(cluster, 'pods', namespace).filter(
    (pod) => matchesSelector({ matchLabels }, objectAt(pod, 'metadata', 'labels')) && isTrue(pod, 'Ready'),
  );
  const ports = listAt(service, 'spec', 'ports').map((port): JsonObject => ({
    name: textAt(port, 'name'),
    port: targetPort(ready[0], at(port, 'targetPort') ?? 0),
    protocol: textAt(port, 'protocol'),
  }));
  const ips = ready.map((pod) => textAt(pod, 'status', 'podIP'));
  const metadata = { name, labels, ownerReferences: [ownerOf(service)] };
  const subsets = [{ addresses: ips.map((ip) => ({ ip })), ports }];
  putIn(cluster, 'endpoints', namespace, { metadata, ...(ips.length > 0 ? { subsets } : {}) });
  putIn(cluster, 'endpointslices.discovery.k8s.io', namespace, {
    metadata: { ...metadata, name: `${name}-local`, labels: { ...labels, 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: ips.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
    ports,
  });
}

function targetPort(pod: JsonObject | undefined, port: Json): Json {
  if (typeof port !== 'string') return port;
  const ports = listAt(pod, 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
  return at(ports.find((one) => textAt(one, 'name') === port) ?? {}, 'containerPort') ?? 0;
}

/** Binds claims to volumes: at once, or when a pod uses them, as the storage class says. */
export function runClaims(cluster: Cluster): void {
  for (const claim of listOf(cluster, 'persistentvolumeclaims')) {
    const [namespace, name, uid] = [namespaceOf(claim), nameOf(claim), uidOf(claim)];
    const storageClassName = textAt(claim, 'spec', 'storageClassName');
    const storageClass = findIn(cluster, 'storageclasses.storage.k8s.io', '', storageClassName);
    const isUsed = listOf(cluster, 'pods', namespace).some((pod) =>
      listAt(pod, 'spec', 'volumes').some((volume) => textAt(volume, 'persistentVolumeClaim', 'claimName') === name),
    );
    const isDue = storageClass && (textAt(storageClass, 'volumeBindingMode') === 'Immediate' || isUsed);
    if (!isDue || textAt(claim, 'status', 'phase') === 'Bound') continue;
    const volumeName = `pvc-${uid}`;
    const capacity = { storage: textAt(claim, 'spec', 'resources', 'requests', 'storage') };
    const accessModes = listAt(claim, 'spec', 'accessModes');
    putIn(cluster, 'persistentvolumes', '', {
      metadata: { name: volumeName },
      spec: {
        ...{ capacity, accessModes, storageClassName, claimRef: { namespace, name, uid } },
        persistentVolumeReclaimPolicy: textAt(storageClass, 'reclaimPolicy'),
        csi: { driver: textAt(storageClass, 'provisioner'), volumeHandle: volumeName },
      },
      status: { phase: 'Bound' },
    });
    const bound = withAt(claim, ['spec', 'volumeName'], volumeName);
    putStatus(cluster, 'persistentvolumeclaims', bound, { phase: 'Bound', capacity, accessModes });
  }
}
