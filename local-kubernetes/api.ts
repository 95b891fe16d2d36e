import { parse } from 'yaml';
import { beginRollout, deployments, endRollout, hasEndpoints, namespaces, services } from './controller.ts';
import { at, isObject, objectAt, textAt, type Json, type JsonObject } from './json.ts';
import { apiVersionOf, discovery, kinds, type Kind } from './kinds.ts';
import { mergePatch, strategicMerge } from './merge.ts';
import { selectorOf } from './selector.ts';
import { readSecret } from './protobuf.ts';
import { createStore, type Change, type Store } from './store.ts';

/** The API as one function from requests to answers. */

export type ApiRequest = Readonly<{ method: string; url: string; contentType: string; body: Buffer }>;

export type ApiAnswer =
  | Readonly<{ kind: 'json'; status: number; body: Json }>
  | Readonly<{ kind: 'text'; status: number; body: string }>
  /** Events one a line, until the client hangs up or the time is over. */
  | Readonly<{ kind: 'watch'; seconds: number; begin: (send: (event: Json) => void) => () => void }>;

export type Api = Readonly<{
  handle(request: ApiRequest): ApiAnswer;
  store: Store;
  stop(): void;
}>;

/** @param settleMs how long a rollout takes. */
export function createApi(namespaceNames: readonly string[], settleMs: number): Api {
  const store = createStore();
  const timers = new Set<NodeJS.Timeout>();
  for (const name of namespaceNames) {
    store.put(namespaces, '', {
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      status: { phase: 'Active' },
    });
  }
  store.onChange(({ kind, type, object }) => {
    if (kind !== deployments || type === 'DELETED') return;
    if (at(object, 'metadata', 'generation') === at(object, 'status', 'observedGeneration')) return;
    const later = (ms: number, work: () => void) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    };
    later(1, () => {
      const { namespace, name } = {
        namespace: textAt(object, 'metadata', 'namespace'),
        name: textAt(object, 'metadata', 'name'),
      };
      const current = store.find(deployments, namespace, name);
      if (!current || at(current, 'metadata', 'generation') === at(current, 'status', 'observedGeneration')) return;
      beginRollout(store, current);
      later(settleMs, () => {
        endRollout(store, current);
      });
    });
  });
  return {
    handle: (request) => handle(store, request),
    store,
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function handle(store: Store, request: ApiRequest): ApiAnswer {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const document = request.method === 'GET' ? discovery(pathname) : undefined;
  if (document !== undefined) return { kind: 'json', status: 200, body: document };
  const target = targetOf(pathname);
  if (!target) return failure(404, 'NotFound', 'the server could not find the requested resource');
  const { kind, namespace, name } = target;

  if (kind === services && target.subresource === 'proxy') {
    const service = store.find(services, namespace, name.split(':').find((part) => !/^https?$/.test(part)) ?? '');
    if (!service) return notFound(kind, name);
    return hasEndpoints(store, service)
      ? { kind: 'text', status: 200, body: 'ok\n' }
      : failure(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
  }
  if (target.subresource !== '') return failure(404, 'NotFound', 'the server could not find the requested resource');
  if (name === '') {
    switch (request.method) {
      case 'GET':
        return searchParams.get('watch') === 'true' || searchParams.get('watch') === '1'
          ? watch(store, kind, namespace, searchParams)
          : list(store, kind, namespace, searchParams);
      case 'POST':
        return write(store, target, read(request), searchParams, 201);
    }
  } else {
    const existing = store.find(kind, namespace, name);
    switch (request.method) {
      case 'GET':
        return existing ? { kind: 'json', status: 200, body: existing } : notFound(kind, name);
      case 'PUT':
        return existing ? write(store, target, read(request), searchParams, 200) : notFound(kind, name);
      case 'PATCH':
        return patch(store, target, existing, request, searchParams);
      case 'DELETE':
        if (!existing) return notFound(kind, name);
        if (!searchParams.has('dryRun')) store.remove(kind, namespace, name);
        return { kind: 'json', status: 200, body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } };
    }
  }
  return failure(405, 'MethodNotAllowed', `${request.method} is not served here`);
}

type Target = Readonly<{ kind: Kind; namespace: string; name: string; subresource: string }>;

function targetOf(path: string): Target | undefined {
  const root = /^\/(?:api|apis\/(?<group>[^/]+))\/v1\/(?<rest>.+)$/.exec(path)?.groups;
  if (!root) return undefined;
  const { group = '', rest = '' } = root;
  let segments = rest.split('/').map(decodeURIComponent);
  let namespace = '';
  if (segments[0] === 'namespaces' && segments.length > 2) {
    namespace = segments[1] ?? '';
    segments = segments.slice(2);
  }
  const [plural, name = '', subresource = ''] = segments;
  const kind = kinds.find((one) => one.group === group && one.plural === plural);
  return kind && { kind, namespace, name, subresource };
}

/** The object that a request brings; undefined where it cannot be read. */
function read({ contentType, body }: ApiRequest): JsonObject | undefined {
  if (contentType.startsWith('application/vnd.kubernetes.protobuf')) return readSecret(body);
  // YAML, of which JSON is a part: server-side apply sends either.
  const value = parse(body.toString()) as Json;
  return isObject(value) ? value : undefined;
}

function list(store: Store, kind: Kind, namespace: string, query: URLSearchParams): ApiAnswer {
  const items = store.list(kind, namespace === '' ? undefined : namespace).filter(selectorOf(query));
  const metadata = { resourceVersion: String(store.version()) };
  return {
    kind: 'json',
    status: 200,
    body: { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata, items },
  };
}

function watch(store: Store, kind: Kind, namespace: string, query: URLSearchParams): ApiAnswer {
  const selects = selectorOf(query);
  const wanted = (change: Change) =>
    change.kind === kind &&
    (namespace === '' || textAt(change.object, 'metadata', 'namespace') === namespace) &&
    selects(change.object);
  const since = query.get('resourceVersion') ?? '';
  const fromStart = query.get('sendInitialEvents') === 'true' || since === '' || since === '0';
  return {
    kind: 'watch',
    seconds: Number(query.get('timeoutSeconds') ?? 600),
    begin(send) {
      const tell = ({ type, object }: Change) => {
        send({ type, object });
      };
      if (fromStart) {
        for (const object of store.list(kind, namespace === '' ? undefined : namespace).filter(selects)) {
          send({ type: 'ADDED', object });
        }
      } else {
        store.changesSince(Number(since)).filter(wanted).forEach(tell);
      }
      if (query.get('sendInitialEvents') === 'true') {
        const metadata = {
          resourceVersion: String(store.version()),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        };
        send({ type: 'BOOKMARK', object: { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata } });
      }
      return store.onChange((change) => {
        if (wanted(change)) tell(change);
      });
    },
  };
}

function write(
  store: Store,
  target: Target,
  object: JsonObject | undefined,
  query: URLSearchParams,
  status: 200 | 201,
): ApiAnswer {
  if (!object) return failure(415, 'UnsupportedMediaType', 'the body is of a type that is not served here');
  const { kind } = target;
  const namespace = target.namespace || (kind.namespaced ? textAt(object, 'metadata', 'namespace') : '');
  const name = textAt(object, 'metadata', 'name');
  if (kind.namespaced && !store.find(namespaces, '', namespace)) return notFound(namespaces, namespace);
  if (object['kind'] !== undefined && object['kind'] !== kind.kind) {
    return failure(400, 'BadRequest', `${textAt(object, 'kind')} is no ${kind.kind}`);
  }
  const before = store.find(kind, namespace, name);
  if (status === 201 && before) return failure(409, 'AlreadyExists', `${kind.plural} "${name}" already exists`);
  const expected = textAt(object, 'metadata', 'resourceVersion');
  if (before && expected !== '' && expected !== textAt(before, 'metadata', 'resourceVersion')) {
    return failure(409, 'Conflict', `the object has been modified: ${kind.plural} "${name}"`);
  }
  const full = {
    ...encodeStringData(object),
    ...(before?.['status'] === undefined ? {} : { status: before['status'] }),
  };
  const dryRun = query.get('dryRun') === 'All';
  const kept = dryRun ? store.complete(kind, namespace, full) : keep(store, kind, namespace, full, before);
  return { kind: 'json', status, body: kept };
}

/** A write that changes nothing is none: nobody is told, and the version stays. */
function keep(
  store: Store,
  kind: Kind,
  namespace: string,
  object: JsonObject,
  before: JsonObject | undefined,
): JsonObject {
  if (before) {
    const completed = store.complete(kind, namespace, object);
    const withoutVersion = ({ metadata, ...rest }: JsonObject): string =>
      JSON.stringify([{ ...(isObject(metadata) ? metadata : {}), resourceVersion: '' }, rest]);
    if (withoutVersion(completed) === withoutVersion(before)) return before;
  }
  return store.put(kind, namespace, object);
}

function patch(
  store: Store,
  target: Target,
  existing: JsonObject | undefined,
  request: ApiRequest,
  query: URLSearchParams,
): ApiAnswer {
  const change = read(request) ?? {};
  const type = request.contentType.split(';')[0]?.trim();
  if (!existing && type !== 'application/apply-patch+yaml') return notFound(target.kind, target.name);
  switch (type) {
    case 'application/merge-patch+json':
      return merged(mergePatch(existing, change));
    case 'application/apply-patch+yaml':
    case 'application/strategic-merge-patch+json':
      return merged(strategicMerge(existing, change));
    default:
      return failure(415, 'UnsupportedMediaType', `a patch of type ${request.contentType} is not served`);
  }
  function merged(value: Json): ApiAnswer {
    const object = isObject(value) ? value : {};
    const metadata = { ...objectAt(object, 'metadata'), name: target.name };
    return write(store, target, { ...object, metadata }, query, existing ? 200 : 201);
  }
}

/** `stringData` is write-only: it becomes `data`. */
function encodeStringData({ stringData, ...object }: JsonObject): JsonObject {
  if (!isObject(stringData)) return object;
  const encoded = Object.entries(stringData).map(([name, value]) => [
    name,
    Buffer.from(typeof value === 'string' ? value : '').toString('base64'),
  ]);
  return { ...object, data: { ...objectAt(object, 'data'), ...(Object.fromEntries(encoded) as JsonObject) } };
}

function notFound({ plural }: Kind, name: string): ApiAnswer {
  return failure(404, 'NotFound', `${plural} "${name}" not found`);
}

function failure(code: number, reason: string, message: string): ApiAnswer {
  return {
    kind: 'json',
    status: code,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code },
  };
}
