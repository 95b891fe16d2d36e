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
import { formats, isSchedule, quantityOf, type FormatName } from './formats.ts';
import type { Report } from './report.ts';

/** What the server asks of the fields of each type, wherever the type stands. */
export type Rule = (value: JsonObject, report: Report) => void;

/** Formats, by type and field; of a list, of each of its items. */
export const fieldFormats: Readonly<Record<string, FormatName>> = {
  'V1Container.name': 'label',
  'V1Volume.name': 'label',
  'V1EnvVar.name': 'environmentName',
  'V1ContainerPort.name': 'portName',
  'V1ServicePort.name': 'label',
  'V1PodSpec.serviceAccountName': 'subdomain',
  'V1PodSpec.priorityClassName': 'subdomain',
  'V1PodSpec.hostname': 'label',
  'V1PodSpec.subdomain': 'label',
  'V1IngressRule.host': 'host',
  'V1IngressTLS.hosts': 'host',
  'V1IngressServiceBackend.name': 'rfc1035',
  'V1IPBlock.cidr': 'cidr',
  'V1ServiceSpec.loadBalancerSourceRanges': 'cidr',
  'V1ServiceSpec.externalIPs': 'address',
  'V1ServiceSpec.externalName': 'subdomain',
  'V1HostAlias.ip': 'address',
  'V1LabelSelectorRequirement.key': 'qualified',
  'V1NodeSelectorRequirement.key': 'qualified',
  'V1Toleration.key': 'qualified',
  'V1Taint.key': 'qualified',
  'V1PodAffinityTerm.topologyKey': 'qualified',
  'V1TopologySpreadConstraint.topologyKey': 'qualified',
  'V1KeyToPath.key': 'configKey',
  'V1ObjectMeta.finalizers': 'qualified',
};

/** Ranges of numbers, by type and field. */
export const fieldRanges: Readonly<Record<string, readonly [low: number, high?: number]>> = {
  'V1ContainerPort.containerPort': [1, 65_535],
  'V1ContainerPort.hostPort': [1, 65_535],
  'V1ServicePort.port': [1, 65_535],
  'V1ServicePort.nodePort': [30_000, 32_767],
  'V1ServiceBackendPort.number': [1, 65_535],
  'V1GRPCAction.port': [1, 65_535],
  'V1DeploymentSpec.replicas': [0],
  'V1DeploymentSpec.minReadySeconds': [0],
  'V1DeploymentSpec.revisionHistoryLimit': [0],
  'V1ReplicaSetSpec.replicas': [0],
  'V1StatefulSetSpec.replicas': [0],
  'V1ScaleSpec.replicas': [0],
  'V1JobSpec.parallelism': [0],
  'V1JobSpec.completions': [0],
  'V1JobSpec.backoffLimit': [0],
  'V1JobSpec.activeDeadlineSeconds': [0],
  'V1JobSpec.ttlSecondsAfterFinished': [0],
  'V1CronJobSpec.successfulJobsHistoryLimit': [0],
  'V1CronJobSpec.failedJobsHistoryLimit': [0],
  'V1CronJobSpec.startingDeadlineSeconds': [0],
  'V1PodSpec.terminationGracePeriodSeconds': [0],
  'V1PodSpec.activeDeadlineSeconds': [1, 2_147_483_647],
  'V1Probe.initialDelaySeconds': [0],
  'V1Probe.timeoutSeconds': [1],
  'V1Probe.periodSeconds': [1],
  'V1Probe.successThreshold': [1],
  'V1Probe.failureThreshold': [1],
  'V1SecretVolumeSource.defaultMode': [0, 0o777],
  'V1ConfigMapVolumeSource.defaultMode': [0, 0o777],
  'V1ProjectedVolumeSource.defaultMode': [0, 0o777],
  'V1KeyToPath.mode': [0, 0o777],
  'V1HorizontalPodAutoscalerSpec.minReplicas': [1],
  'V1HorizontalPodAutoscalerSpec.maxReplicas': [1],
  'V1HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage': [1],
  'V2HorizontalPodAutoscalerSpec.minReplicas': [1],
  'V2HorizontalPodAutoscalerSpec.maxReplicas': [1],
  'V1TopologySpreadConstraint.maxSkew': [1],
  'V1WeightedPodAffinityTerm.weight': [1, 100],
  'V1PreferredSchedulingTerm.weight': [1, 100],
  'V1SecurityContext.runAsUser': [0],
  'V1SecurityContext.runAsGroup': [0],
  'V1PodSecurityContext.runAsUser': [0],
  'V1PodSecurityContext.fsGroup': [0],
};

/** Values that a text may have where Kubernetes' types do not say it. */
export const fieldValues: Readonly<Record<string, readonly string[]>> = {
  'RbacV1Subject.kind': ['User', 'Group', 'ServiceAccount'],
  'V1RoleRef.kind': ['Role', 'ClusterRole'],
  'V1LabelSelectorRequirement.operator': ['In', 'NotIn', 'Exists', 'DoesNotExist'],
  'V1LimitRangeItem.type': ['Pod', 'Container', 'PersistentVolumeClaim'],
  'V1ServiceSpec.ipFamilyPolicy': ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  'V2MetricSpec.type': ['Object', 'Pods', 'Resource', 'ContainerResource', 'External'],
  'V1CustomResourceDefinitionSpec.scope': ['Namespaced', 'Cluster'],
};

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
  if (isEmpty(Object.keys(selector))) report.invalid('selector', selector, 'empty selector is invalid for deployment');
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
  for (const [key, label] of Object.entries(objectAt(value, 'nodeSelector'))) {
    report.format(`nodeSelector`, key, 'qualified');
    report.format(`nodeSelector.${key}`, label, 'labelValue');
  }
}

function container(value: JsonObject, report: Report): void {
  if (isEmpty(value['image'])) report.required('image');
  else if (textAt(value, 'image') !== textAt(value, 'image').trim()) {
    report.invalid('image', value['image'], 'must not have leading or trailing whitespace');
  }
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
  if (size > 1_048_576)
    report.invalid(fields.includes('binaryData') ? '' : 'data', '', 'Too long: may not be more than 1048576 bytes');
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
  if (size > 262_144) report.invalid('annotations', '', 'Too long: may not be more than 262144 bytes');
}

function policyRule(value: JsonObject, report: Report): void {
  if (textsAt(value, 'verbs').length === 0) report.required('verbs', 'verbs must contain at least one value');
  if (textsAt(value, 'nonResourceURLs').length > 0) return;
  if (listAt(value, 'apiGroups').length === 0)
    report.required('apiGroups', 'resource rules must supply at least one api group');
  if (listAt(value, 'resources').length === 0)
    report.required('resources', 'resource rules must supply at least one resource');
}

function autoscaler(value: JsonObject, report: Report): void {
  if (value['maxReplicas'] === undefined) report.invalid('maxReplicas', 0, 'must be greater than 0');
  if (numberAt(1, value, 'minReplicas') > numberAt(1, value, 'maxReplicas'))
    report.invalid('maxReplicas', value['maxReplicas'], 'must be greater than or equal to `minReplicas`');
}

const notSources = ['name'];

/** By the name of the type in client-node. */
export const typeRules: Readonly<Record<string, Rule>> = {
  V1ObjectMeta: metadata,
  V1PodSpec: podSpec,
  V1Container: container,
  V1ContainerPort: (value, report) => {
    if (value['containerPort'] === undefined) report.required('containerPort');
  },
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
    if (textAt(value, 'mountPath').includes(':'))
      report.invalid('mountPath', value['mountPath'], "must not contain ':'");
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
  V1Toleration(value, report) {
    if (value['operator'] === 'Exists' && !isEmpty(value['value']))
      report.invalid('operator', value, "value must be empty when `operator` is 'Exists'");
    if (isEmpty(value['key']) && value['operator'] !== 'Exists')
      report.invalid(
        'operator',
        value['operator'] ?? '',
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      );
  },
  V1LabelSelectorRequirement(value, report) {
    const needs = ['In', 'NotIn'].includes(textAt(value, 'operator'));
    if (needs && isEmpty(value['values']))
      report.required('values', "must be specified when `operator` is 'In' or 'NotIn'");
    if (!needs && !isEmpty(value['values']))
      report.forbidden('values', "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
  },
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
  V1RollingUpdateDaemonSet: rollingUpdate,
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
  V1ServicePort: (value, report) => {
    if (value['port'] === undefined) report.range('port', 0, 1, 65_535);
  },
  V1IngressSpec: ingress,
  V1HTTPIngressPath(value, report) {
    const { path, pathType } = value;
    if (pathType !== 'ImplementationSpecific' && !shown(path).startsWith('/'))
      report.invalid('path', path, 'must be an absolute path');
  },
  V1IngressBackend: (value, report) => {
    one(value, ['service', 'resource'], report, 'backend');
  },
  V1IngressServiceBackend(value, report) {
    if (value['port'] === undefined) report.required('port', 'port name or number is required');
  },
  V1ConfigMap: (value, report) => {
    configKeys(value, ['data', 'binaryData'], report);
  },
  V1Secret: secret,
  V1PolicyRule: policyRule,
  RbacV1Subject(value, report) {
    if (value['kind'] === 'ServiceAccount' && isEmpty(value['namespace'])) report.required('namespace');
  },
  V1RoleRef(value, report) {
    if (value['apiGroup'] !== 'rbac.authorization.k8s.io')
      report.unsupported('apiGroup', value['apiGroup'], ['rbac.authorization.k8s.io']);
  },
  V1PodDisruptionBudgetSpec(value, report) {
    if (value['minAvailable'] !== undefined && value['maxUnavailable'] !== undefined)
      report.invalid('', value, 'minAvailable and maxUnavailable cannot be both set');
    countOrPercent(value, 'minAvailable', report);
    countOrPercent(value, 'maxUnavailable', report);
  },
  V1HorizontalPodAutoscalerSpec: autoscaler,
  V2HorizontalPodAutoscalerSpec: autoscaler,
  V2MetricSpec(value, report) {
    const type = textAt(value, 'type');
    const field = type.slice(0, 1).toLowerCase() + type.slice(1);
    if (type !== '' && value[field] === undefined)
      report.required(field, 'must populate information for the given metric source');
  },
  V1PersistentVolumeClaimSpec(value, report) {
    if (isEmpty(value['accessModes'])) report.required('accessModes', 'at least 1 access mode is required');
    if (at(value, 'resources', 'requests', 'storage') === undefined) report.required('resources[storage]');
  },
  V1PersistentVolumeSpec(value, report) {
    if (isEmpty(value['accessModes'])) report.required('accessModes', 'at least 1 access mode is required');
    if (at(value, 'capacity', 'storage') === undefined) report.required('capacity');
  },
  V1PriorityClass(value, report) {
    if (numberAt(0, value, 'value') > 1_000_000_000)
      report.forbidden('value', 'maximum allowed value of a user defined priority is 1000000000');
  },
  V1NetworkPolicyPort(value, report) {
    if (value['endPort'] !== undefined && typeof value['port'] !== 'number')
      report.invalid('endPort', value['endPort'], 'may not be specified when `port` is not specified or non-numeric');
  },
  V1NetworkPolicyPeer(value, report) {
    if (value['ipBlock'] !== undefined && Object.keys(value).length > 1)
      report.forbidden('', 'may not specify both ipBlock and another peer');
    if (Object.keys(value).length === 0) report.required('', 'must specify a peer');
  },
  V1ValidatingWebhook: (value, report) => {
    report.format('name', value['name'], 'subdomain');
  },
};
