import type { ContainerServiceClientOptionalParams } from '@azure/arm-containerservice';
import type { Answer } from '../../azure/answer.ts';
import { field, isRecord, parseJson } from '../../azure/json.ts';
import { clip, withoutTokens } from '../../azure/long-words.ts';
import { messageOf } from '../../failure.ts';
import type { Host } from '../../hosts/port.ts';
import type { Clock } from '../../clock.ts';
import type { RetryPorts } from '../../lifecycle/retry.ts';
import { isCertificateError, PROXY_FAILED, PROXY_REFUSED } from './tunnel.ts';

/** What talking to Azure needs from the outside world. */
export type EdgePorts = RetryPorts & {
  readonly host: Host;
  /** The tokens that this step holds. No message repeats one. */
  readonly tokens: Set<string>;
  /** Sends requests instead of Node, for tests that run for hours of simulated time. */
  readonly transport?: NonNullable<ContainerServiceClientOptionalParams['httpClient']>;
};

type Response = {
  readonly status: number;
  readonly headers: { toJSON(): Record<string, string> };
  readonly bodyAsText?: string | null | undefined;
};

/**
 * Makes one SDK call and returns the outcome of its request, whatever the SDK makes of the answer.
 */
export async function exchange(
  call: (options: {
    onResponse: (response: Response) => void;
    abortSignal: AbortSignal;
  }) => PromiseLike<unknown>,
  timeoutMs: number,
  { clock, tokens }: EdgePorts,
): Promise<Answer> {
  const answers: Answer[] = [];
  const onResponse = (response: Response) => answers.push(answered(response, tokens));
  try {
    await within(timeoutMs, clock, (abortSignal) => call({ onResponse, abortSignal }));
  } catch (error) {
    // A status that the SDK treats as an error, or a body that it cannot parse, is still an answer.
    if (answers.length === 0) return unanswered(error, tokens);
  }
  return (
    answers[0] ?? { kind: 'unanswered', sent: 'perhaps', cause: 'the client returned no response' }
  );
}

/**
 * Ends a call with a TimeoutError, even a call that ignores its signal, as the SDK does while it
 * waits for a token.
 */
export async function within<T>(
  timeoutMs: number,
  clock: Clock,
  call: (signal: AbortSignal) => PromiseLike<T>,
) {
  const ended = new AbortController();
  const abort = new AbortController();
  const timeOver = clock.sleep(timeoutMs, ended.signal).then(async () => {
    const error = new TimeoutError(`no answer within ${timeoutMs / 1000} s`);
    if (!ended.signal.aborted) {
      abort.abort(error);
      // Whatever has arrived by now, such as headers without the end of their body, takes
      // precedence.
      await clock.sleep(50);
    }
    throw error;
  });
  try {
    return await Promise.race([call(abort.signal), timeOver]);
  } catch (error) {
    // The client would report an aborted call in its own words.
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    ended.abort();
  }
}

export class TimeoutError extends Error {}

/** An answer. What a message may quote of it has none of the tokens that the step holds. */
export function answered(
  { status, headers, bodyAsText }: Response,
  tokens: ReadonlySet<string>,
): Answer {
  const body = bodyAsText ?? '';
  const names = Object.entries(headers.toJSON());
  const safeHeaders = names.map(([name, value]) => [name, withoutTokens(value, tokens)]);
  return {
    kind: 'answered',
    status,
    headers: Object.fromEntries(safeHeaders) as Record<string, string>,
    body: isQuoted(status, body) ? withoutTokens(body, tokens) : body,
  };
}

/**
 * Of a success, only the reason for a failed command is quoted. It comes without the command's
 * output.
 */
function isQuoted(status: number, body: string): boolean {
  if (status >= 300) return true;
  const properties = field(parseJson(body), 'properties');
  return field(properties, 'reason') !== undefined && !field(properties, 'logs');
}

export function quotable(text: string, tokens: ReadonlySet<string>): string {
  return clip(withoutTokens(text, tokens));
}

/**
 * Errors of a connection that was never made. Not an unreachable network: on Linux, open
 * connections get that, too.
 */
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', PROXY_FAILED]);

export function unanswered(error: unknown, tokens: ReadonlySet<string>): Answer {
  const codes = codesOf(error);
  const cause = quotable(messageOf(error), tokens);
  if (codes.some((code) => code === PROXY_REFUSED || isCertificateError(code)))
    return { kind: 'unanswered', sent: 'never', cause, refused: true };

  const isUnsent = codes.some((code) => NEVER_SENT.has(code));
  return { kind: 'unanswered', sent: isUnsent ? 'never' : 'perhaps', cause };
}

/** Causes of causes are followed this far, since a cause could be its own. */
const MAX_CAUSES = 10;

/** The codes of an error and of its causes. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let cause = error;
  for (let depth = 0; depth < MAX_CAUSES && isRecord(cause); depth++) {
    if (typeof cause['code'] === 'string') codes.push(cause['code']);
    cause = cause['cause'];
  }
  return codes;
}
