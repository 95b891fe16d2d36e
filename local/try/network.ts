import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { isExecutable } from '../azure/index.ts';

/**
 * The network of a rehearsal's pods, in which nothing but their cluster answers. Whatever else a
 * command asks for cannot be rehearsed, so it is refused and reported, even if the command hides
 * the answer.
 */
export type Network = {
  /**
   * Scripts for the pods: kubectl and helm behind a proxy that refuses, and a curl that asks it.
   */
  readonly tools: Readonly<Record<string, string>>;
  readonly stop: () => void;
};

/** What kubectl and helm print as the reason. */
const answer = 'not simulated: only the cluster answers in a rehearsal';

/**
 * @param folders are searched for the kubectl and the helm that the scripts run
 * @param onRefusal receives what was asked for: only the host, since the rest can hold a password
 */
export async function startNetwork(
  folders: readonly string[],
  onRefusal: (what: string) => void,
): Promise<Network> {
  const refuse = (host: string | undefined) => {
    onRefusal(host ? `a connection to ${host}` : 'curl');
  };
  const server = createServer((request, response) => {
    refuse(URL.parse(request.url ?? '')?.hostname);
    response.writeHead(502, answer).end();
  });
  server.on('connect', (request, socket) => {
    refuse(URL.parse(`https://${request.url ?? ''}`)?.hostname);
    socket.end(`HTTP/1.1 502 ${answer}\r\n\r\n`);
  });
  server.on('clientError', (_error, socket) => {
    refuse(undefined);
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('The server listens on no port');
  const tools: Record<string, string> = { curl: curl(address.port) };
  for (const name of ['kubectl', 'helm']) {
    const program = folders.map((folder) => path.join(folder, name)).find(isExecutable);
    if (program !== undefined) tools[name] = proxied(program, address.port);
  }
  return {
    tools,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Go uses no proxy for a loopback address, where the API server of the rehearsal is. */
function proxied(program: string, port: number): string {
  const proxy = `http://127.0.0.1:${port}`;
  return `#!/bin/sh
export HTTP_PROXY='${proxy}' HTTPS_PROXY='${proxy}' NO_PROXY=localhost
exec '${program}' "$@"
`;
}

/** Bash opens the connection, because a pod has no other program that could. */
function curl(port: number): string {
  return `#!/usr/bin/env bash
for word; do [[ $word == http*://* ]] && url=\${word%%[[:space:]]*}; done
exec 3<>/dev/tcp/127.0.0.1/${port}
printf 'GET %s HTTP/1.0\\r\\n\\r\\n' "\${url:-/}" >&3
cat <&3 >/dev/null
echo "curl: (6) not simulated: the rehearsal's pods have no network" >&2
exit 6
`;
}
