import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { StepError } from '../../failure.ts';
import { say, type Text } from '../../text/say.ts';

/** Host names that mean this machine. No proxy could reach it. */
export const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/;

/** Shorter than the timeout of any request, so that a silent proxy is recognized. */
const TUNNEL_TIMEOUT_MS = 20_000;

const INVALID_ADDRESS = say`
  ${'HTTPS_PROXY'} is not the address of an HTTP proxy. Use ${'http://HOST:PORT'}, or
  ${'http://USER:PASSWORD@HOST:PORT'}, and write each ${'%'} in them as ${'%25'}.
`;

/** Node.js 23, and 24 before 24.5, which brought this option, too. */
const IGNORES_PROXIES = !process.allowedNodeEnvironmentFlags.has('--use-env-proxy');
const IGNORED = say`
  Node.js ${process.versions.node} ignores the proxy in ${'HTTPS_PROXY'}. Use runner version
  2.328.0 or later or, at a prompt, Node.js 24.5 or later.
`;

/**
 * The agent for requests to other machines: Node's own, with the proxy in `HTTPS_PROXY` and the
 * exceptions in `NO_PROXY`, as Node reads them. As on GitHub's runner, an address without a scheme
 * means `http://`. Undefined if no proxy is set.
 *
 * @throws StepError `invalid-inputs` if Node would ignore the proxy and connect directly. The
 *   sentence doesn't quote the address, which may contain a password.
 */
export function proxyAgent(
  variable: (name: string) => string | undefined,
  timeoutMs = TUNNEL_TIMEOUT_MS,
  isIgnored = IGNORES_PROXIES,
): Agent | undefined {
  const address = proxyVariable('https_proxy', variable);
  if (address === '') return undefined;
  if (isIgnored) throw invalidProxy(IGNORED);

  const proxy = readProxy(address);
  if (proxy === undefined) throw invalidProxy(INVALID_ADDRESS);
  const proxyEnv = { https_proxy: proxy.href, no_proxy: proxyVariable('no_proxy', variable) };
  // A submission could be lost in a tunnel that was kept and that the proxy has dropped.
  const agent = new Agent({ keepAlive: false, proxyEnv, timeout: timeoutMs });
  const connect = agent.createConnection.bind(agent);
  // Node calls back only for a tunnel. Until then, the other end of it has not proved its identity,
  // and no part of a request was sent.
  agent.createConnection = (options, callback) =>
    connect(options, (error, stream) => {
      // If a proxy refuses, Node leaves the connection to it open.
      if (error) (stream as Duplex | undefined)?.destroy();
      callback?.(error && tunnelError(proxy.host, error), stream);
    });
  return agent;
}

function invalidProxy(problem: Text): StepError {
  return new StepError({ code: 'invalid-inputs', names: ['HTTPS_PROXY'], problems: [problem] });
}

/** A variable in lower case, or else in capitals; empty if neither is set. */
function proxyVariable(name: string, variable: (name: string) => string | undefined): string {
  const lower = variable(name)?.trim() ?? '';
  return lower === '' ? (variable(name.toUpperCase())?.trim() ?? '') : lower;
}

function readProxy(address: string): URL | undefined {
  try {
    const url = new URL(address.includes('://') ? address : `http://${address}`);
    // Node decodes these two as well, and throws if it cannot.
    decodeURIComponent(url.username + url.password);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Error codes that prove that a proxy kept a request from being sent. With the second, it never
 * will be.
 */
export const PROXY_FAILED = 'ERR_PROXY_FAILED';
export const PROXY_REFUSED = 'ERR_PROXY_REFUSED';

/**
 * Names the proxy: Node's own message has the password. A certificate error stays as it is, since
 * it may be about the other end.
 */
function tunnelError(
  proxyHost: string,
  error: NodeJS.ErrnoException & { statusCode?: number },
): Error {
  const { code = error.message, statusCode } = error;
  if (isCertificateError(code)) return error;

  const failure = new Error(`the proxy ${proxyHost} ${whatItDid(code, statusCode)}`);
  return Object.assign(failure, { code: isRefusal(statusCode) ? PROXY_REFUSED : PROXY_FAILED });
}

function whatItDid(code: string, statusCode: number | undefined): string {
  if (statusCode !== undefined) return `answered ${statusCode}, so nothing was sent`;
  if (code === 'ECONNREFUSED') return `refused the connection (${code}), so nothing was sent`;
  return `opened no tunnel (${code}), so nothing was sent`;
}

/** Any other answer, such as a 502 or a 429, may be temporary. */
function isRefusal(statusCode = 0): boolean {
  return statusCode >= 400 && statusCode < 500 && ![408, 425, 429].includes(statusCode);
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
