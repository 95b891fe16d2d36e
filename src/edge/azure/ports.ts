import type { AccessToken } from '@azure/identity';
import type { Host } from '../../hosts/port.ts';
import type { RetryPorts } from '../../lifecycle/retry.ts';
import type { Wire } from './exchange.ts';

/** What signing in needs of the world. */
export type TokenPorts = RetryPorts & Wire & { readonly host: Host };

/** Where access tokens come from. */
export type TokenSource = {
  /** @throws StepError if no token can be had. */
  request(scope: string): Promise<AccessToken>;
  /** Keeps nothing of what led to the tokens so far: one of them was rejected. */
  reset(): void;
};
