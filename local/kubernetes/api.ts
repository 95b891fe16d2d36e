import { existing, parsed, read, type ApiAnswer, type ApiRequest, type Call } from './call.ts';
import type { Change, Cluster } from './cluster.ts';
import { refuseUndecided, undecidedCommand } from './decided.ts';
import { discovery } from './discovery.ts';
import { ApiError, badRequest, noSuchPath, UndecidedError } from './errors.ts';
import {
  at,
  listAt,
  numberAt,
  objectAt,
  shown,
  textAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { mergePatch } from './merge.ts';
import { isTrue, namespaceOf, replicasOf, resourceName } from './objects.ts';
import { apiVersionOf } from './schema.ts';
import { matchesSelector, selectorOf } from './selector.ts';
import { tableOf } from './tables.ts';
import { remove, store, write } from './writes.ts';

/** The API as one function from requests to answers. */

/** The answer to a request. Anything that goes wrong is an answer, too. */
export function handle(cluster: Cluster, request: ApiRequest): ApiAnswer {
  try {
    return answerTo(cluster, request);
  } catch (error) {
    const known =
      error instanceof ApiError ? error : new UndecidedError(`this request (${String(error)})`);
    const undecided = known instanceof UndecidedError ? known.what : undefined;
    return { status: known.code, body: known.status, undecided };
  }
}

function answerTo(cluster: Cluster, request: ApiRequest): ApiAnswer {
  const { pathname, searchParams: query } = new URL(request.url, 'http://localhost');
  if (/^\/(?:healthz|readyz|livez)/.test(pathname)) return { status: 200, body: 'ok' };

  if (request.method === 'GET') {
    const document = discovery(pathname.replace(/\/$/, ''), cluster.resources());
    // Some commands fail at what they find out here, and ask for nothing else.
    const undecided = undecidedCommand(request);
    if (document !== undefined) return { status: 200, body: document, undecided };
  }

  const call: Call = { cluster, request, query, warnings: [], ...targetOf(cluster, pathname) };
  refuseUndecided(call);
  return { ...handlerOf(call)(call), warnings: call.warnings };
}

function handlerOf({ request: { method }, resource, name, subresource }: Call) {
  if (subresource === 'scale') return scale;
  if (subresource === 'proxy') return proxy;
  if (subresource === 'log') return log;

  const what = name === '' ? method : `${method} name`;
  const handler = handlers[what];
  if (handler) return handler;
  throw new UndecidedError(`${method} of ${resource.plural}`);
}

/** By method, with ` name` if the path names an object. */
const handlers: Readonly<Record<string, (call: Call) => ApiAnswer>> = {
  GET: (call) =>
    ['true', '1'].includes(call.query.get('watch') ?? '') ? watch(call) : ok(list(call)),
  'GET name': (call) => ok(inForm(call, existing(call))),
  POST: write,
  'PUT name': write,
  'PATCH name': write,
  'DELETE name': (call) => ok(remove(call, existing(call))),
  DELETE(call) {
    for (const object of selected(call)) remove(call, object);
    return ok({ kind: 'Status', apiVersion: 'v1', status: 'Success' });
  },
};

/** The proxy of a service, `NAME`, `NAME:PORT`, or `SCHEME:NAME:PORT`, if it has ready pods. */
function proxy(call: Call): ApiAnswer {
  const name = call.name.split(':').find((part) => !/^https?$/.test(part)) ?? '';
  const service = existing({ ...call, name });
  const selector = { matchLabels: objectAt(service, 'spec', 'selector') };
  const isBehind = (pod: JsonObject) =>
    matchesSelector(selector, objectAt(pod, 'metadata', 'labels')) && isTrue(pod, 'Ready');
  if (call.cluster.list('pods', call.namespace).some(isBehind)) return ok('ok\n');
  throw new ApiError(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
}

/** The log of a pod that has ended: no container ran, and nobody should take that for its output. */
function log(call: Call): ApiAnswer {
  const pod = existing(call);
  if (textAt(pod, 'status', 'phase') === 'Succeeded')
    return ok('(This is a stand-in for a cluster: no container ran, so there is no output.)\n');

  for (const { name, state } of listAt(pod, 'status', 'containerStatuses').map((one) =>
    objectAt(one),
  )) {
    const reason = textAt(state, 'waiting', 'reason');
    const isPull = reason === 'ImagePullBackOff';
    const why = isPull ? 'trying and failing to pull image' : reason;
    if (reason !== '')
      throw badRequest(
        `container "${shown(name)}" in pod "${call.name}" is waiting to start: ${why}`,
      );
  }
  throw new UndecidedError('kubectl logs of a pod that runs');
}

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
  const { request } = call;
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
  return ok(scaleOf(store(call, objectAt(changed), object)));
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
  if (apiVersion === undefined) throw new UndecidedError(`GET ${pathname}`);

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
  const { cluster, request, resource } = call;
  const items = selected(call);
  // The conditions of a custom resource come from a controller, of which there is none. A watch
  // would be repeated if it was refused.
  if (resource.custom && items.length > 0 && request.headers['kubectl-command'] === 'kubectl wait')
    throw new UndecidedError(`kubectl wait for ${resource.plural}.${resource.group}`);

  const metadata = { resourceVersion: String(cluster.version()) };
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
