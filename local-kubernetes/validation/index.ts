import { joined } from '../decode.ts';
import { notSimulated, type Problem } from '../errors.ts';
import { at, isObject, listAt, objectAt, same, textAt, textsAt, withAt, type Json, type JsonObject } from '../json.ts';
import { resourceName, typeShape, type Resource } from '../schema.ts';
import { walk } from '../walk.ts';
import { formats, quantityOf, type FormatName } from './formats.ts';
import { constraints, type Constraint } from './fields.ts';
import { reportTo, type Report } from './report.ts';
import { schemaProblems } from './json-schema.ts';
import { typeRules } from './types.ts';

/** Names that are not subdomains. */
const nameFormats: Readonly<Record<string, FormatName>> = {
  namespaces: 'label',
  services: 'label',
  'statefulsets.apps': 'label',
  'roles.rbac.authorization.k8s.io': 'segment',
  'rolebindings.rbac.authorization.k8s.io': 'segment',
  'clusterroles.rbac.authorization.k8s.io': 'segment',
  'clusterrolebindings.rbac.authorization.k8s.io': 'segment',
};
const nameLimits: Readonly<Record<string, number>> = { 'cronjobs.batch': 52, 'jobs.batch': 63 };

/** Required by the schema's letter, and taken without. */
const optional = new Set([
  'V1HTTPHeader.value',
  'V1Sysctl.value',
  'V1EndpointSlice.endpoints',
  'V1LimitRangeSpec.limits',
  'V1StatefulSetSpec.serviceName',
]);

/** Everything that is wrong with an object. */
export function problemsOf(resource: Resource, object: JsonObject, before: JsonObject | undefined): Problem[] {
  const problems: Problem[] = [];
  nameProblems(resource, object, problems);
  if (resource.custom) {
    const metadata = objectAt(object, 'metadata');
    walk(
      metadata,
      typeShape('V1ObjectMeta'),
      ({ type, value, path }) => typeRules[type]?.(value, reportTo(problems, path)),
      'metadata',
    );
    problems.push(...schemaProblems(resource, object, before));
  } else {
    walk(
      withClaims(object),
      resource.shape,
      (one) => {
        typeProblems(one, problems);
      },
      '',
      'status',
    );
  }
  if (resource.plural === 'clusterrolebindings')
    listAt(object, 'subjects').forEach((subject, index) => {
      if (textAt(subject, 'kind') === 'ServiceAccount' && textAt(subject, 'namespace') === '')
        reportTo(problems, `subjects[${index}]`).required('namespace');
    });
  // The rules are for specifications; all that a status counts is there or not.
  for (const [name, count] of Object.entries(resource.custom ? {} : objectAt(object, 'status')))
    reportTo(problems, 'status').range(name, count, 0);
  if (before) problems.push(...immutableProblems(resource, object, before));
  return problems;
}

/** The claims of a stateful set are volumes of its pods. */
function withClaims(object: JsonObject): JsonObject {
  const claims = listAt(object, 'spec', 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name'));
  if (claims.length === 0) return object;
  const volumes = listAt(object, 'spec', 'template', 'spec', 'volumes').filter(
    (one) => !claims.includes(textAt(one, 'name')),
  );
  const claimed = claims.map((name): Json => ({ name, persistentVolumeClaim: { claimName: name } }));
  return withAt(object, ['spec', 'template', 'spec', 'volumes'], [...volumes, ...claimed]);
}

function nameProblems(resource: Resource, object: JsonObject, problems: Problem[]): void {
  const report = reportTo(problems, 'metadata');
  const name = textAt(object, 'metadata', 'name');
  if (name === '') {
    report.required('name', 'name or generateName is required');
    return;
  }
  // The pods of an indexed job have its name for a host's.
  const indexed = textAt(object, 'spec', 'completionMode') === 'Indexed' ? 'label' : 'subdomain';
  const { holds, says } = formats[nameFormats[resourceName(resource)] ?? indexed];
  if (!holds(name)) report.invalid('name', name, says);
  const limit = nameLimits[resourceName(resource)];
  if (limit !== undefined && name.length > limit)
    report.invalid('name', name, `must be no more than ${limit} characters`);
}

function typeProblems(
  { type, value, path, fields }: Parameters<Parameters<typeof walk>[2]>[0],
  problems: Problem[],
): void {
  const report = reportTo(problems, path);
  const asked = constraints.get(type);
  for (const [name, { required, shape }] of Object.entries(fields)) {
    const constraint = asked?.get(name);
    const inner = value[name];
    const of = shape();
    const isNumber = of.kind === 'scalar' && ['int32', 'int64', 'number', 'boolean'].includes(of.type);
    const missing = inner === undefined || inner === '' || (constraint?.required === true && isEmptyList(inner));
    if (missing && (constraint?.required === true || (required && !isNumber && !optional.has(`${type}.${name}`)))) {
      report.required(name);
    }
    if (constraint?.unsimulated === true && inner !== undefined && !isEmptyList(inner))
      throw notSimulated(`${joined(path, name)} of ${type.replace(/^V\d+/, '')}`);
    const values = of.kind === 'scalar' ? of.values : of.kind === 'list' && of.of.kind === 'scalar' ? of.of.values : [];
    if (inner !== undefined && inner !== null) fieldProblems(name, inner, constraint, values, report);
  }
  typeRules[type]?.(value, report);
}

const isEmptyList = (value: Json) => Array.isArray(value) && value.length === 0;

function fieldProblems(
  name: string,
  value: Json,
  constraint: Constraint | undefined,
  enumeration: readonly string[],
  report: Report,
): void {
  const { nonempty = false, once = false, labels = false, range, format } = constraint ?? {};
  const values = constraint && constraint.values.length > 0 ? constraint.values : enumeration;
  const strict = nonempty || (constraint?.values.length ?? 0) > 0;
  const items = Array.isArray(value) ? value : [value];
  items.forEach((item, index) => {
    const field = Array.isArray(value) ? `${name}[${index}]` : name;
    if (once && items.indexOf(item) < index) report.duplicate(field, item);
    if (typeof item === 'number' && range) report.range(field, item, ...range);
    if (typeof item !== 'string' || (item === '' && !strict)) return;
    if (values.length > 0 && !values.includes(item)) report.unsupported(field, item, values);
    if (format !== undefined) report.format(field, item, format);
    else if (item === '' && nonempty) report.required(field);
  });
  if (nonempty && format === undefined && values.length === 0 && isEmptyList(value)) report.required(name);
  for (const [key, label] of labels && isObject(value) ? Object.entries(value) : []) {
    report.format(name, key, 'qualified');
    report.format(`${name}.${key}`, label, 'labelValue');
  }
}

const immutable = 'field is immutable';
const afterCreation =
  'is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** Paths that an update may not change, by resource. */
const immutablePaths: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'deployments.apps': [['spec', 'selector']],
  'replicasets.apps': [['spec', 'selector']],
  'daemonsets.apps': [['spec', 'selector']],
  'jobs.batch': [
    ['spec', 'selector'],
    ['spec', 'template'],
    ['spec', 'completionMode'],
    ['spec', 'completions'],
  ],
  secrets: [['type']],
  'storageclasses.storage.k8s.io': [['provisioner'], ['parameters'], ['reclaimPolicy'], ['volumeBindingMode']],
  'priorityclasses.scheduling.k8s.io': [['value'], ['preemptionPolicy']],
  'ingressclasses.networking.k8s.io': [['spec', 'controller']],
  'runtimeclasses.node.k8s.io': [['handler']],
  'customresourcedefinitions.apiextensions.k8s.io': [
    ['spec', 'scope'],
    ['spec', 'group'],
    ['spec', 'names', 'plural'],
    ['spec', 'names', 'kind'],
  ],
  'endpointslices.discovery.k8s.io': [['addressType']],
  'csidrivers.storage.k8s.io': [
    ['spec', 'attachRequired'],
    ['spec', 'volumeLifecycleModes'],
  ],
};

/** Specifications of which only these paths may change, with what the server says of all others. */
const mutableOnly: Readonly<Record<string, readonly [paths: readonly (readonly string[])[], says: string]>> = {
  'statefulsets.apps': [
    [
      'replicas',
      'ordinals',
      'template',
      'updateStrategy',
      'revisionHistoryLimit',
      'persistentVolumeClaimRetentionPolicy',
      'minReadySeconds',
    ].map((name) => [name]),
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  ],
  persistentvolumeclaims: [[['resources', 'requests'], ['volumeAttributesClassName']], `spec ${afterCreation}`],
  persistentvolumes: [
    [
      ['capacity'],
      ['accessModes'],
      ['persistentVolumeReclaimPolicy'],
      ['storageClassName'],
      ['mountOptions'],
      ['claimRef'],
    ],
    'spec.persistentvolumesource is immutable after creation',
  ],
  pods: [
    [
      ['containers'],
      ['initContainers'],
      ['ephemeralContainers'],
      ['activeDeadlineSeconds'],
      ['tolerations'],
      ['terminationGracePeriodSeconds'],
      ['nodeName'],
    ],
    'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
  ],
};

/** A claim grows once it is bound, and never shrinks. */
function claimProblems(object: JsonObject, before: JsonObject, report: Report): void {
  const [size, last] = [object, before].map((one) => textAt(one, 'spec', 'resources', 'requests', 'storage'));
  if (size === undefined || last === undefined || size === last) return;
  if (textAt(before, 'status', 'phase') !== 'Bound') report.forbidden('spec', `spec ${afterCreation}`);
  if (quantityOf(size) < quantityOf(last))
    report.forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity');
}

function immutableProblems(resource: Resource, object: JsonObject, before: JsonObject): Problem[] {
  const problems: Problem[] = [];
  const report = reportTo(problems, '');
  const name = resourceName(resource);
  for (const path of immutablePaths[name] ?? []) {
    if (!same(at(object, ...path), at(before, ...path))) report.invalid(path.join('.'), at(object, ...path), immutable);
  }
  const [paths, says] = mutableOnly[name] ?? [];
  if (paths && says !== undefined) {
    const rest = (one: JsonObject) =>
      paths.reduce((spec, path) => withAt(spec, path, undefined), objectAt(one, 'spec'));
    const images = (one: JsonObject) =>
      name === 'pods'
        ? ['containers', 'initContainers'].flatMap((list) =>
            listAt(one, 'spec', list).map((item) => (isObject(item) ? withAt(item, ['image'], undefined) : item)),
          )
        : [];
    if (!same(rest(object), rest(before)) || !same(images(object), images(before))) report.forbidden('spec', says);
  }
  if (name.endsWith('rbac.authorization.k8s.io') && !same(object['roleRef'], before['roleRef'])) {
    report.invalid('roleRef', object['roleRef'], 'cannot change roleRef');
  }
  const clusterIP = textAt(before, 'spec', 'clusterIP');
  if (
    name === 'services' &&
    clusterIP !== '' &&
    textAt(object, 'spec', 'type') !== 'ExternalName' &&
    textAt(object, 'spec', 'clusterIP') !== clusterIP
  ) {
    report.invalid('spec.clusterIPs[0]', textsAt(object, 'spec', 'clusterIPs'), 'may not change once set');
  }
  const balanced = [object, before].every((one) => textAt(one, 'spec', 'type') === 'LoadBalancer');
  if (balanced && !same(at(object, 'spec', 'loadBalancerClass'), at(before, 'spec', 'loadBalancerClass')))
    report.invalid('spec.loadBalancerClass', at(object, 'spec', 'loadBalancerClass'), 'may not change once set');
  if (name === 'persistentvolumeclaims') claimProblems(object, before, report);
  if (before['immutable'] === true) {
    if (object['immutable'] !== true) report.forbidden('immutable', 'field is immutable when `immutable` is set');
    for (const field of ['data', 'binaryData']) {
      const empty: Json = {};
      if (!same(object[field] ?? empty, before[field] ?? empty))
        report.forbidden(field, 'field is immutable when `immutable` is set');
    }
  }
  return problems;
}
