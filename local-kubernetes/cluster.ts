import { at, isObject, listAt, objectAt, textAt, textsAt, type JsonObject } from './json.ts';
import { apiVersionOf, builtIn, customSchema, resourceName, type Resource } from './schema.ts';
import { Store } from './store.ts';

/** The store, and which resources there are: the built-in ones and those that definitions in the store add. */
export type Cluster = Readonly<{
  store: Store;
  resources(): readonly Resource[];
  /** @param name `deployments.apps`, in the first version that is served unless told. */
  resource(name: string, version?: string): Resource | undefined;
  /** Milliseconds that a pod takes to become ready. */
  settleMs: number;
}>;

const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

export function createCluster(settleMs: number): Cluster {
  const store = new Store();
  let custom: readonly Resource[] = [];
  store.onChange(({ resource }) => {
    if (resourceName(resource) === definitions) custom = store.list(resource).flatMap(customResources);
  });
  const resources = () => [...builtIn, ...custom];
  return {
    store,
    settleMs,
    resources,
    resource: (name, version) =>
      resources()
        .filter((one) => resourceName(one) === name && (version === undefined || one.version === version))
        .at(-1),
  };
}

/** The objects of a resource, by its name: `cluster.resource` for those that are always there. */
export function listOf(cluster: Cluster, name: string, namespace?: string): JsonObject[] {
  const resource = cluster.resource(name);
  return resource ? cluster.store.list(resource, namespace) : [];
}

/** One object by the name of its resource. */
export function findIn(cluster: Cluster, name: string, namespace: string, object: string): JsonObject | undefined {
  const resource = cluster.resource(name);
  return resource && cluster.store.find(resource, namespace, object);
}

/** Keeps an object of a resource by its name. */
export function putIn(cluster: Cluster, name: string, namespace: string, object: JsonObject): JsonObject {
  const resource = cluster.resource(name);
  if (!resource) throw new TypeError(`There is no resource ${name}`);
  return cluster.store.put(resource, namespace, object);
}

/** Whether a condition of an object is true. */
export function isTrue(object: JsonObject, type: string): boolean {
  return listAt(object, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True',
  );
}

function customResources(definition: JsonObject): Resource[] {
  const spec = objectAt(definition, 'spec');
  const names = objectAt(spec, 'names');
  if (!isTrue(definition, 'Established')) return [];
  return listAt(spec, 'versions')
    .filter((version) => at(version, 'served') === true)
    .map((version) => ({
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

/** The resource of an object that names its kind. */
export function resourceOf(cluster: Cluster, apiVersion: string, kind: string): Resource | undefined {
  return cluster.resources().find((one) => apiVersionOf(one) === apiVersion && one.kind === kind);
}
