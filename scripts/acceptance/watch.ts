import diagnostics from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';

/**
 * `node --import watch.ts dist/index.js …` adds each exchange about a cluster to the file
 * `ACCEPTANCE_EXCHANGES`, but no token. The fields of `ACCEPTANCE_BODY` replace those submitted,
 * and blanks fill the body up to its `bytes`.
 */
const { ACCEPTANCE_EXCHANGES: file = '', ACCEPTANCE_BODY: change = '{}' } = process.env;
const { bytes: least = 0, ...changes } = JSON.parse(change) as { bytes?: number };

diagnostics.subscribe('http.client.request.created', (message) => {
  const { request } = message as { request: ClientRequest };
  const { method, path } = request;
  if (!/^\/[^?]*\/managedClusters\//i.test(path)) return;
  let sent: object | undefined;
  const end = request.end.bind(request) as (body?: unknown) => ClientRequest;
  request.end = ((body?: unknown) => {
    if (typeof body !== 'string') return end(body);
    const submitted = { ...JSON.parse(body), ...changes } as { command: string; context: string };
    const changed = Buffer.from(JSON.stringify(submitted).padEnd(least));
    request.setHeader('content-length', changed.length);
    sent = { bytes: changed.length, command: submitted.command, context: submitted.context };
    return end(changed);
  }) as ClientRequest['end'];
  request.prependOnceListener('response', (response) => {
    const { statusCode: status, headers } = response;
    const chunks: Buffer[] = [];
    // Paused, because otherwise this would take the answer away from the SDK, which reads it later.
    response.pause().on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('end', () => {
      const exchange = {
        method,
        path,
        status,
        headers,
        body: Buffer.concat(chunks).toString(),
        request: sent,
      };
      appendFileSync(file, `${JSON.stringify({ ...exchange, at: Date.now() })}\n`);
    });
  });
});
