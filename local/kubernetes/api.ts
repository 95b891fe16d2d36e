import { existing, parsed, read, type ApiAnswer, type ApiRequest, type Call } from './call.ts';
import type { Cluster } from './cluster.ts';
import { discovery } from './discovery.ts';
import { ApiError, noSuchPath, notSimulated } from './errors.ts';
import { at, listAt, numberAt, objectAt, textAt, type Json, type JsonObject } from './json.ts';
import { mergePatch } from './merge.ts';
import { apiVersionOf } from './schema.ts';
import { selectorOf } from './selector.ts';
import { namespaceOf, replicasOf, resourceName } from './objects.ts';
import type { Change } from './store.ts';
import { tableOf } from './tables.ts';
import { keep, remove, write } from './writes.ts';

/** The API as one function from requests to answers. */

/** The answer to a request. Anything that goes wrong is an answer, too. */
export function handle(cluster: Cluster, request: ApiRequest): ApiAnswer {
  try {
    return answerTo(cluster, request);
  } catch (error) {
    const known =
      error instanceof ApiError ? error : notSimulated(`this request (${String(error)})`);
    return { status: known.code, body: known.status };
  }
}

function answerTo(cluster: Cluster, request: ApiRequest): ApiAnswer {
  const { pathname, searchParams: query } = new URL(request.url, 'http://localhost');
  if (/^\/(?:healthz|readyz|livez)/.test(pathname)) return { status: 200, body: 'ok' };
  if (request.headers['impersonate-user'] !== undefined) {
    throw notSimulated('acting as somebody else (--as)');
  }

  if (request.method === 'GET') {
    const document = discovery(pathname.replace(/\/$/, ''), cluster.resources());
    if (document !== undefined) return { status: 200, body: document };
  }

  const call: Call = { cluster, request, query, warnings: [], ...targetOf(cluster, pathname) };
  refuseUnsimulated(call);
  return { ...handlerOf(call)(call), warnings: call.warnings };
}

/** Refuses resources that are served, but not simulated. */
function refuseUnsimulated({ cluster, resource }: Call): void {
  const name = resourceName(resource);
  if (!resource.custom && cluster.resource(name).version !== resource.version) {
    throw notSimulated(`${apiVersionOf(resource)} of ${name}, which has a newer version`);
  }
  if (resource.kind === 'ControllerRevision') {
    throw notSimulated('the history of stateful sets and daemon sets');
  }
}

function handlerOf({ request: { method }, resource, name, subresource }: Call) {
  if (subresource !== '') {
    if (!(subresource in resource.subresources)) throw noSuchPath();
    const handler = subresourceHandlers[subresource];
    if (handler) return handler;
    throw notSimulated(`${resource.plural}/${subresource}, as no container runs here`);
  }

  const what = name === '' ? method : `${method} name`;
  const handler = handlers[what];
  if (handler) return handler;
  throw notSimulated(`${resource.plural}/${what}, as it is rare`);
}

/** By method, with ` name` if the path names an object. */
const handlers: Readonly<Record<string, (call: Call) => ApiAnswer>> = {
  GET: (call) =>
    ['true', '1'].includes(call.query.get('watch') ?? '') ? watch(call) : ok(list(call)),
  'GET name': (call) => ok(inForm(call, existing(call))),
  POST: (call) => review(call) ?? write(call),
  'PUT name': write,
  'PATCH name': write,
  'DELETE name': (call) => ok(remove(call, existing(call))),
  DELETE(call) {
    for (const object of selected(call)) remove(call, object);
    return ok({ kind: 'Status', apiVersion: 'v1', status: 'Success' });
  },
};

const subresourceHandlers: Readonly<Record<string, (call: Call) => ApiAnswer>> = {
  status: (call) =>
    call.request.method === 'GET' ? ok(inForm(call, existing(call))) : write(call),
  scale,
  /** The proxy of a service: `NAME`, `NAME:PORT`, or `SCHEME:NAME:PORT`. */
  proxy(call) {
    if (call.resource.plural !== 'services')
      throw notSimulated(`the proxy of ${call.resource.plural}`);
    const name = call.name.split(':').find((part) => !/^https?$/.test(part)) ?? '';
    existing({ ...call, name });
    const subsets = listAt(call.cluster.find('endpoints', call.namespace, name), 'subsets');
    if (subsets.length > 0) return ok('ok\n');
    throw new ApiError(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
  },
};

function scaleOf(object: JsonObject): JsonObject {
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: objectAt(object, 'metadata'),
    spec: { replicas: replicasOf(object) },
    status: { replicas: numberAt(0, object, 'status', 'replicas') },
  };
}

function scale(call: Call): ApiAnswer {
  const { request, resource } = call;
  if (resource.custom) throw notSimulated('the scale of custom resources');
  const object = existing(call);
  if (request.method === 'GET') return ok(scaleOf(object));

  const body =
    request.method === 'PUT' ? read(call) : mergePatch(scaleOf(object), parsed(request.body));
  const replicas = at(body, 'spec', 'replicas') ?? 0;
  const version = textAt(body, 'metadata', 'resourceVersion');
  const changed = mergePatch(object, {
    spec: { replicas },
    metadata: { resourceVersion: version },
  });
  return ok(scaleOf(keep(call, objectAt(changed), object)));
}

const ok = (body: Json): ApiAnswer => ({ status: 200, body });

/** What a path names: `/apis/GROUP/VERSION/namespaces/NAMESPACE/PLURAL/NAME/SUBRESOURCE`. */
function targetOf(
  cluster: Cluster,
  pathname: string,
): Pick<Call, 'resource' | 'namespace' | 'name' | 'subresource'> {
  const [root, ...parts] = pathname.slice(1).split('/').map(decodeURIComponent);
  let apiVersion: string | undefined;
  if (root === 'api') apiVersion = parts.shift();
  if (root === 'apis') apiVersion = parts.splice(0, 2).join('/');

  // A namespace is an object, too, and has subresources of its own.
  const isInside =
    parts[0] === 'namespaces' &&
    parts.length > 2 &&
    !['status', 'finalize'].includes(parts[2] ?? '');
  const [, namespace = ''] = isInside ? parts.splice(0, 2) : [];
  const [plural, name = '', subresource = ''] = parts;
  const resource = cluster
    .resources()
    .find((one) => apiVersionOf(one) === apiVersion && one.plural === plural);
  if (!resource) throw noSuchPath();
  return { resource, namespace, name, subresource };
}

/**
 * Questions that are posted and not stored. The client is a cluster administrator, as in a pod of
 * run command.
 */
function review(call: Call): ApiAnswer | undefined {
  const userInfo = { username: 'admin', groups: ['system:masters', 'system:authenticated'] };
  const answers: JsonObject = {
    SelfSubjectReview: { userInfo },
    SelfSubjectAccessReview: { allowed: true },
  };
  const status = answers[call.resource.kind];
  return status === undefined ? undefined : { status: 201, body: { ...read(call), status } };
}

const isTable = ({ request }: Call) => request.headers.accept?.includes('as=Table') === true;

/** An object in the form that the client accepts. */
const inForm = (call: Call, object: JsonObject): JsonObject =>
  isTable(call)
    ? tableOf(call.resource, [object], objectAt(object, 'metadata'))
    : { ...object, apiVersion: apiVersionOf(call.resource) };

const selected = ({ cluster, resource, namespace, query }: Call) =>
  cluster
    .list(resource, namespace === '' ? undefined : namespace)
    .filter(selectorOf(resource, query));

function list(call: Call): JsonObject {
  const { cluster, query, resource } = call;
  const all = selected(call);
  const first = Number(query.get('continue') ?? 0);
  const items = all.slice(first, first + (Number(query.get('limit') ?? 0) || Infinity));
  const next = first + items.length < all.length ? String(first + items.length) : '';
  const metadata = { resourceVersion: String(cluster.version()), continue: next };
  if (isTable(call)) return tableOf(resource, items, metadata);
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata,
    items: items.map((item) => inForm(call, item)),
  };
}

function watch(call: Call): ApiAnswer {
  const { cluster, query, resource, namespace } = call;
  // Clients that ask for a list as events can also work with a list and a watch.
  if (query.get('sendInitialEvents') === 'true')
    throw new ApiError(
      422,
      'Invalid',
      'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
    );
  const selects = selectorOf(resource, query);
  const since = Number(query.get('resourceVersion') ?? 0);
  const begin = (send: (event: Json) => void) => {
    const inform = ({ type, resource: of, object }: Change) => {
      const isInside =
        resourceName(of) === resourceName(resource) &&
        ['', namespaceOf(object)].includes(namespace);
      if (isInside && selects(object)) send({ type, object: inForm(call, object) });
    };
    const present = () => cluster.all().map((one): Change => ({ type: 'ADDED', ...one }));
    (since === 0 ? present() : cluster.changesSince(since)).forEach(inform);
    return cluster.onChange(inform);
  };
  return {
    status: 200,
    body: '',
    watch: { seconds: Number(query.get('timeoutSeconds') ?? 600), begin },
  };
}
