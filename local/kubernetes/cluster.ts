import { randomUUID } from 'node:crypto';
import { numberAt, objectAt, omit, same, textAt, type JsonObject } from './json.ts';
import { nameOf, namespaceOf, now, ownersOf, resourceName, uidOf } from './objects.ts';
import { apiVersionOf, builtIn, customResources, type Resource } from './schema.ts';

export type Change = Readonly<{
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: Resource;
  object: JsonObject;
}>;

/** The objects of one resource, by `NAMESPACE/NAME`. */
type Shelf = Readonly<{ resource: Resource; objects: Map<string, JsonObject> }>;

export const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/** Everything the API stores, with its history, from which watches are served. */
export class Cluster {
  readonly #shelves = new Map<string, Shelf>();
  readonly #history: Change[] = [];
  readonly #listeners = new Set<(change: Change) => void>();
  #resources: readonly Resource[] = builtIn;

  /**
   * Receives the name of a namespace that a write needs and that doesn't exist. Then the cluster
   * creates it; without this function, the write is refused.
   */
  readonly onMissingNamespace: ((name: string) => void) | undefined;

  constructor(onMissingNamespace?: (name: string) => void) {
    this.onMissingNamespace = onMissingNamespace;
  }

  /** What each manager applied last to an object (server-side apply), by `UID MANAGER`. */
  readonly applied = new Map<string, JsonObject>();

  /** The built-in resources, and those that definitions add. */
  resources(): readonly Resource[] {
    return this.#resources;
  }

  /** The resource of an object that names its kind. */
  ofKind(apiVersion: string, kind: string): Resource | undefined {
    return this.#resources.find((one) => apiVersionOf(one) === apiVersion && one.kind === kind);
  }

  /** A resource, or the newest version of the one with this name: `deployments.apps`. */
  resource(of: Resource | string): Resource {
    if (typeof of !== 'string') return of;
    const found = this.#resources.findLast((one) => resourceName(one) === of);
    if (!found) throw new TypeError(`There is no resource ${of}`);
    return found;
  }

  /** The number of the last change. The first one is 2. */
  version(): number {
    return this.#history.length + 1;
  }

  find(of: Resource | string, namespace: string, name: string): JsonObject | undefined {
    const { resource, objects } = this.#shelf(of);
    return objects.get(keyOf(resource, namespace, name));
  }

  /** The objects of a resource by name, by default in all namespaces. */
  list(of: Resource | string, namespace?: string): JsonObject[] {
    const all = [...this.#shelf(of).objects].sort(([a], [b]) => (a < b ? -1 : 1));
    const objects = all.map(([, object]) => object);
    if (namespace === undefined) return objects;
    return objects.filter((object) => namespaceOf(object) === namespace);
  }

  /** The objects of a resource that belong to an owner. */
  ownedBy(of: Resource | string, owner: JsonObject): JsonObject[] {
    const uid = uidOf(owner);
    return this.list(of, namespaceOf(owner)).filter((one) =>
      ownersOf(one).some((reference) => textAt(reference, 'uid') === uid),
    );
  }

  /** All objects of all kinds. */
  all(): Readonly<{ resource: Resource; object: JsonObject }>[] {
    return [...this.#shelves.values()].flatMap(({ resource, objects }) =>
      [...objects.values()].map((object) => ({ resource, object })),
    );
  }

  /** What would be stored: with metadata, and a new generation if the specification changes. */
  complete(resource: Resource, object: JsonObject): JsonObject {
    const before = this.find(resource, namespaceOf(object), nameOf(object));
    const last = objectAt(before, 'metadata');
    const isChanged = before === undefined || !same(before['spec'], object['spec']);
    const generation = numberAt(0, last, 'generation') + (isChanged ? 1 : 0);
    const metadata = {
      ...omit(objectAt(object, 'metadata'), 'managedFields', 'selfLink'),
      uid: textAt(last, 'uid') || randomUUID(),
      creationTimestamp: textAt(last, 'creationTimestamp') || now(),
      resourceVersion: textAt(last, 'resourceVersion'),
      ...('spec' in object ? { generation } : {}),
    };
    return { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind, metadata };
  }

  /** Stores an object, new or not. If nothing changes, nobody is notified. */
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

  changesSince(version: number): Change[] {
    return this.#history.slice(version - 1);
  }

  /** Calls the listener for each change. Returns a function that stops it. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #shelf(of: Resource | string): Shelf {
    const resource = this.resource(of);
    const name = resourceName(resource);
    const known = this.#shelves.get(name) ?? { resource, objects: new Map<string, JsonObject>() };
    this.#shelves.set(name, known);
    return known;
  }

  #note(type: Change['type'], resource: Resource, given: JsonObject): JsonObject {
    const resourceVersion = String(this.version() + 1);
    const object = { ...given, metadata: { ...objectAt(given, 'metadata'), resourceVersion } };
    const { objects } = this.#shelf(resource);
    const key = keyOf(resource, namespaceOf(object), nameOf(object));
    if (type === 'DELETED') objects.delete(key);
    else objects.set(key, object);
    if (resourceName(resource) === DEFINITIONS)
      this.#resources = [...builtIn, ...this.list(DEFINITIONS).flatMap(customResources)];
    const change = { type, resource, object };
    this.#history.push(change);
    for (const listener of [...this.#listeners]) listener(change);
    return object;
  }
}

const keyOf = ({ namespaced }: Resource, namespace: string, name: string) =>
  `${namespaced ? namespace : ''}/${name}`;
