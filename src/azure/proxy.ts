/** The proxy that requests to Azure and to GitHub go through: one that opens tunnels by CONNECT. */
export type ProxyServer = {
  /** Whether the proxy itself is spoken to over TLS. */
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** `user:password`, decoded; empty where the proxy gets none. Secret. */
  readonly credentials: string;
};

/** Looks up a variable of the environment. */
type LookUp = (name: string) => string | undefined;

/**
 * Which proxy a request takes, by the rules of GitHub's runner (RunnerWebProxy.cs), so that a step reaches what its runner
 * does: `https_proxy` or `HTTPS_PROXY`, a scheme or none, and `no_proxy` with `*`, names with everything below them, and
 * ports. `HTTP_PROXY` and `ALL_PROXY` say nothing about https. Of two spellings of a variable the small one counts.
 *
 * @returns undefined for a direct connection; also where the variable holds no address, which `proxyProblem` tells.
 */
export function proxyFor(url: string, variable: LookUp): ProxyServer | undefined {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'https:' || isLoopback(hostname)) return undefined;
  const proxy = parseProxy(valueOf('https_proxy', variable));
  const entries = valueOf('no_proxy', variable).split(/[\s,]+/);
  return proxy === undefined || entries.some((entry) => bypasses(entry, hostname, port || '443')) ? undefined : proxy;
}

/** What is wrong with the proxy's variable: a sentence that shows nothing of it, since a password may be in it. */
export function proxyProblem(variable: LookUp): string | undefined {
  const value = valueOf('https_proxy', variable);
  if (value === '' || parseProxy(value) !== undefined) return undefined;
  return 'HTTPS_PROXY is not the address of an HTTP proxy. Use http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT.';
}

function valueOf(name: string, variable: LookUp): string {
  const spellings = [name, name.toUpperCase()].map((spelling) => variable(spelling)?.trim() ?? '');
  return spellings.find((value) => value !== '') ?? '';
}

function parseProxy(value: string): ProxyServer | undefined {
  const address = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined;
  const secure = url.protocol === 'https:';
  const name = decode(url.username);
  return {
    secure,
    host: plainHost(url.hostname),
    port: Number(url.port) || (secure ? 443 : 80),
    credentials: name === '' && url.password === '' ? '' : `${name}:${decode(url.password)}`,
  };
}

/** What is not encoded stands for itself: a lone `%`, bytes that are no text. */
function decode(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether an entry of `no_proxy` is about this host: `host` and all below it, `.host` for those alone, `host:port`, `*`. */
function bypasses(entry: string, hostname: string, port: string): boolean {
  const [, host = entry, only = port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  const name = plainHost(host.toLowerCase());
  if (name === '' || only !== port) return false;
  return (
    name === '*' ||
    plainHost(hostname).endsWith(name.startsWith('.') ? name : `.${name}`) ||
    plainHost(hostname) === name
  );
}

/** An IPv6 address without its brackets. */
function plainHost(host: string): string {
  return host.replaceAll(/[[\]]/g, '');
}
