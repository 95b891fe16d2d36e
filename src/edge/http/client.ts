import { Agent } from 'node:https';
import type { ContainerServiceClientOptionalParams } from '@azure/arm-containerservice';
import { createContainerService } from '@azure/arm-containerservice/api';
import { describeAnswer, requestIds, type Answer } from '../../azure/answer.ts';
import { API_VERSION } from '../../azure/cloud.ts';
import type { RetryPorts } from '../../azure/retry.ts';
import type { Clock } from '../../clock.ts';
import { messageOf, StepError } from '../../failure.ts';
import type { Host, Log } from '../../hosts/port.ts';
import { field, isRecord, parseJson } from '../../text/json.ts';
import { clip } from '../../text/long-words.ts';
import type { Secrets } from '../../text/secrets.ts';
import { isCertificateError, LOOPBACK, PROXY_FAILED, PROXY_REFUSED } from './proxy.ts';

/** What talking to Azure needs from the outside world. */
export type EdgePorts = RetryPorts & {
  readonly host: Host;
  /** The host's. */
  readonly log: Log;
  /** What this step sends and no message repeats: tokens, and zips. */
  readonly secrets: Secrets;
  /** Connects through the proxy that is set; absent if none is. */
  readonly agent?: Agent | undefined;
  /** Sends requests instead of Node, for tests that run for hours of simulated time. */
  readonly transport?: NonNullable<ContainerServiceClientOptionalParams['httpClient']>;
};

type Policy = NonNullable<
  ContainerServiceClientOptionalParams['additionalPolicies']
>[number]['policy'];

/** Creates a client that sends one request per call, signed with a token if `bearer` is given. */
export function createClient(
  subscriptionId: string,
  endpoint: string,
  ports: EdgePorts,
  bearer?: () => Promise<string>,
) {
  const options = clientOptions(requestPolicy(ports, bearer), ports);
  const client = createContainerService({ getToken: () => Promise.resolve(null) }, subscriptionId, {
    ...options,
    endpoint,
    apiVersion: API_VERSION,
  });
  // It cannot forget a token.
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  // When a call is abandoned, it discards what has arrived.
  client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return client;
}

/**
 * Options for an `@azure/identity` credential, whose authority Entra's public directory may not
 * know. `record` gets the answer to each of its requests.
 */
export function credentialOptions(
  authorityHost: string,
  ports: EdgePorts,
  record?: (answer: Answer) => void,
) {
  const options = clientOptions(requestPolicy(ports, undefined, record), ports);
  return { ...options, authorityHost, disableInstanceDiscovery: true };
}

/**
 * Limits the SDK to one request per call, to the given host: no retries, no redirects. Section 15 of
 * docs/DECISIONS.md has the promise behind each thing of the SDK's that this file turns off or
 * overrules.
 */
function clientOptions(policy: Policy, { transport }: EdgePorts) {
  const options = {
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    // Otherwise, the SDK would read the environment and throw if the proxy has no scheme. The
    // policy chooses the proxy.
    proxyOptions: { host: 'http://unused.invalid', port: 80 },
    userAgentOptions: { userAgentPrefix: 'aks-run-command' },
    additionalPolicies: [{ policy, position: 'perRetry' as const }],
  };
  return transport === undefined ? options : { ...options, httpClient: transport };
}

/**
 * Opens a connection for each request. On one that was kept, a submission could be lost, or an answer
 * that a gateway sent there unasked could pass for that to the submission.
 */
const NEW_CONNECTION = new Agent({ keepAlive: false });

/**
 * Decides how a request leaves and how its answer is read. The SDK chooses a proxy differently from
 * the runner, and never stops reading a body that breaks off or cannot be decompressed. Here,
 * whatever has arrived is the answer, and no compression is requested. The debug log gets a line for
 * each request, without headers and bodies.
 */
function requestPolicy(
  { log, secrets, agent }: EdgePorts,
  bearer?: () => Promise<string>,
  record?: (answer: Answer) => void,
): Policy {
  return {
    name: 'aksRunCommandRequest',
    async sendRequest(request, next) {
      if (bearer) request.headers.set('authorization', `Bearer ${await bearer()}`);
      request.headers.set('accept-encoding', 'identity');

      // By now, the SDK's own policy has set an agent. Without any, the SDK keeps connections.
      const { hostname } = new URL(request.url);
      if (agent !== undefined && !LOOPBACK.test(hostname)) request.agent = agent;
      else if (request.method === 'POST') request.agent = NEW_CONNECTION;
      else delete request.agent;

      // The SDK would look up the brackets of an IPv6 address as part of a name.
      request.requestOverrides = { hostname: hostname.replaceAll(/[[\]]/g, '') };
      // To the SDK, `Infinity` stands for every status: it leaves each body as a stream, which is
      // read below.
      request.streamResponseStatusCodes = new Set([Infinity]);

      const begin = Date.now();
      const onAnswer = (answer: Answer) => {
        const took = `${Date.now() - begin} ms`;
        log.debug(`${request.method} ${request.url} ${outcomeOf(answer)}, ${took}`);
        record?.(answer);
      };
      try {
        const { readableStreamBody, ...response } = await next(request);
        if (readableStreamBody) {
          response.bodyAsText = await readBody(readableStreamBody, request.abortSignal);
        }
        onAnswer(answered(response, secrets));
        return response;
      } catch (error) {
        onAnswer(unanswered(error, secrets));
        throw error;
      }
    },
  };
}

function outcomeOf(answer: Answer): string {
  if (answer.kind === 'unanswered') return answer.cause;
  return `${answer.status} ${requestIds(answer)}`.trim();
}

/** Longer than any answer: 512 KiB of output become 3 MiB if every byte is escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** Reads a body, up to a limit, until it ends, breaks off, or the call is abandoned. */
async function readBody(
  body: NodeJS.ReadableStream & { destroy?: () => void },
  signal: { addEventListener(type: 'abort', listener: () => void): void } | undefined,
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  signal?.addEventListener('abort', () => body.destroy?.());
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes > MAX_ANSWER_BYTES) break;
    }
  } catch {
    // Whatever arrived before that counts.
  }
  // The decoder also removes a byte order mark.
  return new TextDecoder().decode(Buffer.concat(parts));
}

type SdkResponse = {
  readonly status: number;
  readonly headers: { toJSON(): Record<string, string> };
  readonly bodyAsText?: string | null;
};

/**
 * Makes one SDK call and returns the outcome of its request, whatever the SDK makes of the answer.
 */
export async function exchange(
  call: (options: {
    onResponse: (response: SdkResponse) => void;
    abortSignal: AbortSignal;
  }) => PromiseLike<unknown>,
  timeoutMs: number,
  { clock, secrets }: EdgePorts,
): Promise<Answer> {
  const answers: Answer[] = [];
  const onResponse = (response: SdkResponse) => answers.push(answered(response, secrets));
  let failure: unknown = new Error('the client returned no response');
  try {
    await within(timeoutMs, clock, (abortSignal) => call({ onResponse, abortSignal }));
  } catch (error) {
    failure = error;
  }
  // A status that the SDK treats as an error, or a body that it cannot parse, is still an answer.
  return answers[0] ?? unanswered(failure, secrets);
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

/** An answer. What a message may quote of it has no secrets. */
function answered({ status, headers, bodyAsText }: SdkResponse, secrets: Secrets): Answer {
  const body = bodyAsText ?? '';
  const safeHeaders: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers.toJSON())) {
    safeHeaders[name] = status < 300 ? value : secrets.hide(value);
  }
  return {
    kind: 'answered',
    status,
    headers: safeHeaders,
    body: isQuoted(status, body) ? secrets.hide(body) : body,
  };
}

/**
 * Whether a message may quote a body. Of a success, only the reason for a failed command is quoted,
 * which comes without the command's output.
 */
function isQuoted(status: number, body: string): boolean {
  if (status >= 300) return true;
  const properties = field(parseJson(body), 'properties');
  return field(properties, 'reason') !== undefined && !field(properties, 'logs');
}

/** A text as messages may quote it: without secrets, and not too long. */
export function quotable(text: string, secrets: Secrets): string {
  return clip(secrets.hide(text));
}

/**
 * Errors of a connection that was never made. Not an unreachable network: on Linux, open
 * connections get that, too.
 */
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', PROXY_FAILED]);

function unanswered(error: unknown, secrets: Secrets): Answer {
  if (error instanceof StepError) {
    const cause = quotable(`signing in failed: ${signInFailure(error)}`, secrets);
    return { kind: 'unanswered', sent: 'unsigned', cause };
  }
  const codes = codesOf(error);
  const cause = quotable(messageOf(error), secrets);
  if (codes.some((code) => code === PROXY_REFUSED || isCertificateError(code))) {
    return { kind: 'unanswered', sent: 'blocked', cause };
  }
  const isUnsent = codes.some((code) => NEVER_SENT.has(code));
  return { kind: 'unanswered', sent: isUnsent ? 'never' : 'perhaps', cause };
}

/** Why there is no token. Tokens expire while a command runs, and then signing in may fail. */
function signInFailure({ failure }: StepError): string {
  if ('answer' in failure && failure.answer !== undefined) return describeAnswer(failure.answer);
  return 'detail' in failure ? failure.detail : failure.code;
}

/** The codes of an error and of its causes. */
function codesOf(error: unknown): string[] {
  if (!isRecord(error)) return [];

  const { code, cause } = error;
  const codes = codesOf(cause);
  return typeof code === 'string' ? [code, ...codes] : codes;
}
