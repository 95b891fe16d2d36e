/** Host names that mean this machine. */
export const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d+){3})$/;

/**
 * The proxy for a request, as a URL for Node's agents. The rules are those of GitHub's runner
 * (RunnerWebProxy.cs), so that a step reaches what its runner reaches: `https_proxy` or
 * `HTTPS_PROXY`, with or without a scheme, never for loopback, and `no_proxy` with `*`, ports, and
 * names that cover subdomains. Lower-case variables win. Undefined for a direct connection, and for
 * a variable that {@link proxyProblem} reports.
 */
export function proxyFor(
  url: string,
  variable: (name: string) => string | undefined,
): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'https:' || LOOPBACK.test(hostname)) return undefined;
  const entries = valueOf('no_proxy', variable).split(/[\s,]+/);
  if (entries.some((entry) => bypasses(entry, hostname, port || '443'))) return undefined;
  return readProxy(valueOf('https_proxy', variable))?.href;
}

/**
 * What is wrong with the proxy variable. The sentence doesn't quote its value, which may contain a
 * password.
 */
export function proxyProblem(variable: (name: string) => string | undefined): string | undefined {
  const value = valueOf('https_proxy', variable);
  if (value === '' || readProxy(value) !== undefined) return undefined;
  return (
    'HTTPS_PROXY is not the address of an HTTP proxy. ' +
    'Use http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT, and write a % in them as %25.'
  );
}

/** A variable in lower case, or else in capitals; empty if neither is set. */
function valueOf(name: string, variable: (name: string) => string | undefined): string {
  const lower = variable(name)?.trim() ?? '';
  return lower === '' ? (variable(name.toUpperCase())?.trim() ?? '') : lower;
}

function readProxy(value: string): URL | undefined {
  try {
    const url = new URL(value.includes('://') ? value : `http://${value}`);
    // Node decodes these two as well, and throws if it cannot.
    decodeURIComponent(url.username + url.password);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a `no_proxy` entry covers a host: `host` with all subdomains, `.host` for those alone,
 * `host:port`, `*`.
 */
function bypasses(entry: string, hostname: string, port: string): boolean {
  // A name or an IPv6 address in brackets, and perhaps a port. A bare IPv6 address does not match.
  const [, host = entry, onlyPort = port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  const covered = withoutBrackets(host.toLowerCase());
  const requested = withoutBrackets(hostname);
  if (covered === '' || onlyPort !== port) return false;
  if (covered === '*' || covered === requested) return true;
  return requested.endsWith(covered.startsWith('.') ? covered : `.${covered}`);
}

/** An IPv6 address is in brackets in a URL, and perhaps in the variable. */
function withoutBrackets(host: string): string {
  return host.replaceAll(/[[\]]/g, '');
}
