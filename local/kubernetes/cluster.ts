import { at, listAt, objectAt, textAt, textsAt, type JsonObject } from './json.ts';
import { isTrue, resourceName } from './objects.ts';
import { apiVersionOf, builtIn, customSchema, type Resource } from './schema.ts';
import { Store } from './store.ts';

/**
 * Whether something has been asked about for as long as a pod takes to become ready, or a multiple
 * of that.
 */
export type HasPassed = (times: number, what: string) => boolean;

export const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

/**
 * The store, and which resources exist: the built-in ones and those that definitions in the store
 * add.
 */
export class Cluster extends Store {
  #custom: readonly Resource[] = [];

  constructor() {
    super();
    this.onChange(({ resource }) => {
      if (resourceName(resource) === definitions)
        this.#custom = this.list(definitions).flatMap(customResources);
    });
  }

  resources(): readonly Resource[] {
    return [...builtIn, ...this.#custom];
  }

  /** The resource of an object that names its kind. */
  ofKind(apiVersion: string, kind: string): Resource | undefined {
    return this.resources().find((one) => apiVersionOf(one) === apiVersion && one.kind === kind);
  }

  override resource(of: Resource | string): Resource {
    const found =
      typeof of === 'string' ? this.resources().findLast((one) => resourceName(one) === of) : of;
    if (!found) throw new TypeError(`There is no such resource`);
    return found;
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
    subresources: Object.fromEntries(
      Object.keys(objectAt(version, 'subresources')).map((name) => [
        name,
        name === 'scale' ? 'V1Scale' : '',
      ]),
    ),
    custom: true,
  }));
}
