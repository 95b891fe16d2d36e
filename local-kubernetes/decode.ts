import { badRequest, type Problem } from './errors.ts';
import { isObject, shown, type Json, type JsonObject } from './json.ts';
import type { Resource, Shape } from './schema.ts';

/** What became of an object on its way in: fields that its type does not have are left out. */
export type Decoded = Readonly<{
  object: JsonObject;
  /** Paths, in quotes, of the fields that the type does not have, and whether a newer Kubernetes may have them. */
  unknown: readonly string[];
  /** Values of a wrong type, in the words of a custom resource's validation. */
  wrong: readonly Problem[];
}>;

const quantity = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

/**
 * Reads an object by the shape of its kind.
 *
 * @throws ApiError where a value is of a wrong type, as Go's decoder words it; for custom resources that is a problem.
 */
export function decode(resource: Resource, given: JsonObject): Decoded {
  const unknown: string[] = [];
  const wrong: Problem[] = [];

  function walk(value: Json, shape: Shape, path: string, struct: string): Json {
    switch (shape.kind) {
      case 'any':
        return value;
      case 'scalar':
        return scalar(value, shape.type, path, struct);
      case 'list':
        if (!Array.isArray(value)) return mismatch(value, 'slice', 'array', path, struct);
        return value.map((item, index) => walk(item, shape.of, `${path}[${index}]`, struct));
      case 'map':
        if (!isObject(value)) return mismatch(value, 'map', 'object', path, struct);
        return Object.fromEntries(
          Object.entries(value)
            .filter(([, inner]) => inner !== null)
            .map(([name, inner]) => [name, walk(inner, shape.of, joined(path, name), struct)]),
        );
      case 'object': {
        if (!isObject(value)) return mismatch(value, shape.type.replace(/^\w*?V\d+/, 'v1.'), 'object', path, struct);
        const kept: JsonObject = {};
        for (const [name, inner] of Object.entries(value)) {
          const field = shape.fields[name];
          if (inner === null && field?.nullable !== true) continue;
          if (field) kept[name] = walk(inner, field.shape(), joined(path, name), shape.type);
          else if (shape.open) kept[name] = inner;
          else
            unknown.push(`"${joined(path, name)}"${!resource.custom && looksNewer(name, shape.fields) ? newer : ''}`);
        }
        return kept;
      }
    }
  }

  function scalar(value: Json, type: string, path: string, struct: string): Json {
    const accepted = accepts[type]?.(value) ?? true;
    if (type === 'quantity' && typeof value === 'string' && !accepted) {
      throw undecodable(
        resource,
        String.raw`quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
      );
    }
    if (type === 'byte' && typeof value === 'string' && !accepted) {
      throw undecodable(resource, `illegal base64 data at input byte ${Math.max(0, value.search(/[^A-Za-z0-9+/=]/))}`);
    }
    if (!accepted) return mismatch(value, goTypes[type] ?? type, jsonTypes[type] ?? type, path, struct);
    return type === 'quantity' ? shown(value) : value;
  }

  function mismatch(value: Json, goType: string, jsonType: string, path: string, struct: string): Json {
    const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    if (!resource.custom) {
      const field = `${struct.replace(/^\w*?V\d+/, '')}.${path.replaceAll(/\[\d+\]/g, '')}`;
      throw undecodable(resource, `json: cannot unmarshal ${found} into Go struct field ${field} of type ${goType}`);
    }
    const name = found === 'bool' ? 'boolean' : found;
    wrong.push({
      reason: 'FieldValueTypeInvalid',
      field: path,
      message: `Invalid value: "${name}": ${path} in body must be of type ${jsonType}: "${name}"`,
    });
    return value;
  }

  const object = walk(given, resource.shape, '', '');
  return { object: isObject(object) ? object : {}, unknown, wrong };
}

const newer = ' (nothing in Kubernetes 1.36 is spelled like it; for what a newer one has: --kubeconfig FILE)';

/** Whether no field of the type is so near that the name could be a slip. */
function looksNewer(name: string, fields: Readonly<Record<string, unknown>>): boolean {
  return !Object.keys(fields).some((field) => distance(field.toLowerCase(), name.toLowerCase()) <= 3);
}

/** How many letters to add, drop or change to make one text of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const letter of one) {
    const last = row;
    row = [(last[0] ?? 0) + 1];
    for (let index = 0; index < other.length; index++) {
      const change = (last[index] ?? 0) + (other[index] === letter ? 0 : 1);
      row.push(Math.min(change, (last[index + 1] ?? 0) + 1, (row[index] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}

const accepts: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  int32: (value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2_147_483_648,
  int64: (value) => typeof value === 'number' && Number.isInteger(value),
  intOrString: (value) =>
    typeof value === 'string' || (Number.isInteger(value) && Number(value) === (Number(value) | 0)),
  time: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  quantity: (value) => typeof value === 'number' || (typeof value === 'string' && quantity.test(value)),
  byte: (value) => typeof value === 'string' && isBase64(value.replaceAll(/[\r\n]/g, '')),
};
const isBase64 = (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

const goTypes: Readonly<Record<string, string>> = {
  boolean: 'bool',
  number: 'float64',
  intOrString: 'int32',
  time: 'v1.Time',
  byte: '[]uint8',
  quantity: 'string',
};
const jsonTypes: Readonly<Record<string, string>> = { int64: 'integer', intOrString: 'integer or string' };

function undecodable({ kind, version }: Resource, why: string): Error {
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`);
}

/** A field's path, as messages have it. */
export function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
