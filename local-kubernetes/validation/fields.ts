import { isJson, isObject, objectAt, textAt, textsAt, type Json, type JsonObject } from '../json.ts';
import { isFormat } from './formats.ts';

/**
 * What the server asks of single fields and fills in, by the types of client-node. Behind a field stand, in any order:
 *
 * - `!` it is there and not empty; `?` it may be missing; `filled` it is not empty where it is there
 * - `LOW..HIGH` a number in the range; `A|B` one of these texts; the name of a format; `labels` a map of labels
 * - `once` no item twice; `by:A+B` no two items with the same A, where they have one, and B
 * - `fixed` an update may not change it, nor what is in it where that is `fixed`, unless `afresh`; `=VALUE` its default
 * - `-` it is not simulated; `-VALUE` this value of it is not
 *
 * Of a list, ranges, texts, and formats hold for each item. `*` stands for all fields of the type that its line does not
 * name. Of the fields in parentheses exactly one is there.
 */
const table = `
RbacV1Subject: kind User|Group|ServiceAccount
V1Affinity: nodeAffinity -
V1ClusterRole: aggregationRule -
V1ConfigMapEnvSource V1SecretEnvSource: name ! subdomain
V1ConfigMapKeySelector V1SecretKeySelector: name ! subdomain, key configKey
V1ConfigMapProjection V1SecretProjection: name !
V1ConfigMapVolumeSource: name !, defaultMode 0..511 =420
V1Container: name label, image !, command, args, workingDir, env, envFrom, imagePullPolicy, lifecycle, livenessProbe, readinessProbe, startupProbe, ports by:name by:hostPort+protocol, resources, restartPolicy Always|Never|OnFailure, securityContext, stdin, stdinOnce, tty, terminationMessagePath =/dev/termination-log, terminationMessagePolicy =File, volumeMounts by:mountPath, * -
V1ContainerPort: name portName, containerPort ! 1..65535, hostPort 0..65535, protocol =TCP
V1CronJobSpec: schedule schedule, timeZone filled timeZone, concurrencyPolicy =Allow, suspend =false, successfulJobsHistoryLimit 0.. =3, failedJobsHistoryLimit 0.. =1, startingDeadlineSeconds 0..
V1CustomResourceColumnDefinition: type boolean|date|integer|number|string, jsonPath jsonPath
V1CustomResourceConversion: strategy None|Webhook -Webhook, webhook -
V1CustomResourceDefinitionNames: plural rfc1035 fixed, singular rfc1035, kind mixedCase fixed, listKind mixedCase, shortNames filled rfc1035, categories filled rfc1035
V1CustomResourceDefinitionSpec: scope Namespaced|Cluster fixed, group subdomain fixed, versions ! by:name, conversion ={"strategy":"None"}, preserveUnknownFields -true
V1CustomResourceDefinitionVersion: name rfc1035, selectableFields -
V1CustomResourceSubresourceScale: specReplicasPath specPath, statusReplicasPath statusPath, labelSelectorPath scalePath
V1DaemonSetSpec: minReadySeconds 0.., revisionHistoryLimit 0.. =10, selector fixed
V1DaemonSetUpdateStrategy: type =RollingUpdate
V1DeploymentSpec: replicas 0.. =1, minReadySeconds 0.., revisionHistoryLimit 0.. =10, progressDeadlineSeconds =600, selector fixed
V1DeploymentStrategy: type =RollingUpdate
V1DownwardAPIVolumeFile(fieldRef|resourceFieldRef): path relative
V1DownwardAPIVolumeSource V1ProjectedVolumeSource: defaultMode 0..511 =420
V1EnvFromSource(configMapRef|secretRef):
V1EnvVar: name environmentName
V1EnvVarSource(configMapKeyRef|fieldRef|resourceFieldRef|secretKeyRef): fileKeyRef -
V1ExecAction: command !
V1GRPCAction: port ! 1..65535, service =
V1HostAlias: ip address, hostnames filled subdomain
V1HostPathVolumeSource: path forwards, type =
V1HTTPGetAction: port ! 1..65535 portName, path =/, scheme =HTTP
V1HTTPHeader: name header, value ?
V1HTTPIngressPath: path absolute, pathType Exact|Prefix|ImplementationSpecific
V1HTTPIngressRuleValue: paths !
V1IngressBackend(service|resource):
V1IngressClassSpec: controller ! domainPath fixed, parameters -
V1IngressRule: host host
V1IngressServiceBackend: name label
V1IngressSpec: ingressClassName filled subdomain
V1IngressTLS: hosts filled host, secretName subdomain
V1IPBlock: cidr cidr, except -
V1JobSpec: parallelism 0.. =1, completions 0.. fixed, backoffLimit 0.. =6, activeDeadlineSeconds 0.., ttlSecondsAfterFinished 0.., completionMode filled =NonIndexed, podReplacementPolicy =TerminatingOrFailed, suspend =false, selector fixed, template fixed, manualSelector -true, * -
V1JSONSchemaProps: type array|boolean|integer|number|object|string, x-kubernetes-list-type atomic|map|set, x-kubernetes-list-map-keys once, pattern pattern
V1JobTemplateSpec: spec afresh
V1KeyToPath: path relative, mode 0..511
V1LabelSelector: matchLabels labels
V1LabelSelectorRequirement: key qualified, operator In|NotIn|Exists|DoesNotExist, values labelValue
V1Lifecycle: postStart, preStop, * -
V1LifecycleHandler(exec|httpGet|tcpSocket|sleep):
V1NamespaceSpec: finalizers =["kubernetes"]
V1NetworkPolicyPort: protocol =TCP filled TCP|UDP|SCTP, port filled 1..65535 portName, endPort 1..65535
V1NetworkPolicySpec: policyTypes Ingress|Egress once
V1NodeSpec: podCIDR, podCIDRs, providerID, * -
V1ObjectFieldSelector: fieldPath fieldPath, apiVersion =v1
V1ObjectMeta: finalizers qualified, labels labels
V1PersistentVolumeClaimSpec: accessModes ! ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod fixed, volumeMode filled =Filesystem fixed, storageClassName subdomain fixed, selector fixed, volumeName fixed, resources, * -
V1PodAffinityTerm: topologyKey qualified, labelSelector, namespaces, namespaceSelector, * -
V1PodDisruptionBudgetSpec: minAvailable 0.. filled share, maxUnavailable 0.. filled share, unhealthyPodEvictionPolicy filled
V1PodSecurityContext: runAsUser 0..2147483647, runAsGroup 0..2147483647, fsGroup 0..2147483647, supplementalGroups 0..2147483647, fsGroupChangePolicy filled Always|OnRootMismatch, runAsNonRoot, seccompProfile, * -
V1PodSpec: serviceAccountName subdomain, serviceAccount, automountServiceAccountToken, priorityClassName subdomain, priority, preemptionPolicy, hostname label, subdomain label, nodeSelector labels, terminationGracePeriodSeconds 0.. =30, restartPolicy =Always, dnsPolicy =ClusterFirst, schedulerName =default-scheduler, securityContext ={}, enableServiceLinks, affinity, tolerations, topologySpreadConstraints by:topologyKey+whenUnsatisfiable, hostAliases, hostIPC, hostNetwork, hostPID, imagePullSecrets, nodeName, shareProcessNamespace, volumes by:name, containers !, initContainers, * -
V1PolicyRule: verbs !
V1PriorityClass: value fixed, preemptionPolicy =PreemptLowerPriority filled Never|PreemptLowerPriority fixed
V1Probe(exec|httpGet|tcpSocket|grpc): initialDelaySeconds 0.., timeoutSeconds 0.. =1, periodSeconds 0.. =10, successThreshold 0.. =1, failureThreshold 0.. =3, terminationGracePeriodSeconds 1..
V1ReplicaSetSpec: replicas 0.. =1, minReadySeconds 0.., selector fixed
V1ResourceFieldSelector: resource resourceField
V1ResourceRequirements: claims -
V1ClusterRoleBinding V1RoleBinding: roleRef fixed
V1RoleRef: kind Role|ClusterRole, apiGroup =rbac.authorization.k8s.io rbac.authorization.k8s.io, name segment
V1RollingUpdateDaemonSet: maxUnavailable 0.. filled share =1, maxSurge 0.. filled percent =0
V1RollingUpdateDeployment: maxUnavailable 0.. filled share =25%, maxSurge 0.. filled percent =25%
V1RollingUpdateStatefulSetStrategy: partition 0.. =0, maxUnavailable -
V1ScaleSpec: replicas 0..
V1Secret: type =Opaque fixed
V1SecretVolumeSource: secretName !, defaultMode 0..511 =420
V1SecurityContext: runAsUser 0..2147483647, runAsGroup 0..2147483647, allowPrivilegeEscalation, capabilities, privileged, readOnlyRootFilesystem, runAsNonRoot, seccompProfile, * -
V1ServiceAccountTokenProjection: path relative, expirationSeconds 600..4294967296 =3600
V1ServiceBackendPort(name|number): number 1..65535, name portName
V1ServicePort: name label, port ! 1..65535, targetPort 1..65535 portName, nodePort 30000..32767, appProtocol filled qualified, protocol =TCP
V1ServiceSpec: type =ClusterIP, ports by:name by:port+protocol, selector labels, clusterIP, clusterIPs, externalIPs filled address, externalName subdomain, externalTrafficPolicy, internalTrafficPolicy filled =Cluster, ipFamilies filled once =["IPv4"] IPv4 -IPv6, ipFamilyPolicy filled =SingleStack -PreferDualStack -RequireDualStack, loadBalancerIP, loadBalancerSourceRanges filled cidr, publishNotReadyAddresses, sessionAffinity =None, * -
V1StatefulSetPersistentVolumeClaimRetentionPolicy: whenDeleted Delete|Retain -Delete =Retain, whenScaled Delete|Retain -Delete =Retain
V1StatefulSetSpec: replicas 0.. =1, serviceName label fixed, minReadySeconds 0.., podManagementPolicy =OrderedReady fixed, revisionHistoryLimit 0.. =10, persistentVolumeClaimRetentionPolicy ={}, volumeClaimTemplates fixed, selector fixed, updateStrategy, template, * -
V1StatefulSetUpdateStrategy: type =RollingUpdate -OnDelete
V1Taint: key qualified
V1TCPSocketAction: port ! 1..65535 portName
V1Toleration: key qualified, value labelValue
V1TopologySpreadConstraint: maxSkew ! 1.., topologyKey, whenUnsatisfiable, labelSelector, * -
V1TypedLocalObjectReference: apiGroup filled subdomain, kind segment, name segment
V1Volume(configMap|secret|emptyDir|persistentVolumeClaim|projected|downwardAPI|hostPath): name label, * -
V1VolumeMount: mountPropagation filled, subPath relative, name, mountPath, readOnly, * -
V1VolumeProjection(configMap|secret|downwardAPI|serviceAccountToken): * -
V1WeightedPodAffinityTerm: weight ! 1..100
V2CrossVersionObjectReference: apiVersion ! groupVersion, kind segment, name segment
V2HorizontalPodAutoscalerSpec: minReplicas 1.. =1, maxReplicas ! 1..
V2HPAScalingPolicy: type Pods|Percent, value ! 1.., periodSeconds ! 1..1800
V2HPAScalingRules: selectPolicy filled Max|Min|Disabled, stabilizationWindowSeconds 0..3600, policies filled, * -
V2MetricIdentifier: name segment
V2MetricSpec: type Object|Pods|Resource|ContainerResource|External
V2MetricTarget(value|averageValue|averageUtilization): type Utilization|Value|AverageValue, averageUtilization 1..
`;

/** The kinds whose objects can be written, by the format of their names. */
const kinds = {
  subdomain: `Pod Deployment ReplicaSet DaemonSet Ingress IngressClass NetworkPolicy ConfigMap Secret ServiceAccount Node
    PersistentVolumeClaim PodDisruptionBudget HorizontalPodAutoscaler PriorityClass CustomResourceDefinition`,
  label: 'Namespace Service StatefulSet',
  segment: 'Role RoleBinding ClusterRole ClusterRoleBinding',
  jobName: 'Job',
  cronJobName: 'CronJob',
} as const;

/** The format that names of a kind have; undefined where its objects cannot be written. */
export const nameFormat = (kind: string) =>
  (['subdomain', 'label', 'segment', 'jobName', 'cronJobName'] as const).find((format) =>
    kinds[format].split(/\s+/).includes(kind),
  );

/** The schemas of the built-in types with what the table says. */
export function constrained(types: JsonObject): JsonObject {
  for (const [name, type] of Object.entries(types)) {
    const { alternatives = '', fields = '' } = lines.get(name) ?? {};
    if (isObject(type)) constrainType(type, fields, alternatives === '' ? [] : alternatives.split('|'));
  }
  // Only the outer part of a schema has to be structural.
  const open = { 'x-kubernetes-preserve-unknown-fields': true };
  Object.assign(objectAt(types, 'V1JSONSchemaProps', 'properties'), {
    allOf: open,
    anyOf: open,
    oneOf: open,
    not: open,
  });
  return types;
}

const lines = new Map(
  table.split('\n').flatMap((line) => {
    const [, types = '', alternatives = '', fields = ''] = /^([\w ]+)(?:\((.*?)\))?: ?(.*)$/.exec(line) ?? [];
    return types.split(' ').map((type) => [type, { alternatives, fields }] as const);
  }),
);

function constrainType(type: JsonObject, fields: string, alternatives: readonly string[]): void {
  const asked = new Map(fields.split(', ').map((text) => [text.split(' ')[0] ?? '', text.split(' ').slice(1)]));
  const properties = objectAt(type, 'properties');
  for (const [name, field] of Object.entries(properties)) {
    const others = alternatives.includes(name) || common.includes(name) ? [] : asked.get('*');
    if (isObject(field)) constrain(field, asked.get(name) ?? others ?? []);
  }
  // Go reads a missing number as zero, which is as good as any other where the table does not ask for one.
  const optional = (name: string) =>
    ['integer', 'number', 'boolean'].includes(textAt(properties, name, 'type')) || asked.get(name)?.includes('?');
  const required = [...asked.keys()].filter((name) => asked.get(name)?.includes('!'));
  type['required'] = [...textsAt(type, 'required').filter((name) => !optional(name)), ...required];
  type['x-alternatives'] = [...alternatives];
}

const common = ['apiVersion', 'kind', 'metadata'];

/** Adds what stands behind a field to its schema, in the words of OpenAPI where it has some. */
function constrain(field: JsonObject, words: readonly string[]): void {
  const items = objectAt(field, 'items');
  // Of a list of texts, it is the texts that the words are about.
  const one = ['string', 'integer'].includes(textAt(items, 'type')) ? items : field;
  const notEmpty = (schema: JsonObject) => (schema[schema['type'] === 'array' ? 'minItems' : 'minLength'] = 1);
  for (const word of words) {
    const [, low, high = ''] = /^(\d+)\.\.(\d*)$/.exec(word) ?? [];
    if (word === '!') notEmpty(field);
    else if (word === 'filled') notEmpty(one);
    else if (word === 'once') field['uniqueItems'] = true;
    else if (['fixed', 'afresh', 'labels'].includes(word)) field[`x-${word}`] = true;
    else if (word.startsWith('by:')) field['x-by'] = [...textsAt(field, 'x-by'), word.slice(3)];
    else if (word.startsWith('=')) field['default'] = parsed(word.slice(1));
    else if (word.startsWith('-')) one['x-left-out'] = [...textsAt(one, 'x-left-out'), word.slice(1)];
    else if (low !== undefined)
      Object.assign(one, { minimum: Number(low), ...(high === '' ? {} : { maximum: Number(high) }) });
    else if (isFormat(word)) one['x-format'] = word;
    else if (word !== '?') Object.assign(one, { enum: word.split('|'), minLength: 1 });
  }
}

/** A default: JSON, or a text as it is. */
function parsed(text: string): Json {
  if (!/^(?:\d+|[{[].*|true|false)$/.test(text)) return text;
  const value: unknown = JSON.parse(text);
  return isJson(value) ? value : text;
}
