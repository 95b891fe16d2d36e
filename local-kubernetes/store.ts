import { randomUUID } from 'node:crypto';
import { numberAt, objectAt, omit, same, textAt, type JsonObject } from './json.ts';
import { apiVersionOf, resourceName, type Resource } from './schema.ts';

/** Everything the API keeps, with its history, from which watches are served. It knows no kind. */

export type Change = Readonly<{
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  version: number;
  resource: Resource;
  object: JsonObject;
}>;

export type Store = Readonly<{
  version(): number;
  find(resource: Resource, namespace: string, name: string): JsonObject | undefined;
  list(resource: Resource, namespace?: string): JsonObject[];
  /** All objects of all kinds. */
  all(): readonly Readonly<{ resource: Resource; object: JsonObject }>[];
  /** What would be kept: metadata filled in, the generation counted up where the specification changes. */
  complete(resource: Resource, namespace: string, object: JsonObject): JsonObject;
  /** Keeps an object, new or not. One that does not change stays as it is, and nobody is told. */
  put(resource: Resource, namespace: string, object: JsonObject): JsonObject;
  remove(resource: Resource, namespace: string, name: string): void;
  changesSince(version: number): Change[];
  /** Told of each change; returns what ends that. */
  onChange(listener: (change: Change) => void): () => void;
}>;

/** An empty one. */
export function createStore(): Store {
  const objects = new Map<string, { resource: Resource; object: JsonObject }>();
  const history: Change[] = [];
  const listeners = new Set<(change: Change) => void>();
  let version = 1;

  const keyOf = (resource: Resource, namespace: string, name: string) =>
    [resourceName(resource), resource.namespaced ? namespace : '', name].join('/');

  function note(type: Change['type'], resource: Resource, object: JsonObject): void {
    const change = { type, version, resource, object };
    history.push(change);
    for (const listener of [...listeners]) listener(change);
  }

  const store: Store = {
    version: () => version,
    find: (resource, namespace, name) => objects.get(keyOf(resource, namespace, name))?.object,
    list: (resource, namespace) => {
      const prefix = `${resourceName(resource)}/${namespace === undefined ? '' : `${resource.namespaced ? namespace : ''}/`}`;
      return [...objects]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { object }]) => object);
    },
    all: () => [...objects.values()],

    complete(resource, namespace, object) {
      const given = objectAt(object, 'metadata');
      const before = objects.get(keyOf(resource, namespace, textAt(given, 'name')))?.object;
      const changed = before === undefined || !same(before['spec'], object['spec']);
      const metadata = omit(given, 'selfLink');
      return {
        ...object,
        apiVersion: apiVersionOf(resource),
        kind: resource.kind,
        metadata: {
          ...metadata,
          ...(resource.namespaced ? { namespace } : {}),
          uid: textAt(before, 'metadata', 'uid') || randomUUID(),
          creationTimestamp: textAt(before, 'metadata', 'creationTimestamp') || now(),
          resourceVersion: textAt(before, 'metadata', 'resourceVersion'),
          ...('spec' in object
            ? { generation: numberAt(0, before, 'metadata', 'generation') + (changed ? 1 : 0) }
            : {}),
        },
      };
    },

    put(resource, namespace, object) {
      const completed = store.complete(resource, namespace, object);
      const key = keyOf(resource, namespace, textAt(completed, 'metadata', 'name'));
      const before = objects.get(key)?.object;
      if (before !== undefined && same(completed, before)) return before;
      version += 1;
      const metadata = { ...objectAt(completed, 'metadata'), resourceVersion: String(version) };
      const kept = { ...completed, metadata };
      objects.set(key, { resource, object: kept });
      note(before === undefined ? 'ADDED' : 'MODIFIED', resource, kept);
      return kept;
    },

    remove(resource, namespace, name) {
      const key = keyOf(resource, namespace, name);
      const object = objects.get(key)?.object;
      if (!object) return;
      objects.delete(key);
      version += 1;
      const metadata = { ...objectAt(object, 'metadata'), resourceVersion: String(version) };
      note('DELETED', resource, { ...object, metadata });
    },

    changesSince: (since) => history.filter((change) => change.version > since),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return store;
}

/** A time as the API writes it. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
