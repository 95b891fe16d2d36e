import {
  at,
  isObject,
  mapped,
  objectAt,
  shown,
  textAt,
  withAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { fieldOf, resolve, type Resource, type Schema } from './schema.ts';
import { isEmpty } from './validation/fields.ts';

/** The object with all its defaults: those in its schema, and those that depend on other fields. */
export const withDefaults = ({ schema }: Resource, object: JsonObject): JsonObject =>
  objectAt(filled(object, schema));

function filled(value: Json, schema: Schema): Json {
  if (Array.isArray(value)) return value.map((item) => filled(item, resolve(schema['items'])));
  if (!isObject(value)) return value;
  const type = textAt(schema, 'x-type');
  const whole = { ...(dependent[type]?.(value) ?? value) };
  for (const [name, field] of Object.entries(objectAt(schema, 'properties'))) {
    const { default: fallback, minLength } = objectAt(field);
    // An empty text counts as missing, unless the server distinguishes the two.
    const isMissing =
      whole[name] === undefined || (type !== '' && whole[name] === '' && minLength === undefined);
    if (fallback !== undefined && isMissing) whole[name] = fallback;
  }
  return mapped(whole, (inner, name) => filled(inner, fieldOf(schema, name) ?? {}));
}

/** Values with what other fields fill in or determine. */
const dependent: Readonly<Record<string, (value: JsonObject) => JsonObject>> = {
  V1DeploymentStrategy: (value) =>
    value['type'] === 'Recreate' ? value : { rollingUpdate: {}, ...value },
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
    return name === undefined
      ? value
      : { ...value, serviceAccountName: name, serviceAccount: name };
  },
  V1ServicePort: (value) => ({
    ...value,
    targetPort: at(value, Number(value['targetPort'] ?? 0) === 0 ? 'port' : 'targetPort') ?? 0,
  }),
  V1ServiceSpec: (value) =>
    ['NodePort', 'LoadBalancer'].includes(textAt(value, 'type'))
      ? { externalTrafficPolicy: 'Cluster', ...value }
      : value,
  V1JobSpec: (value) => (value['parallelism'] === undefined ? { completions: 1, ...value } : value),
  V1NetworkPolicySpec: (value) => ({
    policyTypes: value['egress'] ? ['Ingress', 'Egress'] : ['Ingress'],
    ...value,
  }),
  V1RoleRef: (value) =>
    isEmpty(value['apiGroup']) ? { ...value, apiGroup: 'rbac.authorization.k8s.io' } : value,
  RbacV1Subject: (value) =>
    isEmpty(value['apiGroup']) && value['kind'] !== 'ServiceAccount'
      ? { ...value, apiGroup: 'rbac.authorization.k8s.io' }
      : value,
  V1CustomResourceDefinitionNames(value) {
    const kind = textAt(value, 'kind');
    return { singular: kind.toLowerCase(), listKind: `${kind}List`, ...value };
  },
  V1Namespace: (value) =>
    withAt(
      value,
      ['metadata', 'labels', 'kubernetes.io/metadata.name'],
      textAt(value, 'metadata', 'name'),
    ),
  V1Secret({ stringData, ...value }) {
    // `stringData` is write-only: it becomes `data`.
    const encoded = mapped(objectAt(stringData), (text) =>
      Buffer.from(shown(text)).toString('base64'),
    );
    return stringData === undefined
      ? value
      : { ...value, data: { ...objectAt(value, 'data'), ...encoded } };
  },
};
