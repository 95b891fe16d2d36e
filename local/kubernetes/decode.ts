import leven from 'leven';
import { badRequest, joined } from './errors.ts';
import { isObject, objectAt, same, shown, type Json, type JsonObject } from './json.ts';
import { fieldOf, formOf, resolve, type Resource, type Schema } from './schema.ts';

/**
 * Reads an object by the schema of its kind. Formats of texts and numbers are left to validation.
 *
 * @returns the object without fields that its type does not have, and the paths of those in quotes,
 * and whether a newer Kubernetes may have them.
 * @throws ApiError if a value has the wrong type.
 */
export function decode(
  resource: Resource,
  given: JsonObject,
): { object: JsonObject; unknown: readonly string[] } {
  const unknown: string[] = [];

  function read(value: Json, schema: Schema, path: string): Json {
    const { type, format, nullable } = schema;
    if (value === null && nullable === true) return null;
    if (format === 'quantity') return shown(value);
    const found = Array.isArray(value) ? 'array' : typeof value;
    if (type !== undefined && found !== type && !(type === 'integer' && found === 'number'))
      throw badRequest(
        `${resource.kind} cannot be read: ${path} must be of type ${shown(type)}, not ${found}`,
      );
    if (Array.isArray(value)) {
      const items = resolve(schema['items']);
      return value.map((item, index) => read(item, items, joined(path, index)));
    }
    return isObject(value) && formOf(schema) !== 'any' ? readObject(value, schema, path) : value;
  }

  function readObject(value: JsonObject, schema: Schema, path: string): JsonObject {
    const known: JsonObject = {};
    for (const [name, inner] of Object.entries(value)) {
      const field = fieldOf(schema, name);
      if (!field)
        unknown.push(`"${joined(path, name)}"${resource.custom ? '' : hintOn(name, schema)}`);
      else if (!isLeftOut(inner, field, schema))
        known[name] = read(inner, field, joined(path, name));
    }
    return known;
  }

  return { object: readObject(given, resource.schema, ''), unknown };
}

/** Whether Go omits a value: null that is not allowed, or an empty map of a type of its own. */
const isLeftOut = (value: Json, field: Schema, type: Schema): boolean =>
  value === null
    ? field['nullable'] !== true
    : 'x-type' in type && formOf(field) === 'map' && same(value, {});

/**
 * What else to say about an unknown name that is so unlike all fields of the type that it is hardly
 * a typo.
 */
const hintOn = (name: string, schema: Schema): string =>
  Object.keys(objectAt(schema, 'properties')).some(
    (field) => leven(field.toLowerCase(), name.toLowerCase()) <= 3,
  )
    ? ''
    : ' (nothing in Kubernetes 1.36 is spelled like it; ' +
      'for what a newer one has: --kubeconfig FILE)';
