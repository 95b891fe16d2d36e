import { randomUUID } from 'node:crypto';
import type { Cluster } from './cluster.ts';
import { withDefaults } from './defaults.ts';
import { forbidden, invalid, invalidValue, notFound, notSimulated } from './errors.ts';
import { at, listAt, numberAt, objectAt, omit, textAt, withAt, type JsonObject } from './json.ts';
import type { Resource } from './schema.ts';
import { nameOf, resourceName } from './objects.ts';
import { problemsOf } from './validation/index.ts';

/** Where an object is written, and what it replaces. */
export type Target = Readonly<{
  cluster: Cluster;
  resource: Resource;
  namespace: string;
  before?: JsonObject;
}>;

/**
 * The object as the server keeps it. Refused if a field is wrong, or if something in the cluster
 * conflicts with it.
 */
export function admitted(target: Target, object: JsonObject): JsonObject {
  const { resource, before } = target;
  if (resource.namespaced && !before) checkNamespace(target, nameOf(object));
  const filled = withDefaults(resource, object);
  const changes = plugins[resourceName(resource)]?.(filled, target);
  const full = changes ? { ...filled, spec: { ...objectAt(filled, 'spec'), ...changes } } : filled;
  const problems = problemsOf(resource, full, before);
  if (problems.length > 0) throw invalid(resource, nameOf(full), problems);
  return full;
}

function checkNamespace({ cluster, resource, namespace }: Target, name: string): void {
  const found = cluster.find('namespaces', '', namespace);
  if (!found) throw notFound(cluster.resource('namespaces'), namespace);
  if (at(found, 'metadata', 'deletionTimestamp') !== undefined)
    throw forbidden(
      resource,
      name,
      `unable to create new content in namespace ${namespace}: it is being terminated`,
    );
}

/** By resource: what else goes into the specification, or why the object is refused. */
const plugins: Readonly<
  Record<string, (object: JsonObject, target: Target) => JsonObject | undefined>
> = {
  pods(object, { cluster, resource, namespace, before }) {
    if (before) return undefined;

    const lacking = (what: string) => forbidden(resource, nameOf(object), `${what} not found`);
    const account = textAt(object, 'spec', 'serviceAccountName') || 'default';
    if (!cluster.find('serviceaccounts', namespace, account)) {
      throw lacking(`service account "${account}"`);
    }

    const className = textAt(object, 'spec', 'priorityClassName');
    const priorityClass = cluster.find('priorityclasses.scheduling.k8s.io', '', className);
    if (className !== '' && !priorityClass) throw lacking(`priority class "${className}"`);

    return {
      serviceAccountName: account,
      serviceAccount: account,
      priority: numberAt(0, priorityClass, 'value'),
    };
  },
  services(object, { cluster, resource, before }) {
    const type = textAt(object, 'spec', 'type');
    if (type === 'ExternalName') return undefined;
    const typeBefore = textAt(before, 'spec', 'type');
    if (type === 'ClusterIP' && (typeBefore === 'NodePort' || typeBefore === 'LoadBalancer')) {
      throw notSimulated('a service that was open to the outside, and is no more');
    }

    const others = cluster.list('services').filter((one) => one !== before);
    const used = new Set(others.flatMap(allocated));
    const taken = allocated(object).find((one) => used.has(one));
    if (taken !== undefined) {
      const problem = invalidValue('spec', taken, 'it is already allocated');
      throw invalid(resource, nameOf(object), [problem]);
    }

    const given = textAt(object, 'spec', 'clusterIP') || textAt(before, 'spec', 'clusterIP');
    const clusterIP = given || (addresses.find((one) => !used.has(one)) ?? '');

    const portsBefore = listAt(before, 'spec', 'ports');
    const freePorts = nodePorts.filter((one) => !used.has(one));
    const ports = listAt(object, 'spec', 'ports').map((port, index) => {
      if (numberAt(0, port, 'nodePort') !== 0) return port;
      if (type === 'ClusterIP') return omit(objectAt(port), 'nodePort');
      const nodePort = at(portsBefore[index], 'nodePort') ?? freePorts.shift();
      return withAt(objectAt(port), ['nodePort'], nodePort);
    });
    return { clusterIP, clusterIPs: [clusterIP], ...(ports.length > 0 ? { ports } : {}) };
  },
  'jobs.batch'(object, { before }) {
    if (before) return undefined;
    if (at(object, 'spec', 'selector') !== undefined)
      throw notSimulated('a job with a selector of its own');

    const uid = randomUUID();
    const name = nameOf(object);
    const matchLabels = { 'batch.kubernetes.io/controller-uid': uid };
    const own = {
      ...matchLabels,
      'batch.kubernetes.io/job-name': name,
      'controller-uid': uid,
      'job-name': name,
    };
    const template = objectAt(object, 'spec', 'template');
    const labels = { ...objectAt(template, 'metadata', 'labels'), ...own };
    return {
      template: withAt(template, ['metadata', 'labels'], labels),
      selector: { matchLabels },
    };
  },
  persistentvolumeclaims: ({ spec }, { before }) =>
    before || at(spec, 'storageClassName') !== undefined
      ? undefined
      : { storageClassName: 'default' },
};

const addresses = Array.from(
  { length: 1000 },
  (_, index) => `10.0.${(index + 2) >> 8}.${(index + 2) & 255}`,
);

const nodePorts = Array.from({ length: 2768 }, (_, index) => 30_000 + index);

/** What only one service can have: its address, and its node ports. */
function allocated(service: JsonObject): (string | number)[] {
  const ports = listAt(service, 'spec', 'ports').map((port) => numberAt(0, port, 'nodePort'));
  return [textAt(service, 'spec', 'clusterIP'), ...ports].filter(
    (one) => !['', 'None', 0].includes(one),
  );
}
