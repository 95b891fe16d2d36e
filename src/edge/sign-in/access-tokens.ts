import type { AccessToken } from '@azure/identity';
import type { Application } from '../../azure/port.ts';
import type { EdgePorts } from '../http/client.ts';
import { ambient } from './ambient.ts';
import { federated } from './federated.ts';

/** A token is renewed this long before it expires. */
const EXPIRY_MARGIN_MS = 120_000;
/** How long to wait after a failed sign-in, which has been retried already, before the next one. */
const FAILURE_MS = 60_000;

/** A sign-in under way, or what came of it, and whether that still counts. */
type SignIn = { readonly token: Promise<AccessToken>; isUsable: () => boolean };

/**
 * Access tokens by resource, each kept for its lifetime: those of the application, or of a session.
 * All callers share one sign-in, and if it fails, its failure for a minute: a command that is running
 * is polled every few seconds.
 */
export function accessTokens(
  application: Application | undefined,
  authority: () => Promise<string>,
  ports: EdgePorts,
) {
  const { clock } = ports;
  const request = application
    ? federated(application, authority, ports)
    : ambient(authority, ports);
  const kept = new Map<string, SignIn>();

  async function requestAndHide(resource: string): Promise<AccessToken> {
    const token = await request(resource);
    ports.host.mask(token.token);
    ports.secrets.add(token.token);
    return token;
  }

  return {
    get(resource: string): Promise<AccessToken> {
      const known = kept.get(resource);
      if (known?.isUsable()) return known.token;

      const signIn: SignIn = { token: requestAndHide(resource), isUsable: () => true };
      kept.set(resource, signIn);
      signIn.token.then(
        ({ expiresOnTimestamp }) => {
          signIn.isUsable = () => clock.now() < expiresOnTimestamp - EXPIRY_MARGIN_MS;
        },
        () => {
          // Not by the runner's own clock, which may be set back.
          const until = clock.monotonic() + FAILURE_MS;
          signIn.isUsable = () => clock.monotonic() < until;
        },
      );
      return signIn.token;
    },
    forget: () => {
      kept.clear();
    },
  };
}
