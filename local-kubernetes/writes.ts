import { randomBytes } from 'node:crypto';
import { admitted, checkNamespace } from './admission.ts';
import { answered, existing, parsed, read, type ApiAnswer, type Call } from './api.ts';
import { decode } from './decode.ts';
import { alreadyExists, ApiError, badRequest, conflict, forbidden, invalid, notSimulated, required } from './errors.ts';
import { at, listAt, mapped, objectAt, omit, textAt, withAt, type Json, type JsonObject } from './json.ts';
import { applyFields, trackUpdate, type Writer } from './managed-fields.ts';
import { jsonPatch, mergePatch, strategicMerge } from './merge.ts';
import { apiVersionOf, resourceName, type Resource } from './schema.ts';
import { nameOf, namespaceOf, now, uidOf } from './objects.ts';

/** What is written passes the same way: read by its type, filled in, checked, put down to who wrote it, and kept. */

const writerOf = ({ query, request, resource, subresource }: Call): Writer => ({
  ...{
    resource,
    subresource,
    manager: query.get('fieldManager') ?? request.headers['user-agent']?.split('/')[0] ?? 'unknown',
  },
});

/** The object by its type's fields; what the type does not have is refused, warned about or left out, as asked for. */
function decoded(call: Call, given: JsonObject): JsonObject {
  const { resource, query, warnings } = call;
  const { kind, version } = resource;
  const apiVersion = apiVersionOf(resource);
  if ((given['apiVersion'] ?? apiVersion) !== apiVersion || (given['kind'] ?? kind) !== kind)
    throw badRequest(`the API version and kind in the data do not match the expected ${apiVersion}, Kind=${kind}`);
  const { object, unknown, wrong } = decode(resource, given);
  const texts = unknown.map((path) => `unknown field ${path}`);
  const validation = query.get('fieldValidation') ?? 'Warn';
  if (validation === 'Warn') warnings.push(...texts);
  if (validation === 'Strict' && texts.length > 0)
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${texts.join(', ')}`,
    );
  if (wrong.length > 0) throw invalid(resource, nameOf(object), wrong);
  if (resource.namespaced && !['', call.namespace].includes(namespaceOf(object)))
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  return object;
}

const serversOwn = ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'deletionTimestamp'];

/** Makes a new object. */
export function create(call: Call, given: JsonObject, isApplied = false): JsonObject {
  const { cluster, resource, namespace } = call;
  const object = decoded(call, given);
  const metadata = omit(objectAt(object, 'metadata'), ...serversOwn);
  const prefix = textAt(metadata, 'generateName');
  const name = nameOf(object) || (prefix && `${prefix}${randomBytes(3).toString('hex').slice(0, 5)}`);
  checkNamespace(call, name);
  if (cluster.find(resource, namespace, name)) throw alreadyExists(resource, name);
  const named = { ...metadata, name, ...(resource.namespaced ? { namespace } : {}) };
  const fresh = { ...omit(object, ...('status' in resource.subresources ? ['status'] : [])), metadata: named };
  return keep(call, fresh, undefined, isApplied);
}

/** Fills in, checks and keeps an object, and puts what changes down to its writer where that is not done yet. */
function keep(call: Call, object: JsonObject, before: JsonObject | undefined, isApplied: boolean): JsonObject {
  const { cluster, resource } = call;
  const full = admitted(before ? { ...call, before } : call, object);
  const tracked = isApplied ? full : trackUpdate(writerOf(call), before, full);
  if (isDryRun(call)) return cluster.complete(resource, tracked);
  const kept = cluster.put(resource, tracked);
  // An object that was only held by finalizers goes with the last one.
  if (at(kept, 'metadata', 'deletionTimestamp') !== undefined && !isHeld(resource, kept))
    cluster.remove(resource, kept);
  return kept;
}

const isDryRun = ({ query }: Call, options?: JsonObject) =>
  query.get('dryRun') === 'All' || listAt(options, 'dryRun').includes('All');

/** A namespace is held by what is in it, as long as there is something. */
const isHeld = (resource: Resource, object: JsonObject) =>
  listAt(object, 'metadata', 'finalizers').length > 0 || resourceName(resource) === 'namespaces';

/** Replaces an object, or patches it in any of the four ways. */
export function change(call: Call): ApiAnswer {
  const { resource, name, request } = call;
  const type = request.method === 'PUT' ? 'PUT' : (request.headers['content-type']?.split(';')[0]?.trim() ?? '');
  if (type === 'application/apply-patch+yaml') return apply(call);
  const before = existing(call);
  const object = decoded(call, objectAt({ object: changed(call, before, type) }, 'object'));
  if (nameOf(object) === '') throw badRequest('name must be provided');
  // Kinds that are replaced only by who names the version that it replaces.
  const isConditional = resource.custom || ['PodDisruptionBudget', 'CustomResourceDefinition'].includes(resource.kind);
  if (isConditional && textAt(object, 'metadata', 'resourceVersion') === '')
    throw invalid(resource, name, [required('metadata.resourceVersion', 'must be specified for an update')]);
  return answered(call, replace(call, before, object));
}

function changed(call: Call, before: JsonObject, type: string): Json {
  const { resource, request } = call;
  if (type === 'PUT') return read(call);
  const patch = parsed(request.body, type);
  if (type === 'application/merge-patch+json') return mergePatch(before, patch);
  if (type === 'application/json-patch+json') return jsonPatch(before, patch);
  if (type === 'application/strategic-merge-patch+json' && !resource.custom)
    return strategicMerge(before, patch, resource.schema);
  throw new ApiError(415, 'UnsupportedMediaType', `a patch of ${resourceName(resource)} cannot be of the type ${type}`);
}

/** Keeps what has been made of an object; what is the server's own stays as it is. */
export function replace(call: Call, before: JsonObject, object: JsonObject, isApplied = false): JsonObject {
  const { resource, name, subresource } = call;
  const [given, own] = [objectAt(object, 'metadata'), objectAt(before, 'metadata')];
  if (!['', name].includes(nameOf(object)))
    throw badRequest(`the name of the object (${nameOf(object)}) does not match the name on the URL (${name})`);
  if (!['', own['resourceVersion']].includes(textAt(given, 'resourceVersion')))
    throw conflict(
      resource,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  if (subresource === 'status') return keep(call, { ...before, status: object['status'] ?? {} }, before, isApplied);
  const kept = mapped(own, (value, key) => ([...serversOwn, 'namespace'].includes(key) ? value : undefined));
  const status = 'status' in resource.subresources ? before['status'] : object['status'];
  const metadata = { ...omit(given, ...serversOwn), ...kept, name };
  return keep(call, withAt({ ...object, metadata }, ['status'], status), before, isApplied);
}

function apply(call: Call): ApiAnswer {
  const { cluster, request, query, resource, namespace, name } = call;
  const body = parsed(request.body, 'yaml');
  if (query.get('fieldManager') === null) throw badRequest('fieldManager is required for apply patch');
  if (at(body, 'metadata', 'managedFields') !== undefined) throw badRequest('metadata.managedFields must be nil');
  const applied = decoded(call, withAt(objectAt({ body }, 'body'), ['metadata', 'name'], name));
  const live = cluster.find(resource, namespace, name);
  const merged = applyFields(writerOf(call), live, applied, query.get('force') === 'true');
  if (!live) return answered(call, create(call, merged, true), 201);
  const version = textAt(applied, 'metadata', 'resourceVersion');
  return answered(call, replace(call, live, withAt(merged, ['metadata', 'resourceVersion'], version), true));
}

/** Deletes an object, or begins to where something holds it. */
export function remove(call: Call, object: JsonObject): JsonObject {
  const { cluster, query, resource, request } = call;
  const options = request.body.length === 0 ? {} : read(call);
  if ((textAt(options, 'propagationPolicy') || query.get('propagationPolicy')) === 'Orphan')
    throw notSimulated('deleting an owner alone (--cascade=orphan)');
  const [metadata, name, uid] = [objectAt(object, 'metadata'), nameOf(object), uidOf(object)];
  for (const field of ['uid', 'resourceVersion'])
    if (!['', metadata[field]].includes(textAt(options, 'preconditions', field)))
      throw conflict(resource, name, `Precondition failed: ${field}`);
  const isNamespace = resourceName(resource) === 'namespaces';
  if (isNamespace && ['default', 'kube-system', 'kube-public'].includes(name))
    throw forbidden(resource, name, 'this namespace may not be deleted');
  const details = { name, group: resource.group, kind: resource.plural, uid };
  const answer = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  if (isDryRun(call, options)) return answer;
  if (isHeld(resource, object)) {
    const going = withAt(object, ['metadata', 'deletionTimestamp'], metadata['deletionTimestamp'] ?? now());
    const status = isNamespace ? { status: { phase: 'Terminating' } } : {};
    cluster.put(resource, { ...going, ...status });
  } else cluster.remove(resource, object);
  return answer;
}
