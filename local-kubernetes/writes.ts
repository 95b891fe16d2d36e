import { randomBytes } from 'node:crypto';
import { admitted, checkNamespace } from './admission.ts';
import { existing, json, parsed, read, type ApiAnswer, type Call } from './api.ts';
import { decode } from './decode.ts';
import { alreadyExists, ApiError, badRequest, conflict, forbidden, invalid, required } from './errors.ts';
import { at, isObject, listAt, objectAt, omit, same, textAt, withAt, type Json, type JsonObject } from './json.ts';
import { applyFields, trackUpdate } from './managed-fields.ts';
import { jsonPatch, mergePatch, strategicMerge } from './merge.ts';
import { apiVersionOf, resourceName, type Resource } from './schema.ts';
import { nameOf, namespaceOf, now, uidOf } from './store.ts';

/** What is written passes the same way: read by its type, filled in, checked, put down to who wrote it, and kept. */

const managerOf = ({ query, request }: Call) =>
  query.get('fieldManager') ?? request.userAgent.split('/')[0] ?? 'unknown';

/** The object by its type's fields; what the type does not have is refused, warned about or left out, as asked for. */
function decoded(call: Call, given: JsonObject): JsonObject {
  const { resource, query, warnings } = call;
  const { kind, apiVersion } = { kind: resource.kind, apiVersion: apiVersionOf(resource), ...given };
  if (kind !== resource.kind || apiVersion !== apiVersionOf(resource))
    throw badRequest(
      `the API version and kind in the data do not match the expected ${apiVersionOf(resource)}, Kind=${resource.kind}`,
    );
  const { object, unknown, wrong } = decode(resource, given);
  const texts = unknown.map((path) => `unknown field ${path}`);
  const validation = query.get('fieldValidation') ?? 'Warn';
  if (validation === 'Warn') warnings.push(...texts);
  if (validation === 'Strict' && texts.length > 0)
    throw badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: strict decoding error: ${texts.join(', ')}`,
    );
  if (wrong.length > 0) throw invalid(resource, textAt(object, 'metadata', 'name'), wrong);
  const namespace = textAt(object, 'metadata', 'namespace');
  if (resource.namespaced && namespace !== '' && namespace !== call.namespace)
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
  const generated = prefix === '' ? '' : `${prefix}${randomBytes(3).toString('hex').slice(0, 5)}`;
  const name = textAt(metadata, 'name') || generated;
  checkNamespace(call, name);
  if (cluster.store.find(resource, namespace, name)) throw alreadyExists(resource, name);
  const named = { ...metadata, name, ...(resource.namespaced ? { namespace } : {}) };
  const fresh = { ...omit(object, ...('status' in resource.subresources ? ['status'] : [])), metadata: named };
  return keep(call, fresh, undefined, isApplied);
}

/** Fills in, checks and keeps an object, and puts what changes down to its writer where that is not done yet. */
function keep(call: Call, object: JsonObject, before: JsonObject | undefined, isApplied: boolean): JsonObject {
  const { cluster, resource, namespace, subresource } = call;
  const full = admitted(before ? { ...call, before } : call, object);
  const tracked = isApplied ? full : trackUpdate(resource, before, full, { manager: managerOf(call), subresource });
  const completed = cluster.store.complete(resource, namespace, tracked);
  if (isDryRun(call)) return completed;
  // A write that changes nothing but the times of its account is none.
  if (before && same(timeless(completed), timeless(before))) return before;
  const kept = cluster.store.put(resource, namespace, completed);
  // An object that was only held by finalizers goes with the last one.
  if (textAt(kept, 'metadata', 'deletionTimestamp') !== '' && !isHeld(resource, kept))
    cluster.store.remove(resource, kept);
  return kept;
}

const timeless = (object: JsonObject) =>
  withAt(
    object,
    ['metadata', 'managedFields'],
    listAt(object, 'metadata', 'managedFields').map((one) => omit(objectAt(one), 'time')),
  );

const isDryRun = ({ query }: Call, options?: JsonObject) =>
  query.get('dryRun') === 'All' || listAt(options, 'dryRun').includes('All');

/** A namespace is held by what is in it, as long as there is something. */
const isHeld = (resource: Resource, object: JsonObject) =>
  listAt(object, 'metadata', 'finalizers').length > 0 || resourceName(resource) === 'namespaces';

/** Kinds that are replaced only by who names the version that it replaces; so are all custom resources. */
const conditional = ['PodDisruptionBudget', 'CustomResourceDefinition'];

/** Replaces an object by another. */
export function update(call: Call, before: JsonObject, given: JsonObject): JsonObject {
  const { resource, name } = call;
  const object = decoded(call, given);
  if (textAt(object, 'metadata', 'name') === '') throw badRequest('name must be provided');
  const isConditional = resource.custom || conditional.includes(resource.kind);
  if (isConditional && textAt(object, 'metadata', 'resourceVersion') === '')
    throw invalid(resource, name, [required('metadata.resourceVersion', 'must be specified for an update')]);
  return replace(call, before, object);
}

/** Keeps what has been made of an object; what is the server's own stays as it is. */
export function replace(call: Call, before: JsonObject, object: JsonObject, isApplied = false): JsonObject {
  const { resource, name, subresource } = call;
  const [given, own] = [objectAt(object, 'metadata'), objectAt(before, 'metadata')];
  if ((textAt(given, 'name') || name) !== name)
    throw badRequest(`the name of the object (${textAt(given, 'name')}) does not match the name on the URL (${name})`);
  if (!['', textAt(own, 'resourceVersion')].includes(textAt(given, 'resourceVersion')))
    throw conflict(
      resource,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  if (subresource === 'status') return keep(call, { ...before, status: object['status'] ?? {} }, before, isApplied);
  const kept = serversOwn.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]] as const]));
  const metadata = { ...omit(given, ...serversOwn), ...Object.fromEntries(kept), name };
  const status = 'status' in resource.subresources ? before['status'] : object['status'];
  return keep(call, withAt({ ...object, metadata }, ['status'], status), before, isApplied);
}

/** Patches an object, in any of the four ways. */
export function patch(call: Call): ApiAnswer {
  const type = call.request.contentType.split(';')[0]?.trim() ?? '';
  if (type === 'application/apply-patch+yaml') return apply(call);
  const before = existing(call);
  const object = patched(call.resource, before, parsed(call.request.body, type), type);
  return json(call, 200, replace(call, before, decoded(call, isObject(object) ? object : {})));
}

function patched(resource: Resource, before: JsonObject, change: Json, type: string): Json {
  if (type === 'application/merge-patch+json') return mergePatch(before, change);
  if (type === 'application/json-patch+json') return jsonPatch(before, change);
  if (type === 'application/strategic-merge-patch+json' && !resource.custom)
    return strategicMerge(before, change, resource.schema);
  throw new ApiError(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
  );
}

function apply(call: Call): ApiAnswer {
  const { cluster, request, query, resource, namespace, name, subresource } = call;
  const given = parsed(request.body, 'yaml');
  const body = isObject(given) ? given : {};
  if (query.get('fieldManager') === null) throw badRequest('fieldManager is required for apply patch');
  if (at(body, 'metadata', 'managedFields') !== undefined) throw badRequest('metadata.managedFields must be nil');
  const applied = decoded(call, withAt(body, ['metadata', 'name'], name));
  const live = cluster.store.find(resource, namespace, name);
  const options = { manager: managerOf(call), force: query.get('force') === 'true', subresource };
  const merged = applyFields(resource, live, applied, options);
  if (!live) return json(call, 201, create(call, merged, true));
  const version = textAt(applied, 'metadata', 'resourceVersion');
  return json(call, 200, replace(call, live, withAt(merged, ['metadata', 'resourceVersion'], version), true));
}

/** Deletes an object, or begins to where something holds it. */
export function remove(call: Call, object: JsonObject, given?: JsonObject): JsonObject {
  const { cluster, query, resource, request } = call;
  const options = given ?? (request.body.length === 0 ? {} : read(call));
  const metadata = objectAt(object, 'metadata');
  const [namespace, name, uid] = [namespaceOf(object), nameOf(object), uidOf(object)];
  for (const field of ['uid', 'resourceVersion']) {
    const expected = textAt(options, 'preconditions', field);
    if (!['', metadata[field]].includes(expected)) throw conflict(resource, name, `Precondition failed: ${field}`);
  }
  if (resourceName(resource) === 'namespaces' && ['default', 'kube-system', 'kube-public'].includes(name))
    throw forbidden(resource, name, 'this namespace may not be deleted');
  const details = { name, group: resource.group, kind: resource.plural, uid };
  const answer = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  if (isDryRun(call, options)) return answer;
  if ((textAt(options, 'propagationPolicy') || query.get('propagationPolicy')) === 'Orphan') orphan(call, uid);
  if (isHeld(resource, object)) {
    const going = { ...object, metadata: { ...metadata, deletionTimestamp: metadata['deletionTimestamp'] ?? now() } };
    const isNamespace = resourceName(resource) === 'namespaces';
    cluster.store.put(resource, namespace, isNamespace ? { ...going, status: { phase: 'Terminating' } } : going);
  } else cluster.store.remove(resource, object);
  return answer;
}

/** What belongs to the owner of a uid belongs to it no more. */
function orphan({ cluster }: Call, uid: string): void {
  for (const { resource, object } of cluster.store.all()) {
    const owners = listAt(object, 'metadata', 'ownerReferences');
    const left = owners.filter((owner) => textAt(owner, 'uid') !== uid);
    if (left.length < owners.length)
      cluster.store.put(
        resource,
        textAt(object, 'metadata', 'namespace'),
        withAt(object, ['metadata', 'ownerReferences'], left),
      );
  }
}
