import { ApiError, badRequest } from './errors.ts';
import { at, isJson, isObject, listAt, objectAt, omit, same, textAt, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, fieldOf, resolve, type Resource, type Schema } from './schema.ts';
import { now } from './store.ts';

/**
 * Who owns which field, as `metadata.managedFields` keeps it, and server-side apply. A field is the path of a leaf: keys
 * such as `f:NAME`, `k:{"name":"x"}` and `v:"x"`, each on a line of its own. What has no keys inside is one leaf.
 */
type Leaves = ReadonlyMap<string, Json>;
type Fields = ReadonlySet<string>;

/** Fields of the server, which nobody owns. */
const serversOwn =
  /^f:(?:apiVersion|kind|metadata(?:\nf:(?:name|namespace|generateName|uid|resourceVersion|creationTimestamp|generation|managedFields|selfLink|deletion\w+)(?:\n.*)?)?)$/s;

/** The entries of a list or object by their keys; none of what is a whole. */
function partsOf(value: Json, schema: Schema): (readonly [key: string, value: Json, schema: Schema | undefined])[] {
  const { 'x-kubernetes-list-type': listType, 'x-kubernetes-map-type': mapType } = schema;
  if (isObject(value) && mapType !== 'atomic')
    return Object.entries(value).map(([name, inner]) => [`f:${name}`, inner, fieldOf(schema, name)]);
  if (!Array.isArray(value)) return [];
  const items = resolve(schema['items']);
  if (listType === 'set') return value.map((item) => [`v:${JSON.stringify(item)}`, item, items]);
  if (listType !== 'map') return [];
  const keys = listAt(schema, 'x-kubernetes-list-map-keys').map(String);
  return value.map((item) => {
    const marks = keys.map((name) => [name, at(item, name) ?? (name === 'protocol' ? 'TCP' : undefined)]);
    return [`k:${JSON.stringify(Object.fromEntries(marks))}`, item, items];
  });
}

/** @param strict whether no two items of a list may have the same key. */
function leavesOf(value: Json | undefined, schema: Schema, strict = false): Leaves {
  const found = new Map<string, Json>();
  const visit = (inner: Json, of: Schema | undefined, path: readonly string[]) => {
    const parts = of ? partsOf(inner, of) : [];
    if (strict && new Set(parts.map(([key]) => key)).size < parts.length)
      throw badRequest(`failed to create typed patch object: ${textOf(path)}: duplicate entries for a key`);
    if (parts.length === 0) found.set(path.join('\n'), inner);
    for (const [key, part, ofPart] of parts) visit(part, ofPart, [...path, key]);
  };
  if (value !== undefined) visit(value, schema, []);
  return found;
}

const ownable = (leaves: Leaves): Fields => new Set([...leaves.keys()].filter((path) => !serversOwn.test(path)));

/** The value that has these leaves: at each level, `join` makes one of its parts. */
function valueOf(leaves: Leaves, join: (parts: readonly (readonly [string, Json])[]) => Json): Json {
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

/** An entry of the account: who owns these fields, by which operation, since when. */
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
  const managedFields = entries
    .filter(({ fields }) => fields.size > 0)
    .map(({ owner, fields }) => {
      const fieldsV1 = valueOf(new Map([...fields].map((path) => [path, {}])), (parts) => Object.fromEntries(parts));
      return { ...owner, fieldsType: 'FieldsV1', fieldsV1 };
    });
  return { ...object, metadata: { ...objectAt(object, 'metadata'), managedFields } };
}

const without = ({ owner, fields }: Entry, gone: (path: string) => boolean): Entry => ({
  ...{ owner, fields: new Set([...fields].filter((path) => !gone(path))) },
});

/** Who writes, and how. */
export type Writer = Readonly<{ manager: string; subresource: string }>;

const ownerOf = (resource: Resource, operation: string, { manager, subresource }: Writer): JsonObject => ({
  ...{ manager, operation, apiVersion: apiVersionOf(resource), time: now() },
  ...(subresource === '' ? {} : { subresource }),
});

const isOf = (owner: JsonObject) => (one: Entry) =>
  ['manager', 'operation', 'subresource'].every((name) => textAt(one.owner, name) === textAt(owner, name));

/** The object after a create, an update or a patch: who changed a field owns it. */
export function trackUpdate(
  resource: Resource,
  before: JsonObject | undefined,
  after: JsonObject,
  writer: Writer,
): JsonObject {
  const given = entriesOf(at(after, 'metadata', 'managedFields') === undefined ? before : after);
  const [leaves, last] = [leavesOf(after, resource.schema), leavesOf(before, resource.schema)];
  const changed = [...ownable(leaves)].filter((path) => !same(leaves.get(path), last.get(path)));
  const others = given.map((one) => without(one, (path) => !leaves.has(path) || changed.includes(path)));
  const owner = ownerOf(resource, 'Update', writer);
  const own = others.find(isOf(owner));
  if (changed.length === 0) return withEntries(after, others);
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
  writer: Writer & Readonly<{ force: boolean }>,
): JsonObject {
  const { schema } = resource;
  const [before, given] = [leavesOf(live, schema), leavesOf(applied, schema, true)];
  const fields = ownable(given);
  const owner = ownerOf(resource, 'Apply', writer);
  const entries = entriesOf(live);
  const own = entries.find(isOf(owner));
  const others = entries.filter((one) => one !== own);
  // kubectl takes over what its client-side apply wrote.
  const isKubectl = writer.manager === 'kubectl';
  const isTakenOver = (one: Entry) => isKubectl && textAt(one.owner, 'manager') === 'kubectl-client-side-apply';

  const isConflict = (path: string) => fields.has(path) && !same(before.get(path), given.get(path));
  const conflicting = others.filter((one) => !isTakenOver(one) && [...one.fields].some(isConflict));
  if (conflicting.length > 0 && !writer.force) throw conflictsError(conflicting, isConflict);

  const last = own?.fields ?? (isKubectl ? lastApplied(schema, live) : []);
  const owned = [fields, ...others.filter((one) => own !== undefined || !isTakenOver(one)).map((one) => one.fields)];
  const merged = valueOf(
    mergedLeaves(
      before,
      given,
      [...last],
      owned.flatMap((some) => [...some]),
    ),
    asWritten,
  );
  const isSame = own?.fields.size === fields.size && [...fields].every((path) => own.fields.has(path));
  const kept = others.map((one) => without(one, isConflict));
  return withEntries(objectAt({ merged }, 'merged'), [...kept, { owner: isSame ? own.owner : owner, fields }]);
}

const isIn = (path: string, outer: string) => path === outer || path.startsWith(`${outer}\n`);

/** What is given, over what was there; what the writer gave up is gone, with all around it that nobody owns a part of. */
function mergedLeaves(before: Leaves, given: Leaves, last: readonly string[], owned: readonly string[]): Leaves {
  const isOwned = (path: string) => serversOwn.test(path) || owned.some((one) => isIn(one, path));
  const around = (path: string) => path.split('\n').map((_, index, keys) => keys.slice(0, index + 1).join('\n'));
  const gone = last.flatMap((path) => around(path).find((outer) => !isOwned(outer)) ?? []);
  // An empty object or list leaves what is in it to others.
  const replaced = [...given].flatMap(([path, value]) => (['{}', '[]'].includes(JSON.stringify(value)) ? [] : [path]));
  const kept = [...before].filter(
    ([path]) => !gone.some((one) => isIn(path, one)) && !replaced.some((one) => path.startsWith(`${one}\n`)),
  );
  return new Map([...kept, ...given]);
}

function lastApplied(schema: Schema, live: JsonObject | undefined): Fields {
  const text = textAt(live, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration');
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return ownable(leavesOf(isJson(value) ? value : {}, schema));
}

function conflictsError(conflicting: readonly Entry[], isConflict: (path: string) => boolean): ApiError {
  const causes = conflicting.flatMap(({ owner, fields }) => {
    const using = textAt(owner, 'operation') === 'Update' ? ` using ${textAt(owner, 'apiVersion')}` : '';
    const message = `conflict with "${textAt(owner, 'manager')}"${using}`;
    const fieldsOf = [...fields].filter(isConflict).map((path) => textOf(path.split('\n')));
    return fieldsOf.map((field) => ({ reason: 'FieldManagerConflict', field, message }));
  });
  const texts = causes.map(({ message, field }) => `${message}: ${field}`);
  const what = texts.length === 1 ? '1 conflict' : `${texts.length} conflicts`;
  return new ApiError(409, 'Conflict', `Apply failed with ${what}: ${texts.join('\n')}`, { causes });
}

/** `.image`, `[name="api"]`, `[="x"]`. */
function textOf(path: readonly string[]): string {
  const texts = path.map((key) =>
    key
      .replace(/^f:/, '.')
      .replace(/^k:\{(.*)\}$/, '[$1]')
      .replace(/^v:(.*)/, '[=$1]'),
  );
  return texts.join('').replaceAll(/"(\w+)":/g, '$1=');
}
