import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { handle } from './api.ts';
import type { ApiAnswer, ApiRequest } from './call.ts';
import { Cluster } from './cluster.ts';
import { startControllers } from './controllers.ts';
import type { JsonObject } from './json.ts';

/** A Kubernetes API in memory, for real kubectl and helm: an http server on the loopback. */

export type LocalKubernetes = Readonly<{
  url: string;
  /** A file for the environment variable KUBECONFIG. */
  kubeconfig: string;
  stop(): Promise<void>;
}>;

type Options = Readonly<{
  /** `false`: pods stay pending forever. */
  podsStart?: boolean;
  /** Receives what a client asked for that isn't decided here, even if it hides the answer. */
  onUndecided?: (what: string) => void;
  /**
   * Receives the name of each namespace that the first write into it created. Without this, such a
   * write is refused, as by a real server.
   */
  onMissingNamespace?: (name: string) => void;
}>;

/** Starts it on a free port. */
export async function startLocalKubernetes({
  podsStart = true,
  onUndecided,
  onMissingNamespace,
}: Options = {}): Promise<LocalKubernetes> {
  const { cluster, settle } = newCluster(podsStart, onMissingNamespace);
  const send = (request: ApiRequest) => {
    const answer = handle(cluster, request);
    settle();
    if (answer.undecided !== undefined) onUndecided?.(answer.undecided);
    return answer;
  };
  // An idle connection stays open, because a client may be about to use it.
  const server = createServer(
    { keepAliveTimeout: 0 },
    (request, response) => void answer(send, request, response),
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
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The namespaces of a new cluster of AKS. It has nothing else. */
const NAMESPACES = ['aks-command', 'default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** A new cluster, and what has to be called after each request to it. */
export function newCluster(
  podsStart = true,
  onMissingNamespace?: (name: string) => void,
): Readonly<{ cluster: Cluster; settle: () => void }> {
  const cluster = new Cluster(onMissingNamespace);
  const settle = startControllers(cluster, podsStart);
  for (const name of NAMESPACES)
    cluster.put('namespaces', {
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    });
  settle();
  return { cluster, settle };
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
  send: (request: ApiRequest) => ApiAnswer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { headers, method = 'GET', url = '/' } = incoming;
  if (!isLoopback(headers.host)) {
    outgoing.writeHead(403).end('This server answers only requests to a loopback address.\n');
    return;
  }

  const request = { method, url, headers, body: await buffer(incoming) };
  const { status, body, warnings = [], watch } = send(request);
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
