import { field, isRecord, parseJson } from '../text/json.ts';
import { clip } from '../text/long-words.ts';
import { BROKEN_CALL } from './wordings.ts';

/** The outcome of one HTTP request: an answer, or none. */
export type Answer =
  | Answered
  | {
      readonly kind: 'unanswered';
      /**
       * Whether the request was sent. `never`: name resolution failed, or nobody was listening.
       * `blocked`: it was not, and another one would not be either, because a proxy refused to
       * connect or a certificate is not trusted. `unsigned`: it was not, because signing in failed.
       * `perhaps`: anything else.
       */
      readonly sent: 'never' | 'blocked' | 'unsigned' | 'perhaps';
      /** The network's own words, such as `ECONNRESET`. Untrusted text. */
      readonly cause: string;
    };

export type Answered = {
  readonly kind: 'answered';
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Whether a request has ended with an answer, or with none, instead of what it was sent for. */
export function isAnswer(outcome: object): outcome is Answer {
  return 'kind' in outcome;
}

/**
 * Whether the same request may succeed later: it was throttled, the service is in trouble, or the
 * connection broke. ARM also sends 499 to clients that are still waiting (AzAPICall#49).
 */
export function isTransient(answer: Answer): boolean {
  if (answer.kind === 'unanswered') return answer.sent === 'never' || answer.sent === 'perhaps';
  return [408, 429, 499].includes(answer.status) || answer.status >= 500;
}

/** Codes such as `GatewayTimeout`. A resource may be called "timeout", so only codes are tested. */
const BROKEN_CALL_CODE = /timed?[_-]?out|cancell?ed|client[_-]?closed/i;

/**
 * Whether a service reports that a call of its own broke or was canceled. Whatever the status,
 * that leaves open what the call has done.
 */
export function reportsBrokenCall({ body }: Answered): boolean {
  const { code } = serviceError(body);
  return BROKEN_CALL_CODE.test(code) || BROKEN_CALL.some(({ pattern }) => pattern.test(body));
}

/** When an answer was sent, by its `Date`, in milliseconds since the epoch. NaN if it has none. */
export function dateOf(answer: Answer): number {
  return answer.kind === 'answered' ? Date.parse(answer.headers['date'] ?? '') : NaN;
}

/** A longer text is neither a code nor a request ID. */
const MAX_CODE = 100;

/**
 * What a service said about its failure: `{"error":{"code","message"}}`, the same at the top level,
 * Entra's `{"error","error_description"}`, the title of a proxy's page, or plain text. Untrusted
 * text, empty if nothing is readable.
 */
export function serviceError(body: string): { readonly code: string; readonly message: string } {
  const parsed = parseJson(body);
  if (isRecord(parsed)) {
    const inner = isRecord(parsed['error']) ? parsed['error'] : parsed;
    const code = inner['code'] ?? inner['error'];
    const message = inner['message'] ?? inner['error_description'];
    return {
      code: typeof code === 'string' && code.length <= MAX_CODE ? code : '',
      message: typeof message === 'string' ? clip(message) : '',
    };
  }
  const title = /<title>(?:\d{3} )?([^<]{0,1000})<\/title>/i.exec(body.slice(0, 16_384))?.[1];
  const plainText = /^\s*</.test(body) ? '' : body;
  return { code: '', message: clip((title ?? plainText).trim()) };
}

/**
 * Whether ARM itself answered, in JSON with a code. An empty body, a page, or other JSON may be a
 * gateway's.
 */
export function isFromArm(answer: Answered): boolean {
  const body = parseJson(answer.body);
  const code = field(field(body, 'error'), 'code') ?? field(body, 'code');
  return typeof code === 'string' && code !== '';
}

/** Whether Entra itself answered, with one of its errors. Anything else may be a gateway's. */
export function isFromEntra(answer: Answered): boolean {
  const error = field(parseJson(answer.body), 'error');
  return typeof error === 'string' && error !== '';
}

/**
 * How many milliseconds `Retry-After` asks the caller to wait, whatever the status: a number of
 * seconds, or an HTTP date compared with the answer's own `Date`.
 */
export function retryAfterMs(answer: Answer): number | undefined {
  if (answer.kind === 'unanswered') return undefined;
  const { 'retry-after': value = '', date = '' } = answer.headers;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(date);
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/**
 * An answer in one line. Untrusted text. A success's body is left out: it may contain a token or
 * unmasked output.
 */
export function describeAnswer(answer: Answer): string {
  if (answer.kind === 'unanswered') return `no answer (${answer.cause})`;
  const { code, message } = serviceError(answer.status < 300 ? '' : answer.body);
  const words = [code, message].filter((word) => word !== '').join(': ');
  return `HTTP ${answer.status} ${words}`.trimEnd();
}

/** The IDs that Azure's support asks for. Untrusted text. */
export function requestIds(answer: Answer): string {
  if (answer.kind === 'unanswered') return '';
  const ids: string[] = [];
  for (const name of ['x-ms-request-id', 'x-ms-correlation-request-id']) {
    const id = answer.headers[name] ?? '';
    if (id !== '' && id.length <= MAX_CODE) ids.push(`${name} ${id}`);
  }
  return ids.join(', ');
}
