import { at, isObject, listAt, numberAt, objectAt, shown, textAt, type Json, type JsonObject } from './json.ts';
import { resourceName, type Resource } from './schema.ts';

/**
 * What `kubectl get` prints. A line names a resource and its columns: `Title=value`, where `{path}` stands for what the
 * object has there, `[]` for every item of a list, `|` before what is printed where there is nothing, and `@` for what
 * is computed below. A `*` marks a column of `-o wide`.
 */
const table = `
pods: Ready={@ready}/{@containers}, Status={@status}, Restarts=0, Age, IP*={status.podIP}, Node*={spec.nodeName}
services: Type={spec.type}, Cluster-IP={spec.clusterIP}, External-IP={@external}, Port(s)={@ports}, Age, Selector*={spec.selector}
deployments.apps: Ready={status.readyReplicas|0}/{spec.replicas|0}, Up-to-date={status.updatedReplicas|0}, Available={status.availableReplicas|0}, Age, @template
replicasets.apps: Desired={spec.replicas|0}, Current={status.replicas|0}, Ready={status.readyReplicas|0}, Age, @template
statefulsets.apps: Ready={status.readyReplicas|0}/{spec.replicas|0}, Age, @template
daemonsets.apps: Desired={status.desiredNumberScheduled|0}, Current={status.currentNumberScheduled|0}, Ready={status.numberReady|0}, Up-to-date={status.updatedNumberScheduled|0}, Available={status.numberAvailable|0}, Node Selector={spec.template.spec.nodeSelector}, Age, @template
jobs.batch: Status={@outcome}, Completions={status.succeeded|0}/{spec.completions|0}, Duration={status.startTime@}, Age, @template
cronjobs.batch: Schedule={spec.schedule}, Timezone={spec.timeZone}, Suspend={spec.suspend|false}, Active=0, Last Schedule={status.lastScheduleTime@|<none>}, Age
namespaces: Status={status.phase}, Age
nodes: Status={@node}, Roles=<none>, Age, Version={status.nodeInfo.kubeletVersion}, Internal-IP*={status.addresses[].address}, OS-Image*={status.nodeInfo.osImage}
configmaps: Data={@size}, Age
secrets: Type={type}, Data={@size}, Age
events: Last Seen={lastTimestamp@}, Type={type}, Reason={reason}, Object={involvedObject.kind}/{involvedObject.name}, Message={message}
endpoints: Endpoints={subsets[].addresses[].ip}, Ports={subsets[].ports[].port}, Age
endpointslices.discovery.k8s.io: AddressType={addressType}, Ports={ports[].port}, Endpoints={endpoints[].addresses[]}, Age
ingresses.networking.k8s.io: Class={spec.ingressClassName}, Hosts={spec.rules[].host|*}, Address=, Ports=80, Age
networkpolicies.networking.k8s.io: Pod-Selector={spec.podSelector.matchLabels}, Age
persistentvolumeclaims: Status={status.phase}, Volume={spec.volumeName|}, Capacity={status.capacity.storage|}, Access Modes={status.accessModes[]|}, StorageClass={spec.storageClassName|}, Age
persistentvolumes: Capacity={spec.capacity.storage}, Reclaim Policy={spec.persistentVolumeReclaimPolicy}, Status={status.phase}, Claim={spec.claimRef.namespace|}/{spec.claimRef.name|}, Age
storageclasses.storage.k8s.io: Provisioner={provisioner}, ReclaimPolicy={reclaimPolicy}, VolumeBindingMode={volumeBindingMode}, AllowVolumeExpansion={allowVolumeExpansion|false}, Age
poddisruptionbudgets.policy: Min Available={spec.minAvailable|N/A}, Max Unavailable={spec.maxUnavailable|N/A}, Allowed Disruptions={status.disruptionsAllowed|0}, Age
horizontalpodautoscalers.autoscaling: Reference={spec.scaleTargetRef.kind}/{spec.scaleTargetRef.name}, Targets=<unknown>, MinPods={spec.minReplicas}, MaxPods={spec.maxReplicas}, Replicas={status.currentReplicas|0}, Age
roles.rbac.authorization.k8s.io: Created At={metadata.creationTimestamp}
clusterroles.rbac.authorization.k8s.io: Created At={metadata.creationTimestamp}
rolebindings.rbac.authorization.k8s.io: Role={roleRef.kind}/{roleRef.name}, Age
clusterrolebindings.rbac.authorization.k8s.io: Role={roleRef.kind}/{roleRef.name}, Age
customresourcedefinitions.apiextensions.k8s.io: Created At={metadata.creationTimestamp}
priorityclasses.scheduling.k8s.io: Value={value}, Global-Default={globalDefault|false}, Age
`.replaceAll(
  '@template',
  'Containers*={spec.template.spec.containers[].name}, Images*={spec.template.spec.containers[].image}, Selector*={spec.selector.matchLabels}',
);

type Column = Readonly<{ title: string; value: string; wide: boolean }>;

function columnOf(text: string): Column {
  const [, title = '', wide = '', value = '{metadata.creationTimestamp@}'] = /^(.*?)(\*?)(?:=(.*))?$/.exec(text) ?? [];
  return { title, value, wide: wide === '*' };
}

/** The columns of a resource: those of the table, of its definition, or its age alone. */
function columnsOf(resource: Resource): Column[] {
  const [line] = table.split('\n').filter((one) => one.startsWith(`${resourceName(resource)}: `));
  if (line !== undefined) return line.replace(/^\S+ /, '').split(', ').map(columnOf);
  const own = resource.columns.map((one) => ({
    title: textAt(one, 'name'),
    value: `{${textAt(one, 'jsonPath').replace(/^\./, '')}${textAt(one, 'type') === 'date' ? '@' : ''}|}`,
    wide: numberAt(0, one, 'priority') > 0,
  }));
  return own.length > 0 ? own : [columnOf('Age')];
}

/** Cells that a path cannot tell. */
const computed: Readonly<Record<string, (object: JsonObject) => string>> = {
  ready: (pod) => String(valuesAt(pod, 'status.containerStatuses[].ready').filter((one) => one === true).length),
  containers: (pod) => String(listAt(pod, 'spec', 'containers').length),
  status(pod) {
    const phase = fill('{status.containerStatuses[].state.waiting.reason|}', pod) || textAt(pod, 'status', 'phase');
    const isGoing = at(pod, 'metadata', 'deletionTimestamp') !== undefined;
    return isGoing ? 'Terminating' : phase === 'Succeeded' ? 'Completed' : phase;
  },
  external: (service) =>
    textAt(service, 'spec', 'type') === 'LoadBalancer'
      ? fill('{status.loadBalancer.ingress[].ip|<pending>}', service)
      : fill('{spec.externalName}', service),
  ports: (service) =>
    listAt(service, 'spec', 'ports')
      .map((port) =>
        fill(at(port, 'nodePort') === undefined ? '{port}/{protocol}' : '{port}:{nodePort}/{protocol}', objectAt(port)),
      )
      .join(',') || '<none>',
  outcome: (job) => shown(valuesAt(job, 'status.conditions[].type').at(-1) ?? 'Running'),
  node: (node) => (at(node, 'spec', 'unschedulable') === true ? 'Ready,SchedulingDisabled' : 'Ready'),
  size: (one) => String(Object.keys({ ...objectAt(one, 'data'), ...objectAt(one, 'binaryData') }).length),
};

/** The values at a path whose `[]` stand for every item, and `[N]` for one. */
function valuesAt(value: Json, path: string): Json[] {
  const steps = [...path.matchAll(/((?:\\.|[^.[\]])+)|\[(\d*)\]/g)];
  return steps.reduce<Json[]>(
    (all, [, name, index]) =>
      all.flatMap((one) => {
        const found = name === undefined ? undefined : at(one, name.replaceAll('\\', ''));
        if (name !== undefined) return found === undefined || found === null ? [] : [found];
        return Array.isArray(one) ? (index === '' ? one : one.slice(Number(index), Number(index) + 1)) : [];
      }),
    [value],
  );
}

const pairs = (labels: JsonObject) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${shown(value)}`)
    .join(',');

function fill(template: string, object: JsonObject): string {
  return template.replaceAll(
    /\{(@?)(.*?)(@?)(?:\|(.*?))?\}/g,
    (_all, own, path: string, time, otherwise = '<none>') => {
      if (own === '@') return computed[path]?.(object) ?? '';
      const text = valuesAt(object, path)
        .map((one) => (time === '@' ? duration(shown(one)) : isObject(one) ? pairs(one) : shown(one)))
        .join(',');
      return text === '' ? String(otherwise) : text;
    },
  );
}

/** Objects as a `Table` of meta.k8s.io. */
export function tableOf(resource: Resource, objects: readonly JsonObject[], metadata: JsonObject): JsonObject {
  const columns = columnsOf(resource);
  if (resource.plural !== 'events') columns.unshift(columnOf('Name={metadata.name}'));
  const meta = { apiVersion: 'meta.k8s.io/v1' };
  return {
    ...{ kind: 'Table', ...meta, metadata },
    columnDefinitions: columns.map(({ title, wide }) => ({
      ...{ name: title, type: 'string', format: title === 'Name' ? 'name' : '', description: '' },
      priority: wide ? 1 : 0,
    })),
    rows: objects.map((object) => ({
      cells: columns.map(({ value }) => fill(value, object)),
      object: { kind: 'PartialObjectMetadata', ...meta, metadata: objectAt(object, 'metadata') },
    })),
  };
}

/** `5s`, `3m`, `2h`, `4d`, since a time. */
function duration(since: string): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  if (Number.isNaN(seconds)) return '<unknown>';
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
