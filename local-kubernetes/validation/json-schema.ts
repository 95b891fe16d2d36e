import { notSimulated, type Problem } from '../errors.ts';
import { joined } from '../decode.ts';
import { canonical, isObject, objectAt, same, textAt, textsAt, type Json, type JsonObject } from '../json.ts';
import type { Resource } from '../schema.ts';

/** What the schema of a custom resource's definition asks of it. */
export function schemaProblems(resource: Resource, object: JsonObject, before: JsonObject | undefined): Problem[] {
  const problems: Problem[] = [];
  const { shape } = resource;
  if (shape.kind !== 'object') return problems;
  for (const [name, field] of Object.entries(shape.fields)) {
    if (name === 'status' && before !== undefined && same(object[name], before[name])) continue;
    if (field.required && object[name] === undefined) problems.push(required(name));
    if (field.schema && object[name] !== undefined) check(object[name], field.schema, name, problems);
  }
  return problems;
}

const required = (path: string): Problem => ({ reason: 'FieldValueRequired', field: path, message: 'Required value' });

function check(value: Json, schema: JsonObject, path: string, problems: Problem[]): void {
  if (value === null && schema['nullable'] === true) return;
  if (schema['x-kubernetes-validations'] !== undefined) {
    throw notSimulated(`the CEL rules that the definition of this resource has for ${path}`);
  }
  const invalid = (why: string) => {
    problems.push({
      reason: 'FieldValueInvalid',
      field: path,
      message: `Invalid value: ${JSON.stringify(value)}: ${path} in body ${why}`,
    });
  };
  const {
    enum: values,
    pattern,
    minimum,
    maximum,
    minLength,
    maxLength,
    minItems,
    maxItems,
    items,
    properties,
    additionalProperties,
    format,
  } = schema;
  if (Array.isArray(values) && !values.some((one) => same(one, value))) {
    const listed = values.map((one) => JSON.stringify(one)).join(', ');
    problems.push({
      reason: 'FieldValueNotSupported',
      field: path,
      message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${listed}`,
    });
  }
  if (typeof value === 'string') {
    if (typeof pattern === 'string' && !new RegExp(pattern).test(value)) invalid(`should match '${pattern}'`);
    if (typeof minLength === 'number' && value.length < minLength)
      invalid(`should be at least ${minLength} chars long`);
    if (typeof maxLength === 'number' && value.length > maxLength) invalid(`should be at most ${maxLength} chars long`);
    if (format === 'date-time' && Number.isNaN(Date.parse(value))) invalid(`must be of type date-time: "${value}"`);
  }
  if (typeof value === 'number') {
    if (typeof minimum === 'number' && (value < minimum || (schema['exclusiveMinimum'] === true && value === minimum)))
      invalid(`should be greater than or equal to ${minimum}`);
    if (typeof maximum === 'number' && (value > maximum || (schema['exclusiveMaximum'] === true && value === maximum)))
      invalid(`should be less than or equal to ${maximum}`);
    if (typeof schema['multipleOf'] === 'number' && value % schema['multipleOf'] !== 0)
      invalid(`should be a multiple of ${schema['multipleOf']}`);
  }
  if (Array.isArray(value)) {
    if (typeof minItems === 'number' && value.length < minItems) invalid(`should have at least ${minItems} items`);
    if (typeof maxItems === 'number' && value.length > maxItems) invalid(`must have at most ${maxItems} items`);
    if (schema['uniqueItems'] === true || textAt(schema, 'x-kubernetes-list-type') === 'set') {
      if (new Set(value.map(canonical)).size < value.length) invalid("shouldn't contain duplicates");
    }
    value.forEach((item, index) => {
      if (isObject(items)) check(item, items, `${path}[${index}]`, problems);
    });
  }
  if (isObject(value)) {
    for (const name of textsAt(schema, 'required'))
      if (value[name] === undefined) problems.push(required(joined(path, name)));
    for (const [name, inner] of Object.entries(value)) {
      const property = objectAt(properties, name);
      if (Object.keys(property).length > 0) check(inner, property, joined(path, name), problems);
      else if (isObject(additionalProperties)) check(inner, additionalProperties, joined(path, name), problems);
    }
  }
  combined(value, schema, path, problems, invalid);
}

/** `allOf`, `anyOf`, `oneOf`, `not`. */
function combined(
  value: Json,
  schema: JsonObject,
  path: string,
  problems: Problem[],
  invalid: (why: string) => void,
): void {
  const holds = (one: Json): boolean => {
    const found: Problem[] = [];
    if (isObject(one)) check(value, one, path, found);
    return found.length === 0 && typed(value, isObject(one) ? textAt(one, 'type') : '');
  };
  const { allOf, anyOf, oneOf, not } = schema;
  if (Array.isArray(allOf))
    allOf.forEach((one) => {
      if (isObject(one)) check(value, one, path, problems);
    });
  if (Array.isArray(anyOf) && !anyOf.some(holds)) invalid('must validate at least one schema (anyOf)');
  if (Array.isArray(oneOf) && oneOf.filter(holds).length !== 1)
    invalid('must validate one and only one schema (oneOf)');
  if (isObject(not) && holds(not)) invalid('must not validate the schema (not)');
}

function typed(value: Json, type: string): boolean {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'integer':
      return Number.isInteger(value);
    default:
      return true;
  }
}
