import { EventEmitter } from 'node:events';
import type { ContainerServiceClientOptionalParams } from '@azure/arm-containerservice';

type Policy = NonNullable<ContainerServiceClientOptionalParams['additionalPolicies']>[number]['policy'];

/** The code of {@link ProxyRefusal}: the request provably did not leave. */
export const PROXY_REFUSED = 'ERR_PROXY_REFUSED';

/** A proxy did not open a tunnel: nothing was sent to Azure, and nothing that came back is Azure's. */
class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly code = PROXY_REFUSED;
  constructor(proxy: string, status: number) {
    super(`the proxy ${proxy} answered ${status}`);
  }
}

/**
 * A policy that takes nothing a proxy says for an answer. The SDK's agent hands every reply to CONNECT but a 200 to whoever
 * asked, as if it had come through TLS: anyone between the runner and its proxy could forge a result.
 */
export function onlyThroughTunnel(): Policy {
  const watched = new WeakSet<object>();
  return {
    name: 'aksRunCommandTunnel',
    sendRequest(request, next) {
      const { agent } = request;
      if (agent instanceof EventEmitter && 'proxy' in agent && agent.proxy instanceof URL && !watched.has(agent)) {
        watched.add(agent);
        const { proxy } = agent;
        keepDecodable(proxy);
        agent.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
          // Thrown while the agent connects, it becomes the request's error.
          if (statusCode !== 200) throw new ProxyRefusal(proxy.host, statusCode);
        });
      }
      return next(request);
    },
  };
}

/** The agent decodes name and password, and a `%` of their own would end the request without a word. */
function keepDecodable(proxy: URL): void {
  for (const part of ['username', 'password'] as const) {
    try {
      decodeURIComponent(proxy[part]);
    } catch {
      proxy[part] = proxy[part].replaceAll(/%(?![0-9a-f]{2})/gi, '%25');
    }
  }
}
