import { duplicate, invalidValue, joined, notSimulated, required, unsupported, type Problem } from '../errors.ts';
import { at, canonical, isObject, listAt, objectAt, same, shown, textAt, textsAt, withAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { fieldOf, resolve, type Resource, type Schema } from '../schema.ts';
import { dependentProblems } from './conditions.ts';
import { nameFormat } from './fields.ts';
import { compiles, formatProblem, isFormat, openApiFormats } from './formats.ts';
import { rules } from './rules.ts';

/**
 * Everything that is wrong with an object.
 *
 * @param before what it replaces, if it does.
 * @throws ApiError where the object has something that is not simulated.
 */
export function problemsOf(resource: Resource, object: JsonObject, before: JsonObject | undefined): Problem[] {
  const name = textAt(object, 'metadata', 'name');
  const isIndexed = textAt(object, 'spec', 'completionMode') === 'Indexed';
  const format = resource.custom ? 'subdomain' : isIndexed ? 'label' : nameFormat(resource.kind);
  if (format === undefined) throw notSimulated(`writing of ${resource.kind} objects`);
  const wrong = name === '' ? undefined : formatProblem(format, name);
  const negative = Object.entries(resource.custom ? {} : objectAt(object, 'status')).filter(
    ([, count]) => Number(count) < 0,
  );
  return [
    ...negative.map(([field, count]) => invalidValue(`status.${field}`, count, 'must be greater than or equal to 0')),
    ...(name === '' ? [required('metadata.name', 'name or generateName is required')] : []),
    ...(wrong === undefined ? [] : [invalidValue('metadata.name', name, wrong)]),
    ...check(withClaims(object), resource.schema, '', before, !resource.custom),
  ];
}

/** The claims of a stateful set are volumes of its pods. */
function withClaims(object: JsonObject): JsonObject {
  const claims = listAt(object, 'spec', 'volumeClaimTemplates').map((claim): Json => {
    const name = textAt(claim, 'metadata', 'name');
    return { name, persistentVolumeClaim: { claimName: name } };
  });
  const path = ['spec', 'template', 'spec', 'volumes'];
  const isClaimed = (volume: Json) => claims.some((claim) => at(claim, 'name') === at(volume, 'name'));
  const others = listAt(object, ...path).filter((volume) => !isClaimed(volume));
  return claims.length === 0 ? object : withAt(object, path, [...others, ...claims]);
}

/**
 * What a schema asks of a value; what its type does not allow is told by whoever decodes it.
 *
 * @param own whether the value is of a built-in type, where an empty text is none.
 */
export function check(value: Json, schema: Schema, path: string, before: Json | undefined, own: boolean): Problem[] {
  if (value === null && schema['nullable'] === true) return [];
  // What was there and does not change is not judged again.
  if (!own && before !== undefined && same(value, before)) return [];
  if (schema['x-kubernetes-validations'] !== undefined)
    throw notSimulated(`the CEL rules that the definition of this resource has for ${path}`);
  if (own && value === '' && schema['minLength'] === undefined) return [];
  const type = textAt(schema, 'x-type');
  const found = isObject(value)
    ? [...dependentProblems(type, value), ...(rules[type]?.(value, objectAt(before)) ?? [])]
    : [];
  return [
    ...keywordProblems(value, schema, path, own),
    ...(own ? wordProblems(value, schema, path) : []),
    ...inside(value, schema, path, before, own || type !== ''),
    ...found.flatMap((one) => (one ? [{ ...one, field: joined(path, one.field) }] : [])),
  ];
}

const sizeOf = (value: Json) =>
  typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(objectAt(value)).length;
const numberOf = (value: Json) => (typeof value === 'number' ? value : undefined);
const lengthOf = (value: Json) => (typeof value === 'object' || typeof value === 'string' ? sizeOf(value) : undefined);

/** Keywords that bound a number, or a length. */
const bounds: Readonly<Record<string, readonly [of: (value: Json) => number | undefined, sign: number, says: string]>> =
  {
    minimum: [numberOf, 1, 'must be greater than or equal to N'],
    maximum: [numberOf, -1, 'must be less than or equal to N'],
    minLength: [lengthOf, 1, 'should be at least N chars long'],
    maxLength: [lengthOf, -1, 'should be at most N chars long'],
    minItems: [lengthOf, 1, 'should have at least N items'],
    maxItems: [lengthOf, -1, 'must have at most N items'],
    minProperties: [lengthOf, 1, 'should have at least N properties'],
    maxProperties: [lengthOf, -1, 'must have at most N properties'],
  };

function keywordProblems(value: Json, schema: Schema, path: string, own: boolean): Problem[] {
  const { enum: values, pattern, multipleOf, format } = schema;
  const whys = Object.entries(schema).flatMap(([keyword, limit]) => {
    const [of, sign = 1, says = ''] = bounds[keyword] ?? [];
    const measured = of?.(value);
    if (typeof limit !== 'number' || measured === undefined) return [];
    const exclusive = schema[`exclusive${keyword.slice(0, 1).toUpperCase()}${keyword.slice(1)}`] === true;
    const over = sign * (measured - limit);
    return over < 0 || (exclusive && over === 0) ? [says.replace('N', String(limit))] : [];
  });
  if (typeof value === 'string') {
    if (typeof pattern === 'string' && !(compiles(pattern) && new RegExp(pattern).test(value)))
      whys.push(`should match '${pattern}'`);
    if (typeof format === 'string' && openApiFormats[format]?.(value) === false) whys.push(`must be of type ${format}`);
  }
  if (typeof value === 'number' && typeof multipleOf === 'number' && value % multipleOf !== 0)
    whys.push(`should be a multiple of ${multipleOf}`);
  if (!own) whys.push(...combined(value, schema));
  const distinct = schema['uniqueItems'] === true || (!own && ['set', 'map'].includes(textAt(schema, listType)));
  const marks = (distinct && Array.isArray(value) ? value : []).map((item) => markOf(item, textsAt(schema, mapKeys)));
  if (new Set(marks).size < marks.length) whys.push("shouldn't contain duplicates");
  const unknown = Array.isArray(values) && !values.some((one) => same(one, value));
  return [...whys.map((why) => invalidValue(path, value, why)), ...(unknown ? [unsupported(path, value, values)] : [])];
}

const [listType, mapKeys] = ['x-kubernetes-list-type', 'x-kubernetes-list-map-keys'] as const;

/** What tells an item from others: its fields of these names, or all of it. */
const markOf = (item: Json, names: readonly string[]) =>
  canonical(names.length === 0 ? item : names.map((name) => at(item, name) ?? ''));

/** `allOf`, `anyOf`, `oneOf`, `not`, and the type where nobody decodes by it. */
function combined(value: Json, { allOf, anyOf, oneOf, not }: JsonObject): string[] {
  const holds = (one: Json) =>
    isObject(one) && isTyped(value, one['type']) && check(value, one, '', undefined, false).length === 0;
  return [
    ...(Array.isArray(allOf) && !allOf.every(holds) ? ['must validate all the schemas (allOf)'] : []),
    ...(Array.isArray(anyOf) && !anyOf.some(holds) ? ['must validate at least one schema (anyOf)'] : []),
    ...(Array.isArray(oneOf) && oneOf.filter(holds).length !== 1
      ? ['must validate one and only one schema (oneOf)']
      : []),
    ...(isObject(not) && holds(not) ? ['must not validate the schema (not)'] : []),
  ];
}

/** The words of validation/fields.ts that OpenAPI has none for. */
function wordProblems(value: Json, schema: Schema, path: string): Problem[] {
  const format = textAt(schema, 'x-format');
  const wrong = typeof value === 'string' && isFormat(format) ? formatProblem(format, value) : undefined;
  const alternatives = textsAt(schema, 'x-alternatives');
  const given = alternatives.filter((name) => (at(value, name) ?? '') !== '');
  return [
    ...(wrong === undefined ? [] : [invalidValue(path, value, wrong)]),
    ...(alternatives.length > 0 && given.length !== 1
      ? [invalidValue(path, given, `must have exactly one of ${alternatives.join(', ')}`)]
      : []),
    ...textsAt(schema, 'x-by').flatMap((by) => sameItems(value, by.split('+'), path)),
    ...Object.entries(schema['x-labels'] === true ? objectAt(value) : {}).flatMap(([key, text]) => {
      const why = formatProblem('qualified', key) ?? formatProblem('labelValue', typeof text === 'string' ? text : '');
      return why === undefined ? [] : [invalidValue(path, key, why)];
    }),
  ];
}

/** Items of a list that another before has the same names of, where it has the first of them. */
function sameItems(list: Json, names: readonly string[], path: string): Problem[] {
  const marks = Array.isArray(list) ? list.map((item) => markOf(item, names)) : [];
  return marks.flatMap((mark, index) =>
    !mark.startsWith('[""') && marks.indexOf(mark) < index ? [duplicate(`${path}[${index}]`, mark)] : [],
  );
}

function inside(value: Json, schema: Schema, path: string, before: Json | undefined, own: boolean): Problem[] {
  if (Array.isArray(value)) {
    const items = resolve(schema['items']);
    const was = (index: number) => (Array.isArray(before) ? before[index] : undefined);
    return value.flatMap((item, index) => check(item, items, `${path}[${index}]`, was(index), own));
  }
  if (!isObject(value)) return [];
  const isMissing = (name: string) => value[name] === undefined || (own && value[name] === '');
  return [
    ...textsAt(schema, 'required').flatMap((name) => (isMissing(name) ? [required(joined(path, name))] : [])),
    ...(own && isObject(before) ? changes(value, schema, path, before) : []),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const field = fieldOf(schema, name);
      if (own && path === '' && name === 'status') return [];
      if (!field) return own ? [invalidValue(joined(path, name), inner, 'unknown field')] : [];
      refuseLeftOut(inner, field, joined(path, name), textAt(schema, 'x-type'));
      const was = field['x-afresh'] === true ? undefined : at(before, name);
      return check(inner, field, joined(path, name), was, own);
    }),
  ];
}

function changes(value: JsonObject, schema: Schema, path: string, before: JsonObject): Problem[] {
  return Object.entries(objectAt(schema, 'properties')).flatMap(([name, field]) =>
    at(field, 'x-fixed') === true && !same(value[name], before[name])
      ? [invalidValue(joined(path, name), value[name], 'field is immutable')]
      : [],
  );
}

const isEmpty = (value: Json) => value === '' || (typeof value === 'object' && sizeOf(value) === 0);

function refuseLeftOut(value: Json, field: Schema, path: string, type: string): void {
  const items = Array.isArray(value) ? value : [value];
  const leftOut = textsAt(field, 'x-left-out').concat(textsAt(resolve(field['items']), 'x-left-out'));
  const some = leftOut.find((one) => (one === '' ? !isEmpty(value) : items.some((item) => shown(item) === one)));
  if (some === undefined) return;
  throw notSimulated(`${path}${some === '' ? '' : `: ${some}`} of ${type.replace(/^\w*?V\d+/, '')}`);
}

/** Whether a value is of a type of JSON schema. */
export function isTyped(value: Json, type: Json | undefined): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return type === undefined || (type === 'object' ? isObject(value) : typeof value === type);
}
