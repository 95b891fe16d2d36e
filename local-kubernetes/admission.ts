import { randomUUID } from 'node:crypto';
import { findIn, listOf, type Cluster } from './cluster.ts';
import { ApiError, details, forbidden, invalid, notFound, notSimulated, type Problem } from './errors.ts';
import {
  at,
  isObject,
  listAt,
  numberAt,
  objectAt,
  same,
  shown,
  textAt,
  textsAt,
  withAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { resourceName, type Resource } from './schema.ts';
import { matchesSelector } from './selector.ts';
import { now } from './store.ts';
import { quantityOf } from './validation/formats.ts';

/** What the server checks and fills in beyond an object's own fields. */
export type Admission = Readonly<{
  cluster: Cluster;
  resource: Resource;
  namespace: string;
  before: JsonObject | undefined;
}>;

/** @throws ApiError where the namespace does not take the object. */
export function checkNamespace({ cluster, resource, namespace, before }: Admission, name: string): void {
  if (!resource.namespaced || before) return;
  const namespaces = cluster.resource('namespaces');
  const found = namespaces && cluster.store.find(namespaces, '', namespace);
  if (namespaces && !found) throw notFound(namespaces, namespace);
  if (textAt(found, 'metadata', 'deletionTimestamp') !== '') {
    throw forbidden(
      resource,
      name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
  }
}

/** The object as the server keeps it, before its fields are checked. */
export function complete(admission: Admission, object: JsonObject): JsonObject {
  return completions[resourceName(admission.resource)]?.(object, admission) ?? object;
}

type Completion = (object: JsonObject, admission: Admission) => JsonObject;

const notReady = (key: string): Json => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
});

const completions: Readonly<Record<string, Completion>> = {
  pods(object, { cluster, namespace, before }) {
    if (before) return object;
    const spec = limited(cluster, namespace, objectAt(object, 'spec'));
    const account = textAt(spec, 'serviceAccountName') || 'default';
    const priority = findIn(cluster, 'priorityclasses.scheduling.k8s.io', '', textAt(spec, 'priorityClassName'));
    const tolerations = [...listAt(spec, 'tolerations'), notReady('not-ready'), notReady('unreachable')];
    return {
      ...object,
      spec: {
        enableServiceLinks: true,
        preemptionPolicy: 'PreemptLowerPriority',
        ...spec,
        serviceAccountName: account,
        serviceAccount: account,
        priority: numberAt(0, priority, 'value'),
        tolerations,
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    };
  },
  services(object, { cluster, before }) {
    const spec = objectAt(object, 'spec');
    const type = textAt(spec, 'type');
    if (type === 'ExternalName') return object;
    const given = textAt(spec, 'clusterIP') || textAt(before, 'spec', 'clusterIP');
    const taken = (field: string) =>
      new Set(
        listOf(cluster, 'services').flatMap((one) => [
          textAt(one, 'spec', field),
          ...listAt(one, 'spec', 'ports').map((port) => at(port, field)),
        ]),
      );
    const free = (first: number, of: (index: number) => Json, among: Set<Json | undefined>) => {
      let index = first;
      while (among.has(of(index))) index += 1;
      return of(index);
    };
    const clusterIP = given || free(2, (index) => `10.0.${Math.floor(index / 250)}.${index % 250}`, taken('clusterIP'));
    const ports = listAt(spec, 'ports').map((port, index) => {
      if (!['NodePort', 'LoadBalancer'].includes(type) || !isObject(port) || numberAt(0, port, 'nodePort') !== 0)
        return port;
      const kept = at(listAt(before, 'spec', 'ports')[index], 'nodePort');
      return { ...port, nodePort: kept ?? free(30_000 + index, (one) => one, taken('nodePort')) };
    });
    return {
      ...object,
      spec: { ...spec, clusterIP, clusterIPs: [clusterIP], ...(ports.length > 0 ? { ports } : {}) },
      status: object['status'] ?? { loadBalancer: {} },
    };
  },
  'jobs.batch'(object, { before }) {
    if (before || at(object, 'spec', 'manualSelector') === true) return object;
    const uid = randomUUID();
    const labels = {
      'batch.kubernetes.io/controller-uid': uid,
      'controller-uid': uid,
      'batch.kubernetes.io/job-name': textAt(object, 'metadata', 'name'),
      'job-name': textAt(object, 'metadata', 'name'),
    };
    const template = withAt(objectAt(object, 'spec', 'template'), ['metadata', 'labels'], {
      ...objectAt(object, 'spec', 'template', 'metadata', 'labels'),
      ...labels,
    });
    return {
      ...object,
      metadata: { ...objectAt(object, 'metadata'), uid },
      spec: {
        ...objectAt(object, 'spec'),
        template,
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      },
    };
  },
  persistentvolumeclaims(object, { cluster, before }) {
    const standard = listOf(cluster, 'storageclasses.storage.k8s.io').find(
      (one) => textAt(one, 'metadata', 'annotations', 'storageclass.kubernetes.io/is-default-class') === 'true',
    );
    const spec = objectAt(object, 'spec');
    if (before || 'storageClassName' in spec || !standard) return { status: { phase: 'Pending' }, ...object };
    return {
      ...object,
      spec: { ...spec, storageClassName: textAt(standard, 'metadata', 'name') },
      status: { phase: 'Pending' },
    };
  },
  namespaces: (object) => ({ ...object, status: object['status'] ?? { phase: 'Active' } }),
  'customresourcedefinitions.apiextensions.k8s.io'(object) {
    const spec = objectAt(object, 'spec');
    const condition = (type: string, reason: string): Json => ({
      type,
      status: 'True',
      reason,
      message: '',
      lastTransitionTime: now(),
    });
    const stored = listAt(spec, 'versions').find((version) => at(version, 'storage') === true);
    return {
      ...object,
      status: object['status'] ?? {
        acceptedNames: objectAt(spec, 'names'),
        conditions: [condition('NamesAccepted', 'NoConflicts'), condition('Established', 'InitialNamesAccepted')],
        storedVersions: [textAt(stored, 'name')],
      },
    };
  },
};

const limitsOf = (cluster: Cluster, namespace: string) =>
  listOf(cluster, 'limitranges', namespace).flatMap((range) => listAt(range, 'spec', 'limits'));

/** What the limit ranges of the namespace add to containers. */
function limited(cluster: Cluster, namespace: string, spec: JsonObject): JsonObject {
  const fill = (container: Json, limit: Json): Json => {
    const [own, most] = [objectAt(container, 'resources'), objectAt(limit, 'default')];
    const limits = { ...most, ...objectAt(own, 'limits') };
    const requests = { ...most, ...objectAt(limit, 'defaultRequest'), ...objectAt(own, 'requests') };
    return isObject(container) ? { ...container, resources: { ...own, limits, requests } } : container;
  };
  const lists = ['containers', 'initContainers'].flatMap((list) => (spec[list] === undefined ? [] : [list]));
  const filled = lists.map((list): [string, Json] => [
    list,
    listAt(spec, list).map((container) => limitsOf(cluster, namespace).reduce(fill, container)),
  ]);
  return { ...spec, ...Object.fromEntries(filled) };
}

/** @throws ApiError where a container wants more or less than a limit range allows. */
function checkLimits({ cluster, resource, namespace }: Admission, object: JsonObject): void {
  for (const limit of limitsOf(cluster, namespace)) {
    for (const [bound, side, sign] of [
      ['max', 'limits', 1],
      ['min', 'requests', -1],
    ] as const) {
      for (const [what, amount] of Object.entries(objectAt(limit, bound))) {
        const wrong = listAt(object, 'spec', 'containers').some(
          (one) => !(sign * quantityOf(shown(at(one, 'resources', side, what))) <= sign * quantityOf(shown(amount))),
        );
        const why = `${bound}imum ${what} usage per Container is ${shown(amount)}`;
        if (wrong) throw forbidden(resource, textAt(object, 'metadata', 'name'), why);
      }
    }
  }
}

/** @throws ApiError where something in the cluster speaks against the object. */
export function admit(admission: Admission, object: JsonObject): void {
  const { cluster, resource, namespace, before } = admission;
  const name = textAt(object, 'metadata', 'name');
  askWebhooks(admission, object);
  askPolicies(admission, object);
  checks[resourceName(resource)]?.(object, admission);
  if (before || !resource.namespaced) return;
  for (const quota of listOf(cluster, 'resourcequotas', namespace)) {
    const hard = objectAt(quota, 'spec', 'hard');
    for (const [key, limit] of Object.entries(hard)) {
      const asked = usageOf(key, resource, object);
      if (asked === undefined) continue;
      const label = `exceeded quota: ${textAt(quota, 'metadata', 'name')}`;
      if (Number.isNaN(asked))
        throw forbidden(resource, name, `failed quota: ${textAt(quota, 'metadata', 'name')}: must specify ${key}`);
      const used = quotaUsed(cluster, namespace, key);
      if (used + asked > quantityOf(shown(limit)))
        throw forbidden(
          resource,
          name,
          `${label}, requested: ${key}=${asked}, used: ${key}=${used}, limited: ${key}=${shown(limit)}`,
        );
    }
  }
}

/** How much of a quota's resource the namespace uses. */
export function quotaUsed(cluster: Cluster, namespace: string, key: string): number {
  return cluster.store
    .all()
    .filter(
      ({ object }) =>
        textAt(object, 'metadata', 'namespace') === namespace &&
        !['Succeeded', 'Failed'].includes(textAt(object, 'status', 'phase')),
    )
    .reduce((sum, { resource, object }) => sum + (usageOf(key, resource, object) ?? 0), 0);
}

const computed = /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/;

/** What an object takes of a quota's resource: undefined where nothing, NaN where it has to say and does not. */
function usageOf(key: string, resource: Resource, object: JsonObject): number | undefined {
  const name = resourceName(resource);
  if (key === name || key === `count/${name}`) return 1;
  if (key === 'requests.storage' && name === 'persistentvolumeclaims')
    return quantityOf(textAt(object, 'spec', 'resources', 'requests', 'storage'));
  if (key === 'services.loadbalancers' && name === 'services')
    return textAt(object, 'spec', 'type') === 'LoadBalancer' ? 1 : 0;
  const [matched, side = 'requests', what = ''] = computed.exec(key) ?? [];
  if (matched === undefined || name !== 'pods') return undefined;
  return listAt(object, 'spec', 'containers').reduce<number>(
    (sum, one) => sum + quantityOf(textAt(one, 'resources', side, what)),
    0,
  );
}

/** What decides about pods in the real server and not here: said before a workload waits for pods that never come. */
function askPolicies({ cluster, namespace, before }: Admission, object: JsonObject): void {
  const spec = objectAt(object, 'spec');
  if (!('containers' in spec) && at(spec, 'template', 'spec', 'containers') === undefined) return;
  if (before && same(before['spec'], spec)) return;
  const labels = objectAt(findIn(cluster, 'namespaces', '', namespace), 'metadata', 'labels');
  const level = textAt(labels, 'pod-security.kubernetes.io/enforce');
  if (level !== '' && level !== 'privileged') {
    throw notSimulated(`the pod security level ${level} of namespace ${namespace}, which decides about pods`);
  }
}

const checks: Readonly<Record<string, (object: JsonObject, admission: Admission) => void>> = {
  services(object, { cluster, resource }) {
    const name = textAt(object, 'metadata', 'name');
    const uid = textAt(object, 'metadata', 'uid');
    const others = listOf(cluster, 'services').filter((one) => uid === '' || textAt(one, 'metadata', 'uid') !== uid);
    const portsOf = (one: JsonObject) => listAt(one, 'spec', 'ports').map((port) => numberAt(0, port, 'nodePort'));
    const taken = portsOf(object).find((port) => port !== 0 && others.some((one) => portsOf(one).includes(port)));
    if (taken === undefined) return;
    const message = `Invalid value: ${taken}: provided port is already allocated`;
    throw invalid(resource, name, [{ reason: 'FieldValueInvalid', field: 'spec.ports[0].nodePort', message }]);
  },
  pods(object, admission) {
    const { cluster, resource, namespace, before } = admission;
    if (before) return;
    checkLimits(admission, object);
    const name = textAt(object, 'metadata', 'name');
    const account = textAt(object, 'spec', 'serviceAccountName');
    if (!findIn(cluster, 'serviceaccounts', namespace, account)) {
      throw forbidden(
        resource,
        name,
        `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
      );
    }
    const priority = textAt(object, 'spec', 'priorityClassName');
    if (priority !== '' && !findIn(cluster, 'priorityclasses.scheduling.k8s.io', '', priority)) {
      throw forbidden(resource, name, `no PriorityClass with name ${priority} was found`);
    }
  },
  'customresourcedefinitions.apiextensions.k8s.io'(object, { resource }) {
    const spec = objectAt(object, 'spec');
    const expected = `${textAt(spec, 'names', 'plural')}.${textAt(spec, 'group')}`;
    const name = textAt(object, 'metadata', 'name');
    const problems: Problem[] = [];
    const wrong = (field: string, message: string) => problems.push({ reason: 'FieldValueInvalid', field, message });
    if (name !== expected) wrong('metadata.name', `Invalid value: "${name}": must be spec.names.plural+"."+spec.group`);
    if (listAt(spec, 'versions').filter((version) => at(version, 'storage') === true).length !== 1) {
      wrong('spec.versions', 'Invalid value: must have exactly one version marked as storage version');
    }
    listAt(spec, 'versions').forEach((version, index) => {
      const path = `spec.versions[${index}].schema.openAPIV3Schema`;
      const schema = at(version, 'schema', 'openAPIV3Schema');
      if (schema === undefined) wrong(path, 'Required value: schemas are required');
      else if (textAt(schema, 'type') !== 'object')
        wrong(`${path}.type`, `Invalid value: "${textAt(schema, 'type')}": must be object at the root`);
    });
    if (
      /\.k8s\.io$|\.kubernetes\.io$/.test(textAt(spec, 'group')) &&
      textAt(object, 'metadata', 'annotations', 'api-approved.kubernetes.io') === ''
    ) {
      wrong(
        'metadata.annotations[api-approved.kubernetes.io]',
        'Required value: protected groups must have approval annotation "api-approved.kubernetes.io"',
      );
    }
    if (problems.length > 0) throw invalid(resource, name, problems);
  },
};

const registrations = 'admissionregistration.k8s.io';

/** Nobody answers for a webhook or evaluates a policy here; where the real server has to ask, this one cannot tell. */
function askWebhooks(admission: Admission, object: JsonObject): void {
  const { cluster, resource } = admission;
  if (resource.group === registrations) return;
  for (const kind of ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations']) {
    for (const webhook of listOf(cluster, `${kind}.${registrations}`).flatMap((one) => listAt(one, 'webhooks'))) {
      if (textAt(webhook, 'failurePolicy') !== 'Ignore' && concerns(webhook, 'rules', admission, object))
        throw notSimulated(`the webhook ${textAt(webhook, 'name')}, which decides about this object`);
    }
  }
  for (const kind of ['validatingadmissionpolic', 'mutatingadmissionpolic']) {
    for (const binding of listOf(cluster, `${kind}ybindings.${registrations}`)) {
      const name = textAt(binding, 'spec', 'policyName');
      const constraints = at(findIn(cluster, `${kind}ies.${registrations}`, '', name), 'spec', 'matchConstraints');
      if (constraints !== undefined && concerns(constraints, 'resourceRules', admission, object))
        throw notSimulated(`the admission policy ${name}, which decides about this object`);
    }
  }
}

function concerns(one: Json, rules: string, { cluster, resource, namespace, before }: Admission, object: JsonObject) {
  const labels = objectAt(findIn(cluster, 'namespaces', '', namespace), 'metadata', 'labels');
  const among = (rule: Json, field: string, value: string) =>
    textsAt(rule, field).some((text) => ['*', '*/*', value, `${value}/*`].includes(text));
  return (
    matchesSelector(at(one, 'namespaceSelector'), labels) &&
    matchesSelector(at(one, 'objectSelector'), objectAt(object, 'metadata', 'labels')) &&
    listAt(one, rules).some(
      (rule) =>
        among(rule, 'apiGroups', resource.group) &&
        among(rule, 'resources', resource.plural) &&
        among(rule, 'operations', before ? 'UPDATE' : 'CREATE'),
    )
  );
}

/** @throws ApiError where the request changes an object that was not meant. */
export function checkPreconditions(resource: Resource, object: JsonObject, preconditions: Json | undefined): void {
  for (const field of ['uid', 'resourceVersion']) {
    const expected = textAt(preconditions, field);
    const found = textAt(object, 'metadata', field);
    if (expected !== '' && expected !== found) {
      const name = textAt(object, 'metadata', 'name');
      const message = `Operation cannot be fulfilled on ${resourceName(resource)} "${name}": Precondition failed: ${field} in precondition: ${expected}, ${field} in object meta: ${found}`;
      throw new ApiError(409, 'Conflict', message, details(resource, name));
    }
  }
}
