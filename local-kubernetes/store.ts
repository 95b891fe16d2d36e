import { randomUUID } from 'node:crypto';
import { numberAt, objectAt, omit, same, textAt, type JsonObject } from './json.ts';
import { apiVersionOf, resourceName, type Resource } from './schema.ts';

export type Change = Readonly<{
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  version: number;
  resource: Resource;
  object: JsonObject;
}>;

const keyOf = (resource: Resource, namespace: string, name: string) =>
  [resourceName(resource), resource.namespaced ? namespace : '', name].join('/');

/** Everything the API keeps, with its history, from which watches are served. It knows no kind. */
export class Store {
  readonly #objects = new Map<string, Readonly<{ resource: Resource; object: JsonObject }>>();
  readonly #history: Change[] = [];
  readonly #listeners = new Set<(change: Change) => void>();
  #version = 1;

  version(): number {
    return this.#version;
  }

  find(resource: Resource, namespace: string, name: string): JsonObject | undefined {
    return this.#objects.get(keyOf(resource, namespace, name))?.object;
  }

  /** The objects of a resource by their names, in all namespaces unless told. */
  list(resource: Resource, namespace?: string): JsonObject[] {
    const prefix = namespace === undefined ? `${resourceName(resource)}/` : keyOf(resource, namespace, '');
    const found = [...this.#objects].filter(([key]) => key.startsWith(prefix));
    return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { object }]) => object);
  }

  /** All objects of all kinds. */
  all(): Readonly<{ resource: Resource; object: JsonObject }>[] {
    return [...this.#objects.values()];
  }

  /** What would be kept: metadata filled in, the generation counted up where the specification changes. */
  complete(resource: Resource, namespace: string, object: JsonObject): JsonObject {
    const before = this.find(resource, namespace, textAt(object, 'metadata', 'name'));
    const last = objectAt(before, 'metadata');
    const changed = before === undefined || !same(before['spec'], object['spec']);
    const generation = numberAt(0, last, 'generation') + (changed ? 1 : 0);
    const metadata = {
      ...omit(objectAt(object, 'metadata'), 'selfLink'),
      ...(resource.namespaced ? { namespace } : {}),
      uid: textAt(last, 'uid') || randomUUID(),
      creationTimestamp: textAt(last, 'creationTimestamp') || now(),
      resourceVersion: textAt(last, 'resourceVersion'),
      ...('spec' in object ? { generation } : {}),
    };
    return { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind, metadata };
  }

  /** Keeps an object, new or not. One that does not change stays as it is, and nobody is told. */
  put(resource: Resource, namespace: string, object: JsonObject): JsonObject {
    const completed = this.complete(resource, namespace, object);
    const key = keyOf(resource, namespace, textAt(completed, 'metadata', 'name'));
    const before = this.#objects.get(key)?.object;
    if (before !== undefined && same(completed, before)) return before;
    return this.#note(before === undefined ? 'ADDED' : 'MODIFIED', resource, completed, (kept) => {
      this.#objects.set(key, { resource, object: kept });
    });
  }

  remove(resource: Resource, namespace: string, name: string): void {
    const object = this.find(resource, namespace, name);
    if (object) this.#note('DELETED', resource, object, () => this.#objects.delete(keyOf(resource, namespace, name)));
  }

  #note(type: Change['type'], resource: Resource, given: JsonObject, keep: (object: JsonObject) => void): JsonObject {
    this.#version += 1;
    const object = { ...given, metadata: { ...objectAt(given, 'metadata'), resourceVersion: String(this.#version) } };
    keep(object);
    const change = { type, version: this.#version, resource, object };
    this.#history.push(change);
    for (const listener of [...this.#listeners]) listener(change);
    return object;
  }

  changesSince(version: number): Change[] {
    return this.#history.filter((change) => change.version > version);
  }

  /** Told of each change; returns what ends that. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A time as the API writes it. */
export const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
