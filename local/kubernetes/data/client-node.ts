import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { GoField, GoFields } from './go.ts';

/** A resource of the API, as the paths of client-node's calls show it. */
type Resource = {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly type: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** The type of each. */
  readonly subresources: Readonly<Record<string, string>>;
};

/** An OpenAPI schema, with the extensions that Kubernetes has for merging. */
type Schema = Readonly<Record<string, unknown>>;

/** Only a server has these, after the names of its resources: kubectl api-resources, 1.36. */
const SHORT_NAMES = new Map(
  `certificatesigningrequests csr, componentstatuses cs, configmaps cm, cronjobs cj,
   customresourcedefinitions crd crds, daemonsets ds, deployments deploy, endpoints ep, events ev,
   horizontalpodautoscalers hpa, ingresses ing, limitranges limits, namespaces ns,
   networkpolicies netpol, nodes no, persistentvolumeclaims pvc, persistentvolumes pv,
   poddisruptionbudgets pdb, pods po, priorityclasses pc, replicasets rs, replicationcontrollers rc,
   resourcequotas quota, serviceaccounts sa, services svc, statefulsets sts, storageclasses sc`
    .split(/,\s+/)
    .map((names) => names.split(' '))
    .map(([plural = '', ...shortNames]) => [plural, shortNames]),
);
/** Resources of the category `all`, from the same source. */
const IN_ALL = new Set(
  `cronjobs daemonsets deployments horizontalpodautoscalers jobs pods replicasets
   replicationcontrollers services statefulsets`.split(/\s+/),
);

/** Reads the resources of the stable versions from client-node's calls. */
export function readResources(client: string): readonly Resource[] {
  const apis = path.join(client, 'dist/gen/apis');
  const found = new Map<string, Resource>();
  for (const file of readdirSync(apis).filter((name) => /V\d+Api\.js$/.test(name))) {
    const source = readFileSync(path.join(apis, file), 'utf8');
    const answers = new Map(
      Array.from(
        source.matchAll(/async (\w+)WithHttpInfo\(response\) \{.*?"(\w+)", ""/gs),
        ([, name = '', type = '']) => [name, type],
      ),
    );
    const calls =
      /async (\w+)\([^)]*\) \{(?:(?!\n {4}async )[\s\S])*?localVarPath = '([^']*)'(?:(?!\n {4}async )[\s\S])*?HttpMethod\.(\w+)/g;
    for (const [, name = '', url = '', method = ''] of source.matchAll(calls)) {
      addCall(found, url, method, answers.get(name) ?? '');
    }
  }
  return [...found.values()].filter(({ type }) => type !== '');
}

const RESOURCE_PATH =
  /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>v\d+)\/(?<namespaced>namespaces\/\{namespace\}\/)?(?<plural>[a-z]+)(?<named>\/\{name\}(?:\/(?<sub>[a-z]+))?)?$/;
const VERBS_OF_ONE: Readonly<Record<string, readonly string[]>> = {
  GET: ['get'],
  PUT: ['update'],
  PATCH: ['patch'],
  DELETE: ['delete'],
};
const VERBS_OF_ALL: Readonly<Record<string, readonly string[]>> = {
  GET: ['list', 'watch'],
  POST: ['create'],
  DELETE: ['deletecollection'],
};

/** Adds what a call shows. One that lists all namespaces has neither a name nor a namespace. */
function addCall(found: Map<string, Resource>, url: string, method: string, answer: string): void {
  const parts = RESOURCE_PATH.exec(url)?.groups;
  if (!parts) return;
  const { group = '', version = '', plural = '', sub, named, namespaced } = parts;
  const key = `${group}/${version}/${plural}`;
  const shortNames = group.startsWith('events') ? undefined : SHORT_NAMES.get(plural);
  const before = found.get(key) ?? {
    ...{ group, version, plural, kind: '', type: '', namespaced: false, verbs: [] },
    subresources: {},
    ...(shortNames ? { shortNames } : {}),
    ...(IN_ALL.has(plural) ? { categories: ['all'] } : {}),
  };
  if (sub !== undefined) {
    // Connections, such as exec, answer with no object.
    const known = before.subresources[sub] ?? '';
    const type = known === '' && answer !== 'string' ? answer : known;
    found.set(key, { ...before, subresources: { ...before.subresources, [sub]: type } });
    return;
  }

  const isObject = (named !== undefined && method !== 'DELETE') || method === 'POST';
  const type = isObject && answer !== '' ? answer : before.type;
  const verbs = (named === undefined ? VERBS_OF_ALL : VERBS_OF_ONE)[method] ?? [];
  found.set(key, {
    ...before,
    type,
    kind: type.replace(/^\w*?V\d+/, ''),
    namespaced: before.namespaced || namespaced !== undefined,
    verbs: [...new Set([...before.verbs, ...verbs])],
  });
}

const ANYTHING = { 'x-kubernetes-preserve-unknown-fields': true };
const SCALARS: Readonly<Record<string, Schema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  number: { type: 'number' },
  IntOrString: { 'x-kubernetes-int-or-string': true },
  Date: { type: 'string', format: 'date-time' },
  V1MicroTime: { type: 'string', format: 'date-time' },
  any: ANYTHING,
  object: ANYTHING,
  nothing: { type: 'object' },
};

/** Types of fields that are another one here. Only the outer part of a schema is structural. */
const CORRECTED: Readonly<Record<string, string>> = {
  'V1JSONSchemaProps.allOf': 'any',
  'V1JSONSchemaProps.anyOf': 'any',
  'V1JSONSchemaProps.oneOf': 'any',
  'V1JSONSchemaProps.not': 'any',
  'V1CustomResourceSubresources.status': 'nothing',
};

/** Each type that the resources reach, as a schema. */
export function readTypes(
  client: string,
  resources: readonly Resource[],
  go: GoFields,
): Readonly<Record<string, Schema>> {
  const types = new Map<string, Schema>();
  const reached = resources.flatMap(({ type, subresources }) => [
    type,
    ...Object.values(subresources),
  ]);
  // It grows meanwhile.
  for (const name of reached) {
    if (name === '' || name in SCALARS || types.has(name)) continue;
    const fields = fieldsOf(path.join(client, 'dist/gen/models', name));
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const { field, given, format, isOptional } of fields) {
      const type = CORRECTED[`${name}.${field}`] ?? given;
      reached.push(type.replaceAll(/Array<|>|\{ \[key: string\]: |; \}/g, ''));
      const tags = go(name, field);
      const schema = fieldSchema(type, format, tags);
      // Go reads a missing number as zero, and an empty text as a missing one.
      const hasZero = ['integer', 'number', 'boolean'].includes(String(schema['type']));
      const isRequired = !isOptional && !hasZero && `${name}.${field}` !== 'V1HTTPHeader.value';
      if (isRequired) required.push(field);
      properties[field] = {
        ...schema,
        ...(isRequired && schema['type'] === 'string' ? { minLength: 1 } : {}),
        ...extensionsOf(field, tags),
      };
    }
    const requires = required.length > 0 ? { required } : {};
    types.set(name, { type: 'object', ...requires, properties });
  }
  return Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The fields of a model: in its script as the API names them, in its types which are optional. */
function fieldsOf(model: string) {
  const script = readFileSync(`${model}.js`, 'utf8');
  const declared = readFileSync(`${model}.d.ts`, 'utf8');
  const listed = script.matchAll(
    /"name": "(.*)",\s*"baseName": "(.*)",\s*"type": "(.*)",\s*"format": "(.*)"/g,
  );
  return Array.from(listed, ([, property = '', field = '', given = '', format = '']) => {
    const isOptional = !declared.includes(`\n    '${property}': `);
    return { field, given, format, isOptional };
  });
}

function fieldSchema(type: string, format: string, go: GoField): Schema {
  const inner = { ...go, merge: undefined };
  const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
  if (item !== undefined)
    return { type: 'array', items: fieldSchema(item, format, inner), ...listType(go) };

  const atomic = go.merge === '~' ? { 'x-kubernetes-map-type': 'atomic' } : {};
  const [, value] = /^\{ \[key: string\]: (.*); \}$/.exec(type) ?? [];
  if (value !== undefined)
    return { type: 'object', additionalProperties: fieldSchema(value, format, inner), ...atomic };

  if (type === 'string' && go.isQuantity) return { type, format: 'quantity' };
  if (type === 'string' && format === 'byte') return { type, format };
  if (type === 'number' && format.startsWith('int')) return { type: 'integer', format };
  const scalar = SCALARS[type];
  if (scalar) return { ...scalar, ...(go.values?.length ? { enum: go.values } : {}) };
  return { $ref: `#/components/schemas/${type}`, ...atomic };
}

function listType({ merge }: GoField): Schema {
  if (merge === undefined) return {};
  if (merge === '*') return { 'x-kubernetes-list-type': 'set' };
  return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': merge.split(',') };
}

function extensionsOf(field: string, go: GoField): Schema {
  const { patchStrategy, patchMergeKey, isHeldByValue, omitsZero } = go;
  const isDefault = isHeldByValue && !['metadata', 'status'].includes(field);
  return {
    ...(patchStrategy ? { 'x-kubernetes-patch-strategy': patchStrategy } : {}),
    ...(patchStrategy && patchMergeKey ? { 'x-kubernetes-patch-merge-key': patchMergeKey } : {}),
    ...(isDefault ? { default: {} } : {}),
    ...(omitsZero ? { 'x-zero': true } : {}),
  };
}
