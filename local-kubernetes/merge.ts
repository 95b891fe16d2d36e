import { isObject, type Json, type JsonObject } from './json.ts';

/** Lists whose items are merged by a key, as the types of the API say; all other lists are replaced. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  ports: ['containerPort', 'port'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

/** RFC 7396: null removes, objects merge, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  return merge(target, patch, '', false);
}

/** Kubernetes' own patch, which server-side apply follows too, as far as nobody gives up a field: lists merge by key. */
export function strategicMerge(target: Json | undefined, patch: Json): Json {
  return merge(target, patch, '', true);
}

function merge(target: Json | undefined, patch: Json, name: string, strategic: boolean): Json {
  if (strategic && Array.isArray(patch)) return mergeList(Array.isArray(target) ? target : [], patch, name);
  if (!isObject(patch)) return patch;
  const merged: JsonObject = isObject(target) && patch['$patch'] !== 'replace' ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = merge(merged[key], value, key, strategic);
  }
  return merged;
}

function mergeList(target: readonly Json[], patch: readonly Json[], name: string): Json[] {
  const key = mergeKeys[name]?.find((one) => patch.some((item) => isObject(item) && one in item));
  if (key === undefined) return [...patch];
  const merged = [...target];
  for (const item of patch) {
    const index = merged.findIndex((other) => isObject(other) && isObject(item) && other[key] === item[key]);
    if (isObject(item) && item['$patch'] === 'delete') {
      if (index >= 0) merged.splice(index, 1);
    } else if (index < 0) merged.push(merge(undefined, item, '', true));
    else merged[index] = merge(merged[index], item, '', true);
  }
  return merged;
}
