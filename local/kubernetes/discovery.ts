import { isObject, objectAt, shown, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, types, type Resource } from './schema.ts';

/** The version that is simulated: that of the source of the kinds. */
const version = { major: '1', minor: '36', gitVersion: 'v1.36.0', platform: 'linux/amd64' };

const rootOf = (one: Resource) =>
  one.group === '' ? `api/${one.version}` : `apis/${apiVersionOf(one)}`;

/** The answer to a path that describes the API; undefined for every other path. */
export function discovery(path: string, resources: readonly Resource[]): Json | undefined {
  const roots = Map.groupBy(resources, rootOf);
  const served = roots.get(path.replace(/^\/(?:openapi\/v3\/)?/, ''));
  if (path === '/version') return version;
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') {
    const named = Map.groupBy(resources, ({ group }) => group);
    named.delete('');
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: [...named].map(groupDocument) };
  }
  if (path === '/openapi/v3') {
    const paths = [...roots.keys()].map(
      (root) => [root, { serverRelativeURL: `/openapi/v3/${root}` }] as const,
    );
    return { paths: Object.fromEntries(paths) };
  }
  if (path === '/openapi/v2') return emptyOpenApi;
  if (served) return path.startsWith('/openapi/') ? openApi(served) : resourceList(served);
  return undefined;
}

/**
 * The version 2 document, in the gnostic protobuf that kubectl insists on: `swagger: "2.0"`, and
 * nothing else. kubectl asks for it about kinds that version 3 doesn't know, and without an answer,
 * it could not report a missing kind.
 */
const emptyOpenApi = '\n\u00032.0';

/** A group with its versions, the newest first. */
function groupDocument([name, resources]: readonly [string, readonly Resource[]]): JsonObject {
  const names = [...new Set(resources.map(({ version: own }) => own))].sort().reverse();
  const versions = names.map((own) => ({ groupVersion: `${name}/${own}`, version: own }));
  return { name, versions, preferredVersion: versions[0] ?? {} };
}

function resourceList(served: readonly Resource[]): Json {
  const resources = served.flatMap(
    ({ kind, plural, singular, namespaced, subresources, ...one }) => [
      {
        kind,
        name: plural,
        singularName: singular,
        namespaced,
        verbs: [...one.verbs],
        shortNames: [...one.shortNames],
        categories: [...one.categories],
      },
      ...Object.entries(subresources).map(([name, type]) => ({
        kind: isObject(type) ? kind : shown(type).replace(/^\w*?V\d+/, ''),
        name: `${plural}/${name}`,
        singularName: '',
        namespaced,
        verbs: ['create', 'get', 'patch', 'update'],
        ...(type === 'V1Scale' ? { group: 'autoscaling', version: 'v1' } : {}),
      })),
    ],
  );
  const groupVersion = served[0] ? apiVersionOf(served[0]) : '';
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

/**
 * What kubectl and helm use it for: `explain`, and whether a PATCH can ask the server to validate
 * the fields.
 */
function openApi(served: readonly Resource[]): Json {
  const paths: JsonObject = {};
  const schemas: JsonObject = typesOf(served);
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    name,
    in: 'query',
  }));
  for (const one of served) {
    const kind = { group: one.group, version: one.version, kind: one.kind };
    const operation = { parameters, 'x-kubernetes-group-version-kind': kind };
    const path = `/${rootOf(one)}/${one.namespaced ? 'namespaces/{namespace}/' : ''}${one.plural}`;
    paths[path] = { get: operation, patch: operation };
    const schema = { ...one.schema, 'x-kubernetes-group-version-kind': [kind] };
    schemas[`${one.group || 'core'}.${one.version}.${one.kind}`] = schema;
  }
  return { openapi: '3.0.0', info: { title: 'local-kubernetes' }, paths, components: { schemas } };
}

/** The types that resources refer to. kubectl reads all that it gets, before almost any write. */
function typesOf(served: readonly Resource[]): JsonObject {
  const names = new Set(served.flatMap(({ schema }) => referencesIn(schema)));
  // The set grows meanwhile, by what its types refer to.
  for (const name of names) {
    for (const inner of referencesIn(objectAt(types, name))) names.add(inner);
  }
  return Object.fromEntries([...names].map((name) => [name, objectAt(types, name)]));
}

const referencesIn = (schema: JsonObject) =>
  Array.from(
    JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g),
    ([, name = '']) => name,
  );
