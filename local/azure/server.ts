import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAzure, type Azure, type AzureOptions } from './azure.ts';
import { throwAwayCertificate } from './certificate.ts';
import { systemClock } from './clock.ts';
import { createPods, type PodOptions } from './pod.ts';
import type { HttpRequest, Outcome } from './ports.ts';
import { runnerEnv } from '../github/environment.ts';
import { defaultInputs } from './domain.ts';
import { toolFolder } from './tools.ts';

/**
 * The network around the handlers: an https server on the loopback, with real time and real pods.
 */

export type LocalAzureOptions = Omit<AzureOptions, 'url'> &
  Readonly<{
    /** By default 0, which is any free port. */
    port: number;
    /**
     * The host in its URLs, by default `localhost`. It listens on the loopback, whatever the name.
     */
    name: string;
    /** How to make real pods, unless `pod` replaces them. */
    pods: Partial<Omit<PodOptions, 'scratch'>>;
  }>;

export type LocalAzure = Azure &
  Readonly<{
    /** `https://NAME:PORT` */
    url: string;
    /** PEM file for NODE_EXTRA_CA_CERTS or REQUESTS_CA_BUNDLE. */
    caFile: string;
    /** The environment of a step with these inputs; defaults reach the cluster `plain`. */
    runnerEnv(inputs?: Readonly<Record<string, string>>): Record<string, string>;
    /** Ends the pods, closes the connections, and removes the files. */
    stop(): Promise<void>;
  }>;

/** More than any client of ours sends, so that the handler can answer 413 in ARM's words. */
const maxReadBytes = 64 * 1024 * 1024;

export async function startLocalAzure(
  options: Partial<LocalAzureOptions> = {},
): Promise<LocalAzure> {
  const tools = options.pod === undefined ? await toolFolder() : undefined;
  const { name = 'localhost' } = options;
  const { key, cert } = await throwAwayCertificate(name);
  // Longer than any client waits between two polls. A connection that closes at that moment would
  // look like a fault.
  const server = createServer({ key, cert, keepAliveTimeout: 120_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('The server listens on no port');
  const url = `https://${name}:${address.port}`;

  const folder = await mkdtemp(join(tmpdir(), 'local-azure-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, cert);
  const pods = createPods({
    ...(tools === undefined ? {} : { toolFolders: [tools] }),
    ...options.pods,
    scratch: folder,
  });
  const azure = createAzure({ clock: systemClock, pod: pods.run, ...options, url });
  const { job, requestToken } = azure;
  // The port is unknown to everyone until this function returns.
  server.on('request', (request, response) => void answer(azure, request, response));

  return {
    ...azure,
    url,
    caFile,
    runnerEnv: (inputs = {}) =>
      runnerEnv({ url, caFile, job, requestToken }, { ...defaultInputs(url), ...inputs }),
    async stop() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await pods.stop();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answer(
  azure: Azure,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  let outcome: Outcome;
  try {
    outcome = await azure.handle(await read(incoming));
  } catch (error) {
    // A bug of the stand-in, not of its client, so it is loud, and must not look like an answer
    // from Azure.
    console.error('local-azure:', error);
    outcome = { kind: 'reset' };
  }
  switch (outcome.kind) {
    case 'answer': {
      const { status, headers, body } = outcome.response;
      outgoing
        .writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers })
        .end(body);
      return;
    }
    case 'reset':
      incoming.socket.destroy();
      return;
    case 'hang':
  }
}

async function read(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A request body is bytes');
    length += chunk.length;
    if (length > maxReadBytes) throw new RangeError('The request body is beyond all limits');
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return {
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
