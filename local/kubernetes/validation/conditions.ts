import { at, shown, type JsonObject } from '../json.ts';
import { isEmpty, pathOf } from './fields.ts';
import { formatProblem } from './formats.ts';

/**
 * The server's rules for fields that depend on each other. A line gives the types, the conditions,
 * and what the server then says about which field. All conditions must hold, or all those before or
 * after an `or`. `a` means that it exists and is not empty, `a=X|Y` that it has one of these
 * values, `a>b` that it is a number above another one, `a~FORMAT` that it has a format, and `!`
 * negates a condition.
 */
const table = `
RbacV1Subject: kind=ServiceAccount !name~subdomain -> name: must be a lowercase RFC 1123 subdomain
RbacV1Subject: kind=ServiceAccount apiGroup or !kind=ServiceAccount !apiGroup=rbac.authorization.k8s.io -> apiGroup: must be rbac.authorization.k8s.io, and nothing for a ServiceAccount
V1Container: livenessProbe.successThreshold>1 or startupProbe.successThreshold>1 -> successThreshold: must be 1 but for a readinessProbe
V1CustomResourceDefinition: spec.group~protected !metadata.annotations/api-approved.kubernetes.io -> metadata.annotations: groups of Kubernetes need api-approved.kubernetes.io
V1CustomResourceDefinitionVersion: !schema.openAPIV3Schema.type=object -> schema.openAPIV3Schema: must be of type object
V1DaemonSetSpec V1DeploymentSpec V1ReplicaSetSpec V1StatefulSetSpec: !template.spec.restartPolicy=Always -> template.spec.restartPolicy: must be Always
V1DeploymentSpec: !progressDeadlineSeconds>minReadySeconds -> progressDeadlineSeconds: must be greater than minReadySeconds
V1DeploymentStrategy: type=Recreate rollingUpdate -> rollingUpdate: may not be specified when strategy \`type\` is 'Recreate'
V1EnvVar: value valueFrom -> valueFrom: may not be specified when \`value\` is not empty
V1HTTPIngressPath: !path !pathType=ImplementationSpecific -> path: must be an absolute path
V1IngressSpec: !rules !defaultBackend -> rules: either \`defaultBackend\` or \`rules\` must be specified
V1Job: spec.completionMode=Indexed !metadata.name~label -> metadata.name: must be a lowercase RFC 1123 label
V1JobSpec: completionMode=Indexed !completions or completionMode=Indexed parallelism>100000 -> completionMode: Indexed needs completions, and parallelism of no more than 100000
V1JobSpec: template.spec.restartPolicy=Always -> template.spec.restartPolicy: must be OnFailure or Never
V1JSONSchemaProps: !type !x-kubernetes-int-or-string !x-kubernetes-preserve-unknown-fields -> type: must not be empty for specified object fields
V1JSONSchemaProps: type=array !items or properties additionalProperties or x-kubernetes-preserve-unknown-fields=false -> type: an array has items, properties exclude additionalProperties, and x-kubernetes-preserve-unknown-fields is true
V1JSONSchemaProps: x-kubernetes-list-type !type=array or x-kubernetes-list-type=map !items.type=object or x-kubernetes-list-type=map !x-kubernetes-list-map-keys or !x-kubernetes-list-type=map x-kubernetes-list-map-keys -> x-kubernetes-list-type: is for arrays; map is for arrays of objects, with x-kubernetes-list-map-keys
V1LabelSelectorRequirement: operator=In|NotIn !values or operator=Exists|DoesNotExist values -> values: go with the operators In and NotIn
V1NetworkPolicyPeer: ipBlock podSelector or ipBlock namespaceSelector or !ipBlock !podSelector !namespaceSelector -> ipBlock: must be the only peer, or another one must be there
V1NetworkPolicyPort: endPort !port or endPort port>endPort -> endPort: must not be below \`port\`, which must be there
V1ClusterRoleBinding: !roleRef.kind=ClusterRole -> roleRef.kind: must be ClusterRole
V1PersistentVolumeClaimSpec: !resources.requests.storage~positive -> resources.requests.storage: must be greater than zero
V1PersistentVolumeClaimSpec: accessModes=ReadWriteOncePod accessModes=ReadWriteOnce|ReadOnlyMany|ReadWriteMany -> accessModes: may not have others beside ReadWriteOncePod
V1PodDisruptionBudgetSpec: minAvailable maxUnavailable -> minAvailable: minAvailable and maxUnavailable cannot be both set
V1PolicyRule: !nonResourceURLs !apiGroups or !nonResourceURLs !resources -> resources: resource rules must supply at least one api group and resource
V1RollingUpdateDaemonSet V1RollingUpdateDeployment: maxUnavailable=0|0% maxSurge=0|0% -> maxUnavailable: may not be 0 when \`maxSurge\` is 0
V1RollingUpdateDaemonSet: !maxUnavailable=0|0% !maxSurge=0|0% -> maxSurge: may not be set when maxUnavailable is non-zero
V1Namespace: metadata.labels/pod-security.kubernetes.io/enforce !metadata.labels/pod-security.kubernetes.io/enforce=privileged|baseline|restricted -> metadata.labels: must be a pod security level
V1Secret: type=kubernetes.io/tls !data/tls.crt or type=kubernetes.io/tls !data/tls.key or type=kubernetes.io/ssh-auth !data/ssh-privatekey or type=kubernetes.io/dockerconfigjson !data/.dockerconfigjson~dockerConfig -> data: must have what its type asks for: tls.crt and tls.key, ssh-privatekey, or .dockerconfigjson with a JSON object
V1SecurityContext: allowPrivilegeEscalation=false privileged=true or allowPrivilegeEscalation=false capabilities.add=SYS_ADMIN -> allowPrivilegeEscalation: cannot be false when privileged, or with CAP_SYS_ADMIN
V1ServiceSpec: type=ExternalName !externalName or type=ExternalName clusterIP !clusterIP=None -> externalName: is required, and no clusterIP for ExternalName services
V1ServiceSpec: !type=ExternalName !clusterIP=None !ports -> ports: is required
V1ServiceSpec: type=NodePort|LoadBalancer clusterIP=None -> clusterIP: may not be set to 'None' for services of this type
V1ServiceSpec: !type=LoadBalancer loadBalancerSourceRanges -> loadBalancerSourceRanges: may only be used when \`type\` is 'LoadBalancer'
V1ServiceSpec: type=ClusterIP externalTrafficPolicy -> externalTrafficPolicy: may only be set for externally-accessible services
V1Toleration: tolerationSeconds !effect=NoExecute -> effect: must be 'NoExecute' when \`tolerationSeconds\` is set
V1Toleration: operator=Exists value or !key !operator=Exists -> operator: must be Exists when \`key\` is empty, and \`value\` empty when it is Exists
V2HorizontalPodAutoscalerSpec: minReplicas>maxReplicas -> maxReplicas: must be greater than or equal to \`minReplicas\`
V2MetricSpec: resource.target.value or containerResource.target.value or pods.target.value or pods.target.averageUtilization or object.target.averageUtilization or external.target.averageUtilization -> target: value is for objects and external metrics, averageUtilization for resources
V2MetricSpec: type=Object !object or type=Pods !pods or type=Resource !resource or type=ContainerResource !containerResource or type=External !external -> type: needs the field of its name
`;

const rows = [...table.matchAll(/^(.*?): (.*) -> (.*)$/gm)].map(
  ([, types = '', conditions = '', text = '']) => ({
    types: types.split(' '),
    alternatives: conditions.split(' or ').map((all) => all.split(' ')),
    text,
  }),
);

function holds(condition: string, value: JsonObject): boolean {
  const [, not, path = '', operator, other = ''] =
    /^(!?)([^=>~]+)([=>~]?)(.*)$/.exec(condition) ?? [];
  const found = at(value, ...pathOf(path));
  const texts = (Array.isArray(found) ? found : [found]).map(shown);
  const limit = /^\d+$/.test(other) ? other : at(value, other);
  let isTrue = !isEmpty(found);
  if (operator === '=') isTrue = texts.some((text) => other.split('|').includes(text));
  if (operator === '>') isTrue = Number(found ?? 0) > Number(limit ?? 0);
  if (operator === '~') isTrue = formatProblem(other, shown(found)) === undefined;
  return isTrue !== (not === '!');
}

/** What is wrong with a value's fields that depend on each other. */
export const dependentProblems = (type: string, value: JsonObject): string[] =>
  rows
    .filter(
      ({ types, alternatives }) =>
        types.includes(type) && alternatives.some((all) => all.every((one) => holds(one, value))),
    )
    .map(({ text }) => text);
