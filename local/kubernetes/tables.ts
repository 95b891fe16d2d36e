import { at, listAt, objectAt, shown, textAt, type Json, type JsonObject } from './json.ts';
import type { Resource } from './schema.ts';
import { resourceName } from './objects.ts';

/**
 * A cell: a text in which `{path}` is what the object has there, for every item of a list, and
 * `{path|text}` is that text if it has nothing.
 */
type Cell = string | ((object: JsonObject) => string);

/**
 * What `kubectl get` prints between the name and the age: cells by the titles of their columns.
 * `-o wide` adds nothing.
 */
const columns: Readonly<Record<string, Readonly<Record<string, Cell>>>> = {
  configmaps: { Data: keyCount },
  'daemonsets.apps': {
    Desired: '{status.desiredNumberScheduled|0}',
    Ready: '{status.numberReady|0}',
    'Up-to-date': '{status.updatedNumberScheduled|0}',
  },
  'deployments.apps': {
    Ready: '{status.readyReplicas|0}/{spec.replicas|0}',
    'Up-to-date': '{status.updatedReplicas|0}',
    Available: '{status.availableReplicas|0}',
  },
  'ingresses.networking.k8s.io': { Class: '{spec.ingressClassName}', Hosts: '{spec.rules.host|*}' },
  'jobs.batch': { Completions: '{status.succeeded|0}/{spec.completions|0}' },
  namespaces: { Status: '{status.phase}' },
  persistentvolumeclaims: { Status: '{status.phase}', Volume: '{spec.volumeName|}' },
  pods: { Ready: readyContainers, Status: podStatus, Restarts: '0' },
  'replicasets.apps': { Desired: '{spec.replicas|0}', Ready: '{status.readyReplicas|0}' },
  secrets: { Type: '{type}', Data: keyCount },
  services: {
    Type: '{spec.type}',
    'Cluster-IP': '{spec.clusterIP}',
    'External-IP': '{status.loadBalancer.ingress.ip}',
    'Port(s)': '{spec.ports.port}',
  },
  'statefulsets.apps': { Ready: '{status.readyReplicas|0}/{spec.replicas|0}' },
};

function readyContainers(pod: JsonObject): string {
  const ready = valuesAt(pod, 'status.containerStatuses.ready').filter((one) => one === true);
  return `${ready.length}/${listAt(pod, 'spec', 'containers').length}`;
}

function podStatus(pod: JsonObject): string {
  if (at(pod, 'metadata', 'deletionTimestamp') !== undefined) return 'Terminating';

  const phase = textAt(pod, 'status', 'phase');
  const reasons = valuesAt(pod, 'status.containerStatuses.state.waiting.reason').map(shown);
  return reasons.join(',') || (phase === 'Succeeded' ? 'Completed' : phase);
}

function keyCount(object: JsonObject): string {
  const contents = { ...objectAt(object, 'data'), ...objectAt(object, 'binaryData') };
  return String(Object.keys(contents).length);
}

/** `5s`, `3m`. No rehearsal takes hours. */
function age(object: JsonObject): string {
  const created = textAt(object, 'metadata', 'creationTimestamp');
  if (created === '') return '<none>';

  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(created)) / 1000));
  return seconds < 120 ? `${seconds}s` : `${Math.floor(seconds / 60)}m`;
}

/** The values at a path, for every item of a list. */
function valuesAt(object: JsonObject, path: string): Json[] {
  let values: Json[] = [object];
  for (const name of path.split('.')) values = values.flatMap((one) => at(one, name) ?? []);
  return values;
}

function cellText(cell: Cell, object: JsonObject): string {
  if (typeof cell === 'function') return cell(object);

  return cell.replaceAll(/\{(.*?)(?:\|(.*?))?\}/g, (_all, path: string, none = '<none>') => {
    const texts = valuesAt(object, path).map(shown);
    return texts.join(',') || String(none);
  });
}

/** Objects as a `Table` of meta.k8s.io. */
export function tableOf(
  resource: Resource,
  objects: readonly JsonObject[],
  metadata: JsonObject,
): JsonObject {
  const cells = {
    Name: '{metadata.name}',
    ...columns[resourceName(resource)],
    Age: age,
  };
  const apiVersion = 'meta.k8s.io/v1';
  const columnDefinitions = Object.keys(cells).map((name) => ({
    name,
    type: 'string',
    format: name === 'Name' ? 'name' : '',
  }));
  const rows = objects.map((object) => ({
    cells: Object.values(cells).map((cell) => cellText(cell, object)),
    object: { kind: 'PartialObjectMetadata', apiVersion, metadata: objectAt(object, 'metadata') },
  }));
  return { kind: 'Table', apiVersion, metadata, columnDefinitions, rows };
}
