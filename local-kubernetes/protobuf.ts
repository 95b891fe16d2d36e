import protobuf from 'protobufjs';
import { notSimulated } from './errors.ts';
import { isJson, isObject, mapped, objectAt, textAt, type Json, type JsonObject } from './json.ts';
import { fieldOf, formOf, readData, referenceTo, resolve, type Resource, type Schema } from './schema.ts';

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
  const schema = find(apiVersion, kind)?.schema ?? resolve(referenceTo(`${version.toUpperCase()}${kind}`));
  const value = toJson(fields(decoded), schema);
  return { ...(isObject(value) ? value : {}), apiVersion, kind };
}

function fields(message: protobuf.Message): JsonObject {
  const value: unknown = message.$type.toObject(message, { longs: Number, bytes: String, enums: String });
  return isJson(value) && isObject(value) ? value : {};
}

/** From the fields of a message to those of JSON: what Go embeds is one level up, and zero values are left out. */
function toJson(value: Json, schema: Schema): Json | undefined {
  switch (formOf(schema)) {
    case 'any':
      return isObject(value) && typeof value['raw'] === 'string' ? rawJson(value['raw']) : value;
    case 'scalar':
      return isObject(value) ? scalar(value, schema) : value;
    case 'list': {
      const items = resolve(schema['items']);
      return Array.isArray(value) && value.length > 0 ? value.map((item) => toJson(item, items) ?? {}) : undefined;
    }
    case 'map': {
      const of = fieldOf(schema, '') ?? {};
      return mapped(objectAt(value), (inner) => toJson(inner, of) ?? '');
    }
    case 'object':
      return isObject(value) ? objectJson(value, schema) : undefined;
  }
}

function objectJson(value: JsonObject, schema: Schema): JsonObject {
  const result: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    const field = fieldOf(schema, name);
    if (field) {
      const json = toJson(inner, field);
      const isZero = field['x-zero'] === true && (json === 0 || json === false);
      if (json !== undefined && json !== '' && !isZero) result[name] = json;
    } else if (isObject(inner)) Object.assign(result, objectJson(inner, schema));
  }
  return result;
}

/** Quantities, times and what is a number or a text are messages of their own. */
function scalar(value: JsonObject, schema: Schema): Json | undefined {
  const { string, type, strVal, intVal = 0, seconds } = value;
  if (schema['format'] === 'quantity') return string;
  if (schema['x-kubernetes-int-or-string'] === true) return type === 1 ? strVal : intVal;
  return typeof seconds === 'number' ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') : undefined;
}

function rawJson(base64: string): Json {
  const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString());
  return isJson(value) ? value : {};
}
