import { createHash } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import process from 'node:process';
import { unzipSync } from 'node:zlib';

/**
 * `node --import watch.ts dist/index.js …` notes each request about a cluster, with its answer, as a line of the file that
 * `ACCEPTANCE_EXCHANGES` names. No request for a token is about a cluster, and of a request that is, neither headers nor the
 * cluster token are kept, and the zip as its digest.
 *
 * `ACCEPTANCE_BODY` changes what the command line submits: its `command` runs instead, and blanks fill the body up to `bytes`.
 * So a check can go beyond what the command line sends, and no token passes through this project's hands.
 */

const { ACCEPTANCE_EXCHANGES: file = '', ACCEPTANCE_BODY: change = '{}' } = process.env;
const HEADERS = /^(?:content-length|content-type|location|retry-after|x-ms-request-id|x-ms-ratelimit-remaining-.*)$/;

diagnostics.subscribe('http.client.request.created', (message) => {
  const { request } = message as { request: ClientRequest };
  if (!/^\/[^?]*\/managedClusters\//i.test(request.path)) return;
  const at = Date.now();
  let sent: object = {};
  const end = request.end.bind(request) as (body?: unknown) => ClientRequest;
  // The SDK hands over a body at once.
  request.end = ((body?: unknown) => {
    if (typeof body !== 'string') return end(body);
    const { bytes = 0, ...other } = JSON.parse(change) as { bytes?: number };
    const submitted = { ...JSON.parse(body), ...other } as { command: unknown; context: string };
    const changed = JSON.stringify(submitted).padEnd(bytes);
    request.setHeader('content-length', Buffer.byteLength(changed));
    const zip = Buffer.from(submitted.context, 'base64');
    const context = { bytes: zip.length, sha256: createHash('sha256').update(zip).digest('hex') };
    sent = { request: { bytes: Buffer.byteLength(changed), command: submitted.command, context } };
    return end(changed);
  }) as ClientRequest['end'];
  request.prependOnceListener('response', (response) => {
    const chunks: Buffer[] = [];
    const push = response.push.bind(response);
    // Reading the answer would take it from the SDK.
    response.push = (chunk: Buffer | null, encoding) => {
      if (chunk !== null) chunks.push(chunk);
      else {
        const bytes = Buffer.concat(chunks);
        const isZipped = /gzip|deflate/.test(response.headers['content-encoding'] ?? '');
        const body = (isZipped ? unzipSync(bytes) : bytes).toString();
        const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => HEADERS.test(name)));
        const { method, path } = request;
        const [took, status] = [(Date.now() - at) / 1000, response.statusCode];
        appendFileSync(file, `${JSON.stringify({ method, path, at, took, status, headers, body, ...sent })}\n`);
      }
      return push(chunk, encoding);
    };
  });
});
