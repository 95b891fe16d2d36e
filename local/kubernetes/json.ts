/** JSON as values: what the API's objects are made of. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = Record<string, Json>;
type Value = Json | undefined;
type Path = readonly string[];

// Jest looks up a global slowly, and this is asked millions of times.
const { isArray } = Array;
const isList = (value: Value): value is Json[] => isArray(value);

/** Whether a parsed value exists at all. Everything that JSON and YAML parse to is JSON. */
export const isJson = (value: unknown): value is Json =>
  ['string', 'number', 'boolean', 'object'].includes(typeof value);

/** Whether it is an object, and not an array. */
export const isObject = (value: Value): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
const isText = (value: Value) => typeof value === 'string';
const only = <T extends Json>(value: Value, isOne: (value: Value) => value is T) =>
  isOne(value) ? value : undefined;

function child(value: Value, name: string): Value {
  if (isObject(value)) return value[name];
  return isList(value) ? value[Number(name)] : undefined;
}

/** The value at a path of names and indexes; undefined if the value has no such path. */
export const at = (value: Value, ...path: Path): Value => path.reduce(child, value);

// The value at a path if it has the right type; otherwise, an empty one, or `otherwise`.
export const textAt = (value: Value, ...path: Path): string =>
  only(at(value, ...path), isText) ?? '';
export const objectAt = (value: Value, ...path: Path): JsonObject =>
  only(at(value, ...path), isObject) ?? {};
export const listAt = (value: Value, ...path: Path): Json[] =>
  only(at(value, ...path), isList) ?? [];
export const textsAt = (value: Value, ...path: Path): string[] =>
  listAt(value, ...path).filter(isText);
export const numberAt = (otherwise: number, value: Value, ...path: Path): number =>
  Number(at(value, ...path) ?? otherwise);

/** A copy with another value at a path, or without the name if that value is undefined. */
export function withAt(value: JsonObject, path: Path, inner: Value): JsonObject {
  const [name = '', ...rest] = path;
  const changed = rest.length > 0 ? withAt(objectAt(value, name), rest, inner) : inner;
  return changed === undefined ? omit(value, name) : { ...value, [name]: changed };
}

/** The same names with other values. Those that become undefined are left out. */
export function mapped(
  value: JsonObject,
  change: (inner: Json, name: string) => Value,
): JsonObject {
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, change(inner, name)] as const,
  );
  return Object.fromEntries(
    entries.flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner] as const])),
  );
}

/** A copy without these names. */
export const omit = (value: JsonObject, ...names: Path): JsonObject =>
  mapped(value, (inner, name) => (names.includes(name) ? undefined : inner));

/** A value as text: unchanged if it is a text, a number, or a boolean; otherwise, as JSON. */
export function shown(value: Value): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether both are equal, in any order of names. */
export function same(one: Value, other: Value): boolean {
  if ((one ?? null) === (other ?? null)) return true;
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  );
}

/** One text for equal values. */
export function canonical(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`);
  return `{${texts.join()}}`;
}
