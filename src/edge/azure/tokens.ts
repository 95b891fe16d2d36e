import type { AccessToken } from '@azure/identity';
import type { SignIn } from '../../azure/port.ts';
import { ambient } from './ambient.ts';
import { federated } from './federated.ts';
import type { TokenPorts } from './ports.ts';

/** Access tokens by scope, kept for their life. */
export type Tokens = {
  /** Does what needs no authority yet, so that finding it out and this take no longer than one of the two. */
  prepare(): Promise<void>;
  /**
   * Asks for a token that may be needed soon: one attempt, without a word in the log. Where it comes to nothing, `get` asks
   * as if it had not been.
   */
  begin(scope: string): void;
  /** @throws StepError where none can be had. */
  get(scope: string): Promise<AccessToken>;
  forget(): void;
};

/** A token is used no more this long before it expires. */
const EXPIRY_MARGIN_MS = 120_000;

/** A signed-in caller's tokens. The source is asked anew where a token is near its end or was forgotten. */
export function tokensFor(signIn: SignIn, authority: () => Promise<string>, ports: TokenPorts): Tokens {
  const { keep, usable, isEmpty, clear } = keptTokens(ports);
  const awaited = new Map<string, Promise<AccessToken>>();
  const begun = new Map<string, Promise<void>>();
  const source = signIn.kind === 'oidc' ? federated(signIn, authority, ports) : ambient(authority, ports);

  async function request(scope: string): Promise<AccessToken> {
    try {
      await begun.get(scope);
      return usable(scope) ?? keep(scope, await source.request(scope));
    } finally {
      awaited.delete(scope);
    }
  }

  async function attempt(scope: string): Promise<void> {
    try {
      const token = await source.attempt?.(scope);
      if (token?.ok) keep(scope, token.value);
    } catch {
      // Who needs the token asks again, and is told.
    }
  }

  return {
    async prepare() {
      if (isEmpty()) await source.prepare();
    },
    begin(scope) {
      if (!usable(scope) && !awaited.has(scope) && !begun.has(scope)) begun.set(scope, attempt(scope));
    },
    async get(scope) {
      // One request at a time: who asks again, after giving up on an answer, joins those who wait.
      const asked = usable(scope) ?? awaited.get(scope) ?? request(scope);
      if (asked instanceof Promise) awaited.set(scope, asked);
      return asked;
    },
    forget() {
      clear();
      begun.clear();
      source.reset();
    },
  };
}

function keptTokens({ clock, host }: TokenPorts) {
  const kept = new Map<string, AccessToken>();
  return {
    isEmpty: () => kept.size === 0,
    clear: () => {
      kept.clear();
    },
    usable: (scope: string): AccessToken | undefined => {
      const token = kept.get(scope);
      return token && token.expiresOnTimestamp - clock.now() > EXPIRY_MARGIN_MS ? token : undefined;
    },
    keep: (scope: string, token: AccessToken): AccessToken => {
      host.mask(token.token);
      kept.set(scope, token);
      return token;
    },
  };
}
