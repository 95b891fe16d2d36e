import { request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { ContainerServiceClientOptionalParams } from '@azure/arm-containerservice';
import { proxyFor, type ProxyServer } from '../../azure/proxy.ts';
import { isCertificateError } from './certificate.ts';

type Policy = NonNullable<ContainerServiceClientOptionalParams['additionalPolicies']>[number]['policy'];

/** Codes of {@link ProxyFailure}: the request provably did not leave. With the second one, it never will. */
export const PROXY_FAILED = 'ERR_PROXY_FAILED';
export const PROXY_REFUSED = 'ERR_PROXY_REFUSED';

/**
 * Until the other end of the tunnel has proved who it is. Shorter than any request may take: that a proxy is silent is known
 * before the request is given up.
 */
const TUNNEL_TIMEOUT_MS = 20_000;

/** A proxy opened no tunnel: nothing was sent to Azure, and nothing that came back is Azure's. */
class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  readonly code: typeof PROXY_FAILED | typeof PROXY_REFUSED;

  /** @param isRefusal whether it stays so until somebody changes a setting */
  constructor(message: string, isRefusal: boolean, cause: unknown) {
    super(message, { cause });
    this.code = isRefusal ? PROXY_REFUSED : PROXY_FAILED;
  }
}

/**
 * The one place that decides how requests leave: every client, of Azure and of GitHub, has this policy. The SDK's own
 * reading of the environment differs from the runner's, and its agent hands every reply to CONNECT but a 200 to whoever
 * asked, as if it had come through TLS: anyone between the runner and its proxy could forge a result.
 */
export function throughProxy(env: Readonly<Record<string, string | undefined>>, timeoutMs = TUNNEL_TIMEOUT_MS): Policy {
  let agent: TunnelAgent | undefined;
  return {
    name: 'aksRunCommandProxy',
    sendRequest(request, next) {
      const proxy = proxyFor(request.url, (name) => env[name]);
      // What the SDK's policy has set by then is taken back.
      delete request.agent;
      if (proxy) request.agent = agent ??= new TunnelAgent(proxy, timeoutMs);
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
  readonly #timeoutMs: number;

  constructor(proxy: ProxyServer, timeoutMs: number) {
    super({ keepAlive: false });
    this.#proxy = proxy;
    this.#timeoutMs = timeoutMs;
  }

  override createConnection(
    { host, port, servername }: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const target = { host: host ?? '', port: Number(port), servername };
    connectThrough(this.#proxy, target, this.#timeoutMs).then(
      (socket) => callback?.(null, socket),
      // Nothing else is thrown there. As it is: the SDK looks for a code on it.
      (error: unknown) => callback?.(error as Error, new Socket()),
    );
  }
}

type Target = { readonly host: string; readonly port: number; readonly servername: string | undefined };

/**
 * A TLS connection through the proxy. Nothing of a request is sent before the other end has proved who it is, so whatever goes
 * wrong until then is the proxy's, unless it is the other end's certificate.
 */
async function connectThrough(proxy: ProxyServer, target: Target, timeoutMs: number): Promise<TLSSocket> {
  const begin = performance.now();
  const socket = await openTunnel(proxy, `${target.host}:${target.port}`, timeoutMs);
  return secure(proxy, { ...target, socket }, { timeoutMs, leftMs: timeoutMs - (performance.now() - begin) });
}

function openTunnel(proxy: ProxyServer, target: string, timeoutMs: number): Promise<Socket> {
  const { secure, host, port, credentials } = proxy;
  const request = (secure ? httpsRequest : httpRequest)({
    method: 'CONNECT',
    host,
    port,
    path: target,
    agent: false,
    headers: {
      host: target,
      ...(credentials !== '' && { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
  });
  return new Promise((resolve, reject) => {
    const fail = (words: string, isRefusal = false, cause?: unknown) => {
      clearTimeout(timer);
      reject(failureOf(proxy, words, isRefusal, cause));
      request.destroy();
    };
    const timer = setTimeout(() => {
      fail(`did not open a tunnel within ${timeoutMs / 1000} s`);
    }, timeoutMs);
    request.on('connect', ({ statusCode = 0 }, socket: Socket) => {
      clearTimeout(timer);
      if (statusCode === 200) resolve(socket);
      // Other answers than these may be over soon: 502, 503, 504, 429.
      else {
        const isRefusal = statusCode >= 400 && statusCode < 500 && ![408, 425, 429].includes(statusCode);
        fail(`answered ${statusCode}`, isRefusal);
      }
    });
    request.on('error', (error) => {
      fail(wordsFor(error), isCertificateError(codeOf(error)), error);
    });
    request.end();
  });
}

type Patience = { readonly timeoutMs: number; readonly leftMs: number };

function secure(
  proxy: ProxyServer,
  { socket, host, servername }: Target & { readonly socket: Socket },
  { timeoutMs, leftMs }: Patience,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connect({ host, servername, socket });
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
      secured.destroy();
    };
    const timer = setTimeout(() => {
      fail(failureOf(proxy, `opened a tunnel, but nothing came through it within ${timeoutMs / 1000} s`));
    }, leftMs);
    secured.once('secureConnect', () => {
      clearTimeout(timer);
      resolve(secured);
    });
    secured.on('error', (error: Error) => {
      const code = codeOf(error);
      if (isCertificateError(code)) fail(error);
      else fail(failureOf(proxy, `opened a tunnel, which broke (${code})`, false, error));
    });
  });
}

function failureOf({ host, port }: ProxyServer, words: string, isRefusal = false, cause?: unknown): ProxyFailure {
  return new ProxyFailure(`the proxy ${bracketed(host)}:${port} ${words}, so nothing was sent`, isRefusal, cause);
}

function codeOf({ code, message }: NodeJS.ErrnoException): string {
  return code ?? message;
}

function wordsFor(error: Error): string {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return `refused the connection (${code})`;
  if (isCertificateError(code)) return `has a certificate that is not trusted (${code})`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `was not found (${code})`;
  return `cannot be reached (${code})`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
