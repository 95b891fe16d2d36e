import { randomUUID } from 'node:crypto';
import {
  listAt,
  numberAt,
  objectAt,
  omit,
  same,
  textAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { nameOf, namespaceOf, now, uidOf, resourceName } from './objects.ts';
import { apiVersionOf, type Resource } from './schema.ts';

export type Change = Readonly<{
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: Resource;
  object: JsonObject;
}>;

const keyOf = (resource: Resource, namespace: string, name: string) =>
  [resourceName(resource), resource.namespaced ? namespace : '', name].join('/');

/**
 * Everything the API stores, with its history, from which watches are served. It doesn't know any
 * kind.
 */
export abstract class Store {
  readonly #objects = new Map<string, Readonly<{ resource: Resource; object: JsonObject }>>();
  readonly #history: Change[] = [];
  readonly #listeners = new Set<(change: Change) => void>();

  /** A resource, or the newest version of the one with this name: `deployments.apps`. */
  abstract resource(of: Resource | string): Resource;

  /** The number of the last change. The first one is 2. */
  version(): number {
    return this.#history.length + 1;
  }

  find(of: Resource | string, namespace: string, name: string): JsonObject | undefined {
    return this.#objects.get(keyOf(this.resource(of), namespace, name))?.object;
  }

  /** The objects of a resource by name, by default in all namespaces. */
  list(of: Resource | string, namespace?: string): JsonObject[] {
    const resource = this.resource(of);
    const prefix =
      namespace === undefined ? `${resourceName(resource)}/` : keyOf(resource, namespace, '');
    const found = [...this.#objects].filter(([key]) => key.startsWith(prefix));
    return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { object }]) => object);
  }

  /** The objects of a resource that belong to an owner. */
  ownedBy(of: Resource | string, owner: JsonObject): JsonObject[] {
    const isOwner = (reference: Json) => textAt(reference, 'uid') === uidOf(owner);
    return this.list(of, namespaceOf(owner)).filter((one) =>
      listAt(one, 'metadata', 'ownerReferences').some(isOwner),
    );
  }

  /** All objects of all kinds. */
  all(): Readonly<{ resource: Resource; object: JsonObject }>[] {
    return [...this.#objects.values()];
  }

  /**
   * What would be stored: metadata filled in, the generation incremented if the specification
   * changes.
   */
  complete(resource: Resource, object: JsonObject): JsonObject {
    const before = this.find(resource, namespaceOf(object), nameOf(object));
    const last = objectAt(before, 'metadata');
    const isChanged = before === undefined || !same(before['spec'], object['spec']);
    const generation = numberAt(0, last, 'generation') + (isChanged ? 1 : 0);
    const metadata = {
      ...omit(objectAt(object, 'metadata'), 'selfLink'),
      uid: textAt(last, 'uid') || randomUUID(),
      creationTimestamp: textAt(last, 'creationTimestamp') || now(),
      resourceVersion: textAt(last, 'resourceVersion'),
      ...('spec' in object ? { generation } : {}),
    };
    return { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind, metadata };
  }

  /**
   * Stores an object, new or not. If nothing changes, it stays as it is, and no one is notified.
   */
  put(of: Resource | string, given: JsonObject): JsonObject {
    const resource = this.resource(of);
    const object = this.complete(resource, given);
    const before = this.find(resource, namespaceOf(object), nameOf(object));
    if (before !== undefined && same(object, before)) return before;
    return this.#note(before === undefined ? 'ADDED' : 'MODIFIED', resource, object);
  }

  remove(of: Resource | string, object: JsonObject): void {
    const resource = this.resource(of);
    if (this.find(resource, namespaceOf(object), nameOf(object)))
      this.#note('DELETED', resource, object);
  }

  #note(type: Change['type'], resource: Resource, given: JsonObject): JsonObject {
    const metadata = {
      ...objectAt(given, 'metadata'),
      resourceVersion: String(this.version() + 1),
    };
    const object = { ...given, metadata };
    const key = keyOf(resource, namespaceOf(object), nameOf(object));
    if (type === 'DELETED') this.#objects.delete(key);
    else this.#objects.set(key, { resource, object });
    const change = { type, resource, object };
    this.#history.push(change);
    for (const listener of [...this.#listeners]) listener(change);
    return object;
  }

  changesSince(version: number): Change[] {
    return this.#history.slice(version - 1);
  }

  /** Calls the listener for each change. Returns a function that stops it. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
