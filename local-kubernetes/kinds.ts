import type { Json } from './json.ts';

/** The kinds that this API serves, and the documents by which clients discover them. */

export type Kind = Readonly<{
  group: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  shortNames: readonly string[];
}>;

const kind = (group: string, name: string, plural: string, ...shortNames: string[]): Kind => ({
  group,
  kind: name,
  plural,
  namespaced: name !== 'Namespace',
  shortNames,
});

export const kinds: readonly Kind[] = [
  kind('', 'Namespace', 'namespaces', 'ns'),
  kind('', 'Pod', 'pods', 'po'),
  kind('', 'Service', 'services', 'svc'),
  kind('', 'Secret', 'secrets'),
  kind('', 'ConfigMap', 'configmaps', 'cm'),
  kind('', 'ServiceAccount', 'serviceaccounts', 'sa'),
  kind('', 'Event', 'events', 'ev'),
  kind('apps', 'Deployment', 'deployments', 'deploy'),
  kind('apps', 'ReplicaSet', 'replicasets', 'rs'),
];

const groups = ['apps'];
const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** `v1` or `apps/v1`. */
export function apiVersionOf({ group }: Kind): string {
  return group === '' ? 'v1' : `${group}/v1`;
}

/** The answer to a path that describes the API; undefined for every other path. */
export function discovery(path: string): Json | undefined {
  if (path === '/version') return { major: '1', minor: '34', gitVersion: 'v1.34.0', platform: 'linux/amd64' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupDocument) };
  if (path === '/openapi/v3') {
    const roots = ['api/v1', ...groups.map((group) => `apis/${group}/v1`)];
    return { paths: Object.fromEntries(roots.map((root) => [root, { serverRelativeURL: `/openapi/v3/${root}` }])) };
  }
  const root = /^(?<openapi>\/openapi\/v3)?\/(?:api|apis\/(?<group>[^/]+))\/v1$/.exec(path)?.groups;
  if (!root) return undefined;
  const { group = '' } = root;
  if (group !== '' && !groups.includes(group)) return undefined;
  return root['openapi'] === undefined ? resourceList(group) : openApi(group);
}

function groupDocument(name: string): Json {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
}

function resourceList(group: string): Json {
  const resources = kinds
    .filter((one) => one.group === group)
    .map(({ kind: name, plural, namespaced, shortNames }) => ({
      kind: name,
      name: plural,
      singularName: name.toLowerCase(),
      namespaced,
      shortNames: [...shortNames],
      verbs,
      ...(name === 'Deployment' ? { categories: ['all'] } : {}),
    }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: group === '' ? 'v1' : `${group}/v1`, resources };
}

/** Just what kubectl and helm ask it for: whether a PATCH may ask the server to validate the fields. */
function openApi(group: string): Json {
  const paths = kinds
    .filter((one) => one.group === group)
    .map((one) => {
      const root = group === '' ? '/api/v1' : `/apis/${group}/v1`;
      const gvk = { group, version: 'v1', kind: one.kind };
      const query = ['dryRun', 'fieldManager', 'fieldValidation', 'force'];
      const parameters = query.map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
      const patch = {
        parameters,
        responses: {},
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': gvk,
      };
      return [`${root}/${one.namespaced ? 'namespaces/{namespace}/' : ''}${one.plural}/{name}`, { patch }] as const;
    });
  return {
    openapi: '3.0.0',
    info: { title: 'local-kubernetes', version: 'v1' },
    paths: Object.fromEntries(paths),
    components: { schemas: {} },
  };
}
