import { readFileSync } from 'node:fs';
import path from 'node:path';
import { at, isJson, isObject, listAt, objectAt, textAt, textsAt, type Json, type JsonObject } from './json.ts';

/** What a value may look like, and how patches merge it: of a built-in type, or of a custom resource. */
export type Shape =
  | Readonly<{ kind: 'scalar'; type: string; values: readonly string[] }>
  | Readonly<{
      kind: 'object';
      /** `V1Container`; empty for the object of a custom resource. */
      type: string;
      fields: Readonly<Record<string, Field>>;
      atomic: boolean;
      /** Takes fields that it does not declare, too. */
      open: boolean;
    }>
  | Readonly<{ kind: 'map'; of: Shape; atomic: boolean }>
  | Readonly<{ kind: 'list'; of: Shape; merge: ListMerge }>
  | Readonly<{ kind: 'any' }>;

export type Field = Readonly<{
  shape: () => Shape;
  required: boolean;
  nullable?: boolean;
  /** Of a custom resource: its default, and the schema to check a value against. */
  default?: Json;
  schema?: JsonObject;
  /** `STRATEGY:KEY` of a strategic merge. */
  patch?: string;
  /** Go writes the zero value in protobuf, and leaves it out in JSON. */
  zero?: boolean;
}>;

/** How the items of a list are told apart: by some of their fields, by themselves, or not at all. */
type ListMerge = readonly string[] | 'set' | 'atomic';

/** A resource that the API serves. */
export type Resource = Readonly<{
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shape: Shape;
  verbs: readonly string[];
  shortNames: readonly string[];
  categories: readonly string[];
  /** The kinds that the subresources take and give: `Scale`. */
  subresources: Readonly<Record<string, string>>;
  custom: boolean;
  /** Of a custom resource: its printed columns, as the definition has them. */
  columns: readonly Json[];
}>;

const folder = path.join(import.meta.dirname, 'data');

/** A file of `data/`. */
export function readData(file: string): JsonObject {
  const data: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  if (!isJson(data) || !isObject(data)) throw new TypeError(`${file} is no object`);
  return data;
}

const data = readData('schema.json');
const zeros = new Set(textsAt(data, 'zeros'));
const shapes = new Map<string, Shape>();

/** What client-node leaves open. */
const corrected: Readonly<Record<string, string>> = {
  'V1JSONSchemaProps.items': 'V1JSONSchemaProps',
  'V1CustomResourceSubresources.status': 'V1CustomResourceSubresourceStatus',
};

/** The shape that a description such as `[name]V1Container` stands for. */
function shapeOf(description: string, values: readonly string[]): Shape {
  const list = /^\[(.*?)\](.*)$/.exec(description);
  if (list) {
    const [, keys = '', of = ''] = list;
    const merge = keys === '' ? 'atomic' : keys === '*' ? 'set' : keys.split(',');
    return { kind: 'list', of: shapeOf(of, values), merge };
  }
  const map = /^\{(!?)\}(.*)$/.exec(description);
  if (map) return { kind: 'map', of: shapeOf(map[2] ?? '', values), atomic: map[1] === '!' };
  if (description === 'any') return { kind: 'any' };
  if (!/^\w*V\d/.test(description)) return { kind: 'scalar', type: description, values };
  const atomic = description.endsWith('~');
  const type = description.replace('~', '');
  const known = shapes.get(description);
  if (known) return known;
  const fields = Object.entries(objectAt(data, 'types', type)).map(([name, field]) => {
    const text = corrected[`${type}.${name}`] ?? (typeof field === 'string' ? field : 'any');
    const key = `${type}.${name}`;
    const patch = textAt(data, 'patches', key);
    return [
      name,
      {
        shape: () => shapeOf(text.replace(/!$/, ''), textsAt(data, 'enums', key)),
        required: text.endsWith('!'),
        ...(patch === '' ? {} : { patch }),
        zero: zeros.has(key),
      },
    ] as const;
  });
  const shape: Shape = { kind: 'object', type, fields: Object.fromEntries(fields), atomic, open: false };
  shapes.set(description, shape);
  return shape;
}

/** The shape of a type of client-node: `V1Scale`. */
export function typeShape(name: string): Shape {
  return shapeOf(name, []);
}

/** The resources that every API server has. */
export const builtIn: readonly Resource[] = listAt(data, 'resources').map((one) => {
  const kind = textAt(one, 'kind');
  const subresources = Object.entries(objectAt(one, 'subresources')).map(([name, type]) => [
    name,
    typeof type === 'string' ? type : '',
  ]);
  return {
    group: textAt(one, 'group'),
    version: textAt(one, 'version'),
    plural: textAt(one, 'plural'),
    singular: kind.toLowerCase(),
    kind,
    namespaced: at(one, 'namespaced') === true,
    shape: shapeOf(textAt(one, 'type'), []),
    verbs: textsAt(one, 'verbs'),
    shortNames: textsAt(one, 'shortNames'),
    categories: textsAt(one, 'categories'),
    subresources: Object.fromEntries(subresources) as Record<string, string>,
    custom: false,
    columns: [],
  };
});

/** `v1` or `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<Resource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `deployments.apps`: how the server names a resource, whatever its version. */
export function resourceName({ plural, group }: Pick<Resource, 'plural' | 'group'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** The shape of a field of an object; undefined where it declares none of that name. */
export function fieldShape(shape: Shape, name: string): Shape | undefined {
  switch (shape.kind) {
    case 'object':
      return shape.fields[name]?.shape() ?? (shape.open ? { kind: 'any' } : undefined);
    case 'map':
      return shape.of;
    case 'any':
      return shape;
    case 'scalar':
    case 'list':
      return undefined;
  }
}

const metadata: Field = { shape: () => typeShape('V1ObjectMeta'), required: false };
const text: Field = { shape: () => ({ kind: 'scalar', type: 'string', values: [] }), required: false };

/** The shape of a custom resource, by the schema of its definition; all that it declares is checked elsewhere. */
export function customShape(schema: JsonObject): Shape {
  const shape = schemaShape(schema);
  if (shape.kind !== 'object') return { kind: 'any' };
  return { ...shape, fields: { ...shape.fields, apiVersion: text, kind: text, metadata } };
}

function schemaShape(schema: JsonObject): Shape {
  const preserve = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (schema['x-kubernetes-int-or-string'] === true) return { kind: 'scalar', type: 'intOrString', values: [] };
  switch (textAt(schema, 'type')) {
    case 'array':
      return { kind: 'list', of: schemaShape(objectAt(schema, 'items')), merge: listMerge(schema) };
    case 'object': {
      const { properties, additionalProperties } = schema;
      const atomic = schema['x-kubernetes-map-type'] === 'atomic';
      if (schema['x-kubernetes-embedded-resource'] === true) return { kind: 'any' };
      if (additionalProperties !== undefined && !isObject(properties)) {
        return {
          kind: 'map',
          of: isObject(additionalProperties) ? schemaShape(additionalProperties) : { kind: 'any' },
          atomic,
        };
      }
      const required = textsAt(schema, 'required');
      const fields = Object.entries(isObject(properties) ? properties : {}).map(([name, value]) => {
        const inner = isObject(value) ? value : {};
        const { default: fallback, nullable } = inner;
        return [
          name,
          {
            shape: () => schemaShape(inner),
            required: required.includes(name),
            nullable: nullable === true,
            ...(fallback === undefined ? {} : { default: fallback }),
            schema: inner,
          },
        ] as const;
      });
      return { kind: 'object', type: '', fields: Object.fromEntries(fields), atomic, open: preserve };
    }
    case 'integer':
      return { kind: 'scalar', type: 'int64', values: [] };
    case 'number':
    case 'boolean':
      return { kind: 'scalar', type: textAt(schema, 'type'), values: [] };
    case 'string':
      return { kind: 'scalar', type: 'string', values: [] };
    default:
      return { kind: 'any' };
  }
}

function listMerge(schema: JsonObject): ListMerge {
  switch (textAt(schema, 'x-kubernetes-list-type')) {
    case 'map':
      return textsAt(schema, 'x-kubernetes-list-map-keys');
    case 'set':
      return 'set';
    default:
      return 'atomic';
  }
}
