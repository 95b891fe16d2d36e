import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { enter } from './namespaces.ts';
import { findPrograms } from './tools.ts';

/**
 * The namespace `aks-command` of each cluster, for real kubectl: an API that has the pods of run
 * command, and nothing else. `kubectl exec` enters a pod's namespaces.
 */

/** A pod that runs or ran a command. */
export type RunPod = {
  /** 32 hex digits. */
  readonly commandId: string;
  /** Resource ID. */
  readonly cluster: string;
  readonly command: string;
  readonly path: string;
  /** The process that made its namespaces; undefined if it has none. */
  readonly pid: number | undefined;
  phase: 'Running' | 'Succeeded' | 'Failed';
};

export type AksCommand = Readonly<{
  add(pod: RunPod): void;
  /**
   * A folder with a `kubectl` that asks this API about `aks-command`, and otherwise is the real one.
   */
  toolFolder(folder: string, kubectl: string, cluster: string): Promise<string>;
  stop(): Promise<void>;
}>;

/** What goes wrong when a pod is entered. */
export type ExecOptions = Readonly<{
  /** What the API server says to whoever enters a pod, if it refuses that. */
  refusal?: string;
  /** How many times the API server fails to reach the node of a pod that is entered. */
  dialFailures?: number;
}>;

export function createAksCommand({ refusal, dialFailures = 0 }: ExecOptions): AksCommand {
  let attempts = 0;
  const pods: RunPod[] = [];
  /** Resource IDs. Their places are in the URLs. */
  const clusters: string[] = [];
  let started: Promise<Server> | undefined;

  /** What a path names: `/INDEX/api/v1/namespaces/aks-command/pods[/NAME[/exec]]`. */
  function find(url = '') {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const [index = '', ...rest] = pathname.slice(1).split('/');
    const cluster = clusters[Number(index)];
    const path = rest.join('/');
    const [, name, isExec] =
      /^api\/v1\/namespaces\/aks-command\/pods(?:\/([^/]+)(\/exec)?)?$/.exec(path) ?? [];
    const ofCluster = pods.filter((pod) => pod.cluster === cluster);
    const pod = ofCluster.find((one) => nameOf(one) === name);
    return { path, name, pod, ofCluster, isExec: isExec !== undefined, searchParams };
  }

  async function serve(): Promise<Server> {
    const server = createServer((request, response) => {
      const { path, name, pod, ofCluster } = find(request.url);
      const [code, body] = DISCOVERY.has(path)
        ? [200, DISCOVERY.get(path)]
        : answerTo(path, name, pod, ofCluster);
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
      const { name, pod, isExec, searchParams } = find(request.url);
      socket.on('error', () => socket.destroy());
      // If a WebSocket fails, kubectl asks once more, for the older protocol.
      if (request.method === 'GET') attempts += 1;
      if (attempts <= dialFailures) {
        refuse(socket, statusOf(500, 'InternalError', NOT_DIALED));
        return;
      }
      const why = refusal ?? (pod?.pid === undefined ? NO_NAMESPACES : undefined);
      if (pod !== undefined && isExec && why === undefined) {
        void execute(pod, searchParams.getAll('command'), request, socket);
        return;
      }
      refuse(socket, statusOf(403, 'Forbidden', `pods "${name}" is forbidden: ${why}`));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // It must not keep a test's process alive.
    return server.unref();
  }

  return {
    add: (pod) => void pods.push(pod),
    async toolFolder(folder, kubectl, cluster) {
      const server = await (started ??= serve());
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const own = join(folder, 'aks-command');
      mkdirSync(own);
      if (!clusters.includes(cluster)) clusters.push(cluster);
      const url = `http://127.0.0.1:${port}/${clusters.indexOf(cluster)}`;
      writeFileSync(join(own, 'config'), kubeconfig(url));
      writeFileSync(join(own, 'kubectl'), shim(join(own, 'config'), kubectl));
      chmodSync(join(own, 'kubectl'), 0o755);
      return own;
    },
    async stop() {
      const server = await started;
      server?.closeAllConnections();
      server?.close();
    },
  };
}

const shim = (config: string, kubectl: string) => `#!/bin/sh
case "$1 $*" in
  get\\ *aks-command* | exec\\ *aks-command*) export KUBECONFIG='${config}' ;;
esac
exec '${kubectl}' "$@"
`;

const kubeconfig = (server: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'own', cluster: { server } }],
    contexts: [{ name: 'own', context: { cluster: 'own', user: 'own' } }],
    users: [{ name: 'own', user: {} }],
    'current-context': 'own',
  });

const nameOf = ({ commandId }: RunPod) => `command-${commandId}`;

/** The specification has the command, as is assumed of AKS. */
const objectOf = (pod: RunPod) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: nameOf(pod), namespace: 'aks-command' },
  spec: { containers: [{ name: 'user-command', command: ['sh', '-c', pod.command] }] },
  status: { phase: pod.phase },
});

const POD_KINDS = ['pods', 'pods/exec'].map((name) => ({
  name,
  kind: 'Pod',
  namespaced: true,
  verbs: ['create', 'get', 'list'],
}));
const DISCOVERY = new Map<string, object>([
  ['api', { kind: 'APIVersions', versions: ['v1'] }],
  ['apis', { kind: 'APIGroupList', apiVersion: 'v1', groups: [] }],
  ['api/v1', { kind: 'APIResourceList', groupVersion: 'v1', resources: POD_KINDS }],
  ['version', { major: '1', minor: '36', gitVersion: 'v1.36.0' }],
]);

type ApiAnswer = readonly [code: number, body: object | undefined];

function answerTo(
  path: string,
  name: string | undefined,
  pod: RunPod | undefined,
  all: readonly RunPod[],
): ApiAnswer {
  if (pod !== undefined) return [200, objectOf(pod)];
  if (name !== undefined) return [404, statusOf(404, 'NotFound', `pods "${name}" not found`)];
  if (path.endsWith('/pods'))
    return [200, { apiVersion: 'v1', kind: 'PodList', metadata: {}, items: all.map(objectOf) }];
  return [501, statusOf(501, 'NotImplemented', `not decided by a stand-in: ${path}`)];
}

const statusOf = (code: number, reason: string, message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  message,
  reason,
  code,
});

function refuse(socket: Duplex, status: ReturnType<typeof statusOf>): void {
  const body = JSON.stringify(status);
  const head = `HTTP/1.1 ${status.code} ${status.reason}\r\ncontent-type: application/json\r\n`;
  socket.end(
    `${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const NOT_DIALED = 'error dialing backend: dial tcp 10.224.0.5:10250: i/o timeout';
const NO_NAMESPACES = 'a stand-in enters only pods that run, in namespaces of their own';

/** Kubernetes' protocol for remote commands: a WebSocket whose messages begin with a channel. */
const CHANNELS = { stdout: 1, stderr: 2, error: 3 };
const PROTOCOL = 'v5.channel.k8s.io';
/** What RFC 6455 adds to a client's key. */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

async function execute(
  pod: RunPod,
  command: readonly string[],
  { headers }: IncomingMessage,
  socket: Duplex,
): Promise<void> {
  const key = `${headers['sec-websocket-key']}${MAGIC}`;
  const accept = createHash('sha1').update(key).digest('base64');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n' +
      `sec-websocket-accept: ${accept}\r\nsec-websocket-protocol: ${PROTOCOL}\r\n\r\n`,
  );
  socket.resume();
  const send = (channel: keyof typeof CHANNELS, data: Uint8Array) =>
    socket.write(messageOf(0x82, Buffer.concat([Buffer.of(CHANNELS[channel]), data])));

  const [nsenter = '', ...args] = [...enter(pod.pid), ...command];
  const program = findPrograms([nsenter], process.env['PATH'] ?? '').get(nsenter) ?? nsenter;
  const child = spawn(program, args, {
    env: { PATH: pod.path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const channel of ['stdout', 'stderr'] as const)
    child[channel].on('data', (data: Buffer) => send(channel, data));
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => {
      resolve(127);
    });
    child.on('close', (code) => {
      resolve(code ?? 137);
    });
  });
  const failure = {
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
  send('error', Buffer.from(JSON.stringify(code === 0 ? { status: 'Success' } : failure)));
  socket.end(messageOf(0x88, Buffer.of(0x03, 0xe8)));
}

/** A whole message of a WebSocket's server. */
function messageOf(opcode: number, data: Buffer): Buffer {
  const isLong = data.length > 125;
  const head = Buffer.alloc(isLong ? 10 : 2);
  head.writeUInt8(opcode, 0);
  head.writeUInt8(isLong ? 127 : data.length, 1);
  if (isLong) head.writeBigUInt64BE(BigInt(data.length), 2);
  return Buffer.concat([head, data]);
}
