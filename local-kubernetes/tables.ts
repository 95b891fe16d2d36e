import {
  isObject,
  at,
  listAt,
  numberAt,
  objectAt,
  shown,
  textAt,
  textsAt,
  type Json,
  type JsonObject,
} from './json.ts';
import { resourceName, type Resource } from './schema.ts';

/** What `kubectl get` prints: the columns of each resource, as the server gives them. */
type Column = readonly [title: string, cell: (object: JsonObject) => Json, wide?: boolean];

const age: Column = ['Age', (object) => duration(textAt(object, 'metadata', 'creationTimestamp'))];
const name: Column = ['Name', (object) => textAt(object, 'metadata', 'name')];
const none = (text: string) => (text === '' ? '<none>' : text);
const count =
  (...path: string[]) =>
  (object: JsonObject) =>
    numberAt(0, object, ...path);
const text =
  (...path: string[]) =>
  (object: JsonObject) =>
    none(textAt(object, ...path));
const size =
  (...path: string[]) =>
  (object: JsonObject) =>
    Object.keys(objectAt(object, ...path)).length;
const pairs = (labels: JsonObject) =>
  none(
    Object.entries(labels)
      .map(([key, value]) => `${key}=${shown(value)}`)
      .join(','),
  );
const containers = (...path: string[]): Column[] => [
  [
    'Containers',
    (object) =>
      listAt(object, ...path)
        .map((one) => textAt(one, 'name'))
        .join(','),
    true,
  ],
  [
    'Images',
    (object) =>
      listAt(object, ...path)
        .map((one) => textAt(one, 'image'))
        .join(','),
    true,
  ],
];
const selector: Column = ['Selector', (object) => pairs(objectAt(object, 'spec', 'selector', 'matchLabels')), true];
const template = ['spec', 'template', 'spec', 'containers'];

const columns: Readonly<Record<string, readonly Column[]>> = {
  pods: [
    [
      'Ready',
      (pod) =>
        `${listAt(pod, 'status', 'containerStatuses').filter((one) => at(one, 'ready') === true).length}/${listAt(pod, 'spec', 'containers').length}`,
    ],
    ['Status', podStatus],
    ['Restarts', () => '0'],
    age,
    ['IP', text('status', 'podIP'), true],
    ['Node', text('spec', 'nodeName'), true],
    ['Nominated Node', () => '<none>', true],
    ['Readiness Gates', () => '<none>', true],
  ],
  services: [
    ['Type', text('spec', 'type')],
    ['Cluster-IP', text('spec', 'clusterIP')],
    [
      'External-IP',
      (one) =>
        textAt(one, 'spec', 'type') === 'LoadBalancer'
          ? textAt(listAt(one, 'status', 'loadBalancer', 'ingress')[0], 'ip') || '<pending>'
          : none(textAt(one, 'spec', 'externalName')),
    ],
    [
      'Port(s)',
      (one) =>
        none(
          listAt(one, 'spec', 'ports')
            .map(
              (port) =>
                `${numberAt(0, port, 'port')}${at(port, 'nodePort') === undefined ? '' : `:${numberAt(0, port, 'nodePort')}`}/${textAt(port, 'protocol')}`,
            )
            .join(','),
        ),
    ],
    age,
    ['Selector', (one) => pairs(objectAt(one, 'spec', 'selector')), true],
  ],
  'deployments.apps': [
    ['Ready', (one) => `${count('status', 'readyReplicas')(one)}/${count('spec', 'replicas')(one)}`],
    ['Up-to-date', count('status', 'updatedReplicas')],
    ['Available', count('status', 'availableReplicas')],
    age,
    ...containers(...template),
    selector,
  ],
  'replicasets.apps': [
    ['Desired', count('spec', 'replicas')],
    ['Current', count('status', 'replicas')],
    ['Ready', count('status', 'readyReplicas')],
    age,
    ...containers(...template),
    selector,
  ],
  'statefulsets.apps': [
    ['Ready', (one) => `${count('status', 'readyReplicas')(one)}/${count('spec', 'replicas')(one)}`],
    age,
    ...containers(...template),
  ],
  'daemonsets.apps': [
    ['Desired', count('status', 'desiredNumberScheduled')],
    ['Current', count('status', 'currentNumberScheduled')],
    ['Ready', count('status', 'numberReady')],
    ['Up-to-date', count('status', 'updatedNumberScheduled')],
    ['Available', count('status', 'numberAvailable')],
    ['Node Selector', (one) => pairs(objectAt(one, 'spec', 'template', 'spec', 'nodeSelector'))],
    age,
    ...containers(...template),
    selector,
  ],
  'jobs.batch': [
    ['Status', (one) => textAt(listAt(one, 'status', 'conditions').at(-1), 'type') || 'Running'],
    ['Completions', (one) => `${count('status', 'succeeded')(one)}/${count('spec', 'completions')(one)}`],
    ['Duration', (one) => duration(textAt(one, 'status', 'startTime'))],
    age,
    ...containers(...template),
  ],
  'cronjobs.batch': [
    ['Schedule', text('spec', 'schedule')],
    ['Timezone', text('spec', 'timeZone')],
    ['Suspend', (one) => (at(one, 'spec', 'suspend') === true ? 'True' : 'False')],
    ['Active', () => 0],
    ['Last Schedule', () => '<none>'],
    age,
  ],
  namespaces: [['Status', text('status', 'phase')], age],
  nodes: [
    ['Status', (one) => (at(one, 'spec', 'unschedulable') === true ? 'Ready,SchedulingDisabled' : 'Ready')],
    ['Roles', () => '<none>'],
    age,
    ['Version', text('status', 'nodeInfo', 'kubeletVersion')],
    ['Internal-IP', (one) => none(textAt(listAt(one, 'status', 'addresses')[0], 'address')), true],
    ['External-IP', () => '<none>', true],
    ['OS-Image', text('status', 'nodeInfo', 'osImage'), true],
    ['Kernel-Version', text('status', 'nodeInfo', 'kernelVersion'), true],
    ['Container-Runtime', text('status', 'nodeInfo', 'containerRuntimeVersion'), true],
  ],
  configmaps: [['Data', (one) => size('data')(one) + size('binaryData')(one)], age],
  secrets: [['Type', text('type')], ['Data', size('data')], age],
  serviceaccounts: [age],
  events: [
    ['Last Seen', (one) => duration(textAt(one, 'lastTimestamp'))],
    ['Type', text('type')],
    ['Reason', text('reason')],
    [
      'Object',
      (one) => `${textAt(one, 'involvedObject', 'kind').toLowerCase()}/${textAt(one, 'involvedObject', 'name')}`,
    ],
    ['Message', text('message')],
  ],
  endpoints: [
    [
      'Endpoints',
      (one) =>
        none(
          listAt(one, 'subsets')
            .flatMap((set) =>
              listAt(set, 'addresses').flatMap((address) =>
                listAt(set, 'ports').map((port) => `${textAt(address, 'ip')}:${numberAt(0, port, 'port')}`),
              ),
            )
            .join(','),
        ),
    ],
    age,
  ],
  'endpointslices.discovery.k8s.io': [
    ['AddressType', text('addressType')],
    [
      'Ports',
      (one) =>
        none(
          listAt(one, 'ports')
            .map((port) => shown(at(port, 'port')))
            .join(','),
        ),
    ],
    [
      'Endpoints',
      (one) =>
        none(
          listAt(one, 'endpoints')
            .flatMap((end) => textsAt(end, 'addresses'))
            .join(','),
        ),
    ],
    age,
  ],
  'ingresses.networking.k8s.io': [
    ['Class', text('spec', 'ingressClassName')],
    [
      'Hosts',
      (one) =>
        listAt(one, 'spec', 'rules')
          .map((rule) => textAt(rule, 'host') || '*')
          .join(',') || '*',
    ],
    ['Address', () => ''],
    ['Ports', (one) => (listAt(one, 'spec', 'tls').length > 0 ? '80, 443' : '80')],
    age,
  ],
  'networkpolicies.networking.k8s.io': [
    ['Pod-Selector', (one) => pairs(objectAt(one, 'spec', 'podSelector', 'matchLabels'))],
    age,
  ],
  persistentvolumeclaims: [
    ['Status', text('status', 'phase')],
    ['Volume', (one) => textAt(one, 'spec', 'volumeName')],
    ['Capacity', (one) => textAt(one, 'status', 'capacity', 'storage')],
    ['Access Modes', (one) => textsAt(one, 'status', 'accessModes').join(',')],
    ['StorageClass', (one) => textAt(one, 'spec', 'storageClassName')],
    age,
  ],
  persistentvolumes: [
    ['Capacity', text('spec', 'capacity', 'storage')],
    ['Reclaim Policy', text('spec', 'persistentVolumeReclaimPolicy')],
    ['Status', text('status', 'phase')],
    ['Claim', (one) => `${textAt(one, 'spec', 'claimRef', 'namespace')}/${textAt(one, 'spec', 'claimRef', 'name')}`],
    age,
  ],
  'storageclasses.storage.k8s.io': [
    ['Provisioner', text('provisioner')],
    ['ReclaimPolicy', text('reclaimPolicy')],
    ['VolumeBindingMode', text('volumeBindingMode')],
    ['AllowVolumeExpansion', (one) => at(one, 'allowVolumeExpansion') === true],
    age,
  ],
  resourcequotas: [
    [
      'Request',
      (one) =>
        Object.entries(objectAt(one, 'spec', 'hard'))
          .map(([key, value]) => `${key}: ${textAt(one, 'status', 'used', key) || '0'}/${shown(value)}`)
          .join(', '),
    ],
    age,
  ],
  'poddisruptionbudgets.policy': [
    ['Min Available', (one) => at(one, 'spec', 'minAvailable') ?? 'N/A'],
    ['Max Unavailable', (one) => at(one, 'spec', 'maxUnavailable') ?? 'N/A'],
    ['Allowed Disruptions', count('status', 'disruptionsAllowed')],
    age,
  ],
  'horizontalpodautoscalers.autoscaling': [
    [
      'Reference',
      (one) => `${textAt(one, 'spec', 'scaleTargetRef', 'kind')}/${textAt(one, 'spec', 'scaleTargetRef', 'name')}`,
    ],
    ['Targets', () => '<unknown>'],
    ['MinPods', count('spec', 'minReplicas')],
    ['MaxPods', count('spec', 'maxReplicas')],
    ['Replicas', count('status', 'currentReplicas')],
    age,
  ],
  'roles.rbac.authorization.k8s.io': [['Created At', text('metadata', 'creationTimestamp')]],
  'clusterroles.rbac.authorization.k8s.io': [['Created At', text('metadata', 'creationTimestamp')]],
  'rolebindings.rbac.authorization.k8s.io': [
    ['Role', (one) => `${textAt(one, 'roleRef', 'kind')}/${textAt(one, 'roleRef', 'name')}`],
    age,
  ],
  'clusterrolebindings.rbac.authorization.k8s.io': [
    ['Role', (one) => `${textAt(one, 'roleRef', 'kind')}/${textAt(one, 'roleRef', 'name')}`],
    age,
  ],
  'priorityclasses.scheduling.k8s.io': [
    ['Value', count('value')],
    ['Global-Default', (one) => at(one, 'globalDefault') === true],
    age,
  ],
  'customresourcedefinitions.apiextensions.k8s.io': [['Created At', text('metadata', 'creationTimestamp')]],
};

/** Objects as a `Table` of meta.k8s.io. */
export function tableOf(resource: Resource, objects: readonly JsonObject[], metadata: JsonObject): JsonObject {
  const custom = resource.columns.map((one): Column => [
    textAt(one, 'name'),
    (object) => customCell(one, object),
    numberAt(0, one, 'priority') > 0,
  ]);
  const own = columns[resourceName(resource)] ?? (custom.length > 0 ? custom : [age]);
  const all = resourceName(resource) === 'events' ? own : [name, ...own];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: all.map(([title, , wide]) => ({
      name: title,
      type: 'string',
      format: title === 'Name' ? 'name' : '',
      description: '',
      priority: wide === true ? 1 : 0,
    })),
    rows: objects.map((object) => ({
      cells: all.map(([, cell]) => cell(object)),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: objectAt(object, 'metadata') },
    })),
  };
}

function customCell(column: Json, object: JsonObject): Json {
  const path = [...textAt(column, 'jsonPath').matchAll(/\.((?:\\\.|[^.[])+)|\[(\d+)\]/g)].map(
    ([, field, index]) => field?.replaceAll('\\.', '.') ?? index ?? '',
  );
  const found = path.reduce<Json | undefined>(
    (value, part) => (Array.isArray(value) ? value[Number(part)] : isObject(value) ? value[part] : undefined),
    object,
  );
  if (textAt(column, 'type') === 'date') return duration(typeof found === 'string' ? found : '');
  return isObject(found) || Array.isArray(found) ? JSON.stringify(found) : (found ?? '');
}

function podStatus(pod: JsonObject): string {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== '') return 'Terminating';
  const waiting = listAt(pod, 'status', 'containerStatuses')
    .map((one) => textAt(one, 'state', 'waiting', 'reason'))
    .find((reason) => reason !== '');
  const phase = textAt(pod, 'status', 'phase');
  return waiting ?? (phase === 'Succeeded' ? 'Completed' : phase);
}

/** `5s`, `3m`, `2h`, `4d`, since a time. */
function duration(since: string): string {
  if (since === '') return '<unknown>';
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
