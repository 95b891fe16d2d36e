import { request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { ContainerServiceClientOptionalParams } from '@azure/arm-containerservice';
import { proxyFor, type ProxyServer } from '../../azure/proxy.ts';
import { isCertificateError } from './certificate.ts';

type Policy = NonNullable<ContainerServiceClientOptionalParams['additionalPolicies']>[number]['policy'];

/** Codes of {@link ProxyFailure}: the request provably did not leave. With the second one, it never will. */
export const PROXY_FAILED = 'ERR_PROXY_FAILED';
export const PROXY_REFUSED = 'ERR_PROXY_REFUSED';

/** Shorter than any request may take: that a proxy is silent is known before the request is given up. */
const TUNNEL_TIMEOUT_MS = 20_000;

/** A proxy opened no tunnel: nothing was sent to Azure, and nothing that came back is Azure's. */
class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  readonly code: typeof PROXY_FAILED | typeof PROXY_REFUSED;

  /** @param status what it answered, if anything. Other refusals than these may be over soon: 502, 503, 504, 429. */
  constructor(message: string, { status = 0, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.code = status >= 400 && status < 500 && ![408, 425, 429].includes(status) ? PROXY_REFUSED : PROXY_FAILED;
  }
}

/**
 * The one place that decides how requests leave: every client, of Azure and of GitHub, has this policy. The SDK's own
 * reading of the environment differs from the runner's, and its agent hands every reply to CONNECT but a 200 to whoever
 * asked, as if it had come through TLS: anyone between the runner and its proxy could forge a result.
 */
export function throughProxy(env: Readonly<Record<string, string | undefined>>): Policy {
  let agent: TunnelAgent | undefined;
  return {
    name: 'aksRunCommandProxy',
    sendRequest(request, next) {
      const proxy = proxyFor(request.url, (name) => env[name]);
      // What the SDK's policy has set by then is taken back.
      delete request.agent;
      if (proxy) request.agent = agent ??= new TunnelAgent(proxy);
      return next(request);
    },
  };
}

/**
 * Connections to wherever, through tunnels that a proxy opens. None is kept: a proxy ends an idle one without a word, and a
 * submission that is lost with it is one of which nobody can tell whether it arrived.
 */
class TunnelAgent extends Agent {
  readonly #proxy: ProxyServer;

  constructor(proxy: ProxyServer) {
    super({ keepAlive: false });
    this.#proxy = proxy;
  }

  override createConnection(
    { host, port, servername }: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    openTunnel(this.#proxy, `${bracketed(host ?? '')}:${port ?? 443}`)
      .then((socket) => callback?.(null, connect({ host: host ?? undefined, servername, socket })))
      .catch((error: unknown) => callback?.(error instanceof Error ? error : new Error(String(error)), new Socket()));
  }
}

async function openTunnel({ secure, host, port, credentials }: ProxyServer, target: string): Promise<Socket> {
  const name = `the proxy ${bracketed(host)}:${port}`;
  const request = (secure ? httpsRequest : httpRequest)({
    method: 'CONNECT',
    host,
    port,
    path: target,
    agent: false,
    timeout: TUNNEL_TIMEOUT_MS,
    headers: {
      host: target,
      ...(credentials !== '' && { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
  });
  return new Promise((resolve, reject) => {
    const fail = (words: string, more?: { status?: number; cause?: unknown }) => {
      reject(new ProxyFailure(`${name} ${words}, so nothing was sent`, more));
      request.destroy();
    };
    const failWith = (status: number) => {
      fail(`answered ${status}`, { status });
    };
    request.on('connect', ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode === 200) resolve(socket.setTimeout(0));
      else failWith(statusCode);
    });
    request.on('response', ({ statusCode = 0 }) => {
      failWith(statusCode);
    });
    request.on('timeout', () => {
      fail(`did not open a tunnel within ${TUNNEL_TIMEOUT_MS / 1000} s`);
    });
    request.on('error', (error) => {
      fail(wordsFor(error), { cause: error });
    });
    request.end();
  });
}

function wordsFor(error: Error): string {
  const code = 'code' in error ? String(error.code) : error.message;
  if (code === 'ECONNREFUSED') return `refused the connection (${code})`;
  if (isCertificateError(code)) return `has a certificate that is not trusted (${code})`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `was not found (${code})`;
  return `cannot be reached (${code})`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
