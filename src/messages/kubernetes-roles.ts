/** What only `admin` and Admin can read and change in a namespace. */
const ADMINISTERED = names(
  'roles.rbac.authorization.k8s.io rolebindings.rbac.authorization.k8s.io',
);

/** What `edit` and Writer can change, and `view` and Reader cannot even read. */
const PRIVATE = names(`
  secrets leases.coordination.k8s.io serviceaccounts/token services/proxy
  pods/attach pods/eviction pods/exec pods/portforward pods/proxy
`);

/** What `edit` and Writer can change, and `view` and Reader can read. */
const EDITED = names(`
  configmaps events persistentvolumeclaims pods serviceaccounts services
  replicationcontrollers replicationcontrollers/scale daemonsets.apps
  deployments.apps deployments.apps/scale replicasets.apps replicasets.apps/scale
  statefulsets.apps statefulsets.apps/scale horizontalpodautoscalers.autoscaling
  jobs.batch cronjobs.batch ingresses.networking.k8s.io networkpolicies.networking.k8s.io
  poddisruptionbudgets.policy
`);

/** What all of them can only read. */
const VIEWED = names(`
  endpoints endpointslices.discovery.k8s.io limitranges namespaces pods/log pods/status
  resourcequotas controllerrevisions.apps
`);

function names(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Kubernetes' own roles in a namespace, and Azure's roles with the same permissions. */
const AZURE_ROLES = { view: 'Reader', edit: 'Writer', admin: 'Admin' } as const;

type Role = keyof typeof AZURE_ROLES;

/**
 * The least of Kubernetes' own roles that has a permission; undefined if none of them has it, as
 * with custom resources and whatever has no namespace.
 *
 * Sources: kubernetes/kubernetes, bootstrappolicy/testdata/cluster-roles.yaml; Microsoft's list of
 * built-in roles for containers.
 *
 * @param resource with its group and subresource, such as `deployments.apps/scale`
 */
export function roleFor(verb: string, resource: string): Role | undefined {
  if (ADMINISTERED.has(resource)) return 'admin';
  if (PRIVATE.has(resource)) return 'edit';
  const isReading = ['get', 'list', 'watch'].includes(verb);
  if (isReading && VIEWED.has(resource)) return 'view';
  if (!EDITED.has(resource)) return undefined;
  return isReading ? 'view' : 'edit';
}

/** Azure's Admin also has custom resources, but neither quotas nor what has no namespace. */
export function azureRoleFor(role: Role | undefined, resource: string, isWide: boolean): string {
  if (role !== undefined) return AZURE_ROLES[role];
  const hasNone = isWide || resource === 'resourcequotas' || resource === 'namespaces';
  return hasNone ? 'Cluster Admin' : 'Admin';
}

/** Whether objects of a kind have a namespace. Custom resources are not known. */
export function hasNamespace(kind: string): boolean {
  return roleFor('get', kind) !== undefined && kind !== 'namespaces';
}
