import path from 'node:path';
import protobuf from 'protobufjs';
import type { Cluster } from './cluster.ts';
import { UndecidedError } from './errors.ts';
import { isJson, isObject, mapped, objectAt, textAt, type Json, type JsonObject } from './json.ts';
import { fieldOf, referenceTo, resolve, type Schema } from './schema.ts';

/**
 * The bodies that kubectl and helm write in protobuf. The messages have the Kubernetes version of
 * their source, which may be older than the fields of the kinds.
 */

const root = protobuf.loadSync(path.join(import.meta.dirname, 'data/protobuf.json'));

/** The object in a protobuf body, after its first four bytes, with the kind that it names. */
export function readProtobuf(body: Buffer, cluster: Cluster): JsonObject {
  const outer = root.lookupType('k8s.io.apimachinery.pkg.runtime.Unknown');
  const unknown = fields(outer.decode(body));
  const apiVersion = textAt(unknown, 'typeMeta', 'apiVersion');
  const kind = textAt(unknown, 'typeMeta', 'kind');
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const api = `api.${group.replace(/\..*/, '') || 'core'}.${version}`;
  const message = root.lookup(
    `k8s.io.${kind === 'DeleteOptions' ? 'apimachinery.pkg.apis.meta.v1' : api}.${kind}`,
  );
  if (!(message instanceof protobuf.Type))
    throw new UndecidedError(`a protobuf body of ${apiVersion} ${kind}`);
  const raw = Buffer.from(textAt(unknown, 'raw'), 'base64');
  const decoded = message.decode(raw);
  // Anything that the messages do not have gets lost on the way through them.
  if (message.encode(decoded).finish().length < raw.length)
    throw new UndecidedError(
      `fields of a ${apiVersion} ${kind} that are newer than Kubernetes 1.32, in protobuf`,
    );
  const schema =
    cluster.ofKind(apiVersion, kind)?.schema ??
    resolve(referenceTo(`${version.toUpperCase()}${kind}`));
  return { ...objectJson(fields(decoded), schema), apiVersion, kind };
}

function fields(message: protobuf.Message): JsonObject {
  const value: unknown = message.$type.toObject(message, {
    longs: Number,
    bytes: String,
    enums: String,
  });
  return isJson(value) && isObject(value) ? value : {};
}

/** Converts a message's fields to those of JSON; undefined for what JSON leaves out. */
function toJson(value: Json, schema: Schema): Json | undefined {
  const inner = (one: Json, of: Schema = {}) => toJson(one, of) ?? {};
  if (Array.isArray(value)) {
    const items = resolve(schema['items']);
    return value.length === 0 ? undefined : value.map((item) => inner(item, items));
  }
  if (!isObject(value)) return value;
  if (isObject(schema['additionalProperties']))
    return mapped(value, (one) => inner(one, fieldOf(schema, '')));
  return schema['type'] === 'object' ? objectJson(value, schema) : messageJson(value, schema);
}

/** Zero values are left out, and what Go embeds is one level higher in JSON. */
function objectJson(value: JsonObject, schema: Schema): JsonObject {
  const result: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    const field = fieldOf(schema, name);
    const json = field && toJson(inner, field);
    const isZero = json === '' || (field?.['x-zero'] === true && (json === 0 || json === false));
    if (!field) Object.assign(result, objectJson(objectAt(inner), schema));
    else if (json !== undefined && !isZero) result[name] = json;
  }
  return result;
}

/**
 * Quantities, times, what is a number or a text, and what may be any JSON are messages of their
 * own.
 */
function messageJson(
  { string, type, strVal, intVal = 0, seconds, raw }: JsonObject,
  schema: Schema,
): Json | undefined {
  if (typeof seconds === 'number')
    return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  if (schema['x-kubernetes-int-or-string'] === true) return type === 1 ? strVal : intVal;
  const json: unknown =
    typeof raw === 'string' ? JSON.parse(Buffer.from(raw, 'base64').toString()) : string;
  return isJson(json) ? json : undefined;
}
