import { randomBytes } from 'node:crypto';
import { answered, existing, parsed, read, shown, type ApiAnswer, type Call } from './api.ts';
import { ApiError, invalid, invalidValue, noSuchPath, notSimulated } from './errors.ts';
import { at, listAt, numberAt, objectAt, shown as textOf, textAt, withAt, type JsonObject } from './json.ts';
import { mergePatch } from './merge.ts';
import { now } from './objects.ts';
import { patch, replace, update } from './writes.ts';

/** What lies below an object: its status, its scale, and what acts on it. */
export function handleSubresource(call: Call): ApiAnswer {
  const { resource, subresource } = call;
  if (!(subresource in resource.subresources)) throw noSuchPath();
  const handler = handlers[`${subresource === 'proxy' ? `${resource.plural}/` : ''}${subresource}`];
  if (handler) return handler(call);
  throw notSimulated(`${resource.plural}/${subresource}, as no container runs here`);
}

const handlers: Readonly<Record<string, (call: Call) => ApiAnswer>> = {
  status(call) {
    if (call.request.method === 'GET') return shown(call, existing(call));
    return call.request.method === 'PUT' ? answered(call, update(call, existing(call), read(call))) : patch(call);
  },
  scale,
  token(call) {
    const { name, namespace } = call;
    existing(call);
    const metadata = { name, namespace };
    const spec = { audiences: [], expirationSeconds: 3600 };
    const status = { token: `local.${randomBytes(24).toString('hex')}`, expirationTimestamp: now() };
    const apiVersion = 'authentication.k8s.io/v1';
    return answered(call, { kind: 'TokenRequest', apiVersion, metadata, spec, status }, 201);
  },
  /** The proxy of a service: `NAME`, `NAME:PORT`, or `SCHEME:NAME:PORT`. */
  'services/proxy'(call) {
    const name = call.name.split(':').find((part) => !/^https?$/.test(part)) ?? '';
    existing({ ...call, name });
    const subsets = listAt(call.cluster.find('endpoints', call.namespace, name), 'subsets');
    if (subsets.length > 0) return { status: 200, body: 'ok\n' };
    throw new ApiError(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
  },
};

function scaleOf(object: JsonObject): JsonObject {
  const { name = '', namespace = '', uid = '', resourceVersion = '' } = objectAt(object, 'metadata');
  const labels = Object.entries(objectAt(object, 'spec', 'selector', 'matchLabels'));
  const selector = labels.map(([key, value]) => `${key}=${textOf(value)}`).join(',');
  return {
    ...{ kind: 'Scale', apiVersion: 'autoscaling/v1', metadata: { name, namespace, uid, resourceVersion } },
    spec: { replicas: numberAt(1, object, 'spec', 'replicas') },
    status: { replicas: numberAt(0, object, 'status', 'replicas'), selector },
  };
}

function scale(call: Call): ApiAnswer {
  const { request, resource, name } = call;
  if (resource.custom) throw notSimulated('the scale of custom resources');
  const object = existing(call);
  if (request.method === 'GET') return answered(call, scaleOf(object));
  const body = request.method === 'PUT' ? read(call) : mergePatch(scaleOf(object), parsed(request.body));
  const replicas = at(body, 'spec', 'replicas') ?? 0;
  if (typeof replicas !== 'number' || replicas < 0)
    throw invalid(resource, name, [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')]);
  const version = textAt(body, 'metadata', 'resourceVersion');
  const changed = withAt(withAt(object, ['spec', 'replicas'], replicas), ['metadata', 'resourceVersion'], version);
  return answered(call, scaleOf(replace(call, object, changed)));
}
