import { at, listAt, mapped, objectAt, omit, same, shown, textAt, textsAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { matchesSelector } from '../selector.ts';
import { hasTwice, isEmpty } from './fields.ts';
import { quantityOf } from './formats.ts';

/**
 * What a line of validation/conditions.ts cannot express: `field: why`, and whether it applies.
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

/** A selector must select something, including the pods of the template. */
const workload: Rule = ({ selector, template }) => ({
  'selector: is empty': Object.values(objectAt(selector)).every((one) => same(one, {})),
  'selector: does not match `template`': !matchesSelector(
    selector,
    objectAt(template, 'metadata', 'labels'),
  ),
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
  const ports = listAt(value, 'ports');
  return {
    'ports: must have names where there are several':
      ports.length > 1 && ports.some((port) => isEmpty(at(port, 'name'))),
    "ports.nodePort: may not be used when `type` is 'ClusterIP'":
      value['type'] === 'ClusterIP' && ports.some((port) => (at(port, 'nodePort') ?? 0) !== 0),
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

/**
 * Part of a custom resource's schema: its default is valid, and what distinguishes its items is
 * always there.
 */
const structural: Rule = (schema, _before, _object, conforms) => {
  const { items, default: fallback = null } = schema;
  const required = textsAt(items, 'required');
  const isKey = (key: string) =>
    at(items, 'properties', key, ...(required.includes(key) ? [] : ['default'])) !== undefined;
  return {
    'default: must hold for the schema': fallback !== null && !conforms(schema, fallback),
    'items: must have all keys, by default or required': !textsAt(
      schema,
      'x-kubernetes-list-map-keys',
    ).every(isKey),
  };
};

const definition: Rule = ({ metadata, spec }) => {
  const name = `${textAt(spec, 'names', 'plural')}.${textAt(spec, 'group')}`;
  const stored = listAt(spec, 'versions').filter((one) => at(one, 'storage') === true);
  return {
    [`metadata.name: must be ${name}`]: name !== textAt(metadata, 'name'),
    'spec.versions: must have exactly one that is stored': stored.length !== 1,
  };
};

/** By the type's name in client-node. */
export const rules: Readonly<Record<string, Rule>> = {
  V1ConfigMap: configuration,
  V1CustomResourceDefinition: definition,
  V1DaemonSetSpec: workload,
  V1DeploymentSpec: workload,
  V1JSONSchemaProps: structural,
  V1ObjectMeta: ({ annotations = {} }) => ({
    'annotations: may not be more than 262144 bytes': sizeOf(annotations) > 2 ** 18,
  }),
  V1Pod: pod,
  V1PodSpec: podSpec,
  V1ReplicaSetSpec: workload,
  V1ResourceRequirements: resources,
  V1Secret: configuration,
  V1ServiceSpec: service,
  V1StatefulSetSpec: workload,
  V1VolumeResourceRequirements: resources,
  V1Namespace: ({ metadata }) => ({
    'metadata.labels: must be a pod security level':
      at(metadata, 'labels', 'pod-security.kubernetes.io/enforce') === '',
  }),
  V1ClusterRoleBinding(value) {
    const isLost = (one: Json) =>
      at(one, 'kind') === 'ServiceAccount' && isEmpty(at(one, 'namespace'));
    return { 'subjects: accounts must have a namespace': listAt(value, 'subjects').some(isLost) };
  },
};
