import { at, isObject, listAt, objectAt, textAt, textsAt, type Json, type JsonObject } from './json.ts';
import { isTrue, namespaceOf, uidOf } from './objects.ts';
import { apiVersionOf, builtIn, customSchema, resourceName, type Resource } from './schema.ts';
import { Store } from './store.ts';

export const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

/** The store, and which resources there are: the built-in ones and those that definitions in the store add. */
export class Cluster {
  readonly store = new Store();
  #custom: readonly Resource[] = [];

  constructor() {
    this.store.onChange(({ resource }) => {
      if (resourceName(resource) === definitions) this.#custom = this.list(definitions).flatMap(customResources);
    });
  }

  resources(): readonly Resource[] {
    return [...builtIn, ...this.#custom];
  }

  /** The resource of an object that names its kind. */
  ofKind(apiVersion: string, kind: string): Resource | undefined {
    return this.resources().find((one) => apiVersionOf(one) === apiVersion && one.kind === kind);
  }

  /** @param name `deployments.apps`, in its newest version. */
  resource(name: string): Resource {
    const found = this.resources().findLast((one) => resourceName(one) === name);
    if (!found) throw new TypeError(`There is no resource ${name}`);
    return found;
  }

  list(name: string, namespace?: string): JsonObject[] {
    return this.store.list(this.resource(name), namespace);
  }

  find(name: string, namespace: string, object: string): JsonObject | undefined {
    return this.store.find(this.resource(name), namespace, object);
  }

  /** The objects of a resource that belong to an owner. */
  ownedBy(name: string, owner: JsonObject): JsonObject[] {
    const isOwner = (reference: Json) => textAt(reference, 'uid') === uidOf(owner);
    return this.list(name, namespaceOf(owner)).filter((one) =>
      listAt(one, 'metadata', 'ownerReferences').some(isOwner),
    );
  }

  /** Keeps an object, without a question. */
  put(name: string, namespace: string, object: JsonObject): JsonObject {
    return this.store.put(this.resource(name), namespace, object);
  }

  /** Keeps an object that is there with another status. */
  putStatus(name: string, object: JsonObject, status: JsonObject): void {
    this.put(name, namespaceOf(object), { ...object, status });
  }

  remove(name: string, object: JsonObject): void {
    this.store.remove(this.resource(name), object);
  }
}

function customResources(definition: JsonObject): Resource[] {
  const spec = objectAt(definition, 'spec');
  const names = objectAt(spec, 'names');
  const served = listAt(spec, 'versions').filter((version) => at(version, 'served') === true);
  return (isTrue(definition, 'Established') ? served : []).map((version) => ({
    group: textAt(spec, 'group'),
    version: textAt(version, 'name'),
    plural: textAt(names, 'plural'),
    singular: textAt(names, 'singular'),
    kind: textAt(names, 'kind'),
    namespaced: textAt(spec, 'scope') === 'Namespaced',
    schema: customSchema(objectAt(version, 'schema', 'openAPIV3Schema')),
    verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
    shortNames: textsAt(names, 'shortNames'),
    categories: textsAt(names, 'categories'),
    subresources: {
      ...(isObject(at(version, 'subresources', 'status')) ? { status: '' } : {}),
      ...(isObject(at(version, 'subresources', 'scale')) ? { scale: 'V1Scale' } : {}),
    },
    custom: true,
    columns: listAt(version, 'additionalPrinterColumns'),
  }));
}
