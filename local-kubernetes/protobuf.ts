import protobuf from 'protobufjs';
import { notSimulated } from './errors.ts';
import { at, isJson, isObject, textAt, type Json, type JsonObject } from './json.ts';
import { readData, typeShape, type Resource, type Shape } from './schema.ts';

/**
 * The bodies that kubectl and helm write in protobuf. The messages are of the Kubernetes version of their source, which
 * may be older than the fields of the kinds.
 */

const magic = 'k8s\0';
const messages: unknown = readData('protobuf.json')['nested'];
const root = protobuf.Root.fromJSON(isNested(messages) ? { nested: messages } : {});

/** The file is written by protobufjs, so its own reader judges what is in it. */
function isNested(value: unknown): value is Record<string, protobuf.AnyNestedObject> {
  return typeof value === 'object' && value !== null;
}

/** Whether a body is one. */
export function isProtobuf(body: Buffer): boolean {
  return body.subarray(0, magic.length).toString('latin1') === magic;
}

/** The object in a protobuf body: of the kind that it names, or of `shape` where it is a subresource's. */
export function readProtobuf(
  body: Buffer,
  find: (apiVersion: string, kind: string) => Resource | undefined,
): JsonObject {
  const unknown = fields(
    root.lookupType('k8s.io.apimachinery.pkg.runtime.Unknown').decode(body.subarray(magic.length)),
  );
  const apiVersion = textAt(unknown, 'typeMeta', 'apiVersion');
  const kind = textAt(unknown, 'typeMeta', 'kind');
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const name = group === '' ? 'core' : group.replace(/\..*$/, '');
  const meta = kind === 'DeleteOptions';
  const type = `k8s.io.${meta ? 'apimachinery.pkg.apis.meta' : `api.${name}`}.${meta ? 'v1' : version}.${kind}`;
  let message: protobuf.Type;
  try {
    message = root.lookupType(type);
  } catch {
    throw notSimulated(`a protobuf body of ${apiVersion} ${kind}`);
  }
  const raw = Buffer.from(textAt(unknown, 'raw'), 'base64');
  const decoded = message.decode(raw);
  // What the messages do not have is lost on the way through them.
  if (message.encode(decoded).finish().length < raw.length)
    throw notSimulated(`fields of a ${apiVersion} ${kind} that are newer than Kubernetes 1.32, in protobuf`);
  const shape =
    find(apiVersion, kind)?.shape ?? (meta ? { kind: 'any' as const } : typeShape(`${version.toUpperCase()}${kind}`));
  const value = toJson(fields(decoded), shape);
  return { ...(isObject(value) ? value : {}), apiVersion, kind };
}

function fields(message: protobuf.Message): JsonObject {
  const value: unknown = message.$type.toObject(message, { longs: Number, bytes: String, enums: String });
  return isJson(value) && isObject(value) ? value : {};
}

/** From the fields of a message to those of JSON: what Go embeds is one level up, and zero values are left out. */
function toJson(value: Json, shape: Shape): Json | undefined {
  switch (shape.kind) {
    case 'any':
      return isObject(value) && typeof value['raw'] === 'string' ? rawJson(value['raw']) : value;
    case 'scalar':
      return scalar(value, shape.type);
    case 'list':
      return Array.isArray(value) && value.length > 0 ? value.map((item) => toJson(item, shape.of) ?? {}) : undefined;
    case 'map':
      if (!isObject(value)) return undefined;
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner, shape.of) ?? '']));
    case 'object':
      return isObject(value) ? objectJson(value, shape) : undefined;
  }
}

function objectJson(value: JsonObject, shape: Extract<Shape, { kind: 'object' }>): JsonObject {
  const result: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    const field = shape.fields[name];
    if (!field) {
      if (isObject(inner)) Object.assign(result, objectJson(inner, shape));
      continue;
    }
    const json = toJson(inner, field.shape());
    const empty = json === undefined || json === '' || (field.zero === true && (json === 0 || json === false));
    if (!empty) result[name] = json;
  }
  return result;
}

function scalar(value: Json, type: string): Json | undefined {
  if (!isObject(value)) return value;
  switch (type) {
    case 'quantity':
      return textAt(value, 'string');
    case 'intOrString':
      return at(value, 'type') === 1 ? textAt(value, 'strVal') : (value['intVal'] ?? 0);
    case 'time': {
      const seconds = at(value, 'seconds');
      return typeof seconds === 'number' ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') : undefined;
    }
    default:
      return undefined;
  }
}

function rawJson(base64: string): Json {
  const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString());
  return isJson(value) ? value : {};
}
