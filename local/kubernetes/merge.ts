import { applyPatch, type Operation } from 'rfc6902';
import { ApiError, badRequest } from './errors.ts';
import {
  at,
  isObject,
  listAt,
  mapped,
  objectAt,
  omit,
  same,
  textAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { fieldOf, resolve, type Schema } from './schema.ts';

/** RFC 6902. */
export function jsonPatch(target: JsonObject, operations: unknown): Json {
  if (!Array.isArray(operations) || !operations.every(isOperation))
    throw badRequest('json: cannot unmarshal the body into Go value of type jsonpatch.Patch');
  const result = structuredClone(target);
  if (applyPatch(result, operations).some((error) => error !== null))
    throw new ApiError(
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
    );
  return result;
}

/** The code that applies an operation checks the rest of it. */
const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'op' in value && 'path' in value;

/**
 * Kubernetes' own patch: lists merge by key if the type says so, and `$` directives apply. Without
 * a schema, it is the one of RFC 7396: null removes, objects merge, and everything else replaces.
 */
export function mergePatch(target: Json | undefined, patch: Json, schema: Schema = {}): Json {
  if (!isObject(patch)) return patch;
  if (patch['$patch'] === 'replace') return omit(patch, '$patch');
  if (patch['$patch'] === 'delete') return {};
  const retained = listAt(patch, '$retainKeys');
  const merged = mapped(objectAt(target), (value, name) =>
    patch['$retainKeys'] === undefined || retained.includes(name) ? value : undefined,
  );
  for (const name of new Set(
    Object.keys(patch).map((key) => key.replace(/^\$(?:setElementOrder|delete\w+)\//, '')),
  )) {
    const inner = fieldOf(schema, name) ?? {};
    const value = patch[name];
    const isMerged = textAt(inner, 'x-kubernetes-patch-strategy').includes('merge');
    if (value === null) Reflect.deleteProperty(merged, name);
    else if (isMerged && (value === undefined || Array.isArray(value)))
      merged[name] = mergeList(listAt(merged, name), value ?? [], patch, name, inner);
    else if (value !== undefined && !['$patch', '$retainKeys'].includes(name))
      merged[name] = mergePatch(merged[name], value, inner);
  }
  return merged;
}

/**
 * Merges a list of a patch: its items over those of the target, in the order that the patch gives.
 */
function mergeList(
  target: Json[],
  value: readonly Json[],
  patch: JsonObject,
  name: string,
  schema: Schema,
): Json[] {
  const key = textAt(schema, 'x-kubernetes-patch-merge-key');
  const keyOf = (item: Json) => (key === '' ? item : (at(item, key) ?? null));
  const place = (item: Json, list: readonly Json[]) =>
    list.findIndex((one) => same(keyOf(one), keyOf(item)));
  const items = value.filter((item) => at(item, '$patch') === undefined);
  const lost = items.find((item) => keyOf(item) === null);
  if (lost !== undefined)
    throw badRequest(`map: ${JSON.stringify(lost)} does not contain declared merge key: ${key}`);
  if (value.some((item) => at(item, '$patch') === 'replace')) return items;

  const deleted = value.filter((item) => at(item, '$patch') === 'delete');
  const gone = [...listAt(patch, `$deleteFromPrimitiveList/${name}`), ...deleted];
  const before = target.filter((item) => place(item, gone) < 0);
  const kept = before.map((item) => {
    const change = items[place(item, items)];
    return change === undefined ? item : mergePatch(item, change, resolve(schema['items']));
  });
  const fresh = items.filter((item) => place(item, before) < 0);
  const made = fresh.map((item) => mergePatch(undefined, item, resolve(schema['items'])));
  const order = listAt(patch, `$setElementOrder/${name}`);
  const rank = (item: Json) => place(item, order.length > 0 ? order : items);
  const merged = [...kept, ...made];
  const sorted = merged.filter((item) => rank(item) >= 0).sort((a, b) => rank(a) - rank(b));
  // Items that the patch does not name stay before the same items as they did.
  for (const other of merged.filter((item) => rank(item) < 0)) {
    const next = sorted.findIndex((item) => place(item, before) > place(other, before));
    sorted.splice(next < 0 ? sorted.length : next, 0, other);
  }
  return sorted;
}
