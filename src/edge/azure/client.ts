import type { TokenCredential } from '@azure/identity';
import { observer, plainClientOptions } from './exchange.ts';
import type { TokenPorts } from './tokens.ts';

/** A client without a token: the SDK's own cache of tokens has a policy of retries, and no way to forget one. */
export async function createClient(subscriptionId: string, endpoint: string, { log, transport }: TokenPorts) {
  const { createContainerService } = await import('@azure/arm-containerservice/api');
  const nobody: TokenCredential = { getToken: () => Promise.resolve(null) };
  const options = plainClientOptions(
    observer(log, () => undefined),
    transport,
  );
  const client = createContainerService(nobody, subscriptionId, { ...options, endpoint });
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  return client;
}

/** Remembers the first call's promise. */
export function once<T>(create: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | undefined;
  return () => (promise ??= create());
}
