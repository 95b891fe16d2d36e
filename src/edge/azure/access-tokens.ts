import type { AccessToken } from '@azure/identity';
import type { Application } from '../../azure/port.ts';
import { ambient } from './ambient.ts';
import type { EdgePorts } from './client.ts';
import { federated } from './federated.ts';

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
  const request = application
    ? federated(application, authority, ports)
    : ambient(authority, ports);
  const isFresh = ({ expiresOnTimestamp }: AccessToken) =>
    expiresOnTimestamp - ports.clock.now() > EXPIRY_MARGIN_MS;
  const kept = new Map<string, AccessToken>();
  return {
    async get(resource: string): Promise<AccessToken> {
      const known = kept.get(resource);
      if (known !== undefined && isFresh(known)) return known;

      const token = await request(resource);
      ports.host.mask(token.token);
      ports.tokens.add(token.token);
      kept.set(resource, token);
      return token;
    },
    forget: () => {
      kept.clear();
    },
  };
}
