import type { Problem } from '../errors.ts';
import { at, isObject, listAt, objectAt, same, textAt, textsAt, withAt, type Json, type JsonObject } from '../json.ts';
import { resourceName, typeShape, type Resource } from '../schema.ts';
import { walk } from '../walk.ts';
import { formats, type FormatName } from './formats.ts';
import { reportTo } from './report.ts';
import { schemaProblems } from './json-schema.ts';
import { fieldFormats, fieldRanges, fieldValues, typeRules } from './types.ts';

/** Names that are not subdomains. */
const nameFormats: Readonly<Record<string, FormatName>> = {
  namespaces: 'label',
  services: 'rfc1035',
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
      object,
      resource.shape,
      (one) => {
        typeProblems(one, problems);
      },
      '',
      'status',
    );
  }
  if (before) problems.push(...immutableProblems(resource, object, before));
  return problems;
}

function nameProblems(resource: Resource, object: JsonObject, problems: Problem[]): void {
  const report = reportTo(problems, 'metadata');
  const name = textAt(object, 'metadata', 'name');
  if (name === '') {
    report.required('name', 'name or generateName is required');
    return;
  }
  const { holds, says } = formats[nameFormats[resourceName(resource)] ?? 'subdomain'];
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
  for (const [name, { required, shape }] of Object.entries(fields)) {
    const key = `${type}.${name}`;
    const inner = value[name];
    const of = shape();
    const isNumber = of.kind === 'scalar' && ['int32', 'int64', 'number', 'boolean'].includes(of.type);
    if (required && !isNumber && !optional.has(key) && (inner === undefined || inner === '')) report.required(name);
    if (inner === undefined || inner === '') continue;
    const values =
      fieldValues[key] ??
      (of.kind === 'scalar' ? of.values : of.kind === 'list' && of.of.kind === 'scalar' ? of.of.values : []);
    const texts = Array.isArray(inner) ? inner : [inner];
    texts.forEach((text, index) => {
      const field = Array.isArray(inner) ? `${name}[${index}]` : name;
      if (values.length > 0 && typeof text === 'string' && !values.includes(text))
        report.unsupported(field, text, values);
      const format = fieldFormats[key];
      if (format !== undefined) report.format(field, text, format);
    });
    const [low, high] = fieldRanges[key] ?? [];
    if (low !== undefined) report.range(name, inner, low, high);
  }
  typeRules[type]?.(value, report);
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
  persistentvolumeclaims: [[['resources'], ['volumeAttributesClassName'], ['volumeName']], `spec ${afterCreation}`],
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
