import { definitions, isTrue, type Cluster } from '../cluster.ts';
import { at, listAt, objectAt, textAt, withAt, type JsonObject } from '../json.ts';
import { matchesSelector } from '../selector.ts';
import { nameOf, namespaceOf, now, uidOf } from '../store.ts';
import type { HasPassed } from './index.ts';
import { ownerOf } from './objects.ts';

/** Gives a new namespace what each one has, and empties one that is going after a while, as real ones do after 5 s. */
export function runNamespaces(cluster: Cluster, hasPassed: HasPassed): void {
  for (const namespace of cluster.list('namespaces')) {
    const name = nameOf(namespace);
    if (at(namespace, 'metadata', 'deletionTimestamp') !== undefined) {
      if (hasPassed(5, `the end of ${uidOf(namespace)}`)) empty(cluster, namespace);
      continue;
    }
    if (!cluster.find('serviceaccounts', name, 'default'))
      cluster.put('serviceaccounts', name, { metadata: { name: 'default' } });
    if (!cluster.find('configmaps', name, 'kube-root-ca.crt'))
      cluster.put('configmaps', name, { metadata: { name: 'kube-root-ca.crt' }, data: { 'ca.crt': '' } });
  }
}

/** Removes what is in a namespace, and then the namespace; finalizers hold both. */
function empty(cluster: Cluster, namespace: JsonObject): void {
  const inside = cluster.store.all().filter(({ object }) => namespaceOf(object) === nameOf(namespace));
  for (const { resource, object } of inside) {
    const time = textAt(object, 'metadata', 'deletionTimestamp') || now();
    if (listAt(object, 'metadata', 'finalizers').length === 0) cluster.store.remove(resource, object);
    else cluster.store.put(resource, nameOf(namespace), withAt(object, ['metadata', 'deletionTimestamp'], time));
  }
  if (inside.length === 0) cluster.remove('namespaces', namespace);
}

/** Removes what belongs to owners that are gone, and custom resources whose definition is. */
export function runOwners(cluster: Cluster): void {
  const all = cluster.store.all();
  const uids = new Set(all.map(({ object }) => uidOf(object)));
  for (const { resource, object } of all) {
    const owners = listAt(object, 'metadata', 'ownerReferences');
    const isLost = owners.length > 0 && !owners.some((owner) => uids.has(textAt(owner, 'uid')));
    const isUndefined = resource.custom && !cluster.find(definitions, '', `${resource.plural}.${resource.group}`);
    if (isLost || isUndefined) cluster.store.remove(resource, object);
  }
}

/** Endpoints of services, and the address of a load balancer. */
export function runServices(cluster: Cluster): void {
  for (const service of cluster.list('services')) {
    if (textAt(service, 'spec', 'type') === 'LoadBalancer')
      cluster.putStatus('services', service, { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } });
    if (at(service, 'spec', 'selector') !== undefined) keepEndpoints(cluster, service);
  }
}

function keepEndpoints(cluster: Cluster, service: JsonObject): void {
  const [namespace, name, labels] = [namespaceOf(service), nameOf(service), objectAt(service, 'metadata', 'labels')];
  const selector = { matchLabels: objectAt(service, 'spec', 'selector') };
  const ready = cluster
    .list('pods', namespace)
    .filter((pod) => matchesSelector(selector, objectAt(pod, 'metadata', 'labels')) && isTrue(pod, 'Ready'));
  const open = listAt(ready[0], 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
  const ports = listAt(service, 'spec', 'ports').map((port): JsonObject => {
    const target = at(port, 'targetPort') ?? 0;
    const named = open.find((one) => at(one, 'name') === target);
    return {
      name: textAt(port, 'name'),
      port: at(named, 'containerPort') ?? target,
      protocol: textAt(port, 'protocol'),
    };
  });
  const ips = ready.map((pod) => textAt(pod, 'status', 'podIP'));
  const metadata = { name, labels, ownerReferences: [ownerOf(service)] };
  const subsets = [{ addresses: ips.map((ip) => ({ ip })), ports }];
  cluster.put('endpoints', namespace, { metadata, ...(ips.length > 0 ? { subsets } : {}) });
  cluster.put('endpointslices.discovery.k8s.io', namespace, {
    metadata: { ...metadata, name: `${name}-local`, labels: { ...labels, 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: ips.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
    ports,
  });
}

/** Binds claims: at once, or when a pod uses them, as their storage class says. Their volumes are no objects. */
export function runClaims(cluster: Cluster): void {
  for (const claim of cluster.list('persistentvolumeclaims')) {
    const storageClass = cluster.find('storageclasses.storage.k8s.io', '', textAt(claim, 'spec', 'storageClassName'));
    const isUsed = cluster
      .list('pods', namespaceOf(claim))
      .some((pod) =>
        listAt(pod, 'spec', 'volumes').some(
          (one) => textAt(one, 'persistentVolumeClaim', 'claimName') === nameOf(claim),
        ),
      );
    if (!storageClass || !(isUsed || textAt(storageClass, 'volumeBindingMode') === 'Immediate')) continue;
    const bound = withAt(claim, ['spec', 'volumeName'], `pvc-${uidOf(claim)}`);
    const accessModes = listAt(claim, 'spec', 'accessModes');
    const capacity = objectAt(claim, 'spec', 'resources', 'requests');
    cluster.putStatus('persistentvolumeclaims', bound, { phase: 'Bound', accessModes, capacity });
  }
}
