import { createHash } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import process from 'node:process';

/**
 * `node --import watch.ts dist/index.js …` notes every request about a cluster and its answer as a line of the file that
 * `ACCEPTANCE_EXCHANGES` names. Requests for tokens are not about a cluster. Request headers and the cluster token are not
 * noted, and of the zip only its digest. `ACCEPTANCE_BODY` changes what is submitted, to go beyond what the command line
 * would send: its `command` replaces the command, and blanks fill the body up to its `bytes`.
 */
const { ACCEPTANCE_EXCHANGES: file = '', ACCEPTANCE_BODY: change = '{}' } = process.env;
const HEADERS = /^(?:content-type|location|retry-after|x-ms-request-id|x-ms-ratelimit-remaining-.*)$/;

diagnostics.subscribe('http.client.request.created', (message) => {
  const { request } = message as { request: ClientRequest };
  const { method, path } = request;
  if (!/^\/[^?]*\/managedClusters\//i.test(path)) return;
  let sent: object = {};
  request.removeHeader('accept-encoding');
  const end = request.end.bind(request) as (body?: unknown) => ClientRequest;
  request.end = ((body?: unknown) => {
    if (typeof body !== 'string') return end(body);
    const { bytes = 0, ...other } = JSON.parse(change) as { bytes?: number };
    const submitted = { ...JSON.parse(body), ...other } as { command: string; context: string };
    const changed = Buffer.from(JSON.stringify(submitted).padEnd(bytes));
    request.setHeader('content-length', changed.length);
    const zip = Buffer.from(submitted.context, 'base64');
    const context = { bytes: zip.length, sha256: createHash('sha256').update(zip).digest('hex') };
    sent = { request: { bytes: changed.length, command: submitted.command, context } };
    return end(changed);
  }) as ClientRequest['end'];
  request.prependOnceListener('response', (response) => {
    const chunks: Buffer[] = [];
    const push = response.push.bind(response);
    // Reading the answer would take it away from the SDK, so it is copied as it arrives.
    response.push = (chunk: Buffer | null, encoding) => {
      if (chunk) chunks.push(chunk);
      else {
        const body = Buffer.concat(chunks).toString();
        const isKept = (name: string) => HEADERS.test(name) || (name === 'content-length' && body === '');
        const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => isKept(name)));
        const answer = { at: Date.now(), status: response.statusCode, headers, body };
        appendFileSync(file, `${JSON.stringify({ method, path, ...answer, ...sent })}\n`);
      }
      return push(chunk, encoding);
    };
  });
});
