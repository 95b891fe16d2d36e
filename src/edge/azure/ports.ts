import type { AccessToken } from '@azure/identity';
import type { Host } from '../../hosts/port.ts';
import type { Attempt, RetryPorts } from '../../lifecycle/retry.ts';
import type { Wire } from './exchange.ts';

/** What signing in needs of the world. */
export type TokenPorts = RetryPorts & Wire & { readonly host: Host };

/** Where access tokens come from. */
export type TokenSource = {
  /** Does what needs no authority yet. */
  prepare(): Promise<void>;
  /** One attempt, where one costs nothing but a request: asking `az` costs a second of a core. */
  readonly attempt?: (scope: string) => Promise<Attempt<AccessToken>>;
  /** @throws StepError where no token is to be had. */
  request(scope: string): Promise<AccessToken>;
  /** Keeps nothing of what led to the tokens so far: one of them was rejected. */
  reset(): void;
};
