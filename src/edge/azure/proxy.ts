import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { isCertificateError } from './certificate.ts';

/** Codes of a request that provably did not leave, because of its proxy. With the second one, it never will. */
export const PROXY_FAILED = 'ERR_PROXY_FAILED';
export const PROXY_REFUSED = 'ERR_PROXY_REFUSED';

/** Shorter than any request may take: that a proxy is silent is known before the request is given up. */
const TUNNEL_TIMEOUT_MS = 20_000;

/**
 * Connections through the tunnels of a proxy, which Node opens. None is kept: a proxy ends an idle one without a word, and
 * whether a submission that is lost with it arrived cannot be told.
 */
export class TunnelAgent extends Agent {
  readonly #proxy: string;

  /** @param proxy its URL, as `proxyFor` gives it */
  constructor(proxy: string, timeoutMs = TUNNEL_TIMEOUT_MS) {
    super({ keepAlive: false, proxyEnv: { https_proxy: proxy }, timeout: timeoutMs });
    this.#proxy = proxy;
  }

  /** Until this calls back, the other end of the tunnel has not proved who it is, and nothing of a request was sent. */
  override createConnection(options: RequestOptions, callback?: (error: Error | null, stream: Duplex) => void) {
    return super.createConnection(options, (error, stream) => {
      // Node leaves the connection to a proxy that refused.
      if (error) (stream as Duplex | undefined)?.destroy();
      callback?.(error && tunnelError(this.#proxy, error), stream);
    });
  }
}

/** The proxy is named, without its password. Certificate errors stay as they are: they may be those of the other end. */
function tunnelError(proxy: string, error: NodeJS.ErrnoException & { statusCode?: number }): Error {
  const { code = error.message, statusCode: status } = error;
  if (isCertificateError(code)) return error;
  // Anything but these may be over soon: 502, 503, 504, 429.
  const isRefusal = status !== undefined && status >= 400 && status < 500 && ![408, 425, 429].includes(status);
  const words = status === undefined ? (WORDS[code] ?? `opened no tunnel (${code})`) : `answered ${status}`;
  return Object.assign(new Error(`the proxy ${new URL(proxy).host} ${words}, so nothing was sent`), {
    code: isRefusal ? PROXY_REFUSED : PROXY_FAILED,
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection (ECONNREFUSED)',
  ENOTFOUND: 'was not found (ENOTFOUND)',
  EAI_AGAIN: 'was not found (EAI_AGAIN)',
  ERR_PROXY_TUNNEL: 'did not open a tunnel',
};
