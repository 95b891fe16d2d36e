import Ajv, { type ErrorObject } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import {
  at,
  isObject,
  mapped,
  objectAt,
  shown,
  withAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { isOpen, referenceTo, types, type Resource, type Schema } from './schema.ts';

/**
 * Holds objects against the schemas of their kinds. Draft 4 of JSON Schema, because definitions of
 * custom resources have `exclusiveMinimum: true`.
 */

/** What a check found, and the object with its defaults and without unknown fields. */
export type Checked = Readonly<{
  object: JsonObject;
  /** Paths of fields that the type doesn't have. */
  unknown: readonly string[];
  /** Values of the wrong type, and what else a server can't even read: `PATH: why`. */
  unreadable: readonly string[];
  /** Values that the schema doesn't allow: `PATH: Invalid value: VALUE: why`. */
  problems: readonly string[];
}>;

/** Checks an object. The status of a built-in kind is the server's own, and isn't checked. */
export function check({ schema, custom }: Resource, given: JsonObject): Checked {
  const { status, ...rest } = given;
  const object = objectAt(structuredClone(custom ? given : withoutNulls(rest)));
  const validate = validatorOf(schema);
  void validate(object);
  const errors = validate.errors ?? [];
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  const types = errors.filter(({ keyword }) => keyword === 'type');
  // In a built-in type, an empty text counts as missing.
  const isMissing = (error: ErrorObject) =>
    !custom && error.keyword === 'enum' && at(object, ...namesIn(error)) === '';
  const others = errors.filter(
    (error) => ![...unknown, ...types].includes(error) && !isMissing(error),
  );
  for (const error of unknown) Reflect.deleteProperty(parentOf(object, error), nameIn(error));
  return {
    object: custom || status === undefined ? object : { ...object, status },
    unknown: unknown.map((error) => joined(pathOf(error), nameIn(error))),
    unreadable: types.map((error) => `${pathOf(error)} ${error.message ?? ''}`),
    problems: others.map((error) => problemOf(error, object)),
  };
}

/** The server omits a null, unless a custom resource may have it. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return mapped(value, (inner) => (inner === null ? undefined : withoutNulls(inner)));
}

/** The names in a JSON pointer. */
const namesIn = ({ instancePath }: ErrorObject) =>
  instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

/** `spec.containers[0]`, as messages of the server have it. */
function joined(path: string, name: string): string {
  if (/^\d+$/.test(name)) return `${path}[${name}]`;
  return path === '' ? name : `${path}.${name}`;
}

const pathOf = (error: ErrorObject) => namesIn(error).reduce(joined, '');
const nameIn = ({ params }: ErrorObject) => String(params['additionalProperty']);
const parentOf = (object: JsonObject, error: ErrorObject) => objectAt(object, ...namesIn(error));

function problemOf(error: ErrorObject, object: JsonObject): string {
  const { params, message = error.keyword } = error;
  const missing: unknown = params['missingProperty'];
  if (typeof missing === 'string') return `${joined(pathOf(error), missing)}: Required value`;

  const value = at(object, ...namesIn(error)) ?? null;
  const allowed: unknown = params['allowedValues'];
  const values = Array.isArray(allowed) ? `: ${allowed.filter(Boolean).join(', ')}` : '';
  return `${pathOf(error)}: Invalid value: ${JSON.stringify(value)}: ${message}${values}`;
}

/**
 * Defaults, by type. kubectl and helm read these fields without asking whether they are there, or
 * merge lists by them.
 */
const defaults: Readonly<Record<string, JsonObject>> = {
  V1ContainerPort: { protocol: 'TCP' },
  V1CronJobSpec: { concurrencyPolicy: 'Allow', suspend: false },
  V1DaemonSetUpdateStrategy: { type: 'RollingUpdate' },
  V1DeploymentSpec: { progressDeadlineSeconds: 600, replicas: 1, revisionHistoryLimit: 10 },
  V1DeploymentStrategy: { type: 'RollingUpdate' },
  V1JobSpec: { backoffLimit: 6, completions: 1, parallelism: 1 },
  V1PersistentVolumeClaimSpec: { volumeMode: 'Filesystem' },
  V1PodSpec: { restartPolicy: 'Always' },
  V1ReplicaSetSpec: { replicas: 1 },
  V1RoleRef: { apiGroup: 'rbac.authorization.k8s.io' },
  V1Secret: { type: 'Opaque' },
  V1ServicePort: { protocol: 'TCP' },
  V1ServiceSpec: { type: 'ClusterIP' },
  V1StatefulSetSpec: { replicas: 1 },
  V1StatefulSetUpdateStrategy: { type: 'RollingUpdate' },
};

const ajv = new Ajv({
  strict: false,
  validateSchema: false,
  logger: false,
  unicodeRegExp: false,
  ownProperties: true,
  allErrors: true,
  useDefaults: true,
  code: { regExp: Object.assign(matcherOf, { code: 'matcherOf' }) },
});
addFormats(ajv, ['date', 'date-time', 'email', 'int32', 'ipv4', 'ipv6', 'uri', 'uuid']);
ajv.addFormat('byte', isBase64);
ajv.addFormat('int64', { type: 'number', validate: Number.isSafeInteger });
ajv.addFormat('quantity', /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/);
for (const [name, type] of Object.entries(types)) {
  const known = Object.entries(defaults[name] ?? {});
  const filled = known.reduce(
    (schema, [field, value]) => withAt(schema, ['properties', field, 'default'], value),
    objectAt(type),
  );
  ajv.addSchema(strict(filled), shown(referenceTo(name)['$ref']));
}

/** Go ignores line breaks here. A pattern that counts groups of four overflows at a few megabytes. */
function isBase64(text: string): boolean {
  const digits = text.replaceAll(/[\r\n]/g, '');
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
}

/** A pattern of a definition is one of Go: what JavaScript can't read isn't checked. */
function matcherOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    return /(?:)/;
  }
}

const validators = new WeakMap<Schema, ReturnType<typeof ajv.compile>>();

function validatorOf(schema: Schema) {
  const known = validators.get(schema) ?? ajv.compile(strict(schema));
  validators.set(schema, known);
  return known;
}

/**
 * A schema as ajv is to read it: an object has no fields but those named, and a quantity can be a
 * number.
 */
function strict(schema: Schema): Schema {
  const result = { ...schema };
  const { properties, items, additionalProperties } = schema;
  if (isObject(properties))
    result['properties'] = mapped(properties, (one) => strict(objectAt(one)));
  if (isObject(items)) result['items'] = strict(items);
  if (isObject(additionalProperties)) result['additionalProperties'] = strict(additionalProperties);
  if (schema['type'] === 'object' && !isOpen(schema)) result['additionalProperties'] = false;
  if (schema['format'] === 'quantity') result['type'] = ['string', 'number'];
  if (schema['x-kubernetes-int-or-string'] === true) result['type'] = ['integer', 'string'];
  if (result['type'] === undefined) Reflect.deleteProperty(result, 'nullable');
  return result;
}
