import { ApiError, badRequest } from './errors.ts';
import { at, isObject, same, textAt, textsAt, type Json, type JsonObject } from './json.ts';
import { fieldOf, resolve, type Schema } from './schema.ts';

/**
 * Server-side apply, without a record of who owns which field: what the manager applied last time
 * and leaves out now is gone, and a value that differs from what the manager applied last was
 * changed by someone else, which is a conflict.
 */

type Layers = Readonly<{
  live: Json | undefined;
  /** What the manager applied last time. */
  last: Json | undefined;
  /** What the manager applies now. */
  given: Json | undefined;
}>;

/**
 * The object with what is applied to it.
 *
 * @throws ApiError if someone else changed a field, unless the writer forces it
 */
export function applied(
  layers: Readonly<{ live?: JsonObject; last?: JsonObject; given: JsonObject }>,
  schema: Schema,
  isForced: boolean,
): Json {
  const conflicts: string[] = [];
  const { live, last, given } = layers;
  const result = overlay({ live, last, given }, schema, '', conflicts);
  if (conflicts.length > 0 && !isForced) {
    const count = conflicts.length === 1 ? '1 conflict' : `${conflicts.length} conflicts`;
    const fields = conflicts.join(', ');
    throw new ApiError(
      409,
      'Conflict',
      `Apply failed with ${count} with other managers: ${fields}`,
    );
  }
  return result ?? {};
}

function overlay(
  { live, last, given }: Layers,
  schema: Schema,
  path: string,
  conflicts: string[],
): Json | undefined {
  if (given === undefined && last === undefined) return live;

  const form = given ?? last;
  if (!isMerged(form, schema)) {
    const isTheirs = live !== undefined && !same(live, given) && !same(live, last);
    // A value that is given up stays if someone else changed it.
    if (given === undefined) return isTheirs ? live : undefined;
    if (isTheirs && !isServersOwn.test(path)) conflicts.push(path);
    return given;
  }

  const parts = { live: partsOf(live, schema), last: partsOf(last, schema) };
  const added = partsOf(given, schema);
  if (Array.isArray(given) && added.size < given.length)
    throw badRequest(`failed to create typed patch object: ${path}: duplicate entries for a key`);
  const merged = [...new Set([...added.keys(), ...parts.live.keys()])].flatMap((key) => {
    const layers = { live: parts.live.get(key), last: parts.last.get(key), given: added.get(key) };
    const inner = Array.isArray(form) ? resolve(schema['items']) : fieldOf(schema, key);
    const place = Array.isArray(form) ? `${path}${key}` : `${path}.${key}`;
    const value = overlay(layers, inner ?? {}, place, conflicts);
    return value === undefined ? [] : [[key, value] as const];
  });
  if (merged.length === 0 && given === undefined) return undefined;
  return Array.isArray(form) ? merged.map(([, item]) => item) : Object.fromEntries(merged);
}

/** What nobody has to own. */
const isServersOwn = /^\.(?:apiVersion|kind|metadata\.(?!labels|annotations).*)$/;

/** Whether a value is merged by its fields or items, and not replaced as a whole. */
function isMerged(value: Json | undefined, schema: Schema): boolean {
  if (Array.isArray(value))
    return ['map', 'set'].includes(textAt(schema, 'x-kubernetes-list-type'));
  return isObject(value) && schema['x-kubernetes-map-type'] !== 'atomic';
}

/** The fields of an object by name, or the items of a list by what distinguishes them. */
function partsOf(value: Json | undefined, schema: Schema): Map<string, Json> {
  if (isObject(value)) return new Map(Object.entries(value));

  const keys = textsAt(schema, 'x-kubernetes-list-map-keys');
  // The only key that has a default.
  const keyIn = (item: Json, key: string) => at(item, key) ?? (key === 'protocol' ? 'TCP' : null);
  const items = Array.isArray(value) ? value : [];
  return new Map(
    items.map((item) => {
      const marks = keys.length > 0 ? keys.map((key) => keyIn(item, key)) : [item];
      return [JSON.stringify(marks), item];
    }),
  );
}
