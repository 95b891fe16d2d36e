import type { AccessToken } from '@azure/identity';
import type { SignIn } from '../../azure/port.ts';
import { ambient } from './ambient.ts';
import { federated } from './federated.ts';
import type { TokenPorts } from './ports.ts';

/** Access tokens by scope, kept for their life. */
export type Tokens = {
  /** @throws StepError if none can be had. */
  get(scope: string): Promise<AccessToken>;
  /** Keeps none of them: one was rejected. */
  readonly forget: () => void;
};

/** A token is no longer used this long before it expires. */
const EXPIRY_MARGIN_MS = 120_000;

/** A signed-in caller's tokens. The source is asked again if a token is near its end or was forgotten. */
export function tokensFor(signIn: SignIn, authority: () => Promise<string>, ports: TokenPorts): Tokens {
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
    async get(scope) {
      const token = kept.get(scope);
      if (token && token.expiresOnTimestamp - ports.clock.now() > EXPIRY_MARGIN_MS) return token;
      // A caller that asks again, after it gave up on an answer, joins the request that is under way.
      const asked = awaited.get(scope) ?? request(scope);
      awaited.set(scope, asked);
      return asked;
    },
    forget() {
      kept.clear();
      source.reset();
    },
  };
}
