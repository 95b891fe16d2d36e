import { at, isObject, listAt, mapped, objectAt, shown, textAt, type Json, type JsonObject } from './json.ts';
import { fieldOf, resolve, type Resource, type Schema } from './schema.ts';

/** The object with all its defaults: those of its schema, and those that depend on other fields. */
export const withDefaults = (resource: Resource, object: JsonObject): JsonObject =>
  filledObject(object, resource.schema);

function filled(value: Json, schema: Schema): Json {
  const items = resolve(schema['items']);
  if (Array.isArray(value)) return value.map((item) => filled(item, items));
  return isObject(value) ? filledObject(value, schema) : value;
}

function filledObject(value: JsonObject, schema: Schema): JsonObject {
  const type = textAt(schema, 'x-type');
  const whole = { ...(dependent[type]?.(value) ?? value) };
  for (const [name, field] of Object.entries(objectAt(schema, 'properties'))) {
    const { default: fallback, minLength } = objectAt(field);
    // An empty text is none, but where the server tells the two apart.
    const isMissing = whole[name] === undefined || (type !== '' && whole[name] === '' && minLength === undefined);
    if (fallback !== undefined && isMissing) whole[name] = fallback;
  }
  return mapped(whole, (inner, name) => filled(inner, fieldOf(schema, name) ?? {}));
}

/** With no parameters, those of a rolling update are the defaults. */
const rolling = (value: JsonObject): JsonObject =>
  (value['type'] ?? 'RollingUpdate') === 'RollingUpdate' ? { rollingUpdate: {}, ...value } : value;

/** Values with what is filled in, or made of them, by other fields. */
const dependent: Readonly<Record<string, (value: JsonObject) => JsonObject>> = {
  V1DeploymentStrategy: rolling,
  V1DaemonSetUpdateStrategy: rolling,
  V1StatefulSetUpdateStrategy: rolling,
  V1Container(value) {
    const [, tag = 'latest'] = /[:@]([^/@]+)$/.exec(textAt(value, 'image')) ?? [];
    return { imagePullPolicy: tag === 'latest' ? 'Always' : 'IfNotPresent', ...value };
  },
  V1ResourceRequirements(value) {
    const requests = { ...objectAt(value, 'limits'), ...objectAt(value, 'requests') };
    return value['limits'] === undefined ? value : { ...value, requests };
  },
  V1Volume: (value) => (Object.keys(value).length === 1 ? { emptyDir: {}, ...value } : value),
  V1PodSpec(value) {
    const name = value['serviceAccountName'] ?? value['serviceAccount'];
    return name === undefined ? value : { ...value, serviceAccountName: name, serviceAccount: name };
  },
  V1ServicePort: ({ targetPort = 0, ...value }) => ({
    ...value,
    targetPort: ['', '0'].includes(shown(targetPort)) ? (value['port'] ?? 0) : targetPort,
  }),
  V1ServiceSpec: (value) =>
    ['NodePort', 'LoadBalancer'].includes(textAt(value, 'type'))
      ? { externalTrafficPolicy: 'Cluster', ...value }
      : value,
  V1JobSpec: (value) => (value['parallelism'] === undefined ? { completions: 1, ...value } : value),
  V1NetworkPolicySpec: (value) => ({
    policyTypes: value['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'],
    ...value,
  }),
  RbacV1Subject: (value) =>
    value['kind'] === 'ServiceAccount' || textAt(value, 'apiGroup') !== ''
      ? value
      : { ...value, apiGroup: 'rbac.authorization.k8s.io' },
  V1CustomResourceDefinitionNames: (value) => ({
    singular: textAt(value, 'kind').toLowerCase(),
    listKind: `${textAt(value, 'kind')}List`,
    ...value,
  }),
  V1Namespace({ metadata = {}, ...others }) {
    const labels = { ...objectAt(metadata, 'labels'), 'kubernetes.io/metadata.name': textAt(metadata, 'name') };
    return { ...others, metadata: { ...objectAt(metadata), labels } };
  },
  V1CustomResourceDefinition(value) {
    const stored = listAt(value, 'spec', 'versions').filter((version) => at(version, 'storage') === true);
    const conditions = ['NamesAccepted', 'Established'].map((type) => ({ type, status: 'True', reason: 'Accepted' }));
    const storedVersions = stored.map((version) => textAt(version, 'name'));
    return { status: { acceptedNames: objectAt(value, 'spec', 'names'), conditions, storedVersions }, ...value };
  },
  V1Secret({ stringData, ...value }) {
    // `stringData` is write-only: it becomes `data`.
    const encoded = mapped(objectAt(stringData), (text) => Buffer.from(shown(text)).toString('base64'));
    return stringData === undefined ? value : { ...value, data: { ...objectAt(value, 'data'), ...encoded } };
  },
};
