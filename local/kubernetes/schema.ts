import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  at,
  isJson,
  isObject,
  listAt,
  objectAt,
  omit,
  textAt,
  textsAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { constrained } from './validation/fields.ts';

/**
 * An OpenAPI schema in the form of custom resource definitions: of a custom resource, or of a
 * built-in type. `x-type` names the type: `V1Container`.
 */
export type Schema = JsonObject;

/** A resource that the API serves. */
export type Resource = Readonly<{
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  schema: Schema;
  verbs: readonly string[];
  shortNames: readonly string[];
  categories: readonly string[];
  /** The kinds that the subresources accept and return: `V1Scale`. */
  subresources: JsonObject;
  custom: boolean;
}>;

/** A file of `data/`. */
function readData(file: string): JsonObject {
  const data: unknown = JSON.parse(
    readFileSync(path.join(import.meta.dirname, 'data', file), 'utf8'),
  );
  if (!isJson(data) || !isObject(data)) throw new TypeError(`${file} is no object`);
  return data;
}

const data = readData('schema.json');

/** The schemas of the built-in types, by their names. */
export const types = constrained(objectAt(data, 'types'));

/** A reference to a type's schema, as OpenAPI documents have it. */
export const referenceTo = (type: string): Schema => ({ $ref: `#/components/schemas/${type}` });

/** A schema. If it refers to a type, the type's schema, plus whatever is next to the reference. */
export function resolve(schema: Json | undefined): Schema {
  if (!isObject(schema)) return {};
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  const type = objectAt(types, path.basename($ref));
  return Object.keys(schema).length === 1 ? type : { ...type, ...omit(schema, '$ref') };
}

/** How values of a schema are to be read. */
export function formOf(schema: Schema): 'any' | 'scalar' | 'list' | 'map' | 'object' {
  const { type, properties, additionalProperties } = schema;
  if (schema['x-kubernetes-int-or-string'] === true) return 'scalar';
  if (type === undefined || schema['x-kubernetes-embedded-resource'] === true) return 'any';
  if (type === 'object')
    return properties === undefined && additionalProperties !== undefined ? 'map' : 'object';
  return type === 'array' ? 'list' : 'scalar';
}

/** The schema of an object's field; undefined if it may not have that field. */
export function fieldOf(schema: Schema, name: string): Schema | undefined {
  const { properties, additionalProperties } = schema;
  const declared =
    isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (declared !== undefined) return resolve(declared);
  if (isObject(additionalProperties)) return resolve(additionalProperties);
  const open =
    schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
  return open || formOf(schema) === 'any' ? {} : undefined;
}

/** The resources that every API server has. */
export const builtIn: readonly Resource[] = listAt(data, 'resources').map((one) => ({
  group: textAt(one, 'group'),
  version: textAt(one, 'version'),
  plural: textAt(one, 'plural'),
  singular: textAt(one, 'kind').toLowerCase(),
  kind: textAt(one, 'kind'),
  namespaced: at(one, 'namespaced') === true,
  schema: resolve(referenceTo(textAt(one, 'type'))),
  verbs: textsAt(one, 'verbs'),
  shortNames: textsAt(one, 'shortNames'),
  categories: textsAt(one, 'categories'),
  subresources: objectAt(one, 'subresources'),
  custom: false,
}));

/**
 * The schema of a custom resource: the one in its definition, plus the fields that every object
 * has.
 */
export function customSchema(schema: Schema): Schema {
  const text = { type: 'string' };
  const everywhere = { apiVersion: text, kind: text, metadata: referenceTo('V1ObjectMeta') };
  return { ...schema, properties: { ...objectAt(schema, 'properties'), ...everywhere } };
}

/** `v1` or `apps/v1`. */
export const apiVersionOf = ({ group, version }: Pick<Resource, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;
