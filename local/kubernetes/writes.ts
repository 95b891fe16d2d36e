import { applied } from './apply.ts';
import { existing, parsed, read, type ApiAnswer, type Call } from './call.ts';

import { check } from './check.ts';
import type { Cluster } from './cluster.ts';
import {
  alreadyExists,
  ApiError,
  badRequest,
  conflict,
  forbidden,
  invalid,
  notFound,
  UndecidedError,
} from './errors.ts';
import {
  at,
  isObject,
  listAt,
  mapped,
  objectAt,
  omit,
  shown,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { jsonPatch, mergePatch } from './merge.ts';
import { nameOf, namespaceOf, now, resourceName, suffix, uidOf } from './objects.ts';
import { problemsOf } from './rules.ts';
import { apiVersionOf } from './schema.ts';

/** All writes go the same way: changed, held against the schema and the rules, and stored. */

const APPLY = 'application/apply-patch+yaml';

/** Creates, replaces, or patches an object. */
export function write(call: Call): ApiAnswer {
  const { cluster, resource, namespace, name, subresource } = call;
  const type = patchTypeOf(call);
  const mayCreate = name === '' || (type === APPLY && subresource === '');
  const before = mayCreate ? cluster.find(resource, namespace, name) : existing(call);
  if (type === APPLY) return apply(call, before);

  const object = checked(call, objectAt(changed(call, before, type)));
  return { status: before ? 200 : 201, body: store(call, object, before) };
}

/** The type of a patch; `whole` for a whole object. */
function patchTypeOf({ request: { method, headers } }: Call): string {
  if (method !== 'PATCH') return 'whole';
  return headers['content-type']?.split(';')[0]?.trim() ?? '';
}

function changed(call: Call, before: JsonObject | undefined, type: string): Json {
  const { resource, request } = call;
  if (type === 'whole') return read(call);
  const patch = parsed(request.body, type);
  if (type === 'application/merge-patch+json') return mergePatch(before, patch);
  if (type === 'application/json-patch+json') return jsonPatch(before ?? {}, patch);
  if (type === 'application/strategic-merge-patch+json' && !resource.custom)
    return mergePatch(before, patch, resource.schema);
  throw new ApiError(
    415,
    'UnsupportedMediaType',
    `a patch of ${resource.plural} cannot be of the type ${type}`,
  );
}

/** The annotation in which `kubectl apply` keeps what it applied last, without the option. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function apply(call: Call, before: JsonObject | undefined): ApiAnswer {
  const { cluster, request, query, resource, name } = call;
  const manager = query.get('fieldManager');
  if (manager === null) throw badRequest('fieldManager is required for apply patch');
  const body = objectAt(parsed(request.body, APPLY));
  const given = withAt(body, ['metadata', 'name'], name);
  const { unknown, unreadable } = check(resource, given);
  if (unknown.length > 0)
    throw badRequest(
      `failed to create typed patch object: .${unknown.join(', .')}: field not declared in schema`,
    );
  refuseUnreadable(call, unreadable);

  // kubectl takes over what it applied without the option.
  const text = textAt(before, 'metadata', 'annotations', LAST_APPLIED);
  const own = manager === 'kubectl' && text !== '' ? parsed(Buffer.from(text)) : undefined;
  const last = before && (cluster.applied.get(`${uidOf(before)} ${manager}`) ?? own);
  const layers = {
    given,
    ...(before ? { live: before } : {}),
    ...(isObject(last) ? { last } : {}),
  };
  const merged = objectAt(applied(layers, resource.schema, query.get('force') === 'true'));
  const result = store(call, checked(call, merged), before);
  if (!isDryRun(call)) cluster.applied.set(`${uidOf(result)} ${manager}`, given);
  return { status: before ? 200 : 201, body: result };
}

function refuseUnreadable({ resource: { kind, version } }: Call, unreadable: readonly string[]) {
  if (unreadable.length > 0)
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: ${unreadable.join(', ')}`,
    );
}

/**
 * The object with its type's fields and defaults. Unknown fields are refused, warned about, or left
 * out, as requested.
 */
function checked(call: Call, given: JsonObject): JsonObject {
  const { resource, query, warnings } = call;
  const { kind } = resource;
  const apiVersion = apiVersionOf(resource);
  if ((given['apiVersion'] ?? apiVersion) !== apiVersion || (given['kind'] ?? kind) !== kind)
    throw badRequest(
      `the API version and kind in the data do not match the expected ${apiVersion}, Kind=${kind}`,
    );
  const { object, unknown, unreadable, problems } = check(resource, given);
  refuseUnreadable(call, unreadable);
  const texts = unknown.map((path) => `unknown field "${path}"`);
  const validation = query.get('fieldValidation') ?? 'Warn';
  if (validation === 'Warn') warnings.push(...texts);
  if (validation === 'Strict' && texts.length > 0)
    throw badRequest(`${kind} cannot be handled: strict decoding error: ${texts.join(', ')}`);
  if (problems.length > 0) throw invalid(resource, nameOf(object), problems);
  if (resource.namespaced && !['', call.namespace].includes(namespaceOf(object)))
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  return object;
}

const SERVERS_OWN = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'deletionTimestamp',
];

/** Stores an object. The server's own fields stay as they are. */
export function store(call: Call, object: JsonObject, before?: JsonObject): JsonObject {
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
  if (!before && resource.namespaced) checkNamespace(call, name);
  if (before && !['', own['resourceVersion']].includes(textAt(given, 'resourceVersion')))
    throw conflict(
      resource,
      name,
      'the object has been modified; please apply your changes to the latest version',
    );

  const kept = mapped(own, (value, key) => (SERVERS_OWN.includes(key) ? value : undefined));
  const place = { name, ...(resource.namespaced ? { namespace } : {}) };
  const metadata = { ...omit(given, ...SERVERS_OWN), ...kept, ...place };
  const status = 'status' in resource.subresources ? at(before, 'status') : object['status'];
  const whole =
    before && call.subresource === 'status'
      ? { ...before, status: object['status'] ?? {} }
      : withAt({ ...object, metadata }, ['status'], status);

  const filled = completed(call, whole, before);
  const problems = problemsOf(resource, filled, before);
  if (problems.length > 0) throw invalid(resource, name, problems);
  if (isDryRun(call)) return cluster.complete(resource, filled);

  const result = cluster.put(resource, filled);
  // An object held only by finalizers goes with the last one.
  if (kept['deletionTimestamp'] !== undefined && !isHeld(result)) cluster.remove(resource, result);
  return result;
}

/** Some fields depend on others, or on what is in the cluster. */
function completed(
  { cluster, resource }: Call,
  object: JsonObject,
  before: JsonObject | undefined,
): JsonObject {
  if (resource.kind === 'Secret' && object['stringData'] !== undefined) {
    const encoded = mapped(objectAt(object, 'stringData'), (text) =>
      Buffer.from(shown(text)).toString('base64'),
    );
    const data = { ...objectAt(object, 'data'), ...encoded };
    return omit({ ...object, data }, 'stringData');
  }
  if (resource.kind === 'Service' && textAt(object, 'spec', 'type') !== 'ExternalName') {
    const number = cluster.version();
    const fresh = `10.0.${(number >> 8) & 255}.${number & 255}`;
    const address = ['spec', 'clusterIP'];
    const clusterIP = textAt(object, ...address) || textAt(before, ...address) || fresh;
    return withAt(object, address, clusterIP);
  }
  // A real cluster selects by the job's UID. `kubectl logs` finds the pods by the selector.
  if (resource.kind === 'Job') {
    const selector = at(object, 'spec', 'selector') ??
      at(before, 'spec', 'selector') ?? {
        matchLabels: { 'batch.kubernetes.io/job-name': nameOf(object) },
      };
    return withAt(object, ['spec', 'selector'], selector);
  }
  if (resource.kind === 'Namespace')
    return withAt(object, ['metadata', 'labels', 'kubernetes.io/metadata.name'], nameOf(object));
  return object;
}

function checkNamespace(call: Call, name: string): void {
  const { cluster, resource, namespace } = call;
  const found = cluster.find('namespaces', '', namespace) ?? missingNamespace(call);
  if (at(found, 'metadata', 'deletionTimestamp') !== undefined)
    throw forbidden(
      resource,
      name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
}

/** A namespace that nobody created, if this cluster does that on its own. */
function missingNamespace(call: Call): JsonObject {
  const { cluster, namespace } = call;
  const { onMissingNamespace } = cluster;
  const resource = cluster.resource('namespaces');
  const labels = { 'kubernetes.io/metadata.name': namespace };
  const object = { metadata: { name: namespace, labels } };
  const isPossible = problemsOf(resource, object, undefined).length === 0;
  if (!isPossible || onMissingNamespace === undefined) throw notFound(resource, namespace);

  onMissingNamespace(namespace);
  return isDryRun(call) ? object : cluster.put(resource, object);
}

const isDryRun = ({ query }: Call) => query.get('dryRun') === 'All';
const isHeld = (object: JsonObject) => listAt(object, 'metadata', 'finalizers').length > 0;

/** How long a namespace is there after its deletion: clients want to see it go. */
const NAMESPACE_ENDS_MS = 500;

/** Deletes an object, or begins to if something holds it. */
export function remove(call: Call, object: JsonObject): JsonObject {
  const { cluster, query, resource, request } = call;
  const options = request.body.length === 0 ? {} : read(call);
  const policy = textAt(options, 'propagationPolicy') || query.get('propagationPolicy');
  if (policy === 'Orphan') throw new UndecidedError('--cascade=orphan');
  if (isDryRun(call) || listAt(options, 'dryRun').includes('All')) return object;

  const name = nameOf(object);
  const isNamespace = resourceName(resource) === 'namespaces';
  if (isNamespace && ['default', 'kube-system', 'kube-public'].includes(name))
    throw forbidden(resource, name, 'this namespace may not be deleted');
  if (!isNamespace && !isHeld(object)) {
    cluster.remove(resource, object);
    return object;
  }

  const time = textAt(object, 'metadata', 'deletionTimestamp') || now();
  const going = withAt(object, ['metadata', 'deletionTimestamp'], time);
  cluster.put(resource, isNamespace ? { ...going, status: { phase: 'Terminating' } } : going);
  if (isNamespace) setTimeout(endNamespace, NAMESPACE_ENDS_MS, cluster, name).unref();
  return object;
}

function endNamespace(cluster: Cluster, name: string): void {
  for (const { resource, object } of cluster.all())
    if (namespaceOf(object) === name) cluster.remove(resource, object);
  const namespace = cluster.find('namespaces', '', name);
  if (namespace) cluster.remove('namespaces', namespace);
}
