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

/** An OpenAPI schema in the form of custom resource definitions. */
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

/** The schemas of the built-in types, by their names: `V1Container`. */
export const types = objectAt(data, 'types');

/** A reference to a type's schema, as OpenAPI documents have it. */
export const referenceTo = (type: string): Schema => ({ $ref: `#/components/schemas/${type}` });

/** A schema. If it refers to a type, the type's schema, plus whatever is next to the reference. */
export function resolve(schema: Json | undefined): Schema {
  if (!isObject(schema)) return {};
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  return { ...objectAt(types, path.basename($ref)), ...omit(schema, '$ref') };
}

/** Whether an object may have fields that its schema doesn't name. */
export function isOpen(schema: Schema): boolean {
  const isAny = schema['type'] === undefined && schema['properties'] === undefined;
  return (
    isAny ||
    schema['additionalProperties'] !== undefined ||
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema['x-kubernetes-embedded-resource'] === true
  );
}

/** The schema of an object's field; undefined if it may not have that field. */
export function fieldOf(schema: Schema, name: string): Schema | undefined {
  const { properties, additionalProperties } = schema;
  if (isObject(properties) && Object.hasOwn(properties, name)) return resolve(properties[name]);
  return isOpen(schema) ? resolve(additionalProperties) : undefined;
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

/** The resources that a definition adds: one for each version that is served. */
export function customResources({ spec }: JsonObject): Resource[] {
  const names = objectAt(spec, 'names');
  const served = listAt(spec, 'versions').filter((version) => at(version, 'served') === true);
  return served.map((version) => ({
    group: textAt(spec, 'group'),
    version: textAt(version, 'name'),
    plural: textAt(names, 'plural'),
    singular: textAt(names, 'singular') || textAt(names, 'kind').toLowerCase(),
    kind: textAt(names, 'kind'),
    namespaced: textAt(spec, 'scope') === 'Namespaced',
    schema: customSchema(objectAt(version, 'schema', 'openAPIV3Schema')),
    verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
    shortNames: textsAt(names, 'shortNames'),
    categories: textsAt(names, 'categories'),
    subresources: objectAt(version, 'subresources'),
    custom: true,
  }));
}

/** The schema in a definition, plus the fields that every object has. */
function customSchema(schema: Schema): Schema {
  const text = { type: 'string' };
  const everywhere = { apiVersion: text, kind: text, metadata: referenceTo('V1ObjectMeta') };
  return { ...schema, properties: { ...objectAt(schema, 'properties'), ...everywhere } };
}

/** `v1` or `apps/v1`. */
export const apiVersionOf = ({ group, version }: Pick<Resource, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;
