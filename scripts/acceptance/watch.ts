import diagnostics from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';

/**
 * `node --import watch.ts dist/index.js …` adds each request about a cluster, with its answer, to the file that
 * `ACCEPTANCE_EXCHANGES` names, but no request headers and no cluster token. `ACCEPTANCE_BODY` changes what is submitted:
 * its `command` replaces the command, and blanks fill the body up to its `bytes`.
 */
const { ACCEPTANCE_EXCHANGES: file = '', ACCEPTANCE_BODY: change = '{}' } = process.env;

diagnostics.subscribe('http.client.request.created', (message) => {
  const { request } = message as { request: ClientRequest };
  const { method, path } = request;
  if (!/^\/[^?]*\/managedClusters\//i.test(path)) return;
  let sent: object | undefined;
  request.removeHeader('accept-encoding');
  const end = request.end.bind(request) as (body?: unknown) => ClientRequest;
  request.end = ((body?: unknown) => {
    if (typeof body !== 'string') return end(body);
    const { bytes = 0, ...other } = JSON.parse(change) as { bytes?: number };
    const submitted = { ...JSON.parse(body), ...other } as { command: string; context: string };
    const changed = Buffer.from(JSON.stringify(submitted).padEnd(bytes));
    request.setHeader('content-length', changed.length);
    sent = { bytes: changed.length, command: submitted.command, context: submitted.context };
    return end(changed);
  }) as ClientRequest['end'];
  request.prependOnceListener('response', (response) => {
    const { statusCode: status, headers } = response;
    const chunks: Buffer[] = [];
    const push = response.push.bind(response);
    // Reading the answer would take it away from the SDK, so it is copied as it arrives.
    response.push = (chunk: Buffer | null, encoding) => {
      if (chunk) chunks.push(chunk);
      return push(chunk, encoding);
    };
    response.once('end', () => {
      const body = Buffer.concat(chunks).toString();
      const exchange = { kind: 'answered', method, path, status, headers, body, at: Date.now(), request: sent };
      appendFileSync(file, `${JSON.stringify(exchange)}\n`);
    });
  });
});
