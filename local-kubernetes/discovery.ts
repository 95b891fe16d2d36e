import { shown, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, type Resource, type Shape } from './schema.ts';

/** The version that is rehearsed: of the source of the kinds. */
const version = { major: '1', minor: '36', gitVersion: 'v1.36.0', platform: 'linux/amd64' };

/** The answer to a path that describes the API; undefined for every other path. */
export function discovery(path: string, resources: readonly Resource[]): Json | undefined {
  if (path === '/version') return version;
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  const groups = [...new Set(resources.map(({ group }) => group))].filter((group) => group !== '');
  const versionsOf = (group: string) =>
    [...new Set(resources.filter((one) => one.group === group).map((one) => one.version))].sort().reverse();
  const groupDocument = (name: string): JsonObject => {
    const versions = versionsOf(name).map((one): Json => ({ groupVersion: `${name}/${one}`, version: one }));
    return { name, versions, preferredVersion: versions[0] ?? {} };
  };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupDocument) };
  const group = /^\/apis\/([^/]+)$/.exec(path)?.[1];
  if (group !== undefined && groups.includes(group)) {
    return { kind: 'APIGroup', apiVersion: 'v1', ...groupDocument(group) };
  }
  const roots = [...new Set(resources.map(rootOf))];
  if (path === '/openapi/v3') {
    return { paths: Object.fromEntries(roots.map((root) => [root, { serverRelativeURL: `/openapi/v3/${root}` }])) };
  }
  const root = path.replace(/^\/(?:openapi\/v3\/)?/, '');
  const served = resources.filter((one) => rootOf(one) === root);
  if (served.length === 0) return undefined;
  return path.startsWith('/openapi/') ? openApi(served) : resourceList(served);
}

const rootOf = (one: Resource) => (one.group === '' ? `api/${one.version}` : `apis/${apiVersionOf(one)}`);

function resourceList(served: readonly Resource[]): Json {
  const resources = served.flatMap(
    ({ kind, plural, singular, namespaced, shortNames, categories, verbs, subresources }) => [
      {
        ...{ kind, name: plural, singularName: singular, namespaced, verbs: [...verbs] },
        ...(shortNames.length > 0 ? { shortNames: [...shortNames] } : {}),
        ...(categories.length > 0 ? { categories: [...categories] } : {}),
      },
      ...Object.entries(subresources).map(([name, type]) => ({
        ...{ kind: type.replace(/^\w*?V\d+/, '') || kind, name: `${plural}/${name}`, singularName: '', namespaced },
        verbs: ['create', 'get', 'patch', 'update'],
        ...(type === 'V1Scale' ? { group: 'autoscaling', version: 'v1' } : {}),
      })),
    ],
  );
  const [first] = served;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: first ? apiVersionOf(first) : '', resources };
}

/** What kubectl and helm ask it for: that a PATCH may ask the server to validate the fields, and `explain`. */
function openApi(served: readonly Resource[]): Json {
  const schemas: Record<string, Json> = {};
  const paths: Record<string, Json> = {};
  for (const one of served) {
    const gvk = { group: one.group, version: one.version, kind: one.kind };
    const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string' },
    }));
    const operation = (action: string) => ({
      parameters,
      responses: {},
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': gvk,
    });
    const namespaced = one.namespaced ? 'namespaces/{namespace}/' : '';
    paths[`/${rootOf(one)}/${namespaced}${one.plural}/{name}`] = { patch: operation('patch'), get: operation('get') };
    paths[`/${rootOf(one)}/${namespaced}${one.plural}`] = { post: operation('post'), get: operation('list') };
    const name = `${one.group || 'core'}.${one.version}.${one.kind}`;
    const schema = describe(one.shape, schemas);
    schemas[name] = {
      ...(isReference(schema) ? { allOf: [schema] } : schema),
      ...resolved(schema, schemas),
      'x-kubernetes-group-version-kind': [gvk],
    };
  }
  return {
    openapi: '3.0.0',
    info: { title: 'local-kubernetes', version: version.gitVersion },
    paths,
    components: { schemas },
  };
}

type Schema = Record<string, Json>;
const isReference = (schema: Schema) => '$ref' in schema;

function resolved(schema: Schema, schemas: Record<string, Json>): Schema {
  const name = shown(schema['$ref']).replace('#/components/schemas/', '');
  const found = schemas[name];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : schema;
}

function describe(shape: Shape, schemas: Record<string, Json>): Schema {
  switch (shape.kind) {
    case 'any':
      return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    case 'scalar':
      return {
        type:
          ({ boolean: 'boolean', number: 'number', int32: 'integer', int64: 'integer' } as Schema)[shape.type] ??
          'string',
      };
    case 'list':
      return { type: 'array', items: describe(shape.of, schemas) };
    case 'map':
      return { type: 'object', additionalProperties: describe(shape.of, schemas) };
    case 'object': {
      if (shape.type !== '' && shape.type in schemas) return { $ref: `#/components/schemas/${shape.type}` };
      if (shape.type !== '') schemas[shape.type] = {};
      const fields = Object.entries(shape.fields);
      const required = fields.filter(([, field]) => field.required).map(([name]) => name);
      const properties = Object.fromEntries(fields.map(([name, field]) => [name, describe(field.shape(), schemas)]));
      const schema: Schema = { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
      if (shape.type === '') return schema;
      schemas[shape.type] = schema;
      return { $ref: `#/components/schemas/${shape.type}` };
    }
  }
}
