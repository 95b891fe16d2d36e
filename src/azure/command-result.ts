import { field, parseJson } from '../text/json.ts';
import { clip } from '../text/long-words.ts';
import {
  isFromArm,
  isTransient,
  reportsBrokenCall,
  serviceError,
  type Answer,
  type Answered,
} from './answer.ts';

declare const mark: unique symbol;

/**
 * The ID under which AKS keeps a command: 32 lowercase hex digits, which {@link parseCommandId} has
 * checked.
 */
export type CommandId = string & { readonly [mark]: 'command-id' };

export function parseCommandId(text: string): CommandId | undefined {
  return /^[0-9a-f]{32}$/.test(text) ? (text as CommandId) : undefined;
}

/**
 * The command ID in a `Location`. Nothing else in it is trusted: it once lacked the subscription
 * (azure-cli#22375).
 */
export function commandIdOfLocation(location: string | undefined): CommandId | undefined {
  const [, id = ''] = /\/commandResults\/([^/?#]+)/i.exec(location ?? '') ?? [];
  return parseCommandId(id.toLowerCase());
}

/** What an answer to `commandResults` says about the command. */
export type CommandStatus =
  | { readonly kind: 'running'; readonly startedAt: string | undefined }
  | { readonly kind: 'ended'; readonly result: CommandResult }
  /**
   * There is no result: no such command, no permission, or something else that another try does not
   * fix.
   */
  | { readonly kind: 'missing'; readonly because: 'no-such-command' | 'forbidden' | 'rejected' }
  | { readonly kind: 'throttled' | 'unreadable' };

/** A command that ended, in AKS's words. The times are ISO 8601. */
export type CommandResult = {
  /** `failed` if AKS says so. A command that ran and exited 3 has `succeeded`. */
  readonly provisioningState: 'succeeded' | 'failed';
  readonly exitCode: number | undefined;
  readonly logs: string;
  /** AKS's explanation. Untrusted text. */
  readonly reason: string | undefined;
  readonly startedAt: string | undefined;
  readonly finishedAt: string | undefined;
};

/** How many whole seconds the command took by AKS's clock. Undefined if a time is missing. */
export function durationSeconds({
  startedAt = '',
  finishedAt = '',
}: Pick<CommandResult, 'startedAt' | 'finishedAt'>): number | undefined {
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

/**
 * Reads an answer to `commandResults` for this command. Unless the command has ended or there is no
 * result, asking again may help.
 */
export function readCommandStatus(answer: Answer, id: CommandId): CommandStatus {
  if (answer.kind === 'unanswered') return { kind: 'unreadable' };
  const { status } = answer;
  if (status === 200 || status === 202) return readResult(answer, id);
  if (status === 429) return { kind: 'throttled' };
  if (isTransient(answer) || reportsBrokenCall(answer)) return { kind: 'unreadable' };
  if (saysNoSuchCommand(answer)) return { kind: 'missing', because: 'no-such-command' };

  // Only ARM's own refusals have a code. Any other comes from a gateway or a proxy, which knows
  // neither the command nor the identity's permissions. A 401 says nothing about the command.
  const isRefusal = status >= 400 && status !== 401 && isFromArm(answer);
  if (!isRefusal) return { kind: 'unreadable' };
  return { kind: 'missing', because: status === 403 ? 'forbidden' : 'rejected' };
}

/**
 * Goes by the body's `provisioningState` alone, since a `200` can carry `Running`. The Azure CLI
 * does the same. A body about something else, such as another command or the cluster, says nothing:
 * a cache may have mixed them up.
 */
function readResult({ body, headers }: Answered, id: CommandId): CommandStatus {
  const parsed = parseJson(body);
  const named = field(parsed, 'id') ?? undefined;
  const isNamed = commandIdIn(named) === id;
  if (named !== undefined && !isNamed) return { kind: 'unreadable' };

  const properties = field(parsed, 'properties');
  const state = field(properties, 'provisioningState');
  // Even without a state, such as in a 202 without a body, AKS shows that it has the command. A
  // page of a proxy shows nothing.
  const isOfAzure = isNamed || REQUEST_ID in headers;
  if (typeof state !== 'string' && !isOfAzure) return { kind: 'unreadable' };

  const startedAt = readTime(field(properties, 'startedAt'));
  if (typeof state !== 'string' || !FINAL_STATE.test(state)) return { kind: 'running', startedAt };

  const logs = field(properties, 'logs');
  const reason = field(properties, 'reason');
  const result: CommandResult = {
    provisioningState: /^succeeded$/i.test(state) ? 'succeeded' : 'failed',
    exitCode: readExitCode(field(properties, 'exitCode')),
    logs: typeof logs === 'string' ? logs : '',
    reason: typeof reason === 'string' && reason !== '' ? clip(reason) : undefined,
    startedAt,
    finishedAt: readTime(field(properties, 'finishedAt')),
  };
  return { kind: 'ended', result };
}

const FINAL_STATE = /^(?:succeeded|failed|canceled)$/i;
/** A header that all of Azure's answers have, and a proxy's own don't. */
const REQUEST_ID = 'x-ms-request-id';

/**
 * The command that an `id` names. In every recording, it is the bare ID. Nobody promises that, so
 * dashes, capitals, and a resource ID are understood, too.
 */
function commandIdIn(id: unknown): CommandId | undefined {
  if (typeof id !== 'string') return undefined;
  return parseCommandId(id.replaceAll('-', '').toLowerCase()) ?? commandIdOfLocation(id);
}

/**
 * Whether AKS says that it has no such command: the pod never reached a state such as Running
 * (Microsoft's "Resolve az aks command invoke failures"). Users saw this without a body. Then
 * Azure's request ID rules out a proxy. The code `NotFound` is a guess. ARM's own gateway, which
 * knows nothing about commands, names itself as the cause of its 404s (azure-powershell#11022).
 */
function saysNoSuchCommand(answer: Answered): boolean {
  const { status, body, headers } = answer;
  const isOfGateway = /^gateway$/i.test(headers['x-ms-failure-cause'] ?? '');
  if (status !== 404 || isOfGateway) return false;
  if (body === '') return REQUEST_ID in headers;
  return isFromArm(answer) && serviceError(body).code === 'NotFound';
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]{1,22}(?:Z|[+-]\d\d:\d\d)$/;

function readTime(value: unknown): string | undefined {
  if (typeof value !== 'string' || !TIMESTAMP.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

/** A container's exit code is 0 to 255; on Windows it has 32 bits. */
function readExitCode(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
  return Math.abs(value) <= 0xffff_ffff ? value : undefined;
}
