import { at, isJson, isObject, type Json, type JsonObject } from '../../local/kubernetes/json.ts';

/** Everything that may be wrong with one field, systematically: writes to ask a server about. */
export type Write = Readonly<{ what: string; path: Path; object: JsonObject }>;

const long = 'a'.repeat(300);
const candidates: readonly (Json | undefined)[] = [
  undefined,
  '',
  'x y',
  'A_b!',
  long,
  '/abs',
  '..',
  '1x',
  -1,
  0,
  1,
  5_000_000,
  1.5,
  99_999_999_999,
  true,
  false,
  [],
  {},
  '50%',
  '-5%',
  '1Gi',
  'None',
  '1.2.3.4',
  '300.1.1.1',
  'http://x',
  '*',
];
/** Given where another type is expected, too. */
const foreign: readonly (Json | undefined)[] = [1, 'x y', '50%', '-5%'];

const typeOf = (value: Json | undefined) => (Array.isArray(value) ? 'array' : typeof value);

/**
 * An object with one of its fields missing, of another value, given twice, or with a field that its
 * type does not have.
 */
export function writesOf(object: JsonObject): Write[] {
  return pathsOf(object).flatMap((path) => {
    const value = valueAt(object, path);
    const tried = candidates.filter(
      (one) =>
        JSON.stringify(one) !== JSON.stringify(value) &&
        (one === undefined || typeOf(one) === typeOf(value) || foreign.includes(one)),
    );
    const say = (text: string) => `${path.join('.')}: ${text}`;
    const twice =
      Array.isArray(value) && value.length > 0 ? [...value, value[0] ?? null] : undefined;
    return [
      ...tried.map((one) => ({
        path,
        what: say(one === undefined ? 'missing' : JSON.stringify(one).slice(0, 20)),
        object: changed(object, path, one),
      })),
      ...(twice ? [{ path, what: say('twice'), object: changed(object, path, twice) }] : []),
      ...(isObject(value)
        ? [{ path, what: say('unknown field'), object: changed(object, [...path, 'zzz'], 'x') }]
        : []),
    ];
  });
}

export type Path = readonly (string | number)[];

/**
 * The type, the name and the labels of an object are the same for all kinds: one of them tries
 * them.
 */
function pathsOf(object: JsonObject): Path[] {
  const all = (value: Json, path: Path): Path[] => {
    const below = entriesOf(value).flatMap(([key, one]) => all(one, [...path, key]));
    return path.length === 0 ? below : [path, ...below];
  };
  return all(object, []).filter(
    ([root, second]) =>
      root !== 'apiVersion' &&
      root !== 'kind' &&
      (root !== 'metadata' || second === 'name' || object['kind'] === 'Pod'),
  );
}

function entriesOf(value: Json): [key: string | number, inner: Json][] {
  if (Array.isArray(value)) return [...value.entries()];
  return isObject(value) ? Object.entries(value) : [];
}

function valueAt(value: Json | undefined, path: Path): Json | undefined {
  return at(value, ...path.map(String));
}

/** A copy with another value at a path, or with none. */
export function changed(object: JsonObject, path: Path, value: Json | undefined): JsonObject {
  const copy: unknown = structuredClone(object);
  const key = path.at(-1) ?? '';
  const parent = isJson(copy) ? valueAt(copy, path.slice(0, -1)) : undefined;
  if (Array.isArray(parent)) {
    if (value === undefined) parent.splice(Number(key), 1);
    else parent[Number(key)] = value;
  } else if (isObject(parent)) {
    if (value === undefined) Reflect.deleteProperty(parent, String(key));
    else parent[key] = value;
  }
  return isJson(copy) && isObject(copy) ? copy : {};
}
