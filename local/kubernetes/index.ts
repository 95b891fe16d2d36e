import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { handle } from './api.ts';
import { Cluster } from './cluster.ts';
import { startControllers } from './controllers/index.ts';
import { waitsOf } from './controllers/waits.ts';
import { textAt, type JsonObject } from './json.ts';

/** A Kubernetes API in memory, for real kubectl and helm: an http server on the loopback. */

export type LocalKubernetes = Readonly<{
  url: string;
  /** A file for the environment variable KUBECONFIG. */
  kubeconfig: string;
  /** The current objects of a kind, such as `Deployment`. */
  objects(kind: string): JsonObject[];
  /**
   * What waits in vain at this moment, in a sentence each: `Pod web-… in the namespace shop waits:
   * …`.
   */
  waits(): string[];
  stop(): Promise<void>;
}>;

type Options = Readonly<{
  /** How long a pod takes to become ready. */
  settleMs?: number;
  /**
   * Receives what a client requested that is not simulated, even if the client hides the answer.
   */
  onRefusal?: (what: string) => void;
}>;

/** Starts it on a free port. */
export async function startLocalKubernetes({
  settleMs = 200,
  onRefusal,
}: Options = {}): Promise<LocalKubernetes> {
  const cluster = new Cluster();
  const stopControllers = startControllers(cluster, settleMs);
  // An idle connection stays open, because a client may be about to use it.
  const server = createServer(
    { keepAliveTimeout: 0 },
    (request, response) => void answer(cluster, request, response, onRefusal),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('The server listens on no port');
  const url = `http://127.0.0.1:${address.port}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'local-kubernetes-'));
  const kubeconfig = path.join(folder, 'config');
  await writeFile(kubeconfig, JSON.stringify(configOf(url)));
  return {
    url,
    kubeconfig,
    objects: (name) =>
      cluster.all().flatMap(({ resource, object }) => (resource.kind === name ? [object] : [])),
    waits: () => waitsOf(cluster),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      stopControllers();
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
  // It names no namespace: in a pod of run command, kubectl acts in `default`, and not in the
  // namespace of the pod.
  contexts: [{ name: 'local', context: { cluster: 'local', user: 'local' } }],
});

/**
 * Whether a request names a loopback address in its `Host` header. A web page whose own name
 * resolves to 127.0.0.1 can send requests to this server, and read the answers. Its browser gives
 * away the page's name here.
 */
function isLoopback(host: string | undefined): boolean {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname ?? '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(name);
}

async function answer(
  cluster: Cluster,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  onRefusal: Options['onRefusal'],
): Promise<void> {
  const { headers, method = 'GET', url = '/' } = incoming;
  if (!isLoopback(headers.host)) {
    outgoing.writeHead(403).end('This server answers only requests to a loopback address.\n');
    return;
  }

  const request = { method, url, headers, body: await buffer(incoming) };
  const { status, body, warnings = [], watch } = handle(cluster, request);
  const refused = /^not simulated: (.*)\. Use a real cluster/s.exec(textAt(body, 'message'))?.[1];
  if (refused !== undefined) onRefusal?.(refused);
  for (const warning of warnings)
    outgoing.appendHeader('warning', `299 - ${JSON.stringify(warning)}`);
  const isText = typeof body === 'string' && !watch;
  outgoing.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
  if (!watch) {
    outgoing.end(isText ? body : JSON.stringify(body));
    return;
  }
  outgoing.flushHeaders();
  const end = watch.begin((event) => outgoing.write(`${JSON.stringify(event)}\n`));
  const timer = setTimeout(() => outgoing.end(), watch.seconds * 1000);
  outgoing.once('close', () => {
    clearTimeout(timer);
    end();
  });
}
