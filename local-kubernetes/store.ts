import { randomBytes, randomUUID } from 'node:crypto';
import { isObject, listAt, objectAt, same, textAt, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, type Kind } from './kinds.ts';

/** Everything the API keeps, with its history, from which watches are served. */

export type Change = Readonly<{
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  version: number;
  kind: Kind;
  object: JsonObject;
}>;

export type Store = Readonly<{
  version(): number;
  find(kind: Kind, namespace: string, name: string): JsonObject | undefined;
  list(kind: Kind, namespace?: string): JsonObject[];
  /** What would be kept: metadata filled in, the generation counted up where the specification changes. */
  complete(kind: Kind, namespace: string, object: JsonObject): JsonObject;
  /** Keeps an object, new or not. */
  put(kind: Kind, namespace: string, object: JsonObject): JsonObject;
  /** Removes an object and all that it owns. */
  remove(kind: Kind, namespace: string, name: string): void;
  changesSince(version: number): Change[];
  /** Told of each change; returns what ends that. */
  onChange(listener: (change: Change) => void): () => void;
}>;

/** An empty one. */
export function createStore(): Store {
  const objects = new Map<string, { kind: Kind; object: JsonObject }>();
  const history: Change[] = [];
  const listeners = new Set<(change: Change) => void>();
  let version = 1;

  const keyOf = (kind: Kind, namespace: string, name: string) =>
    [kind.group, kind.plural, kind.namespaced ? namespace : '', name].join('/');

  function note(type: Change['type'], kind: Kind, object: JsonObject): void {
    const change = { type, version, kind, object };
    history.push(change);
    for (const listener of [...listeners]) listener(change);
  }

  const store: Store = {
    version: () => version,
    find: (kind, namespace, name) => objects.get(keyOf(kind, namespace, name))?.object,
    list: (kind, namespace) =>
      [...objects.values()]
        .filter((entry) => entry.kind === kind)
        .map(({ object }) => object)
        .filter((object) => namespace === undefined || textAt(object, 'metadata', 'namespace') === namespace),

    complete(kind, namespace, object) {
      const given = objectAt(object, 'metadata');
      const prefix = textAt(given, 'generateName');
      const name = textAt(given, 'name') || `${prefix}${randomBytes(3).toString('hex')}`;
      const before = objects.get(keyOf(kind, namespace, name))?.object;
      const generation = Number(before === undefined ? 0 : (objectAt(before, 'metadata')['generation'] ?? 0));
      const changed = before === undefined || !same(before['spec'], object['spec']);
      return {
        ...object,
        apiVersion: apiVersionOf(kind),
        kind: kind.kind,
        metadata: {
          ...given,
          name,
          ...(kind.namespaced ? { namespace } : {}),
          uid: textAt(before, 'metadata', 'uid') || randomUUID(),
          creationTimestamp:
            textAt(before, 'metadata', 'creationTimestamp') || new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
          resourceVersion: String(version + 1),
          generation: generation + (changed ? 1 : 0),
        },
      };
    },

    put(kind, namespace, object) {
      const completed = store.complete(kind, namespace, object);
      const key = keyOf(kind, namespace, textAt(completed, 'metadata', 'name'));
      const type = objects.has(key) ? 'MODIFIED' : 'ADDED';
      version += 1;
      objects.set(key, { kind, object: completed });
      note(type, kind, completed);
      return completed;
    },

    remove(kind, namespace, name) {
      const key = keyOf(kind, namespace, name);
      const object = objects.get(key)?.object;
      if (!object) return;
      objects.delete(key);
      version += 1;
      note('DELETED', kind, {
        ...object,
        metadata: { ...objectAt(object, 'metadata'), resourceVersion: String(version) },
      });
      const uid = textAt(object, 'metadata', 'uid');
      for (const owned of [...objects.values()]) {
        if (!isOwnedBy(owned.object, uid)) continue;
        const metadata = objectAt(owned.object, 'metadata');
        store.remove(owned.kind, textAt(metadata, 'namespace'), textAt(metadata, 'name'));
      }
    },

    changesSince: (since) => history.filter((change) => change.version > since),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return store;
}

/** Whether an object names this owner. */
export function isOwnedBy(object: Json, uid: string): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some((owner) => isObject(owner) && owner['uid'] === uid);
}
