import { BlockList, isIP } from 'node:net';
import {
  at,
  isObject,
  listAt,
  numberAt,
  objectAt,
  shown,
  textAt,
  textsAt,
  type Json,
  type JsonObject,
} from '../json.ts';
import { matchesSelector } from '../selector.ts';
import { formats, isSchedule, quantityOf } from './formats.ts';
import type { Report } from './report.ts';
import { structural } from './structural.ts';

/** What the server asks of the fields of each type, wherever the type stands. */
export type Rule = (value: JsonObject, report: Report) => void;

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];
const isEmpty = (value: Json | undefined) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Reports items whose field another item before has, too. */
function unique(items: readonly Json[], field: string, name: string, report: Report): void {
  const seen = new Set<Json>();
  items.forEach((item, index) => {
    const value = at(item, field);
    if (value === undefined || value === '') return;
    if (seen.has(value)) report.duplicate(`${name}[${index}].${field}`, value);
    seen.add(value);
  });
}

/** Exactly one of the fields. */
function one(value: JsonObject, names: readonly string[], report: Report, what: string): void {
  const [, second, ...rest] = names.filter((name) => value[name] !== undefined);
  if (second !== undefined)
    for (const name of [second, ...rest]) report.forbidden(name, `may not specify more than 1 ${what}`);
  else if (!names.some((name) => value[name] !== undefined)) report.required('', `must specify a ${what}`);
}

function portOf(value: JsonObject, report: Report): void {
  const { port } = value;
  if (port === undefined) report.required('port');
  else if (typeof port === 'string') report.format('port', port, 'portName');
  else report.range('port', port, 1, 65_535);
}

/** `25%` or a number from 0. */
function countOrPercent(value: JsonObject, field: string, report: Report): void {
  const count = value[field];
  if (field !== 'maxSurge' && typeof count === 'string' && Number.parseInt(count, 10) > 100)
    report.invalid(field, count, 'must not be greater than 100%');
  if (typeof count === 'string' && !/^\d+%$/.test(count)) {
    report.invalid(
      field,
      count,
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    );
  }
  if (typeof count === 'number' && count < 0) report.invalid(field, count, 'must be greater than or equal to 0');
}

const isNone = (value: Json | undefined) => value === 0 || value === '0%';

function rollingUpdate(value: JsonObject, report: Report): void {
  countOrPercent(value, 'maxUnavailable', report);
  countOrPercent(value, 'maxSurge', report);
  if (isNone(value['maxUnavailable']) && isNone(value['maxSurge'] ?? 0)) {
    report.invalid('maxUnavailable', value['maxUnavailable'], 'may not be 0 when `maxSurge` is 0');
  }
}

/** Selector and template of what makes pods for good. */
function workload(value: JsonObject, report: Report): void {
  const selector = objectAt(value, 'selector');
  if (Object.values(selector).every((one) => isEmpty(Array.isArray(one) ? one : Object.keys(isObject(one) ? one : {}))))
    report.invalid('selector', selector, 'empty selector is invalid for deployment');
  const labels = objectAt(value, 'template', 'metadata', 'labels');
  if (!matchesSelector(selector, labels)) {
    report.invalid('template.metadata.labels', labels, '`selector` does not match template `labels`');
  }
  const policy = textAt(value, 'template', 'spec', 'restartPolicy');
  if (policy !== 'Always') report.unsupported('template.spec.restartPolicy', policy, ['Always']);
  if (at(value, 'template', 'spec', 'activeDeadlineSeconds') !== undefined) {
    report.forbidden('template.spec.activeDeadlineSeconds', 'activeDeadlineSeconds in ReplicaSet is not Supported');
  }
}

function requirement(value: JsonObject, report: Report): void {
  const { operator, values } = value;
  if (['In', 'NotIn'].includes(shown(operator)) && isEmpty(values))
    report.required('values', "must be specified when `operator` is 'In' or 'NotIn'");
  if (['Exists', 'DoesNotExist'].includes(shown(operator)) && !isEmpty(values))
    report.forbidden('values', "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
  if (['Gt', 'Lt'].includes(shown(operator)) && !/^-?\d+$/.test(textsAt(value, 'values').join()))
    report.required('values', "must be specified single value when `operator` is 'Lt' or 'Gt'");
}

function volumeNames(value: JsonObject): Set<string> {
  return new Set(listAt(value, 'volumes').map((volume) => textAt(volume, 'name')));
}

function podSpec(value: JsonObject, report: Report): void {
  const containers = listAt(value, 'containers');
  if (containers.length === 0) report.required('containers');
  const all = ['initContainers', 'containers', 'ephemeralContainers'] as const;
  const names = all.flatMap((field) => listAt(value, field).map((one, index) => [`${field}[${index}]`, one] as const));
  const seen = new Set<string>();
  for (const [path, container] of names) {
    const name = textAt(container, 'name');
    if (seen.has(name)) report.duplicate(`${path}.name`, name);
    seen.add(name);
    listAt(container, 'volumeMounts').forEach((mount, index) => {
      const volume = textAt(mount, 'name');
      if (volume !== '' && !volumeNames(value).has(volume))
        report.missing(`${path}.volumeMounts[${index}].name`, volume);
    });
    if (path.startsWith('init') && textAt(container, 'restartPolicy') === '') {
      for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']) {
        if (at(container, probe) !== undefined)
          report.forbidden(`${path}.${probe}`, 'may not be set for init containers without restartPolicy=Always');
      }
    }
    if (value['hostNetwork'] === true) {
      listAt(container, 'ports').forEach((port, index) => {
        const host = at(port, 'hostPort');
        if (host !== undefined && host !== at(port, 'containerPort')) {
          report.invalid(
            `${path}.ports[${index}].hostPort`,
            host,
            'must match `containerPort` when `hostNetwork` is true',
          );
        }
      });
    }
  }
  unique(listAt(value, 'volumes'), 'name', 'volumes', report);
  const spreads = listAt(value, 'topologySpreadConstraints');
  const keys = spreads.map((one) => ({ key: textAt(one, 'topologyKey') + textAt(one, 'whenUnsatisfiable') }));
  unique(keys, 'key', 'topologySpreadConstraints', report);
  unique(listAt(value, 'securityContext', 'sysctls'), 'name', 'securityContext.sysctls', report);
  const hostPorts = listAt(value, 'containers')
    .flatMap((one) => listAt(one, 'ports'))
    .filter((one) => at(one, 'hostPort') !== undefined);
  unique(
    hostPorts.map((one) => ({ key: ['protocol', 'hostIP', 'hostPort'].map((name) => shown(at(one, name))).join('/') })),
    'key',
    'hostPorts',
    report,
  );
}

function container(value: JsonObject, report: Report): void {
  if (isEmpty(value['image'])) report.required('image');
  unique(listAt(value, 'ports'), 'name', 'ports', report);
  unique(listAt(value, 'volumeMounts'), 'mountPath', 'volumeMounts', report);
  if (numberAt(1, value, 'livenessProbe', 'successThreshold') !== 1) {
    report.invalid('livenessProbe.successThreshold', at(value, 'livenessProbe', 'successThreshold'), 'must be 1');
  }
}

function resources(value: JsonObject, report: Report): void {
  const limits = objectAt(value, 'limits');
  for (const field of ['limits', 'requests'] as const) {
    for (const [name, amount] of Object.entries(objectAt(value, field))) {
      const text = typeof amount === 'string' ? amount : '';
      if (!/^(?:cpu|memory|ephemeral-storage|hugepages-.+|.+\/.+)$/.test(name))
        report.invalid(`${field}[${name}]`, name, 'must be a standard resource type or fully qualified');
      if (quantityOf(text) < 0) report.invalid(`${field}[${name}]`, text, 'must be greater than or equal to 0');
      const limit = limits[name];
      if (field === 'requests' && typeof limit === 'string' && quantityOf(text) > quantityOf(limit)) {
        report.invalid('requests', text, `must be less than or equal to ${name} limit of ${limit}`);
      }
    }
  }
}

function service(value: JsonObject, report: Report): void {
  const { type, clusterIP } = value;
  const ports = listAt(value, 'ports');
  if (type === 'ExternalName') {
    if (isEmpty(value['externalName'])) report.required('externalName');
    if (!isEmpty(clusterIP) && clusterIP !== 'None')
      report.forbidden('clusterIPs[0]', 'may not be set for ExternalName services');
    return;
  }
  if (ports.length === 0 && clusterIP !== 'None') report.required('ports');
  if (clusterIP === 'None' && type !== 'ClusterIP')
    report.invalid('clusterIPs[0]', 'None', `may not be set to 'None' for ${shown(type)} services`);
  if (typeof clusterIP === 'string' && !['', 'None'].includes(clusterIP))
    report.format('clusterIP', clusterIP, 'address');
  ports.forEach((port, index) => {
    if (ports.length > 1 && isEmpty(at(port, 'name'))) report.required(`ports[${index}].name`);
    if (type === 'ClusterIP' && numberAt(0, port, 'nodePort') !== 0)
      report.forbidden(`ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'");
    const target = at(port, 'targetPort');
    if (typeof target === 'string') report.format(`ports[${index}].targetPort`, target, 'portName');
    else report.range(`ports[${index}].targetPort`, target, 1, 65_535);
    const twin = ports.findIndex(
      (other) => at(other, 'port') === at(port, 'port') && at(other, 'protocol') === at(port, 'protocol'),
    );
    if (twin < index)
      report.duplicate(`ports[${index}]`, { port: at(port, 'port') ?? 0, protocol: at(port, 'protocol') ?? '' });
  });
  unique(ports, 'name', 'ports', report);
  if (typeof clusterIP === 'string' && isIP(clusterIP) === 4 && !clusterIP.startsWith('10.0.'))
    report.invalid(
      'clusterIPs',
      [clusterIP],
      'failed to allocate IP: the provided IP is not in the valid range 10.0.0.0/16',
    );
  for (const field of type === 'LoadBalancer' ? [] : ['loadBalancerSourceRanges', 'loadBalancerClass'])
    if (!isEmpty(value[field])) report.forbidden(field, "may only be used when `type` is 'LoadBalancer'");
  if (type === 'ClusterIP' && !isEmpty(value['externalTrafficPolicy'])) {
    report.invalid(
      'externalTrafficPolicy',
      value['externalTrafficPolicy'],
      'may only be set for externally-accessible services',
    );
  }
}

function ingress(value: JsonObject, report: Report): void {
  if (listAt(value, 'rules').length === 0 && value['defaultBackend'] === undefined) {
    report.invalid('', value, 'either `defaultBackend` or `rules` must be specified');
  }
}

function job(value: JsonObject, report: Report): void {
  const policy = textAt(value, 'template', 'spec', 'restartPolicy');
  if (policy === 'Always') report.unsupported('template.spec.restartPolicy', policy, ['OnFailure', 'Never']);
  if (value['completionMode'] === 'Indexed' && numberAt(0, value, 'parallelism') > 100_000)
    report.invalid(
      'parallelism',
      value['parallelism'],
      'must be less than or equal to 100000 when completion mode is Indexed',
    );
  if (value['completionMode'] === 'Indexed' && value['completions'] === undefined)
    report.required('completions', 'when completion mode is Indexed');
}

function configKeys(value: JsonObject, fields: readonly string[], report: Report): void {
  let size = 0;
  for (const field of fields) {
    for (const [key, text] of Object.entries(objectAt(value, field))) {
      report.format(`${field}[${key}]`, key, 'configKey');
      const bytes = Buffer.byteLength(typeof text === 'string' ? text : '');
      size += field === 'data' && fields.includes('binaryData') ? bytes : Math.floor((bytes * 3) / 4);
      if (field !== 'data' && key in objectAt(value, 'data'))
        report.invalid(`${field}[${key}]`, key, 'duplicate of key present in data');
    }
  }
  if (size > 1_048_576) report.tooLong(fields.includes('binaryData') ? '' : 'data', 1_048_576);
}

const secretKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

function secret(value: JsonObject, report: Report): void {
  configKeys(value, ['data'], report);
  const type = textAt(value, 'type');
  const data = objectAt(value, 'data');
  for (const key of secretKeys[type] ?? []) if (data[key] === undefined) report.required(`data[${key}]`);
  for (const key of ['.dockerconfigjson', '.dockercfg'].filter((one) => secretKeys[type]?.includes(one))) {
    try {
      JSON.parse(Buffer.from(textAt(data, key), 'base64').toString());
    } catch {
      report.invalid(`data[${key}]`, '<secret contents redacted>', 'invalid character in JSON');
    }
  }
  if (type === 'kubernetes.io/basic-auth' && !('username' in data) && !('password' in data)) {
    report.required('data[username]');
    report.required('data[password]');
  }
  if (
    type === 'kubernetes.io/service-account-token' &&
    textAt(value, 'metadata', 'annotations', 'kubernetes.io/service-account.name') === ''
  ) {
    report.required('metadata.annotations[kubernetes.io/service-account.name]');
  }
}

function metadata(value: JsonObject, report: Report): void {
  for (const [key, text] of Object.entries(objectAt(value, 'labels'))) {
    if (!formats.qualified.holds(key)) report.invalid('labels', key, formats.qualified.says);
    report.format('labels', text, 'labelValue');
  }
  let size = 0;
  for (const [key, text] of Object.entries(objectAt(value, 'annotations'))) {
    if (!formats.qualified.holds(key.toLowerCase())) report.invalid('annotations', key, formats.qualified.says);
    size += Buffer.byteLength(key) + Buffer.byteLength(typeof text === 'string' ? text : '');
  }
  if (size > 262_144) report.tooLong('annotations', 262_144);
}

function policyRule(value: JsonObject, report: Report): void {
  if (textsAt(value, 'nonResourceURLs').length > 0) return;
  if (listAt(value, 'apiGroups').length === 0)
    report.required('apiGroups', 'resource rules must supply at least one api group');
  if (listAt(value, 'resources').length === 0)
    report.required('resources', 'resource rules must supply at least one resource');
}

function autoscaler(value: JsonObject, report: Report): void {
  if (numberAt(1, value, 'minReplicas') > numberAt(1, value, 'maxReplicas'))
    report.invalid('maxReplicas', value['maxReplicas'], 'must be greater than or equal to `minReplicas`');
}

function webhook(value: JsonObject, report: Report): void {
  if (textAt(value, 'name').split('.').length < 3)
    report.invalid('name', value['name'], 'should be a domain with at least three segments separated by dots');
  const versions = textsAt(value, 'admissionReviewVersions');
  if (!versions.some((version) => ['v1', 'v1beta1'].includes(version)))
    report.required('admissionReviewVersions', 'must specify one of v1, v1beta1');
  if (versions.some((version, index) => !formats.rfc1035.holds(version) || versions.indexOf(version) < index))
    report.invalid('admissionReviewVersions', versions, 'duplicate version');
}

/** Exactly one of these says how much of a metric is wanted. */
function metricTarget(value: JsonObject, names: readonly string[], report: Report): void {
  const given = names.filter((name) => at(value, 'target', name) !== undefined);
  if (given.length !== 1)
    report.required(`target.${names[0] ?? ''}`, 'must set either a target value or a target average');
}

const notSources = ['name'];

/** By the name of the type in client-node. */
export const typeRules: Readonly<Record<string, Rule>> = {
  V1ObjectMeta: metadata,
  V1PodSpec: podSpec,
  V1Container: container,
  V1ResourceRequirements: resources,
  V1Volume: (value, report) => {
    one(
      value,
      Object.keys(value).filter((name) => !notSources.includes(name)),
      report,
      'volume type',
    );
  },
  V1VolumeMount(value, report) {
    if (/^\/|(^|\/)\.\.(\/|$)/.test(textAt(value, 'subPath')))
      report.invalid('subPath', value['subPath'], 'must be a relative path');
  },
  V1EnvVar(value, report) {
    if (isObject(value['valueFrom'])) {
      if (!isEmpty(value['value'])) report.invalid('valueFrom', '', 'may not be specified when `value` is not empty');
    }
  },
  V1EnvVarSource: (value, report) => {
    one(value, Object.keys(value), report, 'source');
  },
  V1EnvFromSource: (value, report) => {
    one(value, ['configMapRef', 'secretRef'], report, 'source');
  },
  V1Probe: (value, report) => {
    one(value, handlers, report, 'handler type');
  },
  V1LifecycleHandler: (value, report) => {
    one(value, handlers, report, 'handler type');
  },
  V1HTTPGetAction: portOf,
  V1TCPSocketAction: portOf,
  V1ExecAction: (value, report) => {
    if (isEmpty(value['command'])) report.required('command');
  },
  V1SecurityContext(value, report) {
    if (value['allowPrivilegeEscalation'] !== false) return;
    if (value['privileged'] === true || textsAt(value, 'capabilities', 'add').includes('SYS_ADMIN'))
      report.invalid('', value, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true');
  },
  V1DownwardAPIVolumeFile(value, report) {
    one(value, ['fieldRef', 'resourceFieldRef'], report, 'source');
    if (isObject(value['resourceFieldRef']) && isEmpty(at(value, 'resourceFieldRef', 'containerName')))
      report.required('resourceFieldRef.containerName');
  },
  V1Toleration(value, report) {
    if (value['tolerationSeconds'] !== undefined && value['effect'] !== 'NoExecute')
      report.invalid('effect', value['effect'], "effect must be 'NoExecute' when `tolerationSeconds` is set");
    if (value['operator'] === 'Exists' && !isEmpty(value['value']))
      report.invalid('operator', value, "value must be empty when `operator` is 'Exists'");
    if (isEmpty(value['key']) && value['operator'] !== 'Exists')
      report.invalid(
        'operator',
        value['operator'] ?? '',
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      );
  },
  V1LabelSelectorRequirement: requirement,
  V1NodeSelectorRequirement: requirement,
  V1DeploymentSpec(value, report) {
    workload(value, report);
    if (numberAt(600, value, 'progressDeadlineSeconds') <= numberAt(0, value, 'minReadySeconds')) {
      report.invalid(
        'progressDeadlineSeconds',
        value['progressDeadlineSeconds'],
        'must be greater than minReadySeconds',
      );
    }
  },
  V1DeploymentStrategy(value, report) {
    if (value['type'] === 'Recreate' && value['rollingUpdate'] !== undefined)
      report.forbidden('rollingUpdate', "may not be specified when strategy `type` is 'Recreate'");
  },
  V1RollingUpdateDeployment: rollingUpdate,
  V1RollingUpdateDaemonSet(value, report) {
    rollingUpdate(value, report);
    if (!isNone(value['maxSurge'] ?? 0) && !isNone(value['maxUnavailable']))
      report.invalid('maxSurge', value['maxSurge'], 'may not be set when maxUnavailable is non-zero');
  },
  V1ReplicaSetSpec: workload,
  V1StatefulSetSpec: workload,
  V1DaemonSetSpec: workload,
  V1JobSpec: job,
  V1CronJobSpec(value, report) {
    const schedule = textAt(value, 'schedule');
    if (schedule.includes('TZ'))
      report.invalid('schedule', schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead');
    else if (schedule !== '' && !isSchedule(schedule))
      report.invalid(
        'schedule',
        schedule,
        `expected exactly 5 fields, found ${schedule.trim().split(/\s+/).length}: ${schedule}`,
      );
    const zone = value['timeZone'];
    if (typeof zone === 'string' && !Intl.supportedValuesOf('timeZone').concat('UTC', 'Etc/UTC').includes(zone))
      report.invalid('timeZone', zone, `unknown time zone ${zone}`);
  },
  V1ServiceSpec: service,
  V1IngressSpec: ingress,
  V1IngressRule(value, report) {
    if (isIP(textAt(value, 'host')) > 0) report.invalid('host', value['host'], 'must be a DNS name, not an IP address');
  },
  V1IngressClassParametersReference({ scope, namespace }, report) {
    if (scope === 'Namespace' && namespace === undefined)
      report.required('namespace', "`parameters.scope` is set to 'Namespace'");
    if (scope === 'Cluster' && namespace !== undefined)
      report.forbidden('namespace', "`parameters.scope` is set to 'Cluster'");
  },
  V1ResourceQuotaSpec(value, report) {
    for (const [name, amount] of Object.entries(objectAt(value, 'hard')))
      if (quantityOf(shown(amount)) < 0) report.invalid(`hard[${name}]`, amount, 'must be greater than or equal to 0');
  },
  V1LimitRangeSpec: (value, report) => {
    unique(listAt(value, 'limits'), 'type', 'limits', report);
  },
  V1LimitRangeItem(value, report) {
    const sides = ['min', 'defaultRequest', 'default', 'max'];
    const names = new Set(sides.flatMap((side) => Object.keys(objectAt(value, side))));
    for (const what of names) {
      const amounts = sides.map((side) => at(value, side, what)).filter((one) => one !== undefined);
      const numbers = amounts.map((one) => quantityOf(shown(one)));
      if (numbers.some((one, index) => index > 0 && one < (numbers[index - 1] ?? 0)))
        report.invalid(what, amounts, 'min, defaultRequest, default and max have to rise');
    }
  },
  V1NetworkPolicySpec(value, report) {
    if (listAt(value, 'policyTypes').length > 2)
      report.invalid('policyTypes', value['policyTypes'], 'may not specify more than two policyTypes');
  },
  V1ProjectedVolumeSource(value, report) {
    const files = listAt(value, 'sources').flatMap((source) => [
      ...['configMap', 'secret', 'downwardAPI'].flatMap((name) => listAt(source, name, 'items')),
      at(source, 'serviceAccountToken') ?? null,
    ]);
    unique(files, 'path', 'sources', report);
  },
  V1CustomResourceValidation(value, report) {
    structural(objectAt(value, 'openAPIV3Schema'), report, 'openAPIV3Schema');
  },
  V1HTTPIngressPath(value, report) {
    const { path, pathType } = value;
    if (pathType !== 'ImplementationSpecific' && !shown(path).startsWith('/'))
      report.invalid('path', path, 'must be an absolute path');
  },
  V1IngressBackend: (value, report) => {
    one(value, ['service', 'resource'], report, 'backend');
  },
  V1IngressServiceBackend(value, report) {
    const { name, number } = objectAt(value, 'port');
    if (isEmpty(name) === isEmpty(number === 0 ? '' : number))
      report.required('port', 'port name or number is required');
  },
  V1ConfigMap: (value, report) => {
    configKeys(value, ['data', 'binaryData'], report);
  },
  V1Secret: secret,
  V1PolicyRule: policyRule,
  RbacV1Subject(value, report) {
    const { kind, apiGroup = '' } = value;
    if (kind === 'ServiceAccount') {
      report.format('name', value['name'], 'subdomain');
      if (apiGroup !== '') report.unsupported('apiGroup', apiGroup, ['']);
    } else if (apiGroup !== 'rbac.authorization.k8s.io') {
      report.unsupported('apiGroup', apiGroup, ['rbac.authorization.k8s.io']);
    }
  },
  AdmissionregistrationV1WebhookClientConfig(value, report) {
    one(value, ['url', 'service'], report, 'of url or service');
    if (value['url'] !== undefined && !/^https:\/\/[^@?#]+$/.test(textAt(value, 'url')))
      report.invalid(
        'url',
        value['url'],
        "'https' is the only allowed URL scheme; desired format: https://host[/path]",
      );
  },
  V1ValidatingWebhook: webhook,
  V1MutatingWebhook: webhook,
  V1ValidatingWebhookConfiguration: (value, report) => {
    unique(listAt(value, 'webhooks'), 'name', 'webhooks', report);
  },
  V1MutatingWebhookConfiguration: (value, report) => {
    unique(listAt(value, 'webhooks'), 'name', 'webhooks', report);
  },
  V1ReplicationControllerSpec(value, report) {
    const labels = objectAt(value, 'template', 'metadata', 'labels');
    if (!matchesSelector({ matchLabels: objectAt(value, 'selector') }, labels))
      report.invalid('template.metadata.labels', labels, '`selector` does not match template `labels`');
  },
  V1EndpointSubset(value, report) {
    if (isEmpty(value['addresses']) && isEmpty(value['notReadyAddresses']))
      report.required('', 'must specify `addresses` or `notReadyAddresses`');
  },
  V1EndpointSlice(value, report) {
    unique(listAt(value, 'ports'), 'name', 'ports', report);
    const family = { IPv4: 4, IPv6: 6 }[textAt(value, 'addressType')];
    listAt(value, 'endpoints').forEach((end, index) => {
      for (const address of textsAt(end, 'addresses'))
        if (family !== undefined && isIP(address) !== family)
          report.invalid(`endpoints[${index}].addresses`, address, formats.address.says);
    });
  },
  V1PodDisruptionBudgetSpec(value, report) {
    if (value['minAvailable'] !== undefined && value['maxUnavailable'] !== undefined)
      report.invalid('', value, 'minAvailable and maxUnavailable cannot be both set');
    countOrPercent(value, 'minAvailable', report);
    countOrPercent(value, 'maxUnavailable', report);
  },
  V1HorizontalPodAutoscalerSpec: autoscaler,
  V2HorizontalPodAutoscalerSpec: autoscaler,
  V2ResourceMetricSource: (value, report) => {
    metricTarget(value, ['averageUtilization', 'averageValue'], report);
  },
  V2ContainerResourceMetricSource: (value, report) => {
    metricTarget(value, ['averageUtilization', 'averageValue'], report);
  },
  V2PodsMetricSource: (value, report) => {
    metricTarget(value, ['averageValue'], report);
  },
  V2ObjectMetricSource: (value, report) => {
    metricTarget(value, ['value', 'averageValue'], report);
  },
  V2ExternalMetricSource: (value, report) => {
    metricTarget(value, ['value', 'averageValue'], report);
  },
  V2MetricSpec(value, report) {
    const type = textAt(value, 'type');
    const field = type.slice(0, 1).toLowerCase() + type.slice(1);
    if (type !== '' && value[field] === undefined)
      report.required(field, 'must populate information for the given metric source');
  },
  V1PersistentVolumeClaimSpec(value, report) {
    if (at(value, 'resources', 'requests', 'storage') === undefined) report.required('resources[storage]');
  },
  V1PersistentVolumeSpec(value, report) {
    const sources = Object.keys(value).filter(
      (name) => isObject(value[name]) && !['capacity', 'claimRef', 'nodeAffinity'].includes(name),
    );
    one(value, sources, report, 'volume type');
    const capacity = Object.keys(objectAt(value, 'capacity'));
    if (capacity.join() !== 'storage') report.unsupported('capacity', capacity, ['storage']);
  },
  V1PriorityClass(value, report) {
    if (numberAt(0, value, 'value') > 1_000_000_000)
      report.forbidden('value', 'maximum allowed value of a user defined priority is 1000000000');
  },
  V1NetworkPolicyPort(value, report) {
    const { port, endPort } = value;
    report.range('port', port, 1, 65_535);
    if (typeof port === 'string') report.format('port', port === '' ? '-' : port, 'portName');
    if (typeof port === 'number' && typeof endPort === 'number' && endPort < port)
      report.invalid('endPort', endPort, 'must be greater than or equal to `port`');
    if (value['endPort'] !== undefined && typeof value['port'] !== 'number')
      report.invalid('endPort', value['endPort'], 'may not be specified when `port` is not specified or non-numeric');
  },
  V1IPBlock(value, report) {
    const [net = '', bits] = textAt(value, 'cidr').split('/');
    if (!formats.cidr.holds(textAt(value, 'cidr'))) return;
    const block = new BlockList();
    block.addSubnet(net, Number(bits), isIP(net) === 4 ? 'ipv4' : 'ipv6');
    textsAt(value, 'except').forEach((text, index) => {
      const [address = '', own] = text.split('/');
      const inside = isIP(address) === isIP(net) && block.check(address, isIP(net) === 4 ? 'ipv4' : 'ipv6');
      if (!inside || Number(own) <= Number(bits))
        report.invalid(`except[${index}]`, text, 'must be a strict subset of `cidr`');
    });
  },
  V1NetworkPolicyPeer(value, report) {
    if (value['ipBlock'] !== undefined && Object.keys(value).length > 1)
      report.forbidden('', 'may not specify both ipBlock and another peer');
    if (Object.keys(value).length === 0) report.required('', 'must specify a peer');
  },
};
