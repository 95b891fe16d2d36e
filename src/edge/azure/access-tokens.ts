import type { AccessToken } from '@azure/identity';
import type { Application } from '../../azure/port.ts';
import { ambient } from './ambient.ts';
import type { EdgePorts } from './client.ts';
import { federated } from './federated.ts';
import { cached } from './token.ts';

/** A token is no longer used this long before it expires. */
const EXPIRY_MARGIN_MS = 120_000;

/**
 * Access tokens by resource, each kept for its lifetime: those of the application, or of a session.
 */
export function accessTokens(
  application: Application | undefined,
  authority: () => Promise<string>,
  ports: EdgePorts,
) {
  const source = application ? federated(application, authority, ports) : ambient(authority, ports);
  const byResource = new Map<string, () => Promise<AccessToken>>();
  const isFresh = (token: AccessToken) =>
    token.expiresOnTimestamp - ports.clock.now() > EXPIRY_MARGIN_MS;

  async function request(resource: string): Promise<AccessToken> {
    const token = await source.request(resource);
    ports.host.mask(token.token);
    ports.tokens.add(token.token);
    return token;
  }

  return {
    async get(resource: string): Promise<AccessToken> {
      const token = byResource.get(resource) ?? cached(() => request(resource), isFresh);
      byResource.set(resource, token);
      return token();
    },
    forget: () => {
      byResource.clear();
      source.reset();
    },
  };
}
