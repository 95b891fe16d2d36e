/** JSON as values: what the API's objects are made of. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = Record<string, Json>;

/** Whether a value that was parsed is there at all; what JSON and YAML parse to is JSON. */
export function isJson(value: unknown): value is Json {
  return ['string', 'number', 'boolean', 'object'].includes(typeof value);
}

/** Whether it is an object, and no array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of names; undefined where the path leaves the object. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

/** The text at a path; empty where there is none. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The number at a path; `otherwise` where there is none. */
export function numberAt(otherwise: number, value: Json | undefined, ...path: readonly string[]): number {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : otherwise;
}

/** The object at a path; an empty one where there is none. */
export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** The list at a path; an empty one where there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts of a list at a path. */
export function textsAt(value: Json | undefined, ...path: readonly string[]): string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/** A copy with another value at a path; without the name where the value is undefined. */
export function withAt(value: JsonObject, path: readonly string[], inner: Json | undefined): JsonObject {
  const [name = '', ...rest] = path;
  const changed = rest.length > 0 ? withAt(objectAt(value, name), rest, inner) : inner;
  return changed === undefined ? omit(value, name) : { ...value, [name]: changed };
}

/** The same names with other values; those that come to undefined are left out. */
export function mapped(value: JsonObject, change: (inner: Json, name: string) => Json | undefined): JsonObject {
  const entries = Object.entries(value).map(([name, inner]) => [name, change(inner, name)] as const);
  return Object.fromEntries(entries.flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner] as const])));
}

/** A copy without these names. */
export function omit(value: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** A value in a text: as it is where it is a text, a number or a boolean, else as JSON. */
export function shown(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** Whether both hold the same, in any order of names. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  return canonical(one) === canonical(other);
}

/** One text for equal values. */
export function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join()}}`;
}
