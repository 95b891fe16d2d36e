import Ajv, { type ErrorObject } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { invalidValue, joined, notSimulated, required } from '../errors.ts';
import {
  at,
  objectAt,
  omit,
  same,
  shown,
  textAt,
  textsAt,
  type Json,
  type JsonObject,
} from '../json.ts';
import { referenceTo, types, type Resource, type Schema } from '../schema.ts';
import { fieldProblems, hasTwice, isWritable } from './fields.ts';
import { formatNames, formatProblem } from './formats.ts';
import { matcherOf } from './patterns.ts';
import { rules } from './rules.ts';

/**
 * What is known while a value is checked: how it is written, what it replaces, and what our own
 * keywords find.
 */
type Check = Readonly<{
  custom: boolean;
  object: JsonObject;
  before: JsonObject | undefined;
  found: string[];
}>;

/**
 * Everything that is wrong with an object.
 *
 * @param before what it replaces, if anything.
 * @throws ApiError if the object contains something that is not simulated.
 */
export function problemsOf(
  { custom, kind, schema }: Resource,
  given: JsonObject,
  before?: JsonObject,
): string[] {
  if (!custom && !isWritable(textAt(schema, 'x-type')))
    throw notSimulated(`writing of ${kind} objects`);
  const object = custom ? given : omit(given, 'status');
  const isNegative = Object.values(custom ? {} : objectAt(given, 'status')).some(
    (count) => Number(count) < 0,
  );
  return [
    ...(custom ? fieldProblems('CustomResource', object, before, '') : []),
    ...(isNegative ? ['status: Invalid value: must not have negative numbers'] : []),
    ...check(schema, object, { custom, object, before, found: [] }),
  ];
}

/** Whether a value matches the schema of a custom resource. */
const conforms = (schema: Schema, value: Json): boolean =>
  check(schema, value, { custom: true, object: {}, before: undefined, found: [] }).length === 0;

function check(schema: Schema, value: Json, context: Check): string[] {
  const validate = ajv.compile(schema);
  validate.call(context, value);
  const problems = (validate.errors ?? []).flatMap((error) => {
    const names = namesIn(error.instancePath);
    const now = at(value, ...names);
    const was = at(context.before, ...names);
    // An old value in a custom resource that does not change is not checked again.
    const isOld = context.custom && was !== undefined && same(now, was);
    return isOld || error.keyword === 'propertyNames' ? [] : [problemOf(error, now)];
  });
  return [...context.found, ...problems];
}

/** The names in a JSON pointer. */
const namesIn = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

const pathTo = (pointer: string) => namesIn(pointer).reduce(joined, '');

function problemOf(error: ErrorObject, found: Json | undefined): string {
  const { instancePath, keyword, params, schema, message = keyword, propertyName } = error;
  const missing: unknown = params['missingProperty'];
  if (typeof missing === 'string') return required(joined(pathTo(instancePath), missing));
  const value = propertyName ?? found ?? null;
  const format = keyword === 'format' ? String(schema).replace('x-', '') : '';
  const says = formatProblem(format, shown(value));
  const allowed =
    keyword === 'enum' && Array.isArray(schema)
      ? `: ${schema.filter((one) => one !== '').join(', ')}`
      : '';
  return invalidValue(pathTo(instancePath), value, `${says ?? message}${allowed}`);
}

type Place = Readonly<{ instancePath?: string }>;

const ajv = new Ajv({
  strict: false,
  validateSchema: false,
  logger: false,
  unicodeRegExp: false,
  ownProperties: true,
  allErrors: true,
  verbose: true,
  passContext: true,
  code: { regExp: Object.assign(matcherOf, { code: 'matcherOf' }) },
});
addFormats(ajv, ['date', 'date-time', 'email', 'hostname', 'int32', 'ipv4', 'ipv6', 'uri', 'uuid']);
ajv.addFormat('int64', { type: 'number', validate: Number.isSafeInteger });
for (const format of formatNames) {
  const isOf = (text: string) => formatProblem(format, text) === undefined;
  if (['byte', 'cidr', 'quantity'].includes(format)) ajv.addFormat(format, isOf);
  // Formats of the table, for which an empty text counts as missing.
  ajv.addFormat(`x-${format}`, (text: string) => text === '' || isOf(text));
}
ajv.addKeyword({
  keyword: 'x-kubernetes-int-or-string',
  validate: (isIt: boolean, value: Json) =>
    !isIt || typeof value === 'string' || value === (Number(value) | 0),
  error: { message: 'must be integer or string' },
});
ajv.addKeyword({
  keyword: 'x-kubernetes-list-type',
  type: 'array',
  validate(
    this: Check,
    kind: string,
    list: Json[],
    { 'x-kubernetes-list-map-keys': names }: Schema = {},
  ) {
    return !this.custom || kind === 'atomic' || !hasTwice(list, textsAt(names));
  },
  error: { message: 'must not have two items with the same key' },
});
ajv.addKeyword({
  keyword: 'x-kubernetes-validations',
  validate(
    this: Check,
    _rules: Json,
    value: Json,
    _schema?: object,
    { instancePath = '' }: Place = {},
  ) {
    if (this.before !== undefined && same(value, at(this.before, ...namesIn(instancePath))))
      return true;
    throw notSimulated(
      `the CEL rules that the definition of this resource has for ${pathTo(instancePath)}`,
    );
  },
});
ajv.addKeyword({
  keyword: 'x-type',
  type: 'object',
  validate(
    this: Check,
    type: string,
    value: JsonObject,
    _schema?: object,
    { instancePath = '' }: Place = {},
  ) {
    const path = pathTo(instancePath);
    const before = at(this.before, ...namesIn(instancePath));
    const broken = Object.entries(
      rules[type]?.(value, objectAt(before), this.object, conforms) ?? {},
    ).filter(([, isBroken]) => isBroken);
    const problems = [...fieldProblems(type, value, before, path), ...broken.map(([text]) => text)];
    this.found.push(
      ...problems.map((text) => joined(path, text.replace(': ', ': Invalid value: '))),
    );
    return true;
  },
});
for (const name of Object.keys(types))
  ajv.addSchema(objectAt(types, name), textAt(referenceTo(name), '$ref'));
