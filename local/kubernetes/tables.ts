import { at, listAt, objectAt, shown, textAt, type Json, type JsonObject } from './json.ts';
import type { Resource } from './schema.ts';
import { resourceName } from './objects.ts';

/**
 * What `kubectl get` prints. A line names a resource and its columns: `Title=value`, in which
 * `{path}` is what the object has there, for every item of a list; after `|` comes what to print if
 * there is nothing, and `@` means that it is computed below. `-o wide` adds nothing.
 */
const table = `
pods: Ready={@ready}, Status={@status}, Restarts=0, Age
services: Type={spec.type}, Cluster-IP={spec.clusterIP}, External-IP={status.loadBalancer.ingress.ip}, Port(s)={spec.ports.port}, Age
deployments.apps: Ready={status.readyReplicas|0}/{spec.replicas|0}, Up-to-date={status.updatedReplicas|0}, Available={status.availableReplicas|0}, Age
replicasets.apps: Desired={spec.replicas|0}, Current={status.replicas|0}, Ready={status.readyReplicas|0}, Age
statefulsets.apps: Ready={status.readyReplicas|0}/{spec.replicas|0}, Age
daemonsets.apps: Desired={status.desiredNumberScheduled|0}, Current={status.currentNumberScheduled|0}, Ready={status.numberReady|0}, Up-to-date={status.updatedNumberScheduled|0}, Available={status.numberAvailable|0}, Age
jobs.batch: Completions={status.succeeded|0}/{spec.completions|0}, Duration={status.startTime@}, Age
cronjobs.batch: Schedule={spec.schedule}, Timezone={spec.timeZone}, Suspend={spec.suspend|false}, Active=0, Last Schedule={status.lastScheduleTime@|<none>}, Age
namespaces: Status={status.phase}, Age
nodes: Status=Ready, Roles=<none>, Age, Version={status.nodeInfo.kubeletVersion}
configmaps: Data={@size}, Age
secrets: Type={type}, Data={@size}, Age
events: Age, Type={type}, Reason={reason}, Object={involvedObject.kind}/{involvedObject.name}, Message={message}
endpoints: Endpoints={subsets.addresses.ip}, Age
ingresses.networking.k8s.io: Class={spec.ingressClassName}, Hosts={spec.rules.host|*}, Address=, Ports=80, Age
persistentvolumeclaims: Status={status.phase}, Volume={spec.volumeName|}, Capacity={status.capacity.storage|}, Access Modes={status.accessModes|}, StorageClass={spec.storageClassName|}, Age
poddisruptionbudgets.policy: Min Available={spec.minAvailable|N/A}, Max Unavailable={spec.maxUnavailable|N/A}, Allowed Disruptions={status.disruptionsAllowed|0}, Age
horizontalpodautoscalers.autoscaling: Reference={spec.scaleTargetRef.kind}/{spec.scaleTargetRef.name}, Targets=<unknown>, MinPods={spec.minReplicas}, MaxPods={spec.maxReplicas}, Replicas={status.currentReplicas|0}, Age
`;

/** The columns of a resource by title. One without a value is the object's age. */
function columnsOf(resource: Resource): (readonly [title: string, value: string])[] {
  const [, line = 'Age'] = new RegExp(`^${resourceName(resource)}: (.*)$`, 'm').exec(table) ?? [];
  return `Name={metadata.name}, ${line}`.split(', ').map((text) => {
    const [title = '', value = '{metadata.creationTimestamp@}'] = text.split('=');
    return [title, value];
  });
}

/** Cells that cannot be expressed as a path. */
const computed: Readonly<Record<string, (object: JsonObject) => string>> = {
  ready(pod) {
    const ready = valuesAt(pod, 'status.containerStatuses.ready').filter((one) => one === true);
    return `${ready.length}/${listAt(pod, 'spec', 'containers').length}`;
  },
  status(pod) {
    if (at(pod, 'metadata', 'deletionTimestamp') !== undefined) return 'Terminating';
    const phase = textAt(pod, 'status', 'phase').replace('Succeeded', 'Completed');
    return fill(`{status.containerStatuses.state.waiting.reason|${phase}}`, pod);
  },
  size: (one) =>
    String(Object.keys({ ...objectAt(one, 'data'), ...objectAt(one, 'binaryData') }).length),
};

/** The values at a path, for every item of a list. */
const valuesAt = (value: Json, path: string): Json[] =>
  path.split('.').reduce<Json[]>((all, step) => all.flatMap((one) => at(one, step) ?? []), [value]);

function fill(template: string, object: JsonObject): string {
  return template.replaceAll(
    /\{(@?)(.*?)(@?)(?:\|(.*?))?\}/g,
    (_all, own, path: string, time, none = '<none>') => {
      if (own === '@') return computed[path]?.(object) ?? '';
      const texts = valuesAt(object, path).map((one) =>
        time === '@' ? duration(shown(one)) : shown(one),
      );
      return texts.join(',') || String(none);
    },
  );
}

/** Objects as a `Table` of meta.k8s.io. */
export function tableOf(
  resource: Resource,
  objects: readonly JsonObject[],
  metadata: JsonObject,
): JsonObject {
  const columns = columnsOf(resource);
  const apiVersion = 'meta.k8s.io/v1';
  const columnDefinitions = columns.map(([name]) => ({
    name,
    type: 'string',
    format: name === 'Name' ? 'name' : '',
  }));
  const rows = objects.map((object) => ({
    cells: columns.map(([, value]) => fill(value, object)),
    object: { kind: 'PartialObjectMetadata', apiVersion, metadata: objectAt(object, 'metadata') },
  }));
  return { kind: 'Table', apiVersion, metadata, columnDefinitions, rows };
}

/** `5s`, `3m`: the time since then. No rehearsal takes hours. */
function duration(since: string): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  return seconds < 120 ? `${seconds}s` : `${Math.floor(seconds / 60)}m`;
}
