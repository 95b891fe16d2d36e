import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'yaml';
import type { Cluster } from './cluster.ts';
import { badRequest, notFound } from './errors.ts';
import { isJson, isObject, type Json, type JsonObject } from './json.ts';
import { readProtobuf } from './protobuf.ts';
import type { Resource } from './schema.ts';

/** A request to the API, and what can be read from it. */

export type ApiRequest = Readonly<{
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}>;

export type ApiAnswer = Readonly<{
  status: number;
  /** An object, or a text that is not JSON. */
  body: Json;
  warnings?: readonly string[];
  /** What the client wanted and this server doesn't decide. */
  undecided?: string | undefined;
  /**
   * Sends events, one per line, until the client hangs up or the time is over. Returns a function
   * that stops it.
   */
  watch?: Readonly<{ seconds: number; begin: (send: (event: Json) => void) => () => void }>;
}>;

/** What one request is about. */
export type Call = Readonly<{
  cluster: Cluster;
  request: ApiRequest;
  query: URLSearchParams;
  resource: Resource;
  namespace: string;
  name: string;
  subresource: string;
  warnings: string[];
}>;

/** The object in the body of a request. */
export function read({ request: { body, headers }, cluster }: Call): JsonObject {
  if (body.toString('latin1', 0, 4) === 'k8s\0') return readProtobuf(body.subarray(4), cluster);
  const value = parsed(body, headers['content-type']);
  if (!isObject(value))
    throw badRequest('the object provided is unrecognized (must be of type Object)');
  return value;
}

/** A body of JSON or YAML, which includes JSON: server-side apply sends either. */
export function parsed(body: Buffer, contentType = ''): Json {
  const text = body.toString();
  const value: unknown = contentType.includes('yaml')
    ? parse(text, { version: '1.1' })
    : JSON.parse(text);
  if (!isJson(value)) throw badRequest('the body of the request is empty');
  return value;
}

/** The object that a call names. */
export function existing({ cluster, resource, namespace, name }: Call): JsonObject {
  const found = cluster.find(resource, namespace, name);
  if (!found) throw notFound(resource, name);
  return found;
}
