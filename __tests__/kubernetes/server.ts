import { handle } from '../../local/kubernetes/api.ts';
import { newCluster } from '../../local/kubernetes/index.ts';
import { textAt, type JsonObject } from '../../local/kubernetes/json.ts';

/** A new cluster, whose pods start or never do, and a way to ask it without a connection. */
export function server(podsStart = true, onMissingNamespace?: (name: string) => void) {
  const { cluster, settle } = newCluster(podsStart, onMissingNamespace);
  const send = (method: string, url: string, object?: JsonObject | Buffer) => {
    const text = object ? JSON.stringify(object) : '';
    const body = Buffer.isBuffer(object) ? object : Buffer.from(text);
    const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';
    const answer = handle(cluster, { method, url, body, headers: { 'content-type': type } });
    settle();
    return { code: answer.status, says: textAt(answer.body, 'message'), body: answer.body };
  };
  return { cluster, send };
}
