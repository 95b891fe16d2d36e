import { formats, type FormatName } from './formats.ts';

/**
 * What the server asks of single fields, by the types of client-node. Behind a field stand, in any order:
 *
 * - `!` it is there and not empty; `nonempty` it is not empty where it is there
 * - `LOW..HIGH` a number in the range; `A|B` one of these texts; the name of a format
 * - `labels` a map of labels; `once` no item twice; `unsimulated` it decides about things that this server does not know
 *
 * Of a list, ranges, texts and formats hold for each item.
 */
const table = `
AdmissionregistrationV1ServiceReference: port 1..65535, path absolutePath
CoreV1EndpointPort: name label, port ! 1..65535
DiscoveryV1EndpointPort: name label, protocol nonempty TCP|UDP|SCTP
RbacV1Subject: kind User|Group|ServiceAccount
V1AggregationRule: clusterRoleSelectors !
V1ClientIPConfig: timeoutSeconds 1..86400
V1ConfigMapEnvSource: name ! subdomain
V1ConfigMapKeySelector: name ! subdomain, key configKey
V1ConfigMapProjection: name !
V1ConfigMapVolumeSource: name !, defaultMode 0..511
V1Container: name label, restartPolicy Always|Never|OnFailure
V1ContainerPort: name portName, containerPort ! 1..65535, hostPort 0..65535
V1CronJobSpec: successfulJobsHistoryLimit 0.., failedJobsHistoryLimit 0.., startingDeadlineSeconds 0..
V1CrossVersionObjectReference: apiVersion ! groupVersion, kind segment, name segment
V1CSIDriverSpec: fsGroupPolicy nonempty File|None|ReadWriteOnceWithFSType, volumeLifecycleModes Persistent|Ephemeral
V1CSIPersistentVolumeSource: driver subdomain
V1CSIVolumeSource: driver subdomain
V1CustomResourceColumnDefinition: type boolean|date|integer|number|string, jsonPath jsonPath
V1CustomResourceConversion: strategy None|Webhook, webhook unsimulated
V1CustomResourceDefinitionNames: plural rfc1035, singular rfc1035, kind mixedCase, listKind mixedCase, shortNames nonempty rfc1035, categories nonempty rfc1035
V1CustomResourceDefinitionSpec: scope Namespaced|Cluster, group subdomain
V1CustomResourceDefinitionVersion: name rfc1035
V1CustomResourceSubresourceScale: specReplicasPath specPath, statusReplicasPath statusPath, labelSelectorPath eitherPath
V1DaemonSetSpec: minReadySeconds 0.., revisionHistoryLimit 0..
V1DeploymentSpec: replicas 0.., minReadySeconds 0.., revisionHistoryLimit 0..
V1DownwardAPIVolumeFile: path relative
V1Endpoint: addresses !, hostname nonempty label
V1EndpointAddress: ip address, hostname label
V1EndpointSlice: addressType IPv4|IPv6|FQDN
V1EnvVar: name environmentName
V1EphemeralVolumeSource: volumeClaimTemplate !
V1GRPCAction: port ! 1..65535
V1HorizontalPodAutoscalerSpec: minReplicas 1.., maxReplicas ! 1.., targetCPUUtilizationPercentage 1..
V1HostAlias: ip address, hostnames nonempty subdomain
V1HostPathVolumeSource: path forwards
V1HTTPHeader: name header
V1HTTPIngressPath: pathType Exact|Prefix|ImplementationSpecific
V1HTTPIngressRuleValue: paths !
V1IngressClassParametersReference: apiGroup nonempty subdomain, kind segment, name segment, scope ! Cluster|Namespace, namespace nonempty label
V1IngressClassSpec: controller ! domainPath
V1IngressRule: host host
V1IngressServiceBackend: name label
V1IngressSpec: ingressClassName nonempty subdomain
V1IngressTLS: hosts nonempty host, secretName subdomain
V1IPBlock: cidr cidr, except nonempty cidr
V1JobSpec: parallelism 0.., completions 0.., backoffLimit 0.., activeDeadlineSeconds 0.., ttlSecondsAfterFinished 0.., completionMode nonempty, podFailurePolicy unsimulated, successPolicy unsimulated
V1KeyToPath: path relative, mode 0..511
V1LabelSelector: matchLabels labels
V1LabelSelectorRequirement: key qualified, operator In|NotIn|Exists|DoesNotExist, values labelValue
V1LeaseSpec: leaseDurationSeconds 1.., leaseTransitions 0..
V1LimitRangeItem: type Container, maxLimitRequestRatio unsimulated
V1MutatingWebhook: name subdomain, admissionReviewVersions !, timeoutSeconds 1..30, failurePolicy nonempty, matchPolicy nonempty, reinvocationPolicy nonempty
V1NetworkPolicyPort: protocol nonempty TCP|UDP|SCTP, endPort 1..65535
V1NetworkPolicySpec: policyTypes Ingress|Egress
V1NFSVolumeSource: path absolute
V1NodeSelector: nodeSelectorTerms !
V1NodeSelectorRequirement: key qualified, values labelValue
V1ObjectFieldSelector: fieldPath fieldPath
V1ObjectMeta: finalizers qualified
V1PersistentVolumeClaimSpec: accessModes ! ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod, volumeMode nonempty, storageClassName subdomain
V1PersistentVolumeSpec: accessModes ! ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod, capacity !, volumeMode nonempty, storageClassName subdomain
V1PodAffinityTerm: topologyKey qualified
V1PodDisruptionBudgetSpec: unhealthyPodEvictionPolicy nonempty
V1PodDNSConfig: nameservers nonempty address, searches nonempty search
V1PodDNSConfigOption: name !
V1PodSecurityContext: runAsUser 0..2147483647, runAsGroup 0..2147483647, fsGroup 0..2147483647, supplementalGroups 0..2147483647, fsGroupChangePolicy nonempty Always|OnRootMismatch
V1PodSpec: serviceAccountName subdomain, priorityClassName subdomain, hostname label, subdomain label, nodeSelector labels, terminationGracePeriodSeconds 0.., activeDeadlineSeconds 1..2147483647
V1PolicyRule: verbs !
V1PreferredSchedulingTerm: weight ! 1..100, preference !
V1PriorityClass: preemptionPolicy nonempty Never|PreemptLowerPriority
V1Probe: initialDelaySeconds 0.., timeoutSeconds 0.., periodSeconds 0.., successThreshold 0.., failureThreshold 0.., terminationGracePeriodSeconds 1..
V1ProjectedVolumeSource: defaultMode 0..511
V1ReplicaSetSpec: replicas 0.., minReadySeconds 0..
V1ReplicationControllerSpec: replicas 0.., minReadySeconds 0.., selector !, template !
V1ResourceFieldSelector: resource resourceField
V1ResourceQuotaSpec: scopes unsimulated, scopeSelector unsimulated
V1RoleRef: kind Role|ClusterRole, apiGroup rbac.authorization.k8s.io, name segment
V1RollingUpdateStatefulSetStrategy: partition 0..
V1RuleWithOperations: apiGroups !, apiVersions ! nonempty, resources ! nonempty, operations ! nonempty, scope nonempty
V1RuntimeClass: handler label
V1ScaleSpec: replicas 0..
V1SecretEnvSource: name ! subdomain
V1SecretKeySelector: name ! subdomain, key configKey
V1SecretProjection: name !
V1SecretVolumeSource: secretName !, defaultMode 0..511
V1SecurityContext: runAsUser 0..2147483647, runAsGroup 0..2147483647, procMount nonempty Default|Unmasked
V1ServiceAccountTokenProjection: path relative, expirationSeconds 600..4294967296
V1ServiceBackendPort: number 1..65535, name portName
V1ServicePort: name label, port ! 1..65535, nodePort 30000..32767, appProtocol nonempty qualified
V1ServiceSpec: loadBalancerSourceRanges nonempty cidr, externalIPs nonempty address, externalName subdomain, selector labels, loadBalancerClass nonempty qualified, internalTrafficPolicy nonempty, ipFamilyPolicy nonempty SingleStack|PreferDualStack|RequireDualStack, ipFamilies nonempty once
V1StatefulSetOrdinals: start 0..
V1StatefulSetPersistentVolumeClaimRetentionPolicy: whenDeleted Delete|Retain, whenScaled Delete|Retain
V1StatefulSetSpec: replicas 0.., serviceName label, minReadySeconds 0..
V1StorageClass: provisioner driver, reclaimPolicy nonempty Delete|Retain, volumeBindingMode nonempty, allowedTopologies unsimulated
V1Sysctl: name sysctl
V1Taint: key qualified
V1Toleration: key qualified, value labelValue
V1TopologySpreadConstraint: maxSkew ! 1..
V1TypedLocalObjectReference: apiGroup nonempty subdomain, kind segment, name segment
V1ValidatingWebhook: name subdomain, admissionReviewVersions !, timeoutSeconds 1..30, failurePolicy nonempty, matchPolicy nonempty
V1Volume: name label
V1VolumeMount: mountPropagation nonempty
V1VolumeNodeAffinity: required !
V1WeightedPodAffinityTerm: weight ! 1..100
V2CrossVersionObjectReference: apiVersion ! groupVersion, kind segment, name segment
V2HorizontalPodAutoscalerSpec: minReplicas 1.., maxReplicas ! 1..
V2HPAScalingPolicy: type Pods|Percent, value ! 1.., periodSeconds ! 1..1800
V2HPAScalingRules: selectPolicy nonempty Max|Min|Disabled, stabilizationWindowSeconds 0..3600, policies nonempty
V2MetricIdentifier: name segment
V2MetricSpec: type Object|Pods|Resource|ContainerResource|External
V2MetricTarget: type Utilization|Value|AverageValue, averageUtilization 1..
`;

/** What is asked of one field. */
export type Constraint = Readonly<{
  required: boolean;
  nonempty: boolean;
  once: boolean;
  labels: boolean;
  unsimulated: boolean;
  range?: readonly [low: number, high: number];
  values: readonly string[];
  format?: FormatName;
}>;

const isFormat = (word: string): word is FormatName => word in formats;

function constraintOf(words: readonly string[]): Constraint {
  const has = (word: string) => words.includes(word);
  const [, low, high] = words.map((word) => /^(\d+)\.\.(\d*)$/.exec(word)).find((found) => found !== null) ?? [];
  const format = words.find(isFormat);
  const values = words.find((word) => /^[\w.]+(?:\|[\w.]+)+$|\.k8s\.io$|^[A-Z]\w+$/.test(word));
  return {
    ...{ required: has('!'), nonempty: has('nonempty'), once: has('once'), labels: has('labels') },
    unsimulated: has('unsimulated'),
    ...(low === undefined ? {} : { range: [Number(low), high === '' ? Infinity : Number(high)] }),
    ...(format === undefined ? {} : { format }),
    values: values?.split('|') ?? [],
  };
}

/** By type and field. */
export const constraints: ReadonlyMap<string, ReadonlyMap<string, Constraint>> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [type = '', fields = ''] = line.split(': ');
      const all = fields.split(', ').map((text) => {
        const [name = '', ...words] = text.split(' ');
        return [name, constraintOf(words)] as const;
      });
      return [type, new Map(all)] as const;
    }),
);
