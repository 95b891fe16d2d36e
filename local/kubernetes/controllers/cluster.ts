import { definitions, type Cluster, type HasPassed } from '../cluster.ts';
import { at, listAt, objectAt, textAt, withAt, type JsonObject } from '../json.ts';
import { isTrue, nameOf, namespaceOf, now, ownerOf, uidOf } from '../objects.ts';
import { matchesSelector } from '../selector.ts';

/** What every namespace has, by resource. */
const standardObjects = { serviceaccounts: 'default', configmaps: 'kube-root-ca.crt' };

/**
 * Gives a new namespace its standard objects, and empties a terminating one after a while; real
 * ones take 5 s.
 */
export function runNamespaces(cluster: Cluster, hasPassed: HasPassed): void {
  for (const namespace of cluster.list('namespaces')) {
    const name = nameOf(namespace);
    if (at(namespace, 'metadata', 'deletionTimestamp') !== undefined) {
      if (hasPassed(5, `the end of ${uidOf(namespace)}`)) empty(cluster, namespace);
      continue;
    }
    for (const [resource, own] of Object.entries(standardObjects)) {
      if (cluster.find(resource, name, own)) continue;
      cluster.put(resource, { metadata: { name: own, namespace: name } });
    }
  }
}

/** Removes what is in a namespace, and then the namespace. Finalizers block both. */
function empty(cluster: Cluster, namespace: JsonObject): void {
  const inside = cluster.all().filter(({ object }) => namespaceOf(object) === nameOf(namespace));
  for (const { resource, object } of inside) {
    const time = textAt(object, 'metadata', 'deletionTimestamp') || now();
    if (listAt(object, 'metadata', 'finalizers').length === 0) cluster.remove(resource, object);
    else cluster.put(resource, withAt(object, ['metadata', 'deletionTimestamp'], time));
  }
  if (inside.length === 0) cluster.remove('namespaces', namespace);
}

/** Removes objects whose owners are gone, and custom resources whose definition is gone. */
export function runOwners(cluster: Cluster): void {
  const all = cluster.all();
  const uids = new Set(all.map(({ object }) => uidOf(object)));
  for (const { resource, object } of all) {
    const owners = listAt(object, 'metadata', 'ownerReferences');
    const isLost = owners.length > 0 && !owners.some((owner) => uids.has(textAt(owner, 'uid')));
    const isUndefined =
      resource.custom && !cluster.find(definitions, '', `${resource.plural}.${resource.group}`);
    if (isLost || isUndefined) cluster.remove(resource, object);
  }
}

/** The address of a load balancer, and the addresses of the ready pods that a service selects. */
export function runServices(cluster: Cluster): void {
  for (const service of cluster.list('services')) {
    const namespace = namespaceOf(service);
    const name = nameOf(service);
    if (textAt(service, 'spec', 'type') === 'LoadBalancer')
      cluster.put('services', {
        ...service,
        status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
      });
    if (at(service, 'spec', 'selector') === undefined) continue;
    const selector = { matchLabels: objectAt(service, 'spec', 'selector') };
    const isSelected = (pod: JsonObject) =>
      matchesSelector(selector, objectAt(pod, 'metadata', 'labels'));
    const ready = cluster
      .list('pods', namespace)
      .filter((pod) => isSelected(pod) && isTrue(pod, 'Ready'));
    const addresses = ready.map((pod) => ({ ip: textAt(pod, 'status', 'podIP') }));
    const metadata = { name, namespace, ownerReferences: [ownerOf(service)] };
    cluster.put('endpoints', { metadata, subsets: addresses.length > 0 ? [{ addresses }] : [] });
  }
}

/** Binds the claims that pods use. Their volumes are not objects here. */
export function runClaims(cluster: Cluster): void {
  for (const claim of cluster.list('persistentvolumeclaims')) {
    const used = cluster
      .list('pods', namespaceOf(claim))
      .flatMap((pod) => listAt(pod, 'spec', 'volumes'));
    const isUsed = used.some(
      (one) => textAt(one, 'persistentVolumeClaim', 'claimName') === nameOf(claim),
    );
    const className = textAt(claim, 'spec', 'storageClassName');
    const hasClass = cluster.find('storageclasses.storage.k8s.io', '', className) !== undefined;
    if (!isUsed || !hasClass) continue;

    const bound = withAt(claim, ['spec', 'volumeName'], `pvc-${uidOf(claim)}`);
    const accessModes = listAt(claim, 'spec', 'accessModes');
    const status = {
      phase: 'Bound',
      accessModes,
      capacity: objectAt(claim, 'spec', 'resources', 'requests'),
    };
    cluster.put('persistentvolumeclaims', { ...bound, status });
  }
}
