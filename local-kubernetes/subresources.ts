import { existing, inForm, ok, parsed, read, type ApiAnswer, type Call } from './api.ts';
import { ApiError, invalid, invalidValue, noSuchPath, notSimulated } from './errors.ts';
import { at, listAt, numberAt, objectAt, omit, textAt, withAt, type JsonObject } from './json.ts';
import { mergePatch } from './merge.ts';
import { replicasOf } from './objects.ts';
import { keep, write } from './writes.ts';

/** What lies below an object: its status, its scale, and what acts on it. */
export function handleSubresource(call: Call): ApiAnswer {
  const { resource, subresource } = call;
  if (!(subresource in resource.subresources)) throw noSuchPath();
  const handler = handlers[`${subresource === 'proxy' ? `${resource.plural}/` : ''}${subresource}`];
  if (handler) return handler(call);
  throw notSimulated(`${resource.plural}/${subresource}, as no container runs here`);
}

const handlers: Readonly<Record<string, (call: Call) => ApiAnswer>> = {
  status: (call) => (call.request.method === 'GET' ? ok(inForm(call, existing(call))) : write(call)),
  scale,
  /** The proxy of a service: `NAME`, `NAME:PORT`, or `SCHEME:NAME:PORT`. */
  'services/proxy'(call) {
    const name = call.name.split(':').find((part) => !/^https?$/.test(part)) ?? '';
    existing({ ...call, name });
    const subsets = listAt(call.cluster.find('endpoints', call.namespace, name), 'subsets');
    if (subsets.length > 0) return ok('ok\n');
    throw new ApiError(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
  },
};

function scaleOf(object: JsonObject): JsonObject {
  const metadata = omit(objectAt(object, 'metadata'), 'managedFields');
  const [spec, status] = [{ replicas: replicasOf(object) }, { replicas: numberAt(0, object, 'status', 'replicas') }];
  return { kind: 'Scale', apiVersion: 'autoscaling/v1', metadata, spec, status };
}

function scale(call: Call): ApiAnswer {
  const { request, resource, name } = call;
  if (resource.custom) throw notSimulated('the scale of custom resources');
  const object = existing(call);
  if (request.method === 'GET') return ok(scaleOf(object));
  const body = request.method === 'PUT' ? read(call) : mergePatch(scaleOf(object), parsed(request.body));
  const replicas = at(body, 'spec', 'replicas') ?? 0;
  if (typeof replicas !== 'number' || replicas < 0)
    throw invalid(resource, name, [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')]);
  const version = textAt(body, 'metadata', 'resourceVersion');
  const changed = withAt(withAt(object, ['spec', 'replicas'], replicas), ['metadata', 'resourceVersion'], version);
  return ok(scaleOf(keep(call, changed, object)));
}
