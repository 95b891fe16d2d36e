import { handle } from '../../local/kubernetes/api.ts';
import { Cluster } from '../../local/kubernetes/cluster.ts';
import { startControllers } from '../../local/kubernetes/controllers/index.ts';
import { textAt, type JsonObject } from '../../local/kubernetes/json.ts';

/**
 * A cluster with its namespaces, and a way to ask it; its pods take this many milliseconds to
 * become ready.
 */
export function server(settleMs = 0) {
  const cluster = new Cluster();
  const stop = startControllers(cluster, settleMs);
  const send = (method: string, url: string, object?: JsonObject | Buffer) => {
    const text = object ? JSON.stringify(object) : '';
    const body = Buffer.isBuffer(object) ? object : Buffer.from(text);
    const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';
    const answer = handle(cluster, { method, url, body, headers: { 'content-type': type } });
    return { code: answer.status, says: textAt(answer.body, 'message'), body: answer.body };
  };
  return { cluster, stop, send };
}
