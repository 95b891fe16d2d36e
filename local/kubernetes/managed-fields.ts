import { ApiError, badRequest } from './errors.ts';
import {
  at,
  isObject,
  listAt,
  objectAt,
  omit,
  same,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { apiVersionOf, fieldOf, resolve, type Resource, type Schema } from './schema.ts';
import { now } from './objects.ts';

/**
 * Which manager owns which field, as `metadata.managedFields` records it, and server-side apply. A
 * field is the path of a leaf: keys such as `f:NAME`, `k:{"name":"x"}`, and `v:"x"`, each on its
 * own line. A value without keys is one leaf.
 */
type Leaves = ReadonlyMap<string, Json>;
type Fields = ReadonlySet<string>;

/** Fields of the server, which nobody owns. */
function isServersOwn(path: string): boolean {
  const [field = '', inner = ''] = path.split('\n');
  if (field === 'f:apiVersion' || field === 'f:kind') return true;
  return field === 'f:metadata' && (inner === '' || serversMetadata.includes(inner.slice(2)));
}

const serversMetadata = [
  'name',
  'namespace',
  'generateName',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];

/** The entries of a list or an object by their keys; none if the value is atomic. */
function partsOf(
  value: Json,
  schema: Schema,
): (readonly [key: string, value: Json, schema: Schema | undefined])[] {
  const { 'x-kubernetes-list-type': listType, 'x-kubernetes-map-type': mapType } = schema;
  if (isObject(value) && mapType !== 'atomic')
    return Object.entries(value).map(([name, inner]) => [
      `f:${name}`,
      inner,
      fieldOf(schema, name),
    ]);
  if (!Array.isArray(value)) return [];
  const items = resolve(schema['items']);
  if (listType === 'set') return value.map((item) => [`v:${JSON.stringify(item)}`, item, items]);
  if (listType !== 'map') return [];
  const keys = listAt(schema, 'x-kubernetes-list-map-keys').map(String);
  return value.map((item) => {
    const marks = keys.map((name) => [
      name,
      at(item, name) ?? (name === 'protocol' ? 'TCP' : undefined),
    ]);
    return [`k:${JSON.stringify(Object.fromEntries(marks))}`, item, items];
  });
}

/** @param strict whether no two items of a list may have the same key. */
function leavesOf(value: Json | undefined, schema: Schema, strict = false): Leaves {
  const found = new Map<string, Json>();
  const visit = (inner: Json, of: Schema | undefined, path: readonly string[]) => {
    const parts = of ? partsOf(inner, of) : [];
    if (strict && new Set(parts.map(([key]) => key)).size < parts.length)
      throw badRequest(
        `failed to create typed patch object: ${textOf(path.join('\n'))}: duplicate entries ` +
          'for a key',
      );
    if (parts.length === 0) found.set(path.join('\n'), inner);
    for (const [key, part, ofPart] of parts) visit(part, ofPart, [...path, key]);
  };
  if (value !== undefined) visit(value, schema, []);
  return found;
}

const ownable = (leaves: Leaves): Fields =>
  new Set([...leaves.keys()].filter((path) => !isServersOwn(path)));

/** The value that consists of these leaves. At each level, `join` puts the parts together. */
function valueOf(
  leaves: Leaves,
  join: (parts: readonly (readonly [string, Json])[]) => Json,
): Json {
  const inside = [...leaves].filter(([path]) => path !== '');
  const byKey = Map.groupBy(inside, ([path]) => path.split('\n', 1)[0] ?? '');
  const parts = [...byKey].map(([key, some]) => {
    const rest = some.map(([path, value]) => [path.slice(key.length + 1), value] as const);
    return [key, valueOf(new Map(rest), join)] as const;
  });
  return parts.length === 0 ? (leaves.get('') ?? {}) : join(parts);
}

const asWritten = (parts: readonly (readonly [string, Json])[]): Json =>
  parts[0]?.[0].startsWith('f:')
    ? Object.fromEntries(parts.map(([key, value]) => [key.slice(2), value]))
    : parts.map(([, value]) => value);

/** An entry of the record: who owns these fields, by which operation, since when. */
type Entry = Readonly<{ owner: JsonObject; fields: Fields }>;

function pathsIn(tree: JsonObject): string[] {
  return Object.entries(omit(tree, '.')).flatMap(([key, inner]) => {
    const paths = pathsIn(objectAt(inner));
    return paths.length === 0 ? [key] : paths.map((path) => `${key}\n${path}`);
  });
}

const entriesOf = (object: JsonObject | undefined): Entry[] =>
  listAt(object, 'metadata', 'managedFields').map((entry) => ({
    owner: omit(objectAt(entry), 'fieldsV1'),
    fields: new Set(pathsIn(objectAt(entry, 'fieldsV1'))),
  }));

function withEntries(object: JsonObject, entries: readonly Entry[]): JsonObject {
  const managedFields = entries.flatMap(({ owner, fields }) => {
    const fieldsV1 = valueOf(new Map([...fields].map((path) => [path, {}])), (parts) =>
      Object.fromEntries(parts),
    );
    return fields.size === 0 ? [] : [{ ...owner, fieldsType: 'FieldsV1', fieldsV1 }];
  });
  return withAt(object, ['metadata', 'managedFields'], managedFields);
}

const without = ({ owner, fields }: Entry, isGone: (path: string) => boolean): Entry => ({
  owner,
  fields: new Set([...fields].filter((path) => !isGone(path))),
});

/** Who writes what, and whether they override others. */
export type Writer = Readonly<{ resource: Resource; manager: string; isForced: boolean }>;

/** The entries of a writer, and those of the others. */
function divided(entries: readonly Entry[], operation: string, { resource, manager }: Writer) {
  const own = entries.find(
    ({ owner }) => owner['manager'] === manager && owner['operation'] === operation,
  );
  const owner = { manager, operation, apiVersion: apiVersionOf(resource), time: now() };
  return {
    owner,
    own: own?.fields ?? new Set<string>(),
    others: entries.filter((one) => one !== own),
  };
}

/** The object after a create, an update or a patch: who changed a field owns it. */
export function trackUpdate(
  writer: Writer,
  before: JsonObject | undefined,
  after: JsonObject,
): JsonObject {
  const { schema } = writer.resource;
  const leaves = leavesOf(after, schema);
  const last = leavesOf(before, schema);
  const changed = [...ownable(leaves)].filter((path) => !same(leaves.get(path), last.get(path)));
  const given = entriesOf(at(after, 'metadata', 'managedFields') === undefined ? before : after);
  const kept = given.map((one) =>
    without(one, (path) => !leaves.has(path) || changed.includes(path)),
  );
  const { owner, own, others } = divided(kept, 'Update', writer);
  const fields = new Set([...own, ...changed]);
  return withEntries(after, changed.length === 0 ? kept : [...others, { owner, fields }]);
}

/**
 * Server-side apply. Refused if another manager owns a field that would change, unless it is
 * forced.
 */
export function applyFields(
  writer: Writer,
  live: JsonObject | undefined,
  applied: JsonObject,
): JsonObject {
  const { schema } = writer.resource;
  const before = leavesOf(live, schema);
  const given = leavesOf(applied, schema, true);
  const fields = ownable(given);
  const { owner, own, others } = divided(entriesOf(live), 'Apply', writer);
  const isConflict = (path: string) => fields.has(path) && !same(before.get(path), given.get(path));
  // kubectl takes over what its client-side apply wrote.
  const isTakenOver = ({ owner: other }: Entry) =>
    writer.manager === 'kubectl' && textAt(other, 'manager') === 'kubectl-client-side-apply';
  const conflicts = others.flatMap((one) =>
    [...one.fields]
      .filter((path) => isConflict(path) && !isTakenOver(one))
      .map((path) => `conflict with "${textAt(one.owner, 'manager')}": ${textOf(path)}`),
  );
  if (conflicts.length > 0 && !writer.isForced)
    throw new ApiError(409, 'Conflict', `Apply failed with conflicts: ${conflicts.join('\n')}`);
  const owned = [fields, ...others.map((one) => one.fields)].flatMap((some) => [...some]);
  const merged = objectAt(valueOf(mergedLeaves(before, given, [...own], owned), asWritten));
  return withEntries(merged, [...others.map((one) => without(one, isConflict)), { owner, fields }]);
}

const isIn = (path: string, outer: string) => path === outer || path.startsWith(`${outer}\n`);

/**
 * The new values over the old. What the writer gave up is gone, along with empty parents that
 * nobody else owns.
 */
function mergedLeaves(
  before: Leaves,
  given: Leaves,
  last: readonly string[],
  owned: readonly string[],
): Leaves {
  const isOwned = (path: string) => isServersOwn(path) || owned.some((one) => isIn(one, path));
  const around = (path: string) =>
    path.split('\n').map((_, index, keys) => keys.slice(0, index + 1).join('\n'));
  const gone = last.flatMap((path) => around(path).find((outer) => !isOwned(outer)) ?? []);
  // An empty object or list leaves its contents to other managers.
  const replaced = [...given].flatMap(([path, value]) =>
    ['{}', '[]'].includes(JSON.stringify(value)) ? [] : [path],
  );
  const kept = [...before].filter(
    ([path]) =>
      !gone.some((one) => isIn(path, one)) && !replaced.some((one) => path.startsWith(`${one}\n`)),
  );
  return new Map([...kept, ...given]);
}

/** `.containers["name":"api"].image`. */
const textOf = (path: string): string =>
  path.replaceAll(/\n[kv]:\{?(.*?)\}?(?=\n|$)/g, '[$1]').replaceAll(/(?:^|\n)f:/g, '.');
