import { isObject, listAt, objectAt, shown, textAt, textsAt, type Json, type JsonObject } from '../json.ts';
import { check } from './json-schema.ts';
import type { Report } from './report.ts';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const listTypes = ['atomic', 'map', 'set'];

/** What a schema of a custom resource must be like: every part of it has a type, and lists know how they merge. */
export function structural(schema: JsonObject, report: Report, path: string): void {
  const type = textAt(schema, 'type');
  const { default: fallback, properties, additionalProperties, items, pattern } = schema;
  const free = ['int-or-string', 'preserve-unknown-fields'].some((name) => schema[`x-kubernetes-${name}`] === true);
  if (type !== '' && !types.includes(type)) report.unsupported(`${path}.type`, type, types);
  if (type === '' && !free) report.required(`${path}.type`, 'must not be empty for specified object fields');
  if (type === 'array' && !isObject(items)) report.required(`${path}.items`, 'must be specified');
  if (schema['x-kubernetes-preserve-unknown-fields'] === false)
    report.invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined');
  if (properties !== undefined && additionalProperties !== undefined && additionalProperties !== false)
    report.forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive');
  if (typeof pattern === 'string' && !compiles(pattern))
    report.invalid(`${path}.pattern`, pattern, 'must be a regular expression');
  if (fallback !== undefined && fallback !== null) {
    const problems = check(fallback, schema, `${path}.default`);
    for (const { message } of problems) report.invalid(`${path}.default`, fallback, message);
  }
  if (
    additionalProperties !== undefined &&
    typeof additionalProperties !== 'boolean' &&
    !isObject(additionalProperties)
  )
    report.invalid(`${path}.additionalProperties`, additionalProperties, 'boolean or JSON schema expected');
  listRules(schema, report, path);
  for (const [name, inner] of Object.entries(isObject(properties) ? properties : {}))
    if (isObject(inner)) structural(inner, report, `${path}.properties[${name}]`);
  if (isObject(items)) structural(items, report, `${path}.items`);
  if (isObject(additionalProperties)) structural(additionalProperties, report, `${path}.additionalProperties`);
}

function listRules(schema: JsonObject, report: Report, path: string): void {
  const kind = schema['x-kubernetes-list-type'];
  const keys = listAt(schema, 'x-kubernetes-list-map-keys');
  const field = `${path}.x-kubernetes-list-map-keys`;
  if (kind === undefined && keys.length === 0) return;
  if (!listTypes.includes(textAt(schema, 'x-kubernetes-list-type')))
    report.unsupported(`${path}.x-kubernetes-list-type`, kind ?? '', listTypes);
  if (textAt(schema, 'type') !== 'array')
    report.invalid(`${path}.type`, schema['type'] ?? '', 'must be array if x-kubernetes-list-type is set');
  if ((kind === 'map') !== keys.length > 0)
    report.required(field, 'must not be empty if x-kubernetes-list-type is map');
  if (new Set(keys).size < keys.length) report.invalid(field, keys, 'must not have duplicates');
  const items = objectAt(schema, 'items');
  if (kind === 'map' && textAt(items, 'type') !== 'object')
    report.invalid(`${path}.items.type`, items['type'] ?? '', 'must be object');
  for (const key of keys) checkKey(key, items, report, field);
}

/** A key of a list is a property of its items that is always there. */
function checkKey(key: Json, items: JsonObject, report: Report, field: string): void {
  const property = typeof key === 'string' ? objectAt(items, 'properties')[key] : undefined;
  if (!isObject(property)) report.invalid(field, key, 'entries must all be names of item properties');
  else if (property['default'] === undefined && !textsAt(items, 'required').includes(shown(key)))
    report.required(
      field,
      'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
    );
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}
