import { isTransient, serviceError, type Answer } from './answer.ts';
import { field, parseJson } from './json.ts';
import { commandIdOfLocation, commandIdOfMessage, parseCommandId, type CommandId } from './command-id.ts';

/** What one answer to `runCommand` proves about the command. */
export type Submission =
  /** AKS has it under this id. */
  | { readonly kind: 'accepted'; readonly id: CommandId }
  /** Not processed, and may be sent again. */
  | { readonly kind: 'try-again'; readonly because: 'throttled' | 'unreachable' | 'conflict' }
  /** Not processed: the access token was not taken. */
  | { readonly kind: 'token-rejected' }
  /** Not run: the cluster has managed Entra and the request had no `clusterToken`. */
  | { readonly kind: 'cluster-token-required' }
  /** AKS gave the pod up. It may still start, until its start-by time. */
  | { readonly kind: 'did-not-start'; readonly id?: CommandId }
  /** Not run, and never will be. */
  | { readonly kind: 'refused' }
  /** The command may run, or have run. */
  | { readonly kind: 'unclear'; readonly id?: CommandId };

const NOT_STARTED = /did not start within/i;

/** Conflicts that waiting does not end: somebody has to do something. */
const LASTING = new Set(['ReadOnlyDisabledSubscription', 'MissingSubscriptionRegistration', 'ScopeLocked']);

const KUBERNETES_FAILURE = /kubernetes failure/i;

/** Reads an answer to `runCommand`. Whatever does not prove that the command did not run is `unclear`. */
export function readSubmission(answer: Answer): Submission {
  if (answer.kind === 'unanswered') {
    if (!isTransient(answer)) return { kind: 'refused' };
    return answer.sent === 'never' ? { kind: 'try-again', because: 'unreachable' } : { kind: 'unclear' };
  }
  const { status } = answer;
  // 200 stands in the specification. Any other success is none of ARM's, and says nothing.
  if (status === 200 || status === 202) {
    const id = commandIdOfLocation(answer.headers['location']) ?? commandIdOfBody(answer.body);
    return id === undefined ? { kind: 'unclear' } : { kind: 'accepted', id };
  }
  if (status === 401) return { kind: 'token-rejected' };
  if (status === 429) return { kind: 'try-again', because: 'throttled' };

  const { code, message } = serviceError(answer.body);
  if (status === 409) return LASTING.has(code) ? { kind: 'refused' } : { kind: 'try-again', because: 'conflict' };
  if (status === 400 && code === 'MissingAADClusterToken') return { kind: 'cluster-token-required' };
  if (
    code === 'KubernetesPerformanceError' ||
    code === 'KubernetesOperationError' ||
    KUBERNETES_FAILURE.test(message)
  ) {
    return readKubernetesFailure(message);
  }
  // "Did not start" is a 400, too: one that cannot be read proves nothing.
  if (status === 400 && code === '') return { kind: 'unclear' };
  // A 408 comes from a gateway that gave up waiting for what it had passed on.
  return status >= 400 && !isTransient(answer) ? { kind: 'refused' } : { kind: 'unclear' };
}

function readKubernetesFailure(message: string): Submission {
  const id = commandIdOfMessage(message);
  const named = id === undefined ? {} : { id };
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

function commandIdOfBody(body: string): CommandId | undefined {
  const parsed = parseJson(body);
  const id = field(parsed, 'id');
  return typeof id === 'string' ? parseCommandId(id) : undefined;
}
