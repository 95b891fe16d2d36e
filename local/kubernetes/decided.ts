import type { ApiRequest, Call } from './call.ts';
import { UndecidedError } from './errors.ts';
import { resourceName } from './objects.ts';
import { apiVersionOf } from './schema.ts';

/**
 * What this server decides. Everything else is refused by name, because an answer that nobody knows
 * must not become a verdict.
 */

/** The commands of kubectl that work here; each covers its own, such as `rollout status`. */
const COMMANDS = (
  'annotate api-resources api-versions apply autoscale cluster-info create delete describe diff ' +
  'explain expose get label logs patch replace rollout run scale set version wait'
).split(' ');

/** The subresources that work here, by what has them. Custom resources have `status` alone. */
const SUBRESOURCES: Readonly<Record<string, readonly string[]>> = {
  'deployments.apps': ['scale', 'status'],
  pods: ['log', 'status'],
  'replicasets.apps': ['scale', 'status'],
  services: ['proxy', 'status'],
  'statefulsets.apps': ['scale', 'status'],
};

/** The command that a client is, if it isn't one that works here. Only kubectl says. */
export function undecidedCommand({ headers }: ApiRequest): string | undefined {
  const command = headers['kubectl-command'];
  if (typeof command !== 'string') return undefined;
  const [, name = ''] = command.split(' ');
  return COMMANDS.includes(name) ? undefined : command;
}

/** @throws UndecidedError for everything that isn't listed above */
export function refuseUndecided({ cluster, request, resource, ...call }: Call): void {
  const { headers } = request;
  const command = undecidedCommand(request);
  if (command !== undefined) throw new UndecidedError(command);
  if (headers['impersonate-user'] !== undefined) throw new UndecidedError('--as');

  const name = resourceName(resource);
  const known = SUBRESOURCES[name] ?? ['status'];
  if (call.subresource !== '' && !known.includes(call.subresource))
    throw new UndecidedError(`${resource.plural}/${call.subresource}`);
  if (!resource.custom && cluster.resource(name).version !== resource.version)
    throw new UndecidedError(`${apiVersionOf(resource)} of ${name}, which has a newer version`);
  if (!resource.verbs.includes('list')) throw new UndecidedError(resource.kind);
}
