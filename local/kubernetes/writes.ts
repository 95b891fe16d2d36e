import { admitted } from './admission.ts';
import { existing, parsed, read, type ApiAnswer, type Call } from './call.ts';
import { decode } from './decode.ts';
import {
  alreadyExists,
  ApiError,
  badRequest,
  conflict,
  forbidden,
  invalid,
  notSimulated,
  required,
} from './errors.ts';
import {
  at,
  listAt,
  mapped,
  objectAt,
  omit,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { applyFields, trackUpdate, type Writer } from './managed-fields.ts';
import { jsonPatch, mergePatch } from './merge.ts';
import { apiVersionOf, type Resource } from './schema.ts';
import { nameOf, namespaceOf, now, suffix, resourceName } from './objects.ts';

/**
 * All writes go the same way: read by type, filled in, checked, attributed to their writer, and
 * stored.
 */

const applyType = 'application/apply-patch+yaml';

/** Creates, replaces, or patches an object. A PUT is the fifth way to change one. */
export function write(call: Call): ApiAnswer {
  const { cluster, resource, namespace, name, subresource } = call;
  const type = patchTypeOf(call);
  const mayCreate = name === '' || (type === applyType && subresource === '');
  const before = mayCreate ? cluster.find(resource, namespace, name) : existing(call);
  const object = decoded(call, objectAt(changed(call, before, type)));
  if (before && nameOf(object) === '') throw badRequest('name must be provided');
  // Kinds that can only be replaced by naming the version that is replaced.
  const isConditional =
    resource.custom || ['PodDisruptionBudget', 'CustomResourceDefinition'].includes(resource.kind);
  if (before && isConditional && textAt(object, 'metadata', 'resourceVersion') === '')
    throw invalid(resource, name, [
      required('metadata.resourceVersion', 'must be specified for an update'),
    ]);
  return { status: before ? 200 : 201, body: keep(call, object, before, type === applyType) };
}

/** The type of a patch; `whole` for a whole object. */
function patchTypeOf({ request: { method, headers } }: Call): string {
  if (method !== 'PATCH') return 'whole';
  return headers['content-type']?.split(';')[0]?.trim() ?? '';
}

function changed(call: Call, before: JsonObject | undefined, type: string): Json {
  const { resource, request, query, name } = call;
  if (type === 'whole') return read(call);
  const patch = parsed(request.body, type);
  if (type === 'application/merge-patch+json') return mergePatch(before, patch);
  if (type === 'application/json-patch+json') return jsonPatch(before ?? {}, patch);
  if (type === 'application/strategic-merge-patch+json' && !resource.custom)
    return mergePatch(before, patch, resource.schema);
  if (type !== applyType)
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `a patch of ${resource.plural} cannot be of the type ${type}`,
    );
  if (query.get('fieldManager') === null)
    throw badRequest('fieldManager is required for apply patch');
  if (at(patch, 'metadata', 'managedFields') !== undefined)
    throw badRequest('metadata.managedFields must be nil');
  return applyFields(
    writerOf(call),
    before,
    decoded(call, withAt(objectAt(patch), ['metadata', 'name'], name)),
  );
}

const writerOf = (call: Call): Writer => ({
  ...call,
  manager:
    call.query.get('fieldManager') ??
    call.request.headers['user-agent']?.split('/')[0] ??
    'unknown',
  isForced: call.query.get('force') === 'true',
});

/**
 * The object with its type's fields. Unknown fields are refused, warned about, or left out, as
 * requested.
 */
function decoded(call: Call, given: JsonObject): JsonObject {
  const { resource, query, warnings } = call;
  const { kind } = resource;
  const apiVersion = apiVersionOf(resource);
  if ((given['apiVersion'] ?? apiVersion) !== apiVersion || (given['kind'] ?? kind) !== kind)
    throw badRequest(
      `the API version and kind in the data do not match the expected ${apiVersion}, Kind=${kind}`,
    );
  const { object, unknown } = decode(resource, given);
  const texts = unknown.map((path) => `unknown field ${path}`);
  const validation = query.get('fieldValidation') ?? 'Warn';
  if (validation === 'Warn') warnings.push(...texts);
  if (validation === 'Strict' && texts.length > 0)
    throw badRequest(`${kind} cannot be handled: strict decoding error: ${texts.join(', ')}`);
  if (resource.namespaced && !['', call.namespace].includes(namespaceOf(object)))
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  return object;
}

const serversOwn = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'deletionTimestamp',
];

/**
 * Stores an object, filled in, checked, and attributed to its writer. The server's own fields stay
 * as they are.
 */
export function keep(
  call: Call,
  object: JsonObject,
  before?: JsonObject,
  isApplied = false,
): JsonObject {
  const { cluster, resource, namespace } = call;
  const given = objectAt(object, 'metadata');
  const own = objectAt(before, 'metadata');
  const prefix = textAt(given, 'generateName');
  const name = call.name || nameOf(object) || (prefix && `${prefix}${suffix()}`);
  if (!['', name].includes(nameOf(object)))
    throw badRequest(
      `the name of the object (${nameOf(object)}) does not match the name on the URL (${name})`,
    );
  if (!before && cluster.find(resource, namespace, name)) throw alreadyExists(resource, name);
  if (before && !['', own['resourceVersion']].includes(textAt(given, 'resourceVersion')))
    throw conflict(
      resource,
      name,
      'the object has been modified; please apply your changes to the latest version',
    );

  const kept = mapped(own, (value, key) => (serversOwn.includes(key) ? value : undefined));
  const place = { name, ...(resource.namespaced ? { namespace } : {}) };
  const metadata = { ...omit(given, ...serversOwn), ...kept, ...place };
  const status = 'status' in resource.subresources ? at(before, 'status') : object['status'];
  const whole =
    before && call.subresource === 'status'
      ? { ...before, status: object['status'] ?? {} }
      : withAt({ ...object, metadata }, ['status'], status);

  const full = admitted(before ? { ...call, before } : call, whole);
  const tracked = isApplied ? full : trackUpdate(writerOf(call), before, full);
  if (isDryRun(call)) return cluster.complete(resource, tracked);

  const result = cluster.put(resource, tracked);
  // An object held only by finalizers goes with the last one.
  if (kept['deletionTimestamp'] !== undefined && !isHeld(resource, result))
    cluster.remove(resource, result);
  return result;
}

const isDryRun = ({ query }: Call) => query.get('dryRun') === 'All';

/** Something in a namespace holds it, as long as it is there. */
const isHeld = (resource: Resource, object: JsonObject) =>
  listAt(object, 'metadata', 'finalizers').length > 0 || resourceName(resource) === 'namespaces';

/** Deletes an object, or begins to if something holds it. */
export function remove(call: Call, object: JsonObject): JsonObject {
  const { cluster, query, resource, request } = call;
  const options = request.body.length === 0 ? {} : read(call);
  if ((textAt(options, 'propagationPolicy') || query.get('propagationPolicy')) === 'Orphan')
    throw notSimulated('deleting an owner alone (--cascade=orphan)');
  if ('preconditions' in options) throw notSimulated('preconditions of a deletion');
  const name = nameOf(object);
  const isNamespace = resourceName(resource) === 'namespaces';
  if (isNamespace && ['default', 'kube-system', 'kube-public'].includes(name))
    throw forbidden(resource, name, 'this namespace may not be deleted');
  if (isDryRun(call) || listAt(options, 'dryRun').includes('All')) return object;
  if (isHeld(resource, object)) {
    const time = textAt(object, 'metadata', 'deletionTimestamp') || now();
    const going = withAt(object, ['metadata', 'deletionTimestamp'], time);
    cluster.put(resource, isNamespace ? { ...going, status: { phase: 'Terminating' } } : going);
  } else cluster.remove(resource, object);
  return object;
}
