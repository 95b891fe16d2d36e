import { ApiError } from './errors.ts';
import { at, canonical, isJson, isObject, listAt, objectAt, same, textAt, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, fieldShape, type Resource, type Shape } from './schema.ts';
import { now } from './store.ts';

/**
 * Who owns which field, as `metadata.managedFields` keeps it, and server-side apply. A set of fields is a tree of
 * `f:NAME`, `k:{"name":"x"}` and `v:"x"`, whose leaves are `{}`.
 */
type Fields = JsonObject;

/** Fields of the server, which nobody owns. */
const serversOwn = ['apiVersion', 'kind'];
const serversMetadata =
  'name namespace generateName uid resourceVersion creationTimestamp generation managedFields selfLink deletionTimestamp deletionGracePeriodSeconds'.split(
    ' ',
  );

/** The entries of a list or object by their keys in a set of fields; undefined for what is a whole. */
function partsOf(
  value: Json | undefined,
  shape: Shape | undefined,
): Map<string, [Json, Shape | undefined]> | undefined {
  if (!shape || shape.kind === 'scalar' || shape.kind === 'any') {
    if (!isObject(value) || shape?.kind === 'scalar') return undefined;
    return new Map(Object.entries(value).map(([name, inner]) => [`f:${name}`, [inner, { kind: 'any' }]]));
  }
  if (shape.kind === 'list') {
    const { merge, of } = shape;
    if (merge === 'atomic' || !Array.isArray(value)) return undefined;
    return new Map(value.map((item) => [itemKey(item, merge), [item, of]]));
  }
  if (shape.atomic || !isObject(value)) return undefined;
  return new Map(Object.entries(value).map(([name, inner]) => [`f:${name}`, [inner, fieldShape(shape, name)]]));
}

function itemKey(item: Json, merge: readonly string[] | 'set'): string {
  if (merge === 'set') return `v:${JSON.stringify(item)}`;
  const fallbacks: JsonObject = { protocol: 'TCP' };
  const key = merge.flatMap((name) => {
    const value = at(item, name) ?? fallbacks[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return `k:${JSON.stringify(Object.fromEntries(key))}`;
}

function fieldsOf(value: Json | undefined, shape: Shape | undefined): Fields {
  const parts = partsOf(value, shape);
  if (!parts) return {};
  return Object.fromEntries([...parts].map(([key, [inner, of]]) => [key, fieldsOf(inner, of)]));
}

/** The fields of an object that somebody may own. */
function ownable(object: JsonObject, shape: Shape): Fields {
  const fields = fieldsOf(object, shape);
  for (const name of serversOwn) Reflect.deleteProperty(fields, `f:${name}`);
  const metadata = objectAt(fields, 'f:metadata');
  for (const name of serversMetadata) Reflect.deleteProperty(metadata, `f:${name}`);
  if (Object.keys(metadata).length === 0) Reflect.deleteProperty(fields, 'f:metadata');
  return fields;
}

const isLeaf = (fields: Fields) => Object.keys(fields).every((key) => key === '.');

/** The fields of one set that the other does not have, not even a part of them. */
function without(fields: Fields, other: Fields): Fields {
  return pruned(fields, (key, inner) => {
    const counterpart = other[key];
    if (!isObject(counterpart)) return inner;
    const left = without(inner, counterpart);
    return isLeaf(inner) || isLeaf(left) ? undefined : left;
  });
}

function pruned(fields: Fields, change: (key: string, inner: Fields) => Fields | undefined): Fields {
  const entries = Object.entries(fields).flatMap(([key, inner]) => {
    const kept = key !== '.' && isObject(inner) ? change(key, inner) : undefined;
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return Object.fromEntries(entries);
}

function union(one: Fields, other: Fields): Fields {
  const result: Fields = { ...one };
  for (const [key, inner] of Object.entries(other))
    result[key] = union(objectAt(one, key), isObject(inner) ? inner : {});
  return result;
}

/** Leaves of the set at which two objects differ. */
function differing(fields: Fields, one: Json | undefined, other: Json | undefined, shape: Shape | undefined): Fields {
  const [a, b] = [partsOf(one, shape), partsOf(other, shape)];
  return pruned(fields, (key, inner) => {
    const [mine, of] = a?.get(key) ?? [];
    const [theirs, ofTheirs] = b?.get(key) ?? [];
    if (isLeaf(inner) || mine === undefined || theirs === undefined) return same(mine, theirs) ? undefined : inner;
    const left = differing(inner, mine, theirs, of ?? ofTheirs);
    return isLeaf(left) ? undefined : left;
  });
}

/** Fields that both sets have. */
function common(one: Fields, other: Fields): Fields {
  return pruned(one, (key, inner) => {
    const counterpart = other[key];
    if (!isObject(counterpart)) return undefined;
    if (isLeaf(inner) || isLeaf(counterpart)) return isLeaf(inner) ? inner : undefined;
    const left = common(inner, counterpart);
    return isLeaf(left) ? undefined : left;
  });
}

function remove(value: Json, fields: Fields, shape: Shape | undefined, kept: Fields): Json | undefined {
  const parts = partsOf(value, shape);
  if (!parts) return undefined;
  const entries = [...parts].flatMap(([key, [inner, of]]): [string, Json][] => {
    const gone = fields[key];
    if (!isObject(gone)) return [[key, inner]];
    const stays = isObject(kept[key]) ? objectAt(kept, key) : undefined;
    if (isLeaf(gone) || (stays === undefined && !(shape?.kind === 'object')))
      return stays === undefined ? [] : [[key, inner]];
    const left = remove(inner, gone, of, stays ?? {});
    const empty =
      left === undefined ||
      (isObject(left) && Object.keys(left).length === 0) ||
      (Array.isArray(left) && left.length === 0);
    return empty && stays === undefined ? [] : [[key, left ?? {}]];
  });
  if (Array.isArray(value)) return entries.map(([, inner]) => inner);
  return Object.fromEntries(entries.map(([key, inner]) => [key.slice(2), inner]));
}

/** Lists merge by their keys, maps and objects by their names; the rest is replaced. */
function merge(live: Json | undefined, applied: Json, shape: Shape | undefined): Json {
  const parts = partsOf(applied, shape);
  const before = live === undefined ? undefined : partsOf(live, shape);
  if (!parts || !before) return applied;
  const merged = new Map([...before].map(([key, [inner]]) => [key, inner]));
  for (const [key, [inner, of]] of parts) merged.set(key, merge(merged.get(key), inner, of));
  if (Array.isArray(applied)) return [...merged.values()];
  return Object.fromEntries([...merged].map(([key, inner]) => [key.slice(2), inner]));
}

type Entry = Readonly<{
  manager: string;
  operation: 'Apply' | 'Update';
  subresource: string;
  apiVersion: string;
  time: string;
  fields: Fields;
}>;

function entriesOf(object: JsonObject | undefined): Entry[] {
  return listAt(object, 'metadata', 'managedFields').map((entry) => ({
    manager: textAt(entry, 'manager'),
    operation: textAt(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
    subresource: textAt(entry, 'subresource'),
    apiVersion: textAt(entry, 'apiVersion'),
    time: textAt(entry, 'time'),
    fields: objectAt(entry, 'fieldsV1'),
  }));
}

function withEntries(object: JsonObject, entries: readonly Entry[]): JsonObject {
  const managedFields = entries
    .filter(({ fields }) => Object.keys(fields).length > 0)
    .map(({ subresource, fields, ...entry }) => ({
      ...entry,
      fieldsType: 'FieldsV1',
      fieldsV1: fields,
      ...(subresource === '' ? {} : { subresource }),
    }));
  return { ...object, metadata: { ...objectAt(object, 'metadata'), managedFields } };
}

const ofKey = (one: Entry, manager: string, operation: string, subresource: string) =>
  one.manager === manager && one.operation === operation && one.subresource === subresource;

/** The object after a create, an update or a patch: who changed a field owns it. */
export function trackUpdate(
  resource: Resource,
  before: JsonObject | undefined,
  after: JsonObject,
  manager: string,
  subresource: string,
): JsonObject {
  const entries = entriesOf(at(after, 'metadata', 'managedFields') === undefined ? before : after);
  const fields = ownable(after, resource.shape);
  const changed = before ? differing(fields, after, before, resource.shape) : fields;
  const others = entries.map((one) => ({ ...one, fields: common(without(one.fields, changed), fields) }));
  if (Object.keys(changed).length === 0) return withEntries(after, before ? others : entries);
  const own = others.find((one) => ofKey(one, manager, 'Update', subresource));
  const entry: Entry = {
    manager,
    operation: 'Update',
    subresource,
    apiVersion: apiVersionOf(resource),
    time: now(),
    fields: union(own?.fields ?? {}, changed),
  };
  return withEntries(after, [...others.filter((one) => one !== own), entry]);
}

/**
 * Server-side apply.
 *
 * @throws ApiError where another manager owns a field that would change, unless forced.
 */
export function applyFields(
  resource: Resource,
  live: JsonObject | undefined,
  applied: JsonObject,
  options: Readonly<{ manager: string; force: boolean; subresource: string }>,
): JsonObject {
  const { manager, force, subresource } = options;
  const { shape } = resource;
  const fields = ownable(applied, shape);
  const entries = entriesOf(live);
  const own = entries.find((one) => ofKey(one, manager, 'Apply', subresource));
  const others = entries.filter((one) => one !== own);
  let merged = merge(live, applied, shape);
  const last = own?.fields ?? (manager === 'kubectl' ? lastApplied(resource, live) : {});
  const gone = without(last, fields);
  const owned = others
    .filter((one) => own !== undefined || one.manager !== 'kubectl-client-side-apply')
    .reduce<Fields>((all, one) => union(all, one.fields), fields);
  merged = remove(merged, gone, shape, owned) ?? {};

  const taken = others.map((one) => {
    const both = common(one.fields, fields);
    return { entry: one, conflicts: isLeaf(both) ? {} : differing(both, live, merged, shape) };
  });
  // kubectl takes over what its client-side apply wrote.
  const conflicting = taken.filter(
    ({ entry, conflicts }) =>
      !isLeaf(conflicts) && !(manager === 'kubectl' && entry.manager === 'kubectl-client-side-apply'),
  );
  if (conflicting.length > 0 && !force) throw conflictsError(conflicting);

  const kept = taken.map(({ entry, conflicts }) => ({ ...entry, fields: without(entry.fields, conflicts) }));
  const entry: Entry = {
    manager,
    operation: 'Apply',
    subresource,
    apiVersion: apiVersionOf(resource),
    time: own && same(own.fields, fields) ? own.time : now(),
    fields,
  };
  return withEntries(isObject(merged) ? merged : {}, [...kept.filter((one) => one !== own), entry]);
}

function lastApplied(resource: Resource, live: JsonObject | undefined): Fields {
  const text = textAt(live, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration');
  if (text === '') return {};
  const value: unknown = JSON.parse(text);
  return isJson(value) && isObject(value) ? ownable(value, resource.shape) : {};
}

function conflictsError(conflicting: readonly { entry: Entry; conflicts: Fields }[]): ApiError {
  const causes = conflicting.flatMap(({ entry, conflicts }) =>
    pathsOf(conflicts).map((field): JsonObject => ({
      reason: 'FieldManagerConflict',
      field,
      message: `conflict with "${entry.manager}"${entry.operation === 'Update' ? ` using ${entry.apiVersion}` : ''}`,
    })),
  );
  const texts = causes.map((cause) => `${textAt(cause, 'message')}: ${textAt(cause, 'field')}`);
  const what = texts.length === 1 ? '1 conflict' : `${texts.length} conflicts`;
  return new ApiError(409, 'Conflict', `Apply failed with ${what}: ${texts.join('\n')}`, { causes });
}

/** `.spec.containers[name="api"].image`. */
function pathsOf(fields: Fields, path = ''): string[] {
  return Object.entries(fields).flatMap(([key, inner]) => {
    const full = `${path}${segment(key)}`;
    return isObject(inner) && !isLeaf(inner) ? pathsOf(inner, full) : [full];
  });
}

function segment(key: string): string {
  if (key.startsWith('f:')) return `.${key.slice(2)}`;
  if (key.startsWith('v:')) return `[=${key.slice(2)}]`;
  const value: unknown = JSON.parse(key.slice(2));
  const parts = isJson(value) && isObject(value) ? Object.entries(value) : [];
  return `[${parts.map(([name, one]) => `${name}=${canonical(one)}`).join(',')}]`;
}
