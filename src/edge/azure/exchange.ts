import type { ContainerServiceClientOptionalParams } from '@azure/arm-containerservice';
import { clip, NOT_QUOTED, quotableText, requestIds, type Answer } from '../../azure/answer.ts';
import { isRecord } from '../../azure/json.ts';
import type { Sent } from '../../azure/sent.ts';
import { isCertificateError } from './certificate.ts';
import { PROXY_FAILED, PROXY_REFUSED, TunnelAgent } from './proxy.ts';
import { proxyFor } from '../../azure/proxy.ts';
import type { Clock } from '../../lifecycle/clock.ts';
import { messageOf } from '../../failure.ts';
import type { Log } from '../../hosts/port.ts';

type Policy = NonNullable<ContainerServiceClientOptionalParams['additionalPolicies']>[number]['policy'];
type PipelineSignal = Parameters<Policy['sendRequest']>[0]['abortSignal'];

/** What carries the SDK's requests. */
export type Transport = NonNullable<ContainerServiceClientOptionalParams['httpClient']>;

/** How requests travel, and what is known of them. */
export type Wire = {
  /** Another carrier of requests than Node: tests run hours in simulated time. */
  readonly transport?: Transport;
  readonly sent: Sent;
};

/** The SDK's response, as far as it is read here. */
type RawResponse = {
  readonly status: number;
  readonly headers: { toJSON(): Record<string, string> };
  readonly bodyAsText?: string | null | undefined;
};

/** The SDK reads the environment where it is not told of a proxy, and throws for one without a scheme. `carrier` decides. */
const UNUSED_PROXY = { host: 'http://unused.invalid', port: 80 };

/** More than any answer takes: 512 KiB of output are 3 MiB, each byte of it escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * A policy that decides how a request leaves and how its answer is read. The SDK's own reading of proxies differs from the
 * runner's. And its own reading of a body never ends when the connection is torn or the body cannot be unpacked, although
 * status and headers are there: here, what arrived is the answer, and no compression is asked for.
 */
function carrier(env: NodeJS.ProcessEnv, sent: Sent): Policy {
  let tunnels: TunnelAgent | undefined;
  return {
    name: 'aksRunCommandCarrier',
    async sendRequest(request, next) {
      const proxy = proxyFor(request.url, (name) => env[name]);
      // What the SDK's policy has set by then is taken back.
      delete request.agent;
      if (proxy !== undefined) request.agent = tunnels ??= new TunnelAgent(proxy);
      request.headers.delete('accept-encoding');
      request.streamResponseStatusCodes = new Set([Infinity]);
      sent.remember(request.headers.get('authorization') ?? '');
      if (typeof request.body === 'string') sent.remember(request.body);
      const { readableStreamBody, ...response } = await next(request);
      if (readableStreamBody) response.bodyAsText = await textOf(readableStreamBody, request.abortSignal);
      return response;
    },
  };
}

/** What arrives of a body, at most so much of it, until it ends, is torn, or is no longer waited for. */
function textOf(body: NodeJS.ReadableStream & { destroy?: () => void }, signal: PipelineSignal): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    const end = () => {
      resolve(Buffer.concat(parts).toString());
    };
    body.on('data', (part: Buffer) => {
      parts.push(part);
      bytes += part.length;
      if (bytes > MAX_ANSWER_BYTES) body.destroy?.();
    });
    for (const event of ['end', 'error', 'close']) body.on(event, end);
    signal?.addEventListener('abort', end);
  });
}

/**
 * Client options that keep the SDK to one request a call, to the host it was told: no retries, no redirects.
 */
export function plainClientOptions(policy: Policy, { transport, sent }: Wire) {
  return {
    ...(transport && { httpClient: transport }),
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    proxyOptions: UNUSED_PROXY,
    userAgentOptions: { userAgentPrefix: 'aks-run-command' },
    additionalPolicies: [
      { policy, position: 'perRetry' as const },
      { policy: carrier(process.env, sent), position: 'perRetry' as const },
    ],
  };
}

/**
 * The same for a credential of `@azure/identity`, at an authority that Entra's public directory need not know.
 *
 * @param record gets each answer
 */
export function credentialOptions(
  authorityHost: string,
  ports: Wire & { readonly log: Log },
  record?: (answer: Answer) => void,
) {
  const options = plainClientOptions(observer(ports.log, ports, record), ports);
  return { ...options, authorityHost, disableInstanceDiscovery: true };
}

/** A policy that signs each request. Redirects are not followed, so that it goes nowhere but to the client's endpoint. */
export function bearer(token: () => Promise<{ readonly token: string }>): Policy {
  return {
    name: 'aksRunCommandBearer',
    async sendRequest(request, next) {
      request.headers.set('authorization', `Bearer ${(await token()).token}`);
      return next(request);
    },
  };
}

/**
 * A policy that sees each request: tells it to the debug log by method, URL, status, duration and the service's
 * request ids (never headers or bodies), and hands the answer to `record`.
 */
export function observer(log: Log, { sent }: Wire, record: (answer: Answer) => void = () => undefined): Policy {
  return {
    name: 'aksRunCommandObserver',
    async sendRequest(request, next) {
      const begin = Date.now();
      const tell = (answer: Answer) => {
        const outcome = answer.kind === 'answered' ? `${answer.status} ${requestIds(answer)}`.trim() : answer.cause;
        log.debug(`${request.method} ${request.url} ${outcome}, ${Date.now() - begin} ms`);
        record(answer);
      };
      try {
        const response = await next(request);
        tell(answered(response, sent));
        return response;
      } catch (error) {
        tell(unanswered(error, sent));
        throw error;
      }
    },
  };
}

/**
 * Makes one call of the SDK and reports how its request went, whatever the SDK makes of the answer.
 *
 * @param timeoutMs bound of the request.
 */
export async function exchange(
  call: (options: { onResponse: (response: RawResponse) => void; abortSignal: AbortSignal }) => PromiseLike<unknown>,
  timeoutMs: number,
  { clock, sent }: Wire & { readonly clock: Clock },
): Promise<Answer> {
  const answers: Answer[] = [];
  const onResponse = (response: RawResponse) => answers.push(answered(response, sent));
  try {
    await within(timeoutMs, clock, (abortSignal) => call({ onResponse, abortSignal }));
  } catch (error) {
    // A status that the SDK takes for an error, or a body that it cannot parse, is an answer all the same.
    if (answers.length === 0) return unanswered(error, sent);
  }
  return answers[0] ?? { kind: 'unanswered', sent: 'perhaps', cause: 'the client returned no response' };
}

/** In which what arrived of an answer gets through the client. */
const ARRIVAL_MS = 50;

/**
 * Awaits a call for so long, whether or not it heeds the signal that ends it then: the SDK waits for a token without.
 *
 * @throws TimeoutError where the time is over first.
 */
export async function within<T>(
  timeoutMs: number,
  clock: Clock,
  call: (abortSignal: AbortSignal) => PromiseLike<T>,
): Promise<T> {
  const answered = new AbortController();
  const abort = new AbortController();
  const timeOver = clock.sleep(timeoutMs, answered.signal).then(async () => {
    const error = new TimeoutError(`no answer within ${timeoutMs / 1000} s`);
    if (!answered.signal.aborted) {
      abort.abort(error);
      // What has arrived by now, such as headers without the end of their body, comes first.
      await clock.sleep(ARRIVAL_MS);
    }
    throw error;
  });
  try {
    return await Promise.race([call(abort.signal), timeOver]);
  } catch (error) {
    // The client has words of its own for a call that was ended.
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    answered.abort();
  }
}

/** A call took too long. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

function answered({ status, headers, bodyAsText }: RawResponse, sent: Sent): Answer {
  const answer = { kind: 'answered' as const, status, headers: headers.toJSON(), body: bodyAsText ?? '' };
  return sent.isIn(quotableText(answer)) ? { ...answer, echoes: true } : answer;
}

/** Foreign words as a message may quote them. */
export function quotable(text: string, sent: Sent): string {
  const words = clip(text);
  return sent.isIn(words) ? NOT_QUOTED : words;
}

/**
 * Errors of a connection that was never made. An unreachable host or network is not among them: Linux reports those of
 * a connection in use, too.
 */
const NEVER_SENT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', PROXY_FAILED]);

function unanswered(error: unknown, memory: Sent): Answer {
  const codes = codesOf(error);
  const refused = codes.some((code) => code === PROXY_REFUSED || isCertificateError(code));
  const sent = refused || codes.some((code) => NEVER_SENT.has(code)) ? 'never' : 'perhaps';
  return { kind: 'unanswered', sent, cause: quotable(messageOf(error), memory), ...(refused && { refused: true }) };
}

/** The codes of an error and of its causes; none where it throws when it is read. */
function codesOf(error: unknown): string[] {
  try {
    const chain = new Set<Readonly<Record<string, unknown>>>();
    for (let link = error; isRecord(link) && !chain.has(link); link = link['cause']) chain.add(link);
    return [...chain].map(({ code }) => code).filter((code) => typeof code === 'string');
  } catch {
    return [];
  }
}
