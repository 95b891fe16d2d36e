import { randomBytes } from 'node:crypto';
import { parse } from 'yaml';
import { admit, checkNamespace, checkPreconditions, complete, type Admission } from './admission.ts';
import { createCluster, findIn, resourceOf, type Cluster } from './cluster.ts';
import { startControllers } from './controllers/index.ts';
import { toKept, toServed } from './conversion.ts';
import { decode } from './decode.ts';
import { withDefaults } from './defaults.ts';
import { discovery } from './discovery.ts';
import {
  alreadyExists,
  ApiError,
  badRequest,
  conflict,
  forbidden,
  invalid,
  noSuchPath,
  notFound,
  notSimulated,
} from './errors.ts';
import {
  at,
  isJson,
  isObject,
  listAt,
  numberAt,
  objectAt,
  omit,
  shown as textOf,
  same,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { applyFields, trackUpdate } from './managed-fields.ts';
import { jsonPatch, mergePatch, strategicMerge } from './merge.ts';
import { isProtobuf, readProtobuf } from './protobuf.ts';
import { review } from './reviews.ts';
import { apiVersionOf, resourceName, type Resource } from './schema.ts';
import { selectorOf } from './selector.ts';
import { now, type Change } from './store.ts';
import { tableOf } from './tables.ts';
import { problemsOf } from './validation/index.ts';

/** The API as one function from requests to answers. */

type ApiRequest = Readonly<{
  method: string;
  url: string;
  contentType: string;
  accept: string;
  userAgent: string;
  body: Buffer;
}>;

export type ApiAnswer = Readonly<{ warnings: readonly string[] }> &
  (
    | Readonly<{ kind: 'json'; status: number; body: Json }>
    | Readonly<{ kind: 'text'; status: number; body: string }>
    /** Events one a line, until the client hangs up or the time is over. */
    | Readonly<{ kind: 'watch'; seconds: number; begin: (send: (event: Json) => void) => () => void }>
  );

export type Api = Readonly<{ handle(request: ApiRequest): ApiAnswer; cluster: Cluster; stop(): void }>;

/** @param settleMs how long a pod takes to become ready. */
export function createApi(settleMs: number): Api {
  const cluster = createCluster(settleMs);
  const stop = startControllers(cluster);
  return {
    cluster,
    stop,
    handle(request) {
      try {
        return handle(cluster, request);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { kind: 'json', status: error.code, body: error.status(), warnings: [] };
      }
    },
  };
}

type Target = Readonly<{ resource: Resource; namespace: string; name: string; subresource: string; rest: string }>;

/** What one request is about, beside its target. */
type Call = Readonly<{
  cluster: Cluster;
  request: ApiRequest;
  query: URLSearchParams;
  target: Target;
  warnings: string[];
}>;

const json = (call: Call, status: number, body: Json): ApiAnswer => ({
  kind: 'json',
  status,
  body,
  warnings: call.warnings,
});

function handle(cluster: Cluster, request: ApiRequest): ApiAnswer {
  const { pathname, searchParams: query } = new URL(request.url, 'http://localhost');
  const warnings: string[] = [];
  if (/^\/(?:healthz|readyz|livez)/.test(pathname)) return { kind: 'text', status: 200, body: 'ok', warnings };
  const document = request.method === 'GET' ? discovery(pathname.replace(/\/$/, ''), cluster.resources()) : undefined;
  if (document !== undefined) return { kind: 'json', status: 200, body: document, warnings };
  const target = targetOf(cluster, pathname);
  if (!target) throw noSuchPath();
  const call: Call = { cluster, request, query, target, warnings };
  const { resource, name, subresource } = target;
  if (subresource !== '') return handleSubresource(call);
  const reviewed = request.method === 'POST' ? review(resource, read(call)) : undefined;
  if (reviewed) return json(call, 201, reviewed);
  const verb = `${request.method}${name === '' ? '' : ' name'}`;
  switch (verb) {
    case 'GET':
      return ['true', '1'].includes(query.get('watch') ?? '') ? watch(call) : list(call);
    case 'GET name':
      return shown(call, existing(call));
    case 'POST':
      return json(call, 201, create(call, read(call)));
    case 'PUT name':
      return json(
        call,
        200,
        update(call, () => read(call)),
      );
    case 'PATCH name':
      return patch(call);
    case 'DELETE name':
      return remove(call, existing(call), deleteOptions(call));
    case 'DELETE': {
      const selects = selectorOf(resource, query);
      const options = deleteOptions(call);
      for (const object of cluster.store.list(resource, target.namespace || undefined).filter(selects))
        remove(call, object, options);
      return json(call, 200, { kind: 'Status', apiVersion: 'v1', status: 'Success' });
    }
    default:
      throw new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  }
}

function targetOf(cluster: Cluster, path: string): Target | undefined {
  const root = /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)\/(?<rest>.+)$/.exec(path)?.groups;
  if (!root) return undefined;
  const { group = '', version = '', rest = '' } = root;
  let segments = rest.split('/').map(decodeURIComponent);
  let namespace = '';
  if (segments[0] === 'namespaces' && segments.length > 2 && !['status', 'finalize'].includes(segments[2] ?? '')) {
    namespace = segments[1] ?? '';
    segments = segments.slice(2);
  }
  const [plural = '', name = '', subresource = '', ...more] = segments;
  const resource = cluster
    .resources()
    .find((one) => one.group === group && one.version === version && one.plural === plural);
  return resource && { resource, namespace, name, subresource, rest: more.join('/') };
}

function read({ request: { body, contentType }, cluster }: Call): JsonObject {
  if (isProtobuf(body)) return readProtobuf(body, (apiVersion, kind) => resourceOf(cluster, apiVersion, kind));
  const value = parsed(body, contentType);
  if (!isObject(value)) throw badRequest('the object provided is unrecognized (must be of type Object)');
  return value;
}

function parsed(body: Buffer, contentType: string): Json {
  try {
    // YAML, of which JSON is a part: server-side apply sends either.
    const value: unknown = contentType.includes('yaml')
      ? parse(body.toString(), { version: '1.1' })
      : JSON.parse(body.toString());
    if (isJson(value)) return value;
  } catch {
    // Said below.
  }
  throw badRequest('the body of the request is neither JSON nor YAML');
}

function existing({ cluster, target: { resource, namespace, name } }: Call): JsonObject {
  const found = cluster.store.find(resource, namespace, name);
  if (!found) throw notFound(resource, name);
  return toServed(resource, found);
}

/** An object in the form that the client accepts. */
function shown(call: Call, object: JsonObject): ApiAnswer {
  const { resource } = call.target;
  if (call.request.accept.includes('as=Table'))
    return json(call, 200, tableOf(resource, [object], objectAt(object, 'metadata')));
  return json(call, 200, inForm(call, object));
}

function inForm({ request, target: { resource } }: Call, object: JsonObject): JsonObject {
  if (request.accept.includes('as=PartialObjectMetadata')) {
    return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: objectAt(object, 'metadata') };
  }
  return toServed(resource, object);
}

function list(call: Call): ApiAnswer {
  const { cluster, query, request, target } = call;
  const { resource, namespace } = target;
  const all = cluster.store
    .list(resource, namespace === '' ? undefined : namespace)
    .filter(selectorOf(resource, query));
  const first = Number(query.get('continue') ?? 0);
  const limit = Number(query.get('limit') ?? 0);
  const items = limit > 0 ? all.slice(first, first + limit) : all.slice(first);
  const more = all.length > first + items.length;
  const metadata = {
    resourceVersion: String(cluster.store.version()),
    ...(more ? { continue: String(first + items.length), remainingItemCount: all.length - first - items.length } : {}),
  };
  if (request.accept.includes('as=Table')) return json(call, 200, tableOf(resource, items, metadata));
  const partial = request.accept.includes('as=PartialObjectMetadata');
  const type = partial
    ? { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' }
    : { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource) };
  return json(call, 200, { ...type, metadata, items: items.map((item) => inForm(call, item)) });
}

function watch(call: Call): ApiAnswer {
  const { cluster, query, request, target } = call;
  const { resource, namespace, name } = target;
  const { store } = cluster;
  const selects = selectorOf(resource, query);
  const wanted = (change: Change) =>
    resourceName(change.resource) === resourceName(resource) &&
    (namespace === '' || textAt(change.object, 'metadata', 'namespace') === namespace) &&
    (name === '' || textAt(change.object, 'metadata', 'name') === name) &&
    selects(change.object);
  const since = query.get('resourceVersion') ?? '';
  const fromStart = query.get('sendInitialEvents') === 'true' || since === '' || since === '0';
  const table = request.accept.includes('as=Table');
  const form = (object: JsonObject): Json => (table ? tableOf(resource, [object], {}) : inForm(call, object));
  return {
    kind: 'watch',
    warnings: call.warnings,
    seconds: Number(query.get('timeoutSeconds') ?? 600),
    begin(send) {
      const tell = ({ type, object }: Change) => {
        send({ type, object: form(object) });
      };
      if (fromStart) {
        for (const object of store.list(resource, namespace === '' ? undefined : namespace).filter(selects))
          send({ type: 'ADDED', object: form(object) });
      } else store.changesSince(Number(since)).filter(wanted).forEach(tell);
      if (query.get('sendInitialEvents') === 'true') {
        const metadata = {
          resourceVersion: String(store.version()),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        };
        send({
          type: 'BOOKMARK',
          object: table
            ? { ...tableOf(resource, [], metadata) }
            : { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata },
        });
      }
      return store.onChange((change) => {
        if (wanted(change)) tell(change);
      });
    },
  };
}

const managerOf = ({ query, request }: Call) =>
  query.get('fieldManager') ?? request.userAgent.split('/')[0] ?? 'unknown';
const isDryRun = ({ query }: Call, body?: JsonObject) =>
  query.get('dryRun') === 'All' || listAt(body, 'dryRun').includes('All');

/** The object by its type's fields; what the type does not have is refused, warned about or left out, as asked for. */
function decoded(call: Call, object: JsonObject): JsonObject {
  const { resource } = call.target;
  if (
    (object['kind'] ?? resource.kind) !== resource.kind ||
    (object['apiVersion'] ?? apiVersionOf(resource)) !== apiVersionOf(resource)
  ) {
    throw badRequest(
      `the API version in the data (${textAt(object, 'apiVersion')}) and kind ${textAt(object, 'kind')} do not match the expected ${apiVersionOf(resource)}, Kind=${resource.kind}`,
    );
  }
  const result = decode(resource, object);
  const texts = result.unknown.map((path) => `unknown field ${path}`);
  switch (texts.length > 0 ? (call.query.get('fieldValidation') ?? 'Warn') : '') {
    case 'Strict':
      throw badRequest(
        `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: strict decoding error: ${texts.join(', ')}`,
      );
    case 'Warn':
      call.warnings.push(...texts);
  }
  if (result.wrong.length > 0) throw invalid(resource, textAt(object, 'metadata', 'name'), result.wrong);
  return result.object;
}

/** @param applied whether its account of owners is there already, by server-side apply. */
function create(call: Call, given: JsonObject, applied = false): JsonObject {
  const { cluster } = call;
  const { resource, namespace } = call.target;
  const object = decoded(call, given);
  const metadata = objectAt(object, 'metadata');
  const prefix = textAt(metadata, 'generateName');
  const name =
    textAt(metadata, 'name') || (prefix === '' ? '' : `${prefix}${randomBytes(3).toString('hex').slice(0, 5)}`);
  const inNamespace = textAt(metadata, 'namespace');
  if (resource.namespaced && inNamespace !== '' && inNamespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  checkNamespace({ cluster, resource, namespace, before: undefined }, name);
  if (cluster.store.find(resource, namespace, name)) throw alreadyExists(resource, name);
  const own = omit(
    metadata,
    ...(applied ? [] : ['managedFields']),
    'uid',
    'resourceVersion',
    'creationTimestamp',
    'generation',
    'deletionTimestamp',
  );
  const fresh = { ...object, metadata: { ...own, name, ...(resource.namespaced ? { namespace } : {}) } };
  const withoutStatus = 'status' in resource.subresources ? withAt(fresh, ['status'], undefined) : fresh;
  return keep(call, withoutStatus, undefined, (full) =>
    applied ? full : trackUpdate(resource, undefined, full, managerOf(call), ''),
  );
}

/** Fills in, checks and keeps an object. */
function keep(
  call: Call,
  object: JsonObject,
  before: JsonObject | undefined,
  track: (full: JsonObject) => JsonObject,
): JsonObject {
  const { cluster, target } = call;
  const { resource, namespace } = target;
  const admission: Admission = { cluster, resource, namespace, before };
  const full = complete(admission, withDefaults(resource, object));
  warnAbout(call, full);
  const problems = problemsOf(resource, full, before);
  if (problems.length > 0) throw invalid(resource, textAt(full, 'metadata', 'name'), problems);
  admit(admission, full);
  const tracked = track(full);
  if (isDryRun(call)) return cluster.store.complete(resource, namespace, tracked);
  // A write that changes nothing but the times of its account is none.
  const untimed = (one: JsonObject) => withAt(one, ['metadata', 'managedFields'], undefined);
  if (
    before &&
    same(untimed(cluster.store.complete(resource, namespace, tracked)), untimed(before)) &&
    sameOwners(tracked, before)
  )
    return before;
  const kept = cluster.store.put(resource, namespace, toKept(resource, tracked));
  return finalized(cluster, resource, kept) ?? kept;
}

const sameOwners = (one: JsonObject, other: JsonObject) => {
  const owners = (object: JsonObject) =>
    listAt(object, 'metadata', 'managedFields').map((entry) =>
      isObject(entry) ? withAt(entry, ['time'], undefined) : entry,
    );
  return same(owners(one), owners(other));
};

/** Removes an object that was only held by finalizers. */
function finalized(cluster: Cluster, resource: Resource, object: JsonObject): JsonObject | undefined {
  const held = listAt(object, 'metadata', 'finalizers').length > 0 || resourceName(resource) === 'namespaces';
  if (textAt(object, 'metadata', 'deletionTimestamp') === '' || held) return undefined;
  cluster.store.remove(resource, textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name'));
  return object;
}

function warnAbout({ warnings, target: { resource } }: Call, object: JsonObject): void {
  const path = resource.kind === 'Pod' ? ['spec'] : ['spec', 'template', 'spec'];
  listAt(object, ...path, 'containers').forEach((container, index) => {
    const names = listAt(container, 'env').map((one) => textAt(one, 'name'));
    names.forEach((name, place) => {
      if (names.indexOf(name) < place)
        warnings.push(
          `${path.join('.')}.containers[${index}].env[${place}]: hides previous definition of "${name}", which may be dropped when using apply`,
        );
    });
  });
}

/** Kinds that are replaced only by who names the version that it replaces; so are all custom resources. */
const conditional = [
  'poddisruptionbudgets.policy',
  'csidrivers.storage.k8s.io',
  'leases.coordination.k8s.io',
  'runtimeclasses.node.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
];

function update(call: Call, bring: () => JsonObject): JsonObject {
  const { resource, name } = call.target;
  const before = existing(call);
  const object = decoded(call, bring());
  const metadata = objectAt(object, 'metadata');
  if (textAt(metadata, 'name') === '')
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  if ((resource.custom || conditional.includes(resourceName(resource))) && textAt(metadata, 'resourceVersion') === '') {
    const message = 'Invalid value: 0: must be specified for an update';
    throw invalid(resource, name, [{ reason: 'FieldValueInvalid', field: 'metadata.resourceVersion', message }]);
  }
  return replace(call, before, object, (full) =>
    trackUpdate(call.target.resource, before, full, managerOf(call), call.target.subresource),
  );
}

function replace(
  call: Call,
  before: JsonObject,
  object: JsonObject,
  track: (full: JsonObject) => JsonObject,
): JsonObject {
  const { resource, name, namespace, subresource } = call.target;
  const metadata = objectAt(object, 'metadata');
  if ((textAt(metadata, 'name') || name) !== name)
    throw badRequest(
      `the name of the object (${textAt(metadata, 'name')}) does not match the name on the URL (${name})`,
    );
  const inNamespace = textAt(metadata, 'namespace');
  if (resource.namespaced && inNamespace !== '' && inNamespace !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  const expected = textAt(metadata, 'resourceVersion');
  const current = textAt(before, 'metadata', 'resourceVersion');
  if (expected !== '' && expected !== current)
    throw conflict(
      resource,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  const fixed = Object.fromEntries(
    ['uid', 'creationTimestamp', 'generation', 'deletionTimestamp'].flatMap((key) =>
      at(before, 'metadata', key) === undefined ? [] : [[key, at(before, 'metadata', key) ?? '']],
    ),
  );
  const kept = { ...metadata, ...fixed, name, resourceVersion: current };
  if (subresource === 'status') return keep(call, { ...before, status: object['status'] ?? {} }, before, track);
  const status = 'status' in resource.subresources ? before['status'] : object['status'];
  const rest = omit(object, 'status');
  return keep(call, { ...rest, metadata: kept, ...(status === undefined ? {} : { status }) }, before, track);
}

function patch(call: Call): ApiAnswer {
  const { request, target, query } = call;
  const { resource, subresource } = target;
  const type = request.contentType.split(';')[0]?.trim() ?? '';
  if (type === 'application/apply-patch+yaml') return apply(call);
  const before = existing(call);
  const change = parsed(request.body, type);
  const value = patched(resource, before, change, type);
  const object = isObject(value) ? value : {};
  let fields: JsonObject;
  try {
    fields = decoded(call, object);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 400 || query.get('fieldValidation') === 'Strict') throw error;
    throw new ApiError(422, 'Invalid', `patch: Invalid value: ${JSON.stringify(object)}: ${error.message}`);
  }
  return json(
    call,
    200,
    replace(call, before, fields, (full) => trackUpdate(resource, before, full, managerOf(call), subresource)),
  );
}

function patched(resource: Resource, before: JsonObject, change: Json, type: string): Json {
  if (type === 'application/merge-patch+json') return mergePatch(before, change);
  if (type === 'application/json-patch+json') return jsonPatch(before, change);
  if (type === 'application/strategic-merge-patch+json' && !resource.custom) {
    return strategicMerge(before, change, resource.shape);
  }
  throw new ApiError(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
  );
}

function apply(call: Call): ApiAnswer {
  const { cluster, request, query, target } = call;
  const { resource, namespace, name, subresource } = target;
  const given = parsed(request.body, 'yaml');
  const body = isObject(given) ? given : {};
  if (query.get('fieldManager') === null)
    throw new ApiError(
      422,
      'Invalid',
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  if (at(body, 'metadata', 'managedFields') !== undefined) throw badRequest('metadata.managedFields must be nil');
  const applied = decoded(call, { ...body, metadata: { ...objectAt(body, 'metadata'), name } });
  const live = cluster.store.find(resource, namespace, name);
  const merged = applyFields(resource, live, applied, {
    manager: managerOf(call),
    force: query.get('force') === 'true',
    subresource,
  });
  if (!live) {
    return json(call, 201, create(call, merged, true));
  }
  return json(
    call,
    200,
    replace(
      call,
      live,
      withAt(merged, ['metadata', 'resourceVersion'], textAt(applied, 'metadata', 'resourceVersion')),
      (full) => full,
    ),
  );
}

function deleteOptions(call: Call): JsonObject {
  return call.request.body.length === 0 ? {} : read(call);
}

function remove(call: Call, object: JsonObject, options: JsonObject): ApiAnswer {
  const { cluster, query, target } = call;
  const { resource } = target;
  const [namespace, name, uid] = [
    textAt(object, 'metadata', 'namespace'),
    textAt(object, 'metadata', 'name'),
    textAt(object, 'metadata', 'uid'),
  ];
  checkPreconditions(resource, object, options['preconditions']);
  if (resourceName(resource) === 'namespaces' && ['default', 'kube-system', 'kube-public'].includes(name)) {
    throw forbidden(resource, name, 'this namespace may not be deleted');
  }
  const answer = json(call, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, group: resource.group, kind: resource.plural, uid },
  });
  if (isDryRun(call, options)) return answer;
  const policy = textAt(options, 'propagationPolicy') || (query.get('propagationPolicy') ?? '');
  for (const dependent of policy === 'Orphan' ? cluster.store.all() : []) {
    const owners = listAt(dependent.object, 'metadata', 'ownerReferences');
    const left = owners.filter((owner) => textAt(owner, 'uid') !== uid);
    if (left.length < owners.length)
      cluster.store.put(
        dependent.resource,
        textAt(dependent.object, 'metadata', 'namespace'),
        withAt(dependent.object, ['metadata', 'ownerReferences'], left),
      );
  }
  if (listAt(object, 'metadata', 'finalizers').length > 0 || resourceName(resource) === 'namespaces') {
    const phase = resourceName(resource) === 'namespaces' ? { status: { phase: 'Terminating' } } : {};
    cluster.store.put(resource, namespace, {
      ...withAt(object, ['metadata', 'deletionTimestamp'], textAt(object, 'metadata', 'deletionTimestamp') || now()),
      ...phase,
    });
  } else cluster.store.remove(resource, namespace, name);
  return answer;
}

const noContainers = () =>
  notSimulated('containers. No containers run here, so there are no logs and nothing to connect to');

function handleSubresource(call: Call): ApiAnswer {
  const { target, request, cluster } = call;
  const { resource, subresource, namespace, name } = target;
  if (!(subresource in resource.subresources)) throw noSuchPath();
  const object = existing({
    ...call,
    target: {
      ...target,
      name: subresource === 'proxy' ? (name.split(':').find((part) => !/^https?$/.test(part)) ?? '') : name,
    },
  });
  switch (subresource) {
    case 'status':
      if (request.method === 'GET') return shown(call, object);
      return request.method === 'PUT'
        ? json(
            call,
            200,
            update(call, () => read(call)),
          )
        : patch(call);
    case 'scale':
      return scale(call, object);
    case 'eviction':
      return remove({ ...call, target: { ...target, subresource: '' } }, object, objectAt(read(call), 'deleteOptions'));
    case 'token':
      return json(call, 201, {
        kind: 'TokenRequest',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: { name, namespace },
        spec: { audiences: [], expirationSeconds: 3600 },
        status: { token: `local.${randomBytes(24).toString('hex')}`, expirationTimestamp: now() },
      });
    case 'proxy': {
      if (resource.plural !== 'services') throw noContainers();
      const addresses = listAt(
        findIn(cluster, 'endpoints', namespace, textAt(object, 'metadata', 'name')),
        'subsets',
      ).flatMap((set) => listAt(set, 'addresses'));
      if (addresses.length === 0)
        throw new ApiError(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
      return { kind: 'text', status: 200, body: 'ok\n', warnings: [] };
    }
    case 'finalize':
    case 'binding':
    case 'ephemeralcontainers':
    case 'resize':
    case 'approval':
      throw notSimulated(`${resource.plural}/${subresource}`);
    default:
      throw noContainers();
  }
}

function scale(call: Call, object: JsonObject): ApiAnswer {
  const { request, target } = call;
  const scaleOf = (one: JsonObject): JsonObject => ({
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name: target.name,
      namespace: target.namespace,
      uid: textAt(one, 'metadata', 'uid'),
      resourceVersion: textAt(one, 'metadata', 'resourceVersion'),
    },
    spec: { replicas: numberAt(1, one, 'spec', 'replicas') },
    status: {
      replicas: numberAt(0, one, 'status', 'replicas'),
      selector: Object.entries(objectAt(one, 'spec', 'selector', 'matchLabels'))
        .map(([key, value]) => `${key}=${textOf(value)}`)
        .join(','),
    },
  });
  if (request.method === 'GET') return json(call, 200, scaleOf(object));
  const body = request.method === 'PUT' ? read(call) : mergePatch(scaleOf(object), parsed(request.body, 'json'));
  const replicas = at(body, 'spec', 'replicas') ?? 0;
  if (typeof replicas !== 'number' || replicas < 0) {
    throw new ApiError(
      422,
      'Invalid',
      `Scale.autoscaling "${target.name}" is invalid: spec.replicas: Invalid value: ${JSON.stringify(replicas)}: must be greater than or equal to 0`,
    );
  }
  const whole = { ...call, target: { ...target, subresource: '' } };
  const expected = textAt(body, 'metadata', 'resourceVersion');
  const changed = withAt(
    withAt(object, ['spec', 'replicas'], replicas),
    ['metadata', 'resourceVersion'],
    expected === '' ? undefined : expected,
  );
  const kept = replace(whole, object, changed, (full) =>
    trackUpdate(target.resource, object, full, managerOf(call), 'scale'),
  );
  return json(call, 200, scaleOf(kept));
}
