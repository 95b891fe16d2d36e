import { isObject, listAt, objectAt, textAt, type Json, type JsonObject } from './json.ts';
import type { Resource } from './schema.ts';
import { constraints } from './validation/fields.ts';
import { walk } from './walk.ts';

/** What the server fills in where a field is missing, by the type and the field. */

const rolling = { maxUnavailable: '25%', maxSurge: '25%' };
const file = 0o644;

const fixed: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  // What Go holds by value is there, whether it is given or not.
  ...Object.fromEntries(
    'Pod Deployment ReplicaSet StatefulSet DaemonSet Job CronJob Service Ingress IngressClass PersistentVolume PersistentVolumeClaim ReplicationController PodTemplateSpec JobTemplateSpec'
      .split(' ')
      .map((kind) => [`V1${kind}`, { spec: {} }]),
  ),
  V1PodTemplate: { template: {} },
  V1PodSpec: {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  },
  V1Container: { resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
  V1ContainerPort: { protocol: 'TCP' },
  V1Probe: { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  V1HTTPGetAction: { path: '/', scheme: 'HTTP' },
  V1GRPCAction: { service: '' },
  V1ObjectFieldSelector: { apiVersion: 'v1' },
  V1ConfigMapVolumeSource: { defaultMode: file },
  V1SecretVolumeSource: { defaultMode: file },
  V1DownwardAPIVolumeSource: { defaultMode: file },
  V1ProjectedVolumeSource: { defaultMode: file },
  V1ServiceAccountTokenProjection: { expirationSeconds: 3600 },
  V1HostPathVolumeSource: { type: '' },
  V1ServiceSpec: { type: 'ClusterIP', sessionAffinity: 'None' },
  V1ServicePort: { protocol: 'TCP' },
  V1DeploymentSpec: { template: {}, replicas: 1, strategy: {}, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
  V1DeploymentStrategy: { type: 'RollingUpdate' },
  V1ReplicaSetSpec: { template: {}, replicas: 1 },
  V1ReplicationControllerSpec: { replicas: 1 },
  V1StatefulSetSpec: {
    template: {},
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    updateStrategy: {},
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  },
  V1StatefulSetUpdateStrategy: { type: 'RollingUpdate' },
  V1DaemonSetSpec: { template: {}, revisionHistoryLimit: 10, updateStrategy: {} },
  V1DaemonSetUpdateStrategy: { type: 'RollingUpdate' },
  V1JobSpec: {
    template: {},
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  },
  V1CronJobSpec: {
    jobTemplate: {},
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },
  V1Secret: { type: 'Opaque' },
  V1PersistentVolumeClaimSpec: { volumeMode: 'Filesystem' },
  V1PersistentVolumeSpec: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' },
  V1StorageClass: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  V1PriorityClass: { preemptionPolicy: 'PreemptLowerPriority' },
  V1NetworkPolicySpec: { podSelector: {} },
  V1NetworkPolicyPort: { protocol: 'TCP' },
  V2HorizontalPodAutoscalerSpec: { minReplicas: 1 },
  V1RoleRef: { apiGroup: 'rbac.authorization.k8s.io' },
  V1NamespaceSpec: { finalizers: ['kubernetes'] },
  V1Namespace: { spec: {} },
  V1CustomResourceDefinitionSpec: { conversion: { strategy: 'None' } },
  V1ValidatingWebhook: {
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    timeoutSeconds: 10,
  },
  V1MutatingWebhook: {
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    timeoutSeconds: 10,
    reinvocationPolicy: 'Never',
  },
  V1RuleWithOperations: { scope: '*' },
  AdmissionregistrationV1ServiceReference: { port: 443 },
  V1IngressClassParametersReference: { scope: 'Cluster' },
};

/** Defaults that depend on other fields. They change the value that they are given. */
const dependent: Readonly<Record<string, (value: JsonObject) => void>> = {
  V1Container(value) {
    const tag = /:([^/@]+)$/.exec(textAt(value, 'image'))?.[1];
    const latest = (tag === undefined && !textAt(value, 'image').includes('@')) || tag === 'latest';
    value['imagePullPolicy'] ??= latest ? 'Always' : 'IfNotPresent';
  },
  V1ResourceRequirements(value) {
    const limits = objectAt(value, 'limits');
    if (Object.keys(limits).length > 0) value['requests'] = { ...limits, ...objectAt(value, 'requests') };
  },
  V1Volume(value) {
    if (Object.keys(value).length === 1) value['emptyDir'] = {};
  },
  V1PodSpec(value) {
    const name = value['serviceAccountName'] ?? value['serviceAccount'];
    if (name !== undefined) Object.assign(value, { serviceAccountName: name, serviceAccount: name });
  },
  V1ServicePort(value) {
    if (value['targetPort'] === '' || value['targetPort'] === 0) Reflect.deleteProperty(value, 'targetPort');
    value['targetPort'] ??= value['port'] ?? 0;
  },
  V1ServiceSpec(value) {
    const type = value['type'];
    if (type === 'ExternalName') return;
    value['internalTrafficPolicy'] ??= 'Cluster';
    value['ipFamilies'] ??= ['IPv4'];
    value['ipFamilyPolicy'] ??= 'SingleStack';
    if (type === 'NodePort' || type === 'LoadBalancer') value['externalTrafficPolicy'] ??= 'Cluster';
    if (type === 'LoadBalancer') value['allocateLoadBalancerNodePorts'] ??= true;
  },
  V1DeploymentStrategy(value) {
    if (value['type'] === 'RollingUpdate') value['rollingUpdate'] = { ...rolling, ...objectAt(value, 'rollingUpdate') };
  },
  V1DaemonSetUpdateStrategy(value) {
    if (value['type'] !== 'RollingUpdate') return;
    value['rollingUpdate'] = { maxUnavailable: 1, maxSurge: 0, ...objectAt(value, 'rollingUpdate') };
  },
  V1StatefulSetUpdateStrategy(value) {
    if (value['type'] === 'RollingUpdate')
      value['rollingUpdate'] = { partition: 0, ...objectAt(value, 'rollingUpdate') };
  },
  V1JobSpec(value) {
    if (value['completions'] === undefined && value['parallelism'] === undefined) value['completions'] = 1;
    value['parallelism'] ??= 1;
  },
  V1NetworkPolicySpec(value) {
    value['policyTypes'] ??= value['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
  },
  RbacV1Subject(value) {
    if (value['apiGroup'] === '') Reflect.deleteProperty(value, 'apiGroup');
    if (value['kind'] !== 'ServiceAccount') value['apiGroup'] ??= 'rbac.authorization.k8s.io';
  },
  V1CustomResourceDefinitionSpec({ names }) {
    if (!isObject(names)) return;
    names['singular'] ??= textAt(names, 'kind').toLowerCase();
    names['listKind'] ??= `${textAt(names, 'kind')}List`;
  },
  V1Secret(value) {
    // `stringData` is write-only: it becomes `data`.
    const { stringData } = value;
    if (!isObject(stringData)) return;
    const encoded = Object.entries(stringData).map(([name, text]) => [
      name,
      Buffer.from(typeof text === 'string' ? text : '').toString('base64'),
    ]);
    value['data'] = { ...objectAt(value, 'data'), ...(Object.fromEntries(encoded) as JsonObject) };
    Reflect.deleteProperty(value, 'stringData');
  },
};

/** The object with all its defaults, those of a custom resource's schema included. */
export function withDefaults(resource: Resource, object: JsonObject): JsonObject {
  const filled = structuredClone(object);
  walk(filled, resource.shape, ({ type, value, fields }) => {
    if (type === '') {
      for (const [name, field] of Object.entries(fields)) {
        if (field.default !== undefined) value[name] ??= structuredClone(field.default);
      }
      return;
    }
    for (const [name, fallback] of Object.entries(fixed[type] ?? {})) {
      // An empty text is none, but where the server tells the two apart.
      const empty = value[name] === '' && constraints.get(type)?.get(name)?.nonempty !== true;
      if (value[name] === undefined || empty) value[name] = structuredClone(fallback);
    }
    dependent[type]?.(value);
  });
  if (resource.plural === 'namespaces' && listAt(filled, 'metadata', 'labels').length === 0) {
    const metadata = objectAt(filled, 'metadata');
    const labels = { ...objectAt(metadata, 'labels'), 'kubernetes.io/metadata.name': metadata['name'] ?? '' };
    filled['metadata'] = { ...metadata, labels };
  }
  return filled;
}
