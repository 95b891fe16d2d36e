import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';

/**
 * Error codes that prove that a proxy kept a request from being sent. With the second, it never
 * will be.
 */
export const PROXY_FAILED = 'ERR_PROXY_FAILED';
export const PROXY_REFUSED = 'ERR_PROXY_REFUSED';

/**
 * Opens a new tunnel through a proxy for each request: a submission could be lost in an old one
 * that the proxy has dropped.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: string;
  /** The timeout is shorter than any request's, so that a silent proxy is recognized. */
  constructor(proxy: string, timeoutMs = 20_000) {
    super({ keepAlive: false, proxyEnv: { https_proxy: proxy }, timeout: timeoutMs });
    this.#proxy = proxy;
  }

  /**
   * Until the callback, the other end of the tunnel has not proved its identity, and no part of a
   * request was sent.
   */
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ) {
    return super.createConnection(options, (error, stream) => {
      // If a proxy refuses, Node leaves the connection to it open.
      if (error) (stream as Duplex | undefined)?.destroy();
      callback?.(error && tunnelError(this.#proxy, error), stream);
    });
  }
}

/** What a proxy did, by Node's error code: the end of a sentence. */
const PROXY_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection (ECONNREFUSED)',
  ENOTFOUND: 'was not found (ENOTFOUND)',
  EAI_AGAIN: 'was not found (EAI_AGAIN)',
  ERR_PROXY_TUNNEL: 'did not open a tunnel',
};

/**
 * Names the proxy, without its password. Certificate errors stay as they are: they may be about the
 * other end.
 */
function tunnelError(proxy: string, error: NodeJS.ErrnoException & { statusCode?: number }): Error {
  const { code = error.message, statusCode: status } = error;
  if (isCertificateError(code)) return error;
  // Any other answer, such as a 502 or a 429, may be temporary.
  const isRefusal =
    status !== undefined && status >= 400 && status < 500 && ![408, 425, 429].includes(status);
  const words =
    status === undefined
      ? (PROXY_ERRORS[code] ?? `opened no tunnel (${code})`)
      : `answered ${status}`;
  const failure = new Error(`the proxy ${new URL(proxy).host} ${words}, so nothing was sent`);
  return Object.assign(failure, { code: isRefusal ? PROXY_REFUSED : PROXY_FAILED });
}

/**
 * Node's codes for a bad certificate that don't mention one
 * (tls.html#x509-certificate-error-codes).
 */
const BAD_CERTIFICATE = new Set([
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
]);

/**
 * Whether a certificate is not trusted. Node drops such a connection before the first byte of the
 * request.
 */
export function isCertificateError(code: string): boolean {
  // A code with the word CERT or CRL in it. One that begins with ERR_SSL can be an alert from the
  // other side, which may come after the request.
  return BAD_CERTIFICATE.has(code) || /^(?!ERR_SSL)(?:.*_)?(?:CERT|CRL)(?:_|$)/.test(code);
}
