import { forbiddenValue, invalidValue, notSimulated, required, tooLong, type Problem } from '../errors.ts';
import { at, isObject, listAt, objectAt, omit, same, shown, textAt, textsAt, withAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { referenceTo, resolve } from '../schema.ts';
import { matchesSelector } from '../selector.ts';
import { isEmpty } from './conditions.ts';
import { formatProblem, quantityOf } from './formats.ts';
import { check, isTyped } from './index.ts';

/**
 * What a line of validation/conditions.ts cannot say.
 *
 * @param before what the value replaces; empty where it is new.
 */
type Rule = (value: JsonObject, before: JsonObject) => readonly (Problem | false)[];

const isNew = (before: JsonObject) => Object.keys(before).length === 0;
const isNothing = (value: Json) => Object.keys(value ?? {}).length === 0;

/** A selector that selects something, and the pods of the template among it. */
const workload: Rule = ({ selector, template }) => {
  const labels = objectAt(template, 'metadata', 'labels');
  return [
    Object.values(objectAt(selector)).every(isNothing) &&
      invalidValue('selector', selector, 'empty selector is invalid'),
    !matchesSelector(selector, labels) &&
      invalidValue('template.metadata.labels', labels, '`selector` does not match template `labels`'),
  ];
};

const podSpec: Rule = (value) => {
  const volumes = listAt(value, 'volumes').map((volume) => textAt(volume, 'name'));
  const initial = listAt(value, 'initContainers');
  const all = [...initial, ...listAt(value, 'containers')];
  const names = all.map((one) => textAt(one, 'name'));
  const mounted = all.flatMap((one) => listAt(one, 'volumeMounts')).map((mount) => textAt(mount, 'name'));
  const isServing = (one: Json) =>
    ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'].some((name) => at(one, name) !== undefined);
  const isElsewhere = (port: Json) => ![undefined, at(port, 'containerPort')].includes(at(port, 'hostPort'));
  return [
    new Set(names).size < names.length && invalidValue('containers', names, 'names must be unique'),
    ...mounted.map(
      (name) => !volumes.includes(name) && invalidValue('volumeMounts.name', name, 'no volume has this name'),
    ),
    initial.some((one) => at(one, 'restartPolicy') === undefined && isServing(one)) &&
      forbiddenValue('initContainers', 'may not have probes or a lifecycle without restartPolicy=Always'),
    value['hostNetwork'] === true &&
      all.flatMap((one) => listAt(one, 'ports')).some(isElsewhere) &&
      invalidValue('containers.ports.hostPort', '', 'must match `containerPort` when `hostNetwork` is true'),
  ];
};

/** Of a pod, an update changes images, tolerations, and how long it may run. */
const pod: Rule = ({ spec }, before) => {
  const changing = ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds', 'nodeName'];
  const withoutImages = (one: Json | undefined, list: string): Json[] =>
    listAt(one, list).map((item) => withAt(objectAt(item), ['image'], undefined));
  const fixed = (one: Json | undefined): JsonObject => ({
    ...omit(objectAt(one), ...changing),
    containers: [...withoutImages(one, 'initContainers'), ...withoutImages(one, 'containers')],
    initContainers: [],
  });
  const why = `pod updates may not change fields other than images, ${changing.join(', ')}`;
  return [!isNew(before) && !same(fixed(spec), fixed(before['spec'])) && forbiddenValue('spec', why)];
};

/** Quantities of known resources, of which no more is asked than is allowed. */
const resources: Rule = ({ limits, requests }) =>
  Object.entries({ limits, requests }).flatMap(([field, amounts]) =>
    Object.entries(objectAt(amounts)).flatMap(([name, amount]) => {
      const [asked, limit] = [quantityOf(shown(amount)), at(limits, name)];
      const path = `${field}[${name}]`;
      return [
        !/^(?:cpu|memory|storage|ephemeral-storage|hugepages-.+|.+\/.+)$/.test(name) &&
          invalidValue(path, name, 'must be a standard resource type or fully qualified'),
        asked < 0 && invalidValue(path, amount, 'must be greater than or equal to 0'),
        asked > quantityOf(shown(limit)) &&
          invalidValue(path, amount, `must not be more than the limit of ${shown(limit)}`),
      ];
    }),
  );

const service: Rule = (value, before) => {
  const { type, clusterIP = '' } = value;
  const last = textAt(before, 'clusterIP');
  if (type === 'ExternalName') return [];
  return [
    !/^(?:None|10\.0\.\d+\.\d+)?$/.test(shown(clusterIP)) &&
      invalidValue('clusterIPs', [clusterIP], 'the provided IP is not in the valid range 10.0.0.0/16'),
    last !== '' && clusterIP !== last && invalidValue('clusterIPs[0]', clusterIP, 'may not change once set'),
    ...listAt(value, 'ports').flatMap((port, index, all) => [
      all.length > 1 && isEmpty(at(port, 'name')) && required(`ports[${index}].name`),
      type === 'ClusterIP' &&
        Number(at(port, 'nodePort') ?? 0) !== 0 &&
        forbiddenValue(`ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'"),
    ]),
  ];
};

/** Keys and size of what a config map or secret holds, and that it stays as it is where it says so. */
const configuration: Rule = (value, before) => {
  const entries = ['data', 'binaryData'].flatMap((name) => Object.entries(objectAt(value, name)));
  const keys = entries.map(([key]) => key);
  const size = entries.reduce((sum, [, text]) => sum + Buffer.byteLength(shown(text)), 0);
  const stays = before['immutable'] === true;
  const isChanged = (name: string) => !same(objectAt(value, name), objectAt(before, name));
  return [
    ...keys.map((key, index) => keys.indexOf(key) < index && invalidValue('binaryData', key, 'is a key of data, too')),
    ...keys.map((key) => problemOf('data', key, 'configKey')),
    // Secrets are in base64, where three bytes take four characters.
    size > (value['kind'] === 'Secret' ? 4 / 3 : 1) * 2 ** 20 && tooLong('data', 2 ** 20),
    stays &&
      (value['immutable'] !== true || isChanged('data') || isChanged('binaryData')) &&
      forbiddenValue('data', 'field is immutable when `immutable` is set'),
  ];
};

function problemOf(field: string, text: string, format: Parameters<typeof formatProblem>[0]): Problem | false {
  const why = formatProblem(format, text);
  return why !== undefined && invalidValue(field, text, why);
}

/** What each type of secret holds. */
const secretKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

const secret: Rule = (value, before) => {
  const [type, data] = [textAt(value, 'type'), objectAt(value, 'data')];
  const keys = secretKeys[type];
  if (!keys && type.startsWith('kubernetes.io/')) throw notSimulated(`secrets of type ${type}`);
  const docker = Buffer.from(textAt(data, '.dockerconfigjson'), 'base64').toString();
  return [
    ...configuration(value, before),
    ...(keys ?? []).map((key) => data[key] === undefined && required(`data[${key}]`)),
    type === 'kubernetes.io/dockerconfigjson' &&
      !/^\s*\{.*\}\s*$/s.test(docker) &&
      invalidValue('data[.dockerconfigjson]', '<secret contents redacted>', 'must be a JSON object'),
  ];
};

const metadata: Rule = ({ annotations }) => {
  const all = Object.entries(objectAt(annotations));
  const size = all.reduce((sum, [key, text]) => sum + Buffer.byteLength(key) + Buffer.byteLength(shown(text)), 0);
  return [
    ...all.map(([key]) => problemOf('annotations', key.toLowerCase(), 'qualified')),
    size > 262_144 && tooLong('annotations', 262_144),
  ];
};

/** A part of a custom resource's schema: its default holds, and what tells its items apart is always there. */
const structural: Rule = (schema) => {
  const { type, items, default: fallback = null, additionalProperties } = schema;
  const isRight = (value: Json) => isTyped(value, type) && check(value, schema, '', undefined, false).length === 0;
  return [
    fallback !== null && !isRight(fallback) && invalidValue('default', fallback, 'must hold for the schema'),
    !['undefined', 'boolean', 'object'].includes(typeof additionalProperties) &&
      invalidValue('additionalProperties', additionalProperties, 'boolean or JSON schema expected'),
    ...(isObject(additionalProperties)
      ? check(additionalProperties, resolve(referenceTo('V1JSONSchemaProps')), 'additionalProperties', undefined, true)
      : []),
    ...textsAt(schema, 'x-kubernetes-list-map-keys').map((key) => {
      const property = objectAt(items, 'properties', key);
      const isThere = property['default'] !== undefined || textsAt(items, 'required').includes(key);
      return (
        (isNothing(property) || !isThere) &&
        invalidValue(
          'x-kubernetes-list-map-keys',
          key,
          'must be a property of the items with a default, or a required one',
        )
      );
    }),
  ];
};

const definition: Rule = (value) => {
  const spec = objectAt(value, 'spec');
  const versions = listAt(spec, 'versions');
  const name = `${textAt(spec, 'names', 'plural')}.${textAt(spec, 'group')}`;
  const isProtected = /(?:^|\.)(?:k8s|kubernetes)\.io$/.test(name);
  return [
    name !== textAt(value, 'metadata', 'name') && invalidValue('metadata.name', '', `must be ${name}`),
    versions.filter((one) => at(one, 'storage') === true).length !== 1 &&
      invalidValue('spec.versions', '', 'must have exactly one version marked as storage version'),
    isProtected &&
      textAt(value, 'metadata', 'annotations', 'api-approved.kubernetes.io') === '' &&
      required('metadata.annotations[api-approved.kubernetes.io]', 'for groups of Kubernetes'),
    ...versions.map(
      (one, index) =>
        textAt(one, 'schema', 'openAPIV3Schema', 'type') !== 'object' &&
        invalidValue(`spec.versions[${index}].schema.openAPIV3Schema.type`, '', 'must be object at the root'),
    ),
  ];
};

/** A claim grows once it is bound, and never shrinks. */
const claim: Rule = ({ spec }, before) => {
  const [size, last] = [spec, before['spec']].map((one) => textAt(one, 'resources', 'requests', 'storage'));
  const isChanged = !isNew(before) && !same(at(spec, 'resources'), at(before, 'spec', 'resources'));
  const isBound = textAt(before, 'status', 'phase') === 'Bound';
  return [
    isChanged && !isBound && forbiddenValue('spec.resources', 'is immutable until the claim is bound'),
    isChanged && quantityOf(size ?? '') < quantityOf(last ?? '') && forbiddenValue('spec.resources', 'may not shrink'),
  ];
};

/** By the name of the type in client-node. */
export const rules: Readonly<Record<string, Rule>> = {
  V1ConfigMap: configuration,
  V1CustomResourceDefinition: definition,
  V1DaemonSetSpec: workload,
  V1DeploymentSpec: workload,
  V1JSONSchemaProps: structural,
  V1ObjectMeta: metadata,
  V1PersistentVolumeClaim: claim,
  V1Pod: pod,
  V1PodSpec: podSpec,
  V1ReplicaSetSpec: workload,
  V1ResourceRequirements: resources,
  V1Secret: secret,
  V1ServiceSpec: service,
  V1StatefulSetSpec: workload,
  V1VolumeResourceRequirements: resources,
  V1ClusterRoleBinding: (value) => [
    listAt(value, 'subjects').some(
      (one) => textAt(one, 'kind') === 'ServiceAccount' && isEmpty(at(one, 'namespace')),
    ) && required('subjects.namespace'),
  ],
  V1Namespace({ metadata: given }) {
    const level = textAt(given, 'labels', 'pod-security.kubernetes.io/enforce') || 'privileged';
    if (level !== 'privileged') throw notSimulated(`the pod security level ${level}, which decides about pods`);
    return [];
  },
  V1ProjectedVolumeSource: (value) => {
    const files = listAt(value, 'sources').flatMap((source) =>
      Object.values(objectAt(source)).flatMap((one) => [one, ...listAt(one, 'items')]),
    );
    const paths = files.map((file) => textAt(file, 'path')).filter((one) => one !== '');
    return [new Set(paths).size < paths.length && invalidValue('sources', paths, 'paths must be unique')];
  },
};
