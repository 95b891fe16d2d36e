import {
  at,
  isObject,
  listAt,
  objectAt,
  omit,
  same,
  shown,
  textAt,
  type JsonObject,
} from './json.ts';
import type { Json } from './json.ts';
import { nameOf, resourceName } from './objects.ts';
import type { Resource } from './schema.ts';
import { matchesSelector } from './selector.ts';

/** The few of Kubernetes' rules beyond its schemas that people meet every week. */

/**
 * Everything that is wrong with an object: `PATH: Invalid value: VALUE: why`.
 *
 * @param before what it replaces, if anything
 */
export function problemsOf(
  resource: Resource,
  object: JsonObject,
  before: JsonObject | undefined,
): string[] {
  return [
    ...nameProblems(resource, object),
    ...sizeProblems(object),
    ...templateProblems(resource, object),
    ...(before === undefined ? [] : changeProblems(resource, object, before)),
  ];
}

const invalidValue = (path: string, value: Json, why: string) =>
  `${path}: Invalid value: ${JSON.stringify(value)}: ${why}`;

const label = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const NAMES = {
  label: [new RegExp(`^${label}$`), 'a lowercase RFC 1123 label'],
  subdomain: [
    /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
    'a lowercase RFC 1123 subdomain',
  ],
  segment: [/^(?!\.\.?$)[^/%]+$/, 'a path segment name'],
} as const satisfies Record<string, readonly [RegExp, string]>;

function nameProblems(resource: Resource, object: JsonObject): string[] {
  const special: Readonly<Record<string, keyof typeof NAMES>> = {
    namespaces: 'label',
    services: 'label',
  };
  const isRole = resource.group === 'rbac.authorization.k8s.io';
  const form = special[resourceName(resource)] ?? (isRole ? 'segment' : 'subdomain');
  const names = [
    { path: 'metadata.name', name: nameOf(object), form },
    ...listAt(templateOf(resource, object), 'spec', 'containers').map((one, index) => ({
      path: `spec.containers[${index}].name`,
      name: textAt(one, 'name'),
      form: 'label' as const,
    })),
  ];
  return names.flatMap(({ path, name, form: wanted }) => {
    const [pattern, what] = NAMES[wanted];
    if (pattern.test(name)) return [];
    const why = `${what} must consist of lower case letters, digits, and "-", and begin and end `;
    return [invalidValue(path, name, `${why}with a letter or digit`)];
  });
}

/** The most that a server stores: of annotations, and of a secret or a config map. */
const MAX_ANNOTATIONS = 256 * 1024;
const MAX_DATA = 1024 * 1024;

function sizeProblems({ kind, data, binaryData, metadata }: JsonObject): string[] {
  const sizeOf = (map: Json | undefined, encoding: 'base64' | 'utf8') =>
    Object.values(objectAt(map))
      .map((text) => Buffer.byteLength(shown(text), encoding))
      .reduce((sum, size) => sum + size, 0);
  const size = sizeOf(data, kind === 'Secret' ? 'base64' : 'utf8') + sizeOf(binaryData, 'base64');
  const annotations = sizeOf(at(metadata, 'annotations'), 'utf8');
  const isTooLong = ['Secret', 'ConfigMap'].includes(shown(kind)) && size > MAX_DATA;
  const tooLong = (path: string, most: number) =>
    `${path}: Too long: may not be more than ${most} bytes`;
  return [
    ...(isTooLong ? [tooLong('data', MAX_DATA)] : []),
    ...(annotations > MAX_ANNOTATIONS ? [tooLong('metadata.annotations', MAX_ANNOTATIONS)] : []),
  ];
}

/** The pods that an object is, or makes. */
function templateOf({ kind }: Resource, object: JsonObject): JsonObject {
  if (kind === 'Pod') return object;
  const path = kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : ['spec'];
  return objectAt(object, ...path, 'template');
}

function templateProblems(resource: Resource, object: JsonObject): string[] {
  const template = templateOf(resource, object);
  const policy = textAt(template, 'spec', 'restartPolicy');
  if (/^(?:Cron)?Job$/.test(resource.kind))
    return policy === 'Always'
      ? ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"']
      : [];
  if (resource.group !== 'apps' || resource.kind === 'ControllerRevision') return [];

  const selector = at(object, 'spec', 'selector') ?? null;
  const labels = objectAt(template, 'metadata', 'labels');
  const problems: string[] = [];
  if (Object.values(objectAt(selector)).every((one) => same(one, {})))
    problems.push(invalidValue('spec.selector', selector, 'empty selector is invalid'));
  if (!matchesSelector(selector, labels)) {
    const why = '`selector` does not match template `labels`';
    problems.push(invalidValue('spec.template.metadata.labels', labels, why));
  }
  if (policy !== 'Always') {
    const path = 'spec.template.spec.restartPolicy';
    problems.push(`${path}: Unsupported value: "${policy}": supported values: "Always"`);
  }
  return problems;
}

/** What an update may not change, by resource. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  'clusterrolebindings.rbac.authorization.k8s.io': ['roleRef'],
  'customresourcedefinitions.apiextensions.k8s.io': ['spec.group', 'spec.scope'],
  'daemonsets.apps': ['spec.selector'],
  'deployments.apps': ['spec.selector'],
  'jobs.batch': ['spec.completions', 'spec.selector', 'spec.template'],
  persistentvolumeclaims: ['spec.accessModes', 'spec.storageClassName', 'spec.volumeMode'],
  'priorityclasses.scheduling.k8s.io': ['value'],
  'replicasets.apps': ['spec.selector'],
  'rolebindings.rbac.authorization.k8s.io': ['roleRef'],
  secrets: ['type'],
  services: ['spec.clusterIP'],
  'statefulsets.apps': [
    'spec.podManagementPolicy',
    'spec.selector',
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
  'storageclasses.storage.k8s.io': ['parameters', 'provisioner', 'reclaimPolicy'],
};

function changeProblems(resource: Resource, object: JsonObject, before: JsonObject): string[] {
  const contents = before['immutable'] === true ? ['data', 'binaryData', 'immutable'] : [];
  const paths = [...(IMMUTABLE[resourceName(resource)] ?? []), ...contents];
  const changed = paths.filter((path) => {
    const names = path.split('.');
    return !same(at(object, ...names), at(before, ...names));
  });
  if (resource.kind === 'Pod' && !same(fixedOf(object), fixedOf(before))) changed.push('spec');
  return changed.map((path) =>
    invalidValue(path, at(object, ...path.split('.')) ?? null, 'field is immutable'),
  );
}

/** What an update of a pod may not change: everything but images and tolerations. */
function fixedOf({ spec }: JsonObject): JsonObject {
  const withoutImages = (field: string) =>
    listAt(spec, field).map((one) => (isObject(one) ? omit(one, 'image') : one));
  const rest = omit(objectAt(spec), 'activeDeadlineSeconds', 'nodeName', 'tolerations');
  return {
    ...rest,
    containers: withoutImages('containers'),
    initContainers: withoutImages('initContainers'),
  };
}
