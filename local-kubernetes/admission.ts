import { randomUUID } from 'node:crypto';
import { findIn, listOf, type Cluster } from './cluster.ts';
import { forbidden, invalid, invalidValue, notFound } from './errors.ts';
import { at, listAt, numberAt, objectAt, textAt, withAt, type Json, type JsonObject } from './json.ts';
import { resourceName, type Resource } from './schema.ts';

/** What the server checks and fills in by what else there is in the cluster. */
export type Admission = Readonly<{
  cluster: Cluster;
  resource: Resource;
  namespace: string;
  before: JsonObject | undefined;
}>;

/** @throws ApiError where the namespace does not take new objects. */
export function checkNamespace({ cluster, resource, namespace }: Admission, name: string): void {
  const namespaces = resource.namespaced ? cluster.resource('namespaces') : undefined;
  const found = findIn(cluster, 'namespaces', '', namespace);
  if (namespaces && !found) throw notFound(namespaces, namespace);
  if (namespaces && textAt(found, 'metadata', 'deletionTimestamp') !== '')
    throw forbidden(resource, name, `unable to create new content in namespace ${namespace}: it is being terminated`);
}

/** The object as the server keeps it, before its fields are checked. */
export function complete(admission: Admission, object: JsonObject): JsonObject {
  return completions[resourceName(admission.resource)]?.(object, admission) ?? object;
}

const spec = (object: JsonObject, changes: JsonObject): JsonObject => ({
  ...object,
  spec: { ...objectAt(object, 'spec'), ...changes },
});

const completions: Readonly<Record<string, (object: JsonObject, admission: Admission) => JsonObject>> = {
  pods(object, { cluster, before }) {
    if (before) return object;
    const account = textAt(object, 'spec', 'serviceAccountName') || 'default';
    const priority = findIn(
      cluster,
      'priorityclasses.scheduling.k8s.io',
      '',
      textAt(object, 'spec', 'priorityClassName'),
    );
    return spec(object, {
      serviceAccountName: account,
      serviceAccount: account,
      priority: numberAt(0, priority, 'value'),
    });
  },
  services(object, { cluster, before }) {
    const type = textAt(object, 'spec', 'type');
    if (type === 'ExternalName') return object;
    const used = new Set(
      listOf(cluster, 'services').flatMap((one) => [at(one, 'spec', 'clusterIP'), ...nodePorts(one)]),
    );
    const free = (first: number, of: (index: number) => Json) => {
      let index = first;
      while (used.has(of(index))) index += 1;
      used.add(of(index));
      return of(index);
    };
    const own = textAt(object, 'spec', 'clusterIP') || textAt(before, 'spec', 'clusterIP');
    const clusterIP = own || free(2, (index) => `10.0.${index >> 8}.${index & 255}`);
    const ports = listAt(object, 'spec', 'ports').map((port, index) => {
      if (type === 'ClusterIP' || numberAt(0, port, 'nodePort') !== 0) return port;
      const nodePort = before && nodePorts(before)[index];
      return { ...objectAt(port), nodePort: nodePort ?? free(30_000, (one) => one) };
    });
    return spec(object, { clusterIP, clusterIPs: [clusterIP], ...(ports.length > 0 ? { ports } : {}) });
  },
  'jobs.batch'(object, { before }) {
    if (before) return object;
    const uid = randomUUID();
    const name = textAt(object, 'metadata', 'name');
    const labels = {
      ...objectAt(object, 'spec', 'template', 'metadata', 'labels'),
      ...{ 'batch.kubernetes.io/controller-uid': uid, 'controller-uid': uid },
      ...{ 'batch.kubernetes.io/job-name': name, 'job-name': name },
    };
    const template = withAt(objectAt(object, 'spec', 'template'), ['metadata', 'labels'], labels);
    const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
    return spec(withAt(object, ['metadata', 'uid'], uid), { template, selector });
  },
  persistentvolumeclaims(object, { cluster, before }) {
    const standard = listOf(cluster, 'storageclasses.storage.k8s.io').find(
      (one) => textAt(one, 'metadata', 'annotations', 'storageclass.kubernetes.io/is-default-class') === 'true',
    );
    if (before || at(object, 'spec', 'storageClassName') !== undefined || !standard) return object;
    return spec(object, { storageClassName: textAt(standard, 'metadata', 'name') });
  },
};

const nodePorts = (service: JsonObject) =>
  listAt(service, 'spec', 'ports').flatMap((port) => numberAt(0, port, 'nodePort') || []);

/** @throws ApiError where something in the cluster speaks against the object. */
export function admit({ cluster, resource, namespace, before }: Admission, object: JsonObject): void {
  const name = textAt(object, 'metadata', 'name');
  if (resourceName(resource) === 'services') {
    const others = listOf(cluster, 'services')
      .filter((one) => one !== before)
      .flatMap(nodePorts);
    const taken = nodePorts(object).find((port) => others.includes(port));
    if (taken !== undefined)
      throw invalid(resource, name, [invalidValue('spec.ports.nodePort', taken, 'provided port is already allocated')]);
  }
  if (resourceName(resource) === 'pods' && !before) {
    const account = textAt(object, 'spec', 'serviceAccountName');
    if (!findIn(cluster, 'serviceaccounts', namespace, account))
      throw forbidden(resource, name, `error looking up service account: serviceaccount "${account}" not found`);
    const priority = textAt(object, 'spec', 'priorityClassName');
    if (priority !== '' && !findIn(cluster, 'priorityclasses.scheduling.k8s.io', '', priority))
      throw forbidden(resource, name, `no PriorityClass with name ${priority} was found`);
  }
}
