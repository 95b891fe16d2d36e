import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A resource of the API, as its paths show it. */
export type Resource = {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly type: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** The type of each. */
  readonly subresources: Readonly<Record<string, string>>;
};

/** kubectl's short names are in the server's discovery documents only: `kubectl api-resources` of Kubernetes 1.36. */
const shortNames: Readonly<Record<string, readonly string[]>> = {
  componentstatuses: ['cs'],
  configmaps: ['cm'],
  endpoints: ['ep'],
  events: ['ev'],
  limitranges: ['limits'],
  namespaces: ['ns'],
  nodes: ['no'],
  persistentvolumeclaims: ['pvc'],
  persistentvolumes: ['pv'],
  pods: ['po'],
  replicationcontrollers: ['rc'],
  resourcequotas: ['quota'],
  serviceaccounts: ['sa'],
  services: ['svc'],
  customresourcedefinitions: ['crd', 'crds'],
  daemonsets: ['ds'],
  deployments: ['deploy'],
  replicasets: ['rs'],
  statefulsets: ['sts'],
  horizontalpodautoscalers: ['hpa'],
  cronjobs: ['cj'],
  certificatesigningrequests: ['csr'],
  ingresses: ['ing'],
  networkpolicies: ['netpol'],
  poddisruptionbudgets: ['pdb'],
  priorityclasses: ['pc'],
  storageclasses: ['sc'],
};
const inAll = `pods services replicationcontrollers daemonsets deployments replicasets statefulsets
  horizontalpodautoscalers cronjobs jobs`.split(/\s+/);

/** Reads the resources of the stable versions from client-node's calls. */
export function readResources(apis: string): Resource[] {
  const found = new Map<string, Resource>();
  const files = readdirSync(apis).filter((name) => /V\d+Api\.js$/.test(name));
  for (const file of files) {
    const source = readFileSync(path.join(apis, file), 'utf8');
    const answers = new Map(
      [...source.matchAll(/async (\w+)WithHttpInfo\(response\) \{.*?"(\w+)", ""/gs)].map(([, name = '', type = '']) => [
        name,
        type,
      ]),
    );
    const calls =
      /async (\w+)\([^)]*\) \{(?:(?!\n {4}async )[\s\S])*?localVarPath = '([^']*)'(?:(?!\n {4}async )[\s\S])*?HttpMethod\.(\w+)/g;
    for (const [, name = '', url = '', method = ''] of source.matchAll(calls)) {
      addCall(found, url, method, answers.get(name) ?? '');
    }
  }
  return [...found.values()].filter(({ type }) => type !== '');
}

function addCall(found: Map<string, Resource>, url: string, method: string, answer: string): void {
  const parts =
    /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>v\d+)\/(?<namespaced>namespaces\/\{namespace\}\/)?(?<plural>[a-z]+)(?<named>\/\{name\}(?:\/(?<sub>[a-z]+))?)?$/.exec(
      url,
    )?.groups;
  if (!parts) return;
  const { group = '', version = '', plural = '', sub, named, namespaced } = parts;
  const key = `${group}/${version}/${plural}`;
  const before = found.get(key) ?? {
    ...{ group, version, plural, kind: '', type: '', namespaced: false, verbs: [], subresources: {} },
    ...(shortNames[plural] && !group.startsWith('events') ? { shortNames: shortNames[plural] } : {}),
    ...(inAll.includes(plural) ? { categories: ['all'] } : {}),
  };
  if (sub !== undefined) {
    // Connections, such as exec, answer with no object.
    const known = before.subresources[sub] ?? '';
    const subresources = { ...before.subresources, [sub]: known === '' && answer !== 'string' ? answer : known };
    found.set(key, { ...before, subresources });
    return;
  }
  // Verbs by method; a list for all namespaces has no name and no namespace in its path.
  const verbs: Record<string, string[]> = named
    ? { GET: ['get'], PUT: ['update'], PATCH: ['patch'], DELETE: ['delete'] }
    : { GET: ['list', 'watch'], POST: ['create'], DELETE: ['deletecollection'] };
  const isObject = (named !== undefined && method !== 'DELETE') || method === 'POST';
  const type = isObject && answer !== '' ? answer : before.type;
  found.set(key, {
    ...before,
    type,
    kind: type.replace(/^\w*?V\d+/, ''),
    namespaced: before.namespaced || namespaced !== undefined,
    verbs: [...new Set([...before.verbs, ...(verbs[method] ?? [])])],
  });
}
