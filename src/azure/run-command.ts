import { field, parseJson } from '../text/json.ts';
import {
  isFromArm,
  reportsBrokenCall,
  serviceError,
  type Answer,
  type Answered,
} from './answer.ts';
import { commandIdOfLocation, parseCommandId, type CommandId } from './command-result.ts';
import {
  BUSY,
  DENIED_BY_WEBHOOK,
  NEVER_CREATED,
  NOT_STARTED,
  OF_CLUSTER,
  OTHER_OPERATION,
} from './wordings.ts';

/** What one answer to `runCommand` proves about the command. */
export type SubmissionOutcome =
  /**
   * Azure provably did not process the request. `access-token`: that token was rejected.
   * `cluster-token`: a cluster with managed Entra needs one for itself, too.
   */
  | {
      readonly kind: 'not-processed';
      readonly because: 'throttled' | 'unreachable' | 'busy' | 'access-token' | 'cluster-token';
    }
  /** It did not run and never will. */
  | { readonly kind: 'refused' }
  | PossibleCommand;

/**
 * A command that may be in the cluster. AKS names an `id` in a `Location` or in a message about the
 * pod. Otherwise, `candidate` is a guess: in every recording, the ID is the POST's `x-ms-request-id`
 * without its dashes (azure-powershell, Start-AzAksManagedClusterCommand.Recording.json). The guess
 * is right if the log of that command has this submission's frame. If there is no such command, that
 * proves nothing.
 */
export type PossibleCommand =
  | { readonly kind: 'accepted'; readonly id: CommandId }
  /**
   * `gave-up`: AKS stopped waiting for the pod, because it is too slow, or because no node has
   * room. It may still start until its start-by time. `unclear`: the command may be running, or may
   * have run.
   */
  | {
      readonly kind: 'gave-up' | 'unclear';
      readonly id?: CommandId;
      readonly candidate?: CommandId | undefined;
    };

/**
 * Whether what AKS says about the command's ID is certain to be about this submission. An ID can be
 * a guess, or come from an answer that leaves open what happened.
 */
export function isCertainlyOurs(command: PossibleCommand): boolean {
  return command.kind === 'accepted' || (command.kind === 'gave-up' && command.id !== undefined);
}

/**
 * Statuses that mean that nothing was processed. A 409 depends on its code, and a 5xx proves
 * something only by AKS's own words about a pod that was never created. Any other proves nothing:
 * ARM sends 499 while a command runs, and a 408 comes from a gateway that gave up waiting for a
 * request that it had passed on.
 */
const REFUSALS = new Set([400, 401, 403, 404, 405, 413, 415, 422, 429]);

/** ARM's codes for a 409 that started nothing, unless it {@link isBusy}. */
const CONFLICTS = new Set([
  'OperationNotAllowed',
  'ReadOnlyDisabledSubscription',
  'MissingSubscriptionRegistration',
  'ResourceGroupBeingDeleted',
  'ScopeLocked',
]);

/**
 * Whether a conflict passes by itself. AKS uses `OperationNotAllowed` for whatever the state of a
 * cluster forbids.
 */
function isBusy(code: string, message: string): boolean {
  if (code === 'AnotherOperationInProgress') return true;
  return code === 'OperationNotAllowed' && BUSY.pattern.test(message);
}

/**
 * AKS looked at the cluster's policies and created no pod (AKS#4769, which does not show the HTTP
 * status).
 */
const BLOCKED = 'RunCommandBlockedByAzurePolicy';

/**
 * Reads an answer to `runCommand`. If it does not prove that the command did not run, it is
 * `unclear`.
 */
export function readSubmissionOutcome(answer: Answer): SubmissionOutcome {
  if (answer.kind === 'unanswered') {
    switch (answer.sent) {
      case 'never':
        return { kind: 'not-processed', because: 'unreachable' };
      case 'blocked':
      case 'unsigned':
        return { kind: 'refused' };
      case 'perhaps':
        return { kind: 'unclear' };
    }
  }
  const located = commandIdOfLocation(answer.headers['location']);
  // The specification also has 200. ARM sends no other success.
  if (answer.status === 200 || answer.status === 202) {
    const named = field(parseJson(answer.body), 'id');
    const id = located ?? (typeof named === 'string' ? parseCommandId(named) : undefined);
    return id === undefined ? unclear(answer) : { kind: 'accepted', id };
  }
  // Whatever the status, a command was created, unless the `Location` belongs to a redirect, which
  // may point anywhere.
  const isRedirect = answer.status >= 300 && answer.status < 400;
  return located === undefined || isRedirect
    ? readRefusal(answer)
    : { kind: 'unclear', id: located };
}

function readRefusal(answer: Answered): SubmissionOutcome {
  const { status } = answer;
  const { code, message } = serviceError(answer.body);
  if (!isFromArm(answer) && !isKeptBack(answer)) return unclear(answer);
  const named = commandIdsIn(answer.body);
  if (named.length > 0 || isOfCluster(code, answer.body)) {
    return readKubernetesError(answer, message, named);
  }
  if (isLeftOpen(answer)) return unclear(answer);
  if (code === BLOCKED) return { kind: 'refused' };
  if (status === 401) return { kind: 'not-processed', because: 'access-token' };
  if (status === 429) return { kind: 'not-processed', because: 'throttled' };
  if (status === 409 && isBusy(code, message)) return { kind: 'not-processed', because: 'busy' };
  if (status === 409) return CONFLICTS.has(code) ? { kind: 'refused' } : unclear(answer);
  if (status === 400 && code === 'MissingAADClusterToken') {
    return { kind: 'not-processed', because: 'cluster-token' };
  }
  return REFUSALS.has(status) ? { kind: 'refused' } : unclear(answer);
}

/** Whether an answer proves nothing, whatever its code: by its status or words of a broken call. */
function isLeftOpen(answer: Answered): boolean {
  const { status } = answer;
  const hasMeaning = REFUSALS.has(status) || status === 409 || status >= 500;
  return !hasMeaning || reportsBrokenCall(answer);
}

/** Whether an answer is about a failure in the cluster. Its inner errors count, too. */
function isOfCluster(code: string, body: string): boolean {
  if (/^kubernetes/i.test(code)) return true;
  return OF_CLUSTER.pattern.test(body) || NOT_STARTED.pattern.test(body);
}

/**
 * Reads what AKS says about a failure in the cluster, from before or after the pod existed. A
 * message that names two commands proves nothing. A message that names one is believed, even if the
 * answer's request ID differs: nobody promises that the two are the same.
 */
function readKubernetesError(
  answer: Answered,
  message: string,
  named: readonly CommandId[],
): SubmissionOutcome {
  const [id] = named;
  const candidate = candidateOf(answer);
  if (named.some((other) => other !== id)) return { kind: 'unclear', candidate };

  const identified = id === undefined ? { candidate } : { id };
  if (NOT_STARTED.pattern.test(message)) return { kind: 'gave-up', ...identified };
  const isRefusal = saysNeverCreated(message) && !isLeftOpen(answer);
  return isRefusal ? { kind: 'refused' } : { kind: 'unclear', ...identified };
}

function saysNeverCreated(message: string): boolean {
  const [, before = '', details = message] = /^(.*?)\bdetails: (.*)$/s.exec(message) ?? [];
  if (OTHER_OPERATION.pattern.test(before)) return false;
  if (NEVER_CREATED.some(({ pattern }) => pattern.test(details))) return true;
  return DENIED_BY_WEBHOOK.pattern.test(details) && !OTHER_OPERATION.pattern.test(details);
}

/**
 * Whether a gateway held the request back. It checks tokens, rate limits, and sizes before passing
 * a request on, and the headers of a 401 or 429 show that it did. Any other answer of its own may
 * come after that.
 */
function isKeptBack({ status, headers }: Answered): boolean {
  return (
    (status === 401 && 'www-authenticate' in headers) ||
    (status === 429 && 'retry-after' in headers) ||
    status === 413
  );
}

function unclear(answer: Answered): SubmissionOutcome {
  return { kind: 'unclear', candidate: candidateOf(answer) };
}

function candidateOf({ headers }: Answered): CommandId | undefined {
  return parseCommandId((headers['x-ms-request-id'] ?? '').replaceAll('-', '').toLowerCase());
}

/** The command IDs in words such as "container command-<id> in aks-command namespace". */
function commandIdsIn(body: string): CommandId[] {
  const names = body.matchAll(/\bcommand-([0-9a-f]{32})\b/gi);
  return Array.from(names, ([, id = '']) => id.toLowerCase() as CommandId);
}
