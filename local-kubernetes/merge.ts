import { applyPatch, type Operation } from 'rfc6902';
import { ApiError, badRequest } from './errors.ts';
import { isObject, listAt, same, textAt, type Json, type JsonObject } from './json.ts';
import { fieldOf, resolve, type Schema } from './schema.ts';

/** RFC 7396: null removes, objects merge, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** RFC 6902. */
export function jsonPatch(target: JsonObject, operations: Json): Json {
  const list = Array.isArray(operations) ? operations.flatMap((one) => operationOf(one)) : [];
  if (!Array.isArray(operations) || list.length !== operations.length) {
    throw badRequest('json: cannot unmarshal the body into Go value of type jsonpatch.Patch');
  }
  const result = structuredClone(target);
  if (applyPatch(result, list).some((error) => error !== null)) {
    throw new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request');
  }
  return result;
}

function operationOf(value: Json): Operation[] {
  const [op, path, from] = [textAt(value, 'op'), textAt(value, 'path'), textAt(value, 'from')];
  const content = isObject(value) ? value['value'] : undefined;
  switch (op) {
    case 'add':
    case 'replace':
    case 'test':
      return [{ op, path, value: content }];
    case 'remove':
      return [{ op, path }];
    case 'move':
    case 'copy':
      return [{ op, path, from }];
    default:
      return [];
  }
}

/** Kubernetes' own patch: lists merge by key where the type says so, and `$` directives count. */
export function strategicMerge(target: Json | undefined, patch: Json, schema: Schema): Json {
  if (!isObject(patch)) return patch;
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
  if (patch['$patch'] === 'delete') return {};
  const merged: JsonObject = isObject(target) ? { ...target } : {};
  const retained = patch['$retainKeys'];
  if (Array.isArray(retained))
    for (const key of Object.keys(merged)) if (!retained.includes(key)) Reflect.deleteProperty(merged, key);
  for (const name of new Set(Object.keys(patch).map((key) => key.replace(/^\$(?:setElementOrder|delete\w+)\//, '')))) {
    if (name.startsWith('$')) continue;
    const inner = fieldOf(schema, name) ?? {};
    const strategy = textAt(inner, 'x-kubernetes-patch-strategy');
    const key = textAt(inner, 'x-kubernetes-patch-merge-key');
    const value = patch[name];
    if (value === null) Reflect.deleteProperty(merged, name);
    else if (strategy.includes('merge') && (value === undefined || Array.isArray(value))) {
      const gone = listAt(patch, `$deleteFromPrimitiveList/${name}`);
      const kept = listAt(merged, name).filter((item) => !gone.some((one) => same(one, item)));
      const list = mergeList(kept, value ?? [], key, inner);
      merged[name] = inOrder(list, listAt(patch, `$setElementOrder/${name}`), value ?? [], kept, key);
    } else if (value !== undefined) merged[name] = strategicMerge(merged[name], value, inner);
  }
  return merged;
}

function mergeList(target: readonly Json[], patch: readonly Json[], key: string, schema: Schema): Json[] {
  const of = resolve(schema['items']);
  if (key === '') return [...target, ...patch.filter((item) => !target.some((one) => same(one, item)))];
  if (patch.some((item) => isObject(item) && item['$patch'] === 'replace')) {
    return patch.filter((item) => isObject(item) && item['$patch'] === undefined);
  }
  const merged = [...target];
  for (const item of patch) {
    if (!isObject(item)) continue;
    if (item[key] === undefined)
      throw badRequest(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`);
    const index = merged.findIndex((other) => isObject(other) && same(other[key], item[key]));
    if (item['$patch'] === 'delete') {
      if (index >= 0) merged.splice(index, 1);
    } else if (index < 0) merged.push(strategicMerge(undefined, item, of));
    else merged[index] = strategicMerge(merged[index], item, of);
  }
  return merged;
}

/**
 * The order of a merged list: what the patch names comes in its order, or in that of `$setElementOrder`. The other items
 * keep theirs, each before a named one only where it stood before it.
 */
function inOrder(
  items: readonly Json[],
  order: readonly Json[],
  patch: readonly Json[],
  before: readonly Json[],
  key: string,
): Json[] {
  const keyOf = (item: Json) => (key !== '' && isObject(item) ? (item[key] ?? null) : item);
  const place = (item: Json, list: readonly Json[]) => list.findIndex((one) => same(keyOf(one), keyOf(item)));
  const named = order.length > 0 ? order : patch;
  const mine = items.filter((item) => place(item, named) >= 0).sort((a, b) => place(a, named) - place(b, named));
  const others = items.filter((item) => place(item, named) < 0);
  const result: Json[] = [];
  for (const item of mine) {
    const stood = place(item, before);
    while (others[0] !== undefined && stood >= 0 && place(others[0], before) < stood)
      result.push(...others.splice(0, 1));
    result.push(item);
  }
  return [...result, ...others];
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !name.startsWith('$')));
}
