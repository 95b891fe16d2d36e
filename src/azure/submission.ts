import { isTransient, serviceError, type Answer } from './answer.ts';
import { commandIdOfLocation, commandIdOfMessage, parseCommandId, type CommandId } from './command-id.ts';
import { field, parseJson } from './json.ts';

/**
 * The id of a command whose state is open. AKS named `id` for it, in a `Location` or in words about its pod. `candidate` is
 * only a guess, made when nothing names an id: in every recording, the id is the POST's `x-ms-request-id` without its dashes
 * (azure-powershell, Start-AzAksManagedClusterCommand.Recording.json). A command that is found under it, and whose log has
 * this submission's frame, is this one; that there is none proves nothing.
 */
type Named = { readonly id?: CommandId; readonly candidate?: CommandId };

/** What one answer to `runCommand` proves about the command. */
export type Submission =
  /** AKS has it under this id. */
  | { readonly kind: 'accepted'; readonly id: CommandId }
  /** Not processed, and may be sent again. */
  | { readonly kind: 'try-again'; readonly because: 'throttled' | 'unreachable' | 'conflict' }
  /** Not processed: the access token was not accepted. */
  | { readonly kind: 'token-rejected' }
  /** Not run: the cluster has managed Entra and the request had no `clusterToken`. */
  | { readonly kind: 'cluster-token-required' }
  /** AKS gave up on the pod: too slow, or no node has room for it. It may still start, until its start-by time. */
  | ({ readonly kind: 'did-not-start' } & Named)
  /** Not run, and never will be. */
  | { readonly kind: 'refused' }
  /** The command may run, or have run. */
  | ({ readonly kind: 'unclear' } & Named);

const NOT_STARTED = /did not start within|pod is not schedulable/i;

/** ARM's codes for a 409 that began nothing and ends by itself: another operation is in progress on the cluster. */
const BUSY = new Set(['OperationNotAllowed', 'AnotherOperationInProgress']);

/** ARM's codes for a 409 that began nothing and stays until someone acts. */
const LASTING = new Set([
  'ReadOnlyDisabledSubscription',
  'MissingSubscriptionRegistration',
  'ResourceGroupBeingDeleted',
  'ScopeLocked',
]);

/** AKS's answer for a stopped cluster, as two users saw it. */
const STOPPED = /preventing RunCommand feature: PowerState=Stopped/i;

/** Codes that tell of a timeout, such as `GatewayTimeout` and `OperationTimedOut`: the service may still be at work. */
const TIMEOUT = /timed?[_-]?out/i;

/** Reads an answer to `runCommand`. Whatever does not prove that the command did not run is `unclear`. */
export function readSubmission(answer: Answer): Submission {
  if (answer.kind === 'unanswered') {
    if (!isTransient(answer)) return { kind: 'refused' };
    return answer.sent === 'never' ? { kind: 'try-again', because: 'unreachable' } : { kind: 'unclear' };
  }
  const located = commandIdOfLocation(answer.headers['location']);
  // 200 stands in the specification. No other success is one of ARM's.
  if (answer.status === 200 || answer.status === 202) {
    const id = located ?? commandIdOfBody(answer.body);
    return id === undefined ? unclear(answer) : { kind: 'accepted', id };
  }
  // Whatever the status says, something created a command, unless the Location is a redirect's, which may name anything.
  const isRedirect = answer.status >= 300 && answer.status < 400;
  return located === undefined || isRedirect ? readRefusal(answer) : { kind: 'unclear', id: located };
}

/** Whether ARM did not accept the access token, and so did nothing: the request may be sent again with another token. */
export function rejectsToken(answer: Answer): boolean {
  return answer.kind === 'answered' && readSubmission(answer).kind === 'token-rejected';
}

function readRefusal(answer: Answer & { kind: 'answered' }): Submission {
  const { status } = answer;
  const { code, message } = serviceError(answer.body);
  if (status === 401) return { kind: 'token-rejected' };
  if (status === 429) return { kind: 'try-again', because: 'throttled' };
  if (status === 409 && BUSY.has(code)) return { kind: 'try-again', because: 'conflict' };
  if (status === 409) return LASTING.has(code) ? { kind: 'refused' } : unclear(answer);
  if (status === 400 && code === 'MissingAADClusterToken') return { kind: 'cluster-token-required' };
  if (status === 400 && STOPPED.test(message)) return { kind: 'refused' };
  if (/^Kubernetes(?:Performance|Operation)Error$/.test(code) || /kubernetes failure/i.test(message)) {
    return readKubernetesFailure(answer, message);
  }
  // "Did not start" is a 400, too: one that cannot be read proves nothing.
  if ((status === 400 && code === '') || TIMEOUT.test(code)) return unclear(answer);
  // A 408 comes from a gateway that gave up waiting for what it had passed on.
  return status >= 400 && !isTransient(answer) ? { kind: 'refused' } : unclear(answer);
}

function readKubernetesFailure(answer: Answer & { kind: 'answered' }, message: string): Submission {
  const id = commandIdOfMessage(message);
  const named = id === undefined ? candidateOf(answer) : { id };
  if (NOT_STARTED.test(message)) return { kind: 'did-not-start', ...named };
  return wasNeverCreated(message) ? { kind: 'refused' } : { kind: 'unclear', ...named };
}

/**
 * Words that prove the pod was never created. The details of a `KubernetesOperationError` can hold anything, so nothing else in
 * them counts as proof.
 */
function wasNeverCreated(message: string): boolean {
  const [, webhook = ''] = /admission webhook (.*)/is.exec(message) ?? [];
  return / denied the request/i.test(webhook) || /\bis forbidden\b/i.test(message) || /exceeded quota/i.test(message);
}

function unclear(answer: Answer & { kind: 'answered' }): Submission {
  return { kind: 'unclear', ...candidateOf(answer) };
}

function candidateOf({ headers }: Answer & { kind: 'answered' }): Named {
  const candidate = parseCommandId((headers['x-ms-request-id'] ?? '').replaceAll('-', '').toLowerCase());
  return candidate === undefined ? {} : { candidate };
}

function commandIdOfBody(body: string): CommandId | undefined {
  const id = field(parseJson(body), 'id');
  return typeof id === 'string' ? parseCommandId(id) : undefined;
}
