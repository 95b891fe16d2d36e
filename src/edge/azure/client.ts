import type { ContainerServiceClientOptionalParams } from '@azure/arm-containerservice';
import { createContainerService } from '@azure/arm-containerservice/api';
import { requestIds, type Answer } from '../../azure/answer.ts';
import { proxyFor } from '../../azure/proxy.ts';
import { answered, unanswered, type EdgePorts } from './exchange.ts';
import { TunnelAgent } from './tunnel.ts';

type Policy = NonNullable<
  ContainerServiceClientOptionalParams['additionalPolicies']
>[number]['policy'];

/**
 * A version of AKS's API that every cloud serves. Sovereign clouds lack the SDK's newest for months
 * (azure-cli#23985). `RunCommandRequest` is the same from this version to 2026-06-01.
 */
const API_VERSION = '2024-05-01';

/** Creates a client that sends one request per call, signed with a token if `bearer` is given. */
export function createClient(
  subscriptionId: string,
  endpoint: string,
  ports: EdgePorts,
  bearer?: () => Promise<string>,
) {
  const options = clientOptions(carrier(ports, bearer), ports);
  const client = createContainerService({ getToken: () => Promise.resolve(null) }, subscriptionId, {
    ...options,
    endpoint,
    apiVersion: API_VERSION,
  });
  // The first cannot forget a token. The second discards what has arrived when a call is abandoned.
  for (const name of ['bearerTokenAuthenticationPolicy', 'defaultRetryPolicy'])
    client.pipeline.removePolicy({ name });
  return client;
}

/**
 * Options for an `@azure/identity` credential, whose authority Entra's public directory may not
 * know. `record` gets the answer to each of its requests.
 */
export function credentialOptions(
  authorityHost: string,
  ports: EdgePorts,
  record?: (answer: Answer) => void,
) {
  const options = clientOptions(carrier(ports, undefined, record), ports);
  return { ...options, authorityHost, disableInstanceDiscovery: true };
}

/** Limits the SDK to one request per call, to the given host: no retries, no redirects. */
function clientOptions(policy: Policy, { transport }: EdgePorts) {
  const options = {
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    // Otherwise, the SDK would read the environment and throw if the proxy has no scheme. The
    // carrier decides.
    proxyOptions: { host: 'http://unused.invalid', port: 80 },
    userAgentOptions: { userAgentPrefix: 'aks-run-command' },
    additionalPolicies: [{ policy, position: 'perRetry' as const }],
  };
  return transport === undefined ? options : { ...options, httpClient: transport };
}

/**
 * Decides how a request leaves and how its answer is read. The SDK chooses a proxy differently from
 * the runner, and never stops reading a body that breaks off or cannot be decompressed. Here,
 * whatever has arrived is the answer, and no compression is requested. The debug log gets a line
 * for each request, without headers and bodies.
 */
function carrier(
  { log, tokens }: EdgePorts,
  bearer?: () => Promise<string>,
  record?: (answer: Answer) => void,
): Policy {
  let tunnels: TunnelAgent | undefined;
  return {
    name: 'aksRunCommandCarrier',
    async sendRequest(request, next) {
      if (bearer) request.headers.set('authorization', `Bearer ${await bearer()}`);
      request.headers.set('accept-encoding', 'identity');
      // By now, the SDK's own policy has set an agent.
      delete request.agent;
      const proxy = proxyFor(request.url, (name) => process.env[name]);
      if (proxy !== undefined) {
        tunnels ??= new TunnelAgent(proxy);
        request.agent = tunnels;
      }
      // The SDK would look up the brackets of an IPv6 address as part of a name.
      const { hostname } = new URL(request.url);
      request.requestOverrides = { hostname: hostname.replaceAll(/[[\]]/g, '') };
      // No status is infinite: whatever comes is read here.
      request.streamResponseStatusCodes = new Set([Infinity]);
      const begin = Date.now();
      const report = (answer: Answer) => {
        const took = `${Date.now() - begin} ms`;
        log.debug(`${request.method} ${request.url} ${outcomeOf(answer)}, ${took}`);
        record?.(answer);
      };
      try {
        const { readableStreamBody, ...response } = await next(request);
        if (readableStreamBody)
          response.bodyAsText = await textOf(readableStreamBody, request.abortSignal);
        report(answered(response, tokens));
        return response;
      } catch (error) {
        report(unanswered(error, tokens));
        throw error;
      }
    },
  };
}

function outcomeOf(answer: Answer): string {
  if (answer.kind === 'unanswered') return answer.cause;
  return `${answer.status} ${requestIds(answer)}`.trim();
}

/** Longer than any answer: 512 KiB of output become 3 MiB if every byte is escaped. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** Reads a body, up to a limit, until it ends, breaks off, or the call is abandoned. */
async function textOf(
  body: NodeJS.ReadableStream & { destroy?: () => void },
  signal: { addEventListener(type: 'abort', listener: () => void): void } | undefined,
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  signal?.addEventListener('abort', () => body.destroy?.());
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes > MAX_ANSWER_BYTES) break;
    }
  } catch {
    // Whatever arrived before that counts.
  }
  // It also removes a byte order mark.
  return new TextDecoder().decode(Buffer.concat(parts));
}
