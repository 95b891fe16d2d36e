import leven from 'leven';
import { badRequest, joined, type Problem } from './errors.ts';
import { isObject, objectAt, shown, textAt, type Json, type JsonObject } from './json.ts';
import { fieldOf, formOf, resolve, type Resource, type Schema } from './schema.ts';
import { isBase64 } from './validation/formats.ts';

/** What became of an object on its way in: fields that its type does not have are left out. */
export type Decoded = Readonly<{
  object: JsonObject;
  /** Paths, in quotes, of the fields that the type does not have, and whether a newer Kubernetes may have them. */
  unknown: readonly string[];
  /** Values of a wrong type, in the words of a custom resource's validation. */
  wrong: readonly Problem[];
}>;

/**
 * Reads an object by the schema of its kind.
 *
 * @throws ApiError where a value is of a wrong type; for custom resources that is a problem like others.
 */
export function decode(resource: Resource, given: JsonObject): Decoded {
  const unknown: string[] = [];
  const wrong: Problem[] = [];

  function read(value: Json, schema: Schema, path: string): Json {
    const form = formOf(schema);
    if (form === 'any') return value;
    if (form === 'scalar') return accepts(value, schema) ? kept(value, schema) : mismatch(value, schema, path);
    if (form === 'list') {
      if (!Array.isArray(value)) return mismatch(value, schema, path);
      const items = resolve(schema['items']);
      return value.map((item, index) => (item === null ? null : read(item, items, `${path}[${index}]`)));
    }
    return isObject(value) ? readObject(value, schema, path) : mismatch(value, schema, path);
  }

  function readObject(value: JsonObject, schema: Schema, path: string): JsonObject {
    const known: JsonObject = {};
    for (const [name, inner] of Object.entries(value)) {
      const field = fieldOf(schema, name);
      const full = joined(path, name);
      if (inner === null) {
        if (field?.['nullable'] === true) known[name] = null;
      } else if (field) known[name] = read(inner, field, full);
      else unknown.push(`"${full}"${!resource.custom && looksNewer(name, schema) ? newer : ''}`);
    }
    return known;
  }

  function mismatch(value: Json, schema: Schema, path: string): Json {
    const type = textAt(schema, 'format') || textAt(schema, 'type') || 'integer or string';
    const found = Array.isArray(value) ? 'array' : typeof value;
    if (!resource.custom) {
      const { kind, version } = resource;
      const why = `json: cannot unmarshal ${found} ${JSON.stringify(value).slice(0, 50)} into ${path} of type ${type}`;
      throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`);
    }
    const message = `Invalid value: "${found}": ${path} in body must be of type ${type}: "${found}"`;
    wrong.push({ reason: 'FieldValueTypeInvalid', field: path, message });
    return value;
  }

  return { object: readObject(given, resource.schema, ''), unknown, wrong };
}

const quantity = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;
const isInt32 = (value: Json) => typeof value === 'number' && value === (value | 0);

/** Whether a value is of a scalar's type. Formats of custom resources are the validation's concern. */
function accepts(value: Json, schema: Schema): boolean {
  const { type, format } = schema;
  if (schema['x-kubernetes-int-or-string'] === true) return typeof value === 'string' || isInt32(value);
  if (format === 'quantity') return typeof value === 'number' || (typeof value === 'string' && quantity.test(value));
  if (type === 'integer') return format === 'int32' ? isInt32(value) : Number.isInteger(value);
  if (format === 'byte') return typeof value === 'string' && isBase64(value.replaceAll(/[\r\n]/g, ''));
  if (format === 'date-time') return typeof value === 'string' && !Number.isNaN(Date.parse(value));
  return typeof value === type;
}

const kept = (value: Json, schema: Schema): Json => (schema['format'] === 'quantity' ? shown(value) : value);

const newer = ' (nothing in Kubernetes 1.36 is spelled like it; for what a newer one has: --kubeconfig FILE)';

/** Whether no field of the type is so near that the name could be a slip. */
const looksNewer = (name: string, schema: Schema): boolean =>
  !Object.keys(objectAt(schema, 'properties')).some((field) => leven(field.toLowerCase(), name.toLowerCase()) <= 3);
