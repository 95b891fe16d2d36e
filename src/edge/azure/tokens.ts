import type { AccessToken } from '@azure/identity';
import type { SignIn } from '../../azure/port.ts';
import { ambient } from './ambient.ts';
import type { EdgePorts } from './exchange.ts';
import { federated } from './federated.ts';

/** A token is no longer used this long before it expires. */
const EXPIRY_MARGIN_MS = 120_000;

/** Access tokens by scope, each kept for its life. */
export function tokensFor(signIn: SignIn, authority: () => Promise<string>, ports: EdgePorts) {
  const kept = new Map<string, AccessToken>();
  const awaited = new Map<string, Promise<AccessToken>>();
  const source = signIn.kind === 'oidc' ? federated(signIn, authority, ports) : ambient(authority, ports);

  async function request(scope: string): Promise<AccessToken> {
    try {
      const token = await source.request(scope);
      ports.host.mask(token.token);
      kept.set(scope, token);
      return token;
    } finally {
      awaited.delete(scope);
    }
  }

  return {
    async get(scope: string): Promise<AccessToken> {
      const token = kept.get(scope);
      if (token && token.expiresOnTimestamp - ports.clock.now() > EXPIRY_MARGIN_MS) return token;
      // A caller that asks again, after it gave up on an answer, joins the request that is under way.
      const asked = awaited.get(scope) ?? request(scope);
      awaited.set(scope, asked);
      return asked;
    },
    forget: () => {
      kept.clear();
      source.reset();
    },
  };
}
