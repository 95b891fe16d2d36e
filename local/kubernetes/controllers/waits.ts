import type { Cluster } from '../cluster.ts';
import { listAt, textAt, type JsonObject } from '../json.ts';
import { nameOf, namespaceOf } from '../objects.ts';
import { waitReason } from './pods.ts';

/**
 * What waits in vain, and why: pods that can't start, and controllers that can't make pods. Pods of
 * one owner wait for the same thing, so they are reported once.
 */
export function waitsOf(cluster: Cluster): string[] {
  const pods = cluster.list('pods').flatMap((pod) => {
    const why = waitReason(pod);
    return why === undefined ? [] : `Pod ${shownName(pod)} waits: ${why.replace(/^Error: /, '')}`;
  });
  const owners = cluster.list('events').flatMap((event) => {
    const { kind, namespace, name } = involved(event);
    const isMissing = textAt(event, 'reason') === 'FailedCreate' && !hasPods(cluster, event);
    return isMissing
      ? `${kind} ${name} in the namespace ${namespace} waits: ${textAt(event, 'message')}`
      : [];
  });
  return [...new Set([...pods, ...owners])];
}

/**
 * `web-6d8f-… in the namespace shop`: the part that is different in each pod of an owner is left
 * out.
 */
function shownName(pod: JsonObject): string {
  const [owner] = listAt(pod, 'metadata', 'ownerReferences');
  const isOneOfMany = owner !== undefined && textAt(owner, 'kind') !== 'StatefulSet';
  const name = isOneOfMany ? `${textAt(owner, 'name')}-…` : nameOf(pod);
  return `${name} in the namespace ${namespaceOf(pod)}`;
}

const involved = (event: JsonObject) => ({
  kind: textAt(event, 'involvedObject', 'kind'),
  name: textAt(event, 'involvedObject', 'name'),
  namespace: textAt(event, 'involvedObject', 'namespace'),
});

function hasPods(cluster: Cluster, event: JsonObject): boolean {
  const uid = textAt(event, 'involvedObject', 'uid');
  return (
    cluster.ownedBy('pods', { metadata: { uid, namespace: involved(event).namespace } }).length > 0
  );
}
