import { invalidValue, type Problem } from '../errors.ts';
import { at, shown, type Json, type JsonObject } from '../json.ts';
import { formatProblem, isFormat } from './formats.ts';

/**
 * What the server asks of fields that depend on each other. A line says of which types, under which conditions, and what
 * the server says then of which field. All conditions have to hold: `a` is there and not empty, `!a` is not; `a=X|Y` and
 * `a!=X|Y` are about its value, `a>b` and `a>=b` about numbers,
 * and `a~FORMAT` says that its text is not of a format.
 */
const table = `
V1Container: livenessProbe.successThreshold>1 -> livenessProbe.successThreshold: must be 1
V1Container: startupProbe.successThreshold>1 -> startupProbe.successThreshold: must be 1
V1DaemonSetSpec V1DeploymentSpec V1ReplicaSetSpec V1StatefulSetSpec: template.spec.restartPolicy!=Always -> template.spec.restartPolicy: must be Always
V1DeploymentSpec: minReadySeconds>=progressDeadlineSeconds -> progressDeadlineSeconds: must be greater than minReadySeconds
V1DeploymentStrategy: type=Recreate rollingUpdate -> rollingUpdate: may not be specified when strategy \`type\` is 'Recreate'
V1DownwardAPIVolumeFile: resourceFieldRef !resourceFieldRef.containerName -> resourceFieldRef.containerName: is required
V1EnvVar: value valueFrom -> valueFrom: may not be specified when \`value\` is not empty
V1HTTPIngressPath: !path pathType!=ImplementationSpecific -> path: must be an absolute path
V1IngressSpec: !rules !defaultBackend -> rules: either \`defaultBackend\` or \`rules\` must be specified
V1JobSpec: completionMode=Indexed !completions -> completions: is required when completion mode is Indexed
V1JobSpec: completionMode=Indexed parallelism>100000 -> parallelism: must be less than or equal to 100000 when completion mode is Indexed
V1JobSpec: template.spec.restartPolicy=Always -> template.spec.restartPolicy: must be OnFailure or Never
V1JSONSchemaProps: !type !x-kubernetes-int-or-string !x-kubernetes-preserve-unknown-fields -> type: must not be empty for specified object fields
V1JSONSchemaProps: x-kubernetes-preserve-unknown-fields=false -> x-kubernetes-preserve-unknown-fields: must be true or undefined
V1JSONSchemaProps: type=array !items -> items: must be specified
V1JSONSchemaProps: properties additionalProperties -> additionalProperties: additionalProperties and properties are mutual exclusive
V1JSONSchemaProps: x-kubernetes-list-type type!=array -> type: must be array if x-kubernetes-list-type is set
V1JSONSchemaProps: x-kubernetes-list-type=map !x-kubernetes-list-map-keys -> x-kubernetes-list-map-keys: must not be empty if x-kubernetes-list-type is map
V1JSONSchemaProps: x-kubernetes-list-type!=map x-kubernetes-list-map-keys -> x-kubernetes-list-map-keys: must be empty if x-kubernetes-list-type is not map
V1JSONSchemaProps: x-kubernetes-list-type=map items.type!=object -> items.type: must be object
V1LabelSelectorRequirement: operator=In|NotIn !values -> values: must be specified when \`operator\` is 'In' or 'NotIn'
V1LabelSelectorRequirement: operator=Exists|DoesNotExist values -> values: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'
V1NetworkPolicyPeer: ipBlock podSelector -> ipBlock: may not specify both ipBlock and another peer
V1NetworkPolicyPeer: ipBlock namespaceSelector -> ipBlock: may not specify both ipBlock and another peer
V1NetworkPolicyPeer: !ipBlock !podSelector !namespaceSelector -> podSelector: must specify a peer
V1NetworkPolicyPort: endPort !port -> endPort: may not be specified when \`port\` is not specified
V1NetworkPolicyPort: endPort port>endPort -> endPort: must be greater than or equal to \`port\`
V1PersistentVolumeClaimSpec: !resources.requests.storage -> resources.requests.storage: is required
V1PodDisruptionBudgetSpec: minAvailable maxUnavailable -> minAvailable: minAvailable and maxUnavailable cannot be both set
V1PolicyRule: !nonResourceURLs !apiGroups -> apiGroups: resource rules must supply at least one api group
V1PolicyRule: !nonResourceURLs !resources -> resources: resource rules must supply at least one resource
V1PriorityClass: value>1000000000 -> value: maximum allowed value of a user defined priority is 1000000000
V1RollingUpdateDaemonSet V1RollingUpdateDeployment: maxUnavailable=0|0% maxSurge=0|0% -> maxUnavailable: may not be 0 when \`maxSurge\` is 0
V1RollingUpdateDaemonSet: maxUnavailable!=0|0% maxSurge!=0|0% -> maxSurge: may not be set when maxUnavailable is non-zero
V1SeccompProfile: type=Localhost !localhostProfile -> localhostProfile: must be set when seccomp type is Localhost
V1SeccompProfile: type!=Localhost localhostProfile -> localhostProfile: can only be set when seccomp type is Localhost
V1SecurityContext: allowPrivilegeEscalation=false privileged=true -> allowPrivilegeEscalation: cannot be false when \`privileged\` is true
V1SecurityContext: allowPrivilegeEscalation=false capabilities.add=SYS_ADMIN -> allowPrivilegeEscalation: cannot be false with CAP_SYS_ADMIN
V1ServiceSpec: type=ExternalName !externalName -> externalName: is required
V1ServiceSpec: type=ExternalName clusterIP clusterIP!=None -> clusterIP: may not be set for ExternalName services
V1ServiceSpec: type!=ExternalName clusterIP!=None !ports -> ports: is required
V1ServiceSpec: type=NodePort|LoadBalancer clusterIP=None -> clusterIP: may not be set to 'None' for services of this type
V1ServiceSpec: type!=LoadBalancer loadBalancerSourceRanges -> loadBalancerSourceRanges: may only be used when \`type\` is 'LoadBalancer'
V1ServiceSpec: type=ClusterIP externalTrafficPolicy -> externalTrafficPolicy: may only be set for externally-accessible services
V1Toleration: tolerationSeconds effect!=NoExecute -> effect: must be 'NoExecute' when \`tolerationSeconds\` is set
V1Toleration: operator=Exists value -> operator: value must be empty when \`operator\` is 'Exists'
V1Toleration: !key operator!=Exists -> operator: must be Exists when \`key\` is empty, which means "match all values and all keys"
RbacV1Subject: kind=ServiceAccount name~subdomain -> name: must be a lowercase RFC 1123 subdomain
RbacV1Subject: kind=ServiceAccount apiGroup -> apiGroup: must be empty for a service account
RbacV1Subject: kind!=ServiceAccount apiGroup!=rbac.authorization.k8s.io -> apiGroup: must be rbac.authorization.k8s.io
V2HorizontalPodAutoscalerSpec: minReplicas>maxReplicas -> maxReplicas: must be greater than or equal to \`minReplicas\`
V2ContainerResourceMetricSource V2ResourceMetricSource: target.value -> target.value: must set either a target utilization or a target average value
V2ExternalMetricSource V2ObjectMetricSource V2PodsMetricSource: target.averageUtilization -> target.averageUtilization: is for resources
V2PodsMetricSource: target.value -> target.value: must set a target average value
V2MetricSpec: type=Object !object -> object: must populate information for the given metric source
V2MetricSpec: type=Pods !pods -> pods: must populate information for the given metric source
V2MetricSpec: type=Resource !resource -> resource: must populate information for the given metric source
V2MetricSpec: type=ContainerResource !containerResource -> containerResource: must populate information for the given metric source
V2MetricSpec: type=External !external -> external: must populate information for the given metric source
`;

type Condition = Readonly<{ conditions: readonly string[]; field: string; why: string }>;

const conditionsOf = new Map<string, Condition[]>();
for (const [, types = '', conditions = '', field = '', why = ''] of table.matchAll(/^(.*?): (.*) -> (.*?): (.*)$/gm)) {
  for (const type of types.split(' ')) {
    const before = conditionsOf.get(type) ?? [];
    conditionsOf.set(type, [...before, { conditions: conditions.split(' '), field, why }]);
  }
}

/** Whether a field holds nothing. */
export const isEmpty = (value: Json | undefined) =>
  value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);

function holds(condition: string, value: JsonObject): boolean {
  const [, not, path = '', operator, other = ''] = /^(!?)([^!=>~]+)(!?=|>=?|~)?(.*)$/.exec(condition) ?? [];
  const found = at(value, ...path.split('.'));
  const number = (one: Json | undefined) => (typeof one === 'number' ? one : NaN);
  const limit = /^\d+$/.test(other) ? Number(other) : number(at(value, other) ?? 0);
  switch (operator) {
    case '=':
      return other.split('|').some((one) => (Array.isArray(found) ? found.includes(one) : shown(found) === one));
    case '!=':
      return !other.split('|').includes(shown(found));
    case '~':
      return isFormat(other) && formatProblem(other, shown(found)) !== undefined;
    case '>':
      return number(found) > limit;
    case '>=':
      return number(found ?? 0) >= limit;
    default:
      return isEmpty(found) === (not === '!');
  }
}

/** What is wrong with fields of a value that depend on each other. */
export const dependentProblems = (type: string, value: JsonObject): Problem[] =>
  (conditionsOf.get(type) ?? [])
    .filter(({ conditions }) => conditions.every((condition) => holds(condition, value)))
    .map(({ field, why }) => invalidValue(field, at(value, ...field.split('.')), why));
