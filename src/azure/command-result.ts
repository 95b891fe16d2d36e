import { clip, NOT_QUOTED, serviceError, type Answer } from './answer.ts';
import { isRecord, parseJson } from './json.ts';

/** What ARM says of a command, read off `commandResults`. */
export type CommandStatus =
  | { readonly kind: 'running'; readonly startedAt?: string }
  | ({ readonly kind: 'ended' } & CommandResult)
  /** Not readable as a command result. */
  | { readonly kind: 'unreadable' };

/** A command that ended, in AKS's words. */
export type CommandResult = {
  /** `failed` where AKS says so; a command that ran and exited 3 has `succeeded`. */
  readonly provisioningState: 'succeeded' | 'failed';
  readonly exitCode?: number;
  readonly logs: string;
  /** AKS's explanation. Foreign text. */
  readonly reason?: string;
  /** ISO 8601, as AKS reports it. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
};

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads an answer by the body's `provisioningState`, whatever its letter case, and not by the HTTP status: a `200`
 * can carry `Running` (the Azure CLI has a poller of its own for that).
 */
export function readCommandStatus(answer: Answer & { kind: 'answered' }): CommandStatus {
  const body = parseJson(answer.body);
  const properties = isRecord(body) && isRecord(body['properties']) ? body['properties'] : undefined;
  const state = properties?.['provisioningState'];
  if (properties === undefined || typeof state !== 'string') return { kind: 'unreadable' };
  const startedAt = timestamp(properties['startedAt']);
  switch (state.toLowerCase()) {
    case 'succeeded':
      return { kind: 'ended', ...result('succeeded', properties, answer) };
    case 'failed':
    case 'canceled':
      return { kind: 'ended', ...result('failed', properties, answer) };
    default:
      return { kind: 'running', ...(startedAt !== undefined && { startedAt }) };
  }
}

/** What a 404 may be about instead of the command: whatever the command is in. */
const MISSING_AROUND = new Set([
  'ParentResourceNotFound',
  'ResourceGroupNotFound',
  'ResourceNotFound',
  'SubscriptionNotFound',
]);

/**
 * Whether AKS says that it has no such command. "The operation returns a Not Found status because the pod can't reach a
 * successful state, such as Running" (Microsoft's "Resolve az aks command invoke failures"). Users saw it without a readable
 * body; a page is a gateway's, and says nothing of a command.
 */
export function deniesCommand({ status, body }: Answer & { kind: 'answered' }): boolean {
  return status === 404 && !/^\s*</.test(body) && !MISSING_AROUND.has(serviceError(body).code);
}

function result(
  provisioningState: CommandResult['provisioningState'],
  properties: Readonly<Record<string, unknown>>,
  { echoes }: Answer & { kind: 'answered' },
): CommandResult {
  const { exitCode, logs, reason } = properties;
  const startedAt = timestamp(properties['startedAt']);
  const finishedAt = timestamp(properties['finishedAt']);
  return {
    provisioningState,
    logs: typeof logs === 'string' ? logs : '',
    ...(isExitCode(exitCode) && { exitCode }),
    ...(typeof reason === 'string' && reason !== '' && { reason: echoes ? NOT_QUOTED : clip(reason) }),
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
  };
}

function timestamp(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 40 || !TIMESTAMP.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

/** Of a process: a container's is 0 to 255, Windows' is 32 bits. */
function isExitCode(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 0xffff_ffff;
}
