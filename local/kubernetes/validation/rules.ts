import {
  at,
  listAt,
  mapped,
  numberAt,
  objectAt,
  omit,
  same,
  shown,
  textAt,
  textsAt,
} from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { matchesSelector } from '../selector.ts';
import { hasTwice, isEmpty } from './fields.ts';
import { formatProblem, quantityOf } from './formats.ts';

/**
 * The server's rules for fields that depend on each other: `field: why`, and whether that is wrong
 * with the value.
 *
 * @param before what the value replaces; empty if it is new.
 * @param object what the value is part of.
 * @param conforms whether a value matches the schema of a custom resource.
 */
type Rule = (
  value: JsonObject,
  before: JsonObject,
  object: JsonObject,
  conforms: (schema: JsonObject, value: Json) => boolean,
) => Readonly<Record<string, boolean>>;

/** Whether a field is there and not empty, as Go sees it. */
const has = (value: Json | undefined, ...path: readonly string[]): boolean =>
  !isEmpty(at(value, ...path));

/** A selector must select something, including the pods of the template. */
const workload: Rule = ({ selector, template }) => ({
  'selector: is empty': Object.values(objectAt(selector)).every((one) => same(one, {})),
  'selector: does not match `template`': !matchesSelector(
    selector,
    objectAt(template, 'metadata', 'labels'),
  ),
  'template.spec.restartPolicy: must be Always':
    textAt(template, 'spec', 'restartPolicy') !== 'Always',
});

const deployment: Rule = (value, ...others) => ({
  ...workload(value, ...others),
  'progressDeadlineSeconds: must be greater than minReadySeconds':
    numberAt(0, value, 'progressDeadlineSeconds') <= numberAt(0, value, 'minReadySeconds'),
});

const isZero = (count: Json | undefined) => count === 0 || count === '0' || count === '0%';

const rollingUpdate = ({ maxUnavailable, maxSurge }: JsonObject) => ({
  'maxUnavailable: may not be 0 when `maxSurge` is 0': isZero(maxUnavailable) && isZero(maxSurge),
});

const job: Rule = ({ completionMode, completions, parallelism, template }) => ({
  'completionMode: Indexed needs completions, and parallelism of no more than 100000':
    completionMode === 'Indexed' && (isEmpty(completions) || Number(parallelism ?? 0) > 100_000),
  'template.spec.restartPolicy: must be OnFailure or Never':
    textAt(template, 'spec', 'restartPolicy') === 'Always',
});

const containersOf = (spec: Json | undefined) => [
  ...listAt(spec, 'initContainers'),
  ...listAt(spec, 'containers'),
];

const podSpec: Rule = (value, _before, object) => {
  const claims = listAt(object, 'spec', 'volumeClaimTemplates').map((claim) =>
    at(claim, 'metadata', 'name'),
  );
  const volumes = [...listAt(value, 'volumes').map((volume) => at(volume, 'name')), ...claims];
  const all = containersOf(value);
  const mounts = all
    .flatMap((one) => listAt(one, 'volumeMounts'))
    .map((mount) => textAt(mount, 'name'));
  const lost = mounts.filter((name) => !volumes.includes(name));
  const isServing = (one: Json) =>
    Object.keys(objectAt(one)).some((name) => /^(?:.*Probe|lifecycle)$/.test(name));
  const isElsewhere = (port: Json) =>
    ![undefined, at(port, 'containerPort')].includes(at(port, 'hostPort'));
  return {
    'containers: names must be unique': hasTwice(all, ['name']),
    [`containers.volumeMounts: not found: ${lost.join(', ')}`]: lost.length > 0,
    'initContainers: may not have probes or a lifecycle without restartPolicy=Always': listAt(
      value,
      'initContainers',
    ).some((one) => at(one, 'restartPolicy') === undefined && isServing(one)),
    'containers.ports.hostPort: must match `containerPort` when `hostNetwork` is true':
      value['hostNetwork'] === true && all.flatMap((one) => listAt(one, 'ports')).some(isElsewhere),
  };
};

/**
 * An update of a pod can only change images. Blanks around an image are refused here, but templates
 * may have them.
 */
const pod: Rule = ({ spec }, before) => {
  const withoutImages = (list: Json) => listAt(list).map((item) => omit(objectAt(item), 'image'));
  const fixed = (one: Json | undefined) =>
    mapped(objectAt(one), (field, name) =>
      /^(?:initC|c)ontainers$/.test(name) ? withoutImages(field) : field,
    );
  const isUpdate = before['spec'] !== undefined;
  return {
    'spec: an update may only change images': isUpdate && !same(fixed(spec), fixed(before['spec'])),
    'spec.containers.image: must not have leading or trailing whitespace': containersOf(spec).some(
      (one) => /^\s|\s$/.test(textAt(one, 'image')),
    ),
  };
};

const resources: Rule = ({ limits, requests }) => {
  const rows = Object.entries(objectAt(requests)).map(
    ([name, amount]) =>
      [name, quantityOf(shown(amount)), quantityOf(shown(at(limits, name)))] as const,
  );
  const isWhole = (name: string) => /^hugepages-|^(?!.*kubernetes\.io\/).+\//.test(name);
  return {
    'requests: must not be above the limits': rows.some(([, asked, most]) => asked > most),
    'requests: huge pages need cpu or memory':
      rows.some(([name]) => name.startsWith('hugepages-')) &&
      !rows.some(([name]) => /^(?:cpu|memory)$/.test(name)),
    'requests: must be whole, and the limits, of what is never lent': rows.some(
      ([name, asked, most]) => isWhole(name) && (asked !== most || !Number.isInteger(asked)),
    ),
  };
};

const service: Rule = (value) => {
  const { type, clusterIP } = value;
  const ports = listAt(value, 'ports');
  const isExternalName = type === 'ExternalName';
  const isHeadless = clusterIP === 'None';
  return {
    'ports: must have names where there are several':
      ports.length > 1 && ports.some((port) => !has(port, 'name')),
    "ports.nodePort: may not be used when `type` is 'ClusterIP'":
      type === 'ClusterIP' && ports.some((port) => (at(port, 'nodePort') ?? 0) !== 0),
    'ports: is required': !isExternalName && !isHeadless && ports.length === 0,
    'externalName: is required, and no clusterIP for ExternalName services':
      isExternalName && (!has(value, 'externalName') || (has(value, 'clusterIP') && !isHeadless)),
    "clusterIP: may not be set to 'None' for services of this type":
      isHeadless && (type === 'NodePort' || type === 'LoadBalancer'),
    "loadBalancerSourceRanges: may only be used when `type` is 'LoadBalancer'":
      type !== 'LoadBalancer' && has(value, 'loadBalancerSourceRanges'),
    'externalTrafficPolicy: may only be set for externally-accessible services':
      type === 'ClusterIP' && has(value, 'externalTrafficPolicy'),
  };
};

const claim: Rule = (value) => {
  const modes = textsAt(value, 'accessModes');
  const storage = shown(at(value, 'resources', 'requests', 'storage'));
  return {
    'resources.requests.storage: must be greater than zero':
      formatProblem('positive', storage) !== undefined,
    'accessModes: may not have others beside ReadWriteOncePod':
      modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod'),
  };
};

const networkPolicyPeer: Rule = (value) => {
  const hasSelector = has(value, 'podSelector') || has(value, 'namespaceSelector');
  return {
    'ipBlock: must be the only peer, or another one must be there':
      has(value, 'ipBlock') === hasSelector,
  };
};

const subject: Rule = ({ kind, name, apiGroup }) => {
  const isAccount = kind === 'ServiceAccount';
  const isRightGroup = isAccount ? isEmpty(apiGroup) : apiGroup === 'rbac.authorization.k8s.io';
  return {
    'name: must be a lowercase RFC 1123 subdomain':
      isAccount && formatProblem('subdomain', shown(name)) !== undefined,
    'apiGroup: must be rbac.authorization.k8s.io, and nothing for a ServiceAccount': !isRightGroup,
  };
};

/** The field that a metric of each type needs. */
const metricFields: Readonly<Record<string, string>> = {
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
  External: 'external',
};

const metric: Rule = (value) => {
  const field = metricFields[textAt(value, 'type')];
  const hasTarget = (target: string, names: readonly string[]) =>
    names.some((name) => has(value, name, 'target', target));
  return {
    'target: value is for objects and external metrics, averageUtilization for resources':
      hasTarget('value', ['resource', 'containerResource', 'pods']) ||
      hasTarget('averageUtilization', ['pods', 'object', 'external']),
    'type: needs the field of its name': field !== undefined && !has(value, field),
  };
};

const sizeOf = (map: Json) =>
  Object.entries(objectAt(map)).reduce(
    (sum, [key, text]) => sum + Buffer.byteLength(key + shown(text)),
    0,
  );

const configuration: Rule = (value, before) => {
  const contents = ({ data = {}, binaryData = {}, immutable = false }: JsonObject) => [
    data,
    binaryData,
    immutable,
  ];
  const [data = {}, binaryData = {}] = contents(value);
  // Secrets are in base64, in which three bytes take four characters.
  const most = (value['kind'] === 'Secret' ? 4 / 3 : 1) * 2 ** 20;
  return {
    'data: has a key of binaryData': Object.keys(objectAt(data)).some(
      (key) => at(binaryData, key) !== undefined,
    ),
    'data: may not be more than 1048576 bytes': sizeOf(data) + sizeOf(binaryData) > most,
    'data: field is immutable when `immutable` is set':
      before['immutable'] === true && !same(contents(value), contents(before)),
  };
};

const secret: Rule = (value, ...others) => {
  const { type, data } = value;
  const dockerConfig = shown(at(data, '.dockerconfigjson'));
  return {
    ...configuration(value, ...others),
    'data: must have tls.crt and tls.key, as its type says':
      type === 'kubernetes.io/tls' && !(has(data, 'tls.crt') && has(data, 'tls.key')),
    'data: must have ssh-privatekey, as its type says':
      type === 'kubernetes.io/ssh-auth' && !has(data, 'ssh-privatekey'),
    'data: must have .dockerconfigjson with a JSON object, as its type says':
      type === 'kubernetes.io/dockerconfigjson' &&
      formatProblem('dockerConfig', dockerConfig) !== undefined,
  };
};

/**
 * Part of a custom resource's schema: its default is valid, and what distinguishes its items is
 * always there.
 */
const structural: Rule = (schema, _before, _object, conforms) => {
  const { type, items, default: fallback = null } = schema;
  const listType = schema['x-kubernetes-list-type'];
  const isMap = listType === 'map';
  const required = textsAt(items, 'required');
  const isKey = (key: string) =>
    at(items, 'properties', key, ...(required.includes(key) ? [] : ['default'])) !== undefined;
  return {
    'default: must hold for the schema': fallback !== null && !conforms(schema, fallback),
    'items: must have all keys, by default or required': !textsAt(
      schema,
      'x-kubernetes-list-map-keys',
    ).every(isKey),
    'type: must not be empty for specified object fields':
      isEmpty(type) &&
      !has(schema, 'x-kubernetes-int-or-string') &&
      !has(schema, 'x-kubernetes-preserve-unknown-fields'),
    'type: arrays must have items': type === 'array' && !has(schema, 'items'),
    'properties: may not be there beside additionalProperties':
      has(schema, 'properties') && has(schema, 'additionalProperties'),
    'x-kubernetes-preserve-unknown-fields: must be true if it is there':
      schema['x-kubernetes-preserve-unknown-fields'] === false,
    'x-kubernetes-list-type: is for arrays': !isEmpty(listType) && type !== 'array',
    'x-kubernetes-list-type: map is for arrays of objects':
      isMap && textAt(items, 'type') !== 'object',
    'x-kubernetes-list-map-keys: go with the list type map, which needs them':
      isMap !== has(schema, 'x-kubernetes-list-map-keys'),
  };
};

const definition: Rule = ({ metadata, spec }) => {
  const name = `${textAt(spec, 'names', 'plural')}.${textAt(spec, 'group')}`;
  const stored = listAt(spec, 'versions').filter((one) => at(one, 'storage') === true);
  return {
    [`metadata.name: must be ${name}`]: name !== textAt(metadata, 'name'),
    'metadata.annotations: groups of Kubernetes need api-approved.kubernetes.io':
      formatProblem('protected', textAt(spec, 'group')) === undefined &&
      !has(metadata, 'annotations', 'api-approved.kubernetes.io'),
    'spec.versions: must have exactly one that is stored': stored.length !== 1,
  };
};

/** By the type's name in client-node. */
export const rules: Readonly<Record<string, Rule>> = {
  RbacV1Subject: subject,
  V1ClusterRoleBinding: ({ roleRef, subjects }) => ({
    'roleRef.kind: must be ClusterRole': textAt(roleRef, 'kind') !== 'ClusterRole',
    'subjects: accounts must have a namespace': listAt(subjects).some(
      (one) => at(one, 'kind') === 'ServiceAccount' && !has(one, 'namespace'),
    ),
  }),
  V1ConfigMap: configuration,
  V1Container: ({ livenessProbe, startupProbe }) => ({
    'successThreshold: must be 1 but for a readinessProbe': [livenessProbe, startupProbe].some(
      (probe) => numberAt(0, probe, 'successThreshold') > 1,
    ),
  }),
  V1CustomResourceDefinition: definition,
  V1CustomResourceDefinitionVersion: ({ schema }) => ({
    'schema.openAPIV3Schema: must be of type object':
      textAt(schema, 'openAPIV3Schema', 'type') !== 'object',
  }),
  V1DaemonSetSpec: workload,
  V1DeploymentSpec: deployment,
  V1DeploymentStrategy: (value) => ({
    "rollingUpdate: may not be specified when strategy `type` is 'Recreate'":
      value['type'] === 'Recreate' && has(value, 'rollingUpdate'),
  }),
  V1EnvVar: ({ value, valueFrom }) => ({
    'valueFrom: may not be specified when `value` is not empty':
      !isEmpty(value) && !isEmpty(valueFrom),
  }),
  V1HTTPIngressPath: ({ path, pathType }) => ({
    'path: must be an absolute path': isEmpty(path) && pathType !== 'ImplementationSpecific',
  }),
  V1IngressSpec: (value) => ({
    'rules: either `defaultBackend` or `rules` must be specified':
      !has(value, 'rules') && !has(value, 'defaultBackend'),
  }),
  V1Job: ({ metadata, spec }) => ({
    'metadata.name: must be a lowercase RFC 1123 label':
      textAt(spec, 'completionMode') === 'Indexed' &&
      formatProblem('label', textAt(metadata, 'name')) !== undefined,
  }),
  V1JobSpec: job,
  V1JSONSchemaProps: structural,
  V1LabelSelectorRequirement: ({ operator, values }) => ({
    'values: go with the operators In and NotIn':
      isEmpty(values) === (operator === 'In' || operator === 'NotIn'),
  }),
  V1Namespace({ metadata }) {
    const level = at(metadata, 'labels', 'pod-security.kubernetes.io/enforce');
    const levels = ['privileged', 'baseline', 'restricted'];
    return {
      'metadata.labels: must be a pod security level':
        level !== undefined && !levels.includes(shown(level)),
    };
  },
  V1NetworkPolicyPeer: networkPolicyPeer,
  V1NetworkPolicyPort: ({ port, endPort }) => ({
    'endPort: must not be below `port`, which must be there':
      !isEmpty(endPort) && (isEmpty(port) || Number(port) > Number(endPort)),
  }),
  V1ObjectMeta: ({ annotations = {} }) => ({
    'annotations: may not be more than 262144 bytes': sizeOf(annotations) > 2 ** 18,
  }),
  V1PersistentVolumeClaimSpec: claim,
  V1Pod: pod,
  V1PodDisruptionBudgetSpec: (value) => ({
    'minAvailable: minAvailable and maxUnavailable cannot be both set':
      has(value, 'minAvailable') && has(value, 'maxUnavailable'),
  }),
  V1PodSpec: podSpec,
  V1PolicyRule: (value) => ({
    'resources: resource rules must supply at least one api group and resource':
      !has(value, 'nonResourceURLs') && !(has(value, 'apiGroups') && has(value, 'resources')),
  }),
  V1ReplicaSetSpec: workload,
  V1ResourceRequirements: resources,
  V1RollingUpdateDaemonSet: (value) => ({
    ...rollingUpdate(value),
    'maxSurge: may not be set when maxUnavailable is non-zero':
      !isZero(value['maxUnavailable']) && !isZero(value['maxSurge']),
  }),
  V1RollingUpdateDeployment: rollingUpdate,
  V1Secret: secret,
  V1SecurityContext: ({ allowPrivilegeEscalation, privileged, capabilities }) => ({
    'allowPrivilegeEscalation: cannot be false when privileged, or with CAP_SYS_ADMIN':
      allowPrivilegeEscalation === false &&
      (privileged === true || textsAt(capabilities, 'add').includes('SYS_ADMIN')),
  }),
  V1ServiceSpec: service,
  V1StatefulSetSpec: workload,
  V1Toleration: ({ key, operator, value, effect, tolerationSeconds }) => ({
    "effect: must be 'NoExecute' when `tolerationSeconds` is set":
      !isEmpty(tolerationSeconds) && effect !== 'NoExecute',
    'operator: must be Exists when `key` is empty, and `value` empty when it is Exists':
      operator === 'Exists' ? !isEmpty(value) : isEmpty(key),
  }),
  V1VolumeResourceRequirements: resources,
  V2HorizontalPodAutoscalerSpec: ({ minReplicas, maxReplicas }) => ({
    'maxReplicas: must be greater than or equal to `minReplicas`':
      Number(minReplicas ?? 0) > Number(maxReplicas ?? 0),
  }),
  V2MetricSpec: metric,
};
