import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApi, type Api } from './api.ts';
import type { JsonObject } from './json.ts';

/** A Kubernetes API in memory, for real kubectl and helm: an http server on the loopback. */

export type LocalKubernetes = Readonly<{
  url: string;
  /** A file for the environment variable KUBECONFIG. */
  kubeconfig: string;
  /** The objects of a kind, `Deployment` for one, as they are now. */
  objects(kind: string): JsonObject[];
  stop(): Promise<void>;
}>;

export type LocalKubernetesOptions = Readonly<{
  /** Milliseconds that a pod takes to become ready: 200 unless told. */
  settleMs: number;
}>;

/** Starts it on a free port. */
export async function startLocalKubernetes(options: Partial<LocalKubernetesOptions> = {}): Promise<LocalKubernetes> {
  const api = createApi(options.settleMs ?? 200);
  const server = createServer((request, response) => void answer(api, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server listens on no port');
  const url = `http://127.0.0.1:${address.port}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'local-kubernetes-'));
  const kubeconfig = path.join(folder, 'config');
  await writeFile(kubeconfig, JSON.stringify(configOf(url)));
  return {
    url,
    kubeconfig,
    objects(name) {
      return api.cluster.store.all().flatMap(({ resource, object }) => (resource.kind === name ? [object] : []));
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      api.stop();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const configOf = (server: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'local',
  clusters: [{ name: 'local', cluster: { server } }],
  users: [{ name: 'local', user: {} }],
  // A pod of run command lives in this namespace, and so that is what kubectl takes where none is named.
  contexts: [{ name: 'local', context: { cluster: 'local', user: 'local', namespace: 'aks-command' } }],
});

async function answer(api: Api, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const { headers, method = 'GET', url = '/' } = incoming;
  const answered = api.handle({
    ...{ method, url, body: Buffer.concat(chunks), impersonated: headers['impersonate-user'] !== undefined },
    ...{ contentType: headers['content-type'] ?? '', accept: headers.accept ?? '' },
    userAgent: headers['user-agent'] ?? '',
  });
  switch (answered.kind) {
    case 'json':
      for (const warning of answered.warnings) outgoing.appendHeader('warning', `299 - ${JSON.stringify(warning)}`);
      outgoing.writeHead(answered.status, { 'content-type': 'application/json' }).end(JSON.stringify(answered.body));
      return;
    case 'text':
      outgoing.writeHead(answered.status, { 'content-type': 'text/plain' }).end(answered.body);
      return;
    case 'watch': {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      const end = answered.begin((event) => outgoing.write(`${JSON.stringify(event)}\n`));
      const timer = setTimeout(() => outgoing.end(), answered.seconds * 1000);
      outgoing.once('close', () => {
        clearTimeout(timer);
        end();
      });
    }
  }
}
