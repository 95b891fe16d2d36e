import { at, isObject, listAt, mapped, objectAt, shown, textAt, type Json, type JsonObject } from './json.ts';
import { fieldOf, resolve, type Resource, type Schema } from './schema.ts';

/** The object with all its defaults: those of its schema, and those that depend on other fields. */
export function withDefaults(resource: Resource, object: JsonObject): JsonObject {
  const filled = structuredClone(object);
  fill(filled, resource.schema);
  return filled;
}

function fill(value: Json, schema: Schema): void {
  if (Array.isArray(value)) {
    const items = resolve(schema['items']);
    for (const item of value) fill(item, items);
  }
  if (!isObject(value)) return;
  const type = textAt(schema, 'x-type');
  dependent[type]?.(value);
  for (const [name, field] of Object.entries(objectAt(schema, 'properties'))) {
    const { default: fallback, minLength } = objectAt(field);
    // An empty text is none, but where the server tells the two apart.
    const isMissing = value[name] === undefined || (type !== '' && value[name] === '' && minLength === undefined);
    if (fallback !== undefined && isMissing) value[name] = structuredClone(fallback);
  }
  for (const [name, inner] of Object.entries(value)) fill(inner, fieldOf(schema, name) ?? {});
}

/** With no parameters, those of a rolling update are the defaults. */
function rolling(strategy: JsonObject): void {
  if ((strategy['type'] ?? 'RollingUpdate') === 'RollingUpdate') strategy['rollingUpdate'] ??= {};
}

/** Defaults that depend on other fields. They change the value that they are given. */
const dependent: Readonly<Record<string, (value: JsonObject) => void>> = {
  V1DeploymentStrategy: rolling,
  V1DaemonSetUpdateStrategy: rolling,
  V1StatefulSetUpdateStrategy: rolling,
  V1Container(value) {
    const tag = /:([^/@]+)$/.exec(textAt(value, 'image'))?.[1];
    const latest = (tag === undefined && !textAt(value, 'image').includes('@')) || tag === 'latest';
    value['imagePullPolicy'] ??= latest ? 'Always' : 'IfNotPresent';
  },
  V1ResourceRequirements(value) {
    const limits = objectAt(value, 'limits');
    if (Object.keys(limits).length > 0) value['requests'] = { ...limits, ...objectAt(value, 'requests') };
  },
  V1Volume(value) {
    if (Object.keys(value).length === 1) value['emptyDir'] = {};
  },
  V1PodSpec(value) {
    const name = value['serviceAccountName'] ?? value['serviceAccount'];
    if (name !== undefined) Object.assign(value, { serviceAccountName: name, serviceAccount: name });
  },
  V1ServicePort(value) {
    if (value['targetPort'] === '' || value['targetPort'] === 0) Reflect.deleteProperty(value, 'targetPort');
    value['targetPort'] ??= value['port'] ?? 0;
  },
  V1ServiceSpec(value) {
    if (['NodePort', 'LoadBalancer'].includes(textAt(value, 'type'))) value['externalTrafficPolicy'] ??= 'Cluster';
  },
  V1JobSpec(value) {
    if (value['parallelism'] === undefined) value['completions'] ??= 1;
  },
  V1NetworkPolicySpec(value) {
    value['policyTypes'] ??= value['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
  },
  RbacV1Subject(value) {
    if (value['apiGroup'] === '') Reflect.deleteProperty(value, 'apiGroup');
    if (value['kind'] !== 'ServiceAccount') value['apiGroup'] ??= 'rbac.authorization.k8s.io';
  },
  V1CustomResourceDefinitionNames(value) {
    value['singular'] ??= textAt(value, 'kind').toLowerCase();
    value['listKind'] ??= `${textAt(value, 'kind')}List`;
  },
  V1Namespace(value) {
    const metadata = objectAt(value, 'metadata');
    const labels = { ...objectAt(metadata, 'labels'), 'kubernetes.io/metadata.name': textAt(metadata, 'name') };
    Object.assign(value, { metadata: { ...metadata, labels }, status: value['status'] ?? { phase: 'Active' } });
  },
  V1Pod(value) {
    value['status'] ??= { phase: 'Pending', qosClass: 'BestEffort' };
  },
  V1PersistentVolumeClaim(value) {
    value['status'] ??= { phase: 'Pending' };
  },
  V1Service(value) {
    value['status'] ??= { loadBalancer: {} };
  },
  V1CustomResourceDefinition(value) {
    const storedVersions = listAt(value, 'spec', 'versions').filter((version) => at(version, 'storage') === true);
    value['status'] ??= {
      acceptedNames: objectAt(value, 'spec', 'names'),
      conditions: ['NamesAccepted', 'Established'].map((type) => ({ type, status: 'True', reason: 'Accepted' })),
      storedVersions: storedVersions.map((version) => textAt(version, 'name')),
    };
  },
  V1Secret(value) {
    // `stringData` is write-only: it becomes `data`.
    const encoded = mapped(objectAt(value, 'stringData'), (text) => Buffer.from(shown(text)).toString('base64'));
    if (value['stringData'] !== undefined) value['data'] = { ...objectAt(value, 'data'), ...encoded };
    Reflect.deleteProperty(value, 'stringData');
  },
};
