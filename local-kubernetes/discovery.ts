import type { Json, JsonObject } from './json.ts';
import { apiVersionOf, types, type Resource } from './schema.ts';

/** The version that is rehearsed: of the source of the kinds. */
const version = { major: '1', minor: '36', gitVersion: 'v1.36.0', platform: 'linux/amd64' };

const rootOf = (one: Resource) => (one.group === '' ? `api/${one.version}` : `apis/${apiVersionOf(one)}`);

/** The answer to a path that describes the API; undefined for every other path. */
export function discovery(path: string, resources: readonly Resource[]): Json | undefined {
  if (path === '/version') return version;
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  const names = [...new Set(resources.map(({ group }) => group))].filter((group) => group !== '');
  const groups = names.map((name) => groupDocument(name, resources));
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups };
  const group = groups[names.indexOf(path.replace('/apis/', ''))];
  if (group) return { kind: 'APIGroup', apiVersion: 'v1', ...group };
  if (path === '/openapi/v3') {
    const roots = new Set(resources.map(rootOf));
    return {
      paths: Object.fromEntries([...roots].map((root) => [root, { serverRelativeURL: `/openapi/v3/${root}` }])),
    };
  }
  const root = path.replace(/^\/(?:openapi\/v3\/)?/, '');
  const served = resources.filter((one) => rootOf(one) === root);
  if (served.length === 0) return undefined;
  return path.startsWith('/openapi/') ? openApi(served) : resourceList(served);
}

function groupDocument(name: string, resources: readonly Resource[]): JsonObject {
  const versions = new Set(resources.filter((one) => one.group === name).map((one) => one.version));
  // The newest first.
  const documents = [...versions]
    .sort()
    .reverse()
    .map((one) => ({ groupVersion: `${name}/${one}`, version: one }));
  return { name, versions: documents, preferredVersion: documents[0] ?? {} };
}

function resourceList(served: readonly Resource[]): Json {
  const resources = served.flatMap(({ kind, plural, singular, namespaced, subresources, ...one }) => [
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
      ...{ kind: type.replace(/^\w*?V\d+/, '') || kind, name: `${plural}/${name}`, singularName: '', namespaced },
      verbs: ['create', 'get', 'patch', 'update'],
      ...(type === 'V1Scale' ? { group: 'autoscaling', version: 'v1' } : {}),
    })),
  ]);
  const groupVersion = served[0] ? apiVersionOf(served[0]) : '';
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

/** What kubectl and helm ask it for: that a PATCH may ask the server to validate the fields, and `explain`. */
function openApi(served: readonly Resource[]): Json {
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    ...{ name, in: 'query', schema: { type: 'string' } },
  }));
  const described = served.map((one) => {
    const kind = { group: one.group, version: one.version, kind: one.kind };
    const url = `/${rootOf(one)}/${one.namespaced ? 'namespaces/{namespace}/' : ''}${one.plural}`;
    const operation = (action: string) => ({
      ...{ parameters, responses: {} },
      ...{ 'x-kubernetes-action': action, 'x-kubernetes-group-version-kind': kind },
    });
    const paths: JsonObject = {
      [`${url}/{name}`]: { patch: operation('patch'), get: operation('get') },
      [url]: { post: operation('post'), get: operation('list') },
    };
    const schema: JsonObject = { ...one.schema, 'x-kubernetes-group-version-kind': [kind] };
    return { paths, schemas: { [`${one.group || 'core'}.${one.version}.${one.kind}`]: schema } };
  });
  return {
    openapi: '3.0.0',
    info: { title: 'local-kubernetes', version: version.gitVersion },
    paths: described.reduce<JsonObject>((all, { paths }) => ({ ...all, ...paths }), {}),
    components: { schemas: described.reduce<JsonObject>((all, one) => ({ ...all, ...one.schemas }), types) },
  };
}
