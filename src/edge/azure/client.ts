import type { ContainerServiceClientOptionalParams } from '@azure/arm-containerservice';
import { createContainerService } from '@azure/arm-containerservice/api';
import { requestIds, type Answer } from '../../azure/answer.ts';
import { proxyFor } from '../../azure/proxy.ts';
import { answered, unanswered, type EdgePorts } from './exchange.ts';
import { TunnelAgent } from './proxy.ts';

type Policy = NonNullable<ContainerServiceClientOptionalParams['additionalPolicies']>[number]['policy'];
type Bearer = () => PromiseLike<{ readonly token: string }>;
type Hooks = { readonly bearer?: Bearer | undefined; readonly record?: ((answer: Answer) => void) | undefined };

/**
 * A version of AKS's API that every cloud serves. Sovereign clouds lack the SDK's newest one for months (azure-cli#23985).
 * `RunCommandRequest` is the same from this version to 2026-06-01.
 */
const API_VERSION = '2024-05-01';

/** A client that sends one request a call, signed with a token if `bearer` is given. */
export function createClient(subscriptionId: string, endpoint: string, ports: EdgePorts, bearer?: Bearer) {
  const options = { ...clientOptions(ports, { bearer }), endpoint, apiVersion: API_VERSION };
  const client = createContainerService({ getToken: () => Promise.resolve(null) }, subscriptionId, options);
  // The first one cannot forget a token. The second one throws away what has arrived when a call is given up.
  for (const name of ['bearerTokenAuthenticationPolicy', 'defaultRetryPolicy']) client.pipeline.removePolicy({ name });
  return client;
}

/** Options for a credential of `@azure/identity`, at an authority that Entra's public directory need not know. */
export function credentialOptions(authorityHost: string, ports: EdgePorts, record?: (answer: Answer) => void) {
  return { ...clientOptions(ports, { record }), authorityHost, disableInstanceDiscovery: true };
}

/** Keeps the SDK to one request a call, to the host that it was given: no retries, no redirects. */
function clientOptions(ports: EdgePorts, hooks: Hooks) {
  return {
    ...(ports.transport && { httpClient: ports.transport }),
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    // Without one, the SDK reads the environment, and throws for a proxy without a scheme. The carrier decides instead.
    proxyOptions: { host: 'http://unused.invalid', port: 80 },
    userAgentOptions: { userAgentPrefix: 'aks-run-command' },
    additionalPolicies: [{ policy: carrier(ports, hooks), position: 'perRetry' as const }],
  };
}

/**
 * Decides how a request leaves and how its answer is read. The SDK chooses a proxy differently from the runner, and never
 * stops reading a body that breaks off or cannot be unpacked. Here, what has arrived is the answer, and no compression is
 * requested. The debug log gets a line for each request, without headers and bodies.
 */
function carrier({ log, sent }: EdgePorts, { bearer, record }: Hooks): Policy {
  let tunnels: TunnelAgent | undefined;
  return {
    name: 'aksRunCommandCarrier',
    async sendRequest(request, next) {
      if (bearer) request.headers.set('authorization', `Bearer ${(await bearer()).token}`);
      const proxy = proxyFor(request.url, (name) => process.env[name]);
      // The SDK's own policy has set one by now.
      delete request.agent;
      if (proxy !== undefined) request.agent = tunnels ??= new TunnelAgent(proxy);
      request.headers.delete('accept-encoding');
      request.streamResponseStatusCodes = new Set([Infinity]);
      sent.remember(request.headers.get('authorization') ?? '');
      if (typeof request.body === 'string') sent.remember(request.body);
      const begin = Date.now();
      const tell = (answer: Answer) => {
        const outcome = answer.kind === 'answered' ? `${answer.status} ${requestIds(answer)}`.trim() : answer.cause;
        log.debug(`${request.method} ${request.url} ${outcome}, ${Date.now() - begin} ms`);
        record?.(answer);
      };
      try {
        const { readableStreamBody, ...response } = await next(request);
        if (readableStreamBody) response.bodyAsText = await textOf(readableStreamBody, request.abortSignal);
        tell(answered(response, sent));
        return response;
      } catch (error) {
        tell(unanswered(error, sent));
        throw error;
      }
    },
  };
}

/** Longer than any answer: 512 KiB of output are 3 MiB if each byte of it is escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** What arrives of a body, up to a limit, until it ends, breaks off, or is no longer waited for. */
async function textOf(
  body: NodeJS.ReadableStream & { destroy?: () => void },
  signal: Parameters<Policy['sendRequest']>[0]['abortSignal'],
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  signal?.addEventListener('abort', () => body.destroy?.());
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part);
      if ((bytes += part.length) > MAX_ANSWER_BYTES) break;
    }
  } catch {
    // What arrived before counts.
  }
  return Buffer.concat(parts).toString();
}
