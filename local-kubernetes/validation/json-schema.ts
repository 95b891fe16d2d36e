import { joined } from '../decode.ts';
import { notSimulated, type Problem } from '../errors.ts';
import { at, canonical, isObject, objectAt, same, textAt, textsAt, type Json, type JsonObject } from '../json.ts';
import type { Resource } from '../schema.ts';
import { formats } from './formats.ts';

/** What the schema of a custom resource's definition asks of it. */
export function schemaProblems(resource: Resource, object: JsonObject, before: JsonObject | undefined): Problem[] {
  const { shape } = resource;
  if (shape.kind !== 'object') return [];
  return Object.entries(shape.fields).flatMap(([name, field]) => {
    const value = object[name];
    if (name === 'status' && before !== undefined && same(value, before[name])) return [];
    if (value === undefined) return field.required ? [required(name)] : [];
    return field.schema ? check(value, field.schema, name) : [];
  });
}

const required = (path: string): Problem => ({ reason: 'FieldValueRequired', field: path, message: 'Required value' });
const items = (value: Json): readonly Json[] | undefined => (Array.isArray(value) ? value : undefined);
const text = (value: Json): string | undefined => (typeof value === 'string' ? value : undefined);
const sizeOf = (value: Json) => (isObject(value) ? Object.keys(value).length : undefined);

type Measure = readonly [of: (value: Json) => number | undefined, least: boolean, says: string];

/** Keywords that bound a number, or a length. */
const bounds: Readonly<Record<string, Measure>> = {
  minimum: [(value) => (typeof value === 'number' ? value : undefined), true, 'should be greater than or equal to N'],
  maximum: [(value) => (typeof value === 'number' ? value : undefined), false, 'should be less than or equal to N'],
  minLength: [(value) => text(value)?.length, true, 'should be at least N chars long'],
  maxLength: [(value) => text(value)?.length, false, 'should be at most N chars long'],
  minItems: [(value) => items(value)?.length, true, 'should have at least N items'],
  maxItems: [(value) => items(value)?.length, false, 'must have at most N items'],
  minProperties: [sizeOf, true, 'should have at least N properties'],
  maxProperties: [sizeOf, false, 'must have at most N properties'],
};

/** Whether a text holds a pattern; one that is no regular expression holds for none. */
function matches(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return false;
  }
}

const isDate = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

/** The formats that the server knows and that this one can tell; all others are taken. */
const textFormats: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': (value) => /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
  date: isDate,
  byte: (value) => /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0,
  uuid: (value) => /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(value),
  ipv4: (value) => formats.address.holds(value) && value.includes('.'),
  ipv6: (value) => formats.address.holds(value) && value.includes(':'),
  cidr: formats.cidr.holds,
  email: (value) => /^\S+@\S+$/.test(value),
  uri: (value) => URL.canParse(value) || value.startsWith('/'),
  hostname: (value) => /^[a-zA-Z0-9][-.a-zA-Z0-9]*$/.test(value),
};

/** What a schema asks of a value; what its type does not allow is told by whoever decodes it. */
export function check(value: Json, schema: JsonObject, path: string): Problem[] {
  if (value === null && schema['nullable'] === true) return [];
  if (schema['x-kubernetes-validations'] !== undefined)
    throw notSimulated(`the CEL rules that the definition of this resource has for ${path}`);
  const whys = [...boundProblems(value, schema), ...combined(value, schema, path)];
  const { enum: values, pattern, multipleOf } = schema;
  if (!typed(value, textAt(schema, 'type'))) whys.push(`must be of type ${textAt(schema, 'type')}`);
  if (typeof value === 'string') {
    if (typeof pattern === 'string' && !matches(value, pattern)) whys.push(`should match '${pattern}'`);
    const named = textAt(schema, 'format');
    if (textFormats[named]?.(value) === false) whys.push(`must be of type ${named}: "${value}"`);
  }
  if (typeof value === 'number' && typeof multipleOf === 'number' && value % multipleOf !== 0)
    whys.push(`should be a multiple of ${multipleOf}`);
  const problems = whys.map((why): Problem => {
    const message = `Invalid value: ${JSON.stringify(value)}: ${path} in body ${why}`;
    return { reason: 'FieldValueInvalid', field: path, message };
  });
  if (Array.isArray(values) && !values.some((one) => same(one, value))) {
    const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${values.map((one) => JSON.stringify(one)).join(', ')}`;
    problems.push({ reason: 'FieldValueNotSupported', field: path, message });
  }
  return [...problems, ...inside(value, schema, path)];
}

function boundProblems(value: Json, schema: JsonObject): string[] {
  const problems = Object.entries(bounds).flatMap(([keyword, [of, least, says]]) => {
    const [limit, measured] = [schema[keyword], of(value)];
    if (typeof limit !== 'number' || measured === undefined) return [];
    const exclusive = schema[`exclusive${keyword.slice(0, 1).toUpperCase()}${keyword.slice(1)}`] === true;
    const holds = (least ? measured >= limit : measured <= limit) && !(exclusive && measured === limit);
    return holds ? [] : [says.replace('N', String(limit))];
  });
  const keys = textsAt(schema, 'x-kubernetes-list-map-keys');
  const unique = schema['uniqueItems'] === true || ['set', 'map'].includes(textAt(schema, 'x-kubernetes-list-type'));
  const told = items(value)?.map((item) =>
    canonical(keys.length === 0 ? item : keys.map((key) => at(item, key) ?? null)),
  );
  return unique && told && new Set(told).size < told.length ? [...problems, "shouldn't contain duplicates"] : problems;
}

function inside(value: Json, schema: JsonObject, path: string): Problem[] {
  const { items: ofItems, additionalProperties } = schema;
  if (Array.isArray(value))
    return isObject(ofItems) ? value.flatMap((item, index) => check(item, ofItems, `${path}[${index}]`)) : [];
  if (!isObject(value)) return [];
  const missing = textsAt(schema, 'required').filter((name) => value[name] === undefined);
  const problems = Object.entries(value).flatMap(([name, inner]) => {
    const of = objectAt(schema, 'properties')[name] ?? additionalProperties;
    return isObject(of) ? check(inner, of, joined(path, name)) : [];
  });
  return [...missing.map((name) => required(joined(path, name))), ...problems];
}

/** `allOf`, `anyOf`, `oneOf`, `not`. */
function combined(value: Json, { allOf, anyOf, oneOf, not }: JsonObject, path: string): string[] {
  const holds = (one: Json) => isObject(one) && check(value, one, path).length === 0;
  return [
    ...(Array.isArray(allOf) && !allOf.every(holds) ? ['must validate all the schemas (allOf)'] : []),
    ...(Array.isArray(anyOf) && !anyOf.some(holds) ? ['must validate at least one schema (anyOf)'] : []),
    ...(Array.isArray(oneOf) && oneOf.filter(holds).length !== 1
      ? ['must validate one and only one schema (oneOf)']
      : []),
    ...(isObject(not) && holds(not) ? ['must not validate the schema (not)'] : []),
  ];
}

function typed(value: Json, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return type === '' || (type === 'object' ? isObject(value) : typeof value === type);
}
