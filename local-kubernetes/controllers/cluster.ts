import { definitions, type Cluster } from '../cluster.ts';
import { at, listAt, objectAt, textAt, withAt, type JsonObject } from '../json.ts';
import { isTrue, nameOf, namespaceOf, now, ownerOf, uidOf } from '../objects.ts';
import { matchesSelector } from '../selector.ts';
import type { HasPassed } from './index.ts';

/** Gives a new namespace what each one has, and empties one that is going after a while, as real ones do after 5 s. */
export function runNamespaces(cluster: Cluster, hasPassed: HasPassed): void {
  for (const namespace of cluster.list('namespaces')) {
    const name = nameOf(namespace);
    if (at(namespace, 'metadata', 'deletionTimestamp') !== undefined) {
      if (hasPassed(5, `the end of ${uidOf(namespace)}`)) empty(cluster, namespace);
      continue;
    }
    if (!cluster.find('serviceaccounts', name, 'default'))
      cluster.put('serviceaccounts', { metadata: { name: 'default', namespace: name } });
    if (!cluster.find('configmaps', name, 'kube-root-ca.crt'))
      cluster.put('configmaps', { metadata: { name: 'kube-root-ca.crt', namespace: name }, data: { 'ca.crt': '' } });
  }
}

/** Removes what is in a namespace, and then the namespace; finalizers hold both. */
function empty(cluster: Cluster, namespace: JsonObject): void {
  const inside = cluster.all().filter(({ object }) => namespaceOf(object) === nameOf(namespace));
  for (const { resource, object } of inside) {
    const time = textAt(object, 'metadata', 'deletionTimestamp') || now();
    if (listAt(object, 'metadata', 'finalizers').length === 0) cluster.remove(resource, object);
    else cluster.put(resource, withAt(object, ['metadata', 'deletionTimestamp'], time));
  }
  if (inside.length === 0) cluster.remove('namespaces', namespace);
}

/** Removes what belongs to owners that are gone, and custom resources whose definition is. */
export function runOwners(cluster: Cluster): void {
  const all = cluster.all();
  const uids = new Set(all.map(({ object }) => uidOf(object)));
  for (const { resource, object } of all) {
    const owners = listAt(object, 'metadata', 'ownerReferences');
    const isLost = owners.length > 0 && !owners.some((owner) => uids.has(textAt(owner, 'uid')));
    const isUndefined = resource.custom && !cluster.find(definitions, '', `${resource.plural}.${resource.group}`);
    if (isLost || isUndefined) cluster.remove(resource, object);
  }
}

/** The address of a load balancer, and the endpoints of a service that selects pods. */
export function runServices(cluster: Cluster): void {
  for (const service of cluster.list('services')) {
    const [namespace, name] = [namespaceOf(service), nameOf(service)];
    if (textAt(service, 'spec', 'type') === 'LoadBalancer')
      cluster.put('services', { ...service, status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } } });
    if (at(service, 'spec', 'selector') === undefined) continue;
    const selector = { matchLabels: objectAt(service, 'spec', 'selector') };
    const isSelected = (pod: JsonObject) => matchesSelector(selector, objectAt(pod, 'metadata', 'labels'));
    const ready = cluster.list('pods', namespace).filter((pod) => isSelected(pod) && isTrue(pod, 'Ready'));
    const ips = ready.map((pod) => textAt(pod, 'status', 'podIP'));
    const open = listAt(ready[0], 'spec', 'containers').flatMap((container) => listAt(container, 'ports'));
    const ports = listAt(service, 'spec', 'ports').map((one) => {
      const { name: title = '', protocol = '', targetPort = 0 } = objectAt(one);
      const named = open.find((port) => at(port, 'name') === targetPort);
      return { name: title, protocol, port: at(named, 'containerPort') ?? targetPort };
    });
    const subsets = ips.length > 0 ? [{ addresses: ips.map((ip) => ({ ip })), ports }] : [];
    const metadata = { name, namespace, ownerReferences: [ownerOf(service)] };
    cluster.put('endpoints', { metadata, subsets });
    const labels = { 'kubernetes.io/service-name': name };
    const endpoints = ips.map((ip) => ({ addresses: [ip], conditions: { ready: true } }));
    const slice = { metadata: { ...metadata, labels }, addressType: 'IPv4', endpoints, ports };
    cluster.put('endpointslices.discovery.k8s.io', slice);
  }
}

/** Binds claims: at once, or when a pod uses them, as their storage class says. Their volumes are no objects. */
export function runClaims(cluster: Cluster): void {
  for (const claim of cluster.list('persistentvolumeclaims')) {
    const storageClass = cluster.find('storageclasses.storage.k8s.io', '', textAt(claim, 'spec', 'storageClassName'));
    const used = cluster.list('pods', namespaceOf(claim)).flatMap((pod) => listAt(pod, 'spec', 'volumes'));
    const isUsed = used.some((one) => textAt(one, 'persistentVolumeClaim', 'claimName') === nameOf(claim));
    if (!storageClass || !(isUsed || textAt(storageClass, 'volumeBindingMode') === 'Immediate')) continue;
    const bound = withAt(claim, ['spec', 'volumeName'], `pvc-${uidOf(claim)}`);
    const accessModes = listAt(claim, 'spec', 'accessModes');
    const status = { phase: 'Bound', accessModes, capacity: objectAt(claim, 'spec', 'resources', 'requests') };
    cluster.put('persistentvolumeclaims', { ...bound, status });
  }
}
