import { randomUUID } from 'node:crypto';
import type { Cluster } from './cluster.ts';
import { withDefaults } from './defaults.ts';
import { forbidden, invalid, invalidValue, notFound } from './errors.ts';
import { at, listAt, numberAt, objectAt, textAt, withAt, type JsonObject } from './json.ts';
import { resourceName, type Resource } from './schema.ts';
import { nameOf } from './objects.ts';
import { problemsOf } from './validation/index.ts';

/** Where an object is written, and what it replaces there. */
export type Target = Readonly<{ cluster: Cluster; resource: Resource; namespace: string; before?: JsonObject }>;

/** @throws ApiError where the namespace does not take new objects. */
export function checkNamespace({ cluster, resource, namespace }: Target, name: string): void {
  if (!resource.namespaced) return;
  const found = cluster.find('namespaces', '', namespace);
  if (!found) throw notFound(cluster.resource('namespaces'), namespace);
  if (at(found, 'metadata', 'deletionTimestamp') !== undefined)
    throw forbidden(resource, name, `unable to create new content in namespace ${namespace}: it is being terminated`);
}

/**
 * The object as the server keeps it: with its defaults, and with what depends on what else there is in the cluster.
 *
 * @throws ApiError where one of its fields is wrong, or something in the cluster speaks against it.
 */
export function admitted(target: Target, object: JsonObject): JsonObject {
  const { resource, before } = target;
  const plugin = plugins[resourceName(resource)];
  const filled = withDefaults(resource, object);
  const full = plugin ? { ...filled, spec: { ...objectAt(filled, 'spec'), ...plugin.fill(filled, target) } } : filled;
  const problems = problemsOf(resource, full, before);
  if (problems.length > 0) throw invalid(resource, nameOf(full), problems);
  plugin?.check?.(full, target);
  return full;
}

/** Fields of the specification that the server fills in before it checks them, and what it asks of the cluster then. */
type Plugin = Readonly<{
  fill: (object: JsonObject, target: Target) => JsonObject;
  check?: (object: JsonObject, target: Target) => void;
}>;

const priorityClasses = 'priorityclasses.scheduling.k8s.io';

const plugins: Readonly<Record<string, Plugin>> = {
  pods: {
    fill({ spec }, { cluster, before }) {
      if (before) return {};
      const account = textAt(spec, 'serviceAccountName') || 'default';
      const priority = cluster.find(priorityClasses, '', textAt(spec, 'priorityClassName'));
      return { serviceAccountName: account, serviceAccount: account, priority: numberAt(0, priority, 'value') };
    },
    check(object, { cluster, resource, namespace, before }) {
      if (before) return;
      const account = textAt(object, 'spec', 'serviceAccountName');
      const priority = textAt(object, 'spec', 'priorityClassName');
      const no = (why: string) => forbidden(resource, nameOf(object), why);
      if (!cluster.find('serviceaccounts', namespace, account))
        throw no(`error looking up service account: serviceaccount "${account}" not found`);
      if (priority !== '' && !cluster.find(priorityClasses, '', priority))
        throw no(`no PriorityClass with name ${priority} was found`);
    },
  },
  services: {
    fill(object, { cluster, before }) {
      const type = textAt(object, 'spec', 'type');
      if (type === 'ExternalName') return {};
      const used = new Set(cluster.list('services').flatMap(allocated));
      const free = <T extends string | number>(first: number, of: (index: number) => T): T => {
        let index = first;
        while (used.has(of(index))) index += 1;
        used.add(of(index));
        return of(index);
      };
      const own = textAt(object, 'spec', 'clusterIP') || textAt(before, 'spec', 'clusterIP');
      const clusterIP = own || free(2, (index) => `10.0.${index >> 8}.${index & 255}`);
      const last = listAt(before, 'spec', 'ports');
      const ports = listAt(object, 'spec', 'ports').map((port, index) => {
        if (type === 'ClusterIP' || numberAt(0, port, 'nodePort') !== 0) return port;
        return { ...objectAt(port), nodePort: at(last[index], 'nodePort') ?? free(30_000, (one) => one) };
      });
      return { clusterIP, clusterIPs: [clusterIP], ...(ports.length > 0 ? { ports } : {}) };
    },
    check(object, { cluster, resource, before }) {
      const others = cluster.list('services').filter((one) => one !== before);
      const taken = allocated(object).find((one) => others.flatMap(allocated).includes(one));
      if (taken === undefined) return;
      const field = typeof taken === 'number' ? 'spec.ports.nodePort' : 'spec.clusterIPs';
      throw invalid(resource, nameOf(object), [invalidValue(field, taken, 'it is already allocated')]);
    },
  },
  'jobs.batch': {
    fill(object, { before }) {
      if (before) return {};
      const name = nameOf(object);
      const selected = { 'batch.kubernetes.io/controller-uid': randomUUID() };
      const own = { ...selected, 'batch.kubernetes.io/job-name': name, 'job-name': name };
      const template = objectAt(object, 'spec', 'template');
      const labels = { ...objectAt(template, 'metadata', 'labels'), ...own };
      return { template: withAt(template, ['metadata', 'labels'], labels), selector: { matchLabels: selected } };
    },
  },
  persistentvolumeclaims: {
    fill: ({ spec }, { before }) => (before ? {} : { storageClassName: at(spec, 'storageClassName') ?? 'default' }),
  },
};

/** What one service alone can have: its address, and its ports of the nodes. */
function allocated(service: JsonObject): (string | number)[] {
  const nodePorts = listAt(service, 'spec', 'ports').map((port) => numberAt(0, port, 'nodePort'));
  return [textAt(service, 'spec', 'clusterIP'), ...nodePorts].filter((one) => !['', 'None', 0].includes(one));
}
