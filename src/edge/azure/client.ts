import { createContainerService } from '@azure/arm-containerservice/api';
import type { TokenCredential } from '@azure/identity';
import { observer, plainClientOptions } from './exchange.ts';
import type { TokenPorts } from './ports.ts';

/**
 * The version of AKS's API, on every request: one that every cloud serves. Left to itself the SDK sends its newest, which a
 * minor release of it changes, and which sovereign clouds do not know for months (azure-cli#23985). `RunCommandRequest` is the
 * same from this version to 2026-06-01.
 */
const API_VERSION = '2024-05-01';

/** A client without a token: the SDK's own cache of tokens has a policy of retries, and no way to forget one. */
export function createClient(subscriptionId: string, endpoint: string, ports: TokenPorts) {
  const nobody: TokenCredential = { getToken: () => Promise.resolve(null) };
  const options = plainClientOptions(observer(ports.log, ports), ports);
  const client = createContainerService(nobody, subscriptionId, { ...options, endpoint, apiVersion: API_VERSION });
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  // It would throw away what arrived of an answer by the time that the call is given up.
  client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return client;
}
