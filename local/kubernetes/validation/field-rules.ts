import type { Json } from '../json.ts';
import type { FormatName } from './formats.ts';

/** What the server demands of a field, beyond what the schema of its type says. */
export type FieldRule = Readonly<{
  /** It exists and is not empty. */
  required?: true;
  /** It is not empty if it exists. In a list or a map of texts, no item is. */
  notEmpty?: true;
  minimum?: number;
  maximum?: number;
  enum?: readonly string[];
  pattern?: RegExp;
  format?: FormatName;
  /** The format of the names in a map. */
  keyFormat?: FormatName;
  /**
   * No two items have the same values under all of these names; items that lack the first are not
   * compared. Without names, no item appears twice.
   */
  uniqueBy?: readonly (readonly string[])[];
  /** An update may not change it. */
  immutable?: true;
  /** An update may set it once. */
  immutableOnceSet?: true;
  default?: Json;
  /** This field is refused by name, or these values of it. */
  notSimulated?: true | readonly string[];
  /** Changing it is refused by name. */
  changeNotSimulated?: true;
}>;

export type TypeRule = Readonly<{
  /** The format of `metadata.name`. Only kinds that have one can be written. */
  nameFormat?: FormatName;
  /** Exactly one of these fields is there. */
  exactlyOneOf?: readonly string[];
  /**
   * By name, or by a path of names such as `spec.template`. In a path, a name that has dots comes
   * after a slash. For a list or a map of texts or numbers, range, enum, pattern, and format apply
   * to each item.
   */
  fields?: Readonly<Record<string, FieldRule>>;
  /** If this is here, fields that are not named in this rule are refused by name. */
  alsoSimulated?: readonly string[];
}>;

/** What the downward API offers about a pod. */
const podField = new RegExp(
  [
    String.raw`^metadata\.(?:name|namespace|uid)$`,
    String.raw`^metadata\.(?:labels|annotations)(?:\['[^']+'\])?$`,
    String.raw`^spec\.(?:nodeName|serviceAccountName)$`,
    String.raw`^status\.(?:hostIPs?|podIPs?)$`,
  ].join('|'),
);

/** The server's rules and defaults for single fields, by the types of client-node. */
export const typeRules: Readonly<Record<string, TypeRule>> = {
  V1Affinity: { alsoSimulated: ['podAffinity', 'podAntiAffinity'] },
  V1ClusterRole: { nameFormat: 'segment', fields: { aggregationRule: { notSimulated: true } } },
  V1ClusterRoleBinding: { nameFormat: 'segment', fields: { roleRef: { immutable: true } } },
  V1ConfigMap: {
    nameFormat: 'subdomain',
    fields: {
      data: { keyFormat: 'configKey' },
      binaryData: { keyFormat: 'configKey' },
    },
  },
  V1ConfigMapEnvSource: { fields: { name: { required: true, format: 'subdomain' } } },
  V1ConfigMapKeySelector: {
    fields: {
      name: { required: true, format: 'subdomain' },
      key: { format: 'configKey' },
    },
  },
  V1ConfigMapVolumeSource: {
    fields: {
      name: { required: true },
      defaultMode: { minimum: 0, maximum: 511, default: 420 },
    },
  },
  V1Container: {
    fields: {
      name: { format: 'label' },
      image: { required: true },
      ports: { uniqueBy: [['name'], ['hostPort', 'protocol']] },
      restartPolicy: { enum: ['Always', 'Never', 'OnFailure'] },
      terminationMessagePath: { default: '/dev/termination-log' },
      terminationMessagePolicy: { default: 'File' },
      volumeMounts: { uniqueBy: [['mountPath']] },
    },
    alsoSimulated: [
      'command',
      'args',
      'workingDir',
      'env',
      'envFrom',
      'imagePullPolicy',
      'lifecycle',
      'livenessProbe',
      'readinessProbe',
      'startupProbe',
      'resources',
      'securityContext',
      'stdin',
      'stdinOnce',
      'tty',
    ],
  },
  V1ContainerPort: {
    fields: {
      name: { format: 'portName' },
      containerPort: { required: true, minimum: 1, maximum: 65535 },
      hostPort: { minimum: 0, maximum: 65535 },
      protocol: { default: 'TCP' },
    },
  },
  V1CronJob: { nameFormat: 'cronJobName' },
  V1CronJobSpec: {
    fields: {
      schedule: { format: 'schedule' },
      timeZone: { notEmpty: true, format: 'timeZone' },
      concurrencyPolicy: { default: 'Allow' },
      suspend: { default: false },
      successfulJobsHistoryLimit: { minimum: 0, default: 3 },
      failedJobsHistoryLimit: { minimum: 0, default: 1 },
      startingDeadlineSeconds: { minimum: 0 },
    },
  },
  V2CrossVersionObjectReference: {
    fields: {
      apiVersion: { required: true, pattern: /^[a-z0-9.-]+\/v\d[a-z0-9]*$/ },
      kind: { format: 'segment' },
      name: { format: 'segment' },
    },
  },
  CustomResource: { nameFormat: 'subdomain' },
  V1CustomResourceColumnDefinition: {
    fields: {
      type: { enum: ['boolean', 'date', 'integer', 'number', 'string'] },
      jsonPath: { pattern: /^\.[^\s/]/ },
    },
  },
  V1CustomResourceConversion: {
    fields: {
      strategy: { enum: ['None', 'Webhook'], notSimulated: ['Webhook'] },
      webhook: { notSimulated: true },
    },
  },
  V1CustomResourceDefinition: {
    nameFormat: 'subdomain',
    fields: {
      status: {
        default: {
          conditions: [
            { type: 'NamesAccepted', status: 'True' },
            { type: 'Established', status: 'True' },
          ],
        },
      },
    },
  },
  V1CustomResourceDefinitionNames: {
    fields: {
      plural: { format: 'rfc1035', immutable: true },
      singular: { format: 'rfc1035' },
      kind: { format: 'mixedCase', immutable: true },
      listKind: { format: 'mixedCase' },
      shortNames: { notEmpty: true, format: 'rfc1035' },
      categories: { notEmpty: true, format: 'rfc1035' },
    },
  },
  V1CustomResourceDefinitionSpec: {
    fields: {
      scope: { enum: ['Namespaced', 'Cluster'], immutable: true },
      group: { format: 'subdomain', immutable: true },
      versions: { required: true, uniqueBy: [['name']] },
      conversion: { default: { strategy: 'None' } },
      preserveUnknownFields: { notSimulated: ['true'] },
    },
  },
  V1CustomResourceDefinitionVersion: {
    fields: {
      name: { format: 'rfc1035' },
      selectableFields: { notSimulated: true },
    },
  },
  V1CustomResourceSubresourceScale: {
    fields: {
      specReplicasPath: { pattern: /^\.spec\.[^\s/.]/ },
      statusReplicasPath: { pattern: /^\.status\.[^\s/.]/ },
      labelSelectorPath: { pattern: /^\.(spec|status)\.[^\s/.]/ },
    },
  },
  V1DaemonSet: { nameFormat: 'subdomain' },
  V1DaemonSetSpec: {
    fields: {
      minReadySeconds: { minimum: 0 },
      revisionHistoryLimit: { minimum: 0, default: 10 },
      selector: { immutable: true },
    },
  },
  V1DaemonSetUpdateStrategy: {
    fields: {
      type: { default: 'RollingUpdate', notSimulated: ['OnDelete'] },
      rollingUpdate: { default: {} },
    },
  },
  V1Deployment: { nameFormat: 'subdomain' },
  V1DeploymentSpec: {
    fields: {
      replicas: { minimum: 0, default: 1 },
      minReadySeconds: { minimum: 0 },
      revisionHistoryLimit: { minimum: 0, default: 10 },
      progressDeadlineSeconds: { default: 600 },
      selector: { immutable: true },
    },
  },
  V1DeploymentStrategy: { fields: { type: { default: 'RollingUpdate' } } },
  V1EnvFromSource: { exactlyOneOf: ['configMapRef', 'secretRef'] },
  V1EnvVar: { fields: { name: { format: 'environmentName' } } },
  V1EnvVarSource: {
    exactlyOneOf: ['configMapKeyRef', 'fieldRef', 'resourceFieldRef', 'secretKeyRef'],
    alsoSimulated: [],
  },
  V1ExecAction: { fields: { command: { required: true } } },
  V1GRPCAction: {
    fields: {
      port: { required: true, minimum: 1, maximum: 65535, format: 'portName' },
      service: { default: '' },
    },
  },
  V2HPAScalingPolicy: {
    fields: {
      type: { enum: ['Pods', 'Percent'] },
      value: { required: true, minimum: 1 },
      periodSeconds: { required: true, minimum: 1, maximum: 1800 },
    },
  },
  V2HPAScalingRules: {
    fields: {
      selectPolicy: { notEmpty: true, enum: ['Max', 'Min', 'Disabled'] },
      stabilizationWindowSeconds: { minimum: 0, maximum: 3600 },
      policies: { notEmpty: true },
      tolerance: { notSimulated: true },
    },
  },
  V1HTTPGetAction: {
    fields: {
      port: { required: true, minimum: 1, maximum: 65535, format: 'portName' },
      path: { default: '/' },
      scheme: { default: 'HTTP' },
    },
  },
  V1HTTPHeader: { fields: { name: { pattern: /^[-A-Za-z0-9]+$/ } } },
  V1HTTPIngressPath: {
    fields: {
      path: { format: 'absolute' },
      pathType: { enum: ['Exact', 'Prefix', 'ImplementationSpecific'] },
    },
  },
  V1HTTPIngressRuleValue: { fields: { paths: { required: true } } },
  V2HorizontalPodAutoscaler: { nameFormat: 'subdomain' },
  V2HorizontalPodAutoscalerSpec: {
    fields: {
      minReplicas: { minimum: 1, default: 1 },
      maxReplicas: { required: true, minimum: 1 },
    },
  },
  V1HostPathVolumeSource: {
    fields: {
      path: { pattern: /^(?!(.*\/)?\.\.(\/|$))/ },
      type: { default: '' },
    },
  },
  V1IPBlock: {
    fields: {
      cidr: { format: 'cidr' },
      except: { notSimulated: true },
    },
  },
  V1Ingress: { nameFormat: 'subdomain' },
  V1IngressBackend: { exactlyOneOf: ['service', 'resource'] },
  V1IngressClass: { nameFormat: 'subdomain' },
  V1IngressClassSpec: {
    fields: {
      controller: { required: true, format: 'domainPath', immutable: true },
      parameters: { notSimulated: true },
    },
  },
  V1IngressRule: { fields: { host: { format: 'host' } } },
  V1IngressServiceBackend: { fields: { name: { format: 'label' } } },
  V1IngressSpec: { fields: { ingressClassName: { notEmpty: true, format: 'subdomain' } } },
  V1IngressTLS: {
    fields: {
      hosts: { notEmpty: true, format: 'host' },
      secretName: { format: 'subdomain' },
    },
  },
  V1JSONSchemaProps: {
    fields: {
      type: { enum: ['array', 'boolean', 'integer', 'number', 'object', 'string'] },
      'x-kubernetes-list-type': { enum: ['atomic', 'map', 'set'] },
      'x-kubernetes-list-map-keys': { uniqueBy: [[]] },
      format: {
        notSimulated: [
          'bsonobjectid',
          'creditcard',
          'datetime',
          'duration',
          'hexcolor',
          'isbn',
          'isbn10',
          'isbn13',
          'k8s-long-name',
          'k8s-short-name',
          'mac',
          'rgbcolor',
          'ssn',
          'uuid3',
          'uuid4',
          'uuid5',
        ],
      },
      pattern: { format: 'pattern' },
      $ref: { notSimulated: true },
      $schema: { notSimulated: true },
      id: { notSimulated: true },
      additionalItems: { notSimulated: true },
      definitions: { notSimulated: true },
      dependencies: { notSimulated: true },
      patternProperties: { notSimulated: true },
      uniqueItems: { notSimulated: ['true'] },
    },
  },
  V1Job: {
    nameFormat: 'jobName',
    fields: {
      'spec.completions': { immutable: true },
      'spec.selector': { immutable: true },
      'spec.template': { immutable: true },
    },
  },
  V1JobSpec: {
    fields: {
      parallelism: { minimum: 0, default: 1 },
      completions: { minimum: 0 },
      backoffLimit: { minimum: 0, default: 6 },
      activeDeadlineSeconds: { minimum: 0 },
      ttlSecondsAfterFinished: { minimum: 0 },
      completionMode: { notEmpty: true, default: 'NonIndexed' },
      podReplacementPolicy: { default: 'TerminatingOrFailed' },
      suspend: { default: false },
      manualSelector: { notSimulated: ['true'] },
    },
    alsoSimulated: ['selector', 'template'],
  },
  V1KeyToPath: {
    fields: {
      path: { format: 'relative' },
      mode: { minimum: 0, maximum: 511 },
    },
  },
  V1LabelSelector: { fields: { matchLabels: { keyFormat: 'qualified', format: 'labelValue' } } },
  V1LabelSelectorRequirement: {
    fields: {
      key: { format: 'qualified' },
      operator: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
      values: { format: 'labelValue' },
    },
  },
  V1Lifecycle: { alsoSimulated: ['postStart', 'preStop'] },
  V1LifecycleHandler: { exactlyOneOf: ['exec', 'httpGet', 'tcpSocket', 'sleep'] },
  V2MetricIdentifier: { fields: { name: { format: 'segment' } } },
  V2MetricSpec: {
    fields: { type: { enum: ['Object', 'Pods', 'Resource', 'ContainerResource', 'External'] } },
  },
  V2MetricTarget: {
    exactlyOneOf: ['value', 'averageValue', 'averageUtilization'],
    fields: {
      type: { enum: ['Utilization', 'Value', 'AverageValue'] },
      averageUtilization: { minimum: 1 },
    },
  },
  V1Namespace: {
    nameFormat: 'label',
    fields: {
      'metadata.labels/pod-security.kubernetes.io/enforce': {
        notSimulated: ['baseline', 'restricted'],
      },
      status: { default: { phase: 'Active' } },
    },
  },
  V1NamespaceSpec: { fields: { finalizers: { default: ['kubernetes'] } } },
  V1NetworkPolicy: { nameFormat: 'subdomain' },
  V1NetworkPolicyPort: {
    fields: {
      protocol: { default: 'TCP', notEmpty: true, enum: ['TCP', 'UDP', 'SCTP'] },
      port: { notEmpty: true, minimum: 1, maximum: 65535, format: 'portName' },
      endPort: { minimum: 1, maximum: 65535 },
    },
  },
  V1NetworkPolicySpec: { fields: { policyTypes: { enum: ['Ingress', 'Egress'], uniqueBy: [[]] } } },
  V1Node: { nameFormat: 'subdomain' },
  V1NodeSpec: { alsoSimulated: ['podCIDR', 'podCIDRs', 'providerID'] },
  V1ObjectFieldSelector: {
    fields: {
      fieldPath: { pattern: podField },
      apiVersion: { default: 'v1' },
    },
  },
  V1ObjectMeta: {
    fields: {
      finalizers: { format: 'qualified' },
      labels: { keyFormat: 'qualified', format: 'labelValue' },
      annotations: { keyFormat: 'annotation' },
    },
  },
  V1PersistentVolumeClaim: {
    nameFormat: 'subdomain',
    fields: { status: { default: { phase: 'Pending' } } },
  },
  V1PersistentVolumeClaimSpec: {
    fields: {
      accessModes: {
        required: true,
        enum: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
        immutable: true,
      },
      volumeMode: { notEmpty: true, default: 'Filesystem', immutable: true },
      storageClassName: { format: 'subdomain', immutable: true },
      selector: { immutable: true },
      volumeName: { immutable: true },
      resources: { changeNotSimulated: true },
    },
    alsoSimulated: [],
  },
  V1Pod: { nameFormat: 'subdomain', fields: { status: { default: { phase: 'Pending' } } } },
  V1PodAffinityTerm: {
    fields: { topologyKey: { format: 'qualified' } },
    alsoSimulated: ['labelSelector', 'namespaces', 'namespaceSelector'],
  },
  V1PodDisruptionBudget: { nameFormat: 'subdomain' },
  V1PodDisruptionBudgetSpec: {
    fields: {
      minAvailable: { minimum: 0, notEmpty: true, pattern: /^(\d\d?|100)%$/ },
      maxUnavailable: { minimum: 0, notEmpty: true, pattern: /^(\d\d?|100)%$/ },
      unhealthyPodEvictionPolicy: { notEmpty: true },
    },
  },
  V1PodSecurityContext: {
    fields: {
      runAsUser: { minimum: 0, maximum: 2147483647 },
      runAsGroup: { minimum: 0, maximum: 2147483647 },
      fsGroup: { minimum: 0, maximum: 2147483647 },
      supplementalGroups: { minimum: 0, maximum: 2147483647 },
      fsGroupChangePolicy: { notEmpty: true, enum: ['Always', 'OnRootMismatch'] },
    },
    alsoSimulated: ['runAsNonRoot', 'seccompProfile'],
  },
  V1PodSpec: {
    fields: {
      serviceAccountName: { format: 'subdomain' },
      priorityClassName: { format: 'subdomain' },
      hostname: { format: 'label' },
      subdomain: { format: 'label' },
      nodeSelector: { keyFormat: 'qualified', format: 'labelValue' },
      terminationGracePeriodSeconds: { minimum: 0, default: 30 },
      restartPolicy: { default: 'Always' },
      dnsPolicy: { default: 'ClusterFirst' },
      schedulerName: { default: 'default-scheduler' },
      securityContext: { default: {} },
      topologySpreadConstraints: { uniqueBy: [['topologyKey', 'whenUnsatisfiable']] },
      volumes: { uniqueBy: [['name']] },
      containers: { required: true },
    },
    alsoSimulated: [
      'serviceAccount',
      'automountServiceAccountToken',
      'priority',
      'preemptionPolicy',
      'enableServiceLinks',
      'affinity',
      'tolerations',
      'hostIPC',
      'hostNetwork',
      'hostPID',
      'imagePullSecrets',
      'nodeName',
      'shareProcessNamespace',
      'initContainers',
    ],
  },
  V1PolicyRule: { fields: { verbs: { required: true } } },
  V1PriorityClass: {
    nameFormat: 'subdomain',
    fields: {
      value: { minimum: -2147483648, maximum: 1000000000, immutable: true },
      preemptionPolicy: {
        default: 'PreemptLowerPriority',
        notEmpty: true,
        enum: ['Never', 'PreemptLowerPriority'],
        immutable: true,
      },
    },
  },
  V1Probe: {
    exactlyOneOf: ['exec', 'httpGet', 'tcpSocket', 'grpc'],
    fields: {
      initialDelaySeconds: { minimum: 0 },
      timeoutSeconds: { minimum: 0, default: 1 },
      periodSeconds: { minimum: 0, default: 10 },
      successThreshold: { minimum: 0, default: 1 },
      failureThreshold: { minimum: 0, default: 3 },
      terminationGracePeriodSeconds: { minimum: 1 },
    },
  },
  V1ReplicaSet: { nameFormat: 'subdomain' },
  V1ReplicaSetSpec: {
    fields: {
      replicas: { minimum: 0, default: 1 },
      minReadySeconds: { minimum: 0 },
      selector: { immutable: true },
    },
  },
  V1ResourceFieldSelector: {
    fields: {
      resource: { pattern: /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/ },
    },
  },
  V1ResourceRequirements: {
    fields: {
      limits: { keyFormat: 'resourceName' },
      requests: { keyFormat: 'resourceName' },
      claims: { notSimulated: true },
    },
  },
  V1Role: { nameFormat: 'segment' },
  V1RoleBinding: { nameFormat: 'segment', fields: { roleRef: { immutable: true } } },
  V1RoleRef: {
    fields: {
      kind: { enum: ['Role', 'ClusterRole'] },
      apiGroup: { default: 'rbac.authorization.k8s.io', enum: ['rbac.authorization.k8s.io'] },
      name: { format: 'segment' },
    },
  },
  V1RollingUpdateDaemonSet: {
    fields: {
      maxUnavailable: { minimum: 0, notEmpty: true, pattern: /^(\d\d?|100)%$/, default: 1 },
      maxSurge: { minimum: 0, notEmpty: true, pattern: /^\d+%$/, default: 0 },
    },
  },
  V1RollingUpdateDeployment: {
    fields: {
      maxUnavailable: { minimum: 0, notEmpty: true, pattern: /^(\d\d?|100)%$/, default: '25%' },
      maxSurge: { minimum: 0, notEmpty: true, pattern: /^\d+%$/, default: '25%' },
    },
  },
  V1RollingUpdateStatefulSetStrategy: {
    fields: {
      partition: { minimum: 0, default: 0 },
      maxUnavailable: { notSimulated: true },
    },
  },
  V1SeccompProfile: { fields: { type: { notSimulated: ['Localhost'] } }, alsoSimulated: [] },
  V1Secret: {
    nameFormat: 'subdomain',
    fields: {
      data: { keyFormat: 'configKey' },
      type: {
        default: 'Opaque',
        immutable: true,
        notSimulated: [
          'kubernetes.io/service-account-token',
          'kubernetes.io/basic-auth',
          'kubernetes.io/dockercfg',
          'bootstrap.kubernetes.io/token',
        ],
      },
    },
  },
  V1SecretEnvSource: { fields: { name: { required: true, format: 'subdomain' } } },
  V1SecretKeySelector: {
    fields: {
      name: { required: true, format: 'subdomain' },
      key: { format: 'configKey' },
    },
  },
  V1SecretVolumeSource: {
    fields: {
      secretName: { required: true },
      defaultMode: { minimum: 0, maximum: 511, default: 420 },
    },
  },
  V1SecurityContext: {
    fields: {
      runAsUser: { minimum: 0, maximum: 2147483647 },
      runAsGroup: { minimum: 0, maximum: 2147483647 },
    },
    alsoSimulated: [
      'runAsNonRoot',
      'seccompProfile',
      'allowPrivilegeEscalation',
      'capabilities',
      'privileged',
      'readOnlyRootFilesystem',
    ],
  },
  V1Service: { nameFormat: 'label' },
  V1ServiceAccount: { nameFormat: 'subdomain' },
  V1ServiceBackendPort: {
    exactlyOneOf: ['name', 'number'],
    fields: {
      number: { minimum: 1, maximum: 65535 },
      name: { format: 'portName' },
    },
  },
  V1ServicePort: {
    fields: {
      name: { format: 'label' },
      port: { required: true, minimum: 1, maximum: 65535 },
      targetPort: { minimum: 1, maximum: 65535, format: 'portName' },
      nodePort: { minimum: 30000, maximum: 32767 },
      appProtocol: { notEmpty: true, format: 'qualified' },
      protocol: { default: 'TCP' },
    },
  },
  V1ServiceSpec: {
    fields: {
      type: { default: 'ClusterIP' },
      ports: { uniqueBy: [['name'], ['port', 'protocol']] },
      selector: { keyFormat: 'qualified', format: 'labelValue' },
      clusterIP: { format: 'clusterIP', immutableOnceSet: true },
      externalName: { format: 'subdomain' },
      internalTrafficPolicy: { notEmpty: true, default: 'Cluster' },
      ipFamilies: {
        notEmpty: true,
        default: ['IPv4'],
        enum: ['IPv4'],
        uniqueBy: [[]],
        notSimulated: ['IPv6'],
      },
      ipFamilyPolicy: {
        notEmpty: true,
        default: 'SingleStack',
        notSimulated: ['PreferDualStack', 'RequireDualStack'],
      },
      loadBalancerSourceRanges: { notEmpty: true, format: 'cidr' },
      sessionAffinity: { default: 'None' },
    },
    alsoSimulated: [
      'clusterIPs',
      'externalTrafficPolicy',
      'loadBalancerIP',
      'publishNotReadyAddresses',
    ],
  },
  V1StatefulSet: { nameFormat: 'label' },
  V1StatefulSetSpec: {
    fields: {
      replicas: { minimum: 0, default: 1 },
      serviceName: { format: 'label', immutable: true },
      minReadySeconds: { minimum: 0 },
      podManagementPolicy: { default: 'OrderedReady', immutable: true },
      revisionHistoryLimit: { minimum: 0, default: 10 },
      volumeClaimTemplates: { immutable: true },
      selector: { immutable: true },
    },
    alsoSimulated: ['updateStrategy', 'template'],
  },
  V1StatefulSetUpdateStrategy: {
    fields: {
      type: { default: 'RollingUpdate', notSimulated: ['OnDelete'] },
      rollingUpdate: { default: {} },
    },
  },
  RbacV1Subject: { fields: { kind: { enum: ['User', 'Group', 'ServiceAccount'] } } },
  V1TCPSocketAction: {
    fields: { port: { required: true, minimum: 1, maximum: 65535, format: 'portName' } },
  },
  V1Toleration: {
    fields: {
      key: { format: 'qualified' },
      value: { format: 'labelValue' },
    },
  },
  V1TopologySpreadConstraint: {
    fields: { maxSkew: { required: true, minimum: 1 } },
    alsoSimulated: ['topologyKey', 'whenUnsatisfiable', 'labelSelector'],
  },
  V1TypedLocalObjectReference: {
    fields: {
      apiGroup: { notEmpty: true, format: 'subdomain' },
      kind: { format: 'segment' },
      name: { format: 'segment' },
    },
  },
  V1Volume: {
    exactlyOneOf: ['configMap', 'secret', 'emptyDir', 'persistentVolumeClaim', 'hostPath'],
    fields: { name: { format: 'label' } },
    alsoSimulated: [],
  },
  V1VolumeMount: {
    fields: {
      mountPropagation: { notEmpty: true },
      subPath: { format: 'relative' },
    },
    alsoSimulated: ['name', 'mountPath', 'readOnly'],
  },
  V1VolumeResourceRequirements: {
    fields: {
      limits: { keyFormat: 'resourceName' },
      requests: { keyFormat: 'resourceName' },
    },
  },
  V1WeightedPodAffinityTerm: {
    fields: { weight: { required: true, minimum: 1, maximum: 100 } },
    alsoSimulated: ['podAffinityTerm'],
  },
};
