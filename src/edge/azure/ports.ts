import type { Host } from '../../hosts/port.ts';
import type { RetryPorts } from '../../lifecycle/retry.ts';
import type { Transport } from './exchange.ts';

/** What signing in needs of the world. */
export type TokenPorts = RetryPorts & {
  readonly host: Host;
  /** Another carrier of requests than Node: tests run hours in simulated time. */
  readonly transport?: Transport;
};
