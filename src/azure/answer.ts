import { field, isRecord, parseJson } from './json.ts';

/** What became of one HTTP request: an answer, or none. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Headers;
      readonly body: string;
      /** What a message could quote of it holds a part of what was sent, or a value of `env`: then nothing is quoted. */
      readonly echoes?: true;
    }
  | {
      readonly kind: 'unanswered';
      /** `never`: the request provably did not leave (name resolution, connection refused). `perhaps`: no telling. */
      readonly sent: 'never' | 'perhaps';
      /** The network's own word: `ECONNRESET`, `timed out after 120 s`. Foreign text. */
      readonly cause: string;
      /** A proxy refused to connect, or a certificate is not trusted, and so it stays: nothing was sent. */
      readonly refused?: true;
    };

/** Response headers, names in lower case. */
export type Headers = Readonly<Record<string, string>>;

/**
 * Whether the same request may have a better answer later: throttled, a service in trouble, a torn connection. Not where a
 * proxy refused it, or a certificate is not trusted: nothing changes that but somebody's settings.
 */
export function isTransient(answer: Answer): boolean {
  if (answer.kind === 'unanswered') return answer.refused !== true;
  return answer.status === 429 || answer.status === 408 || answer.status >= 500;
}

/** What a service said of its failure. Every field is foreign text; empty where the service said nothing readable. */
export type ServiceError = { readonly code: string; readonly message: string };

/** Stands for words that quote what was sent. */
export const NOT_QUOTED = 'not shown, because it quotes what was sent';

const NO_WORDS: ServiceError = { code: '', message: '' };
const MAX_FOREIGN_WORDS = 1500;
/** Where a page has its title. */
const MAX_PAGE = 16_384;
/** A code is one word. What is longer is none. */
const MAX_CODE = 200;

/**
 * Reads `{"error":{"code","message"}}`, a top-level `{"code","message"}`, Entra's `{"error","error_description"}`,
 * a proxy's HTML page or an empty body. Never throws; HTML is reduced to its title.
 */
export function serviceError(body: string): ServiceError {
  const parsed = parseJson(body);
  if (isRecord(parsed)) {
    const inner = isRecord(parsed['error']) ? parsed['error'] : parsed;
    const code = inner['code'] ?? inner['error'];
    const message = inner['message'] ?? inner['error_description'];
    return {
      code: typeof code === 'string' && code.length <= MAX_CODE ? clip(code) : '',
      message: clip(typeof message === 'string' ? message : ''),
    };
  }
  const title = /<title>([^<]{0,1000})<\/title>/i.exec(body.slice(0, MAX_PAGE))?.[1];
  if (title !== undefined) return { code: '', message: clip(title.trim()) };
  return /^\s*</.test(body) ? NO_WORDS : { code: '', message: clip(body.trim()) };
}

/**
 * Whether ARM itself denies a permission: a 403 with JSON that has a code. An empty 403, a page, or words are a gateway's, and
 * say nothing about permissions.
 */
export function deniesPermission(answer: Answer): boolean {
  if (answer.kind === 'unanswered' || answer.status !== 403) return false;
  const body = parseJson(answer.body);
  const code = field(field(body, 'error'), 'code') ?? field(body, 'code');
  return typeof code === 'string' && code !== '';
}

/** Seconds that `Retry-After` asks for, as a number or as an HTTP date against the answer's own `Date`. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const wait = (Date.parse(value) - Date.parse(headers['date'] ?? '')) / 1000;
  return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : undefined;
}

/**
 * One line on an answer for logs and reasons: status, code, words. Foreign text. The body of a success is not shown, as
 * it may hold a token or what is yet to be masked, were it cut in the middle.
 */
export function describeAnswer(answer: Answer): string {
  if (answer.kind === 'unanswered') return `no answer (${answer.cause})`;
  if (answer.echoes) return `HTTP ${answer.status} (${NOT_QUOTED})`;
  const { code, message } = answer.status < 300 ? NO_WORDS : serviceError(answer.body);
  const words = [code, message].filter((word) => word !== '').join(': ');
  return words === '' ? `HTTP ${answer.status}` : `HTTP ${answer.status} ${words}`;
}

/** Where the services put the ids that Azure's support asks for. */
const REQUEST_ID_HEADERS = ['x-ms-request-id', 'x-ms-correlation-request-id'] as const;

const MAX_REQUEST_ID = 100;

/** All that a message may quote of an answer. */
export function quotableText(answer: Answer & { kind: 'answered' }): string {
  const { code, message } = serviceError(answer.body);
  const reason = field(field(parseJson(answer.body), 'properties'), 'reason');
  const words = answer.status < 300 ? [typeof reason === 'string' ? clip(reason) : ''] : [code, message];
  return [...words, requestIds(answer)].join('\n');
}

/** The ids that Azure's support asks for, where the answer carries them. Foreign text. */
export function requestIds(answer: Answer): string {
  if (answer.kind === 'unanswered' || answer.echoes) return '';
  return REQUEST_ID_HEADERS.flatMap((name) => {
    const id = answer.headers[name] ?? '';
    return id === '' || id.length > MAX_REQUEST_ID ? [] : [`${name} ${id}`];
  }).join(', ');
}

/** Foreign words, at most so many of them that a message stays one. */
export function clip(text: string): string {
  return text.length > MAX_FOREIGN_WORDS ? `${text.slice(0, MAX_FOREIGN_WORDS)}…` : text;
}
