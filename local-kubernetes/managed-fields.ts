import { ApiError, badRequest } from './errors.ts';
import { at, canonical, isJson, isObject, listAt, objectAt, omit, textAt, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, fieldOf, resolve, type Resource, type Schema } from './schema.ts';
import { now } from './store.ts';

/**
 * Who owns which field, as `metadata.managedFields` keeps it, and server-side apply. A field is the path of a leaf: keys
 * such as `f:NAME`, `k:{"name":"x"}` and `v:"x"`, each on a line of its own.
 */
type Fields = ReadonlySet<string>;

/** Fields of the server, which nobody owns. */
const serversOwn = new RegExp(
  `^\\n(?:f:(?:apiVersion|kind|metadata)$|f:metadata\\nf:(?:${[
    ...['name', 'namespace', 'generateName', 'uid', 'resourceVersion', 'creationTimestamp', 'generation'],
    ...['managedFields', 'selfLink', 'deletionTimestamp', 'deletionGracePeriodSeconds'],
  ].join('|')})(?:\\n|$))`,
);

type Part = readonly [key: string, value: Json, schema: Schema | undefined];

/** The entries of a list or object by their keys; undefined for what is a whole. */
function partsOf(value: Json | undefined, schema: Schema | undefined): Part[] | undefined {
  if (!schema || schema['x-kubernetes-map-type'] === 'atomic') return undefined;
  const listType = schema['x-kubernetes-list-type'];
  if (Array.isArray(value)) {
    if (listType !== 'map' && listType !== 'set') return undefined;
    const keys = listAt(schema, 'x-kubernetes-list-map-keys').map(String);
    return value.map((item) => [
      listType === 'set' ? `v:${JSON.stringify(item)}` : `k:${itemKey(item, keys)}`,
      item,
      resolve(schema['items']),
    ]);
  }
  if (!isObject(value)) return undefined;
  return Object.entries(value).map(([name, inner]) => [`f:${name}`, inner, fieldOf(schema, name)]);
}

function itemKey(item: Json, keys: readonly string[]): string {
  const fallbacks: JsonObject = { protocol: 'TCP' };
  const pairs = keys.map((name) => [name, at(item, name) ?? fallbacks[name]] as const);
  return JSON.stringify(Object.fromEntries(pairs.filter(([, value]) => value !== undefined)));
}

function whole(value: Json, parts: readonly (readonly [key: string, value: Json])[]): Json {
  if (Array.isArray(value)) return parts.map(([, inner]) => inner);
  return Object.fromEntries(parts.map(([key, inner]) => [key.slice(2), inner]));
}

/**
 * The leaves that somebody may own, by their paths, each as a text.
 *
 * @param strict whether no two items of a list may have the same key.
 */
function leavesOf(value: Json | undefined, schema: Schema | undefined, strict = false): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (inner: Json, of: Schema | undefined, path: string) => {
    const parts = partsOf(inner, of) ?? [];
    if (strict && new Set(parts.map(([key]) => key)).size < parts.length)
      throw badRequest(`failed to create typed patch object: ${fieldText(path)}: duplicate entries for a key`);
    if (parts.length === 0 && path !== '' && !serversOwn.test(path)) found.set(path, canonical(inner));
    for (const [key, part, ofPart] of parts) visit(part, ofPart, `${path}\n${key}`);
  };
  if (value !== undefined) visit(value, schema, '');
  return found;
}

/** Lists merge by their keys, objects by their names; the rest is replaced. */
function merge(live: Json | undefined, applied: Json, schema: Schema | undefined): Json {
  const [parts, before] = [partsOf(applied, schema), partsOf(live, schema)];
  if (!parts || !before) return applied;
  const merged = new Map(before.map(([key, inner]) => [key, inner]));
  for (const [key, inner, of] of parts) merged.set(key, merge(merged.get(key), inner, of));
  return whole(applied, [...merged]);
}

/** What is left without some fields. An item of a list goes with the last field of it that somebody owns. */
function without(value: Json, schema: Schema | undefined, gone: Fields, owned: Fields, path = ''): Json | undefined {
  if (gone.has(path)) return undefined;
  const isUnder = (fields: Fields) => [...fields].some((field) => field.startsWith(`${path}\n`));
  if (!isUnder(gone)) return value;
  if (/\nk:[^\n]*$/.test(path) && !isUnder(owned)) return undefined;
  const kept = (partsOf(value, schema) ?? []).flatMap(([key, inner, of]) => {
    const left = without(inner, of, gone, owned, `${path}\n${key}`);
    return left === undefined ? [] : [[key, left] as const];
  });
  return kept.length === 0 && !owned.has(path) ? undefined : whole(value, kept);
}

/** An entry of the account: who owns these fields, by which operation, since when. */
type Entry = Readonly<{ owner: JsonObject; fields: Fields }>;

function pathsIn(tree: JsonObject, path = ''): string[] {
  const inner = Object.keys(tree).filter((key) => key !== '.');
  if (inner.length === 0) return path === '' ? [] : [path];
  return inner.flatMap((key) => pathsIn(objectAt(tree, key), `${path}\n${key}`));
}

const keysOf = (path: string) => path.split('\n').slice(1);
const fieldText = (path: string) => keysOf(path).map(segment).join('');

function treeOf(paths: readonly (readonly string[])[]): JsonObject {
  const byKey = Map.groupBy(
    paths.filter((path) => path.length > 0),
    ([key = '']) => key,
  );
  return Object.fromEntries([...byKey].map(([key, some]) => [key, treeOf(some.map((path) => path.slice(1)))]));
}

function entriesOf(object: JsonObject | undefined): Entry[] {
  return listAt(object, 'metadata', 'managedFields').map((entry) => ({
    owner: omit(objectAt(entry), 'fieldsV1'),
    fields: new Set(pathsIn(objectAt(entry, 'fieldsV1'))),
  }));
}

function withEntries(object: JsonObject, entries: readonly Entry[]): JsonObject {
  const managedFields = entries
    .filter(({ fields }) => fields.size > 0)
    .map(({ owner, fields }) => ({ ...owner, fieldsType: 'FieldsV1', fieldsV1: treeOf([...fields].map(keysOf)) }));
  return { ...object, metadata: { ...objectAt(object, 'metadata'), managedFields } };
}

function ownerOf(resource: Resource, operation: string, manager: string, subresource: string): JsonObject {
  const owner = { manager, operation, apiVersion: apiVersionOf(resource), time: now() };
  return subresource === '' ? owner : { ...owner, subresource };
}

const isOf = (owner: JsonObject) => (one: Entry) =>
  ['manager', 'operation', 'subresource'].every((name) => textAt(one.owner, name) === textAt(owner, name));

const filtered = (fields: Fields, test: (path: string) => boolean): Fields => new Set([...fields].filter(test));

/** The object after a create, an update or a patch: who changed a field owns it. */
export function trackUpdate(
  resource: Resource,
  before: JsonObject | undefined,
  after: JsonObject,
  manager: string,
  subresource: string,
): JsonObject {
  const given = entriesOf(at(after, 'metadata', 'managedFields') === undefined ? before : after);
  const [leaves, last] = [leavesOf(after, resource.schema), leavesOf(before, resource.schema)];
  const changed = new Set([...leaves.keys()].filter((path) => leaves.get(path) !== last.get(path)));
  const others = given.map((one) => ({
    ...one,
    fields: filtered(one.fields, (path) => leaves.has(path) && !changed.has(path)),
  }));
  if (changed.size === 0) return withEntries(after, others);
  const owner = ownerOf(resource, 'Update', manager, subresource);
  const own = others.find(isOf(owner));
  const fields = new Set([...(own?.fields ?? []), ...changed]);
  return withEntries(after, [...others.filter((one) => one !== own), { owner, fields }]);
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
  { manager, force, subresource }: Readonly<{ manager: string; force: boolean; subresource: string }>,
): JsonObject {
  const { schema } = resource;
  const fields = new Set(leavesOf(applied, schema, true).keys());
  const entries = entriesOf(live);
  const owner = ownerOf(resource, 'Apply', manager, subresource);
  const own = entries.find(isOf(owner));
  const others = entries.filter((one) => one !== own);
  // kubectl takes over what its client-side apply wrote.
  const isTakenOver = (one: Entry) =>
    manager === 'kubectl' && textAt(one.owner, 'manager') === 'kubectl-client-side-apply';
  const last = own?.fields ?? (manager === 'kubectl' ? lastApplied(schema, live) : new Set<string>());
  const owned = new Set([
    ...fields,
    ...others.filter((one) => own !== undefined || !isTakenOver(one)).flatMap((one) => [...one.fields]),
  ]);
  const gone = filtered(last, (path) => ![...owned].some((one) => one === path || one.startsWith(`${path}\n`)));
  const merged = objectAt({ all: without(merge(live, applied, schema), schema, gone, owned) ?? {} }, 'all');

  const [before, after] = [leavesOf(live, schema), leavesOf(merged, schema)];
  const taken = others.map((entry) => ({
    entry,
    conflicts: filtered(entry.fields, (path) => fields.has(path) && before.get(path) !== after.get(path)),
  }));
  const conflicting = taken.filter(({ entry, conflicts }) => conflicts.size > 0 && !isTakenOver(entry));
  if (conflicting.length > 0 && !force) throw conflictsError(conflicting);

  const kept = taken.map(({ entry, conflicts }) => ({
    ...entry,
    fields: filtered(entry.fields, (path) => !conflicts.has(path)),
  }));
  const isSame = own?.fields.size === fields.size && [...fields].every((path) => own.fields.has(path));
  return withEntries(merged, [...kept, { owner: isSame ? own.owner : owner, fields }]);
}

function lastApplied(schema: Schema, live: JsonObject | undefined): Fields {
  const text = textAt(live, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration');
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return new Set(leavesOf(isJson(value) ? value : {}, schema).keys());
}

function conflictsError(conflicting: readonly Readonly<{ entry: Entry; conflicts: Fields }>[]): ApiError {
  const causes = conflicting.flatMap(({ entry, conflicts }) =>
    [...conflicts].map((path) => ({
      reason: 'FieldManagerConflict',
      field: fieldText(path),
      message: `conflict with "${textAt(entry.owner, 'manager')}"${textAt(entry.owner, 'operation') === 'Update' ? ` using ${textAt(entry.owner, 'apiVersion')}` : ''}`,
    })),
  );
  const texts = causes.map(({ message, field }) => `${message}: ${field}`);
  const what = texts.length === 1 ? '1 conflict' : `${texts.length} conflicts`;
  return new ApiError(409, 'Conflict', `Apply failed with ${what}: ${texts.join('\n')}`, { causes });
}

/** `.image`, `[name="api"]`, `[="x"]`. */
function segment(key: string): string {
  if (key.startsWith('f:')) return `.${key.slice(2)}`;
  if (key.startsWith('v:')) return `[=${key.slice(2)}]`;
  return `[${key.slice(3, -1).replaceAll(/"(\w+)":/g, '$1=')}]`;
}
