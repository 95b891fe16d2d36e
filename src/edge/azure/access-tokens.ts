import type { AccessToken } from '@azure/identity';
import type { Application } from '../../azure/port.ts';
import { ambient } from './ambient.ts';
import type { EdgePorts } from './client.ts';
import { federated } from './federated.ts';
import { cached } from './token.ts';

/** A token is no longer used this long before it expires. */
const EXPIRY_MARGIN_MS = 120_000;

/**
 * Access tokens by scope, each kept for its lifetime: those of the application, or of a session.
 */
export function accessTokens(
  application: Application | undefined,
  authority: () => Promise<string>,
  ports: EdgePorts,
) {
  const source = application ? federated(application, authority, ports) : ambient(authority, ports);
  const byScope = new Map<string, () => Promise<AccessToken>>();
  const isFresh = (token: AccessToken) =>
    token.expiresOnTimestamp - ports.clock.now() > EXPIRY_MARGIN_MS;

  async function request(scope: string): Promise<AccessToken> {
    const token = await source.request(scope);
    ports.host.mask(token.token);
    ports.tokens.add(token.token);
    return token;
  }

  return {
    async get(scope: string): Promise<AccessToken> {
      const token = byScope.get(scope) ?? cached(() => request(scope), isFresh);
      byScope.set(scope, token);
      return token();
    },
    forget: () => {
      byScope.clear();
      source.reset();
    },
  };
}
