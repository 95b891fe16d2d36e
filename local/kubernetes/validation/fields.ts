import { joined, notSimulated } from '../errors.ts';
import { at, canonical, objectAt, same, shown, textAt, textsAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { formatNames, formatProblem } from './formats.ts';

/**
 * The server's rules and defaults for single fields, by the types of client-node. Fields that a
 * type doesn't have are skipped. After a field come, in any order:
 *
 * - `!` it exists and is not empty; `filled` it is not empty if it exists
 * - `LOW..HIGH` a number in the range; `A|B` one of these texts; `/PATTERN/`, or the name of a
 *   format; `keys:FORMAT` that of its names
 * - `by:A+B` no two items have the same A, if they have one, and B; `by:` no item appears twice
 * - `fixed` an update may not change it, `kept` once it is set; `stays` changing it is not
 *   simulated; `=VALUE` its default
 * - `-` it is not simulated; `-VALUE` this value of it is not
 *
 * For a list or a map, ranges, texts, and formats apply to each item. `*` stands for all fields of
 * the type that its line does not name. Exactly one of the fields in parentheses is there. Only
 * kinds with a `metadata.name` can be written. A name that contains dots comes after a slash.
 */
const table = String.raw`
V1Affinity V1PodAffinityTerm V1WeightedPodAffinityTerm: podAffinity, podAntiAffinity, topologyKey qualified, labelSelector, namespaces, namespaceSelector, weight ! 1..100, podAffinityTerm, * -
V1ClusterRole V1ClusterRoleBinding V1Role V1RoleBinding: metadata.name segment, roleRef fixed, aggregationRule -
V1ConfigMap V1Secret: metadata.name subdomain, data keys:configKey, binaryData keys:configKey, type ="Opaque" fixed -kubernetes.io/service-account-token -kubernetes.io/basic-auth -kubernetes.io/dockercfg -bootstrap.kubernetes.io/token
V1ConfigMapEnvSource V1SecretEnvSource V1ConfigMapKeySelector V1SecretKeySelector: name ! subdomain, key configKey
V1ConfigMapVolumeSource V1SecretVolumeSource: name !, secretName !, defaultMode 0..511 =420
V1Container: name label, image !, command, args, workingDir, env, envFrom, imagePullPolicy, lifecycle, livenessProbe, readinessProbe, startupProbe, ports by:name by:hostPort+protocol, resources, restartPolicy Always|Never|OnFailure, securityContext, stdin, stdinOnce, tty, terminationMessagePath ="/dev/termination-log", terminationMessagePolicy ="File", volumeMounts by:mountPath, * -
V1ContainerPort: name portName, containerPort ! 1..65535, hostPort 0..65535, protocol ="TCP"
V1CronJob: metadata.name cronJobName
V1CronJobSpec: schedule schedule, timeZone filled timeZone, concurrencyPolicy ="Allow", suspend =false, successfulJobsHistoryLimit 0.. =3, failedJobsHistoryLimit 0.. =1, startingDeadlineSeconds 0..
V1CustomResourceColumnDefinition V1CustomResourceSubresourceScale: type boolean|date|integer|number|string, jsonPath /^\.[^\s/]/, specReplicasPath /^\.spec\.[^\s/.]/, statusReplicasPath /^\.status\.[^\s/.]/, labelSelectorPath /^\.(spec|status)\.[^\s/.]/
V1CustomResourceConversion V1CustomResourceDefinitionVersion: strategy None|Webhook -Webhook, webhook -, name rfc1035, selectableFields -
CustomResource V1DaemonSet V1Deployment V1Ingress V1IngressClass V1NetworkPolicy V1Node V1PodDisruptionBudget V1ReplicaSet V1ServiceAccount V2HorizontalPodAutoscaler: metadata.name subdomain
V1CustomResourceDefinition: metadata.name subdomain, status ={"conditions":[{"type":"NamesAccepted","status":"True"},{"type":"Established","status":"True"}]}
V1CustomResourceDefinitionNames: plural rfc1035 fixed, singular rfc1035, kind mixedCase fixed, listKind mixedCase, shortNames filled rfc1035, categories filled rfc1035
V1CustomResourceDefinitionSpec: scope Namespaced|Cluster fixed, group subdomain fixed, versions ! by:name, conversion ={"strategy":"None"}, preserveUnknownFields -true
V1DaemonSetSpec V1DeploymentSpec V1ReplicaSetSpec: replicas 0.. =1, minReadySeconds 0.., revisionHistoryLimit 0.. =10, progressDeadlineSeconds =600, selector fixed
V1DaemonSetUpdateStrategy V1StatefulSetUpdateStrategy: type ="RollingUpdate" -OnDelete, rollingUpdate ={}
V1DeploymentStrategy: type ="RollingUpdate"
V1EnvFromSource(configMapRef|secretRef):
V1EnvVar: name environmentName
V1EnvVarSource(configMapKeyRef|fieldRef|resourceFieldRef|secretKeyRef): * -
V1ExecAction V1HTTPIngressRuleValue V1PolicyRule: command !, paths !, verbs !
V1GRPCAction V1HTTPGetAction V1TCPSocketAction: port ! 1..65535 portName, path ="/", scheme ="HTTP", service =""
V2HorizontalPodAutoscalerSpec V2HPAScalingPolicy V2HPAScalingRules: minReplicas 1.. =1, maxReplicas ! 1.., type Pods|Percent, value ! 1.., periodSeconds ! 1..1800, selectPolicy filled Max|Min|Disabled, stabilizationWindowSeconds 0..3600, policies filled, tolerance -
V1HostPathVolumeSource: path /^(?!(.*\/)?\.\.(\/|$))/, type =""
V1HTTPHeader: name /^[-A-Za-z0-9]+$/
V1HTTPIngressPath: path absolute, pathType Exact|Prefix|ImplementationSpecific
V1IngressBackend(service|resource):
V1IngressClassSpec: controller ! domainPath fixed, parameters -
V1IngressRule V1IngressTLS V1IngressServiceBackend V1IngressSpec: host host, hosts filled host, secretName subdomain, name label, ingressClassName filled subdomain
V1IPBlock V1NetworkPolicyPort V1NetworkPolicySpec: cidr cidr, except -, policyTypes Ingress|Egress by:, protocol ="TCP" filled TCP|UDP|SCTP, port filled 1..65535 portName, endPort 1..65535
V1Job: metadata.name jobName, spec.completions fixed, spec.selector fixed, spec.template fixed
V1JobSpec: parallelism 0.. =1, completions 0.., backoffLimit 0.. =6, activeDeadlineSeconds 0.., ttlSecondsAfterFinished 0.., completionMode filled ="NonIndexed", podReplacementPolicy ="TerminatingOrFailed", suspend =false, selector, template, manualSelector -true, * -
V1JSONSchemaProps: type array|boolean|integer|number|object|string, x-kubernetes-list-type atomic|map|set, x-kubernetes-list-map-keys by:, format -bsonobjectid -creditcard -datetime -duration -hexcolor -isbn -isbn10 -isbn13 -k8s-long-name -k8s-short-name -mac -rgbcolor -ssn -uuid3 -uuid4 -uuid5, pattern pattern, $ref -, $schema -, id -, additionalItems -, definitions -, dependencies -, patternProperties -, uniqueItems -true
V1KeyToPath: path relative, mode 0..511
V1LabelSelector V1LabelSelectorRequirement: matchLabels keys:qualified labelValue, key qualified, operator In|NotIn|Exists|DoesNotExist, values labelValue
V1Lifecycle: postStart, preStop, * -
V1LifecycleHandler(exec|httpGet|tcpSocket|sleep):
V2MetricSpec: type Object|Pods|Resource|ContainerResource|External
V2MetricTarget(value|averageValue|averageUtilization): type Utilization|Value|AverageValue, averageUtilization 1..
V1Namespace: metadata.name label, metadata.labels/pod-security.kubernetes.io/enforce -baseline -restricted, status ={"phase":"Active"}
V1NamespaceSpec: finalizers =["kubernetes"]
V1NodeSpec: podCIDR, podCIDRs, providerID, * -
V1ObjectFieldSelector V1ResourceFieldSelector: fieldPath /^(metadata\.(name|namespace|uid|(labels|annotations)(\['[^']+'\])?)|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/, apiVersion ="v1", resource /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/
V1ObjectMeta: finalizers qualified, labels keys:qualified labelValue, annotations keys:annotation
V1PersistentVolumeClaim V1Pod: metadata.name subdomain, status ={"phase":"Pending"}
V1PersistentVolumeClaimSpec: accessModes ! ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod fixed, volumeMode filled ="Filesystem" fixed, storageClassName subdomain fixed, selector fixed, volumeName fixed, resources stays, * -
V1PodDisruptionBudgetSpec: minAvailable 0.. filled /^(\d\d?|100)%$/, maxUnavailable 0.. filled /^(\d\d?|100)%$/, unhealthyPodEvictionPolicy filled
V1PodSecurityContext V1SeccompProfile V1SecurityContext: type -Localhost, runAsUser 0..2147483647, runAsGroup 0..2147483647, fsGroup 0..2147483647, supplementalGroups 0..2147483647, fsGroupChangePolicy filled Always|OnRootMismatch, runAsNonRoot, seccompProfile, allowPrivilegeEscalation, capabilities, privileged, readOnlyRootFilesystem, * -
V1PodSpec: serviceAccountName subdomain, serviceAccount, automountServiceAccountToken, priorityClassName subdomain, priority, preemptionPolicy, hostname label, subdomain label, nodeSelector keys:qualified labelValue, terminationGracePeriodSeconds 0.. =30, restartPolicy ="Always", dnsPolicy ="ClusterFirst", schedulerName ="default-scheduler", securityContext ={}, enableServiceLinks, affinity, tolerations, topologySpreadConstraints by:topologyKey+whenUnsatisfiable, hostIPC, hostNetwork, hostPID, imagePullSecrets, nodeName, shareProcessNamespace, volumes by:name, containers !, initContainers, * -
V1PriorityClass: metadata.name subdomain, value -2147483648..1000000000 fixed, preemptionPolicy ="PreemptLowerPriority" filled Never|PreemptLowerPriority fixed
V1Probe(exec|httpGet|tcpSocket|grpc): initialDelaySeconds 0.., timeoutSeconds 0.. =1, periodSeconds 0.. =10, successThreshold 0.. =1, failureThreshold 0.. =3, terminationGracePeriodSeconds 1..
RbacV1Subject: kind User|Group|ServiceAccount
V1ResourceRequirements V1VolumeResourceRequirements: limits keys:resourceName, requests keys:resourceName, claims -
V1RoleRef: kind Role|ClusterRole, apiGroup ="rbac.authorization.k8s.io" rbac.authorization.k8s.io, name segment
V1RollingUpdateDaemonSet: maxUnavailable 0.. filled /^(\d\d?|100)%$/ =1, maxSurge 0.. filled /^\d+%$/ =0
V1RollingUpdateDeployment: maxUnavailable 0.. filled /^(\d\d?|100)%$/ ="25%", maxSurge 0.. filled /^\d+%$/ ="25%"
V1RollingUpdateStatefulSetStrategy: partition 0.. =0, maxUnavailable -
V1Service V1StatefulSet: metadata.name label
V1ServiceBackendPort(name|number): number 1..65535, name portName
V1ServicePort: name label, port ! 1..65535, targetPort 1..65535 portName, nodePort 30000..32767, appProtocol filled qualified, protocol ="TCP"
V1ServiceSpec: type ="ClusterIP", ports by:name by:port+protocol, selector keys:qualified labelValue, clusterIP clusterIP kept, clusterIPs, externalName subdomain, externalTrafficPolicy, internalTrafficPolicy filled ="Cluster", ipFamilies filled by: =["IPv4"] IPv4 -IPv6, ipFamilyPolicy filled ="SingleStack" -PreferDualStack -RequireDualStack, loadBalancerIP, loadBalancerSourceRanges filled cidr, publishNotReadyAddresses, sessionAffinity ="None", * -
V1StatefulSetSpec: replicas 0.. =1, serviceName label fixed, minReadySeconds 0.., podManagementPolicy ="OrderedReady" fixed, revisionHistoryLimit 0.. =10, volumeClaimTemplates fixed, selector fixed, updateStrategy, template, * -
V1Toleration: key qualified, value labelValue
V1TopologySpreadConstraint: maxSkew ! 1.., topologyKey, whenUnsatisfiable, labelSelector, * -
V1TypedLocalObjectReference V2CrossVersionObjectReference V2MetricIdentifier: apiVersion ! /^[a-z0-9.-]+\/v\d[a-z0-9]*$/, apiGroup filled subdomain, kind segment, name segment
V1Volume(configMap|secret|emptyDir|persistentVolumeClaim|hostPath): name label, * -
V1VolumeMount: mountPropagation filled, subPath relative, name, mountPath, readOnly, * -
`;

/**
 * The table's lines for the fields of a type. Under `()` are those of which exactly one is there.
 */
const lines = new Map(
  [...table.matchAll(/^([\w ]+)(?:\((.*?)\))?: ?(.*)$/gm)].flatMap(
    ([, types = '', alternatives = '', fields = '']) => {
      const words = fields.split(', ').map((text) => text.split(' '));
      const line = new Map(words.map(([name = '', ...others]) => [name, others]));
      return types
        .split(' ')
        .map((type) => [type, line.set('()', alternatives.match(/\w+/g) ?? [])] as const);
    },
  ),
);

function wordsOf(type: string, name: string): readonly string[] {
  const line = lines.get(type);
  const isKnown = ['apiVersion', 'kind', 'metadata', '()', ...(line?.get('()') ?? [])].includes(
    name,
  );
  return line?.get(name) ?? (isKnown ? [] : line?.get('*')) ?? [];
}

/** The names on the way to a field: `data/tls.crt` is in `data`. */
export const pathOf = (field: string): readonly string[] => field.match(/(?<=\/).*|[^./]+/g) ?? [];

/**
 * Whether objects of a type can be written, which is so if the table has a rule for their names.
 */
export const isWritable = (type: string): boolean => wordsOf(type, 'metadata.name').length > 0;

/**
 * Adds to the schemas of the built-in types those rules of the table that JSON schemas can express.
 */
export function constrained(types: JsonObject): JsonObject {
  for (const [name, type] of Object.entries(types)) {
    const fields = Object.keys(objectAt(type, 'properties'));
    for (const field of fields)
      constrain(objectAt(type, 'properties', field), wordsOf(name, field));
    const asked = fields.filter((field) => wordsOf(name, field).includes('!'));
    objectAt(types, name)['required'] = [...textsAt(type, 'required'), ...asked];
  }
  return types;
}

/** Adds the words after a field to its schema. */
function constrain(field: JsonObject, words: readonly string[]): void {
  const [items, values] = [objectAt(field, 'items'), objectAt(field, 'additionalProperties')];
  // For a list or a map of texts, the words are about the texts.
  const one = ['string', 'integer'].includes(textAt(items, 'type'))
    ? items
    : 'type' in values
      ? values
      : field;
  const notEmpty = (schema: JsonObject) =>
    (schema[schema['type'] === 'array' ? 'minItems' : 'minLength'] = 1);
  for (const word of words) {
    const [, low, high] = /^(-?\d+)\.\.(\d*)$/.exec(word) ?? [];
    if (word === '!') notEmpty(field);
    else if (word === 'filled') notEmpty(one);
    else if (word.startsWith('keys:'))
      field['propertyNames'] = { format: `x-${word.slice(5)}`, minLength: 1 };
    else if (word.startsWith('='))
      Object.assign(field, { default: JSON.parse(word.slice(1)) as unknown });
    else if (low !== undefined)
      Object.assign(one, { minimum: Number(low), ...(high ? { maximum: Number(high) } : {}) });
    else if (word.startsWith('/')) one['pattern'] = `^$|${word.slice(1, -1)}`;
    else if (formatNames.includes(word)) one['format'] = `x-${word}`;
    else if (!/^(?:fixed|kept|stays|by:.*|-.*)$/.test(word))
      Object.assign(one, { enum: word.split('|'), minLength: 1 });
  }
  // An empty text counts as missing.
  if (Array.isArray(one['enum']) && one['minLength'] === undefined)
    one['enum'] = [...one['enum'], ''];
}

/**
 * What is wrong with a value according to the words that JSON schemas cannot express.
 *
 * @throws ApiError if the value contains something that is not simulated.
 */
export function fieldProblems(
  type: string,
  value: JsonObject,
  before: Json | undefined,
  path: string,
): string[] {
  const alternatives = wordsOf(type, '()');
  const given = alternatives.filter((name) => !isEmpty(value[name]));
  const isChosen = alternatives.length === 0 || given.length === 1;
  const problems = [
    ...new Set([...(lines.get(type)?.keys() ?? []), ...Object.keys(value)]),
  ].flatMap((name) => {
    const [now, was] = [value, before].map((one) => at(one, ...pathOf(name)));
    const isChanged = before !== undefined && !same(now, was);
    return wordsOf(type, name).flatMap((word) => {
      if (isLeftOut(word, now)) {
        const what = word === '-' ? '' : `: ${word.slice(1)}`;
        throw notSimulated(`${joined(path, name)}${what} of ${type.replace(/^\w*?V\d+/, '')}`);
      }
      if (word === 'stays' && isChanged) throw notSimulated(`changing ${joined(path, name)}`);
      if (word === 'fixed' && isChanged) return `${name}: field is immutable`;
      if (word === 'kept' && isChanged && !isEmpty(now) && !isEmpty(was))
        return `${name}: may not change once set`;
      if (
        word.startsWith('by:') &&
        Array.isArray(now) &&
        hasTwice(now, word.match(/\w+/g)?.slice(1) ?? [])
      )
        return `${name}: ${word.slice(3) || 'an item'} is there twice`;
      const wrong = name.includes('.') ? formatProblem(word, shown(now)) : undefined;
      return wrong === undefined ? [] : `${name}: ${shown(now)}: ${wrong}`;
    });
  });
  return isChosen
    ? problems
    : [...problems, `: must have exactly one of ${alternatives.join(', ')}`];
}

function isLeftOut(word: string, value: Json | undefined): boolean {
  if (word === '-') return !['', '[]', '{}'].includes(shown(value));
  return (Array.isArray(value) ? value : [value]).some((item) => word === `-${shown(item)}`);
}

/** Whether Go treats a value as missing. */
export const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/**
 * Whether a list has an item twice, compared by these names, or as a whole. Items without the first
 * are ignored.
 */
export function hasTwice(list: readonly Json[], names: readonly string[]): boolean {
  const marked = list.filter((item) => at(item, ...names.slice(0, 1)) !== undefined);
  const marks = marked.map((item) =>
    canonical(names.length > 0 ? names.map((name) => at(item, name) ?? null) : item),
  );
  return new Set(marks).size < marks.length;
}
